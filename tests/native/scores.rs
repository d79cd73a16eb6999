//! Scores against known answers, and what holds of every score: each number is as long as the list it opens.
#![allow(clippy::unwrap_used, reason = "what cannot be built here fails the test")]

use crate::marked::{Given, Marked, aligned, any_marked, real_export};
use expect_test::{Expect, expect};
use labelscope_core::domain::{Export, PerTier, Tier};
use labelscope_core::logic::align::{Alignment, Mark};
use labelscope_core::logic::score::{
    Bootstrap, Compared, Comparing, Comparison, Counts, Criterion, Interval, Intervals, Mean, Outcome,
    RESAMPLES, Scores, Selection, TierPair, compare_all,
};
use proptest::prelude::*;
use serde_json::Value;

/// Automated against review, rejected marks left out, the default scope.
const DEFAULT: Comparison =
    Comparison { pair: TierPair::ALL[0], rejected_counted: false, only_where_both_looked: false };

fn scores_of(export: &Export, alignment: &Alignment, comparison: Comparison) -> (Compared, Scores) {
    let compared = compare_all(export, alignment, comparison);
    let scores = Scores::of(export, alignment, &compared);
    (compared, scores)
}

#[test]
fn scores_are_those_of_the_fixture() {
    let cases: Value = serde_json::from_str(include_str!("../fixtures/scores.json")).unwrap();
    let cases = cases.as_array().unwrap();
    assert_eq!(cases.len(), 17);
    for case in cases {
        let given = |value: &Value| Given {
            part: 0,
            start: u32::try_from(value[0].as_u64().unwrap()).unwrap(),
            end: u32::try_from(value[1].as_u64().unwrap()).unwrap(),
            label: value[2].as_str().map(str::to_owned),
            status: None,
        };
        let tier = |key: &str| Some(case[key].as_array().unwrap().iter().map(given).collect());
        // Whichever two tiers are compared, the earlier one's marks come first in ties, as in the fixture.
        for pair in TierPair::ALL {
            let mut marked: Marked = PerTier::default();
            marked[pair.candidate] = tier("candidate");
            marked[pair.reference] = tier("reference");
            let (export, alignment) = aligned(&[vec![marked]]);
            let (compared, scores) = scores_of(&export, &alignment, Comparison { pair, ..DEFAULT });
            let mut pairs: Vec<String> = compared
                .rows
                .iter()
                .filter_map(|row| row.pair(&alignment))
                .map(|two| {
                    let mark = |mark: &Mark| {
                        format!(
                            "[{},{},{:?}]",
                            mark.points.start.0,
                            mark.points.end.0,
                            mark.label.as_deref().unwrap()
                        )
                    };
                    format!("[{},{}]", mark(two.0), mark(two.1))
                })
                .collect();
            let mut expected: Vec<String> =
                case["pairs"].as_array().unwrap().iter().map(|pair| pair.to_string()).collect();
            pairs.sort();
            expected.sort();
            assert_eq!(pairs, expected, "{}", case["case"]);
            for criterion in Criterion::ALL {
                same_figures(&scores.micro(criterion), &case[criterion.key()], &case["case"]);
            }
        }
    }
}

fn same_figures(counts: &Counts, expected: &Value, case: &Value) {
    let number = |key: &str| expected[key].as_u64().unwrap();
    let counted = (counts.true_positives, counts.candidate, counts.reference);
    assert_eq!(counted, (number("tp"), number("candidate"), number("reference")), "{case}");
    for (figure, key) in [(counts.precision(), "precision"), (counts.recall(), "recall"), (counts.f1(), "f1")]
    {
        match (figure, expected[key].as_f64()) {
            (Some(figure), Some(expected)) => assert!((figure - expected).abs() < 1e-12, "{case}: {key}"),
            (figure, expected) => assert_eq!(figure, expected, "{case}: {key}"),
        }
    }
}

/// Every number of a score, with how many rows it opens.
fn numbers_and_lists(
    alignment: &Alignment,
    compared: &Compared,
    scores: &Scores,
) -> Vec<(u64, usize, String)> {
    let mut found = Vec::new();
    let mut open = |number: u64, selection: Selection| {
        let rows = compared.rows_of(alignment, &selection);
        assert!(rows.iter().all(|row| (1..=2).contains(&row.findings(alignment).count())));
        found.push((number, rows.len(), format!("{selection:?}")));
    };
    for criterion in [Criterion::Strict, Criterion::Overlap, Criterion::AnyLabel] {
        let mut all = vec![(scores.micro(criterion), None)];
        let of_labels = scores.labels.iter();
        all.extend(of_labels.filter_map(|score| Some((score.counts(criterion)?, Some(score.label.clone())))));
        for (counts, label) in all {
            for (number, outcome) in [
                (counts.true_positives, Outcome::TruePositive),
                (counts.false_positives(), Outcome::FalsePositive),
                (counts.false_negatives(), Outcome::FalseNegative),
                (counts.candidate, Outcome::Candidate),
                (counts.reference, Outcome::Reference),
            ] {
                open(number, Selection::Outcome { criterion, outcome, label: label.clone() });
            }
        }
    }
    let sides = || (0..scores.labels.len()).map(Some).chain([None]);
    for candidate in sides() {
        for reference in sides() {
            let number = scores.matrix.get(&(candidate, reference)).copied().unwrap_or_default();
            let label = |at: Option<usize>| at.map(|at| scores.labels[at].label.clone());
            open(number, Selection::Cell { candidate: label(candidate), reference: label(reference) });
        }
    }
    found
}

proptest! {
    #[test]
    fn every_number_is_as_long_as_its_list(
        conversations in prop::collection::vec(prop::collection::vec(any_marked(6), 0..3), 0..3),
        pair in 0..3usize, rejected_counted: bool, only_where_both_looked: bool,
    ) {
        let (export, alignment) = aligned(&conversations);
        let comparison = Comparison { pair: TierPair::ALL[pair], rejected_counted, only_where_both_looked };
        let (compared, scores) = scores_of(&export, &alignment, comparison);
        for (number, length, what) in numbers_and_lists(&alignment, &compared, &scores) {
            prop_assert_eq!(number, length as u64, "{}", what);
        }
        prop_assert_eq!(scores.matrix.values().sum::<u64>(), compared.rows.len() as u64);
        let characters = compared.characters.iter().fold(Counts::default(), |mut sum, message| {
            sum += message.counts;
            sum
        });
        prop_assert_eq!(scores.micro(Criterion::Character), characters);
        prop_assert_eq!(characters, characters_by_the_book(&conversations, comparison));

        // The work in small steps is the work in one go.
        let mut comparing = Comparing::new(&export, &alignment, comparison, |_| true);
        while !comparing.step(&alignment, 0) {}
        let in_steps = comparing.finish();
        prop_assert_eq!(in_steps.rows, compared.rows);
        prop_assert_eq!(in_steps.characters, compared.characters);
    }

    /// What counts rejected marks like any other is what counts them after their status was taken away.
    #[test]
    fn counting_rejected_is_aligning_without_status(marked in any_marked(8), pair in 0..3usize) {
        let mut without_status = marked.clone();
        for one in without_status.0.iter_mut().flatten().flatten() {
            one.status = None;
        }
        let figures = |marked: Marked, rejected_counted: bool| {
            let (export, alignment) = aligned(&[vec![marked]]);
            let comparison = Comparison { pair: TierPair::ALL[pair], rejected_counted, ..DEFAULT };
            scores_of(&export, &alignment, comparison).1
        };
        prop_assert_eq!(figures(marked, true), figures(without_status, false));
    }
}

/// Sets of (message, part, code point, label), counted.
fn characters_by_the_book(conversations: &[Vec<Marked>], comparison: Comparison) -> Counts {
    let Comparison { pair, rejected_counted, only_where_both_looked } = comparison;
    let mut sum = Counts::default();
    for marked in conversations.iter().flatten() {
        let Some(reference) = &marked[pair.reference] else { continue };
        if only_where_both_looked && marked[pair.candidate].is_none() {
            continue;
        }
        let set = |given: &[Given]| -> std::collections::BTreeSet<_> {
            let counted =
                given.iter().filter(|one| rejected_counted || one.status.as_deref() != Some("rejected"));
            counted
                .flat_map(|one| (one.start..one.end).map(|point| (one.part, point, one.label.clone())))
                .collect()
        };
        let (candidate, reference) =
            (set(marked[pair.candidate].as_deref().unwrap_or_default()), set(reference));
        sum += Counts {
            true_positives: candidate.intersection(&reference).count() as u64,
            candidate: candidate.len() as u64,
            reference: reference.len() as u64,
        };
    }
    sum
}

fn one_mark(start: u32, label: &str) -> Given {
    Given { part: 0, start, end: start + 5, label: Some(label.to_owned()), status: None }
}

#[test]
fn the_scope_is_what_the_reference_looked_at() {
    let mark = || Some(vec![one_mark(0, "A")]);
    let conversations = [
        vec![PerTier([mark(), None, mark()]), PerTier([None, None, mark()])],
        vec![PerTier([mark(), mark(), None]), PerTier([None, None, None])],
        vec![PerTier([mark(), None, Some(vec![])])],
    ];
    let (export, alignment) = aligned(&conversations);
    let told = |only_where_both_looked: bool, expected: Expect| {
        let comparison = Comparison { only_where_both_looked, ..DEFAULT };
        let (compared, scores) = scores_of(&export, &alignment, comparison);
        expected.assert_eq(&format!("{:?}\n{:?}\n", compared.scope, scores.micro(Criterion::Strict)));
    };
    told(
        false,
        expect![[r#"
            Scope { messages: 3, of_messages: 5, candidate_never_looked: 1, conversations: 2 }
            Counts { true_positives: 1, candidate: 2, reference: 2 }
        "#]],
    );
    told(
        true,
        expect![[r#"
            Scope { messages: 2, of_messages: 5, candidate_never_looked: 1, conversations: 2 }
            Counts { true_positives: 1, candidate: 2, reference: 1 }
        "#]],
    );
    let only_first = |message: labelscope_core::domain::MessageRef| message.conversation == 0;
    let filtered = Comparing::new(&export, &alignment, DEFAULT, only_first).finish();
    assert_eq!(
        (filtered.scope.messages, filtered.scope.of_messages, filtered.scope.conversations),
        (2, 2, 1)
    );
}

#[test]
fn macro_averages_leave_out_what_is_not_defined() {
    let marked = PerTier([
        Some(vec![one_mark(0, "A"), one_mark(10, "B"), one_mark(20, "A")]),
        None,
        Some(vec![one_mark(0, "A"), one_mark(30, "C")]),
    ]);
    let (export, alignment) = aligned(&[vec![marked]]);
    let (_, scores) = scores_of(&export, &alignment, DEFAULT);
    let labels: Vec<_> = scores.labels.iter().map(|score| score.label.as_deref().unwrap()).collect();
    assert_eq!(labels, ["A", "B", "C"]);
    let average = scores.macro_average(Criterion::Strict).unwrap();
    assert_eq!(average.precision, Mean { value: Some((0.5 + 0.0) / 2.0), undefined: 1 });
    assert_eq!(average.recall, Mean { value: Some((1.0 + 0.0) / 2.0), undefined: 1 });
    let f1 = average.f1.value.unwrap();
    assert!((f1 - (2.0 / 3.0) / 3.0).abs() < 1e-12 && average.f1.undefined == 0);
    assert_eq!(scores.macro_average(Criterion::Character), None);
    assert_eq!(Mean::of([None, None].into_iter()), Mean { value: None, undefined: 2 });
}

#[test]
fn labels_stand_in_the_order_of_the_schema() {
    let marks = ["z", "b", "a", "y"].map(|label| one_mark(0, label)).to_vec();
    let (mut export, alignment) = aligned(&[vec![PerTier([None, None, Some(marks)])]]);
    for name in ["y", "unused", "b", "y"] {
        let name = std::sync::Arc::from(name);
        let definition = labelscope_core::domain::LabelDefinition { name, description: String::new() };
        export.project.label_schema.push(definition);
    }
    let (_, scores) = scores_of(&export, &alignment, DEFAULT);
    let labels: Vec<_> = scores.labels.iter().map(|score| score.label.as_deref().unwrap()).collect();
    assert_eq!(labels, ["y", "b", "a", "z"]);
}

fn intervals_of(export: &Export, alignment: &Alignment, comparison: Comparison, at_once: u32) -> Intervals {
    let (compared, scores) = scores_of(export, alignment, comparison);
    let mut bootstrap = Bootstrap::new(export, alignment, &compared, &scores);
    while !bootstrap.step(at_once) {}
    bootstrap.finish()
}

/// `conversations` conversations of one message with `marks` marks of the reference, half of them found, and one rare label.
fn project(conversations: usize, marks: u32) -> Vec<Vec<Marked>> {
    let reference =
        |nth: usize| (0..marks).map(|at| one_mark(at * 10 + nth as u32 % 3, "A")).collect::<Vec<_>>();
    (0..conversations)
        .map(|nth| {
            let candidate =
                reference(nth).into_iter().filter(|one| (one.start as usize + nth) % 4 < 2).collect();
            let mut reference = reference(nth);
            if nth == 0 {
                reference.push(one_mark(1000, "rare"));
            }
            vec![PerTier([Some(candidate), None, Some(reference)])]
        })
        .collect()
}

#[test]
fn intervals_hold_the_score_and_are_the_same_each_time() {
    let (export, alignment) = aligned(&project(30, 5));
    let intervals = intervals_of(&export, &alignment, DEFAULT, RESAMPLES);
    assert_eq!(intervals, intervals_of(&export, &alignment, DEFAULT, 7));
    let (_, scores) = scores_of(&export, &alignment, DEFAULT);
    for (interval, criterion) in intervals.micro.iter().zip(Criterion::ALL) {
        let Interval::Within { low, high, undefined } = interval else {
            panic!("{criterion:?}: {interval:?}")
        };
        let f1 = scores.micro(criterion).f1().unwrap();
        assert!(*low < f1 && f1 < *high && high - low < 0.5, "{criterion:?}: {low} {f1} {high}");
        assert_eq!(*undefined, 0);
    }
    assert!(matches!(intervals.macro_strict, Interval::Within { .. }));
    assert_eq!(intervals.labels.len(), 2);
    assert!(matches!(intervals.labels[0], [Interval::Within { .. }, Interval::Within { .. }]));
    assert_eq!(intervals.labels[1], [Interval::TooFewToJudge; 2]);

    // The order of conversations in the file does not matter, that of their ids does.
    let mut reversed = project(30, 5);
    reversed.reverse();
    let (mut export, alignment) = aligned(&reversed);
    for (nth, conversation) in export.conversations.iter_mut().rev().enumerate() {
        std::sync::Arc::make_mut(conversation).id =
            Some(labelscope_core::domain::Id::new(&format!("c{nth}")));
    }
    assert_eq!(intervals, intervals_of(&export, &alignment, DEFAULT, RESAMPLES));
}

#[test]
fn too_few_are_not_judged() {
    for (conversations, marks, enough) in [(9, 5, false), (10, 1, false), (10, 2, true), (0, 0, false)] {
        let (export, alignment) = aligned(&project(conversations, marks));
        let intervals = intervals_of(&export, &alignment, DEFAULT, RESAMPLES);
        let is_judged = matches!(intervals.micro[0], Interval::Within { .. });
        assert_eq!(is_judged, enough, "{conversations} conversations, {marks} marks each: {intervals:?}");
    }
}

#[test]
fn resamples_without_a_score_are_counted() {
    // All marks in one conversation of ten: about (9/10)¹⁰ of the resamples do not draw it.
    let mut conversations: Vec<Vec<Marked>> = vec![vec![PerTier([None, None, Some(vec![])])]; 9];
    conversations.extend(project(1, 30));
    let (export, alignment) = aligned(&conversations);
    let intervals = intervals_of(&export, &alignment, DEFAULT, RESAMPLES);
    let Interval::Within { low, high, undefined } = intervals.micro[0] else { panic!("{intervals:?}") };
    assert_eq!(low, high);
    assert!((300..400).contains(&undefined), "{undefined}");
}

#[test]
fn words_of_pairs_criteria_and_outcomes() {
    assert_eq!(TierPair::ALL.map(TierPair::key), ["ar", "ap", "pr"]);
    assert_eq!(TierPair::ALL.map(TierPair::title)[2], "Primary against Review");
    assert_eq!(
        TierPair::from_key("pr"),
        Some(TierPair { candidate: Tier::Primary, reference: Tier::Review })
    );
    assert_eq!(TierPair::from_key("ra"), None);
    for criterion in Criterion::ALL {
        assert_eq!(Criterion::from_key(criterion.key()), Some(criterion));
    }
    assert_eq!(
        [Outcome::TruePositive, Outcome::FalsePositive, Outcome::FalseNegative].map(Outcome::key),
        ["tp", "fp", "fn"]
    );
}

/// Scope and figures of real exports, as an independent implementation counted them.
#[test]
fn scores_of_real_exports() {
    type Figures = (u64, u64, u64);
    let cases: [(&str, [Figures; 3], (usize, usize)); 3] = [
        ("small", [(3, 6, 5), (5, 6, 5), (20, 34, 20)], (4, 55)),
        ("mid", [(82, 471, 340), (210, 471, 340), (6593, 7708, 12689)], (110, 304)),
        ("large", [(1800, 8001, 9887), (4263, 8001, 9887), (102_994, 125_768, 320_374)], (4187, 38123)),
    ];
    for (name, figures, scope) in cases {
        let Some((export, alignment)) = real_export("scores_of_real_exports", name) else { return };
        let (compared, scores) = scores_of(export, alignment, DEFAULT);
        assert_eq!((compared.scope.messages, compared.scope.of_messages), scope, "{name}");
        let counted = [Criterion::Strict, Criterion::Overlap, Criterion::Character].map(|criterion| {
            let counts = scores.micro(criterion);
            (counts.true_positives, counts.candidate, counts.reference)
        });
        assert_eq!(counted, figures, "{name}");
    }
}
