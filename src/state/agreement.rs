//! What the Agreement screen compares, and the address of the rows behind each of its numbers.
//!
//! Belongs here: from an address to a comparison and to the rows of a number, and from a number to its address. Does not
//! belong here: what a score is (`labelscope_core::logic::score`), how it is drawn.
//!
//! Invariant: the rows that an address opens are as many as the number that it was made for.

mod breakdown;
mod scored;
mod table;
#[cfg(test)]
mod tests;

pub use breakdown::{Breakdown, Group, LeftOut, breakdowns, left_out};
pub use scored::{Scored, Scoring};
pub use table::{LISTED, groups_table, label_in_words, labels_table, matrix_table, scores_table};

use super::Opened;
use super::filter::{Filter, Messages};
use super::route::{self, CellLabel, Route, Screen, value_of, word_of};
use labelscope_core::logic::align::{Alignment, Mark};
use labelscope_core::logic::score::{
    Compared, Comparing, Comparison, Criterion, Label, MessageCharacters, Outcome, ScoreRow, Selection,
    differ_by_noise,
};

/// What is compared, and on which messages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The tiers, and how they are compared.
    pub comparison: Comparison,
    /// Which messages count.
    pub messages: Filter,
}

impl Request {
    /// What an address asks for; automated against review where it names no pair.
    pub fn of(route: &Route) -> Self {
        Request {
            comparison: Comparison {
                pair: route.compared(),
                rejected_counted: route.rejected,
                only_where_both_looked: route.both,
            },
            messages: Filter::of_messages(route),
        }
    }

    /// The comparison, not yet begun.
    pub fn begin(&self, opened: &Opened) -> Comparing {
        let messages = Messages::of(opened, &self.messages);
        Comparing::new(&opened.export, &opened.alignment, self.comparison, |at| messages.holds(opened, at))
    }

    /// The comparison in one go.
    pub fn compare(&self, opened: &Opened) -> Compared {
        let mut comparing = self.begin(opened);
        while !comparing.step(&opened.alignment, usize::MAX) {}
        comparing.finish()
    }
}

/// Which rows of a comparison an address opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening {
    /// By which rule a pair is right.
    pub criterion: Criterion,
    /// Which side of it; `None` for all rows.
    pub outcome: Option<Outcome>,
    /// Only marks with one of these labels; empty for all.
    pub labels: Vec<Label>,
    /// The label on the candidate's side; the inner `None` for nothing there.
    pub from: Option<Option<Label>>,
    /// The label on the reference's side; the inner `None` for nothing there.
    pub to: Option<Option<Label>>,
    /// Whether pairs that differ by boundary noise alone are right by the strict criterion.
    pub noise_forgiven: bool,
}

impl Opening {
    /// Which rows an address opens; `None` where it asks for no rows of a score.
    pub fn of(route: &Route) -> Option<Self> {
        let names_rows = route.criterion.is_some()
            || route.outcome.is_some()
            || route.from.is_some()
            || route.to.is_some();
        let label = |word: &str| -> Label { value_of(word).map(Into::into) };
        let cell = |cell: &CellLabel| match cell {
            CellLabel::Nothing => None,
            CellLabel::Label(word) => Some(label(word)),
        };
        names_rows.then(|| Opening {
            criterion: route.criterion.map_or(Criterion::AnyLabel, criterion_of),
            outcome: route.outcome.map(outcome_of),
            labels: route.labels.iter().map(|word| label(word)).collect(),
            from: route.from.as_ref().map(cell),
            to: route.to.as_ref().map(cell),
            noise_forgiven: route.noise,
        })
    }

    /// The rows, in document order.
    pub fn rows(&self, opened: &Opened, compared: &Compared) -> Vec<ScoreRow> {
        compared.rows.iter().filter(|row| self.holds(opened, row)).copied().collect()
    }

    fn holds(&self, opened: &Opened, row: &ScoreRow) -> bool {
        let alignment = &opened.alignment;
        let (candidate, reference) = row.labels(alignment);
        let fits = |wanted: &Option<Option<Label>>, label: Option<&Label>| {
            wanted.as_ref().is_none_or(|wanted| wanted.as_ref() == label)
        };
        if !fits(&self.from, candidate) || !fits(&self.to, reference) {
            return false;
        }
        let Some(outcome) = self.outcome else {
            let is_asked_for = |label: Option<&Label>| label.is_some_and(|one| self.labels.contains(one));
            return self.labels.is_empty() || is_asked_for(candidate) || is_asked_for(reference);
        };
        let counts = |label: Option<Label>| {
            Selection::Outcome { criterion: self.criterion, outcome, label }.holds(alignment, row)
        };
        let is_counted = |outcome: Outcome| match outcome {
            _ if !self.noise_forgiven || !is_forgiven(opened, alignment, row) => None,
            Outcome::TruePositive => Some(true),
            Outcome::FalsePositive | Outcome::FalseNegative => Some(false),
            Outcome::Candidate | Outcome::Reference => None,
        };
        if self.labels.is_empty() {
            return is_counted(outcome).unwrap_or_else(|| counts(None));
        }
        self.labels.iter().any(|label| counts(Some(label.clone())))
    }

    /// The messages with a character that an outcome counts, in document order; with how many.
    pub fn messages(&self, compared: &Compared) -> Vec<(MessageCharacters, u64)> {
        let counted = |one: &MessageCharacters| match self.outcome {
            Some(Outcome::TruePositive) => one.counts.true_positives,
            Some(Outcome::FalsePositive) => one.counts.false_positives(),
            Some(Outcome::FalseNegative) => one.counts.false_negatives(),
            Some(Outcome::Candidate) => one.counts.candidate,
            Some(Outcome::Reference) => one.counts.reference,
            None => one.counts.candidate + one.counts.false_negatives(),
        };
        let messages = compared.characters.iter().map(|one| (*one, counted(one)));
        messages.filter(|(_, count)| *count > 0).collect()
    }
}

fn is_forgiven(opened: &Opened, alignment: &Alignment, row: &ScoreRow) -> bool {
    let differ = |(candidate, reference): (&Mark, &Mark)| {
        candidate.label == reference.label
            && candidate.points != reference.points
            && opened.text(candidate.part).is_some_and(|text| differ_by_noise(candidate, reference, &text))
    };
    row.pair(alignment).is_some_and(differ)
}

impl Route {
    /// This address without anything that names a number of a score, and without what filters findings.
    pub fn without_rows(&self) -> Route {
        Route {
            labels: Vec::new(),
            verdicts: Vec::new(),
            statuses: Vec::new(),
            anchors: Vec::new(),
            kinds: Vec::new(),
            differences: false,
            sort: None,
            criterion: None,
            outcome: None,
            from: None,
            to: None,
            noise: false,
            flow: None,
            ..self.unselected()
        }
    }

    /// The address of the rows that a criterion counts as an outcome, of one label or of all; the comparison is that of
    /// this address.
    pub fn to_outcome(&self, criterion: Criterion, outcome: Outcome, label: Option<&Label>) -> Route {
        Route {
            screen: Screen::Findings,
            criterion: Some(route_criterion(criterion)),
            outcome: Some(route_outcome(outcome)),
            labels: label.map(|label| word_of(label.as_deref())).into_iter().collect(),
            ..self.without_rows()
        }
    }

    /// This address with only the messages of one value of a field; `None` for those without one.
    pub fn narrowed(&self, by: Breakdown, value: Option<&str>) -> Route {
        let mut route = self.clone();
        let list = match by {
            Breakdown::Role => &mut route.roles,
            Breakdown::Model => &mut route.models,
            Breakdown::Provider => &mut route.providers,
        };
        *list = vec![word_of(value)];
        route
    }

    /// The address of the rows of a cell of the confusion matrix; `None` for nothing on that side.
    pub fn to_cell(&self, from: Option<&Label>, to: Option<&Label>) -> Route {
        let cell = |label: Option<&Label>| {
            Some(label.map_or(CellLabel::Nothing, |label| CellLabel::Label(word_of(label.as_deref()))))
        };
        Route { screen: Screen::Findings, from: cell(from), to: cell(to), ..self.without_rows() }
    }
}

fn criterion_of(criterion: route::Criterion) -> Criterion {
    match criterion {
        route::Criterion::Strict => Criterion::Strict,
        route::Criterion::Overlap => Criterion::Overlap,
        route::Criterion::AnyLabel => Criterion::AnyLabel,
        route::Criterion::Character => Criterion::Character,
    }
}

fn route_criterion(criterion: Criterion) -> route::Criterion {
    match criterion {
        Criterion::Strict => route::Criterion::Strict,
        Criterion::Overlap => route::Criterion::Overlap,
        Criterion::AnyLabel => route::Criterion::AnyLabel,
        Criterion::Character => route::Criterion::Character,
    }
}

fn outcome_of(outcome: route::Outcome) -> Outcome {
    match outcome {
        route::Outcome::TruePositive => Outcome::TruePositive,
        route::Outcome::FalsePositive => Outcome::FalsePositive,
        route::Outcome::FalseNegative => Outcome::FalseNegative,
        route::Outcome::Candidate => Outcome::Candidate,
        route::Outcome::Reference => Outcome::Reference,
    }
}

fn route_outcome(outcome: Outcome) -> route::Outcome {
    match outcome {
        Outcome::TruePositive => route::Outcome::TruePositive,
        Outcome::FalsePositive => route::Outcome::FalsePositive,
        Outcome::FalseNegative => route::Outcome::FalseNegative,
        Outcome::Candidate => route::Outcome::Candidate,
        Outcome::Reference => route::Outcome::Reference,
    }
}
