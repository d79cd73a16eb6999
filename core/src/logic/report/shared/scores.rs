//! The scores of the report for sharing. Does not belong here: computing them.

use super::super::ScoredComparison;
use super::markdown::{Table, verbatim};
use crate::logic::score::{Comparison, Criterion, Interval};

/// The comparisons that the report gives, in its order: every pair of tiers, rejected marks in neither.
pub fn shared_comparisons() -> impl Iterator<Item = Comparison> {
    ScoredComparison::all().filter(|comparison| !comparison.rejected_counted)
}

/// The section of one comparison: all criteria, then each label.
pub fn shared_scores(scored: &ScoredComparison) -> String {
    let pair = scored.comparison.pair;
    let scope = scored.scope;
    let head = format!(
        "\n### {}\n\nOn {} of {} messages: those that {} looked at. {} never looked at {} of them; what {} has there \
         counts as missed.\n",
        pair.title(),
        scope.messages,
        scope.of_messages,
        pair.reference,
        pair.candidate,
        scope.candidate_never_looked,
        pair.reference,
    );
    head + &averages(scored) + &labels(scored)
}

const COUNTS: [&str; 7] =
    [">Right", ">Candidate", ">Reference", ">Precision", ">Recall", ">F1", "95 % interval of F1"];

fn averages(scored: &ScoredComparison) -> String {
    let mut table = Table::new(&[&["Criterion", "Average"] as &[&str], &COUNTS].concat());
    for (criterion, interval) in Criterion::ALL.into_iter().zip(scored.intervals.micro) {
        let name = |average: &str| [criterion.title().to_owned(), average.to_owned()];
        let counts = scored.scores.micro(criterion);
        table.row(&[&name("micro") as &[String], &counts.cells(figure), &[in_words(interval)]].concat());
        let Some(means) = scored.scores.macro_average(criterion) else { continue };
        let interval = match criterion {
            Criterion::Strict => scored.intervals.macro_strict,
            _ => scored.intervals.macro_overlap,
        };
        let none = [const { String::new() }; 3];
        let figures = [means.precision, means.recall, means.f1].map(|mean| figure(mean.value));
        table.row(&[&name("macro") as &[String], &none, &figures, &[in_words(interval)]].concat());
    }
    table.text()
}

fn labels(scored: &ScoredComparison) -> String {
    if scored.scores.labels.is_empty() {
        return String::new();
    }
    let mut table = Table::new(&[&["Label", "Criterion"] as &[&str], &COUNTS].concat());
    for (label, intervals) in scored.scores.labels.iter().zip(&scored.intervals.labels) {
        for (criterion, interval) in [Criterion::Strict, Criterion::Overlap].into_iter().zip(intervals) {
            let name = [
                label.label.as_deref().map_or_else(|| "none".to_owned(), verbatim),
                criterion.title().to_owned(),
            ];
            let counts = label.counts(criterion).unwrap_or_default();
            table.row(&[&name as &[String], &counts.cells(figure), &[in_words(*interval)]].concat());
        }
    }
    table.text()
}

/// Three places.
fn figure(figure: Option<f64>) -> String {
    figure.map_or_else(|| "–".to_owned(), |figure| format!("{figure:.3}"))
}

fn in_words(interval: Interval) -> String {
    match interval {
        Interval::TooFewToJudge => "too few to judge".to_owned(),
        Interval::Within { low, high, .. } => format!("{low:.3} to {high:.3}"),
    }
}
