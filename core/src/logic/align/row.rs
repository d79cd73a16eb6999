//! A row: the marks of one tier in one part, ready to be searched for the one most like another mark.
//!
//! Belongs here: the search, with labels. Not here: how alike two marks are (`likeness`), how a search among many passes
//! most of them over (`tree`), who is paired with whom (`pair`).

use super::Mark;
use super::likeness::Alikeness;
use super::tree::{Best, Tree};
use crate::logic::sort::sorted_places;
use smallvec::SmallVec;
use std::cmp::Ordering;

/// How many marks are looked at one by one. Most parts have fewer of each tier, and there are as many rows as parts.
const FEW: usize = 16;

/// The marks of one tier in one part, sorted by start, end and label, of which some can be found.
pub(super) struct Row<'m> {
    pub(super) marks: &'m [Mark],
    /// Whether each can be found.
    is_in: SmallVec<[bool; FEW]>,
    /// Made only where there are more than a few.
    many: Option<Box<Many>>,
}

/// What makes a search among many fast.
struct Many {
    /// The marks in their order.
    all: Tree,
    /// The marks by label, then in their order, since one with an equal label may be the most alike however little it
    /// shares.
    by_label: Tree,
    /// The index of each mark of `by_label`.
    order: Vec<usize>,
    /// The place in `by_label` of each mark.
    places: Vec<usize>,
}

impl<'m> Row<'m> {
    /// The row of all `marks`, of which those can be found that `is_in` lets through.
    pub(super) fn new(marks: &'m [Mark], is_in: impl Fn(usize, &Mark) -> bool) -> Self {
        let is_in: SmallVec<[bool; FEW]> =
            marks.iter().enumerate().map(|(index, mark)| is_in(index, mark)).collect();
        let many = (marks.len() > FEW).then(|| Box::new(Many::new(marks, &is_in)));
        Row { marks, is_in, many }
    }

    /// Whether the mark at `index` can be found.
    pub(super) fn has(&self, index: usize) -> bool {
        self.is_in.get(index) == Some(&true)
    }

    /// Takes the mark at `index` out, so that it is not found any more.
    pub(super) fn remove(&mut self, index: usize) {
        if let Some(is_in) = self.is_in.get_mut(index) {
            *is_in = false;
        }
        if let Some(many) = &mut self.many {
            many.remove(index);
        }
    }

    /// Of the marks that can be found and share a character with `mark`, the most alike; on a tie the first. With
    /// `only_its_label` those with another label are passed over.
    pub(super) fn most_alike(&self, mark: &Mark, only_its_label: bool) -> Option<usize> {
        match &self.many {
            Some(many) => many.most_alike(self.marks, mark, only_its_label),
            None => self.most_alike_of_few(mark, only_its_label),
        }
    }

    fn most_alike_of_few(&self, mark: &Mark, only_its_label: bool) -> Option<usize> {
        let mut best: Best = None;
        for (index, other) in self.marks.iter().enumerate().filter(|(index, _)| self.has(*index)) {
            let Some(alike) = overlap(mark, other) else { continue };
            let found = match other.label == mark.label {
                true => alike.with_equal_labels(),
                false if only_its_label => continue,
                false => alike,
            };
            if best.is_none_or(|(known, _)| found.cmp(known) == Ordering::Greater) {
                best = Some((found, index));
            }
        }
        best.map(|(_, index)| index)
    }
}

impl Many {
    fn new(marks: &[Mark], is_in: &[bool]) -> Self {
        let points = |index: usize| {
            marks.get(index).filter(|_| is_in.get(index) == Some(&true)).map(|mark| mark.points)
        };
        let label = |index: usize| marks.get(index).and_then(|mark| mark.label.as_ref());
        let order = sorted_places(marks.len(), |a, b| label(a).cmp(&label(b)));
        let mut places = vec![0; marks.len()];
        for (place, index) in order.iter().enumerate() {
            if let Some(slot) = places.get_mut(*index) {
                *slot = place;
            }
        }
        Many {
            all: Tree::new((0..marks.len()).map(points)),
            by_label: Tree::new(order.iter().map(|index| points(*index))),
            order,
            places,
        }
    }

    fn remove(&mut self, index: usize) {
        self.all.remove(index);
        if let Some(place) = self.places.get(index) {
            self.by_label.remove(*place);
        }
    }

    fn most_alike(&self, marks: &[Mark], mark: &Mark, only_its_label: bool) -> Option<usize> {
        let label = |index: &usize| marks.get(*index).and_then(|mark| mark.label.as_ref());
        let wanted = mark.label.as_ref();
        let start = self.order.partition_point(|index| label(index) < wanted);
        let end = self.order.partition_point(|index| label(index) <= wanted);
        let found = self.by_label.most_alike(mark.points, start..end, None);
        let with_its_label =
            found.and_then(|(alike, place)| Some((alike.with_equal_labels(), *self.order.get(place)?)));
        let best = match only_its_label {
            true => with_its_label,
            // Where this would find one with its label, the other is at least as alike.
            false => self.all.most_alike(mark.points, 0..marks.len(), with_its_label),
        };
        best.map(|(_, index)| index)
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
    Some(if a.is_empty() { Alikeness::new(1, 1) } else { Alikeness::new(shared, united) })
}
