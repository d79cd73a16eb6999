//! The strings of JSON: their characters, and the ways to escape them.

use std::ops::Range;

/// How strings are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Escapes {
    /// As sent.
    Sent,
    /// Only what JSON demands: quotes, backslashes and control characters, the latter by their short escape if there
    /// is one. Half of a surrogate pair, which has no character, stays an escape in lower case.
    Needed,
    /// As `Needed`, and everything but printable ASCII as `\u` and four lower-case digits, as Python writes by default.
    Ascii,
}

/// One character of a JSON string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Character {
    Scalar(char),
    /// Half of a surrogate pair without its other half.
    Half(u16),
}

/// A character's range in the text of its token.
pub(super) type Place = Range<usize>;

/// Where the characters of a string token stand in it, quotes and all.
pub(super) fn places(token: &str) -> impl Iterator<Item = Place> {
    characters(token).map(|(_, place)| place)
}

/// Writes a string token with its quotes.
pub(super) fn write_string(text: &mut String, token: &str, escapes: Escapes) {
    let is_written_so = match escapes {
        Escapes::Sent => true,
        Escapes::Needed => memchr::memchr(b'\\', token.as_bytes()).is_none(),
        Escapes::Ascii => token.bytes().all(|byte| matches!(byte, b' '..=b'~') && byte != b'\\'),
    };
    if is_written_so {
        text.push_str(token);
        return;
    }
    text.push('"');
    for (character, _) in characters(token) {
        match character {
            Character::Scalar(character) => write_character(text, character, escapes),
            Character::Half(half) => write_unit(text, half),
        }
    }
    text.push('"');
}

fn write_character(text: &mut String, character: char, escapes: Escapes) {
    match character {
        '"' => text.push_str("\\\""),
        '\\' => text.push_str("\\\\"),
        '\n' => text.push_str("\\n"),
        '\r' => text.push_str("\\r"),
        '\t' => text.push_str("\\t"),
        '\u{8}' => text.push_str("\\b"),
        '\u{c}' => text.push_str("\\f"),
        ' '..='~' => text.push(character),
        _ if character >= ' ' && escapes != Escapes::Ascii => text.push(character),
        _ => {
            for unit in character.encode_utf16(&mut [0; 2]) {
                write_unit(text, *unit);
            }
        }
    }
}

fn write_unit(text: &mut String, unit: u16) {
    text.push_str("\\u");
    for shift in [12, 8, 4, 0] {
        text.extend(char::from_digit(u32::from(unit >> shift) & 0xf, 16));
    }
}

/// The characters of a string token and their places. A wrong escape gives wrong characters, never a panic.
fn characters(token: &str) -> impl Iterator<Item = (Character, Place)> {
    let end = if token.len() > 1 && token.ends_with('"') { token.len() - 1 } else { token.len() };
    let mut at = 1;
    std::iter::from_fn(move || {
        let rest = token.get(at..end)?;
        let (character, length) = first_character(rest)?;
        let start = at;
        at += length;
        Some((character, start..at))
    })
}

/// The character that the inside of a string begins with, and how many bytes spell it.
fn first_character(rest: &str) -> Option<(Character, usize)> {
    let mut chars = rest.chars();
    let first = chars.next()?;
    if first != '\\' {
        return Some((Character::Scalar(first), first.len_utf8()));
    }
    let Some(kind) = chars.next() else { return Some((Character::Scalar(first), 1)) };
    let simple = match kind {
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'b' => '\u{8}',
        'f' => '\u{c}',
        'u' => return Some(escaped_unit(rest).unwrap_or((Character::Scalar('u'), 2))),
        other => other,
    };
    Some((Character::Scalar(simple), 1 + kind.len_utf8()))
}

/// What `\uXXXX`, or two of them that make a pair, stand for.
fn escaped_unit(rest: &str) -> Option<(Character, usize)> {
    let unit = unit_at(rest, 0)?;
    if let Some(scalar) = char::from_u32(u32::from(unit)) {
        return Some((Character::Scalar(scalar), 6));
    }
    let pair = unit_at(rest, 6).and_then(|low| char::decode_utf16([unit, low]).next()?.ok());
    Some(pair.map_or((Character::Half(unit), 6), |scalar| (Character::Scalar(scalar), 12)))
}

/// The unit that an escape at byte `at` spells.
fn unit_at(rest: &str, at: usize) -> Option<u16> {
    let digits = rest.get(at..at + 6)?.strip_prefix("\\u")?;
    u16::from_str_radix(digits, 16).ok()
}
