//! A hit with a little of the text around it, on one line.

use crate::domain::{Span, Utf8Bytes};

/// How many characters of a hit are shown.
const HIT: usize = 160;

/// A hit and the text around it; white space between words is one space.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Context {
    /// What stands before it; begins with an ellipsis where more is left out.
    pub before: String,
    /// The hit; ends with an ellipsis where it is cut.
    pub hit: String,
    /// What stands after it; ends with an ellipsis where more is left out.
    pub after: String,
}

/// A range of a text with up to so many characters before and after it.
pub fn context(text: &str, bytes: Span<Utf8Bytes>, before: usize, after: usize) -> Context {
    let range = bytes.as_range();
    let head = text.get(..range.start).unwrap_or_default();
    let tail = text.get(range.end..).unwrap_or_default();
    let (hit, is_cut) = beginning(text.get(range).unwrap_or_default(), HIT);
    let (after, has_more_after) = beginning(tail, after);
    let start = head.char_indices().rev().take(before).last().map_or(head.len(), |(at, _)| at);
    let before = head.get(start..).unwrap_or_default();
    let mark = |is_cut: bool| if is_cut { "…" } else { "" };
    // What is left out at either end is parted from the rest where words are.
    let before = if start == 0 { before.trim_start() } else { from_next_word(before) };
    Context {
        before: format!("{}{}", mark(start > 0), on_one_line(before)),
        hit: format!("{}{}", on_one_line(hit), mark(is_cut)),
        after: format!(
            "{}{}",
            on_one_line(if has_more_after { after } else { after.trim_end() }),
            mark(has_more_after)
        ),
    }
}

/// The first characters of a text, and whether there are more.
fn beginning(text: &str, characters: usize) -> (&str, bool) {
    let end = text.char_indices().nth(characters).map(|(at, _)| at);
    (end.and_then(|end| text.get(..end)).unwrap_or(text), end.is_some())
}

/// A text from its first whole word on, if there is one not far away.
fn from_next_word(text: &str) -> &str {
    const FAR: usize = 16;
    let space = text.char_indices().take(FAR).find(|(_, c)| c.is_whitespace());
    space.and_then(|(at, _)| text.get(at..)).map_or(text, str::trim_start)
}

/// A text with each run of white space as one space.
fn on_one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for c in text.chars() {
        match c.is_whitespace() || c.is_control() {
            true if line.ends_with(' ') => {}
            true => line.push(' '),
            false => line.push(c),
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, start: u32, end: u32, expected: [&str; 3]) {
        let [before, hit, after] = expected.map(str::to_owned);
        assert_eq!(context(text, Span::bytes(start, end), 12, 12), Context { before, hit, after });
    }

    #[test]
    fn what_stands_around_is_cut_at_words_and_put_on_one_line() {
        check("the hit", 4, 7, ["the ", "hit", ""]);
        check("\n\n  hit  \n", 4, 7, ["", "hit", ""]);
        check("a long text before the hit, and one after", 23, 26, ["…before the ", "hit", ", and one af…"]);
        check("{\n  \"a\": 1\n}", 4, 7, ["{ ", "\"a\"", ": 1 }"]);
        check("ééééééééééééééhitéééééééééééééé", 28, 31, ["…éééééééééééé", "hit", "éééééééééééé…"]);
        check("two\nlines", 0, 9, ["", "two lines", ""]);
    }
}
