//! Searching made-up exports: every kind of text in its order, JSON that hides what it holds, steps of any size.

use super::{MODES, check, hits, naive_texts};
use expect_test::expect;
use labelscope_core::domain::Export;
use labelscope_core::export::Reader;
use labelscope_core::logic::place::place_all;
use labelscope_core::logic::search::{Options, Query, Searched, Searching, Site, context};
use proptest::prelude::*;

fn read(json: &str) -> Export {
    let (mut reader, mut export) = (Reader::new(), Export::default());
    let result = reader.feed(json.as_bytes(), &mut export).and_then(|()| reader.finish(&mut export));
    assert!(result.is_ok(), "{result:?}");
    export
}

/// An export with `x` once in every text that is searched.
const EVERYWHERE: &str = r#"{
  "project": {"id": "xp", "name": "name x", "slug": "x-slug", "status": "x is not searched",
    "label_schema": [{"name": "label x", "description": "means x"}]},
  "conversations": [
    {"id": "cx1", "messages": [
      {"id": "mx1", "role": "user x", "parts": [
        {"type": "text", "content": "said x", "note": "other x"},
        "bare x",
        {"type": "tool_call", "id": "call-x", "name": "tool_x", "arguments": {"a": ["x"]}},
        {"type": "tool_call_response", "id": "call-x", "response": "answer x"},
        {"type": "uri", "uri": "https://x.org/", "mime_type": "image/png"},
        ["a value x"]]},
      {"id": "mx2", "role": "assistant", "parts": [{"type": "reasoning", "content": "thought x"}]}]},
    {"id": "cx2", "messages": []}],
  "annotations": {
    "automated": {"mx2": [
      {"id": "ax1", "label": "lx1", "text": "thought", "start_offset": 0, "end_offset": 7, "explanation": "why x"},
      {"id": "ax2", "label": "lx2", "text": "nowhere x", "start_offset": 0, "end_offset": 1}],
      "nobody": [{"id": "ax3", "label": "lx3", "text": "lost x"}]},
    "primary": {}, "review": {"mx1": [
      {"id": "ax4", "label": "lx4", "text": "x", "start_offset": 5, "end_offset": 6, "message_part_index": 0}]}}
}"#;

#[test]
fn every_text_is_searched_in_the_order_of_the_document() {
    let export = read(EVERYWHERE);
    let placement = place_all(&export);
    let searched = Searched::whole(&export, &placement);
    let lines = hits(&export, &placement, "X", Options::default(), usize::MAX).into_iter().map(|hit| {
        let text = hit.site.text(searched).unwrap();
        let around = context(&text, hit.bytes, 30, 30);
        format!("{:?}: {}[{}]{}\n", hit.site, around.before, around.hit, around.after)
    });
    let lines = lines
        .collect::<String>()
        .replace("MessageRef ", "")
        .replace("PartRef ", "")
        .replace("AnnotationRef ", "");
    expect![[r#"
        Project(Name): name [x]
        Project(Slug): [x]-slug
        Project(Id): [x]p
        Project(Label(0)): label [x]
        Project(Description(0)): means [x]
        Conversation(0): c[x]1
        Message({ conversation: 0, message: 0 }): m[x]1
        Text({ message: { conversation: 0, message: 0 }, part: 0 }): said [x]
        Part({ message: { conversation: 0, message: 0 }, part: 0 }, Other(0)): "other [x]"
        Text({ message: { conversation: 0, message: 0 }, part: 1 }): bare [x]
        Text({ message: { conversation: 0, message: 0 }, part: 2 }): { "a": [ "[x]" ] }
        Part({ message: { conversation: 0, message: 0 }, part: 2 }, ToolName): tool_[x]
        Part({ message: { conversation: 0, message: 0 }, part: 2 }, CallId): call-[x]
        Text({ message: { conversation: 0, message: 0 }, part: 3 }): answer [x]
        Part({ message: { conversation: 0, message: 0 }, part: 3 }, CallId): call-[x]
        Part({ message: { conversation: 0, message: 0 }, part: 4 }, Address): https://[x].org/
        Part({ message: { conversation: 0, message: 0 }, part: 5 }, Value): [ "a value [x]" ]
        Annotation({ tier: Review, index: 0 }, Some({ conversation: 0, message: 0 }), Label): l[x]4
        Annotation({ tier: Review, index: 0 }, Some({ conversation: 0, message: 0 }), Quote): [x]
        Annotation({ tier: Review, index: 0 }, Some({ conversation: 0, message: 0 }), Id): a[x]4
        Message({ conversation: 0, message: 1 }): m[x]2
        Text({ message: { conversation: 0, message: 1 }, part: 0 }): thought [x]
        Annotation({ tier: Automated, index: 0 }, Some({ conversation: 0, message: 1 }), Label): l[x]1
        Annotation({ tier: Automated, index: 0 }, Some({ conversation: 0, message: 1 }), Explanation): why [x]
        Annotation({ tier: Automated, index: 0 }, Some({ conversation: 0, message: 1 }), Id): a[x]1
        Annotation({ tier: Automated, index: 1 }, Some({ conversation: 0, message: 1 }), Label): l[x]2
        Annotation({ tier: Automated, index: 1 }, Some({ conversation: 0, message: 1 }), Quote): nowhere [x]
        Annotation({ tier: Automated, index: 1 }, Some({ conversation: 0, message: 1 }), Id): a[x]2
        Conversation(1): c[x]2
        Annotation({ tier: Automated, index: 2 }, None, Label): l[x]3
        Annotation({ tier: Automated, index: 2 }, None, Quote): lost [x]
        Annotation({ tier: Automated, index: 2 }, None, Id): a[x]3
    "#]]
    .assert_eq(&lines);
}

#[test]
fn steps_of_any_size_lead_to_the_same() {
    let export = read(EVERYWHERE);
    let placement = place_all(&export);
    let texts = naive_texts(&export, &placement);
    for query in ["x", "tool_x", "\"a\": [", "  ", "e", "thought x", "nothing like it"] {
        for options in MODES {
            for budget in [1, 2, 7, 100, usize::MAX] {
                check(&export, &placement, &texts, query, options, budget);
            }
        }
    }
}

#[test]
fn an_export_that_is_still_read_is_searched_as_far_as_it_is_there() {
    let export = read(EVERYWHERE);
    let mut searching = Searching::new(Query::new("x", Options::default()).unwrap());
    let mut found = Vec::new();
    for count in 0..=export.conversations.len() {
        let conversations = &export.conversations[..count];
        let searched =
            Searched { project: Some(&export.project), conversations, annotations: None, names: &[] };
        while !searching.step(searched, 3, |hit| found.push(hit)) {}
        let here: Vec<_> = found.iter().filter(|hit| hit.site.text(searched).is_none()).collect();
        assert!(here.is_empty(), "{here:?}");
    }
    let placement = place_all(&export);
    let mut whole = hits(&export, &placement, "x", Options::default(), usize::MAX);
    whole.retain(|hit| !matches!(hit.site, Site::Annotation(..)));
    assert_eq!(found, whole);
}

/// Pieces of JSON strings, as they are sent.
const INSIDE: [&str; 16] = [
    "a",
    "A",
    "é",
    r"\u00e9",
    r"\u0041",
    r"\/",
    "/",
    r"\n",
    r#"\""#,
    r"\\",
    "u",
    " ",
    ",",
    ":",
    "{",
    r"\ud83d\ude00",
];

fn json() -> impl Strategy<Value = String> {
    let gap = prop_oneof![Just(""), Just(" "), Just("\n\t")];
    let string = proptest::collection::vec(proptest::sample::select(&INSIDE[..]), 0..4)
        .prop_map(|pieces| format!("\"{}\"", pieces.concat()));
    let leaf = prop_oneof![
        string.clone(),
        Just("1.50".to_owned()),
        Just("true".to_owned()),
        Just("null".to_owned())
    ];
    leaf.prop_recursive(3, 12, 3, move |inner| {
        let entry = (string.clone(), gap.clone(), inner.clone())
            .prop_map(|(key, gap, value)| format!("{key}{gap}:{gap}{value}"));
        let list = |open, close, gap: &str, entries: Vec<String>| {
            format!("{open}{gap}{}{gap}{close}", entries.join(&format!("{gap},{gap}")))
        };
        prop_oneof![
            (gap.clone(), proptest::collection::vec(inner, 0..3))
                .prop_map(move |(gap, all)| list('[', ']', gap, all)),
            (gap.clone(), proptest::collection::vec(entry, 0..3))
                .prop_map(move |(gap, all)| list('{', '}', gap, all)),
        ]
    })
}

proptest! {
    #[test]
    fn json_is_searched_as_it_is_shown(
        arguments in json(),
        other in json(),
        query in proptest::sample::select(&[
            "a", "é", "aé", "A", "/", "a/", "\\n", "\\\"", "\"", "u0", "\": ", "[\n", "\n", "  ", "  \"a", ",\n  ", "{}", "[]", "a, a",
            ",", "a,", ": ", "1.5", "true", "a a", "\\\\u", "😀", "\"\n}",
        ][..]),
    ) {
        let export = read(&format!(
            r#"{{"project": {{}}, "conversations": [{{"id": "c", "messages": [{{"id": "m", "role": "assistant", "parts": [
                {{"type": "tool_call", "arguments": {arguments}, "other": {other}}}, [{other}]]}}]}}], "annotations": {{}}}}"#
        ));
        let placement = place_all(&export);
        let texts = naive_texts(&export, &placement);
        for options in MODES {
            check(&export, &placement, &texts, query, options, 10);
        }
    }
}
