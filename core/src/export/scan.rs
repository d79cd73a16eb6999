//! Finds where a key or a value ends, without looking at its grammar. Belongs here: string, escape and depth, and
//! nothing more; whether the bytes between are JSON is for serde_json to say.

use memchr::memchr2;

/// Where in a key or value the bytes seen so far end.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scan {
    place: Place,
    /// Brackets open, of either kind.
    depth: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// Before the first byte.
    Start,
    /// In a number or word that is the whole value.
    Scalar,
    /// In brackets, outside strings.
    Brackets,
    /// In a string.
    String,
    /// In a string, after a backslash.
    Escape,
}

impl Scan {
    /// Stands before the first byte of a key or value.
    pub(super) const fn new() -> Self {
        Scan { place: Place::Start, depth: 0 }
    }

    /// Goes on through `bytes`; gives the index after the last byte of the key or value once that has been seen.
    ///
    /// Brackets are only counted. Where they do not match, what is cut is no JSON, and the check of it fails.
    pub(super) fn end(&mut self, bytes: &[u8]) -> Option<usize> {
        let mut at = 0;
        loop {
            at += match self.place {
                Place::Start => {
                    self.place = match bytes.get(at)? {
                        b'"' => Place::String,
                        b'{' | b'[' => {
                            self.depth = 1;
                            Place::Brackets
                        }
                        _ => Place::Scalar,
                    };
                    1
                }
                Place::Scalar => {
                    return bytes
                        .get(at..)?
                        .iter()
                        .position(|b| matches!(b, b',' | b']' | b'}' | b' ' | b'\n' | b'\t' | b'\r'))
                        .map(|len| at + len);
                }
                Place::Escape => {
                    bytes.get(at)?;
                    self.place = Place::String;
                    1
                }
                Place::String => {
                    let rest = bytes.get(at..)?;
                    let len = memchr2(b'"', b'\\', rest)?;
                    if rest.get(len) == Some(&b'\\') {
                        self.place = Place::Escape;
                    } else if self.depth == 0 {
                        return Some(at + len + 1);
                    } else {
                        self.place = Place::Brackets;
                    }
                    len + 1
                }
                Place::Brackets => {
                    let rest = bytes.get(at..)?;
                    let len = self.through_brackets(rest)?;
                    if self.depth == 0 {
                        return Some(at + len);
                    }
                    len
                }
            };
        }
    }

    /// Goes on to the next string or to the bracket that closes the value; gives how many bytes that took, or
    /// `None` where `bytes` end before.
    fn through_brackets(&mut self, bytes: &[u8]) -> Option<usize> {
        for (at, byte) in bytes.iter().enumerate() {
            match byte {
                b'"' => {
                    self.place = Place::String;
                    return Some(at + 1);
                }
                b'{' | b'[' => self.depth += 1,
                b'}' | b']' => {
                    self.depth -= 1;
                    if self.depth == 0 {
                        return Some(at + 1);
                    }
                }
                _ => {}
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_are_found_wherever_the_bytes_are_cut() {
        let cases = [
            ("{}", 2),
            (r#"{"a":"}\"]","b":[{}]},"#, 21),
            (r#""a\\\"b":"#, 8),
            ("12.5e3,", 6),
            ("true}", 4),
            ("[[1]] ", 5),
            (r#"{"a":1]"#, 7),
        ];
        for (text, expected) in cases {
            for cut in 0..=text.len() {
                let (first, second) = text.as_bytes().split_at(cut);
                let mut scan = Scan::new();
                let end = scan.end(first).or_else(|| scan.end(second).map(|end| cut + end));
                assert_eq!(end, Some(expected), "{text} cut at {cut}");
            }
        }
        assert_eq!(Scan::new().end(br#"{"a\"#), None);
    }
}
