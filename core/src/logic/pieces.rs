//! A long text in pieces that can be drawn one at a time.
//!
//! Belongs here: where a long text is cut so that what is out of sight need not be laid out. Does not belong here: marks
//! (`super::segments`), which pieces are in sight.
//!
//! Pieces of whole lines are put together where they may be ([`together`]). What is far from the view needs no pieces at
//! all: it stands in blocks of many ([`blocks`]), until it comes near.
//!
//! Invariants: the pieces concatenate to the exact text and none is empty; every cut lies on a boundary of grapheme
//! clusters and inside of nothing that must stay whole; a piece that ends within a line says so.

use super::segments::Clusters;
use crate::domain::{Span, Utf8Bytes};
use std::ops::Range;

/// How many characters a piece has at most, where it is not one line, one word or one cluster that has more.
pub const PIECE: usize = 2_000;

/// How many characters pieces have together at most that need not be apart.
const TOGETHER: usize = 8_000;

/// How many marks begin in such pieces at most: each is some elements when they are drawn, and where lines open up for
/// them, so many fill some screens.
const MARKS: usize = 16;

/// How many characters a block has at most, where it is not one piece that has more. One that is jumped to is laid out whole.
const BLOCK: usize = 32_000;

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

/// Puts pieces together that end at the end of a line, as long as they hold no more than so many characters and `starts` of
/// marks, which ascend: every piece costs the page the same, however short it is.
pub fn together(pieces: &[Piece], starts: &[Utf8Bytes]) -> Vec<Piece> {
    let mut together: Vec<Piece> = Vec::new();
    for piece in pieces {
        let marks_from = |from: Utf8Bytes| {
            let before = |at: Utf8Bytes| starts.partition_point(|start| *start < at);
            before(piece.bytes.end) - before(from)
        };
        match together.last_mut() {
            Some(last)
                if !last.goes_on
                    && last.characters + piece.characters <= TOGETHER
                    && marks_from(last.bytes.start) <= MARKS =>
            {
                *last = last.with(piece);
            }
            _ => together.push(*piece),
        }
    }
    together
}

/// Some pieces that follow each other, for as long as they are shown as one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// All of them as one.
    pub whole: Piece,
    /// Which of the pieces.
    pub pieces: Range<usize>,
}

/// Puts pieces together into blocks of up to so many characters, wherever they end.
pub fn blocks(pieces: &[Piece]) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    for (index, piece) in pieces.iter().enumerate() {
        match blocks.last_mut() {
            Some(last) if last.whole.characters + piece.characters <= BLOCK => {
                last.whole = last.whole.with(piece);
                last.pieces.end = index + 1;
            }
            _ => blocks.push(Block { whole: *piece, pieces: index..index + 1 }),
        }
    }
    blocks
}

impl Piece {
    /// This piece and the one that follows it, as one.
    fn with(self, next: &Piece) -> Piece {
        Piece {
            bytes: Span { start: self.bytes.start, end: next.bytes.end },
            characters: self.characters + next.characters,
            breaks: self.breaks + next.breaks,
            goes_on: next.goes_on,
        }
    }
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

    #[test]
    fn pieces_of_whole_lines_stand_together_unless_they_are_full_of_marks() {
        let shape = |pieces: &[Piece]| -> Vec<(usize, usize)> {
            pieces.iter().map(|piece| (piece.characters, piece.breaks)).collect()
        };
        let lines = format!("{}\n", "a".repeat(999)).repeat(20);
        let apart = pieces(&lines, &[]);
        assert_eq!(shape(&apart), [(2_000, 2); 10]);
        assert_eq!(shape(&together(&apart, &[])), [(8_000, 8), (8_000, 8), (4_000, 4)]);
        // Ten marks in each thousand characters from 8,000 to 12,000.
        let starts: Vec<_> = (0..40).map(|nth| Utf8Bytes(8_000 + nth * 100)).collect();
        assert_eq!(shape(&together(&apart, &starts)), [(8_000, 8), (2_000, 2), (2_000, 2), (8_000, 8)]);
        // What goes on in the next piece says so at its end.
        let words = pieces(&"word ".repeat(2_000), &[]);
        assert_eq!(together(&words, &[]), words);
    }

    #[test]
    fn blocks_hold_pieces_up_to_a_length() {
        let words = pieces(&"word ".repeat(14_000), &[]);
        let shape: Vec<_> = blocks(&words)
            .into_iter()
            .map(|block| (block.pieces, block.whole.characters, block.whole.goes_on))
            .collect();
        assert_eq!(shape, [(0..16, 32_000, true), (16..32, 32_000, true), (32..35, 6_000, false)]);
        let one = pieces(&"a".repeat(40_000), &[Span::bytes(0, 40_000)]);
        assert_eq!(blocks(&one), [Block { whole: one[0], pieces: 0..1 }]);
        assert_eq!(blocks(&[]), []);
    }

    proptest! {
        #[test]
        fn blocks_are_their_pieces(words in prop::collection::vec("[a-z \n]{0,900}|\n", 0..60)) {
            let text = words.concat();
            let pieces = pieces(&text, &[]);
            let mut next = 0;
            for block in blocks(&pieces) {
                let of = &pieces[block.pieces.clone()];
                prop_assert_eq!(block.pieces.start, next);
                next = block.pieces.end;
                let (first, last) = (of.first().unwrap(), of.last().unwrap());
                prop_assert_eq!(block.whole.bytes, Span { start: first.bytes.start, end: last.bytes.end });
                prop_assert_eq!(block.whole.characters, of.iter().map(|one| one.characters).sum::<usize>());
                prop_assert_eq!(block.whole.breaks, of.iter().map(|one| one.breaks).sum::<usize>());
                prop_assert_eq!(block.whole.goes_on, last.goes_on);
                prop_assert!(of.len() == 1 || block.whole.characters <= BLOCK);
            }
            prop_assert_eq!(next, pieces.len());
        }

        #[test]
        fn pieces_that_stand_together_are_the_text_too(
            words in prop::collection::vec("[a-z \n]{0,900}|\n", 0..60),
            starts in prop::collection::vec(0..30_000u32, 0..200),
        ) {
            let text = words.concat();
            let mut starts: Vec<_> = starts.into_iter().map(Utf8Bytes).collect();
            starts.sort_unstable();
            let apart = pieces(&text, &[]);
            let together = together(&apart, &starts);
            let mut next = Utf8Bytes(0);
            for piece in &together {
                let within = |one: &&Piece| piece.bytes.start <= one.bytes.start && one.bytes.end <= piece.bytes.end;
                let of: Vec<_> = apart.iter().filter(within).collect();
                prop_assert_eq!(piece.bytes.start, next);
                next = piece.bytes.end;
                prop_assert_eq!(of.iter().map(|one| one.characters).sum::<usize>(), piece.characters);
                prop_assert_eq!(of.iter().map(|one| one.breaks).sum::<usize>(), piece.breaks);
                prop_assert_eq!(of.last().map(|one| one.goes_on), Some(piece.goes_on));
                prop_assert!(of.len() == 1 || piece.characters <= TOGETHER);
            }
            prop_assert_eq!(next.0 as usize, text.len());
        }

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
