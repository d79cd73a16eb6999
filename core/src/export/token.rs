//! The tokens of JSON: where a string, a number or a word ends, and what is wrong with it. Belongs here: the grammar
//! of single tokens, as RFC 8259 has it. What may follow on what is for `tape`.

use super::scan::plain_until;

/// Why a token does not end where the bytes do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// The bytes end before it does; it has to be gone on with from this byte.
    More(usize),
    /// It is none.
    Wrong(Fault),
}

/// The first byte that is wrong, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    /// The byte.
    pub(super) at: usize,
    /// How.
    pub(super) wrong: Wrong,
}

/// What is wrong with a byte inside a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wrong {
    /// Another token than this one, or one that could come next, stands there.
    Token,
    /// A control character in a string.
    Control,
    /// No letter that may follow a backslash.
    Escape,
    /// No hexadecimal digit.
    HexDigit,
    /// No digit.
    Digit,
    /// No letter of `true`, `false` or `null`.
    Word,
}

impl Stop {
    /// A wrong byte.
    pub(super) const fn wrong(at: usize, wrong: Wrong) -> Self {
        Stop::Wrong(Fault { at, wrong })
    }
}

/// The index after the closing quote of the string whose inside goes on at `at`; notes in `escaped` if there is an
/// escape in it.
#[inline]
pub(super) fn string_end(bytes: &[u8], mut at: usize, escaped: &mut bool) -> Result<usize, Stop> {
    loop {
        at = plain_until(bytes, at);
        match bytes.get(at) {
            None => return Err(Stop::More(at)),
            Some(b'"') => return Ok(at + 1),
            Some(b'\\') => {
                *escaped = true;
                at = escape_end(bytes, at)?;
            }
            Some(_) => return Err(Stop::wrong(at, Wrong::Control)),
        }
    }
}

/// The index after the escape whose backslash is at `at`.
fn escape_end(bytes: &[u8], at: usize) -> Result<usize, Stop> {
    match bytes.get(at + 1) {
        None => return Err(Stop::More(at)),
        Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => return Ok(at + 2),
        Some(b'u') => {}
        Some(_) => return Err(Stop::wrong(at + 1, Wrong::Escape)),
    }
    for digit in at + 2..at + 6 {
        match bytes.get(digit) {
            None => return Err(Stop::More(at)),
            Some(byte) if byte.is_ascii_hexdigit() => {}
            Some(_) => return Err(Stop::wrong(digit, Wrong::HexDigit)),
        }
    }
    Ok(at + 6)
}

/// The index after the number that begins at `start`. The byte there shows that it has ended.
pub(super) fn number_end(bytes: &[u8], start: usize) -> Result<usize, Stop> {
    let mut at = start + usize::from(bytes.get(start) == Some(&b'-'));
    // No digit follows on a leading zero.
    at = if bytes.get(at) == Some(&b'0') { at + 1 } else { digits_end(bytes, start, at)? };
    if bytes.get(at) == Some(&b'.') {
        at = digits_end(bytes, start, at + 1)?;
    }
    if let Some(b'e' | b'E') = bytes.get(at) {
        at += 1;
        at += usize::from(matches!(bytes.get(at), Some(b'+' | b'-')));
        at = digits_end(bytes, start, at)?;
    }
    if at < bytes.len() { Ok(at) } else { Err(Stop::More(start)) }
}

/// The index after the digits, at least one, that stand at `at` in the number that begins at `start`.
fn digits_end(bytes: &[u8], start: usize, at: usize) -> Result<usize, Stop> {
    let rest = bytes.get(at..).unwrap_or_default();
    match rest.iter().position(|byte| !byte.is_ascii_digit()) {
        Some(0) => Err(Stop::wrong(at, Wrong::Digit)),
        Some(count) => Ok(at + count),
        None => Err(Stop::More(start)),
    }
}

/// The index after `true`, `false` or `null`, one of which begins at `start`.
pub(super) fn word_end(bytes: &[u8], start: usize) -> Result<usize, Stop> {
    let rest = bytes.get(start..).unwrap_or_default();
    let word: &[u8] = match rest.first() {
        Some(b't') => b"true",
        Some(b'f') => b"false",
        _ => b"null",
    };
    let same = rest.iter().zip(word).take_while(|(byte, letter)| byte == letter).count();
    match same {
        same if same == word.len() => Ok(start + same),
        same if same == rest.len() => Err(Stop::More(start)),
        same => Err(Stop::wrong(start + same, Wrong::Word)),
    }
}
