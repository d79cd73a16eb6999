//! Where the values of one element begin and end, found in one pass while its bytes arrive. Belongs here: strings,
//! escapes and brackets, and nothing more; whether the bytes between are JSON is for serde_json to say, what they
//! mean for the decoders. On bytes that are no JSON it gives wrong values, never a panic and never an endless loop.

use super::unescape::RawString;
use crate::domain::{Json, Shape, Source};
use memchr::memchr2;

/// The values and keys of one element, in the order of its text.
///
/// It finds the end of the element, and saves looking through each level of nesting anew for the end of what it
/// holds.
#[derive(Debug, Default)]
pub(super) struct Tape {
    nodes: Vec<Node>,
    place: Place,
    /// The innermost object or array that is open.
    holder: Option<usize>,
    /// Bytes of the element in earlier chunks.
    seen: usize,
}

/// A value or a key.
#[derive(Clone, Copy, Debug)]
struct Node {
    start: usize,
    end: usize,
    /// The node after this one and all that it holds; while it is open, the node that holds it.
    after: usize,
    /// Whether it is a string with an escape in it.
    escaped: bool,
}

/// Stands for no node.
const NONE: usize = usize::MAX;

/// What the bytes seen so far end in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Place {
    /// Nothing: a value may begin.
    #[default]
    Between,
    /// A number or word.
    Scalar,
    /// A string.
    String,
    /// A string, after a backslash.
    Escape,
}

/// An element and its tape.
#[derive(Debug)]
pub(super) struct Element<'a> {
    nodes: &'a [Node],
    text: &'a str,
    /// Where `text` begins in the export, in bytes.
    base: u64,
}

/// One value, as sent.
#[derive(Clone, Copy, Debug)]
pub(super) struct Value<'a> {
    element: &'a Element<'a>,
    index: usize,
}

impl Tape {
    /// Begins a new element.
    pub(super) fn clear(&mut self) {
        // What one huge element took is given back.
        const KEPT: usize = 1 << 16;
        self.nodes.clear();
        self.nodes.shrink_to(KEPT);
        self.place = Place::Between;
        self.holder = None;
        self.seen = 0;
    }

    /// Goes on through `bytes`, which begin with the element where it is new; gives the index after the last byte of
    /// the element once that has been seen.
    ///
    /// Brackets of both kinds count alike. Where they do not match, what is cut is no JSON, and the check of it fails.
    pub(super) fn read(&mut self, bytes: &[u8]) -> Option<usize> {
        let mut at = 0;
        while at < bytes.len() {
            at = match self.place {
                Place::Between => self.read_between(bytes, at),
                Place::Scalar => self.read_scalar(bytes, at),
                Place::String => self.read_string(bytes, at),
                Place::Escape => {
                    self.place = Place::String;
                    at + 1
                }
            };
            // A number or word ends before the byte that says so, anything else with its last byte.
            if self.place == Place::Between && self.holder.is_none() {
                return Some(at);
            }
        }
        self.seen += bytes.len();
        None
    }

    /// Reads on to the next string, number or word, or to the end of the element.
    fn read_between(&mut self, bytes: &[u8], mut at: usize) -> usize {
        while let Some(byte) = bytes.get(at) {
            match byte {
                b',' | b':' | b' ' | b'\n' | b'\t' | b'\r' => {}
                b'"' => {
                    self.open(at);
                    self.place = Place::String;
                    return at + 1;
                }
                b'{' | b'[' => {
                    let index = self.nodes.len();
                    self.open(at);
                    self.holder = Some(index);
                }
                b'}' | b']' => {
                    self.close_holder(at + 1);
                    if self.holder.is_none() {
                        return at + 1;
                    }
                }
                _ => {
                    self.open(at);
                    self.place = Place::Scalar;
                    return at + 1;
                }
            }
            at += 1;
        }
        at
    }

    fn read_scalar(&mut self, bytes: &[u8], at: usize) -> usize {
        let rest = bytes.get(at..).unwrap_or_default();
        let ends = |b: &u8| matches!(b, b',' | b']' | b'}' | b' ' | b'\n' | b'\t' | b'\r');
        match rest.iter().position(ends) {
            Some(len) => {
                self.close_last(at + len);
                at + len
            }
            None => bytes.len(),
        }
    }

    fn read_string(&mut self, bytes: &[u8], mut at: usize) -> usize {
        while let Some(len) = bytes.get(at..).and_then(|rest| memchr2(b'"', b'\\', rest)) {
            at += len + 1;
            if bytes.get(at - 1) == Some(&b'"') {
                self.close_last(at);
                return at;
            }
            if let Some(string) = self.nodes.last_mut() {
                string.escaped = true;
            }
            if at == bytes.len() {
                self.place = Place::Escape;
                return at;
            }
            at += 1;
        }
        bytes.len()
    }

    /// Notes that a value begins at `at` of this chunk.
    fn open(&mut self, at: usize) {
        let start = self.seen + at;
        self.nodes.push(Node { start, end: start, after: self.holder.unwrap_or(NONE), escaped: false });
    }

    /// Notes that the string, number or word under way ends before `at` of this chunk.
    fn close_last(&mut self, at: usize) {
        let after = self.nodes.len();
        if let Some(node) = self.nodes.last_mut() {
            node.end = self.seen + at;
            node.after = after;
        }
        self.place = Place::Between;
    }

    /// Notes that the innermost object or array ends before `at` of this chunk.
    fn close_holder(&mut self, at: usize) {
        let after = self.nodes.len();
        if let Some(node) = self.holder.and_then(|holder| self.nodes.get_mut(holder)) {
            self.holder = Some(node.after).filter(|holder| *holder != NONE);
            node.end = self.seen + at;
            node.after = after;
        }
    }

    /// The element that was read: all of `text`, which begins at `base` in the export.
    pub(super) const fn element<'a>(&'a self, text: &'a str, base: u64) -> Element<'a> {
        Element { nodes: self.nodes.as_slice(), text, base }
    }
}

impl Element<'_> {
    /// The value that the whole element is; null where its text is empty.
    pub(super) fn root(&self) -> Value<'_> {
        Value { element: self, index: 0 }
    }

    fn node(&self, index: usize) -> Node {
        const NOTHING: Node = Node { start: 0, end: 0, after: 0, escaped: false };
        self.nodes.get(index).copied().unwrap_or(NOTHING)
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

    /// It as a value of the domain.
    pub(super) fn json(&self) -> Json {
        Json::trusted(self.text())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_carry_their_text_and_place() {
        let text = r#"{"a\"b" : [1.50e9, true ,{"x":[]},"]"] ,"c":"d"}"#;
        for cut in 0..text.len() {
            let mut tape = Tape::default();
            assert_eq!(tape.read(&text.as_bytes()[..cut]), None);
            assert_eq!(tape.read(&text.as_bytes()[cut..]), Some(text.len() - cut));
            let element = tape.element(text, 100);
            let root = element.root();
            assert_eq!(root.source(), Source { start: 100, end: 100 + text.len() as u64 });
            let fields: Vec<_> =
                root.fields().map(|(key, value)| (key.inner, key.escaped, value.text())).collect();
            let list = r#"[1.50e9, true ,{"x":[]},"]"]"#;
            assert_eq!(fields, [(r#"a\"b"#, true, list), ("c", false, r#""d""#)]);
            let (_, list) = root.fields().next().unwrap();
            let items: Vec<_> = list.items().map(|item| item.text()).collect();
            assert_eq!(items, ["1.50e9", "true", r#"{"x":[]}"#, r#""]""#]);
        }
    }

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
                let mut tape = Tape::default();
                let end = tape.read(first).or_else(|| tape.read(second).map(|end| cut + end));
                assert_eq!(end, Some(expected), "{text} cut at {cut}");
            }
        }
    }

    #[test]
    fn text_that_is_no_json_ends() {
        for text in ["", "{", "[[{", "}]", "\"", "\"\\", "{\"a\"", "{1:[}", "\u{e9}"] {
            let mut tape = Tape::default();
            tape.read(text.as_bytes());
            let element = tape.element(text, 0);
            let mut values: Vec<_> = vec![element.root()];
            while let Some(value) = values.pop() {
                values.extend(value.items());
            }
            assert!(element.root().fields().count() < 2);
        }
    }
}
