//! Where the sign of a difference stands over a text.
//!
//! Belongs here: which segment bears which signs. Does not belong here: what a sign looks like (the style sheet), which
//! findings have one.
//!
//! A sign is a background of a segment, so that no text moves for it; what is wider than its segment is cut off. So it
//! goes where there is room for it.

use super::overlay::{Overlay, OverlaySegment};
use super::sort::sort_by_key;
use std::collections::HashMap;
use std::hash::Hash;

/// The room that a sign takes, in letters.
const SIGN: usize = 2;

/// For each segment, by its index, the signs that stand at its start, one after the other, after as many others as `taken`
/// says. `of_mark` names what a mark is a sign of, by the mark's index; `None` for marks without a sign. Each sign stands once: on the first segment of
/// its marks that has room for it beside those already there, else on the first of all. One whose marks are all of
/// length zero stands on the piece after the first of them, or before it at the end of the text.
pub fn signs<S: Copy + Eq + Hash>(
    text: &str,
    overlay: &Overlay,
    taken: impl Fn(usize) -> usize,
    of_mark: impl Fn(u32) -> Option<S>,
) -> HashMap<usize, Vec<S>> {
    let mut segments_of: HashMap<S, Vec<usize>> = HashMap::new();
    let mut order: Vec<S> = Vec::new();
    let mut note = |sign: S, segment: usize| {
        let segments = segments_of.entry(sign).or_default();
        if segments.is_empty() {
            order.push(sign);
        }
        if segments.last() != Some(&segment) {
            segments.push(segment);
        }
    };
    for (at, segment) in overlay.segments.iter().enumerate() {
        for &mark in overlay.marks.get(segment.marks.clone()).unwrap_or_default() {
            if let Some(sign) = of_mark(mark) {
                note(sign, at);
            }
        }
    }
    for caret in &overlay.carets {
        let half = if caret.after.as_range().is_empty() { caret.before } else { caret.after };
        let at = overlay.segments.partition_point(|segment| segment.bytes.start < half.start);
        if let Some(sign) = of_mark(caret.mark) {
            note(sign, at);
        }
    }
    // Signs of carets come last above; each goes where it stands in the text.
    sort_by_key(&mut order, |sign| segments_of.get(sign).and_then(|segments| segments.first().copied()));
    let mut placed: HashMap<usize, Vec<S>> = HashMap::new();
    for sign in order {
        let segments = segments_of.get(&sign).map(Vec::as_slice).unwrap_or_default();
        let has_room = |at: &usize| {
            let taken = taken(*at) + placed.get(at).map_or(0, Vec::len);
            overlay.segments.get(*at).is_some_and(|segment| holds(text, segment, SIGN * (taken + 1)))
        };
        let Some(&at) = segments.iter().find(|at| has_room(at)).or(segments.first()) else { continue };
        placed.entry(at).or_default().push(sign);
    }
    placed
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
