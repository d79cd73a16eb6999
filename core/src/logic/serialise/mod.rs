//! The JSON of a tool part as text, in the ways in which systems write JSON.
//!
//! Belongs here: writing the tokens of one [`Json`] in a [`Style`], and carrying a range of characters from one style
//! to another. Does not belong here: which style an annotation means (`place`).
//!
//! Invariants: keys stay in the order sent and numbers in their digits, since tokens are copied, never parsed; all
//! styles of one value have the same tokens in the same order; nothing recurses; no text is more than
//! [`GROWTH`] times as long as what was sent.

mod strings;
mod translate;

pub use strings::Escapes;
pub use translate::{Laid, translate};

use crate::domain::{Json, Part, PartText, Span, TokenKind, Utf8Bytes};
use std::borrow::Cow;

/// Indented text that would be longer than this many times the text sent, plus [`SLACK`], is not made: nesting that
/// no tool writes could otherwise fill the memory with spaces.
pub const GROWTH: usize = 16;
/// Bytes that indenting may always add.
pub const SLACK: usize = 1 << 16;

/// What stands between tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// The white space that was sent.
    Sent,
    /// Nothing.
    Compact,
    /// One space after each comma and colon, as Python writes by default.
    Spaced,
    /// A line for each entry, indented by this many spaces a level; one space after a colon. An empty object or
    /// array stays on one line.
    Indented(u8),
}

/// A way to write JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// What stands between tokens.
    pub layout: Layout,
    /// How strings are written.
    pub escapes: Escapes,
}

impl Style {
    /// The style that tool parts are shown and counted in: indented by two, characters written as themselves
    /// wherever JSON allows it (what serde_json's `to_string_pretty` and Python's `indent=2, ensure_ascii=False`
    /// write).
    pub const SHOWN: Style = Style { layout: Layout::Indented(2), escapes: Escapes::Needed };

    /// The other styles that offsets may have been counted in, in the order in which they are tried.
    pub const OTHERS: [Style; 10] = [
        Style { layout: Layout::Sent, escapes: Escapes::Sent },
        Style { layout: Layout::Sent, escapes: Escapes::Ascii },
        Style { layout: Layout::Sent, escapes: Escapes::Needed },
        Style { layout: Layout::Compact, escapes: Escapes::Ascii },
        Style { layout: Layout::Compact, escapes: Escapes::Needed },
        Style { layout: Layout::Spaced, escapes: Escapes::Ascii },
        Style { layout: Layout::Spaced, escapes: Escapes::Needed },
        Style { layout: Layout::Indented(4), escapes: Escapes::Ascii },
        Style { layout: Layout::Indented(4), escapes: Escapes::Needed },
        Style { layout: Layout::Indented(2), escapes: Escapes::Ascii },
    ];
}

/// A JSON value as text, and where its tokens stand in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Serialised {
    /// The text.
    pub text: String,
    /// Each token's range in the text, in order; punctuation and scalars count as tokens, white space does not.
    pub tokens: Vec<Span<Utf8Bytes>>,
}

impl Serialised {
    /// `json` in the style that tool parts are shown in, or as it was sent where that would be too long.
    pub fn shown(json: &Json) -> Self {
        let sent = || Serialised::new(json, Style { layout: Layout::Sent, escapes: Escapes::Sent });
        Serialised::new(json, Style::SHOWN)
            .or_else(sent)
            .unwrap_or(Serialised { text: json.as_str().to_owned(), tokens: Vec::new() })
    }

    /// `json` in `style`; `None` where indenting would make it too long.
    pub fn new(json: &Json, style: Style) -> Option<Self> {
        let mut tokens = Vec::new();
        let text = write(json, style, |start, end| {
            tokens.push(Span::bytes(narrow(start), narrow(end)));
        })?;
        Some(Serialised { text, tokens })
    }

    /// To be translated from or to.
    pub fn laid(&self) -> Laid<'_> {
        Laid { text: &self.text, tokens: &self.tokens }
    }
}

/// The text that annotations of a part are anchored in, that is shown and that offsets count in: a string as sent, other
/// JSON indented by two ([`Style::SHOWN`]; as sent where that would be absurdly long). `None` for parts without one.
pub fn part_text(part: &Part) -> Option<Cow<'_, str>> {
    match part.text.as_ref()? {
        PartText::Verbatim(text) => Some(Cow::Borrowed(text)),
        PartText::Json(json) => {
            let shown = write(json, Style::SHOWN, |_, _| {});
            Some(shown.map_or(Cow::Borrowed(json.as_str()), Cow::Owned))
        }
    }
}

/// Writes `json` in `style`, and tells the range of each token as it is written.
fn write(json: &Json, style: Style, mut token_written: impl FnMut(usize, usize)) -> Option<String> {
    let sent = json.as_str();
    let most = sent.len().saturating_mul(GROWTH).saturating_add(SLACK);
    let mut text = String::with_capacity(sent.len());
    let mut previous = None;
    let mut previous_end = 0;
    let mut depth: usize = 0;
    for token in json.tokens() {
        if token.kind == TokenKind::Close {
            depth = depth.saturating_sub(1);
        }
        match style.layout {
            Layout::Sent => text.push_str(sent.get(previous_end..token.start).unwrap_or_default()),
            Layout::Compact => {}
            Layout::Spaced => {
                if matches!(previous, Some(TokenKind::Comma | TokenKind::Colon)) {
                    text.push(' ');
                }
            }
            Layout::Indented(width) => write_gap(&mut text, previous, token.kind, depth * usize::from(width)),
        }
        if token.kind == TokenKind::Open {
            depth += 1;
        }
        let start = text.len();
        if token.kind == TokenKind::String {
            strings::write_string(&mut text, token.text, style.escapes);
        } else {
            text.push_str(token.text);
        }
        token_written(start, text.len());
        if text.len() > most {
            return None;
        }
        previous = Some(token.kind);
        previous_end = token.start + token.text.len();
    }
    Some(text)
}

/// Writes what stands before a token of indented JSON.
fn write_gap(text: &mut String, previous: Option<TokenKind>, kind: TokenKind, indentation: usize) {
    let on_new_line = match (previous, kind) {
        (Some(TokenKind::Open), _) => kind != TokenKind::Close,
        (Some(TokenKind::Comma), _) | (Some(_), TokenKind::Close) => true,
        _ => false,
    };
    if on_new_line {
        text.push('\n');
        text.extend(std::iter::repeat_n(' ', indentation));
    } else if previous == Some(TokenKind::Colon) {
        text.push(' ');
    }
}

/// A length as the 32 bits that offsets are kept in.
fn narrow(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
