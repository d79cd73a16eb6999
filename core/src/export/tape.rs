//! Reads one element while its bytes arrive: judges that it is JSON, finds its end, and notes where its values begin
//! and end. Belongs here: which token may follow on which. Single tokens are for `token`, UTF-8 is for `cut`, what
//! the values mean for the decoders.

use super::outline::Expect;
use super::token::{Fault, Stop, Wrong, number_end, string_end, word_end};
use super::value::Element;

/// The values and keys of one element, in the order of its text.
///
/// It finds the end of the element, and saves looking through each level of nesting anew for the end of what it
/// holds. It takes exactly what serde_json takes for a value.
#[derive(Debug)]
pub(super) struct Tape {
    nodes: Vec<Node>,
    /// What may come next, [`Expect::End`] once the element is whole.
    expect: Expect,
    /// The innermost object or array that is open.
    holder: Option<usize>,
    /// Whether that is an object.
    in_object: bool,
    /// The first byte that is not read, or from where the token under way has to be gone on with.
    at: usize,
    /// The string under way.
    string: Option<OpenString>,
}

/// A value or a key.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Node {
    /// Its first byte in the element.
    pub(super) start: usize,
    /// One past its last byte.
    pub(super) end: usize,
    /// The node after this one and all that it holds; while it is open, the node that holds it.
    pub(super) after: usize,
    /// Whether it is a string with an escape in it.
    pub(super) escaped: bool,
}

/// A string whose end has not arrived.
#[derive(Clone, Copy, Debug)]
struct OpenString {
    start: usize,
    escaped: bool,
}

/// Stands for no node.
const NONE: usize = usize::MAX;

impl Default for Tape {
    fn default() -> Self {
        Tape { nodes: Vec::new(), expect: Expect::Item, holder: None, in_object: false, at: 0, string: None }
    }
}

impl Tape {
    /// Begins a new element.
    pub(super) fn clear(&mut self) {
        // What one huge element took is given back.
        const KEPT: usize = 1 << 16;
        let mut nodes = std::mem::take(&mut self.nodes);
        nodes.clear();
        nodes.shrink_to(KEPT);
        *self = Tape { nodes, ..Tape::default() };
    }

    /// Goes on through `bytes`, which are all of the element that has arrived, the part that was read before among it.
    /// Gives the index after its last byte once that has been seen.
    ///
    /// # Errors
    /// The first byte that is wrong.
    pub(super) fn read(&mut self, bytes: &[u8]) -> Result<Option<usize>, Fault> {
        let mut at = self.at;
        while self.expect != Expect::End {
            at = match self.token(bytes, at) {
                Ok(next) => next,
                Err(Stop::More(at)) => {
                    self.at = at;
                    return Ok(None);
                }
                Err(Stop::Wrong(fault)) => return Err(fault),
            };
        }
        Ok(Some(at))
    }

    /// What was wrong with a [`Wrong::Token`]: what may come next, and what closes the object or array.
    pub(super) fn expected(&self) -> (Expect, u8) {
        (self.expect, if self.in_object { b'}' } else { b']' })
    }

    /// Reads the token at `at`, or what is white space there, or goes on with the string under way; gives the index
    /// after it.
    #[inline]
    fn token(&mut self, bytes: &[u8], at: usize) -> Result<usize, Stop> {
        let &byte = bytes.get(at).ok_or(Stop::More(at))?;
        let takes_value = matches!(self.expect, Expect::KeyedValue | Expect::Item | Expect::FirstItem);
        let takes_key = matches!(self.expect, Expect::Key | Expect::FirstKey);
        match byte {
            _ if self.string.is_some() => return self.read_string(bytes, at),
            b'"' if takes_key || takes_value => {
                self.string = Some(OpenString { start: at, escaped: false });
                return self.read_string(bytes, at + 1);
            }
            b':' if self.expect == Expect::Colon => self.expect = Expect::KeyedValue,
            b',' if self.expect == Expect::Comma => {
                self.expect = if self.in_object { Expect::Key } else { Expect::Item };
            }
            b'{' | b'[' if takes_value => self.open(at, byte == b'{'),
            b'}' if self.in_object && matches!(self.expect, Expect::Comma | Expect::FirstKey) => {
                self.close(bytes, at + 1);
            }
            b']' if !self.in_object && matches!(self.expect, Expect::Comma | Expect::FirstItem) => {
                self.close(bytes, at + 1);
            }
            b'-' | b'0'..=b'9' if takes_value => {
                return Ok(self.note_value(at, number_end(bytes, at)?, false));
            }
            b't' | b'f' | b'n' if takes_value => return Ok(self.note_value(at, word_end(bytes, at)?, false)),
            b' ' | b'\n' | b'\t' | b'\r' => {}
            _ => return Err(Stop::wrong(at, Wrong::Token)),
        }
        Ok(at + 1)
    }

    /// Reads on at `at` in the string under way; gives the index after it, and after the colon of a key.
    #[inline]
    fn read_string(&mut self, bytes: &[u8], at: usize) -> Result<usize, Stop> {
        let Some(mut string) = self.string else { return Ok(at) };
        let end = match string_end(bytes, at, &mut string.escaped) {
            Ok(end) => end,
            Err(stop) => {
                self.string = Some(string);
                return Err(stop);
            }
        };
        self.string = None;
        if !matches!(self.expect, Expect::FirstKey | Expect::Key) {
            return Ok(self.note_value(string.start, end, string.escaped));
        }
        self.note(string.start, end, string.escaped);
        if bytes.get(end) == Some(&b':') {
            self.expect = Expect::KeyedValue;
            return Ok(end + 1);
        }
        self.expect = Expect::Colon;
        Ok(end)
    }

    /// Notes a value that holds no other; gives its end.
    #[inline]
    fn note_value(&mut self, start: usize, end: usize, escaped: bool) -> usize {
        self.note(start, end, escaped);
        self.expect = if self.holder.is_none() { Expect::End } else { Expect::Comma };
        end
    }

    #[inline]
    fn note(&mut self, start: usize, end: usize, escaped: bool) {
        let after = self.nodes.len() + 1;
        self.nodes.push(Node { start, end, after, escaped });
    }

    /// Notes that an object or array begins at `start`.
    fn open(&mut self, start: usize, is_object: bool) {
        let index = self.nodes.len();
        let after = self.holder.unwrap_or(NONE);
        self.nodes.push(Node { start, end: start, after, escaped: false });
        self.holder = Some(index);
        self.in_object = is_object;
        self.expect = if is_object { Expect::FirstKey } else { Expect::FirstItem };
    }

    /// Notes that the innermost object or array ends before `end`.
    fn close(&mut self, bytes: &[u8], end: usize) {
        let after = self.nodes.len();
        if let Some(node) = self.holder.and_then(|holder| self.nodes.get_mut(holder)) {
            self.holder = Some(node.after).filter(|holder| *holder != NONE);
            node.end = end;
            node.after = after;
        }
        let holder = self.holder.and_then(|holder| self.nodes.get(holder));
        self.in_object = holder.is_some_and(|holder| bytes.get(holder.start) == Some(&b'{'));
        self.expect = if self.holder.is_none() { Expect::End } else { Expect::Comma };
    }

    /// The element that was read: all of `text`, which begins at `base` in the export.
    pub(super) const fn element<'a>(&'a self, text: &'a str, base: u64) -> Element<'a> {
        Element { nodes: self.nodes.as_slice(), text, base }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Source;
    use proptest::prelude::*;
    use serde_json::value::RawValue;

    /// Reads `bytes` in pieces that end at `cuts` (ascending): where the element ends, or the first wrong byte.
    fn read_cut(tape: &mut Tape, bytes: &[u8], cuts: &[usize]) -> Result<Option<usize>, usize> {
        for end in cuts.iter().copied().chain([bytes.len()]) {
            match tape.read(&bytes[..end]) {
                Ok(None) => {}
                Ok(Some(end)) => return Ok(Some(end)),
                Err(fault) => return Err(fault.at),
            }
        }
        Ok(None)
    }

    #[test]
    fn values_carry_their_text_and_place() {
        let text = r#"{"a\"b" : [1.50e9, true ,{"x":[]},"]"] ,"c":"d"}"#;
        for cut in 0..text.len() {
            let mut tape = Tape::default();
            assert_eq!(read_cut(&mut tape, text.as_bytes(), &[cut]), Ok(Some(text.len())));
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
    fn ends_and_faults_are_found_wherever_the_bytes_are_cut() {
        let cases = [
            ("{}", Ok(Some(2))),
            (r#"{"a":"}\"]","b":[{}]},"#, Ok(Some(21))),
            (r#""a\\\"b":"#, Ok(Some(8))),
            ("12.5e3,", Ok(Some(6))),
            ("-0]", Ok(Some(2))),
            ("true}", Ok(Some(4))),
            (r#"truex"#, Ok(Some(4))),
            ("[[1]] ", Ok(Some(5))),
            ("[1", Ok(None)),
            (r#"{"a":1]"#, Err(6)),
            ("[1}", Err(2)),
            ("[1,]", Err(3)),
            (r#"{"a":1,}"#, Err(7)),
            (r#"{"a" 1}"#, Err(5)),
            ("{1", Err(1)),
            ("[01]", Err(2)),
            ("[-]", Err(2)),
            ("[1.]", Err(3)),
            ("[1e+]", Err(4)),
            ("[nulx]", Err(4)),
            ("[+1]", Err(1)),
            ("\"a\n\"", Err(2)),
            (r#""\x""#, Err(2)),
            (r#""\u00g0""#, Err(5)),
            ("\u{e9}", Err(0)),
        ];
        for (text, expected) in cases {
            for cut in 0..=text.len() {
                let found = read_cut(&mut Tape::default(), text.as_bytes(), &[cut]);
                assert_eq!(found, expected, "{text} cut at {cut}");
            }
        }
    }

    /// Bytes that are JSON, or nearly.
    fn nearly_json() -> impl Strategy<Value = Vec<u8>> {
        let token = prop_oneof![
            6 => prop::sample::select(vec!["{", "}", "[", "]", ",", ":", " ", "\n", "\"a\"", "\"a\":", "0", "1"]),
            1 => prop::sample::select(vec![
                "-", "1.5", "e", "E+3", ".", "00", "true", "false", "null", "nul", "tru e", "\"", "\\", "\"\\u00e9\"",
                "\"\\ud800\"", "\"\\u12\"", "\"\\q\"", "\"long enough to fill a block \"", "\t", "\"\t\"", "é", "\u{feff}",
            ]),
        ];
        prop::collection::vec(token, 0..14).prop_map(|tokens| tokens.concat().into_bytes())
    }

    /// Valid JSON, nested, with a few of its bytes changed.
    fn changed_json() -> impl Strategy<Value = Vec<u8>> {
        let leaf = prop::sample::select(vec![
            "null",
            "true",
            "false",
            "0",
            "-0.5e-7",
            "12e400",
            "\"\"",
            "\"a b\"",
            r#""\"\\\/\b\f\n\r\t\u00e9""#,
            "\"é💊\"",
        ]);
        let value = leaf.prop_map(str::to_owned).prop_recursive(4, 24, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4)
                    .prop_map(|items| format!("[{}]", items.join(", "))),
                prop::collection::vec(inner, 0..4).prop_map(|values| {
                    let fields: Vec<_> = values.iter().map(|value| format!("\"k\":{value}")).collect();
                    format!("{{{}}}", fields.join(" ,"))
                }),
            ]
        });
        let change = (any::<prop::sample::Index>(), 0..3_u8, any::<u8>());
        (value, prop::collection::vec(change, 0..3)).prop_map(|(value, changes)| {
            let mut bytes = value.into_bytes();
            for (index, kind, byte) in changes {
                let at = index.index(bytes.len());
                match kind {
                    0 => bytes[at] = byte,
                    1 => bytes.insert(at, byte),
                    _ if bytes.len() > 1 => _ = bytes.remove(at),
                    _ => {}
                }
            }
            bytes
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]

        #[test]
        fn serde_json_is_the_judge(
            bytes in prop_oneof![nearly_json(), changed_json()],
            cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..4),
        ) {
            let mut whole = bytes.clone();
            whole.push(b'\n');
            let mut tape = Tape::default();
            let read = tape.read(&whole).map_err(|fault| fault.at);
            // What follows on the element is not the tape's.
            let rest = |end: usize| whole[end..].iter().all(u8::is_ascii_whitespace);
            let is_text = std::str::from_utf8(&whole).is_ok();
            let taken = is_text && matches!(read, Ok(Some(end)) if rest(end));
            prop_assert_eq!(taken, serde_json::from_slice::<&RawValue>(&whole).is_ok(), "{:?}", read);
            let mut cuts: Vec<_> = cuts.iter().map(|cut| cut.index(whole.len() + 1)).collect();
            cuts.sort_unstable();
            prop_assert_eq!(read_cut(&mut Tape::default(), &whole, &cuts), read);
        }
    }
}
