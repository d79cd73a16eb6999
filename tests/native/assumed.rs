//! What changes where something else is assumed of an export than what it suggests, and what must not.

#![allow(clippy::unwrap_used, reason = "what cannot be read here fails the test")]

use crate::marked::{aligned_taking, any_marked};
use crate::place::in_words;
use crate::place::properties::export_strategy;
use expect_test::{Expect, expect};
use labelscope_core::domain::{AnnotationRef, Export, MessageRef, Tier};
use labelscope_core::export::Reader;
use labelscope_core::logic::align::{
    Aligning, Alignment, LookedRule, Presence, ReviewRule, Verdict, Verdicts, align_all,
};
use labelscope_core::logic::health::{AnomalyKind, anomalies, assumptions};
use labelscope_core::logic::place::{KeyRule, PartIndexRule, Placement, Placing, PlacingRules, place_all};
use proptest::prelude::*;
use std::sync::Arc;

fn read(json: &str) -> Export {
    let (mut reader, mut export) = (Reader::new(), Export::default());
    reader.feed(json.as_bytes(), &mut export).unwrap();
    reader.finish(&mut export).unwrap();
    export
}

fn place_by(rules: PlacingRules, export: &Export) -> Placement {
    let mut placing = Placing::new(export).assuming(rules);
    while !placing.step(export, usize::MAX) {}
    placing.finish()
}

fn evidence(export: &Export, placement: &Placement, what: &str) -> String {
    let all = assumptions(export, placement, &Alignment::default());
    let one = all.into_iter().find(|one| one.what == what).unwrap();
    format!("{} ({})", one.evidence, one.value)
}

const CONVERSATION_FIRST: PlacingRules = PlacingRules {
    keys: KeyRule::ConversationFirst,
    part_index: PartIndexRule::AllParts,
    units: labelscope_core::domain::PerTier([None; 3]),
};

const PARTS_WITH_TEXT: PlacingRules = PlacingRules {
    keys: KeyRule::MessageFirst,
    part_index: PartIndexRule::PartsWithText,
    units: labelscope_core::domain::PerTier([None; 3]),
};

#[test]
fn a_key_that_names_both_goes_to_the_one_assumed() {
    let export = read(
        r#"{"project": {}, "conversations": [
            {"id": "first", "messages": [
                {"id": "a", "role": "assistant", "parts": [{"type": "text", "content": "take one"}]},
                {"id": "b", "role": "assistant", "parts": [{"type": "text", "content": "or two"}]}]},
            {"id": "A", "messages": [
                {"id": "c", "role": "user", "parts": [{"type": "text", "content": "take one"}]},
                {"id": "d", "role": "assistant", "parts": [{"type": "text", "content": "take one, not or two"}]}]}],
        "annotations": {"automated": {
            "a": [{"text": "one", "start_offset": 5, "end_offset": 8, "message_part_index": 0},
                  {"text": "or two", "start_offset": 0, "end_offset": 6, "message_part_index": 0}],
            "b": [{"text": "two", "start_offset": 3, "end_offset": 6, "message_part_index": 0}],
            "first": [{"text": "two", "start_offset": 3, "end_offset": 6, "message_part_index": 0}],
            "neither": []}}}"#,
    );
    let told = |rules: PlacingRules, expected: Expect| {
        let placement = place_by(rules, &export);
        let at = |conversation, message| MessageRef { conversation, message };
        let looked = [at(0, 0), at(0, 1), at(1, 0), at(1, 1)]
            .map(|message| placement.looked(message)[Tier::Automated]);
        expected.assert_eq(&format!(
            "{}looked at: {looked:?}\n{}\n",
            in_words(&export, &placement),
            evidence(&export, &placement, "map_key")
        ));
    };
    told(
        PlacingRules::default(),
        expect![[r#"
        0: 0/0/0 5..8 "one" verified in code_points
        2: 0/1/0 3..6 "two" verified in code_points
        3: 0/1/0 3..6 "two" verified in code_points
        1: 0/0 text_not_found
        looked at: [true, true, false, false]
        Of the keys of the tiers 2 are ids of messages, 1 of conversations, 1 of neither. 1 could be either. (message)
    "#]],
    );
    told(
        CONVERSATION_FIRST,
        expect![[r#"
        2: 0/1/0 3..6 "two" verified in code_points
        3: 0/1/0 3..6 "two" verified in code_points
        0: 1/1/0 5..8 "one" verified in code_points
        1: 1/1/0 14..20 "or two" relocated
        looked at: [true, true, true, true]
        Of the keys of the tiers 1 are ids of messages, 2 of conversations, 1 of neither. 1 could be either. (conversation)
    "#]],
    );
}

const PARTS: &str = r#"{"project": {}, "conversations": [{"id": "c", "messages": [
        {"id": "m", "role": "assistant", "parts": [
            {"type": "uri", "uri": "https://example.org/pill.png"},
            {"type": "text", "content": "one tablet"},
            {"type": "tool_call", "name": "f"},
            {"type": "reasoning", "content": "two tablets"}]}]}],
    "annotations": {"automated": {"m": [
        {"text": "tablet", "start_offset": 4, "end_offset": 10, "message_part_index": 0},
        {"text": "two", "start_offset": 0, "end_offset": 3, "message_part_index": 1},
        {"text": "one", "start_offset": 0, "end_offset": 3, "message_part_index": 1},
        {"start_offset": 0, "end_offset": 11, "message_part_index": 1},
        {"start_offset": 0, "end_offset": 3, "message_part_index": 2},
        {"text": "two", "start_offset": 0, "end_offset": 3, "message_part_index": 3},
        {"text": "one", "start_offset": 0, "end_offset": 3, "message_part_index": null},
        {"start_offset": 0, "end_offset": 1, "message_part_index": -1}]}}}"#;

#[test]
fn a_part_index_counts_what_is_assumed() {
    let export = read(PARTS);
    let told = |rules: PlacingRules, expected: Expect| {
        let placement = place_by(rules, &export);
        let odd = anomalies(&export, &placement).into_iter();
        let odd = odd
            .filter(|one| matches!(one.kind, AnomalyKind::PartOutOfRange | AnomalyKind::PastTheEnd))
            .map(|one| format!("{} {}\n", one.count, one.kind.key()));
        expected.assert_eq(&format!(
            "{}{}{}\n",
            in_words(&export, &placement),
            odd.collect::<String>(),
            evidence(&export, &placement, "part_index")
        ));
    };
    told(
        PlacingRules::default(),
        expect![[r#"
        2: 0/0/1 0..3 "one" verified in code_points
        6: 0/0/1 0..3 "one" verified in code_points
        0: 0/0/1 4..10 "tablet" relocated
        1: 0/0/3 0..3 "two" relocated
        5: 0/0/3 0..3 "two" verified in code_points
        3: 0/0 past_the_end
        4: 0/0 part_without_text
        7: 0/0 part_out_of_range
        1 part_out_of_range
        1 past_the_end
        2 of 2 verified annotations that name a part sit in it, counted from 0. 2 relocated ones sit in the part that they name if only parts with text count. (position in the array as sent, from 0)
    "#]],
    );
    told(
        PARTS_WITH_TEXT,
        expect![[r#"
        2: 0/0/1 0..3 "one" relocated
        6: 0/0/1 0..3 "one" verified in code_points
        0: 0/0/1 4..10 "tablet" verified in code_points
        1: 0/0/3 0..3 "two" verified in code_points
        5: 0/0/3 0..3 "two" relocated
        3: 0/0/3 0..11 "two tablets" unverified
        4: 0/0 part_out_of_range
        7: 0/0 part_out_of_range
        3 part_out_of_range
        2 of 2 verified annotations that name a part sit in it, counted from 0. 2 relocated ones sit in the part that they name if all parts count. (position among the parts with text, from 0)
    "#]],
    );
}

/// What became of each annotation: where, as numbers, or why not.
fn outcomes(placement: &Placement, part_at: impl Fn(MessageRef, u32) -> u32) -> Vec<(AnnotationRef, String)> {
    let placed = placement.places.iter().map(|place| {
        let part = part_at(place.part.message, place.part.part);
        let where_it_is = format!("{:?} {part} {:?} {:?}", place.part.message, place.points, place.how);
        (place.annotation, where_it_is)
    });
    let unplaced =
        placement.unplaced.iter().map(|one| (one.annotation, format!("{:?} {:?}", one.message, one.reason)));
    let mut all: Vec<_> = placed.chain(unplaced).collect();
    all.sort();
    all
}

/// The export without the parts that have no text.
fn without_other_parts(export: &Export) -> Export {
    let mut left = export.clone();
    for conversation in &mut left.conversations {
        for message in &mut Arc::make_mut(conversation).messages {
            message.parts.retain(|part| part.text.is_some());
        }
    }
    left
}

fn removed_by_an_earlier_tier(presence: [Presence; 3]) -> bool {
    presence[0].mark().is_some() && presence[1] == Presence::Lacks
}

fn without(verdicts: Verdicts, verdict: Verdict) -> Vec<Verdict> {
    verdicts.iter().filter(|one| *one != verdict && *one != Verdict::Agreed).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn counting_parts_with_text_is_counting_all_where_there_are_no_others(export in export_strategy()) {
        let left = without_other_parts(&export);
        let as_sent = |at: MessageRef, part: u32| {
            let message = &export.conversations[at.conversation as usize].messages[at.message as usize];
            let with_text = (0u32..).zip(&message.parts).filter(|(_, part)| part.text.is_some());
            with_text.map(|(at, _)| at).nth(part as usize).unwrap()
        };
        let by_text = place_by(PARTS_WITH_TEXT, &export);
        let of_left = place_all(&left);
        prop_assert_eq!(outcomes(&by_text, |_, part| part), outcomes(&of_left, as_sent));
        prop_assert_eq!((by_text.units, by_text.keys), (of_left.units, of_left.keys));
    }

    #[test]
    fn a_review_of_changes_only_removes_nothing_and_changes_nothing_else(
        messages in prop::collection::vec(any_marked(8), 0..4),
    ) {
        let conversations = [messages];
        let (_, whole) = aligned_taking(ReviewRule::WholeSet, &conversations);
        let (_, changes) = aligned_taking(ReviewRule::ChangesOnly, &conversations);
        prop_assert_eq!(format!("{:?}", &whole.marks), format!("{:?}", &changes.marks));
        prop_assert_eq!(whole.findings.len(), changes.findings.len());
        for (before, after) in whole.findings.iter().zip(&changes.findings) {
            prop_assert_eq!(before.part, after.part);
            prop_assert_eq!(before.presence.0[..2].to_vec(), after.presence.0[..2].to_vec());
            let (was, is) = (before.presence[Tier::Review], after.presence[Tier::Review]);
            prop_assert!(is == was || (was == Presence::Lacks && is == Presence::NotLooked));
            prop_assert_ne!(is, Presence::Lacks);
            prop_assert_eq!(changes.is_silent(after, Tier::Review), was == Presence::Lacks);
            prop_assert_eq!(without(before.verdicts, Verdict::Removed), without(after.verdicts, Verdict::Removed));
            prop_assert!(!after.verdicts.is_empty());
            if after.verdicts.contains(Verdict::Removed) {
                prop_assert!(removed_by_an_earlier_tier(after.presence.0));
            }
        }
    }
}

#[test]
fn silence_of_a_review_of_changes_is_consent() {
    let export = read(
        r#"{"project": {}, "conversations": [{"id": "c", "messages": [
            {"id": "m", "role": "assistant", "parts": [{"type": "text", "content": "abcdefghi"}]}]}],
        "annotations": {
            "automated": {"m": [{"label": "x", "text": "abc", "start_offset": 0, "end_offset": 3}]},
            "primary": {"m": [{"label": "x", "text": "abc", "start_offset": 0, "end_offset": 3},
                              {"label": "x", "text": "def", "start_offset": 3, "end_offset": 6}]},
            "review": {"m": [{"label": "x", "text": "ghi", "start_offset": 6, "end_offset": 9}]}}}"#,
    );
    let placement = place_all(&export);
    let told = |review: ReviewRule, expected: Expect| {
        let mut aligning = Aligning::new(LookedRule::Key).taking_review_as(review);
        while !aligning.step(&export, &placement, 0) {}
        let alignment = aligning.finish();
        let verdicts: Vec<String> = alignment.findings.iter().map(|one| one.verdicts.to_string()).collect();
        let all = assumptions(&export, &placement, &alignment);
        let assumed = all.iter().find(|one| one.what == "review_is_complete").unwrap();
        expected.assert_eq(&format!("{verdicts:?} {} {}", assumed.evidence, assumed.value));
    };
    told(
        ReviewRule::WholeSet,
        expect![[
            r#"["removed", "added+removed", "added"] Review repeats 0 of the 2 primary marks on the messages that it looked at. what review does not repeat, it removed"#
        ]],
    );
    told(
        ReviewRule::ChangesOnly,
        expect![[
            r#"["agreed", "added", "added"] Review repeats 0 of the 2 primary marks on the messages that it looked at. what review does not repeat, it agrees with"#
        ]],
    );
    let by_default = align_all(&export, &placement, LookedRule::Key);
    assert_eq!(by_default.review_rule(), ReviewRule::WholeSet);
}
