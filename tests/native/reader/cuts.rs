//! Where the chunks are cut must not matter.

use super::{read, read_cut};
use labelscope_core::export::ReadError;
use proptest::prelude::*;

/// A string of JSON with its quotes, some characters escaped.
fn string() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[a-z ]{0,6}",
        1 => Just(r#"\""#.to_owned()),
        1 => Just(r"\\".to_owned()),
        1 => Just(r"\n\u00e9\/".to_owned()),
        1 => Just(r"\ud83d\udc8a".to_owned()),
        1 => Just(r"\ud83d".to_owned()),
        1 => Just("é💊]}{[,:".to_owned()),
    ];
    prop::collection::vec(piece, 0..4).prop_map(|pieces| format!("\"{}\"", pieces.concat()))
}

/// White space that may stand between tokens.
fn space() -> impl Strategy<Value = &'static str> {
    prop_oneof![8 => Just(""), 1 => Just(" "), 1 => Just("\r\n\t")]
}

fn scalar() -> impl Strategy<Value = String> {
    const WORDS: [&str; 9] =
        ["null", "true", "false", "0", "-12", "3.0", "2.50", "1e400", "9223372036854775808"];
    prop_oneof![proptest::sample::select(&WORDS).prop_map(str::to_owned), string()]
}

fn any_value() -> impl Strategy<Value = String> {
    scalar().prop_recursive(3, 12, 3, |inner| {
        prop_oneof![array(inner.clone().boxed(), 3), object(vec![("k", inner.boxed())])]
    })
}

fn array(item: BoxedStrategy<String>, most: usize) -> impl Strategy<Value = String> {
    (prop::collection::vec((space(), item, space()), 0..=most), space()).prop_map(|(items, space)| {
        let items: Vec<_> =
            items.into_iter().map(|(before, item, after)| [before, &item, after].concat()).collect();
        format!("[{space}{}]", items.join(","))
    })
}

/// An object with some of `fields` and some unknown ones, in any order; keys may repeat and be escaped.
fn object(fields: Vec<(&'static str, BoxedStrategy<String>)>) -> impl Strategy<Value = String> {
    let known: Vec<_> = fields
        .into_iter()
        .map(|(key, value)| {
            let escaped: String = key.chars().map(|c| format!("\\u{:04x}", u32::from(c))).collect();
            let key = prop_oneof![9 => Just(format!("\"{key}\"")), 1 => Just(format!("\"{escaped}\""))];
            (key, value).boxed()
        })
        .collect();
    let fields = known
        .into_iter()
        .map(|field| {
            prop_oneof![
                7 => prop::collection::vec(field.clone(), 1),
                1 => prop::collection::vec(field.clone(), 0),
                1 => prop::collection::vec(field, 2),
            ]
        })
        .collect::<Vec<_>>();
    let unknown = prop::collection::vec((string(), scalar().boxed()), 0..2);
    (fields, unknown, space())
        .prop_map(|(known, unknown, space)| {
            (known.into_iter().flatten().chain(unknown).collect::<Vec<_>>(), space)
        })
        .prop_flat_map(|(fields, space)| (Just(fields).prop_shuffle(), Just(space)))
        .prop_map(|(fields, space)| {
            let fields: Vec<_> = fields
                .into_iter()
                .map(|(key, value)| format!("{key}{space}:{space}{value}{space}"))
                .collect();
            format!("{{{space}{}}}", fields.join(","))
        })
}

/// Mostly `usual`, now and then anything.
fn mostly(usual: impl Strategy<Value = String> + 'static) -> BoxedStrategy<String> {
    prop_oneof![9 => usual, 1 => any_value()].boxed()
}

fn part() -> BoxedStrategy<String> {
    const TYPES: [&str; 7] = [
        "\"text\"",
        "\"thinking\"",
        "\"tool-call\"",
        "\"tool_result\"",
        "\"blob\"",
        "\"image_url\"",
        "\"x\"",
    ];
    let kind = proptest::sample::select(&TYPES).prop_map(str::to_owned);
    let fields = vec![
        ("type", mostly(kind)),
        ("content", mostly(string())),
        ("arguments", any_value().boxed()),
        ("id", mostly(string())),
    ];
    mostly(object(fields))
}

fn message() -> BoxedStrategy<String> {
    let fields = vec![
        ("id", mostly(string())),
        ("role", mostly(string())),
        ("parts", mostly(array(part(), 2))),
        ("gen_ai.request.model", mostly(string())),
        ("gen_ai.usage.input_tokens", mostly(scalar())),
        ("gen_ai.response.finish_reasons", mostly(array(string().boxed(), 2))),
    ];
    mostly(object(fields))
}

fn annotation() -> BoxedStrategy<String> {
    let fields = vec![
        ("id", mostly(string())),
        ("label", mostly(string())),
        ("text", mostly(string())),
        ("start_offset", mostly(scalar())),
        ("message_part_index", mostly(scalar())),
    ];
    mostly(object(fields))
}

fn tier() -> BoxedStrategy<String> {
    let list = || array(annotation(), 2).boxed();
    mostly(object(vec![("m-1", list()), ("497f6eca-6276-4993-bfeb-53cbbbba6f08", list())]))
}

/// A whole export as JSON text.
fn export() -> impl Strategy<Value = String> {
    let conversation = object(vec![("id", mostly(string())), ("messages", mostly(array(message(), 2)))]);
    let project = object(vec![
        ("name", mostly(string())),
        ("label_schema", mostly(array(mostly(object(vec![("name", mostly(string()))])), 2))),
        ("config", mostly(object(vec![("labelers_per_task", mostly(scalar()))]))),
    ]);
    let tiers = object(vec![("automated", tier()), ("primary", tier()), ("review", tier())]);
    let root = object(vec![
        ("project", mostly(project)),
        ("conversations", mostly(array(mostly(conversation), 2))),
        ("annotations", mostly(tiers)),
    ]);
    (prop_oneof![3 => Just(""), 1 => Just("\u{feff}")], space(), root, space())
        .prop_map(|(mark, before, root, after)| [mark, before, &root, after].concat())
}

fn printed(bytes: &[u8], cuts: &[usize]) -> String {
    format!("{:?}", read_cut(bytes, cuts))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn every_single_cut_and_single_bytes_give_the_same(json in export().prop_filter("4 kB", |json| json.len() < 4_096)) {
        let bytes = json.as_bytes();
        let whole = printed(bytes, &[]);
        for cut in 0..=bytes.len() {
            prop_assert_eq!(&printed(bytes, &[cut]), &whole, "cut at {}", cut);
        }
        let every: Vec<_> = (1..bytes.len()).collect();
        prop_assert_eq!(&printed(bytes, &every), &whole);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn random_cuts_give_the_same(
        jsons in prop::collection::vec(export(), 1..6),
        cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..20),
    ) {
        let roots: Vec<_> = jsons.iter().map(|json| json.trim_start_matches('\u{feff}')).collect();
        let json = format!("{{\"x\":[{}],\"conversations\":[{}]}}", roots.join(","), roots.join(","));
        let mut cuts: Vec<_> = cuts.iter().map(|cut| cut.index(json.len() + 1)).collect();
        cuts.sort_unstable();
        prop_assert_eq!(printed(json.as_bytes(), &cuts), printed(json.as_bytes(), &[]));
    }

    /// What is generated above is JSON, so that the other properties speak of whole documents.
    #[test]
    fn what_is_generated_is_json(json in export()) {
        let (_, result) = read(&json);
        prop_assert!(matches!(result, Ok(()) | Err(ReadError::NotAnExport { .. })), "{:?} {}", result, json);
    }
}
