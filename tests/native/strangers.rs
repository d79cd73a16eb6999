//! Whole exports of strangers, from their bytes to the files that are made of them: the same bytes that a journey opens.
#![allow(clippy::unwrap_used, reason = "what cannot be read fails the test")]

#[path = "../support/hostile.rs"]
mod hostile;

use crate::reader::read;
use labelscope_core::domain::{NoticeKind, PartText, Tier};
use labelscope_core::logic::align::{Alignment, LookedRule, align_all};
use labelscope_core::logic::health::anomalies;
use labelscope_core::logic::place::{Placement, place_all};
use labelscope_core::logic::report::{annotation_lines, findings_header, findings_rows, health};
use labelscope_core::logic::serialise::part_text;
use labelscope_core::logic::unseen::unseen;

#[test]
fn one_of_everything_is_read_to_its_end() {
    let (export, result) = read(hostile::strange());
    assert_eq!(result, Ok(()));
    assert_eq!(export.conversations.len(), 8);
    let text = |conversation: usize, message: usize| {
        let part = &export.conversations[conversation].messages[message].parts[0];
        part_text(part).unwrap().into_owned()
    };
    for (at, sent) in
        [hostile::MARKUP, hostile::CONTROLS, hostile::UNCLOSED, "__proto__"].into_iter().enumerate()
    {
        assert_eq!(text(at, 0), sent);
    }
    assert_eq!(text(7, 0).matches('[').count(), hostile::DEEP);
    assert!(text(7, 1).contains(&"9".repeat(400)));
    assert_eq!(text(7, 2).len(), hostile::LINE);
    let media = &export.conversations[6].messages[0].parts;
    assert!(
        media.iter().all(|part| !matches!(part.text, Some(PartText::Verbatim(_)))),
        "media have no text to mark"
    );
    // Ten thousand lists of one key are joined, none is dropped, and the notices of it are capped.
    let review = &export.tiers[Tier::Review];
    assert_eq!(review.annotations.len(), 10_006);
    let repeated = export.notices.counts().find(|(kind, _)| *kind == NoticeKind::RepeatedKey);
    assert!(repeated.is_some_and(|(_, count)| count >= 9_999), "{repeated:?}");
    // What shows nothing has a sign.
    let signs: Vec<String> = unseen(hostile::CONTROLS).into_iter().map(|run| run.sign).collect();
    for sign in ["NUL", "BEL", "ESC", "CSI", "RLO", "PDF", "RLI", "PDI", "BOM", "LS"] {
        assert!(signs.iter().any(|drawn| drawn == sign), "{sign} in {signs:?}");
    }
    let placement = place_all(&export);
    let alignment = align_all(&export, &placement, LookedRule::Key);
    assert_eq!(placement.places.len() + placement.unplaced.len(), 10_012);
    assert!(files_are_whole(&export, &placement, &alignment) > 6);
}

#[test]
fn a_crowd_is_placed_and_aligned() {
    let (export, result) = read(hostile::crowded());
    assert_eq!(result, Ok(()));
    assert_eq!(export.project.label_schema.len(), hostile::LABELS);
    let placement = place_all(&export);
    assert_eq!(placement.places.len(), 2 * hostile::ANNOTATIONS);
    let alignment = align_all(&export, &placement, LookedRule::Key);
    assert_eq!(alignment.annotations.len(), 2 * hostile::ANNOTATIONS);
    assert!(files_are_whole(&export, &placement, &alignment) > hostile::ANNOTATIONS);
}

#[test]
fn an_export_of_nothing_is_one() {
    let (export, result) = read(hostile::empty());
    assert_eq!((result, export.conversations.len(), export.notices.is_empty()), (Ok(()), 0, true));
    let placement = place_all(&export);
    let alignment = align_all(&export, &placement, LookedRule::Key);
    assert_eq!(files_are_whole(&export, &placement, &alignment), 1);
    assert_eq!(anomalies(&export, &placement), []);
}

/// Makes the files and gives how many lines of findings there are, the head among them.
fn files_are_whole(
    export: &labelscope_core::domain::Export,
    placement: &Placement,
    alignment: &Alignment,
) -> usize {
    let lines = annotation_lines(export, placement, |_| true);
    assert_eq!(lines.lines().count(), placement.places.len() + placement.unplaced.len());
    assert!(serde_json::from_str::<serde_json::Value>(&health(export, placement, alignment)).is_ok());
    let rows = findings_header() + &findings_rows(export, alignment, &alignment.findings);
    // Quoted texts may hold line ends of their own; so many findings there are at least.
    assert!(rows.lines().count() > alignment.findings.len());
    alignment.findings.len() + 1
}
