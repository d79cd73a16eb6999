//! Scores: one tier, the candidate, measured against another, the reference.
//!
//! Belongs here: which marks and messages a score counts, what it adds up to, how sure that is. Not here: pairs and
//! verdicts (`align`), files (`report`).
//!
//! Invariants: nothing here pairs anything anew, both alignments (rejected marks last, or like any other) are at hand;
//! every number is the length of the list of rows that it opens; an empty denominator is `None`, never 0 or 1.

mod bootstrap;
mod characters;
mod compare;
mod counts;
mod noise;
mod rows;
mod scores;

pub use bootstrap::{Bootstrap, Interval, Intervals, RESAMPLES};
pub use compare::{Compared, Comparing, Comparison, MessageCharacters, Scope, TierPair, compare_all};
pub use counts::{Counts, Mean};
pub use noise::{differ_by_noise, noisy_findings, noisy_pairs};
pub use rows::{Criterion, Outcome, ScoreRow, Selection};
pub use scores::{LabelScore, MacroScore, Scores};

/// The label of a mark as scores group by it: marks without one are a group of their own.
pub type Label = Option<crate::domain::Name>;
