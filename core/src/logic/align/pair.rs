//! Pairs: which marks of two tiers are held to be the same.
//!
//! Belongs here: pairing the most alike first. Not here: how alike two marks are (`row`), what a pair means
//! (`finding`).

use super::Mark;
use super::row::Row;
use smallvec::SmallVec;

/// The pairs of two tiers in one part: for each mark of the earlier tier the index of its partner in the later. Empty
/// where a tier has no mark.
pub(super) type Partners = SmallVec<[Option<usize>; 8]>;

/// Pairs the marks of two tiers, each at most once, most alike first; ties go to the earlier mark of the earlier tier,
/// then of the later. Both are sorted by start, end and label and stand in the same part.
///
/// With `rejected_last`, marks that are not rejected are paired first, and what they leave is then paired with the
/// rejected ones; otherwise rejected marks are like any other.
pub(super) fn pair(earlier: &[Mark], later: &[Mark], rejected_last: bool) -> Partners {
    if earlier.is_empty() || later.is_empty() {
        return Partners::new();
    }
    let mut partners = [earlier, later].map(|marks| Partners::from_elem(None, marks.len()));
    let has_rejected = earlier.iter().chain(later).any(|mark| mark.rejected);
    if rejected_last && has_rejected {
        pair_among([earlier, later], &mut partners, |mark| !mark.rejected);
    }
    pair_among([earlier, later], &mut partners, |_| true);
    let [partners, _] = partners;
    partners
}

/// Pairs the marks that take part and have no partner yet. A mark is named by its side (0 earlier, 1 later) and its
/// index there.
///
/// Follows from each mark to the one that it would rather have than any other, and from there on, until two would
/// rather have each other: those are a pair. All pairs stand in one strict order, the same seen from either side, so
/// that each step along the way leads to a pair that is more alike, the way ends, and the result is that of taking the
/// most alike pair of all again and again, without ever listing them all.
fn pair_among(marks: [&[Mark]; 2], partners: &mut [Partners; 2], takes_part: impl Fn(&Mark) -> bool) {
    let row = |marks, partners: &Partners| {
        Row::new(marks, |index, mark| partners.get(index) == Some(&None) && takes_part(mark))
    };
    let [earlier, later] = marks;
    let [of_earlier, of_later] = &*partners;
    let mut rows = [row(earlier, of_earlier), row(later, of_later)];
    let mut way: Vec<(usize, usize)> = Vec::new();
    for first in 0..earlier.len() {
        if rows.first().is_some_and(|row| row.has(first)) {
            way.push((0, first));
        }
        while let Some(&(side, index)) = way.last() {
            let before = way.len().checked_sub(2).and_then(|at| way.get(at)).copied();
            match favourite(&rows, side, index) {
                None => {
                    way.pop();
                }
                Some(other) if before == Some((1 - side, other)) => {
                    for (side, index, other) in [(side, index, other), (1 - side, other, index)] {
                        if let (Some(row), Some(partners)) = (rows.get_mut(side), partners.get_mut(side)) {
                            row.remove(index);
                            partners.get_mut(index).into_iter().for_each(|partner| *partner = Some(other));
                        }
                    }
                    way.truncate(way.len() - 2);
                }
                Some(other) => way.push((1 - side, other)),
            }
        }
    }
}

/// The mark on the other side that a mark would rather have than any other that is free.
fn favourite(rows: &[Row<'_>; 2], side: usize, index: usize) -> Option<usize> {
    let mark = rows.get(side)?.marks.get(index)?;
    rows.get(1 - side)?.most_alike(mark, false)
}
