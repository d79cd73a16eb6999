//! The bytes of a blob: base64 or a data URL in a JSON string, decoded when a person asks for them.
//!
//! Belongs here: from the JSON string that [`crate::domain::Media::Blob`] points at to bytes. Does not belong here:
//! which field holds it (`media`), what is done with the bytes.

use super::unescape::unescape;

/// What a blob holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    /// The MIME type that a data URL names, in lower case; `None` where the content is plain base64.
    pub mime_type: Option<String>,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// The content in `json`, a JSON string with its quotes. Both alphabets of base64 are read, with or without padding;
/// white space in it is skipped. `None` where it is no string or not base64.
pub fn read_content(json: &str) -> Option<Content> {
    let inner = json.trim().strip_prefix('"')?.strip_suffix('"')?;
    let text = unescape(inner);
    let Some((head, data)) = data_url(&text) else {
        return Some(Content { mime_type: None, bytes: base64(text.bytes())? });
    };
    let mut words = head.split(';').map(str::trim);
    let mime_type = words.next().filter(|word| !word.is_empty()).map(str::to_ascii_lowercase);
    let unquoted = percent_decoded(data);
    let bytes = if words.any(|word| word.eq_ignore_ascii_case("base64")) {
        base64(unquoted.into_iter())?
    } else {
        unquoted
    };
    Some(Content { mime_type, bytes })
}

/// What stands before and after the comma of a data URL.
fn data_url(text: &str) -> Option<(&str, &str)> {
    let scheme = text.get(..5)?;
    if scheme.eq_ignore_ascii_case("data:") { text.get(5..)?.split_once(',') } else { None }
}

fn percent_decoded(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let pair = || Some((hex(*after.first()?)?, hex(*after.get(1)?)?));
        match (first, pair()) {
            (b'%', Some((high, low))) => {
                bytes.push(high << 4 | low);
                rest = after.get(2..).unwrap_or_default();
            }
            _ => {
                bytes.push(first);
                rest = after;
            }
        }
    }
    bytes
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

/// Decodes base64. `None` at a character that is not of it, and where a last character is left over that no byte can
/// be made of.
fn base64(text: impl Iterator<Item = u8>) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.size_hint().0 / 4 * 3);
    let (mut waiting, mut count) = (0u32, 0u32);
    let mut padded = false;
    for byte in text.filter(|byte| !byte.is_ascii_whitespace()) {
        padded |= byte == b'=';
        if padded && byte != b'=' {
            return None;
        }
        if padded {
            continue;
        }
        waiting = (waiting << 6 | u32::from(sextet(byte)?)) & 0xff_ffff;
        count += 1;
        if count == 4 {
            let [_, first, second, third] = waiting.to_be_bytes();
            bytes.extend([first, second, third]);
            (waiting, count) = (0, 0);
        }
    }
    match count {
        0 => {}
        2 => bytes.extend((waiting << 12).to_be_bytes().get(1..2)?),
        3 => bytes.extend((waiting << 6).to_be_bytes().get(1..3)?),
        _ => return None,
    }
    Some(bytes)
}

const fn sextet(byte: u8) -> Option<u8> {
    match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' | b'-' => Some(62),
        b'/' | b'_' => Some(63),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(json: &str) -> Option<(Option<String>, Vec<u8>)> {
        read_content(json).map(|content| (content.mime_type, content.bytes))
    }

    #[test]
    fn base64_and_data_urls_are_read() {
        let bytes = |text: &str| text.as_bytes().to_vec();
        let mime = |text: &str| Some(text.to_owned());
        let cases = [
            (r#""""#, Some((None, bytes("")))),
            (r#""Zg==""#, Some((None, bytes("f")))),
            (r#""Zg""#, Some((None, bytes("f")))),
            (r#""Zm8=""#, Some((None, bytes("fo")))),
            (r#""Zm9v""#, Some((None, bytes("foo")))),
            (r#""Zm9v\nYmFy\r\n""#, Some((None, bytes("foobar")))),
            (r#""\/\/8=""#, Some((None, vec![0xff, 0xff]))),
            (r#""__8=""#, Some((None, vec![0xff, 0xff]))),
            (r#""data:image/PNG;base64,Zm9v""#, Some((mime("image/png"), bytes("foo")))),
            (r#""DATA:image/png;name=x;Base64,Zm9v%3D""#, Some((mime("image/png"), bytes("foo")))),
            (r#""data:,a%20b%zz%""#, Some((None, bytes("a b%zz%")))),
            (r#""Z""#, None),
            (r#""Zm9vZ""#, None),
            (r#""Zg==Zg""#, None),
            (r#""[truncated]""#, None),
            (r#"17"#, None),
            (r#"""#, None),
            ("", None),
        ];
        for (json, expected) in cases {
            assert_eq!(read(json), expected, "{json}");
        }
    }

    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    fn encoded(bytes: &[u8]) -> String {
        let bits: Vec<u8> =
            bytes.iter().flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1)).collect();
        let letters = bits.chunks(6).map(|chunk| {
            let value = (0..6).fold(0, |value, at| value << 1 | chunk.get(at).copied().unwrap_or(0));
            char::from(ALPHABET[usize::from(value)])
        });
        letters.collect()
    }

    proptest! {
        #[test]
        fn what_was_encoded_comes_back(bytes in prop::collection::vec(any::<u8>(), 0..50)) {
            let json = format!("\"{}\"", encoded(&bytes));
            prop_assert_eq!(read_content(&json).map(|content| content.bytes), Some(bytes));
        }

        #[test]
        fn any_string_is_survived(text in "\\PC{0,40}") {
            let _ = read_content(&text);
            let _ = read_content(&format!("\"{text}\""));
        }
    }
}
