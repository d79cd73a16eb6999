//! Placing whole exports: what keys, parts, units and serialisations lead to, and what no order and no cutting into
//! steps may change.

#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "these are tests; a skipped one says so")]

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

/// A part, by hand.
fn part_strategy() -> impl Strategy<Value = Option<PartText>> {
    prop_oneof![
        6 => "[aé💊 \n]{0,12}".prop_map(|text| Some(PartText::Verbatim(text.into()))),
        2 => "(\\{\"a\":\"[aé💊]{0,3}\",\"b\":\\[1, 2\\]\\}|\\[\"\\\\u00e9a\"\\])"
            .prop_map(|text| Some(PartText::Json(labelscope_core::domain::Json::trusted(&text)))),
        1 => Just(None),
    ]
}

fn annotation_strategy() -> impl Strategy<Value = Annotation> {
    let quote = prop_oneof![
        6 => "[aé💊 \n]{1,3}".prop_map(Some),
        1 => prop::sample::select(vec![Some(String::new()), Some("\"é".into()), Some(", 2".into()), None]),
    ];
    let part = prop::option::weighted(0.8, -1i64..4);
    let start = prop::option::weighted(0.9, -1i64..14);
    (quote, part, start, -1i64..5).prop_map(|(quote, part_index, start_offset, length)| Annotation {
        text: quote.map(String::into_boxed_str),
        part_index,
        start_offset,
        end_offset: start_offset.map(|start| start + length),
        ..Annotation::default()
    })
}

/// Conversations with messages that have ids of their own, and annotations that have ids of their own under keys of
/// messages, conversations and nothing.
pub(crate) fn export_strategy() -> impl Strategy<Value = Export> {
    let message = (prop::collection::vec(part_strategy(), 0..4), prop::bool::weighted(0.8));
    let conversations = prop::collection::vec(prop::collection::vec(message, 0..4), 1..4);
    let keys = prop_oneof![
        8 => (0..3u32, 0..3u32).prop_map(|(conversation, message)| format!("m{conversation}-{message}")),
        2 => (0..3u32).prop_map(|conversation| format!("C{conversation}")),
        1 => Just("nothing".to_owned()),
    ]
    .boxed();
    let lists =
        prop::collection::vec((keys, prop::collection::vec(annotation_strategy(), 0..5)), 0..5).boxed();
    (conversations, [lists.clone(), lists.clone(), lists]).prop_map(|(conversations, tiers)| {
        let mut export = Export::default();
        for (number, messages) in conversations.into_iter().enumerate() {
            let messages = messages.into_iter().enumerate().map(|(at, (texts, by_assistant))| Message {
                id: Some(Id::new(&format!("m{number}-{at}"))),
                role: Some(if by_assistant { "assistant" } else { "user" }.into()),
                parts: texts.into_iter().map(part_of).collect(),
                ..Message::default()
            });
            let id = Some(Id::new(&format!("c{number}")));
            let conversation = Conversation { id, messages: messages.collect(), ..Conversation::default() };
            export.conversations.push(conversation.into());
        }
        for (tier, lists) in Tier::ALL.into_iter().zip(tiers) {
            export.tiers[tier] = tier_of(tier, lists);
        }
        export
    })
}

fn part_of(text: Option<PartText>) -> Part {
    Part { kind: PartKind::Text, type_name: None, text, extra: Vec::new(), source: Source::default() }
}

fn tier_of(tier: Tier, lists: Vec<(String, Vec<Annotation>)>) -> TierMap {
    let mut map = TierMap::default();
    for (key, annotations) in lists {
        let start = u32::try_from(map.annotations.len()).unwrap();
        for mut annotation in annotations {
            let number = map.annotations.len();
            annotation.id.get_or_insert_with(|| Id::new(&format!("{}{number}", tier.letter())));
            map.annotations.push(annotation);
        }
        let end = u32::try_from(map.annotations.len()).unwrap();
        map.lists.push(KeyedList { key: Id::new(&key), annotations: start..end, source: Source::default() });
    }
    map
}

/// The same export with all that has no order turned round.
fn turned_round(export: &Export) -> Export {
    let mut turned = export.clone();
    turned.conversations.reverse();
    for tier in Tier::ALL {
        let map = &export.tiers[tier];
        let lists = map.lists.iter().rev().map(|list| {
            let annotations =
                &map.annotations[list.annotations.start as usize..list.annotations.end as usize];
            (list.key.to_string(), annotations.iter().rev().cloned().collect())
        });
        turned.tiers[tier] = tier_of(tier, lists.collect());
    }
    turned
}

/// What became of each annotation, by ids instead of indices.
fn by_id(export: &Export, placement: &Placement) -> Vec<String> {
    let message_id = |at: MessageRef| {
        let message = &export.conversations[at.conversation as usize].messages[at.message as usize];
        message.id.clone().unwrap()
    };
    let placed = placement.places.iter().map(|place| {
        let id = annotation_at(export, place.annotation).id.clone().unwrap();
        let message = message_id(place.part.message);
        format!("{id} {message} {} {:?} {:?} {:?}", place.part.part, place.points, place.bytes, place.how)
    });
    let unplaced = placement.unplaced.iter().map(|unplaced| {
        let id = annotation_at(export, unplaced.annotation).id.clone().unwrap();
        format!("{id} {:?} {:?}", unplaced.message.map(message_id), unplaced.reason)
    });
    let mut all: Vec<String> = placed.chain(unplaced).collect();
    all.sort();
    all
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn every_annotation_has_one_place_or_one_reason(export in export_strategy()) {
        let placement = place_all(&export);
        let mut references: Vec<_> = placement.places.iter().map(|place| place.annotation)
            .chain(placement.unplaced.iter().map(|unplaced| unplaced.annotation)).collect();
        references.sort();
        let expected: Vec<_> = export.tiers.iter().flat_map(|(tier, map)| {
            (0..).zip(&map.annotations).map(move |(index, _)| labelscope_core::domain::AnnotationRef { tier, index })
        }).collect();
        prop_assert_eq!(&references, &expected);
        for place in &placement.places {
            let part = part_at(&export, place.part);
            let text = part_text(part).unwrap();
            let annotation = annotation_at(&export, place.annotation);
            let quote = annotation.text.as_deref().unwrap_or_default();
            let slice = &text[place.bytes.as_range()];
            let (from, to) = (place.points.start.0 as usize, place.points.end.0 as usize);
            prop_assert_eq!(slice, text.chars().skip(from).take(to - from).collect::<String>());
            match place.how {
                How::Verified(_) if matches!(part.text, Some(PartText::Verbatim(_))) => prop_assert_eq!(slice, quote),
                How::Unverified => prop_assert!(quote.is_empty()),
                How::Verified(_) | How::Relocated => {}
            }
        }
        let order: Vec<_> =
            placement.places.iter().map(|place| (place.part, place.points, place.annotation)).collect();
        prop_assert!(order.is_sorted());
        let mut of_messages = Vec::new();
        let mut unplaced_of_messages = Vec::new();
        for number in 0..placement.messages.len() {
            let message = placement.messages.at(number).unwrap();
            of_messages.extend_from_slice(placement.of_message(message));
            unplaced_of_messages.extend_from_slice(placement.unplaced_of(message));
            let parts = (0..4).flat_map(|part| placement.of_part(PartRef { message, part }));
            prop_assert_eq!(parts.count(), placement.of_message(message).len());
        }
        prop_assert_eq!(&of_messages, &placement.places);
        prop_assert!(placement.unplaced.starts_with(&unplaced_of_messages));
        prop_assert!(placement.unplaced[unplaced_of_messages.len()..].iter().all(|left| left.message.is_none()));
        let tallied: usize = Tier::ALL.map(|tier| placement.tally(tier)).iter()
            .map(|tally| tally.verified + tally.relocated + tally.unverified + tally.unanchored).sum();
        prop_assert_eq!(tallied, expected.len());
    }

    #[test]
    fn order_changes_nothing_but_indices(export in export_strategy()) {
        let turned = turned_round(&export);
        let (placement, of_turned) = (place_all(&export), place_all(&turned));
        prop_assert_eq!(by_id(&export, &placement), by_id(&turned, &of_turned));
        prop_assert_eq!((placement.units, placement.keys), (of_turned.units, of_turned.keys));
    }

    #[test]
    fn every_budget_gives_the_same(export in export_strategy(), budget in 0usize..40) {
        let placement = place_all(&export);
        let mut placing = Placing::new(&export);
        let mut steps = 0;
        while !placing.step(&export, budget) {
            let progress = placing.progress();
            prop_assert!(progress.done <= progress.total);
            steps += 1;
            prop_assert!(steps < 10_000);
        }
        prop_assert_eq!(placing.progress().done, placing.progress().total);
        let in_steps = placing.finish();
        prop_assert_eq!(format!("{:?}", (&placement.places, &placement.unplaced, placement.units)),
            format!("{:?}", (&in_steps.places, &in_steps.unplaced, in_steps.units)));
    }
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
