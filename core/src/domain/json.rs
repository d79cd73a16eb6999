//! A JSON value kept as the text that was sent, so that keys keep their order and numbers their digits.

use super::{Shape, Text};

/// The text of one valid JSON value, white space around it removed.
///
/// Only `export` makes these from an export, after validation; everything that walks one may rely on its grammar.
#[derive(Clone, PartialEq, Eq)]
pub struct Json(Text);

impl Json {
    /// Takes `text` for what it is. The caller vouches that it is one valid JSON value; a wrong one gives wrong
    /// tokens, never a panic.
    pub fn trusted(text: &str) -> Self {
        Json(text.trim_matches([' ', '\t', '\n', '\r']).into())
    }

    /// The same for a text without white space around it.
    pub const fn trusted_text(text: Text) -> Self {
        Json(text)
    }

    /// The text as sent, with the page that it stands on.
    pub const fn text(&self) -> &Text {
        &self.0
    }

    /// The text as sent.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Which of the six types it is.
    pub fn shape(&self) -> Shape {
        match self.0.as_bytes().first() {
            Some(b'{') => Shape::Object,
            Some(b'[') => Shape::Array,
            Some(b'"') => Shape::String,
            Some(b't' | b'f') => Shape::Bool,
            Some(b'n') | None => Shape::Null,
            Some(_) => Shape::Number,
        }
    }

    /// Its tokens, white space left out.
    pub fn tokens(&self) -> Tokens<'_> {
        Tokens { text: &self.0, at: 0 }
    }
}

impl std::fmt::Debug for Json {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Json({})", &*self.0)
    }
}

/// One token of a JSON text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token<'a> {
    /// What it is.
    pub kind: TokenKind,
    /// Its text: a string with its quotes and escapes as sent.
    pub text: &'a str,
    /// Its first byte in the JSON text.
    pub start: usize,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// `{` or `[`.
    Open,
    /// `}` or `]`.
    Close,
    /// `:`.
    Colon,
    /// `,`.
    Comma,
    /// A string, be it a key or a value.
    String,
    /// A number, `true`, `false` or `null`.
    Scalar,
}

/// Iterates the tokens of a valid JSON text without recursion.
#[derive(Clone, Debug)]
pub struct Tokens<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        let bytes = self.text.as_bytes();
        let start = self.at
            + bytes.get(self.at..)?.iter().position(|b| !matches!(b, b' ' | b'\t' | b'\n' | b'\r'))?;
        let (kind, len) = match bytes[start] {
            b'{' | b'[' => (TokenKind::Open, 1),
            b'}' | b']' => (TokenKind::Close, 1),
            b':' => (TokenKind::Colon, 1),
            b',' => (TokenKind::Comma, 1),
            b'"' => (TokenKind::String, string_len(&bytes[start..])),
            _ => (TokenKind::Scalar, scalar_len(&bytes[start..])),
        };
        self.at = start + len;
        Some(Token { kind, text: self.text.get(start..self.at)?, start })
    }
}

/// Bytes of the string that `bytes` begins with, quotes included.
fn string_len(bytes: &[u8]) -> usize {
    let mut i = 1;
    while let Some(&b) = bytes.get(i) {
        i += 1;
        match b {
            b'"' => return i,
            b'\\' => i += 1,
            _ => {}
        }
    }
    bytes.len()
}

/// Bytes of the number or word that `bytes` begins with.
fn scalar_len(bytes: &[u8]) -> usize {
    let end =
        bytes.iter().position(|b| matches!(b, b',' | b':' | b'}' | b']' | b' ' | b'\t' | b'\n' | b'\r'));
    end.unwrap_or(bytes.len()).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_carry_their_text_and_place() {
        let json = Json::trusted(" {\"a\\\"b\" : [1.50e9, true,\n{} ]}\t");
        let tokens: Vec<_> = json.tokens().map(|token| token.text).collect();
        assert_eq!(tokens, ["{", r#""a\"b""#, ":", "[", "1.50e9", ",", "true", ",", "{", "}", "]", "}"]);
        assert!(json.tokens().all(|token| json.as_str()[token.start..].starts_with(token.text)));
        assert_eq!(json.shape(), Shape::Object);
    }
}
