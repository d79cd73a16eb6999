//! Quotes that stand nowhere in a text, known to without searching all of it for each.
//!
//! A few searches find nothing in any export. Where many do, as when a whole tier quotes another version of a text, what
//! short pieces the text holds is noted once, and a quote with a piece that it lacks needs no search.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

/// How many searches may find nothing before the pieces are noted.
const PATIENCE: u32 = 16;
/// Texts shorter than this are searched each time, in bytes.
const WORTH_IT: usize = 16 << 10;
/// How long a piece is, in bytes: long enough that few texts hold one by chance.
const PIECE: usize = 8;

/// What is known of the quotes that a text lacks. Belongs to one text.
#[derive(Debug, Default)]
pub(super) struct Missed {
    /// How many searches found nothing.
    searches: AtomicU32,
    pieces: OnceLock<Pieces>,
}

impl Missed {
    /// Whether `quote` cannot stand in `text`. `false` says nothing.
    pub(super) fn rules_out(&self, text: &[u8], quote: &[u8]) -> bool {
        if text.len() < WORTH_IT || self.searches.load(Ordering::Relaxed) < PATIENCE {
            return false;
        }
        !self.pieces.get_or_init(|| Pieces::of(text)).may_hold(quote)
    }

    /// Notes that all of the text was searched for nothing.
    pub(super) fn note(&self) {
        self.searches.fetch_add(1, Ordering::Relaxed);
    }

    /// How many searches found nothing.
    #[cfg(test)]
    pub(super) fn searches(&self) -> u32 {
        self.searches.load(Ordering::Relaxed)
    }
}

/// A bit for each piece of a text, at a place that depends on the piece; some pieces share one.
#[derive(Debug)]
struct Pieces {
    bits: Vec<u64>,
    /// By how much a hash is shifted to be a bit's place.
    shift: u32,
}

impl Pieces {
    fn of(text: &[u8]) -> Self {
        // Some eight bits for each byte of the text: one in eight is set at most. 32 MB of them do for longer ones.
        let bits = text.len().clamp(1 << 7, 1 << 25).next_power_of_two() * 8;
        let mut pieces = Pieces { bits: vec![0; bits / 64], shift: 64 - bits.trailing_zeros() };
        for place in places(text, pieces.shift) {
            if let Some(word) = pieces.bits.get_mut(place / 64) {
                *word |= 1 << (place % 64);
            }
        }
        pieces
    }

    fn may_hold(&self, quote: &[u8]) -> bool {
        places(quote, self.shift)
            .all(|place| self.bits.get(place / 64).is_some_and(|word| word >> (place % 64) & 1 == 1))
    }
}

/// The places of all pieces of a text, one for each byte but the last few.
fn places(text: &[u8], shift: u32) -> impl Iterator<Item = usize> + '_ {
    text.windows(PIECE).map(move |piece| {
        let word = piece.iter().fold(0_u64, |word, byte| word << 8 | u64::from(*byte));
        // The upper bits of a product depend on all of the word; there are at most 28 of them.
        (word.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> shift) as usize
    })
}

#[cfg(test)]
mod tests {
    use super::super::{Likeness, Standing, TextMap};
    use super::*;
    use proptest::prelude::*;

    /// Words enough to fill a text of some size.
    fn words(count: u32, version: u32) -> String {
        (0..count).map(|nth| format!("word{} ", nth.wrapping_mul(2_654_435_761) ^ version)).collect()
    }

    #[test]
    fn quotes_of_another_version_cost_a_few_searches() {
        let (text, other) = (words(50_000, 0), words(50_000, 1));
        let map = TextMap::new(&text);
        let quotes: Vec<&str> =
            other.as_bytes().chunks(60).filter_map(|quote| std::str::from_utf8(quote).ok()).collect();
        assert!(quotes.len() > 5_000);
        for (nth, quote) in quotes.iter().enumerate() {
            let start = (nth % 2 == 0).then_some(nth as i64);
            for likeness in [Likeness::Exact, Likeness::WhiteSpace] {
                assert_eq!(map.on(&text).find(quote, start, likeness), Standing::Nowhere);
            }
        }
        let searches = map.missed.searches();
        assert!(searches < 2 * PATIENCE, "{searches} searches for {} quotes", quotes.len());
    }

    proptest! {
        #[test]
        fn what_stands_there_is_never_ruled_out(
            text in "[ab ]{0,40}", from in any::<prop::sample::Index>(), length in 0_usize..30,
        ) {
            let text = text.repeat(WORTH_IT / text.len().max(1) + 1);
            let missed = Missed::default();
            (0..PATIENCE).for_each(|_| missed.note());
            let from = from.index(text.len() + 1);
            let quote = &text.as_bytes()[from..(from + length).min(text.len())];
            prop_assert!(!missed.rules_out(text.as_bytes(), quote));
            prop_assert!(missed.rules_out(text.as_bytes(), b"something else") || text.is_empty());
        }
    }
}
