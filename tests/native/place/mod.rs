//! Placing whole exports: what keys, parts, units and serialisations lead to, and what no order and no cutting into
//! steps may change.

#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "these are tests; a skipped one says so")]

pub(crate) mod properties;

use expect_test::{Expect, expect};
use flate2::read::GzDecoder;
use labelscope_core::domain::{
    Annotation, Conversation, Export, How, Id, KeyedList, Message, MessageRef, Part, PartKind, PartRef,
    PartText, PerTier, Source, Tier, TierMap, Unit,
};
use labelscope_core::export::Reader;
use labelscope_core::logic::place::{KeyEvidence, Placement, Placing, Tally, place_all};
use labelscope_core::logic::serialise::part_text;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::fmt::Write;
use std::io::Read;
use std::path::Path;

fn read(bytes: &[u8]) -> Export {
    let mut export = Export::default();
    let mut reader = Reader::new();
    reader.feed(bytes, &mut export).unwrap();
    reader.finish(&mut export).unwrap();
    export
}

/// An export of `conversations` and the automated tier.
fn export_of(conversations: &Value, automated: &Value) -> Export {
    read(
        json!({"conversations": conversations, "annotations": {"automated": automated}})
            .to_string()
            .as_bytes(),
    )
}

/// One assistant message, `m`, with these parts, and its automated annotations.
fn message_of(parts: &Value, annotations: &Value) -> Export {
    export_of(
        &json!([{"id": "c", "messages": [{"id": "m", "role": "assistant", "parts": parts}]}]),
        &json!({"m": annotations}),
    )
}

fn part_at(export: &Export, part: PartRef) -> &Part {
    let conversation = &export.conversations[part.message.conversation as usize];
    &conversation.messages[part.message.message as usize].parts[part.part as usize]
}

fn annotation_at(export: &Export, at: labelscope_core::domain::AnnotationRef) -> &Annotation {
    &export.tiers[at.tier].annotations[at.index as usize]
}

fn how_in_words(how: How) -> String {
    match how {
        How::Verified(unit) => format!("verified in {}", unit.key()),
        other => other.key().to_owned(),
    }
}

/// A line for each annotation: where it sits, what stands there, and how that is known.
pub(crate) fn in_words(export: &Export, placement: &Placement) -> String {
    let mut lines = String::new();
    for place in &placement.places {
        let text = part_text(part_at(export, place.part)).unwrap();
        let MessageRef { conversation, message } = place.part.message;
        let (from, to) = (place.points.start.0, place.points.end.0);
        let (index, part) = (place.annotation.index, place.part.part);
        let slice = &text[place.bytes.as_range()];
        let how = how_in_words(place.how);
        writeln!(lines, "{index}: {conversation}/{message}/{part} {from}..{to} {slice:?} {how}").unwrap();
    }
    for unplaced in &placement.unplaced {
        let message =
            unplaced.message.map_or("-".to_owned(), |at| format!("{}/{}", at.conversation, at.message));
        writeln!(lines, "{}: {message} {}", unplaced.annotation.index, unplaced.reason.key()).unwrap();
    }
    lines
}

fn check(export: &Export, expected: Expect) -> Placement {
    let placement = place_all(export);
    expected.assert_eq(&in_words(export, &placement));
    placement
}

/// An annotation with a part index, offsets and a quote.
fn mark(
    part: impl Into<Value>,
    start: impl Into<Value>,
    end: impl Into<Value>,
    text: impl Into<Value>,
) -> Value {
    json!({
        "message_part_index": part.into(), "start_offset": start.into(), "end_offset": end.into(), "text": text.into()
    })
}

const NULL: Value = Value::Null;

fn text_part(text: &str) -> Value {
    json!({"type": "text", "content": text})
}

#[test]
fn a_named_part_is_looked_at_first() {
    let parts = json!([
        text_part("a dose, a dose"),
        text_part("one tablet"),
        {"type": "blob", "content": "AAAA"},
        text_part("two  tablets, a dose"),
    ]);
    let marks = json!([
        mark(0, 2, 6, "dose"),
        mark(0, 0, 3, "one"),
        mark(1, 0, 4, "dose"),
        mark(1, 14, 18, "dose"),
        mark(2, 0, 10, "one tablet"),
        mark(7, 0, 10, "one tablet"),
        mark(-1, 0, 10, "one tablet"),
        mark(1, NULL, NULL, "dose"),
        mark(1, 5, 5, "two tablets"),
        mark(1, 0, 5, "three"),
        mark(2, 0, 5, "three"),
        mark(2, 0, 5, NULL),
        mark(9, 0, 5, "three"),
        mark(9, 0, 5, NULL),
        mark(1, 4, 10, NULL),
        mark(1, 4, 11, NULL),
        mark(1, 4, NULL, NULL),
    ]);
    check(
        &message_of(&parts, &marks),
        expect![[r#"
        0: 0/0/0 2..6 "dose" verified in code_points
        2: 0/0/0 2..6 "dose" relocated
        3: 0/0/0 10..14 "dose" relocated
        1: 0/0/1 0..3 "one" relocated
        4: 0/0/1 0..10 "one tablet" relocated
        5: 0/0/1 0..10 "one tablet" relocated
        6: 0/0/1 0..10 "one tablet" relocated
        14: 0/0/1 4..10 "tablet" unverified
        8: 0/0/3 0..12 "two  tablets" relocated
        7: 0/0 ambiguous
        9: 0/0 text_not_found
        10: 0/0 part_without_text
        11: 0/0 part_without_text
        12: 0/0 part_out_of_range
        13: 0/0 part_out_of_range
        15: 0/0 past_the_end
        16: 0/0 nothing_to_go_by
    "#]],
    );
}

#[test]
fn without_an_index_the_only_part_counts() {
    let parts =
        json!([text_part("a dose, a dose"), text_part("one dose"), text_part("one  tablet"), text_part("a")]);
    let marks = json!([
        mark(NULL, 10, 14, "dose"),
        mark(NULL, 1, 2, "dose"),
        mark(NULL, 0, 1, "a"),
        mark(NULL, 3, 9, "tablet"),
        mark(NULL, 0, 10, "one tablet"),
        mark(NULL, 0, 3, "two"),
        mark(NULL, NULL, NULL, "tablet"),
        mark(NULL, NULL, NULL, "one"),
        mark(NULL, 0, 3, NULL),
        mark(NULL, 3, 0, NULL),
        mark(NULL, 90, 91, NULL),
        mark(NULL, 14, 14, ""),
        mark(NULL, 1, 1, ""),
    ]);
    check(
        &message_of(&parts, &marks),
        expect![[r#"
        0: 0/0/0 10..14 "dose" verified in code_points
        11: 0/0/0 14..14 "" verified in code_points
        4: 0/0/2 0..11 "one  tablet" relocated
        3: 0/0/2 5..11 "tablet" relocated
        6: 0/0/2 5..11 "tablet" relocated
        1: 0/0 ambiguous
        2: 0/0 ambiguous
        5: 0/0 text_not_found
        7: 0/0 ambiguous
        8: 0/0 nothing_to_go_by
        9: 0/0 reversed
        10: 0/0 past_the_end
        12: 0/0 ambiguous
    "#]],
    );
}

#[test]
fn tool_parts_are_anchored_in_the_serialisation_that_fits() {
    let arguments = r#"{"drug":"Äspirin","doses":[1.50,2]}"#;
    let parts = format!(
        r#"[{{"type":"tool_call","id":"1","name":"n","arguments":{arguments}}},
            {{"type":"tool_call_response","id":"1","response":"{{\"as\":\"sent\"}}"}}]"#
    );
    let parts: Box<serde_json::value::RawValue> = serde_json::from_str(&parts).unwrap();
    let indented = "{\n  \"drug\": \"Äspirin\",\n  \"doses\": [\n    1.50,\n    2\n  ]\n}";
    let spaced = r#"{"drug": "Äspirin", "doses": [1.50, 2]}"#;
    let ascii = r#"{"drug": "\u00c4spirin", "doses": [1.50, 2]}"#;
    let four = "{\n    \"drug\": \"Äspirin\",\n    \"doses\": [\n        1.50,\n        2\n    ]\n}";
    let quoted = |text: &str, quote: &str| {
        let before = text.split(quote).next().unwrap().chars().count();
        mark(0, before, before + quote.chars().count(), quote)
    };
    let marks = json!([
        quoted(indented, "Äspirin"),
        quoted(arguments, "\"doses\":[1.50"),
        quoted(spaced, "\"Äspirin\", \"doses\": ["),
        quoted(ascii, "\\u00c4spirin"),
        quoted(four, "\"doses\": [\n        1.50"),
        mark(0, 0, 4, "drug"),
        mark(0, 0, 4, "1.5, 2"),
        mark(1, 1, 5, "\"as\""),
        quoted(spaced, "nothing of it").clone(),
    ]);
    let document = format!(
        r#"{{"conversations":[{{"id":"c","messages":[{{"id":"m","role":"assistant","parts":{}}}]}}],
            "annotations":{{"automated":{{"m":{marks}}}}}}}"#,
        parts.get()
    );
    check(
        &read(document.as_bytes()),
        expect![[r#"
        5: 0/0/0 5..9 "drug" relocated
        2: 0/0/0 12..35 "\"Äspirin\",\n  \"doses\": [" verified in code_points
        0: 0/0/0 13..20 "Äspirin" verified in code_points
        3: 0/0/0 13..20 "Äspirin" verified in code_points
        1: 0/0/0 25..44 "\"doses\": [\n    1.50" verified in code_points
        4: 0/0/0 25..44 "\"doses\": [\n    1.50" verified in code_points
        7: 0/0/1 1..5 "\"as\"" verified in code_points
        6: 0/0 text_not_found
        8: 0/0 text_not_found
    "#]],
    );
}

#[test]
fn the_tier_tells_the_unit() {
    let parts = json!([text_part("💊aaaa 💊b"), text_part("💊aaaa")]);
    // Two annotations fit in UTF-16 only and one in code points only; two more would turn that round, if they named
    // their part. The last two fit in both at different places, and in both without a text.
    let marks = json!([
        mark(0, 9, 10, "b"),
        mark(0, 7, 9, "💊"),
        mark(0, 7, 8, "b"),
        mark(NULL, 7, 8, "b"),
        mark(NULL, 7, 8, "b"),
        mark(1, 2, 3, "a"),
        mark(1, 2, 3, NULL),
    ]);
    let export = message_of(&parts, &marks);
    let placement = check(
        &export,
        expect![[r#"
        1: 0/0/0 6..7 "💊" verified in utf16
        0: 0/0/0 7..8 "b" verified in utf16
        2: 0/0/0 7..8 "b" verified in code_points
        3: 0/0/0 7..8 "b" verified in code_points
        4: 0/0/0 7..8 "b" verified in code_points
        5: 0/0/1 1..2 "a" verified in utf16
        6: 0/0/1 1..2 "a" unverified
    "#]],
    );
    let units = placement.units[Tier::Automated];
    assert_eq!(Unit::ALL.map(|unit| units.only_in(unit)), [1, 2, 0]);
    assert_eq!(units.usual(), Some(Unit::Utf16));
    assert_eq!(placement.units[Tier::Review].usual(), None);
}

#[test]
fn keys_name_messages_then_conversations() {
    let message =
        |id: &str, role: &str, text: &str| json!({"id": id, "role": role, "parts": [text_part(text)]});
    let conversations = json!([
        {"id": "C1", "messages": [
            message("m1", "user", "take one dose"),
            message("m2", "assistant", "no, two: dose by dose"),
            message("m3", "assistant", "take one dose"),
            message("M2", "assistant", "a second message of that id"),
        ]},
        {"id": "c2", "messages": []},
        {"id": "m2", "messages": [message("m4", "assistant", "the id of a message wins")]},
        {"id": "c1", "messages": [message("m5", "assistant", "take one dose")]},
    ]);
    let automated = json!({
        "M2": [mark(0, 0, 2, "no")],
        "c1": [
            mark(0, 0, 4, "take"),
            mark(NULL, 9, 13, "dose"),
            mark(NULL, 3, 3, "dose"),
            mark(0, 3, 3, "of  that"),
            mark(0, 0, 1, "e"),
            mark(0, 0, 1, "nothing"),
            mark(0, 0, 1, NULL),
        ],
        "elsewhere": [mark(0, 0, 4, "take")],
        "c2": [],
    });
    let placement = check(
        &export_of(&conversations, &automated),
        expect![[r#"
        0: 0/1/0 0..2 "no" verified in code_points
        2: 0/1/0 9..13 "dose" verified in code_points
        1: 0/2/0 0..4 "take" verified in code_points
        3: 0/2/0 9..13 "dose" relocated
        4: 0/3/0 17..24 "of that" relocated
        5: - ambiguous
        6: - text_not_found
        7: - nothing_to_go_by
        8: - without_message
    "#]],
    );
    assert_eq!(
        placement.keys[Tier::Automated],
        KeyEvidence { messages: 1, conversations: 2, both: 1, nothing: 1 }
    );
    let at = |conversation, message| MessageRef { conversation, message };
    let looked = |message| placement.looked(message)[Tier::Automated];
    assert_eq!([at(0, 0), at(0, 3), at(2, 0), at(3, 0)].map(looked), [true, true, false, false]);
    assert_eq!(placement.looked(at(0, 0)), PerTier([true, false, false]));
    assert_eq!(placement.messages.repeated_messages(), [at(0, 3)]);
    assert_eq!(placement.messages.repeated_conversations(), [3]);
    let all: Vec<_> =
        (0..placement.messages.len()).map(|number| placement.messages.at(number).unwrap()).collect();
    assert_eq!(all, [at(0, 0), at(0, 1), at(0, 2), at(0, 3), at(2, 0), at(3, 0)]);
    assert!(all.iter().enumerate().all(|(number, message)| placement.messages.number(*message) == number));
    assert_eq!(placement.messages.at(6), None);
}

#[test]
fn a_crowded_message_is_cut_into_many_steps() {
    let text = "dose 💊 ".repeat(20_000);
    let export = message_of(
        &json!([text_part(&text)]),
        &(0..5_000).map(|at| mark(0, at * 7 + 1, at * 7 + 6, "dose")).collect(),
    );
    let mut placing = Placing::new(&export);
    let mut most = 0;
    let mut done = 0;
    while !placing.step(&export, 500) {
        most = most.max(placing.progress().done - done);
        done = placing.progress().done;
    }
    assert!(most <= 500, "{most} annotations in one step");
    let placement = placing.finish();
    assert_eq!(placement.tally(Tier::Automated), Tally { relocated: 5_000, ..Tally::default() });
    assert!((0..).zip(&placement.places).all(|(at, place)| place.points.start.0 == at * 7));
}

/// Their README says that offsets are code points and that each text is the exact slice.
#[test]
fn real_files_are_verified_in_code_points() {
    let test = "real_files_are_verified_in_code_points";
    for name in ["small", "small_strict", "mid", "agents", "large"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../shared/data/{name}.json.gz"));
        let file = match std::fs::File::open(&path) {
            Ok(file) => file,
            Err(error) => {
                eprintln!("skipped: {test}: {}: {error}", path.display());
                return;
            }
        };
        let mut bytes = Vec::new();
        GzDecoder::new(file).read_to_end(&mut bytes).unwrap();
        let export = read(&bytes);
        let placement = place_all(&export);
        for tier in Tier::ALL {
            let tally = placement.tally(tier);
            let all = export.tiers[tier].annotations.len();
            assert_eq!(tally, Tally { verified: all, ..Tally::default() }, "{name} {tier}");
        }
        assert!(placement.places.iter().all(|place| place.how == How::Verified(Unit::CodePoints)), "{name}");
    }
}
