//! Pairs: which marks of two tiers are held to be the same.
//!
//! Belongs here: how alike two marks are, and pairing the most alike first. Not here: what a pair means (`finding`).

use super::Mark;
use std::cmp::Ordering;

/// How alike two marks are, doubled so that it is a fraction of integers: twice the intersection over the union, plus
/// one if the labels are equal. Compared exactly.
#[derive(Clone, Copy, Debug)]
struct Alikeness {
    numerator: u64,
    denominator: u64,
}

impl Alikeness {
    fn cmp(self, other: Alikeness) -> Ordering {
        let product = |a: u64, b: u64| u128::from(a) * u128::from(b);
        product(self.numerator, other.denominator).cmp(&product(other.numerator, self.denominator))
    }
}

/// How alike two marks of one part are; `None` where they share no character.
fn alikeness(a: &Mark, b: &Mark) -> Option<Alikeness> {
    if !a.shares_with(b) {
        return None;
    }
    let same_label = u64::from(a.label == b.label);
    let (a, b) = (a.points, b.points);
    let shared = a.end.0.min(b.end.0) - a.start.0.max(b.start.0);
    // Identical zero-length ranges count as wholly shared.
    let shared = u64::from(shared.max(u32::from(a.is_empty())));
    let united = u64::from((a.end.0.max(b.end.0) - a.start.0.min(b.start.0)).max(1));
    Some(Alikeness { numerator: 2 * shared + same_label * united, denominator: united })
}

/// The marks of one tier in one part, sorted by start, end and label, ready to be searched.
pub(super) struct Row<'m> {
    pub(super) marks: &'m [Mark],
    /// The largest end among the marks up to each: where it is no larger than a start, nothing before reaches it.
    reach: Vec<u32>,
}

impl<'m> Row<'m> {
    pub(super) fn new(marks: &'m [Mark]) -> Self {
        let mut largest = 0;
        let reach = marks.iter().map(|mark| {
            largest = mark.points.end.0.max(largest);
            largest
        });
        Row { reach: reach.collect(), marks }
    }

    /// Of the marks that `is_eligible` lets through and that share a character with `mark`, the most alike; on a tie
    /// the first.
    ///
    /// Searches outward from where `mark` starts and stops where nothing farther off could be as alike as what is
    /// found, since the farther apart two marks start, the less they have in common.
    pub(super) fn most_alike(&self, mark: &Mark, is_eligible: impl Fn(usize) -> bool) -> Option<usize> {
        let (start, end, length) =
            (mark.points.start.0, mark.points.end.0, u64::from(mark.points.len()).max(1));
        let mut best: Option<(Alikeness, usize)> = None;
        let is_hopeless = |best: &Option<(Alikeness, usize)>, bound: Alikeness| {
            best.is_some_and(|(found, _)| bound.cmp(found) == Ordering::Less)
        };
        let consider = |best: &mut Option<(Alikeness, usize)>, index: usize, other: &Mark| {
            let Some(alike) = alikeness(mark, other).filter(|_| is_eligible(index)) else { return };
            let order = best.map_or(Ordering::Greater, |(found, at)| alike.cmp(found).then(at.cmp(&index)));
            if order == Ordering::Greater {
                *best = Some((alike, index));
            }
        };
        let middle = self.marks.partition_point(|other| other.points.start.0 < start);
        for (index, other) in self.marks.iter().enumerate().skip(middle) {
            let apart = u64::from(other.points.start.0 - start);
            let bound =
                Alikeness { numerator: 2 * length.saturating_sub(apart) + length, denominator: length };
            // A zero-length mark meets only others at its own start.
            if other.points.start.0 >= end.max(start.saturating_add(1)) || is_hopeless(&best, bound) {
                break;
            }
            consider(&mut best, index, other);
        }
        for (index, other) in self.marks.iter().enumerate().take(middle).rev() {
            let united = length + u64::from(start - other.points.start.0);
            let bound = Alikeness { numerator: 2 * length + united, denominator: united };
            if self.reach.get(index).is_none_or(|&reach| reach <= start) || is_hopeless(&best, bound) {
                break;
            }
            consider(&mut best, index, other);
        }
        best.map(|(_, index)| index)
    }
}

/// The pairs of two tiers in one part: for each mark of the earlier tier the index of its partner in the later.
pub(super) type Partners = Vec<Option<usize>>;

/// Pairs the marks of two tiers, each at most once, most alike first; ties go to the earlier mark of the earlier tier,
/// then of the later.
///
/// With `rejected_last`, marks that are not rejected are paired first, and what they leave is then paired with the
/// rejected ones; otherwise rejected marks are like any other.
pub(super) fn pair(earlier: &Row<'_>, later: &Row<'_>, rejected_last: bool) -> Partners {
    let mut pairing = Pairing {
        rows: [earlier, later],
        partners: [vec![None; earlier.marks.len()], vec![None; later.marks.len()]],
    };
    if rejected_last {
        pairing.pair_among(|mark| !mark.rejected);
    }
    pairing.pair_among(|_| true);
    let [partners, _] = pairing.partners;
    partners
}

/// Pairs as far as they are found. A mark is named by its side (0 earlier, 1 later) and its index in that row.
struct Pairing<'r, 'm> {
    rows: [&'r Row<'m>; 2],
    partners: [Partners; 2],
}

impl Pairing<'_, '_> {
    /// Pairs the marks that take part and have no partner yet.
    ///
    /// Follows from each mark to the one that it would rather have than any other, and from there on, until two would
    /// rather have each other: those are a pair. All pairs stand in one strict order, the same seen from either side,
    /// so that each step along the way leads to a pair that is more alike, the way ends, and the result is that of
    /// taking the most alike pair of all again and again, without ever listing them all.
    fn pair_among(&mut self, takes_part: impl Fn(&Mark) -> bool) {
        let [earlier, _] = self.rows;
        let mut way: Vec<(usize, usize)> = Vec::new();
        for first in 0..earlier.marks.len() {
            if self.is_free(0, first, &takes_part) {
                way.push((0, first));
            }
            while let Some(&(side, index)) = way.last() {
                let before = way.len().checked_sub(2).and_then(|at| way.get(at)).copied();
                match self.favourite(side, index, &takes_part) {
                    None => {
                        way.pop();
                    }
                    Some(other) if before == Some((1 - side, other)) => {
                        self.join(side, index, other);
                        way.truncate(way.len() - 2);
                    }
                    Some(other) => way.push((1 - side, other)),
                }
            }
        }
    }

    fn is_free(&self, side: usize, index: usize, takes_part: &impl Fn(&Mark) -> bool) -> bool {
        self.rows.get(side).and_then(|row| row.marks.get(index)).is_some_and(takes_part)
            && self.partners.get(side).and_then(|partners| partners.get(index)) == Some(&None)
    }

    fn favourite(&self, side: usize, index: usize, takes_part: &impl Fn(&Mark) -> bool) -> Option<usize> {
        let mark = self.rows.get(side)?.marks.get(index)?;
        self.rows.get(1 - side)?.most_alike(mark, |other| self.is_free(1 - side, other, takes_part))
    }

    fn join(&mut self, side: usize, index: usize, other: usize) {
        for (side, index, other) in [(side, index, other), (1 - side, other, index)] {
            if let Some(partner) = self.partners.get_mut(side).and_then(|partners| partners.get_mut(index)) {
                *partner = Some(other);
            }
        }
    }
}
