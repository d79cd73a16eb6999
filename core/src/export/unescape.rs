//! The text of a JSON string. Belongs here: escapes and surrogate pairs of strings that are known to be valid.

use memchr::arch::all::is_equal;
use memchr::memchr;

/// The inside of a valid JSON string, as sent.
#[derive(Clone, Copy, Debug)]
pub(super) struct RawString<'a> {
    /// What stands between the quotes.
    pub(super) inner: &'a str,
    /// Whether an escape is among it.
    pub(super) escaped: bool,
}

impl RawString<'_> {
    /// Whether it is `text`, written without an escape.
    pub(super) fn is(&self, text: &str) -> bool {
        !self.escaped && is_equal(self.inner.as_bytes(), text.as_bytes())
    }
}

/// `inner`, the inside of a valid JSON string, decoded.
pub(super) fn unescape(inner: &str) -> String {
    let mut text = String::with_capacity(inner.len());
    unescape_onto(&mut text, inner);
    text
}

/// Appends `inner`, the inside of a valid JSON string, decoded. Whether half of a surrogate pair in it had to be read as
/// U+FFFD.
pub(super) fn unescape_onto(text: &mut String, inner: &str) -> bool {
    let mut lone_surrogate = false;
    let mut rest = inner;
    while let Some(at) = memchr(b'\\', rest.as_bytes()) {
        let (plain, escape) = rest.split_at(at);
        text.push_str(plain);
        let Escape { character, len } = escape_at(escape);
        lone_surrogate |= character.is_none();
        text.push(character.unwrap_or(char::REPLACEMENT_CHARACTER));
        rest = escape.get(len..).unwrap_or("");
    }
    text.push_str(rest);
    lone_surrogate
}

/// One escape: what it stands for (`None`: half of a surrogate pair), and its length in bytes.
struct Escape {
    character: Option<char>,
    len: usize,
}

/// Reads the escape that `escape` begins with.
fn escape_at(escape: &str) -> Escape {
    let character = match escape.as_bytes().get(1) {
        Some(b'u') => return unicode_escape(escape),
        Some(b'b') => '\u{8}',
        Some(b'f') => '\u{c}',
        Some(b'n') => '\n',
        Some(b'r') => '\r',
        Some(b't') => '\t',
        Some(&other) => char::from(other),
        None => char::REPLACEMENT_CHARACTER,
    };
    Escape { character: Some(character), len: 2 }
}

/// Reads `\uXXXX`, and the `\uXXXX` after it where both make one character.
fn unicode_escape(escape: &str) -> Escape {
    let first = code_unit(escape).unwrap_or(0xFFFD);
    if let Some(character) = char::from_u32(first) {
        return Escape { character: Some(character), len: 6 };
    }
    let pair = escape
        .get(6..)
        .and_then(code_unit)
        .filter(|low| first < 0xDC00 && (0xDC00..0xE000).contains(low))
        .and_then(|low| char::from_u32(0x10000 + ((first - 0xD800) << 10) + (low - 0xDC00)));
    match pair {
        Some(character) => Escape { character: Some(character), len: 12 },
        None => Escape { character: None, len: 6 },
    }
}

/// The number of the `\uXXXX` that `escape` begins with.
fn code_unit(escape: &str) -> Option<u32> {
    u32::from_str_radix(escape.strip_prefix("\\u")?.get(..4)?, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn halves_of_pairs_become_replacement_characters() {
        let cases = [
            (r"a\n\/\\\u00e9", "a\n/\\é", false),
            (r"\ud83d\udc8a", "💊", false),
            (r"\ud83d", "\u{FFFD}", true),
            (r"\udc8a\ud83d", "\u{FFFD}\u{FFFD}", true),
            (r"\ud83d\ud83d\udc8a", "\u{FFFD}💊", true),
            (r"\ud83dx", "\u{FFFD}x", true),
            (r"\ud83d\u0041", "\u{FFFD}A", true),
            (r"\uFFFD", "\u{FFFD}", false),
        ];
        for (inner, text, lone_surrogate) in cases {
            let mut decoded = String::from("é");
            assert_eq!(unescape_onto(&mut decoded, inner), lone_surrogate, "{inner}");
            assert_eq!(decoded, format!("é{text}"), "{inner}");
        }
    }

    proptest! {
        #[test]
        fn what_serde_json_writes_is_read_back(text in any::<String>()) {
            let json = serde_json::to_string(&text).unwrap();
            prop_assert_eq!(unescape(&json[1..json.len() - 1]), text);
        }
    }
}
