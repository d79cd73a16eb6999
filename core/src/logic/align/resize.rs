//! What was resized, in words: `+1 at the end, a space`.
//!
//! Belongs here: sentences about two ranges of one text. Not here: whether a finding is resized (`finding`).

use super::{Alignment, Finding, Mark};
use crate::domain::{Span, Utf8Bytes};
use crate::logic::direction::may_hold_rtl;

/// Characters of a quote before it is left out.
const LONGEST_QUOTE: usize = 24;

/// By what each neighbour of a resized finding differs from the one before, rejected marks left out: one entry for each two
/// neighbours with different ranges, with the earlier and the later mark. `text` is the part's text.
pub fn resize_in_words<'a>(
    alignment: &'a Alignment,
    finding: &Finding,
    text: &str,
) -> Vec<(&'a Mark, &'a Mark, String)> {
    let kept: Vec<&Mark> =
        finding.marks().filter_map(|mark| alignment.mark(mark)).filter(|mark| !mark.rejected).collect();
    kept.windows(2)
        .filter_map(|two| match two {
            [from, to] if from.points != to.points => Some((*from, *to, difference_in_words(from, to, text))),
            _ => None,
        })
        .collect()
}

/// By what the range of `to` differs from that of `from`: `+1 at the end, a space`, `−2 at the start; +7 at the end`,
/// `moved from 0–6 to 8–16`, `the same range`. Counted in code points. `text` is the text of the part of both.
pub fn difference_in_words(from: &Mark, to: &Mark, text: &str) -> String {
    let (old, new) = (from.points, to.points);
    if old == new {
        return "the same range".to_owned();
    }
    if !from.shares_with(to) {
        return format!("moved from {old} to {new}");
    }
    let at_start = edge(
        "start",
        old.start.0,
        new.start.0,
        slice(text, from.bytes.start, to.bytes.start),
        new.start < old.start,
    );
    let at_end =
        edge("end", old.end.0, new.end.0, slice(text, from.bytes.end, to.bytes.end), new.end > old.end);
    [at_start, at_end].into_iter().flatten().collect::<Vec<_>>().join("; ")
}

/// The text between two positions, in whichever order they are.
fn slice(text: &str, one: Utf8Bytes, other: Utf8Bytes) -> &str {
    let bytes = Span::bytes(one.0.min(other.0), one.0.max(other.0));
    text.get(bytes.as_range()).unwrap_or_default()
}

fn edge(which: &str, old: u32, new: u32, between: &str, grew: bool) -> Option<String> {
    let by = old.abs_diff(new);
    if by == 0 {
        return None;
    }
    let sign = if grew { '+' } else { '−' };
    let what = name_of(between).map_or(String::new(), |name| format!(", {name}"));
    Some(format!("{sign}{by} at the {which}{what}"))
}

/// What a person would call the characters; `None` where they are many.
fn name_of(text: &str) -> Option<String> {
    let mut characters = text.chars();
    let first = characters.next()?;
    if characters.next().is_none() {
        let name = match first {
            ' ' => "a space",
            '\u{a0}' => "a no-break space",
            '\n' | '\r' => "a line break",
            '\t' => "a tab",
            '.' => "a full stop",
            ',' => "a comma",
            ';' => "a semicolon",
            ':' => "a colon",
            '!' => "an exclamation mark",
            '?' => "a question mark",
            '-' => "a hyphen",
            '"' | '\'' | '“' | '”' | '‘' | '’' => "a quotation mark",
            '(' | ')' => "a parenthesis",
            _ if first.is_whitespace() => "white space",
            _ => return Some(quoted(text)),
        };
        return Some(name.to_owned());
    }
    if text.chars().all(char::is_whitespace) {
        return Some("white space".to_owned());
    }
    (text.chars().nth(LONGEST_QUOTE).is_none() && !text.contains(['\n', '\r'])).then(|| quoted(text))
}

/// Between quotation marks. What may run from right to left is isolated, so that the words around it stay in their order.
fn quoted(text: &str) -> String {
    if may_hold_rtl(text) { format!("“\u{2068}{text}\u{2069}”") } else { format!("“{text}”") }
}
