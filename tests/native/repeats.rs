//! The same text elsewhere, against a search of every pair of findings.
#![allow(clippy::unwrap_used, reason = "what cannot be read here fails the test")]

use crate::marked::real_export;
use labelscope_core::domain::{Export, PartRef};
use labelscope_core::export::Reader;
use labelscope_core::logic::align::{Alignment, FindingIndex, LookedRule, MarkIndex, align_all};
use labelscope_core::logic::place::place_all;
use labelscope_core::logic::repeats::repeats;
use labelscope_core::logic::serialise::part_text;
use std::collections::{BTreeMap, BTreeSet};

fn text(export: &Export, at: PartRef) -> String {
    let message =
        &export.conversations[at.message.conversation as usize].messages[at.message.message as usize];
    part_text(&message.parts[at.part as usize]).unwrap().into_owned()
}

/// For each finding what `repeats` gives and what looking at every mark of every finding gives; how many have any.
fn compare(export: &Export, alignment: &Alignment, every: usize) -> usize {
    let quote = |mark: MarkIndex| {
        let mark = alignment.mark(mark).unwrap();
        text(export, mark.part)[mark.bytes.as_range()].to_owned()
    };
    let mut marked: BTreeMap<String, BTreeSet<FindingIndex>> = BTreeMap::new();
    for (index, finding) in alignment.findings.iter().enumerate() {
        for mark in finding.marks() {
            marked.entry(quote(mark)).or_default().insert(FindingIndex::new(index));
        }
    }
    let mut with_repeats = 0;
    for (index, finding) in alignment.findings.iter().enumerate().step_by(every) {
        let index = FindingIndex::new(index);
        let own = quote(finding.last_mark().unwrap());
        let expected: Vec<FindingIndex> = match own.trim() {
            "" => Vec::new(),
            _ => marked[&own].iter().copied().filter(|&other| other != index).collect(),
        };
        with_repeats += usize::from(!expected.is_empty());
        assert_eq!(repeats(export, alignment, index), expected, "{own:?}");
    }
    with_repeats
}

/// Two conversations; `42 mg` is marked in a text and in a tool's arguments, `dose` twice in one text, a space thrice.
const EXPORT: &str = r#"{"project": {}, "conversations": [
    {"id": "c1", "messages": [{"id": "m1", "role": "assistant", "parts": [
        {"type": "text", "content": "Take 42 mg. A dose is a dose."}]}]},
    {"id": "c2", "messages": [{"id": "m2", "role": "assistant", "parts": [
        {"type": "tool_call", "id": "t", "name": "note", "arguments": {"dose": "42 mg"}}]}]}],
    "annotations": {
        "automated": {
            "m1": [{"id": "1", "label": "x", "start_offset": 5, "end_offset": 10, "text": "42 mg", "message_part_index": 0},
                   {"id": "2", "label": "x", "start_offset": 14, "end_offset": 18, "text": "dose", "message_part_index": 0},
                   {"id": "3", "label": "x", "start_offset": 24, "end_offset": 28, "text": "dose", "message_part_index": 0},
                   {"id": "4", "label": "x", "start_offset": 4, "end_offset": 5, "text": " ", "message_part_index": 0},
                   {"id": "5", "label": "x", "start_offset": 7, "end_offset": 8, "text": " ", "message_part_index": 0}],
            "m2": [{"id": "6", "label": "y", "start_offset": 13, "end_offset": 18, "text": "42 mg", "message_part_index": 0}]},
        "primary": {}, "review": {}}}"#;

#[test]
fn repeats_are_found_in_texts_and_in_tool_parts() {
    let (mut reader, mut export) = (Reader::new(), Export::default());
    reader.feed(EXPORT.as_bytes(), &mut export).unwrap();
    reader.finish(&mut export).unwrap();
    let alignment = align_all(&export, &place_all(&export), LookedRule::Key);
    assert_eq!(alignment.findings.len(), 6);
    assert_eq!(compare(&export, &alignment, 1), 4);
}

#[test]
fn repeats_of_a_real_export_are_those_of_a_comparison_of_all() {
    let test = "repeats_of_a_real_export_are_those_of_a_comparison_of_all";
    let Some((export, alignment)) = real_export(test, "mid") else { return };
    assert!(compare(export, alignment, 1) > 100);
}
