//! What of a text can be left out where only some of it matters.
//!
//! Belongs here: the gaps between pieces that matter. Does not belong here: what matters, how a gap is shown.
//!
//! Invariants: a gap shares no character with a piece that matters, starts and ends on boundaries of grapheme clusters,
//! and is long enough that leaving it out saves more than the line that says so.

use super::segments::Clusters;
use super::sort::sort;
use crate::domain::{Span, Utf8Bytes};

/// How many characters stay around a piece that matters: a few lines.
const CONTEXT: usize = 200;

/// How much further a gap may begin or end so as to do so between lines, or words, in characters.
const TO_A_LINE: usize = 120;
const TO_A_WORD: usize = 40;

/// The shortest gap, in characters.
pub const LEAST_GAP: usize = 400;

/// A piece that is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// Which piece.
    pub bytes: Span<Utf8Bytes>,
    /// How many characters (code points) it has.
    pub characters: usize,
}

/// The gaps in `text` around the pieces that matter, ascending. `matters` may be in any order and may overlap.
pub fn gaps(text: &str, matters: &[Span<Utf8Bytes>]) -> Vec<Gap> {
    let mut matters: Vec<(usize, usize)> = matters
        .iter()
        .map(|span| (span.start.0 as usize, span.end.0 as usize))
        .map(|(start, end)| (text.floor_char_boundary(start), text.ceil_char_boundary(end)))
        .collect();
    sort(&mut matters);
    let mut clusters = Clusters::new(text);
    let mut gaps = Vec::new();
    let mut before = None;
    for next in matters.into_iter().map(Some).chain([None]) {
        let from = before.map_or(0, |end| context_after(text, end));
        let to = next.map_or(text.len(), |(start, _)| context_before(text, start));
        if let Some(gap) = (from < to).then(|| gap(text, &mut clusters, from, to)).flatten() {
            gaps.push(gap);
        }
        before = before.max(next.map(|(_, end)| end));
    }
    gaps
}

/// The gap between two places, if it is long enough.
fn gap(text: &str, clusters: &mut Clusters<'_>, from: usize, to: usize) -> Option<Gap> {
    let (_, start) = clusters.around(from);
    let (end, _) = clusters.around(to.max(start));
    let characters = text.get(start..end)?.chars().count();
    let narrow = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    let bytes = Span::bytes(narrow(start), narrow(end));
    (characters >= LEAST_GAP).then_some(Gap { bytes, characters })
}

/// Where what follows `end` stops being context: after a line, else after a word, else where the characters are counted.
fn context_after(text: &str, end: usize) -> usize {
    let after = text.get(end..).unwrap_or_default();
    let Some((counted, _)) = after.char_indices().nth(CONTEXT) else { return text.len() };
    let rest = after.get(counted..).unwrap_or_default();
    let stop = |within: usize, stops: fn(char) -> bool| {
        rest.char_indices().take(within).find(|&(_, c)| stops(c)).map(|(at, c)| at + c.len_utf8())
    };
    let more = stop(TO_A_LINE, |c| c == '\n').or_else(|| stop(TO_A_WORD, char::is_whitespace)).unwrap_or(0);
    end + counted + more
}

/// Where the context of what begins at `start` begins.
fn context_before(text: &str, start: usize) -> usize {
    let before = text.get(..start).unwrap_or_default();
    let Some((counted, _)) = before.char_indices().nth_back(CONTEXT - 1) else { return 0 };
    let rest = before.get(..counted).unwrap_or_default();
    let stop = |within: usize, stops: fn(char) -> bool| {
        rest.char_indices().rev().take(within).find(|&(_, c)| stops(c)).map(|(at, c)| at + c.len_utf8())
    };
    stop(TO_A_LINE, |c| c == '\n').or_else(|| stop(TO_A_WORD, char::is_whitespace)).unwrap_or(counted)
}
