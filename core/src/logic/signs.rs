//! Where the sign of a difference stands over a text.
//!
//! Belongs here: which segment bears which signs. Does not belong here: what a sign looks like (the style sheet), which
//! findings have one.
//!
//! A sign is a background of a segment, so that no text moves for it; what is wider than its segment is cut off. So it
//! goes where there is room for it.

use super::overlay::{Overlay, OverlaySegment};
use super::sort::{sort_and_dedup, sort_by_key};
use smallvec::SmallVec;

/// The room that a sign takes, in letters.
const SIGN: usize = 2;

/// Signs on the segments of an overlay.
#[derive(Clone, Debug)]
pub struct Signs<S> {
    /// Each with the index of its segment, in the order of the segments.
    placed: Vec<(usize, S)>,
}

impl<S> Default for Signs<S> {
    fn default() -> Self {
        Signs { placed: Vec::new() }
    }
}

impl<S> Signs<S> {
    /// Those on the segment of this index, one after the other.
    pub fn on(&self, segment: usize) -> impl ExactSizeIterator<Item = &S> {
        let first = self.placed.partition_point(|(at, _)| *at < segment);
        let rest = self.placed.get(first..).unwrap_or_default();
        let count = rest.partition_point(|(at, _)| *at == segment);
        rest.get(..count).unwrap_or_default().iter().map(|(_, sign)| sign)
    }
}

/// The signs that stand at the start of each segment, one after the other, after as many others as `taken` says.
/// `of_mark` names what a mark is a sign of, by the mark's index; `None` for marks without a sign. Each sign stands once: on
/// the first segment of its marks that has room for it beside those already there, else on the first of all. One whose
/// marks are all of length zero stands on the piece after the first of them, or before it at the end of the text.
pub fn signs<S: Copy + Ord>(
    text: &str,
    overlay: &Overlay,
    taken: impl Fn(usize) -> usize,
    of_mark: impl Fn(u32) -> Option<S>,
) -> Signs<S> {
    let mut found = found(overlay, of_mark);
    // Signs of carets come last; each goes where it stands in the text.
    sort_by_key(&mut found, |(_, segments)| segments.first().copied());
    let mut counts = vec![0; overlay.segments.len()];
    let mut placed = Vec::with_capacity(found.len());
    for (sign, segments) in found {
        let has_room = |at: &&usize| {
            let taken = taken(**at) + counts.get(**at).copied().unwrap_or_default();
            overlay.segments.get(**at).is_some_and(|segment| holds(text, segment, SIGN * (taken + 1)))
        };
        let Some(&at) = segments.iter().find(has_room).or(segments.first()) else { continue };
        if let Some(count) = counts.get_mut(at) {
            *count += 1;
        }
        placed.push((at, sign));
    }
    sort_by_key(&mut placed, |(at, _)| *at);
    Signs { placed }
}

/// Indices of the segments that the marks of one sign cover.
type Covered = SmallVec<[usize; 4]>;

/// Every sign with the segments of its marks, those after which marks of length zero stand coming last; in the order in
/// which they are come upon.
fn found<S: Copy + Ord>(overlay: &Overlay, of_mark: impl Fn(u32) -> Option<S>) -> Vec<(S, Covered)> {
    let of_marks: Vec<Option<S>> = (0..overlay.mark_count()).map(of_mark).collect();
    let mut all: Vec<S> = of_marks.iter().copied().flatten().collect();
    sort_and_dedup(&mut all);
    let place = |sign: &Option<S>| all.binary_search(sign.as_ref()?).ok();
    let places: Vec<Option<usize>> = of_marks.iter().map(place).collect();
    let mut found: Vec<(S, Covered)> = Vec::with_capacity(all.len());
    // For each of `all`, which of those found it is.
    let mut numbers: Vec<Option<usize>> = vec![None; all.len()];
    let mut note = |mark: u32, segment: usize| {
        let Some(place) = places.get(mark as usize).copied().flatten() else { return };
        let (Some(sign), Some(number)) = (all.get(place), numbers.get_mut(place)) else { return };
        let number = *number.get_or_insert_with(|| {
            found.push((*sign, Covered::new()));
            found.len() - 1
        });
        if let Some((_, segments)) = found.get_mut(number)
            && segments.last() != Some(&segment)
        {
            segments.push(segment);
        }
    };
    for (at, segment) in overlay.segments.iter().enumerate() {
        overlay.covering(segment).iter().for_each(|mark| note(*mark, at));
    }
    for caret in &overlay.carets {
        let half = if caret.after.as_range().is_empty() { caret.before } else { caret.after };
        let at = overlay.segments.partition_point(|segment| segment.bytes.start < half.start);
        note(caret.mark, at);
    }
    found
}

/// Whether a segment is at least as wide as so many letters.
fn holds(text: &str, segment: &OverlaySegment, letters: usize) -> bool {
    let piece = text.get(segment.bytes.as_range()).unwrap_or_default();
    let mut width = 0;
    for character in piece.chars() {
        width += match character {
            // Ideographs, syllables and emoji are about as wide as two letters.
            '\u{2e80}'.. => 2,
            _ if character.is_alphanumeric() => 1,
            _ => 0,
        };
        if width >= letters {
            return true;
        }
    }
    false
}
