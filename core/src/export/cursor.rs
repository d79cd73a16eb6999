//! Walks a JSON text that is known to be valid. Belongs here: where values begin and end. Does not belong here: what
//! they mean. On a text that is not valid it gives wrong values, never a panic and never an endless loop.

use super::scan::Scan;
use super::unescape::RawString;
use crate::domain::{Json, Shape, Source};
use memchr::memchr2;

/// A place in a valid JSON text.
#[derive(Clone, Debug)]
pub(super) struct Cursor<'a> {
    text: &'a str,
    at: usize,
    /// Where `text` begins in the export, in bytes.
    base: u64,
}

/// One value, as sent.
#[derive(Clone, Copy, Debug)]
pub(super) struct Value<'a> {
    /// Its text, white space around it left out.
    pub(super) text: &'a str,
    /// Where it begins in the export, in bytes.
    pub(super) start: u64,
    /// Whether it is a string with an escape in it.
    escaped: bool,
}

impl<'a> Cursor<'a> {
    /// Stands before the value that `text` holds and that begins at `base` in the export.
    pub(super) const fn new(text: &'a str, base: u64) -> Self {
        Cursor { text, at: 0, base }
    }

    /// Steps into the object or array that comes next.
    pub(super) fn enter(&mut self) {
        if matches!(self.next_byte(), Some(b'{' | b'[')) {
            self.at += 1;
        }
    }

    /// Steps over the next key of the object and its colon; `None`, and over its end, where there is no more.
    pub(super) fn key(&mut self) -> Option<RawString<'a>> {
        if !self.item() {
            return None;
        }
        let key = self.value().string();
        if self.next_byte() == Some(b':') {
            self.at += 1;
        }
        key
    }

    /// Steps to the next value of the array; `false`, and over its end, where there is no more.
    pub(super) fn item(&mut self) -> bool {
        if self.next_byte() == Some(b',') {
            self.at += 1;
        }
        match self.next_byte() {
            None => false,
            Some(b']' | b'}') => {
                self.at += 1;
                false
            }
            Some(_) => true,
        }
    }

    /// Steps over the next value.
    pub(super) fn value(&mut self) -> Value<'a> {
        let first = self.next_byte();
        let start = self.at;
        let mut escaped = false;
        self.at = match first {
            Some(b'"') => self.string_end(&mut escaped),
            _ => {
                let rest = self.text.as_bytes().get(start..).unwrap_or_default();
                Scan::new().end(rest).map_or(self.text.len(), |len| start + len)
            }
        };
        Value {
            text: self.text.get(start..self.at).unwrap_or(""),
            start: self.base.saturating_add(start as u64),
            escaped,
        }
    }

    /// The index after the string that begins here.
    fn string_end(&self, escaped: &mut bool) -> usize {
        let bytes = self.text.as_bytes();
        let mut at = self.at + 1;
        while let Some(len) = bytes.get(at..).and_then(|rest| memchr2(b'"', b'\\', rest)) {
            at += len + 1;
            if bytes.get(at - 1) == Some(&b'"') {
                return at;
            }
            *escaped = true;
            at += 1;
        }
        bytes.len()
    }

    /// Skips white space and gives the byte after it.
    fn next_byte(&mut self) -> Option<u8> {
        let rest = self.text.as_bytes().get(self.at..)?;
        let space = rest.iter().position(|b| !matches!(b, b' ' | b'\n' | b'\t' | b'\r'))?;
        self.at += space;
        rest.get(space).copied()
    }
}

impl<'a> Value<'a> {
    /// The value that all of `text` is; it begins at `start` in the export.
    pub(super) fn whole(text: &'a str, start: u64) -> Self {
        Value { text, start, escaped: text.starts_with('"') && text.contains('\\') }
    }

    /// Which of the six types it is.
    pub(super) fn shape(&self) -> Shape {
        match self.text.as_bytes().first() {
            Some(b'{') => Shape::Object,
            Some(b'[') => Shape::Array,
            Some(b'"') => Shape::String,
            Some(b't' | b'f') => Shape::Bool,
            Some(b'n') | None => Shape::Null,
            Some(_) => Shape::Number,
        }
    }

    /// Where it stands in the export.
    pub(super) const fn source(&self) -> Source {
        Source { start: self.start, end: self.start.saturating_add(self.text.len() as u64) }
    }

    /// A cursor before it.
    pub(super) const fn cursor(&self) -> Cursor<'a> {
        Cursor::new(self.text, self.start)
    }

    /// Its inside, if it is a string.
    pub(super) fn string(&self) -> Option<RawString<'a>> {
        let inner = self.text.strip_prefix('"')?.strip_suffix('"')?;
        Some(RawString { inner, escaped: self.escaped })
    }

    /// It as a value of the domain.
    pub(super) fn json(&self) -> Json {
        Json::trusted(self.text)
    }
}
