//! The sample export that ships with the app holds what samples/README.md promises of it. Belongs here: what the
//! sample must show. How each of these things is read, placed and judged is tested where it is done.

use expect_test::{Expect, expect};
use labelscope_core::domain::{Export, How, Place, Tier};
use labelscope_core::export::Reader;
use labelscope_core::logic::align::{Alignment, MessageToAlign, Verdict};
use labelscope_core::logic::place::{Placement, place_all};
use labelscope_core::logic::serialise::part_text;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;
use unicode_segmentation::UnicodeSegmentation;

const SAMPLE: &[u8] = include_bytes!("../../samples/leaflet-assistant.json");
const PAGE: &str = include_str!("../../samples/README.md");

fn read() -> Export {
    let (mut reader, mut export) = (Reader::new(), Export::default());
    let result = reader.feed(SAMPLE, &mut export).and_then(|()| reader.finish(&mut export));
    assert!(result.is_ok(), "the sample is no export: {result:?}");
    export
}

fn align(export: &Export, placement: &Placement) -> Alignment {
    let mut alignment = Alignment::default();
    for message in (0..placement.messages.len()).filter_map(|number| placement.messages.at(number)) {
        let (places, unplaced) = (placement.of_message(message), placement.unplaced_of(message));
        let looked = placement.looked(message);
        alignment.add(export, MessageToAlign { message, places, unplaced, looked });
    }
    alignment
}

/// The text that a place sits in, and the slice that it marks.
fn texts(export: &Export, place: &Place) -> Option<(String, String)> {
    let conversation = export.conversations.get(place.part.message.conversation as usize)?;
    let message = conversation.messages.get(place.part.message.message as usize)?;
    let text = part_text(message.parts.get(place.part.part as usize)?)?.into_owned();
    let slice = text.get(place.bytes.as_range())?.to_owned();
    Some((text, slice))
}

/// Counts equal items and compares the counts, one line for each, in the items' order.
fn check_counts<T: Debug + Ord>(items: impl IntoIterator<Item = T>, expected: Expect) {
    let mut counts = BTreeMap::new();
    for item in items {
        *counts.entry(item).or_insert(0) += 1;
    }
    let lines: Vec<String> = counts.iter().map(|(item, count)| format!("{count} {item:?}\n")).collect();
    expected.assert_eq(&lines.concat());
}

#[test]
fn size_and_numbers_are_those_of_its_page() {
    let export = read();
    let messages: usize = export.conversations.iter().map(|conversation| conversation.messages.len()).sum();
    let [automated, primary, review] = Tier::ALL.map(|tier| export.tiers[tier].annotations.len());
    let numbers = format!(
        "{} conversations, {messages} messages, {} annotations ({automated} automated, {primary} primary, {review} review)",
        export.conversations.len(),
        automated + primary + review
    );
    assert!(PAGE.replace('\n', " ").contains(&numbers), "samples/README.md does not say: {numbers}");
    assert!(SAMPLE.len() <= 150_000, "the sample has {} bytes", SAMPLE.len());

    let rows = PAGE.lines().filter(|line| line.starts_with("| ") && line.as_bytes()[2].is_ascii_digit());
    assert_eq!(rows.count(), export.conversations.len(), "one row of the page for each conversation");

    let last_conversation = export.conversations.last().map(|conversation| conversation.source.end);
    let first_list = export.tiers[Tier::Automated].lists.first().map(|list| list.source.start);
    assert!(last_conversation < first_list, "tiers come last, as the endpoint sends them");
}

#[test]
fn only_the_older_spellings_are_noticed() {
    let notices = read().notices;
    check_counts(
        notices.iter().map(|notice| (notice.path.as_ref(), notice.kind)),
        expect![[r#"
        1 ("$.conversations[14].messages[0].parts[0]", Foreign { expected: Object, found: String })
    "#]],
    );
}

#[test]
fn every_kind_of_part_is_there() {
    let export = read();
    let messages = export.conversations.iter().flat_map(|conversation| &conversation.messages);
    let parts = messages.flat_map(|message| &message.parts);
    check_counts(
        parts.map(|part| part.kind.key()),
        expect![[r#"
        1 "approval"
        2 "blob"
        1 "compaction"
        1 "file"
        2 "other"
        3 "reasoning"
        1 "server_tool_call"
        1 "server_tool_call_response"
        57 "text"
        4 "tool_call"
        4 "tool_call_response"
        2 "uri"
    "#]],
    );
}

#[test]
fn every_fate_of_an_annotation_is_there() {
    let placement = place_all(&read());
    let places = placement.places.iter().map(|place| (place.annotation.tier, place.how));
    check_counts(
        places,
        expect![[r#"
        65 (Automated, Verified(CodePoints))
        2 (Automated, Verified(Utf8))
        1 (Automated, Unverified)
        93 (Primary, Verified(CodePoints))
        10 (Primary, Verified(Utf16))
        4 (Primary, Relocated)
        1 (Primary, Unverified)
        66 (Review, Verified(CodePoints))
    "#]],
    );
    check_counts(
        placement.unplaced.iter().map(|one| (one.reason, one.message.is_some())),
        expect![[r#"
        1 (WithoutMessage, false)
        1 (PartOutOfRange, true)
        2 (PartWithoutText, true)
        1 (TextNotFound, true)
        1 (Ambiguous, true)
        1 (Reversed, true)
        1 (PastTheEnd, true)
        1 (NothingToGoBy, true)
    "#]],
    );
    let usual = placement.units.iter().map(|(tier, unit)| (tier, unit.usual()));
    check_counts(
        usual,
        expect![[r#"
        1 (Automated, Some(CodePoints))
        1 (Primary, Some(Utf16))
        1 (Review, Some(CodePoints))
    "#]],
    );
}

#[test]
fn tiers_have_keys_of_every_sort() {
    let export = read();
    let placement = place_all(&export);
    let keys =
        placement.keys.iter().map(|(tier, keys)| (tier, keys.messages, keys.conversations, keys.nothing));
    check_counts(
        keys,
        expect![[r#"
        1 (Automated, 22, 1, 0)
        1 (Primary, 23, 0, 1)
        1 (Review, 22, 0, 0)
    "#]],
    );
    let empty = Tier::ALL.map(|tier| {
        let lists = export.tiers[tier].lists.iter();
        lists.filter(|list| list.annotations.is_empty()).count()
    });
    assert!(empty.iter().all(|count| *count > 0), "every tier looked somewhere and found nothing: {empty:?}");
}

#[test]
fn every_label_is_used_and_one_is_unknown() {
    let export = read();
    let known: BTreeSet<_> = export.project.label_schema.iter().map(|label| label.name.clone()).collect();
    let annotations = Tier::ALL.into_iter().flat_map(|tier| &export.tiers[tier].annotations);
    let used: BTreeSet<_> = annotations.filter_map(|annotation| annotation.label.clone()).collect();
    assert!(known.is_subset(&used), "unused: {:?}", known.difference(&used));
    let unknown: Vec<_> = used.difference(&known).map(AsRef::as_ref).collect();
    assert_eq!(unknown, ["citation_missing"]);
}

#[test]
fn every_verdict_is_there() {
    let export = read();
    let alignment = align(&export, &place_all(&export));
    for verdict in Verdict::ALL {
        let found = alignment.findings.iter().any(|finding| finding.verdicts.contains(verdict));
        assert!(found, "no finding is {}", verdict.key());
    }
    check_counts(
        alignment.findings.iter().map(|finding| finding.verdicts.to_string()),
        expect![[r#"
        12 "added"
        2 "added+rejected"
        3 "added+relabeled"
        9 "added+removed"
        1 "added+removed+resized"
        1 "added+resized"
        27 "agreed"
        6 "covered"
        15 "rejected"
        6 "relabeled"
        1 "relabeled+resized"
        5 "removed"
        11 "resized"
        2 "uncompared"
    "#]],
    );
}

#[test]
fn the_first_conversation_shows_what_the_tiers_do() {
    let export = read();
    let alignment = align(&export, &place_all(&export));
    let first = alignment.findings.iter().filter(|finding| finding.part.message.conversation == 0);
    check_counts(
        first.map(|finding| finding.verdicts.to_string()),
        expect![[r#"
        1 "added"
        1 "added+removed"
        2 "agreed"
        1 "rejected"
        1 "relabeled+resized"
        1 "removed"
        1 "resized"
    "#]],
    );
}

#[test]
fn every_hard_span_is_there() {
    let export = read();
    let placement = place_all(&export);
    let spans = placement.places.iter().map(|place| {
        let (text, slice) = texts(&export, place).expect("a place sits in a text");
        hard_kinds(&text, &slice, place)
    });
    check_counts(
        spans.flatten(),
        expect![[r#"
        12 "Arabic"
        19 "Chinese"
        14 "Devanagari"
        4 "cuts a grapheme cluster"
        11 "emoji"
        11 "several lines"
        7 "white space at an end"
        2 "white space only"
        5 "whole part"
        8 "zero-length"
    "#]],
    );
}

/// What is hard about drawing this span, if anything.
fn hard_kinds(text: &str, slice: &str, place: &Place) -> Vec<&'static str> {
    let mut clusters: BTreeSet<usize> = text.grapheme_indices(true).map(|(at, _)| at).collect();
    clusters.insert(text.len());
    let range = place.bytes.as_range();
    let in_script = |first: char, last: char| slice.chars().any(|c| (first..=last).contains(&c));
    let kinds = [
        ("zero-length", slice.is_empty()),
        ("white space only", !slice.is_empty() && slice.trim().is_empty()),
        ("white space at an end", !slice.trim().is_empty() && slice.trim() != slice),
        ("several lines", slice.trim().contains('\n')),
        ("whole part", !slice.is_empty() && slice == text),
        ("cuts a grapheme cluster", !clusters.contains(&range.start) || !clusters.contains(&range.end)),
        ("emoji", in_script('\u{1F000}', '\u{1FAFF}')),
        ("Arabic", in_script('\u{600}', '\u{6FF}')),
        ("Chinese", in_script('\u{4E00}', '\u{9FFF}')),
        ("Devanagari", in_script('\u{900}', '\u{97F}')),
    ];
    kinds.into_iter().filter(|(_, holds)| *holds).map(|(name, _)| name).collect()
}

#[test]
fn every_hard_overlap_is_there() {
    let export = read();
    let placement = place_all(&export);
    let parts = placement.places.chunk_by(|a, b| a.part == b.part);
    let pairs = parts.flat_map(|places| {
        let later = |at: usize| places.iter().skip(at + 1);
        places.iter().enumerate().flat_map(move |(at, a)| later(at).map(move |b| (a, b)))
    });
    let in_one_tier = pairs.clone().filter(|(a, b)| a.annotation.tier == b.annotation.tier);
    check_counts(
        in_one_tier.filter_map(|(a, b)| relation(a, b)),
        expect![[r#"
        11 "adjacent"
        2 "crossing"
        33 "identical"
        27 "nested"
    "#]],
    );
    let across = pairs.filter(|(a, b)| a.annotation.tier != b.annotation.tier);
    check_counts(
        across.filter_map(|(a, b)| relation(a, b)),
        expect![[r#"
        18 "adjacent"
        21 "crossing"
        174 "identical"
        44 "nested"
    "#]],
    );

    let deepest = |tier| placement.places.iter().map(|place| depth(&placement, tier, place)).max();
    assert_eq!(deepest(Tier::Review), Some(6));
}

/// How two spans of one part lie to each other, if they touch. `a` does not start after `b`, nor, at the same start,
/// end after it.
fn relation(a: &Place, b: &Place) -> Option<&'static str> {
    let (a, b) = (a.points, b.points);
    if a == b {
        Some("identical")
    } else if b.start > a.end {
        None
    } else if b.start == a.end {
        Some("adjacent")
    } else if b.end <= a.end || a.start == b.start {
        Some("nested")
    } else {
        Some("crossing")
    }
}

/// How many spans of `tier` lie over the first character of `place`.
fn depth(placement: &Placement, tier: Tier, place: &Place) -> usize {
    let start = place.points.start;
    let of_tier = placement.of_part(place.part).iter().filter(|other| other.annotation.tier == tier);
    of_tier.filter(|other| other.points.start <= start && start < other.points.end).count()
}

#[test]
fn a_mark_stands_in_each_serialisation_of_a_tools_arguments() {
    let export = read();
    let placement = place_all(&export);
    let verified = placement.places.iter().filter(|place| matches!(place.how, How::Verified(_)));
    let translated = verified.filter_map(|place| {
        let annotation = &export.tiers[place.annotation.tier].annotations[place.annotation.index as usize];
        let (_, slice) = texts(&export, place).expect("a place sits in a text");
        let quote = annotation.text.as_deref().expect("a verified annotation has a text");
        (quote != slice).then(|| (quote.to_owned(), slice))
    });
    check_counts(
        translated,
        expect![[r#"
        1 ("\"per_day\":3", "\"per_day\": 3")
        1 ("\"times\":[\"08:00\",\"13:00\"", "\"times\": [\n    \"08:00\",\n    \"13:00\"")
        1 ("Etikett l\\u00e4\\u00dft\\u00a0sich nicht l\\u00f6sen", "Etikett läßt\u{a0}sich nicht lösen")
    "#]],
    );
}
