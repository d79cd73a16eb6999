//! What strangers may write: each is read exactly as sent, or refused with a sentence; never a panic, never more memory
//! than it is worth.

use super::{notices, read};
use expect_test::{Expect, expect};
use labelscope_core::domain::{Export, NoticeKind, Notices, Tier};
use labelscope_core::export::ReadError;
use labelscope_core::logic::align::{LookedRule, align_all};
use labelscope_core::logic::health::anomalies;
use labelscope_core::logic::place::place_all;
use labelscope_core::logic::report::annotation_lines;
use labelscope_core::logic::serialise::part_text;
use serde_json::{Value, json};

/// Text that would do harm where it were taken for more than text.
fn hostile_texts() -> Vec<String> {
    let mut texts: Vec<String> = [
        "<script>document.title='run'</script><img src=x onerror=alert(1)>",
        "</mark></body></html><!--",
        "]]><![CDATA[",
        "javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "https://tracker.example/pixel.gif",
        "[link](javascript:alert(1)) ![image](https://tracker.example/)",
        "{{constructor.constructor('alert(1)')()}} ${alert(1)} <%= 1 %>",
        "'; DROP TABLE annotations; --",
        "\u{1b}[31mred\u{1b}[0m \u{1b}]8;;https://tracker.example\u{7}link\u{1b}]8;;\u{7} \u{9b}31m",
        "\0 in the middle \0\0 and at the end \0",
        "backspace\u{8} delete\u{7f} next line\u{85} form feed\u{c} vertical tab\u{b}",
        "\u{202e}desrever\u{202c} \u{202a}a\u{202b}b\u{202d}c \u{2066}d\u{2067}e\u{2068}f\u{2069} \u{200e}\u{200f}\u{61c}",
        "never closed \u{202e}\u{2067}\u{202e}\u{2067}",
        "\u{200b}\u{200c}\u{200d}\u{2060}\u{feff}\u{ad}\u{34f}\u{180e}\u{3164}",
        "\u{2028}\u{2029}\u{fffe}\u{ffff}\u{fdd0}\u{10ffff}",
        "\u{e0001}\u{e0041}\u{e007f} \u{fe0f}\u{e0100}",
        "=HYPERLINK(\"https://tracker.example\",\"x\")",
        "+1\t@SUM(1)\r\n-1",
        "\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}\u{200d}\u{1f466}",
    ]
    .map(str::to_owned)
    .into();
    texts.push(format!("Z{}", "\u{300}".repeat(5_000)));
    texts.push((0..0x20).map(|byte| char::from(byte as u8)).collect());
    texts
}

/// An export with `text` wherever an export holds text.
fn everywhere(text: &str) -> Value {
    json!({
        "project": { "id": text, "name": text, "slug": text, "status": text, text: text,
            "label_schema": [{ "name": text, "description": text }] },
        "conversations": [{ "id": "c", "messages": [
            { "id": "m", "role": text, "gen_ai.request.model": text, "parts": [
                { "type": "text", "content": text },
                { "type": "tool_call", "name": text, "id": text, "arguments": { text: text } },
                { "type": text, "content": text, text: text },
                { "type": "uri", "uri": text, "mime_type": text },
            ] },
            { "id": text, "role": "assistant", "parts": [{ "type": "text", "content": text }] },
        ] }],
        "annotations": { "review": {
            "m": [{ "id": text, "label": text, "status": text, "text": text, "explanation": text,
                "start_offset": 0, "end_offset": text.chars().count(), "message_part_index": 0 }],
            text: [{ "id": "second", "label": "l", "text": text }],
        }, "automated": {}, "primary": { "m": [] } },
    })
}

#[test]
fn text_is_kept_exactly_wherever_it_stands() {
    for text in hostile_texts() {
        let (export, result) = read(everywhere(&text).to_string());
        assert_eq!((result, notices(&export).as_str()), (Ok(()), ""), "{text:?}");
        let message = &export.conversations[0].messages[0];
        assert_eq!(message.role.as_deref(), Some(&*text));
        assert_eq!(part_text(&message.parts[0]).as_deref(), Some(&*text));
        let shown = part_text(&message.parts[1]).unwrap();
        assert_eq!(serde_json::from_str::<Value>(&shown).unwrap(), json!({ &*text: text }), "{text:?}");
        assert_eq!(part_text(&export.conversations[0].messages[1].parts[0]).as_deref(), Some(&*text));
        let annotations = &export.tiers[Tier::Review].annotations;
        let annotation = annotations.iter().find(|one| one.label.as_deref() != Some("l")).unwrap();
        let kept = [&annotation.label, &annotation.status].map(|name| name.as_deref());
        assert_eq!(kept, [Some(&*text); 2]);
        assert_eq!(annotation.text.as_deref(), Some(&*text));
        assert_eq!(annotation.explanation.as_deref(), Some(&*text));
        // And on through placing into the files.
        let placement = place_all(&export);
        assert_eq!((placement.places.len(), placement.unplaced.len()), (2, 0), "{text:?}");
        let lines = annotation_lines(&export, &placement, |_| true);
        let lines = lines.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        let line = lines.into_iter().find(|line| line["label"] != "l").unwrap();
        for key in ["annotation_id", "label", "status", "text", "explanation"] {
            assert_eq!(line[key], *text, "{key}");
        }
    }
}

#[test]
fn halves_of_surrogate_pairs_are_replaced_and_noted() {
    let json = r#"{"project":{"name":"\ud800"},"conversations":[{"id":"c","messages":[{"id":"m\udc00","parts":[
        {"type":"text","content":"a\ud83d\udc8a\ud83d b"},{"type":"tool_call","arguments":{"\ud800":"\udfff\ud83d\udc8a"}}]}]}],
        "annotations":{"review":{"m\ud800":[{"id":"a","label":"l","text":"\ud83d b"}]}}}"#;
    let (export, result) = read(json);
    assert_eq!(result, Ok(()));
    let message = &export.conversations[0].messages[0];
    assert_eq!(part_text(&message.parts[0]).as_deref(), Some("a💊\u{fffd} b"));
    // JSON is shown as JSON, where half of a pair can stand as an escape.
    let shown = part_text(&message.parts[1]).unwrap();
    assert_eq!(shown, "{\n  \"\\ud800\": \"\\udfff💊\"\n}");
    // The key is replaced too, and so it still names the message.
    assert_eq!(place_all(&export).places.len(), 1);
    expect![[r#"
        $.project.name holds half of a surrogate pair, read as U+FFFD (11..28)
        $.conversations[0].messages[0].id holds half of a surrogate pair, read as U+FFFD (68..218)
        $.conversations[0].messages[0].parts[0].content holds half of a surrogate pair, read as U+FFFD (102..151)
        $.annotations.review["m�"] holds half of a surrogate pair, read as U+FFFD (256..265)
        $.annotations.review["m�"][0].text holds half of a surrogate pair, read as U+FFFD (267..307)
    "#]]
    .assert_eq(&notices(&export));
}

#[test]
fn numbers_of_any_size_are_read_or_noted() {
    let cases = [
        "0",
        "-0",
        "7",
        "7.0",
        "70e-1",
        "0.7e1",
        "1E2",
        "9007199254740993",
        "9223372036854775807",
        "9223372036854775808",
        "18446744073709551615",
        "18446744073709551616",
        "-9223372036854775808",
        "-9223372036854775809",
        "1e18",
        "1e19",
        "1e400",
        "-1e400",
        "1e-400",
        "0e999999999999999999999",
        "1e999999999999999999999",
        "0.5",
        "1.0000000000000000000000000001",
        "100000000000000000000000000e-24",
    ];
    let said = cases.map(|number| {
        let json = format!(
            r#"{{"project":{{}},"conversations":[],"annotations":{{"review":{{"k":[{{"id":"a","label":"l","start_offset":{number}}}]}}}}}}"#
        );
        let (export, result) = read(&json);
        assert_eq!(result, Ok(()));
        let start = export.tiers[Tier::Review].annotations[0].start_offset;
        let odd = if export.notices.is_empty() { "" } else { ", noted" };
        format!("{number}: {}{odd}\n", start.map_or("none".to_owned(), |start| start.to_string()))
    });
    expect![[r#"
        0: 0
        -0: 0
        7: 7
        7.0: 7
        70e-1: 7
        0.7e1: 7
        1E2: 100
        9007199254740993: 9007199254740993
        9223372036854775807: 9223372036854775807
        9223372036854775808: none, noted
        18446744073709551615: none, noted
        18446744073709551616: none, noted
        -9223372036854775808: -9223372036854775808
        -9223372036854775809: none, noted
        1e18: 1000000000000000000
        1e19: none, noted
        1e400: none, noted
        -1e400: none, noted
        1e-400: none, noted
        0e999999999999999999999: 0
        1e999999999999999999999: none, noted
        0.5: none, noted
        1.0000000000000000000000000001: none, noted
        100000000000000000000000000e-24: 100
    "#]]
    .assert_eq(&said.concat());
    // Digits that no number type holds are kept where JSON is shown.
    let digits = format!("-{}.{}e+{}", "9".repeat(400), "0".repeat(400), "9".repeat(40));
    let (export, result) = read(format!(
        r#"{{"conversations":[{{"messages":[{{"parts":[{{"type":"tool_call","arguments":{digits}}}]}}]}}]}}"#
    ));
    assert_eq!(result, Ok(()));
    assert_eq!(part_text(&export.conversations[0].messages[0].parts[0]).as_deref(), Some(&*digits));
}

/// `before` and `after` around 10,000 times the same key, whose values `value` numbers.
fn repeated(before: &str, after: &str, value: impl Fn(usize) -> String) -> (Export, Result<(), ReadError>) {
    let fields: Vec<String> = (0..10_000).map(|nth| format!(r#""k":{}"#, value(nth))).collect();
    read([before, &fields.join(","), after].concat())
}

#[test]
fn a_key_that_repeats_ten_thousand_times_costs_a_hundred_notices() {
    const HEAD: &str = r#"{"project":{},"conversations":[{"id":"c","messages":[{"id":"k","parts":[{"type":"text","content":"abc"}]}]}],"annotations":{"#;
    let list = |nth: usize| format!(r#"[{{"id":"a{nth}","label":"l","text":"b"}}]"#);
    let cases: [(&str, &str, &str); 8] = [
        ("the document", r#"{"project":{},"conversations":[],"annotations":{},"#, "}"),
        ("the project", r#"{"conversations":[],"annotations":{},"project":{"#, "}}"),
        ("the config", r#"{"conversations":[],"annotations":{},"project":{"config":{"#, "}}}"),
        (
            "a conversation",
            r#"{"project":{},"annotations":{},"conversations":[{"id":"c","messages":[],"#,
            "}]}",
        ),
        (
            "a message",
            r#"{"project":{},"annotations":{},"conversations":[{"id":"c","messages":[{"id":"m","parts":[],"#,
            "}]}]}",
        ),
        (
            "a part",
            r#"{"project":{},"annotations":{},"conversations":[{"id":"c","messages":[{"id":"m","parts":[{"type":"text","content":"","#,
            "}]}]}]}",
        ),
        ("the tiers", r#"{"project":{},"conversations":[],"annotations":{"#, "}}"),
        (
            "an annotation",
            r#"{"project":{},"conversations":[],"annotations":{"review":{"x":[{"id":"a","label":"l","#,
            "}]}}}",
        ),
    ];
    for (name, before, after) in cases {
        let (export, result) = repeated(before, after, |nth| nth.to_string());
        assert_eq!(result, Ok(()), "{name}");
        let counts: Vec<_> = export.notices.counts().collect();
        assert_eq!(counts, [(NoticeKind::RepeatedKey, 9_999)], "{name}");
        assert_eq!(export.notices.kept(), Notices::KEPT, "{name}");
    }
    // Inside a tier nothing is dropped: the lists are joined.
    let (export, result) = repeated(&format!(r#"{HEAD}"review":{{"#), "}}}", list);
    assert_eq!(result, Ok(()));
    assert_eq!(export.tiers[Tier::Review].annotations.len(), 10_000);
    let placement = place_all(&export);
    assert_eq!((placement.places.len(), placement.unplaced.len()), (10_000, 0));
    let found = anomalies(&export, &placement);
    let repeats: Vec<_> =
        found.iter().map(|anomaly| (anomaly.kind.key(), anomaly.count, anomaly.examples.len())).collect();
    assert!(repeats.contains(&("repeated_key", 9_999, 20)), "{repeats:?}");
}

#[test]
fn oddities_do_not_eat_the_memory() {
    // A hundred thousand of one kind, each below a key of a megabyte.
    let long = "k".repeat(1_000_000);
    let json = format!(
        r#"{{"project":{{}},"conversations":[],"annotations":{{"review":{{"{long}":[{}]}}}}}}"#,
        vec!["7"; 100_000].join(",")
    );
    let (export, result) = read(json);
    assert_eq!(result, Ok(()));
    let paths: usize = export.notices.iter().map(|notice| notice.path.len()).sum();
    assert_eq!(
        (export.notices.kept(), export.notices.counts().map(|(_, count)| count).sum::<usize>()),
        (100, 100_000)
    );
    assert!(paths < 100 * 200, "{paths} bytes of paths");
}

#[test]
fn names_that_scripts_know_are_ordinary_keys() {
    for name in
        ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "valueOf", "length", ""]
    {
        let (export, result) = read(everywhere(name).to_string());
        assert_eq!((result, notices(&export).as_str()), (Ok(()), ""), "{name}");
        assert_eq!(export.project.label_schema[0].name.as_ref(), name);
        assert!(export.project.extra.iter().any(|field| &*field.name == name), "{name}");
        let unknown = &export.conversations[0].messages[0].parts[2];
        assert!(unknown.extra.iter().any(|field| &*field.name == name), "{name}");
        assert!(export.tiers[Tier::Review].lists.iter().any(|list| list.key.text() == name), "{name}");
    }
}

#[test]
fn json_ten_thousand_levels_deep_is_shown_and_marked() {
    const DEEP: usize = 10_000;
    let deep = format!("{}\"needle\"{}", "[".repeat(DEEP), "]".repeat(DEEP));
    let nested = format!("{}\"needle\"{}", "{\"a\":".repeat(DEEP), "}".repeat(DEEP));
    for value in [&deep, &nested] {
        let json = format!(
            r#"{{"project":{{}},"conversations":[{{"id":"c","messages":[{{"id":"m","parts":[{{"type":"tool_call_response","response":{value}}}]}}]}}],
            "annotations":{{"review":{{"m":[{{"id":"a","label":"l","text":"needle"}},{{"id":"b","label":"l","text":"[[\"nothing"}}]}}}}}}"#
        );
        let (export, result) = read(&json);
        assert_eq!(result, Ok(()));
        let text = part_text(&export.conversations[0].messages[0].parts[0]).unwrap();
        // Indented, it would be two hundred megabytes long.
        assert!(text.len() < 20 * value.len(), "{}", text.len());
        let placement = place_all(&export);
        assert_eq!((placement.places.len(), placement.unplaced.len()), (1, 1));
        let place = &placement.places[0];
        assert_eq!(&text[place.bytes.as_range()], "needle");
    }
}

/// Prints what becomes of documents that hold next to nothing.
#[test]
fn next_to_nothing_is_an_export() {
    let check = |json: &str, expected: Expect| {
        let (export, result) = read(json);
        let placement = place_all(&export);
        let alignment = align_all(&export, &placement, LookedRule::Key);
        let messages: usize = export.conversations.iter().map(|one| one.messages.len()).sum();
        expected.assert_eq(&format!(
            "{result:?}: {} conversations, {messages} messages, {} placed, {} not, {} findings\n{}",
            export.conversations.len(),
            placement.places.len(),
            placement.unplaced.len(),
            alignment.findings.len(),
            notices(&export)
        ));
    };
    check(
        r#"{"project":{},"conversations":[],"annotations":{}}"#,
        expect![[r#"
        Ok(()): 0 conversations, 0 messages, 0 placed, 0 not, 0 findings
    "#]],
    );
    check(
        r#"{"project":null,"conversations":null,"annotations":null}"#,
        expect![[r#"
        Ok(()): 0 conversations, 0 messages, 0 placed, 0 not, 0 findings
        $.project is missing (11..15)
        $.conversations is missing (32..36)
        $.annotations is missing (51..55)
    "#]],
    );
    check(
        r#"{"conversations":[]}"#,
        expect![[r#"
        Ok(()): 0 conversations, 0 messages, 0 placed, 0 not, 0 findings
        $.project is missing (0..20)
        $.annotations is missing (0..20)
    "#]],
    );
    check(
        r#"{"project":{},"conversations":[{},{"messages":[]},{"messages":[{}]}],"annotations":{"review":{"":[{}]}}}"#,
        expect![[r#"
            Ok(()): 3 conversations, 1 messages, 0 placed, 1 not, 0 findings
            $.conversations[0].id is missing (31..33)
            $.conversations[0].messages is missing (31..33)
            $.conversations[1].id is missing (34..49)
            $.conversations[2].id is missing (50..67)
            $.conversations[2].messages[0].id is missing (63..65)
            $.conversations[2].messages[0].parts is missing (63..65)
            $.annotations.review[""][0].id is missing (98..100)
            $.annotations.review[""][0].label is missing (98..100)
        "#]],
    );
}
