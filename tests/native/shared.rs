//! The report for sharing outside: what it looks like, and that nothing of an export's words gets into it.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "what cannot be built here fails the test")]

#[path = "../support/vocabulary.rs"]
mod vocabulary;

use crate::marked::{Given, aligned, real_export};
use crate::report::read_and_aligned;
use expect_test::expect;
use labelscope_core::domain::{Export, Part, PartText, PerTier, Text};
use labelscope_core::export::Reader;
use labelscope_core::logic::align::{Alignment, LookedRule, align_all};
use labelscope_core::logic::place::{Placement, place_all};
use labelscope_core::logic::report::{
    Quotes, ReportFile, annotation_lines, file_name, findings_rows, shared_differences, shared_report,
};
use proptest::prelude::*;
use std::sync::Arc;
use vocabulary::{leaked, vocabulary, words};

const SAMPLE: &[u8] = include_bytes!("../../samples/leaflet-assistant.json");

/// Calls `check` with the sample and with the real exports that are there.
fn with_exports(test: &str, check: impl Fn(&str, &Export, &Alignment)) {
    let (mut reader, mut export) = (Reader::new(), Export::default());
    reader.feed(SAMPLE, &mut export).unwrap();
    reader.finish(&mut export).unwrap();
    let alignment = align_all(&export, &place_all(&export), LookedRule::Key);
    check("sample", &export, &alignment);
    for name in ["small", "mid", "agents"] {
        if let Some((export, alignment)) = real_export(test, name) {
            check(name, export, alignment);
        }
    }
}

#[test]
fn a_report_reads_so() {
    let (export, placement, alignment) = read_and_aligned();
    let report = shared_report(&export, &placement, &alignment, Quotes::Masked);
    let report = report.split_once("\n- ").unwrap().1;
    let (head, rest) = report.split_once("\n## Scores").unwrap();
    let (_, differences) = rest.split_once("\n### Conversation").unwrap();
    expect![[r#"
        Conversations: 1
        - Messages: 2
        - Annotations: Automated 1, Primary 3, Review 2
        - Of these in no text, and in no number below: Automated 0, Primary 0, Review 2
        - Findings: 2
        - Of these differences: 2
    "#]]
    .assert_eq(head);
    expect![[r#"
         #1, message #1

        | Part | Verdict | Tier | Label | Start | End | Status | Annotation | Masked quote |
        | --- | --- | --- | --- | ---: | ---: | --- | --- | --- |
        | 0 | removed+resized | automated | `dose` | 0 | 5 | none | #1 | `-• ••` |
        | | | primary | `dose` | 0 | 7 | `pending`, `accepted` | #2, #1 | `-• •• •` |
        | 0 | added+removed | primary | `=cmd` | 17 | 25 | `accepted` | #3 | `=•••(••)` |
    "#]]
    .assert_eq(differences);
    let scores = rest.split_once("\n### Automated against Primary").unwrap().1;
    let scores = scores.split_once("\n### ").unwrap().0;
    expect![[r#"


        On 1 of 2 messages: those that Primary looked at. Automated never looked at 0 of them; what Primary has there counts as missed.

        | Criterion | Average | Right | Candidate | Reference | Precision | Recall | F1 | 95 % interval of F1 |
        | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |
        | strict | micro | 0 | 1 | 2 | 0.000 | 0.000 | 0.000 | too few to judge |
        | strict | macro | | | | 0.000 | 0.000 | 0.000 | too few to judge |
        | overlap | micro | 1 | 1 | 2 | 1.000 | 0.500 | 0.667 | too few to judge |
        | overlap | macro | | | | 1.000 | 0.500 | 0.500 | too few to judge |
        | any label | micro | 1 | 1 | 2 | 1.000 | 0.500 | 0.667 | too few to judge |
        | character | micro | 5 | 5 | 15 | 1.000 | 0.333 | 0.500 | too few to judge |

        | Label | Criterion | Right | Candidate | Reference | Precision | Recall | F1 | 95 % interval of F1 |
        | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |
        | `=cmd` | strict | 0 | 0 | 1 | – | 0.000 | 0.000 | too few to judge |
        | `=cmd` | overlap | 0 | 0 | 1 | – | 0.000 | 0.000 | too few to judge |
        | `dose` | strict | 0 | 1 | 1 | 0.000 | 0.000 | 0.000 | too few to judge |
        | `dose` | overlap | 1 | 1 | 1 | 1.000 | 1.000 | 1.000 | too few to judge |
    "#]]
    .assert_eq(scores);
    let without = shared_report(&export, &placement, &alignment, Quotes::LeftOut);
    assert!(!without.contains('•') && !without.contains("Masked"));
}

#[test]
fn no_word_of_an_export_gets_in() {
    with_exports("no_word_of_an_export_gets_in", |name, export, alignment| {
        let placement = place_all(export);
        assert!(vocabulary(export).len() > 300, "{name} has words");
        // The check finds words where there are some.
        let annotations = annotation_lines(export, &placement, |_| true);
        assert!(!leaked(export, &annotations).is_empty(), "{name}");
        for quotes in [Quotes::LeftOut, Quotes::Masked] {
            let report = shared_report(export, &placement, alignment, quotes);
            assert_eq!(leaked(export, &report), words(""), "{name} {quotes:?}");
            assert_eq!(report.contains('•'), quotes == Quotes::Masked, "{name} has differences");
            let called = file_name(&export.project, ReportFile::Shared(quotes), false);
            assert_eq!(leaked(export, &called), words(""), "{name} {quotes:?}: {called}");
        }
    });
}

/// Every letter and digit as another one that is as long in UTF-8, so that all marks stay where they are.
fn scrambled(text: &str) -> String {
    let other = |c: char| match c.len_utf8() {
        _ if !c.is_alphanumeric() => c,
        1 => 'q',
        2 => 'ж',
        3 => 'あ',
        _ => '𝒳',
    };
    text.chars().map(other).collect()
}

/// The same export with other words in every text, quote and explanation, and other names.
fn rewritten(export: &Export) -> Export {
    let mut export = export.clone();
    let rewrite = |text: &mut Text| *text = scrambled(text).into();
    for conversation in &mut export.conversations {
        for message in &mut Arc::make_mut(conversation).messages {
            for part in &mut message.parts {
                if let Part { text: Some(PartText::Verbatim(text)), .. } = part {
                    rewrite(text);
                }
            }
            message.role = Some("other".into());
            message.generation.model = Some("other".into());
        }
    }
    for map in &mut export.tiers.0 {
        for annotation in &mut map.annotations {
            annotation.text.as_mut().map(rewrite);
            annotation.explanation.as_mut().map(rewrite);
        }
    }
    export.project.name = Some("other".to_owned());
    export.project.slug = Some("other".to_owned());
    export.project.created_by_name = None;
    export
}

#[test]
fn the_report_of_other_words_is_the_same() {
    with_exports("the_report_of_other_words_is_the_same", |name, export, alignment| {
        let (placement, other) = (place_all(export), rewritten(export));
        let rows = |export: &Export| findings_rows(export, alignment, &alignment.findings);
        assert_ne!(rows(&other), rows(export), "{name} was rewritten");
        for quotes in [Quotes::LeftOut, Quotes::Masked] {
            let report = |export: &Export| shared_report(export, &placement, alignment, quotes);
            assert!(report(&other) == report(export), "{name} {quotes:?}");
        }
    });
}

#[test]
fn the_differences_can_be_written_piece_by_piece() {
    with_exports("the_differences_can_be_written_piece_by_piece", |name, export, alignment| {
        let whole = shared_differences(export, alignment, 0..usize::MAX, Quotes::Masked);
        for budget in [1, 7, 100] {
            let starts = (0..alignment.messages.len()).step_by(budget);
            let pieces =
                starts.map(|at| shared_differences(export, alignment, at..at + budget, Quotes::Masked));
            assert!(pieces.collect::<String>() == whole, "{name} {budget}");
        }
        let rows = whole.lines().filter(|line| line.starts_with("| ") && line.contains("| `")).count();
        let differences = alignment.findings.iter().filter(|finding| finding.is_difference());
        let marks = differences.map(|finding| finding.marks().count()).sum::<usize>();
        assert_eq!(rows, marks, "{name}: a row for each mark");
    });
}

/// How many cells a line of a table has: bars that no stroke stands before part them.
fn cells(line: &str) -> usize {
    let bars = line.match_indices('|').filter(|&(at, _)| !line[..at].ends_with('\\'));
    bars.count() - 1
}

proptest! {
    /// Whatever labels and statuses hold, a row has a cell for each column, and no line is anything but what it is.
    #[test]
    fn every_row_has_every_column(
        names in prop::collection::vec(("[a|`\\\\\n*<#_ ]{0,6}", "[a|`\\\\\n*<#_ ]{0,6}"), 1..6)
    ) {
        let given = |(at, (label, status)): (usize, &(String, String))| Given {
            part: 0,
            start: 3 * at as u32,
            end: 3 * at as u32 + 2,
            label: Some(label.clone()),
            status: Some(status.clone()),
        };
        let marked = PerTier([Some(names.iter().enumerate().map(given).collect()), None, Some(vec![])]);
        let (export, alignment) = aligned(&[vec![marked]]);
        let report = shared_report(&export, &Placement::default(), &alignment, Quotes::Masked);
        let mut columns = 0;
        for (line, next) in report.lines().zip(report.lines().skip(1)) {
            if next.starts_with("| ---") {
                columns = cells(line);
            }
            if line.starts_with('|') {
                prop_assert_eq!(cells(line), columns, "{}", line);
            } else {
                prop_assert!(!line.contains('`'), "{}", line);
            }
        }
        prop_assert!(columns == 9 || columns == 8, "{}", report);
    }
}
