//! The rows of a score: pairs and unpaired marks, and which of them a number counts.
//!
//! Belongs here: what makes a row right by a criterion, and picking rows. Not here: adding up (`scores`).

use super::{Compared, Label};
use crate::logic::align::{Alignment, FindingIndex, Mark, MarkIndex};

/// By which rule a mark of the candidate is right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Criterion {
    /// Its pair has the same range and label.
    Strict,
    /// Its pair has the same label.
    Overlap,
    /// It has a pair.
    AnyLabel,
    /// Counted in characters: sets of (code point, label). Its numbers open messages, not rows.
    Character,
}

impl Criterion {
    /// All criteria, in their order.
    pub const ALL: [Criterion; 4] =
        [Criterion::Strict, Criterion::Overlap, Criterion::AnyLabel, Criterion::Character];

    /// The word for it in files and addresses: `strict`, `overlap`, `any_label`, `character`.
    pub const fn key(self) -> &'static str {
        match self {
            Criterion::Strict => "strict",
            Criterion::Overlap => "overlap",
            Criterion::AnyLabel => "any_label",
            Criterion::Character => "character",
        }
    }

    /// The criterion whose key is `key`.
    pub fn from_key(key: &str) -> Option<Self> {
        Criterion::ALL.into_iter().find(|criterion| criterion.key() == key)
    }

    /// The words that a person reads.
    pub const fn title(self) -> &'static str {
        match self {
            Criterion::Strict => "strict",
            Criterion::Overlap => "overlap",
            Criterion::AnyLabel => "any label",
            Criterion::Character => "character",
        }
    }
}

/// Which of the rows a number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// Pairs that are right.
    TruePositive,
    /// Marks of the candidate without such a pair.
    FalsePositive,
    /// Marks of the reference without such a pair.
    FalseNegative,
    /// All marks of the candidate.
    Candidate,
    /// All marks of the reference.
    Reference,
}

impl Outcome {
    /// The word for it in addresses: `tp`, `fp`, `fn`, `candidate`, `reference`.
    pub const fn key(self) -> &'static str {
        match self {
            Outcome::TruePositive => "tp",
            Outcome::FalsePositive => "fp",
            Outcome::FalseNegative => "fn",
            Outcome::Candidate => "candidate",
            Outcome::Reference => "reference",
        }
    }
}

/// A pair, or an unpaired mark: at least one of the two is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ScoreRow {
    /// The candidate's mark.
    pub candidate: Option<MarkIndex>,
    /// The reference's mark.
    pub reference: Option<MarkIndex>,
}

impl ScoreRow {
    /// Both marks, where there are both.
    pub fn pair<'a>(&self, alignment: &'a Alignment) -> Option<(&'a Mark, &'a Mark)> {
        Some((alignment.mark(self.candidate?)?, alignment.mark(self.reference?)?))
    }

    /// Whether it is a pair that is right by the criterion; by characters no row is.
    pub fn is_right(&self, alignment: &Alignment, criterion: Criterion) -> bool {
        self.pair(alignment).is_some_and(|(candidate, reference)| match criterion {
            Criterion::Strict => candidate.is_same_as(reference),
            Criterion::Overlap => candidate.label == reference.label,
            Criterion::AnyLabel => true,
            Criterion::Character => false,
        })
    }

    /// The labels of the candidate's and of the reference's mark; `None` stands for nothing.
    pub fn labels<'a>(&self, alignment: &'a Alignment) -> (Option<&'a Label>, Option<&'a Label>) {
        let label =
            |mark: Option<MarkIndex>| mark.and_then(|mark| alignment.mark(mark)).map(|mark| &mark.label);
        (label(self.candidate), label(self.reference))
    }

    /// The findings that its marks are in: one, or two where the pair of the score is no pair of a finding.
    pub fn findings(&self, alignment: &Alignment) -> impl Iterator<Item = FindingIndex> {
        let finding = |mark: MarkIndex| alignment.mark(mark).map(|mark| mark.finding);
        let first = self.candidate.and_then(finding);
        let second = self.reference.and_then(finding).filter(|&second| Some(second) != first);
        first.into_iter().chain(second)
    }
}

/// What a number counts, to be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Selection {
    /// The rows that a criterion counts as one outcome.
    Outcome {
        /// By which rule.
        criterion: Criterion,
        /// Which side of it.
        outcome: Outcome,
        /// Only marks with this label.
        label: Option<Label>,
    },
    /// A cell of the confusion matrix; `None` stands for nothing.
    Cell {
        /// Label of the candidate's mark.
        candidate: Option<Label>,
        /// Label of the reference's mark.
        reference: Option<Label>,
    },
}

impl Selection {
    /// Whether a row is among those selected.
    pub fn holds(&self, alignment: &Alignment, row: &ScoreRow) -> bool {
        let (candidate, reference) = row.labels(alignment);
        match self {
            Selection::Cell { candidate: from, reference: to } => {
                candidate == from.as_ref() && reference == to.as_ref()
            }
            Selection::Outcome { criterion, outcome, label } => {
                let counts = |side: Option<&Label>| {
                    side.is_some_and(|side| label.as_ref().is_none_or(|label| label == side))
                };
                let is_right = || row.is_right(alignment, *criterion);
                match outcome {
                    Outcome::TruePositive => counts(candidate) && is_right(),
                    Outcome::FalsePositive => counts(candidate) && !is_right(),
                    Outcome::FalseNegative => counts(reference) && !is_right(),
                    Outcome::Candidate => counts(candidate),
                    Outcome::Reference => counts(reference),
                }
            }
        }
    }
}

impl Compared {
    /// The rows that a number counts, in document order.
    pub fn rows_of(&self, alignment: &Alignment, selection: &Selection) -> Vec<ScoreRow> {
        self.rows.iter().filter(|row| selection.holds(alignment, row)).copied().collect()
    }
}
