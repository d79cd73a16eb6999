//! A long text in pieces that can be drawn one at a time.
//!
//! Belongs here: where a long text is cut so that what is out of sight need not be laid out. Does not belong here: marks
//! (`super::segments`), which pieces are in sight.
//!
//! Invariants: the pieces concatenate to the exact text and none is empty; every cut lies on a boundary of grapheme
//! clusters and inside of nothing that must stay whole; a piece that ends within a line says so.

use super::segments::Clusters;
use crate::domain::{Span, Utf8Bytes};

/// How many characters a piece has at most, where it is not one line, one word or one cluster that has more.
pub const PIECE: usize = 2_000;

/// A piece of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Which piece; never empty.
    pub bytes: Span<Utf8Bytes>,
    /// How many characters (code points) it has.
    pub characters: usize,
    /// How many line breaks it has.
    pub breaks: usize,
    /// Whether its last line goes on in the next piece.
    pub goes_on: bool,
}

/// Cuts a text at line breaks into pieces of up to [`PIECE`] characters; where there is no line break in so many, behind a
/// space, else wherever clusters allow it. What lies in one of the ranges of `whole`, which ascend and do not overlap, is
/// never cut.
pub fn pieces(text: &str, whole: &[Span<Utf8Bytes>]) -> Vec<Piece> {
    let mut clusters = Clusters::new(text);
    let mut pieces = Vec::new();
    let mut whole = whole.iter().map(|span| span.as_range()).peekable();
    let mut start = 0;
    while start < text.len() {
        let wanted = start + wanted_length(text.get(start..).unwrap_or_default());
        while whole.next_if(|range| range.end <= wanted).is_some() {}
        let allowed = match whole.peek() {
            Some(range) if range.start < wanted => range.end,
            _ => wanted,
        };
        let (floor, ceiling) = clusters.around(text.ceil_char_boundary(allowed));
        let end = if allowed == wanted && floor > start { floor } else { ceiling };
        let piece = text.get(start..end).unwrap_or_default();
        pieces.push(Piece {
            bytes: Span::bytes(as_u32(start), as_u32(end)),
            characters: piece.chars().count(),
            breaks: piece.bytes().filter(|byte| *byte == b'\n').count(),
            goes_on: end < text.len() && !piece.ends_with('\n'),
        });
        start = end;
    }
    pieces
}

/// How many bytes of what is left of a text the next piece should have.
fn wanted_length(rest: &str) -> usize {
    let Some((limit, _)) = rest.char_indices().nth(PIECE) else { return rest.len() };
    let within = rest.get(..limit).unwrap_or_default();
    let line = within.rfind('\n').map(|at| at + 1);
    let word = || within.rfind(' ').map(|at| at + 1);
    line.or_else(word).unwrap_or(limit)
}

/// A length in bytes. A part's text is far below 4 GiB, being held in memory whole.
fn as_u32(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn texts(text: &str, whole: &[Span<Utf8Bytes>]) -> Vec<(usize, bool)> {
        let pieces = pieces(text, whole);
        pieces.iter().map(|piece| (piece.characters, piece.goes_on)).collect()
    }

    #[test]
    fn cut_at_lines_then_at_words_then_anywhere() {
        assert_eq!(texts("", &[]), []);
        assert_eq!(texts("short\ntext", &[]), [(10, false)]);
        let lines = format!("{}\n", "a".repeat(799)).repeat(5);
        assert_eq!(texts(&lines, &[]), [(1_600, false), (1_600, false), (800, false)]);
        assert_eq!(texts(&"word ".repeat(500), &[]), [(2_000, true), (500, false)]);
        assert_eq!(
            texts(&format!("{} {}", "a".repeat(1_500), "b".repeat(900)), &[]),
            [(1_501, true), (900, false)]
        );
        assert_eq!(texts(&"字".repeat(4_100), &[]), [(2_000, true), (2_000, true), (100, false)]);
        // A family is one cluster of seven characters.
        assert_eq!(texts(&"👨‍👩‍👧‍👦".repeat(300), &[]), [(1_995, true), (105, false)]);
        // One cluster, however long.
        let accents = format!("e{}x", "\u{301}".repeat(3_000));
        assert_eq!(texts(&accents, &[]), [(3_001, true), (1, false)]);
    }

    #[test]
    fn what_must_stay_whole_is_not_cut() {
        let text = "word ".repeat(2_000);
        assert_eq!(
            texts(&text, &[Span::bytes(1_000, 6_000), Span::bytes(8_100, 8_200)]),
            [(6_000, true), (2_000, true), (2_000, false)]
        );
        assert_eq!(texts(&text, &[Span::bytes(0, 10_000)]), [(10_000, false)]);
    }

    proptest! {
        #[test]
        fn pieces_are_the_text(words in prop::collection::vec("[a-z \n]{0,400}|[字é\u{301}👩‍👧]{0,200}|\r\n", 0..40)) {
            let text = words.concat();
            let pieces = pieces(&text, &[]);
            let joined: String = pieces.iter().map(|piece| &text[piece.bytes.as_range()]).collect();
            prop_assert_eq!(&joined, &text);
            let mut clusters = Clusters::new(&text);
            for piece in &pieces {
                let range = piece.bytes.as_range();
                prop_assert!(!range.is_empty());
                prop_assert_eq!(clusters.around(range.end), (range.end, range.end));
                prop_assert_eq!(piece.goes_on, range.end < text.len() && !text[range.clone()].ends_with('\n'));
                prop_assert!(piece.characters <= PIECE || !text[range].contains(['\n', ' ']));
            }
        }
    }
}
