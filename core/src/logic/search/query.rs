//! What a person looks for, made ready to be looked for.

use super::needle::Needle;
use super::words::Words;
use crate::domain::{Json, JsonWithin, Passage, Span, Utf8Bytes};
use std::ops::Range;

/// What counts as a hit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Options {
    /// Upper and lower case are told apart.
    pub match_case: bool,
    /// A hit begins and ends at word boundaries.
    pub whole_word: bool,
}

/// A text to look for, and how.
pub struct Query {
    needle: Needle,
    whole_word: bool,
    /// What must stand in the JSON as it was sent for the needle to stand in it as it is shown.
    in_json: InJson,
    /// Whether a UUID in its usual spelling could hold the needle.
    fits_uuid: bool,
}

/// What of a needle must stand in JSON as it was sent.
enum InJson {
    /// All of it.
    Whole,
    /// This piece.
    Piece(Needle),
    /// Nothing that could be named.
    Nothing,
}

impl Query {
    /// Makes `text` ready to be looked for. `None` where it is empty.
    pub fn new(text: &str, options: Options) -> Option<Self> {
        if text.is_empty() {
            return None;
        }
        let needle = Needle::new(text, options.match_case);
        let in_json = match sent_as_shown(text) {
            "" => InJson::Nothing,
            piece if piece == text => InJson::Whole,
            piece => InJson::Piece(Needle::new(piece, options.match_case)),
        };
        let fits_uuid = needle.consists_of(|c| matches!(c, '0'..='9' | 'a'..='f' | '-'));
        Some(Query { needle, whole_word: options.whole_word, in_json, fits_uuid })
    }

    /// The hits in `text`, as ranges of its bytes, ascending.
    pub fn hits<'a>(&'a self, text: &'a str) -> Hits<'a> {
        Hits { query: self, text, reached: Reached::default(), words: None }
    }

    /// Whether a hit is possible in a UUID in its usual spelling.
    pub(super) fn fits_uuid(&self) -> bool {
        self.fits_uuid
    }

    /// Whether the query stands in `text`, be it as a whole word or not.
    pub(super) fn stands_in(&self, text: &str) -> bool {
        self.needle.stands_in(text)
    }

    /// Whether a hit is possible in `json` as it is shown. Found out without writing it.
    ///
    /// What is shown differs from what was sent in the white space between tokens and, where an escape was sent that
    /// JSON does not demand (`\u…`, `\/`), inside strings. White space between tokens always has a bracket, comma or
    /// colon on one side.
    pub(super) fn may_stand_in(&self, json: &Json) -> bool {
        let sent = json.as_str();
        let piece = match &self.in_json {
            InJson::Whole => &self.needle,
            InJson::Piece(piece) => piece,
            InJson::Nothing => return true,
        };
        piece.stands_in(sent) || JsonWithin::of(sent) == JsonWithin::Escaped
    }

    /// Whether a hit is possible in a text of `passage` by what stands `within`; JSON may hold one without.
    pub(super) fn may_stand_in_passage(&self, passage: &Passage, within: Range<usize>) -> bool {
        let needle = match (passage.json, &self.in_json) {
            (JsonWithin::Nothing, _) | (JsonWithin::AsShown, InJson::Whole) => &self.needle,
            // Where the needle stands, a piece of it does.
            (JsonWithin::AsShown, InJson::Piece(piece)) => piece,
            (JsonWithin::AsShown, InJson::Nothing) | (JsonWithin::Escaped, _) => return true,
        };
        needle.find(&passage.text, within, 0, |_| true).is_some()
    }

    /// The next hit, looked for in the first `limit` bytes of the text, or nearly: a hit may begin a little earlier or
    /// end a little later. `None` once there is none; then `reached` says so.
    pub(super) fn next<'t>(
        &self,
        text: &'t str,
        reached: &mut Reached,
        limit: usize,
        words: &mut Option<Words<'t>>,
    ) -> Option<Span<Utf8Bytes>> {
        let within = reached.looked..limit.clamp(reached.looked, text.len());
        let end = within.end;
        let accepts = |range: &Range<usize>| {
            !self.whole_word || words.get_or_insert_with(|| Words::of(text)).is_whole(range)
        };
        let Some(hit) = self.needle.find(text, within, reached.hit_end, accepts) else {
            reached.looked = end;
            return None;
        };
        *reached = Reached { looked: hit.end, hit_end: hit.end };
        let bytes = |at: usize| Utf8Bytes(u32::try_from(at).unwrap_or(u32::MAX));
        Some(Span { start: bytes(hit.start), end: bytes(hit.end) })
    }
}

/// How far a text was looked through, in bytes.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Reached {
    /// What lies before was looked at.
    pub(super) looked: usize,
    /// Where the last hit ended; the next does not begin earlier.
    hit_end: usize,
}

/// Iterates the hits in one text.
pub struct Hits<'a> {
    query: &'a Query,
    text: &'a str,
    reached: Reached,
    words: Option<Words<'a>>,
}

impl Iterator for Hits<'_> {
    type Item = Span<Utf8Bytes>;

    fn next(&mut self) -> Option<Self::Item> {
        self.query.next(self.text, &mut self.reached, self.text.len(), &mut self.words)
    }
}

/// The longest piece of a text that cannot reach across white space between tokens, wherever in JSON it stands.
fn sent_as_shown(text: &str) -> &str {
    let pieces = text.split(['{', '}', '[', ']', ',', ':']);
    let pieces = pieces.map(|piece| piece.trim_matches([' ', '\t', '\n', '\r']));
    pieces.max_by_key(|piece| piece.len()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(query: &str, match_case: bool, whole_word: bool, text: &str) -> String {
        let query = Query::new(query, Options { match_case, whole_word }).unwrap();
        let hits = query.hits(text).map(|hit| text[hit.as_range()].to_owned());
        hits.collect::<Vec<_>>().join("|")
    }

    #[test]
    fn case_is_ignored_by_full_folding_and_hits_are_of_the_text_as_it_stands() {
        for (query, text, expected) in [
            ("strasse", "Straße, STRASSE, STRAẞE, Strase", "Straße|STRASSE|STRAẞE"),
            ("ß", "ss ß ẞ sS ſs", "ss|ß|ẞ|sS|ſs"),
            ("s", "ß s ſ ﬆ", "s|ſ"),
            ("ss", "sß ßs sss", "ß|ß|ss"),
            ("σας", "ΣΑΣ σας σασ", "ΣΑΣ|σας|σασ"),
            ("kelvin", "\u{212a}elvin", "\u{212a}elvin"),
            ("ffi", "oﬃce oFFIce oﬀice ofﬁce", "ﬃ|FFI|ﬀi|fﬁ"),
            ("fi", "oﬃce", ""),
            ("istanbul", "İstanbul Istanbul ıstanbul", "Istanbul"),
            ("i\u{307}stanbul", "İSTANBUL", "İSTANBUL"),
            ("aa", "aAaAa", "aA|aA"),
            ("42", "42 4242", "42|42|42"),
            ("字", "漢字字", "字|字"),
            ("", "", ""),
        ] {
            if !query.is_empty() {
                assert_eq!(found(query, false, false, text), expected, "{query} in {text}");
            }
        }
    }

    #[test]
    fn exact_case_and_whole_words() {
        assert_eq!(found("Ab", true, false, "ab Ab AB xAby"), "Ab|Ab");
        assert_eq!(found("can", false, true, "can can't Can. scan can2 (CAN)"), "can|Can|CAN");
        assert_eq!(found("字", false, true, "漢字"), "字");
        assert_eq!(found("3", false, true, "3.5 3 e3"), "3");
        assert_eq!(found("a b", true, true, "xa b a b a bx"), "a b");
        assert_eq!(found("a a", true, true, "xa a a"), "a a", "one that is none does not use up the next");
    }

    #[test]
    fn json_that_cannot_hold_a_hit_is_told_by_what_was_sent() {
        let may = |query: &str, json: &str| {
            Query::new(query, Options::default()).unwrap().may_stand_in(&Json::trusted(json))
        };
        for (query, json, expected) in [
            ("name", r#"{"NAME":1}"#, true),
            ("other", r#"{"name":1}"#, false),
            (r#""a": 1"#, r#"{"a":1}"#, true),
            (r#""a": 1"#, r#"{"b":1}"#, false),
            ("  \"b\"", r#"{"b":1}"#, true),
            ("one two", r#"{"b":"one two"}"#, true),
            ("one two", r#"{"b":["one","two"]}"#, false),
            ("é", r#"{"b":"\u00e9"}"#, true),
            ("é", r#"{"b":"\\u00e9 \n"}"#, false),
            ("a/b", r#"{"b":"a\/b"}"#, true),
            (": {", "1", true),
        ] {
            assert_eq!(may(query, json), expected, "{query} in {json}");
        }
    }
}
