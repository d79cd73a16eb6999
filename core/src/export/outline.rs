//! The grammar of the outermost levels: what may stand between elements, and what is said where something else does.

use super::error::ReadError;
use crate::domain::{SeededSet, Tier};

/// What may come next, white space aside.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Expect {
    /// The first byte of the document, or so many bytes of a byte-order mark already seen.
    #[default]
    ByteOrderMark,
    /// The root value.
    Root,
    /// More of a beginning that is no JSON object or array.
    Beginning,
    /// A key, or the end of the object.
    FirstKey,
    /// A key.
    Key,
    /// The colon after a key.
    Colon,
    /// The value after a colon.
    KeyedValue,
    /// A value of an array, or its end.
    FirstItem,
    /// A value of an array.
    Item,
    /// A comma, or the end of the object or array.
    Comma,
    /// Nothing more.
    End,
}

/// Which object or array is being cut into elements.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Level {
    #[default]
    Root,
    Conversations,
    Annotations,
    Tier(Tier),
}

impl Level {
    /// What closes the object or array.
    pub(super) const fn closing(self) -> u8 {
        if matches!(self, Level::Conversations) { b']' } else { b'}' }
    }
}

/// Keys of an object, in the order of their first appearance.
#[derive(Debug, Default)]
pub(super) struct MetKeys {
    /// All of them.
    pub(super) met: SeededSet<String>,
    /// The first few.
    pub(super) first: Vec<String>,
}

impl MetKeys {
    /// Adds a key; gives whether it was there already.
    pub(super) fn repeats(&mut self, key: &str) -> bool {
        const SHOWN: usize = 5;
        if self.met.contains(key) {
            return true;
        }
        self.met.insert(key.to_owned());
        if self.first.len() < SHOWN {
            self.first.push(key.to_owned());
        }
        false
    }
}

/// Whether a value may begin with `byte`, as far as what stands around it is concerned.
pub(super) const fn begins_value(byte: u8) -> bool {
    !matches!(byte, b',' | b':' | b']' | b'}')
}

/// Says what should have stood in the place of `byte`, where an object or array was open that `closing` closes.
pub(super) fn unexpected(expect: Expect, closing: u8, byte: u8, at: u64) -> ReadError {
    let closing = char::from(closing);
    match expect {
        Expect::FirstKey => not_expected("a key or }", byte, at),
        Expect::Key => not_expected("a key", byte, at),
        Expect::Colon => not_expected("a colon", byte, at),
        Expect::FirstItem => not_expected("a value or ]", byte, at),
        Expect::Comma => not_expected(&format!("a comma or {closing}"), byte, at),
        Expect::End => not_expected("the end of the document", byte, at),
        Expect::ByteOrderMark | Expect::Root | Expect::Beginning | Expect::KeyedValue | Expect::Item => {
            not_expected("a value", byte, at)
        }
    }
}

/// Says that `expected` should have stood in the place of `byte`.
pub(super) fn not_expected(expected: &str, byte: u8, at: u64) -> ReadError {
    let found = if byte.is_ascii_graphic() {
        format!("`{}`", char::from(byte))
    } else {
        format!("the byte 0x{byte:02X}")
    };
    ReadError::Syntax { at, message: format!("expected {expected}, found {found}") }
}
