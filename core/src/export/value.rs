//! The values of one element: what stands where in it, found by its tape. Belongs here: going from a value to what it
//! holds, and to its text. On bytes that are no JSON it gives wrong values, never a panic and never an endless loop.

use super::tape::Node;
use super::unescape::RawString;
use crate::domain::{Shape, Source};

/// An element and its tape.
#[derive(Debug)]
pub(super) struct Element<'a> {
    /// Its values and keys, in the order of its text.
    pub(super) nodes: &'a [Node],
    /// Its text.
    pub(super) text: &'a str,
    /// Where `text` begins in the export, in bytes.
    pub(super) base: u64,
}

/// One value, as sent.
#[derive(Clone, Copy, Debug)]
pub(super) struct Value<'a> {
    element: &'a Element<'a>,
    index: usize,
}

impl Element<'_> {
    /// The value that the whole element is; null where its text is empty.
    pub(super) fn root(&self) -> Value<'_> {
        Value { element: self, index: 0 }
    }

    fn node(&self, index: usize) -> Node {
        self.nodes.get(index).copied().unwrap_or_default()
    }
}

impl<'a> Value<'a> {
    /// Its text, white space around it left out.
    pub(super) fn text(&self) -> &'a str {
        let node = self.element.node(self.index);
        self.element.text.get(node.start..node.end).unwrap_or("")
    }

    /// Which of the six types it is.
    pub(super) fn shape(&self) -> Shape {
        match self.element.text.as_bytes().get(self.element.node(self.index).start) {
            Some(b'{') => Shape::Object,
            Some(b'[') => Shape::Array,
            Some(b'"') => Shape::String,
            Some(b't' | b'f') => Shape::Bool,
            Some(b'n') | None => Shape::Null,
            Some(_) => Shape::Number,
        }
    }

    /// Where it stands in the export.
    pub(super) fn source(&self) -> Source {
        let (base, node) = (self.element.base, self.element.node(self.index));
        Source { start: base + node.start as u64, end: base + node.end as u64 }
    }

    /// Its inside, if it is a string.
    pub(super) fn string(&self) -> Option<RawString<'a>> {
        let node = self.element.node(self.index);
        if self.element.text.as_bytes().get(node.start) != Some(&b'"') {
            return None;
        }
        let inner = self.element.text.get(node.start + 1..node.end.saturating_sub(1))?;
        Some(RawString { inner, escaped: node.escaped })
    }

    /// Whether a string in it, or it itself, holds an escape.
    pub(super) fn has_escape(&self) -> bool {
        let after = self.element.node(self.index).after;
        self.element.nodes.get(self.index..after).unwrap_or_default().iter().any(|node| node.escaped)
    }

    /// The values that an array holds; keys and values by turns of an object.
    pub(super) fn items(&self) -> impl Iterator<Item = Value<'a>> + use<'a> {
        let element = self.element;
        let end = element.node(self.index).after.min(element.nodes.len());
        let mut next = self.index + 1;
        std::iter::from_fn(move || {
            let index = next;
            next = element.node(index).after.max(index + 1);
            (index < end).then_some(Value { element, index })
        })
    }

    /// The keys and values of an object.
    pub(super) fn fields(&self) -> impl Iterator<Item = (RawString<'a>, Value<'a>)> + use<'a> {
        let mut items = self.items();
        std::iter::from_fn(move || Some((items.next()?.string()?, items.next()?)))
    }
}
