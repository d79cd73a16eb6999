//! The tables of the Agreement screen, to be copied.

use super::{Breakdown, Group};
use crate::state::table::Table;
use labelscope_core::domain::Tier;
use labelscope_core::logic::score::{Compared, Counts, Criterion, Interval, Intervals, Label, Scores};

/// The four criteria, micro and macro, with intervals as far as they are there, and the scope.
pub fn scores_table(compared: &Compared, scores: &Scores, intervals: Option<&Intervals>) -> Table {
    let mut table = Table::new(
        &[
            &["criterion", "average"][..],
            &Counts::COLUMNS,
            &Interval::COLUMNS,
            &["messages_in_scope", "messages"],
        ]
        .concat(),
    );
    let scope = [compared.scope.messages.to_string(), compared.scope.of_messages.to_string()];
    for (at, criterion) in Criterion::ALL.into_iter().enumerate() {
        let interval = intervals.and_then(|all| all.micro.get(at)).copied();
        let mut cells = vec![criterion.title().to_owned(), "micro".to_owned()];
        cells.extend(scores.micro(criterion).cells(figure));
        cells.extend(ends(interval));
        cells.extend(scope.clone());
        table.row(cells);
        let Some(average) = scores.macro_average(criterion) else { continue };
        let interval = intervals.map(|all| match criterion {
            Criterion::Strict => all.macro_strict,
            _ => all.macro_overlap,
        });
        let mut cells = vec![criterion.title().to_owned(), "macro".to_owned()];
        cells.extend([const { String::new() }; 3]);
        cells.extend([average.precision, average.recall, average.f1].map(|mean| figure(mean.value)));
        cells.extend(ends(interval));
        cells.extend(scope.clone());
        table.row(cells);
    }
    table
}

/// Every label by the strict and the overlap criterion, with intervals as far as they are there.
pub fn labels_table(scores: &Scores, intervals: Option<&Intervals>) -> Table {
    let mut table = Table::new(&[&["label", "criterion"][..], &Counts::COLUMNS, &Interval::COLUMNS].concat());
    for (at, label) in scores.labels.iter().enumerate() {
        let intervals = intervals.and_then(|all| all.labels.get(at));
        for (nth, criterion) in [Criterion::Strict, Criterion::Overlap].into_iter().enumerate() {
            let mut cells = vec![label_in_words(&label.label), criterion.title().to_owned()];
            cells.extend(label.counts(criterion).unwrap_or_default().cells(figure));
            cells.extend(ends(intervals.and_then(|both| both.get(nth)).copied()));
            table.row(cells);
        }
    }
    table
}

/// The scores by one field of messages, with how many of each value's messages are counted.
pub fn groups_table(by: Breakdown, groups: &[Group]) -> Table {
    let mut table = Table::new(
        &[&[by.key(), "messages_in_scope", "messages", "criterion"][..], &Counts::COLUMNS].concat(),
    );
    for group in groups {
        let value = group.value.as_deref().unwrap_or("not given");
        for (criterion, of) in [(Criterion::Strict, group.strict), (Criterion::Overlap, group.overlap)] {
            let mut cells = vec![value.to_owned(), group.messages.to_string(), group.of_messages.to_string()];
            cells.push(criterion.title().to_owned());
            cells.extend(of.cells(figure));
            table.row(cells);
        }
    }
    table
}

/// From this many labels on the confusion matrix becomes a list: as a table it would be millions of zeros.
pub const LISTED: usize = 400;

/// The confusion matrix: a row for each label of the candidate, a column for each of the reference; from [`LISTED`] labels on
/// a row for each cell that is not 0.
pub fn matrix_table(scores: &Scores, candidate: Tier, reference: Tier) -> Table {
    let sides = || (0..scores.labels.len()).map(Some).chain([None]);
    let name = |at: Option<usize>| match at.and_then(|at| scores.labels.get(at)) {
        Some(label) => label_in_words(&label.label),
        None => "nothing".to_owned(),
    };
    if scores.labels.len() >= LISTED {
        let mut table = Table::new(&[candidate.key(), reference.key(), "count"]);
        for (&(from, to), count) in &scores.matrix {
            table.row(vec![name(from), name(to), count.to_string()]);
        }
        return table;
    }
    let mut table = Table::default();
    let corner = format!("{} \\ {}", candidate.key(), reference.key());
    table.row([corner].into_iter().chain(sides().map(name)).collect());
    for from in sides() {
        let cells = sides().map(|to| scores.matrix.get(&(from, to)).copied().unwrap_or_default().to_string());
        table.row([name(from)].into_iter().chain(cells).collect());
    }
    table
}

/// What a person reads for a label.
pub fn label_in_words(label: &Label) -> String {
    label.as_deref().unwrap_or("without a label").to_owned()
}

fn ends(interval: Option<Interval>) -> [String; 2] {
    match interval {
        Some(Interval::Within { low, high, .. }) => [figure(Some(low)), figure(Some(high))],
        Some(Interval::TooFewToJudge) | None => [String::new(), String::new()],
    }
}

/// Empty where there is none.
fn figure(figure: Option<f64>) -> String {
    figure.map(|figure| format!("{figure:.4}")).unwrap_or_default()
}
