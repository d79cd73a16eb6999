//! Which marks are drawn over a text.
//!
//! Belongs here: the choice, the same for the text and whatever is drawn of it elsewhere. Does not belong here: how a
//! mark is drawn (`labelscope_core::logic::overlay`), which findings a ledger lists (`lookup`).

use super::Opened;
use super::filter::Filtered;
use labelscope_core::domain::{PartRef, PerTier, Tier};
use labelscope_core::logic::align::{FindingIndex, Mark};
use labelscope_core::logic::score::TierPair;

/// Which marks are drawn over a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drawing {
    /// Those of the tiers that are switched on, a track for each.
    Tracks(PerTier<bool>),
    /// Those of one tier, whose text stands beside those of others.
    Column(Tier),
    /// What differs between two tiers.
    Differences {
        /// The tiers.
        pair: TierPair,
        /// The selected finding where it is none of the differences; it is drawn all the same.
        selected: Option<FindingIndex>,
    },
}

impl Drawing {
    /// The tiers that a track is kept open for, marks or none, so that texts of one message look alike.
    pub fn tracks(&self) -> PerTier<bool> {
        match *self {
            Drawing::Tracks(shown) => shown,
            Drawing::Column(one) => PerTier::from_fn(|tier| tier == one),
            Drawing::Differences { pair, .. } => {
                PerTier::from_fn(|tier| tier == pair.candidate || tier == pair.reference)
            }
        }
    }
}

impl Opened {
    /// The marks that are drawn over a part, by tier, start, end and label: of those that are let through, and of the
    /// finding `outside` of the filters, which is drawn all the same.
    pub fn marks_drawn(
        &self,
        at: PartRef,
        drawing: &Drawing,
        filtered: &Filtered,
        outside: Option<FindingIndex>,
    ) -> Vec<&Mark> {
        let is_outside = |mark: &Mark| outside == Some(mark.finding);
        let chosen: Vec<&Mark> = match *drawing {
            Drawing::Tracks(shown) => {
                self.marks_of(at).iter().filter(|mark| shown[mark.tier] || is_outside(mark)).collect()
            }
            Drawing::Column(tier) => self.marks_of(at).iter().filter(|mark| mark.tier == tier).collect(),
            Drawing::Differences { pair, selected } => self.marks_between(at, pair, selected),
        };
        chosen.into_iter().filter(|mark| filtered.mark(mark) || is_outside(mark)).collect()
    }

    /// Parts with more than `many` marks, drawn or not, in document order: all that have twice as many, and some that have
    /// fewer than that.
    pub fn parts_with_many_marks(&self, many: usize) -> Vec<PartRef> {
        // Where every so many marks the part is still the same, it has more than that.
        let looked_at = || self.alignment.marks.iter().step_by(many.max(1)).map(|mark| mark.part);
        let pairs = looked_at().zip(looked_at().skip(1));
        let mut parts: Vec<PartRef> =
            pairs.filter(|(part, next)| part == next).map(|(part, _)| part).collect();
        parts.dedup();
        parts
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::findings::tests::sample;

    #[test]
    fn parts_with_many_marks_are_found_without_counting_all() {
        let opened = sample();
        let mut parts: Vec<PartRef> = opened.alignment.marks.iter().map(|mark| mark.part).collect();
        parts.dedup();
        let most = parts.iter().map(|&at| opened.marks_of(at).len()).max().unwrap();
        assert!(most > 8, "{most}");
        for many in 1..=most {
            let found = opened.parts_with_many_marks(many);
            let with =
                |count| parts.iter().filter(|&&at| opened.marks_of(at).len() >= count).collect::<Vec<_>>();
            assert!(with(2 * many).into_iter().all(|at| found.contains(at)), "{many}");
            assert!(found.iter().all(|at| with(many + 1).contains(&at)), "{many}");
            assert!(found.is_sorted() && found.windows(2).all(|pair| pair[0] != pair[1]), "{many}");
        }
        assert_eq!(opened.parts_with_many_marks(most), Vec::new());
    }
}
