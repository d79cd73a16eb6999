//! Whatever a part is, nothing of it is dropped, and every serialisation of a tool's JSON is that JSON.

use labelscope_core::domain::{Export, Json, PartText};
use labelscope_core::export::Reader;
use labelscope_core::logic::serialise::{Escapes, GROWTH, SLACK, Serialised, Style, part_text, translate};
use serde_json::Value;
use serde_json::value::RawValue;

/// The bytes are one value, read as a part.
pub fn check(bytes: &[u8]) {
    let Ok(raw) = serde_json::from_slice::<&RawValue>(bytes) else { return };
    let sent = raw.get();
    let document = format!(r#"{{"conversations":[{{"messages":[{{"parts":[{sent}]}}]}}]}}"#);
    let (mut reader, mut export) = (Reader::new(), Export::default());
    let result = reader.feed(document.as_bytes(), &mut export).and_then(|()| reader.finish(&mut export));
    assert_eq!(result, Ok(()), "valid JSON is read");
    let part = &export.conversations[0].messages[0].parts[0];
    let source = part.source.start as usize..part.source.end as usize;
    assert_eq!(&document[source], sent, "a part knows where it stands");
    for field in &part.extra {
        assert!(serde_json::from_str::<&RawValue>(field.value.as_str()).is_ok(), "{field:?}");
    }
    let text = part_text(part);
    if let Some(PartText::Json(json)) = &part.text {
        serialisations(json);
        assert_eq!(text.as_deref(), Some(&*Serialised::shown(json).text));
    }
    if let Some(PartText::Verbatim(verbatim)) = &part.text {
        assert_eq!(text.as_deref(), Some(&**verbatim));
    }
}

fn serialisations(json: &Json) {
    let value = serde_json::from_str::<Value>(json.as_str()).ok();
    let shown = Serialised::shown(json);
    let most = json.as_str().len() * GROWTH + SLACK;
    for style in Style::OTHERS.into_iter().chain([Style::SHOWN]) {
        let Some(laid) = Serialised::new(json, style) else { continue };
        assert!(laid.text.len() <= most.max(6 * json.as_str().len()) + 64, "{style:?}");
        if value.is_some() {
            assert_eq!(serde_json::from_str::<Value>(&laid.text).ok(), value, "{style:?}");
        }
        if style.escapes == Escapes::Ascii {
            assert!(laid.text.is_ascii(), "{style:?}");
        }
        for token in &laid.tokens {
            let range = token.as_range();
            let there = translate(range.clone(), laid.laid(), shown.laid());
            if laid.tokens.len() == shown.tokens.len() {
                let there = there.expect("a range of the same value");
                assert!(shown.text.get(there).is_some(), "on character boundaries");
            }
        }
    }
}
