//! scores.csv: one line for each average and label.

use super::cells::Line;
use crate::logic::align::Alignment;
use crate::logic::score::{
    Bootstrap, Comparison, Counts, Criterion, Interval, Intervals, RESAMPLES, Scope, Scores, TierPair,
    compare_all,
};

/// A comparison with all of its figures.
#[derive(Clone, Debug)]
pub struct ScoredComparison {
    /// What was compared.
    pub comparison: Comparison,
    /// On which messages.
    pub scope: Scope,
    /// The figures.
    pub scores: Scores,
    /// How sure they are.
    pub intervals: Intervals,
}

impl ScoredComparison {
    /// Compares on all messages in one go.
    pub fn new(export: &crate::domain::Export, alignment: &Alignment, comparison: Comparison) -> Self {
        let compared = compare_all(export, alignment, comparison);
        let scores = Scores::of(export, alignment, &compared);
        let mut bootstrap = Bootstrap::new(export, alignment, &compared, &scores);
        while !bootstrap.step(RESAMPLES) {}
        ScoredComparison { comparison, scope: compared.scope, scores, intervals: bootstrap.finish() }
    }

    /// The comparisons of a file, in its order: every pair of tiers, first without, then with rejected marks.
    pub fn all() -> impl Iterator<Item = Comparison> {
        TierPair::ALL.into_iter().flat_map(|pair| {
            [false, true].map(|rejected_counted| Comparison {
                pair,
                rejected_counted,
                only_where_both_looked: false,
            })
        })
    }
}

/// The line of column names.
pub fn scores_header() -> String {
    let of_what = ["candidate", "reference", "criterion", "label", "average"];
    let scope = ["messages_in_scope", "messages", "rejected_counted"];
    let mut line = Line::new();
    for name in [&of_what[..], &Counts::COLUMNS, &Interval::COLUMNS, &scope].concat() {
        line.cell(name);
    }
    line.end();
    line.text()
}

/// The figures of one line: precision, recall, F1.
type Figures = [Option<f64>; 3];

/// The lines of one comparison, criterion by criterion: micro, macro, then each label.
pub fn scores_rows(scored: &ScoredComparison) -> String {
    let mut line = Line::new();
    let figures = |counts: Counts| [counts.precision(), counts.recall(), counts.f1()];
    for (criterion, interval) in Criterion::ALL.into_iter().zip(scored.intervals.micro) {
        let counts = scored.scores.micro(criterion);
        let mut write =
            |label: &str, average: &str, counts: Option<Counts>, figures: Figures, interval: Interval| {
                row(&mut line, scored, criterion, (label, average), counts, figures, interval);
            };
        write("", "micro", Some(counts), figures(counts), interval);
        let Some(average) = scored.scores.macro_average(criterion) else { continue };
        let (of_macro, nth) = match criterion {
            Criterion::Strict => (scored.intervals.macro_strict, 0),
            _ => (scored.intervals.macro_overlap, 1),
        };
        let means = [average.precision, average.recall, average.f1].map(|mean| mean.value);
        write("", "macro", None, means, of_macro);
        for (label, intervals) in scored.scores.labels.iter().zip(&scored.intervals.labels) {
            let counts = label.counts(criterion).unwrap_or_default();
            let interval = intervals.get(nth).copied().unwrap_or(Interval::TooFewToJudge);
            write(label.label.as_deref().unwrap_or_default(), "", Some(counts), figures(counts), interval);
        }
    }
    line.text()
}

fn row(
    line: &mut Line,
    scored: &ScoredComparison,
    criterion: Criterion,
    (label, average): (&str, &str),
    counts: Option<Counts>,
    figures: Figures,
    interval: Interval,
) {
    let pair = scored.comparison.pair;
    for text in [pair.candidate.key(), pair.reference.key(), criterion.key(), label, average] {
        line.cell(text);
    }
    line.number(counts.map(|counts| counts.true_positives));
    line.number(counts.map(|counts| counts.candidate));
    line.number(counts.map(|counts| counts.reference));
    figures.into_iter().for_each(|figure| line.number(figure));
    let ends = match interval {
        Interval::TooFewToJudge => [None, None],
        Interval::Within { low, high, .. } => [Some(low), Some(high)],
    };
    ends.into_iter().for_each(|end| line.number(end));
    line.number(Some(scored.scope.messages));
    line.number(Some(scored.scope.of_messages));
    line.cell(if scored.comparison.rejected_counted { "true" } else { "false" });
    line.end();
}
