//! What changed between two exports, against edits that are made here one by one, and against counting by hand.
#![allow(clippy::unwrap_used, reason = "what cannot be read here fails the test")]

use crate::marked::real_export;
use expect_test::{Expect, expect};
use labelscope_core::domain::{AnnotationRef, Export, Id, MessageRef, PerTier, Tier};
use labelscope_core::export::Reader;
use labelscope_core::logic::align::{Alignment, LookedRule, align_all};
use labelscope_core::logic::changes::{Changes, Comparing, Side, changes_between};
use labelscope_core::logic::place::{Placement, place_all};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

struct Whole(Export, Placement, Alignment);

impl Whole {
    fn of(export: Export) -> Self {
        let placement = place_all(&export);
        let alignment = align_all(&export, &placement, LookedRule::Key);
        Whole(export, placement, alignment)
    }

    fn read(value: &Value) -> Self {
        let (mut reader, mut export) = (Reader::new(), Export::default());
        reader.feed(value.to_string().as_bytes(), &mut export).unwrap();
        reader.finish(&mut export).unwrap();
        Whole::of(export)
    }

    fn side(&self) -> Side<'_> {
        Side { export: &self.0, placement: &self.1, alignment: &self.2 }
    }

    fn annotation(&self, at: AnnotationRef) -> String {
        let id = self.0.tiers[at.tier].annotations[at.index as usize].id.as_ref();
        format!("{}:{}", at.tier.letter(), id.map(|id| id.text().into_owned()).unwrap_or_default())
    }

    fn message(&self, at: MessageRef) -> String {
        let message = &self.0.conversations[at.conversation as usize].messages[at.message as usize];
        message.id.as_ref().map(|id| id.text().into_owned()).unwrap_or_default()
    }
}

fn text(id: Option<&Id>) -> String {
    id.map(|id| id.text().into_owned()).unwrap_or_default()
}

/// A line for each kind of change that there is.
fn told(now: &Whole, changes: &Changes) -> String {
    let annotations = |list: &[AnnotationRef]| list.iter().map(|&at| now.annotation(at)).collect::<Vec<_>>();
    let messages = |list: &[MessageRef]| list.iter().map(|&at| now.message(at)).collect::<Vec<_>>();
    let gone = changes.removed.iter().map(|gone| {
        let on = gone.message.map(|at| format!(" on {}", now.message(at))).unwrap_or_default();
        format!("{}:{}{on}", gone.tier.letter(), text(gone.id.as_ref()))
    });
    let gone_messages = changes.removed_messages.iter().map(|gone| {
        let has_conversation = if gone.conversation.is_some() { "" } else { " with its conversation" };
        format!("{} of {}{has_conversation}", text(gone.id.as_ref()), text(gone.conversation_id.as_ref()))
    });
    let findings = changes.findings.iter().map(|&at| {
        let finding = now.2.finding(at).unwrap();
        format!("{} {}", text(now.2.finding_id(&now.0, finding)), finding.verdicts)
    });
    let mut lines = vec![
        ("added", annotations(&changes.added)),
        ("edited", annotations(&changes.edited)),
        ("gone", gone.collect()),
        ("new messages", messages(&changes.added_messages)),
        ("edited messages", messages(&changes.edited_messages)),
        ("gone messages", gone_messages.collect()),
        ("findings", findings.collect()),
        ("project", changes.project.then(|| "another".to_owned()).into_iter().collect()),
        ("on", messages(&changes.messages(now.side()))),
    ];
    for (tier, list) in changes.looked_at.iter() {
        lines.push((tier.key(), messages(list)));
    }
    lines.retain(|(_, items)| !items.is_empty());
    lines.iter().map(|(what, items)| format!("{what}: {}\n", items.join(", "))).collect()
}

fn base() -> Value {
    let message = |id: &str, content: &str| json!({ "id": id, "role": "assistant", "parts": [{ "type": "text", "content": content }] });
    let annotation = |id: &str, start: u32, end: u32, text: &str| {
        json!({ "id": id, "label": "x", "status": "accepted", "start_offset": start, "end_offset": end,
            "text": text, "message_part_index": 0, "explanation": "why" })
    };
    json!({
        "project": { "id": "p", "name": "One" },
        "conversations": [
            { "id": "c1", "messages": [message("m1", "Take it at noon."), message("m2", "Twice a day.")] },
            { "id": "c2", "messages": [message("m3", "Ask your doctor.")] },
            { "id": "c3", "messages": [message("m4", "Bye.")] }],
        "annotations": {
            "automated": { "m1": [annotation("a1", 0, 4, "Take"), annotation("a2", 11, 15, "noon")], "m2": [] },
            "primary": { "m1": [annotation("p1", 0, 4, "Take")], "m3": [annotation("p2", 0, 3, "Ask")] },
            "review": { "m1": [annotation("r1", 0, 4, "Take")] } } })
}

/// What changes when `edit` is done to the export of this file.
fn check(edit: impl FnOnce(&mut Value), expected: Expect) {
    let before = base();
    let mut after = before.clone();
    edit(&mut after);
    let (before, now) = (Whole::read(&before), Whole::read(&after));
    expected.assert_eq(&told(&now, &changes_between(before.side(), now.side())));
}

#[test]
fn the_order_of_the_file_is_no_change() {
    check(
        |after| {
            after["conversations"].as_array_mut().unwrap().reverse();
            after["annotations"]["automated"]["m1"].as_array_mut().unwrap().reverse();
        },
        expect![""],
    );
}

#[test]
fn annotations_come_go_and_are_edited() {
    check(
        |after| {
            let tiers = &mut after["annotations"];
            tiers["automated"]["m1"][1]["status"] = json!("rejected");
            tiers["primary"]["m3"].as_array_mut().unwrap().clear();
            let new = json!({ "id": "R2", "label": "y", "start_offset": 11, "end_offset": 15, "text": "noon",
                "message_part_index": 0 });
            tiers["review"]["m1"].as_array_mut().unwrap().push(new);
        },
        expect![[r#"
            added: r:R2
            edited: a:a2
            gone: p:p2 on m3
            findings: a2 added+rejected
            on: m1, m3
        "#]],
    );
}

#[test]
fn a_tier_that_looks_makes_other_verdicts() {
    check(
        |after| after["annotations"]["review"]["m3"] = json!([]),
        expect![[r#"
            findings: p2 removed
            on: m3
            review: m3
        "#]],
    );
}

#[test]
fn messages_come_go_and_are_edited() {
    check(
        |after| {
            let conversations = after["conversations"].as_array_mut().unwrap();
            conversations.remove(2);
            conversations[0]["messages"][1]["parts"][0]["content"] = json!("Thrice a day.");
            let messages = conversations[0]["messages"].as_array_mut().unwrap();
            messages.insert(0, json!({ "id": "m0", "role": "user", "parts": [] }));
            messages.remove(1);
        },
        expect![[r#"
            new messages: m0
            edited messages: m2
            gone messages: m1 of c1, m4 of c3 with its conversation
            on: m0, m2
        "#]],
    );
}

#[test]
fn fields_of_the_project_are_compared() {
    check(
        |after| {
            after["project"]["status"] = json!("done");
            after["project"]["updated_at"] = json!("2026-11-26T08:00:00Z");
        },
        expect![[r#"
            project: another
        "#]],
    );
}

#[test]
fn the_day_and_white_space_are_no_changes() {
    check(|after| after["project"]["updated_at"] = json!("2026-11-26T08:00:00Z"), expect![""]);
    let part = |arguments: &str| {
        let export = format!(
            r#"{{"project": {{"id": "p"}}, "conversations": [{{"id": "c", "messages": [{{"id": "m", "role": "assistant", "parts":
            [{{"type": "tool_call", "id": "t", "name": "n", "arguments": {arguments}}}]}}]}}], "annotations": {{}}}}"#
        );
        let (mut reader, mut export_read) = (Reader::new(), Export::default());
        reader.feed(export.as_bytes(), &mut export_read).unwrap();
        reader.finish(&mut export_read).unwrap();
        Whole::of(export_read)
    };
    let (before, spaced, other) =
        (part(r#"{"a":[1,2]}"#), part(r#"{ "a" : [ 1, 2 ] }"#), part(r#"{"a":[1,3]}"#));
    assert!(changes_between(before.side(), spaced.side()).is_empty());
    assert_eq!(changes_between(before.side(), other.side()).edited_messages.len(), 1);
}

#[test]
fn real_exports_do_not_differ_from_themselves() {
    for name in ["small", "mid", "agents"] {
        let Some(export) = real_export("real_exports_do_not_differ_from_themselves", name) else { continue };
        let whole = Whole::of(export.0.clone());
        assert!(whole.2.findings.len() > 10, "{name}");
        assert!(changes_between(whole.side(), whole.side()).is_empty(), "{name}");
    }
}

/// An export in small: by tier and message, which annotations it has and what is written in them. Ids may repeat.
type Small = PerTier<BTreeMap<u8, Vec<(u8, u8)>>>;

fn any_small() -> impl Strategy<Value = Small> {
    let tier = || prop::collection::btree_map(0..4_u8, prop::collection::vec((0..5_u8, 0..2_u8), 0..5), 0..4);
    [tier(), tier(), tier()].prop_map(PerTier)
}

fn export_of(small: &Small) -> Value {
    let messages: Vec<_> = (0..3)
        .map(|id| json!({ "id": format!("m{id}"), "role": "user", "parts": [{ "type": "text", "content": "abcdefgh" }] }))
        .collect();
    let mut annotations = json!({});
    for (tier, lists) in small.iter() {
        annotations[tier.key()] = json!({});
        for (message, list) in lists {
            let list: Vec<_> = list
                .iter()
                .map(|(id, status)| {
                    json!({ "id": format!("i{id}"), "label": "x", "status": format!("s{status}"), "start_offset": id,
                        "end_offset": id + 2, "message_part_index": 0 })
                })
                .collect();
            annotations[tier.key()][format!("m{message}")] = json!(list);
        }
    }
    json!({ "project": { "id": "p" }, "conversations": [{ "id": "c", "messages": messages }], "annotations": annotations })
}

/// What is added, edited and gone, counted the slow way: each annotation by its tier, message, id and how often that came
/// before it.
fn slowly(before: &Small, now: &Small) -> [usize; 3] {
    let named = |small: &Small| {
        let mut all = BTreeMap::new();
        for (tier, lists) in small.iter() {
            for (message, list) in lists {
                for (at, (id, status)) in list.iter().enumerate() {
                    let nth = list[..at].iter().filter(|(other, _)| other == id).count();
                    all.insert((tier.key(), *message, *id, nth), *status);
                }
            }
        }
        all
    };
    let (before, now) = (named(before), named(now));
    let added = now.keys().filter(|key| !before.contains_key(*key)).count();
    let gone = before.keys().filter(|key| !now.contains_key(*key)).count();
    let edited =
        now.iter().filter(|(key, status)| before.get(*key).is_some_and(|old| old != *status)).count();
    [added, edited, gone]
}

proptest! {
    #[test]
    fn changes_are_those_that_are_counted_slowly(before in any_small(), now in any_small(), budget in 0..7_usize) {
        let (old, new) = (Whole::read(&export_of(&before)), Whole::read(&export_of(&now)));
        let changes = changes_between(old.side(), new.side());
        let counts = [changes.added.len(), changes.edited.len(), changes.removed.len()];
        prop_assert_eq!(counts, slowly(&before, &now));
        // The same in steps, whatever their size.
        let mut comparing = Comparing::default();
        while !comparing.step(old.side(), new.side(), budget) {}
        prop_assert_eq!(&comparing.finish(), &changes);
        // The other way round, what was added is gone.
        let back = changes_between(new.side(), old.side());
        prop_assert_eq!([back.removed.len(), back.edited.len(), back.added.len()], counts);
        prop_assert!(changes_between(new.side(), new.side()).is_empty());
        // Messages newly looked at are those with a key now and none before.
        for tier in Tier::ALL {
            let has = |small: &Small| small[tier].keys().copied().filter(|key| *key < 3).collect::<BTreeSet<_>>();
            let expected = has(&now).difference(&has(&before)).count();
            prop_assert_eq!(changes.looked_at[tier].len(), expected);
        }
    }

    /// A finding that is not said to have changed says the same of the same annotations as one before.
    #[test]
    fn findings_that_did_not_change_say_the_same(before in any_small(), now in any_small()) {
        let (old, new) = (Whole::read(&export_of(&before)), Whole::read(&export_of(&now)));
        let said = |whole: &Whole| -> Vec<(String, String)> {
            whole.2.findings.iter().map(|finding| {
                let marks = finding.marks().filter_map(|mark| whole.2.mark(mark));
                let mut words: Vec<String> = marks
                    .flat_map(|mark| whole.2.annotations_of(mark))
                    .map(|&at| {
                        let annotation = &whole.0.tiers[at.tier].annotations[at.index as usize];
                        format!("{} {:?}", whole.annotation(at), annotation.status)
                    })
                    .collect();
                words.sort();
                (format!("{} {words:?}", whole.message(finding.part.message)), finding.verdicts.to_string())
            }).collect()
        };
        let changes = changes_between(old.side(), new.side());
        let earlier: BTreeSet<_> = said(&old).into_iter().collect();
        for (index, words) in said(&new).into_iter().enumerate() {
            let index = labelscope_core::logic::align::FindingIndex::new(index);
            prop_assert!(changes.has_finding(index) || earlier.contains(&words), "{:?}", words);
        }
    }
}
