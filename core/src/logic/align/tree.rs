//! Ranges of one text, some of which can be found: the one that has most in common with another, without looking at all
//! the others.
//!
//! Belongs here: the bounds that make that possible. Does not belong here: labels, who is paired with whom.

use super::likeness::Alikeness;
use crate::domain::{CodePoints, Span};
use std::cmp::Ordering;
use std::ops::Range;

/// A complete binary tree over ranges in an order of their own, the root at 1, the leaves in its second half. Each inner
/// node knows between what its ranges start, end and how long they are, so that whole branches are passed over which
/// hold nothing as alike as what is found.
#[derive(Debug)]
pub(super) struct Tree {
    nodes: Vec<Node>,
}

/// The smallest and the largest of a node's ranges.
#[derive(Clone, Copy, Debug)]
struct Node {
    starts: (u32, u32),
    ends: (u32, u32),
    lengths: (u32, u32),
}

/// A node without a range that can be found.
const EMPTY: Node = Node { starts: (u32::MAX, 0), ends: (u32::MAX, 0), lengths: (u32::MAX, 0) };

impl Node {
    fn of(points: Span<CodePoints>) -> Self {
        let both = |number: u32| (number, number);
        Node { starts: both(points.start.0), ends: both(points.end.0), lengths: both(points.len()) }
    }

    fn and(self, other: Node) -> Self {
        let both = |a: (u32, u32), b: (u32, u32)| (a.0.min(b.0), a.1.max(b.1));
        Node {
            starts: both(self.starts, other.starts),
            ends: both(self.ends, other.ends),
            lengths: both(self.lengths, other.lengths),
        }
    }

    /// How much `points` has in common with a range of this node at most; of a single range, exactly. `None` where it
    /// shares a character with none.
    fn bound(self, points: Span<CodePoints>) -> Option<Alikeness> {
        let (start, end) = (points.start.0, points.end.0);
        if points.is_empty() {
            let holds = |(smallest, largest): (u32, u32)| smallest <= start && start <= largest;
            let may_be = holds(self.starts) && holds(self.ends) && self.lengths.0 == 0;
            return may_be.then(|| Alikeness::new(1, 1));
        }
        let shared = end.min(self.ends.1).saturating_sub(start.max(self.starts.0)).min(self.lengths.1);
        let united = end.max(self.ends.0).saturating_sub(start.min(self.starts.1));
        let united = united.max(points.len()).max(self.lengths.0);
        (shared > 0).then(|| Alikeness::new(shared, united))
    }
}

/// The most alike so far, and where it stands.
pub(super) type Best = Option<(Alikeness, usize)>;

impl Tree {
    /// The tree of `ranges`; a `None` holds its place and is not found.
    pub(super) fn new(ranges: impl ExactSizeIterator<Item = Option<Span<CodePoints>>>) -> Self {
        let leaves = ranges.len().next_power_of_two();
        let mut nodes = vec![EMPTY; 2 * leaves];
        for (range, leaf) in ranges.zip(nodes.iter_mut().skip(leaves)) {
            *leaf = range.map_or(EMPTY, Node::of);
        }
        let mut tree = Tree { nodes };
        for node in (1..leaves).rev() {
            tree.update(node);
        }
        tree
    }

    fn leaves(&self) -> usize {
        self.nodes.len() / 2
    }

    fn node(&self, node: usize) -> Node {
        self.nodes.get(node).copied().unwrap_or(EMPTY)
    }

    fn update(&mut self, node: usize) {
        let both = self.node(2 * node).and(self.node(2 * node + 1));
        if let Some(inner) = self.nodes.get_mut(node) {
            *inner = both;
        }
    }

    /// Takes the range at `index` out, so that it is not found any more.
    pub(super) fn remove(&mut self, index: usize) {
        let mut node = self.leaves() + index;
        if let Some(leaf) = self.nodes.get_mut(node) {
            *leaf = EMPTY;
        }
        while node > 1 {
            node /= 2;
            self.update(node);
        }
    }

    /// Of the ranges in `within` that can be found and share a character with `points`, the one that has most in common
    /// with it, and how much; on a tie the first. `known` where none is better than that.
    pub(super) fn most_alike(&self, points: Span<CodePoints>, within: Range<usize>, known: Best) -> Best {
        let search = Search { tree: self, points, within };
        let mut best = known;
        if let Some(bound) = self.node(1).bound(points) {
            search.descend(1, 0..self.leaves(), bound, &mut best);
        }
        best
    }
}

struct Search<'t> {
    tree: &'t Tree,
    points: Span<CodePoints>,
    within: Range<usize>,
}

impl Search<'_> {
    /// Looks through the branch at `node`, whose leaves are those of `span`, if something in it may be better than
    /// `best`. No deeper than the tree, which is the logarithm of its size.
    fn descend(&self, node: usize, span: Range<usize>, bound: Alikeness, best: &mut Best) {
        #[cfg(test)]
        steps::count();
        let first = span.start.max(self.within.start);
        let is_better =
            |(known, at): (Alikeness, usize)| bound.cmp(known).then(at.cmp(&first)) == Ordering::Greater;
        if first >= span.end.min(self.within.end) || !best.is_none_or(is_better) {
            return;
        }
        if node >= self.tree.leaves() {
            *best = Some((bound, span.start));
            return;
        }
        let middle = span.start + span.len() / 2;
        let branch = |node: usize, span: Range<usize>| {
            self.tree.node(node).bound(self.points).map(|bound| (node, span, bound))
        };
        let mut branches = [branch(2 * node, span.start..middle), branch(2 * node + 1, middle..span.end)];
        if let [Some((.., left)), Some((.., right))] = &branches
            && right.cmp(*left) == Ordering::Greater
        {
            branches.reverse();
        }
        for (node, span, bound) in branches.into_iter().flatten() {
            self.descend(node, span, bound, best);
        }
    }
}

/// How many nodes were looked at, since time says nothing on a busy machine.
#[cfg(test)]
pub(super) mod steps {
    use std::cell::Cell;

    thread_local! {
        static TAKEN: Cell<u64> = const { Cell::new(0) };
    }

    pub(super) fn count() {
        TAKEN.set(TAKEN.get() + 1);
    }

    /// Those since this was asked last.
    pub(in crate::logic::align) fn taken() -> u64 {
        TAKEN.replace(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn overlap(a: Span<CodePoints>, b: Span<CodePoints>) -> Option<Alikeness> {
        Node::of(b).bound(a)
    }

    proptest! {
        #[test]
        fn most_alike_is_the_best_of_all(
            ranges in prop::collection::vec((0..40_u32, 0..12_u32, any::<bool>()), 0..70),
            (start, length) in (0..40_u32, 0..16_u32),
            within in (0..80_usize, 0..80_usize),
        ) {
            let spans: Vec<_> = ranges.iter().map(|(start, length, _)| Span::points(*start, start + length)).collect();
            let mut tree = Tree::new(spans.iter().copied().map(Some));
            for (index, _) in ranges.iter().enumerate().filter(|(_, (.., removed))| *removed) {
                tree.remove(index);
            }
            let points = Span::points(start, start + length);
            let mut expected: Best = None;
            for (index, (.., removed)) in ranges.iter().enumerate() {
                let is_in = (within.0..within.1).contains(&index) && !removed;
                let Some(found) = overlap(points, spans[index]).filter(|_| is_in) else { continue };
                if expected.is_none_or(|(known, _)| found.cmp(known) == Ordering::Greater) {
                    expected = Some((found, index));
                }
            }
            let found = tree.most_alike(points, within.0..within.1, None);
            prop_assert_eq!(found.map(|(_, at)| at), expected.map(|(_, at)| at));
        }
    }
}
