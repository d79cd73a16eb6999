//! A row: the marks of one tier in one part, ready to be searched for the one most like another mark.
//!
//! Belongs here: how alike two marks are, and the search. Not here: who is paired with whom (`pair`).

use super::Mark;
use smallvec::SmallVec;
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
        let (a, b) = ((self.numerator, other.denominator), (other.numerator, self.denominator));
        if (a.0 | a.1 | b.0 | b.1) >> 32 == 0 {
            return (a.0 * a.1).cmp(&(b.0 * b.1));
        }
        let product = |(one, other): (u64, u64)| u128::from(one) * u128::from(other);
        product(a).cmp(&product(b))
    }
}

/// How alike two marks of one part are, labels aside; `None` where they share no character.
fn overlap(a: &Mark, b: &Mark) -> Option<Alikeness> {
    if !a.shares_with(b) {
        return None;
    }
    let (a, b) = (a.points, b.points);
    let shared = a.end.0.min(b.end.0) - a.start.0.max(b.start.0);
    let united = a.end.0.max(b.end.0) - a.start.0.min(b.start.0);
    // Identical zero-length ranges count as wholly shared.
    let (shared, united) = if a.is_empty() { (1, 1) } else { (shared, united) };
    Some(Alikeness { numerator: 2 * u64::from(shared), denominator: u64::from(united) })
}

impl Alikeness {
    /// The same for marks with equal labels.
    fn with_equal_labels(self) -> Self {
        Alikeness { numerator: self.numerator + self.denominator, ..self }
    }
}

/// The marks of one tier in one part, sorted by start, end and label, of which some can be found.
pub(super) struct Row<'m> {
    pub(super) marks: &'m [Mark],
    /// A complete binary tree, the root at 1, the leaves in its second half: one past the end of the mark at each leaf, 0
    /// where it is not to be found, and the larger of its two at each inner node. So what reaches a place is found
    /// without looking at all that lies between.
    reach: SmallVec<[u32; 2 * FEW]>,
}

/// How many marks fit into a row without an allocation. Most parts have fewer of each tier, and there are as many rows as
/// parts.
const FEW: usize = 8;

impl<'m> Row<'m> {
    /// The row of all `marks`, of which those can be found that `is_in` lets through.
    pub(super) fn new(marks: &'m [Mark], is_in: impl Fn(usize, &Mark) -> bool) -> Self {
        let leaves = marks.len().next_power_of_two();
        let mut reach = SmallVec::from_elem(0, 2 * leaves);
        for ((index, mark), leaf) in marks.iter().enumerate().zip(reach.iter_mut().skip(leaves)) {
            *leaf = if is_in(index, mark) { mark.points.end.0.saturating_add(1) } else { 0 };
        }
        for node in (1..leaves).rev() {
            let larger = value(&reach, 2 * node).max(value(&reach, 2 * node + 1));
            if let Some(inner) = reach.get_mut(node) {
                *inner = larger;
            }
        }
        Row { marks, reach }
    }

    fn leaves(&self) -> usize {
        self.reach.len() / 2
    }

    /// The value of a node of the tree.
    fn value(&self, node: usize) -> u32 {
        value(&self.reach, node)
    }

    /// Whether the mark at `index` can be found.
    pub(super) fn has(&self, index: usize) -> bool {
        index < self.leaves() && self.value(self.leaves() + index) > 0
    }

    /// Takes the mark at `index` out, so that it is not found any more.
    pub(super) fn remove(&mut self, index: usize) {
        let mut node = self.leaves() + index;
        let mut larger = 0;
        while let Some(slot) = self.reach.get_mut(node).filter(|_| node > 0) {
            *slot = larger;
            larger = self.value(node).max(self.value(node ^ 1));
            node /= 2;
        }
    }

    /// The first mark at or after `index` that can be found.
    fn first_from(&self, index: usize) -> Option<usize> {
        let is_in = |node: usize| self.value(node) > 0;
        let mut node = self.leaves() + index;
        if index >= self.leaves() {
            return None;
        }
        while !is_in(node) {
            // Up while this is a right child, then over to its right sibling.
            node >>= node.trailing_ones();
            if node == 0 {
                return None;
            }
            node += 1;
        }
        while node < self.leaves() {
            node = if is_in(2 * node) { 2 * node } else { 2 * node + 1 };
        }
        Some(node - self.leaves())
    }

    /// The last mark before `index` that can be found and ends after `start`.
    fn last_before(&self, index: usize, start: u32) -> Option<usize> {
        let reaches = |node: usize| self.value(node) > start.saturating_add(1);
        let mut node = self.leaves() + index.checked_sub(1)?;
        while !reaches(node) {
            // Up while this is a left child, then over to its left sibling.
            node >>= node.trailing_zeros();
            if node <= 1 {
                return None;
            }
            node -= 1;
        }
        while node < self.leaves() {
            node = if reaches(2 * node + 1) { 2 * node + 1 } else { 2 * node };
        }
        Some(node - self.leaves())
    }

    /// Of the marks that can be found and share a character with `mark`, the most alike; on a tie the first. With
    /// `only_its_label` those with another label are passed over.
    ///
    /// Searches outward from where `mark` starts and stops where nothing farther off could be as alike as what is
    /// found, since the farther apart two marks start, the less they have in common.
    pub(super) fn most_alike(&self, mark: &Mark, only_its_label: bool) -> Option<usize> {
        let (start, end) = (mark.points.start.0, mark.points.end.0);
        let length = u64::from(mark.points.len()).max(1);
        let mut search = Search { mark, only_its_label, best: None };
        let middle = self.marks.partition_point(|other| other.points.start.0 < start);
        let mut at = self.first_from(middle);
        while let Some((index, other)) = at.and_then(|index| Some((index, self.marks.get(index)?))) {
            let apart = u64::from(other.points.start.0 - start);
            let bound = Alikeness { numerator: 2 * length.saturating_sub(apart), denominator: length };
            // A zero-length mark meets only others at its own start.
            if other.points.start.0 >= end.max(start.saturating_add(1)) || search.is_hopeless(bound) {
                break;
            }
            search.consider(index, other);
            at = self.first_from(index + 1);
        }
        let mut at = self.last_before(middle, start);
        while let Some((index, other)) = at.and_then(|index| Some((index, self.marks.get(index)?))) {
            let united = length + u64::from(start - other.points.start.0);
            if search.is_hopeless(Alikeness { numerator: 2 * length, denominator: united }) {
                break;
            }
            search.consider(index, other);
            at = self.last_before(index, start);
        }
        search.best.map(|(_, index)| index)
    }
}

fn value(tree: &[u32], node: usize) -> u32 {
    tree.get(node).copied().unwrap_or_default()
}

/// A search for the mark most like another, and the best found so far.
struct Search<'m> {
    mark: &'m Mark,
    only_its_label: bool,
    best: Option<(Alikeness, usize)>,
}

impl Search<'_> {
    /// Whether no mark with at most this overlap can be as alike as the best, be its label equal.
    fn is_hopeless(&self, overlap: Alikeness) -> bool {
        self.best.is_some_and(|(best, _)| overlap.with_equal_labels().cmp(best) == Ordering::Less)
    }

    fn consider(&mut self, index: usize, other: &Mark) {
        let Some(overlap) = overlap(self.mark, other).filter(|overlap| !self.is_hopeless(*overlap)) else {
            return;
        };
        let has_its_label = other.label == self.mark.label;
        if self.only_its_label && !has_its_label {
            return;
        }
        let alike = if has_its_label { overlap.with_equal_labels() } else { overlap };
        let is_better =
            self.best.is_none_or(|(best, at)| alike.cmp(best).then(at.cmp(&index)) == Ordering::Greater);
        if is_better {
            self.best = Some((alike, index));
        }
    }
}
