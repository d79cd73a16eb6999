//! From a range in one serialisation to the same characters in another.

use super::strings;
use crate::domain::{Span, Utf8Bytes};
use std::ops::Range;

/// A serialisation: its text and the ranges of its tokens.
#[derive(Clone, Copy, Debug)]
pub struct Laid<'a> {
    /// The text.
    pub text: &'a str,
    /// Each token's range, in order.
    pub tokens: &'a [Span<Utf8Bytes>],
}

/// Which end of a range a position is. A start moves on to the character that it precedes, an end back to the one
/// that it follows, so that white space and half-covered escapes at the edges translate well.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Edge {
    Start,
    End,
}

/// The range of `to` that holds what `range` (in bytes) holds of `from`, both being the same JSON value.
///
/// Inside a string, characters stand for themselves however they are escaped, and a cut escape counts as whole. White
/// space at the edges of the range is left out; a range of nothing but white space becomes all of the white space there.
/// `None` if the two are not the same value.
pub fn translate(range: Range<usize>, from: Laid<'_>, to: Laid<'_>) -> Option<Range<usize>> {
    if from.tokens.len() != to.tokens.len() {
        return None;
    }
    let after = from.tokens.partition_point(|token| token.end.0 as usize <= range.start);
    if range.is_empty() {
        let at = match from.tokens.get(after) {
            Some(_) => carry(range.start, Edge::Start, after, from, to)?,
            None => to.text.len(),
        };
        return Some(at..at);
    }
    let before = from.tokens.partition_point(|token| (token.start.0 as usize) < range.end).checked_sub(1)?;
    if before < after {
        let end_of_gap = to.tokens.get(after).map_or(to.text.len(), |token| token.start.0 as usize);
        return Some(to.tokens.get(before)?.end.0 as usize..end_of_gap);
    }
    let start = carry(range.start, Edge::Start, after, from, to)?;
    let end = carry(range.end, Edge::End, before, from, to)?;
    Some(start..end)
}

/// A position in or beside the token numbered `index`, in the other serialisation.
fn carry(at: usize, edge: Edge, index: usize, from: Laid<'_>, to: Laid<'_>) -> Option<usize> {
    let source = from.tokens.get(index)?.as_range();
    let target = to.tokens.get(index)?.as_range();
    if at <= source.start {
        return Some(target.start);
    }
    if at >= source.end {
        return Some(target.end);
    }
    let source_token = from.text.get(source.clone())?;
    let target_token = to.text.get(target.clone())?;
    let within = at - source.start;
    if source_token == target_token {
        return Some(target.start + within);
    }
    Some(target.start + carry_in_string(within, edge, source_token, target_token))
}

/// A position inside a string token, in the same string written otherwise.
fn carry_in_string(at: usize, edge: Edge, source: &str, target: &str) -> usize {
    for (source, target) in strings::places(source).zip(strings::places(target)) {
        if at <= source.start {
            return target.start;
        }
        if at < source.end {
            return if edge == Edge::Start { target.start } else { target.end };
        }
    }
    target.len().saturating_sub(1)
}
