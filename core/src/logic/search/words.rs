//! Word boundaries of a text, found only where they are asked for.

use std::ops::Range;
use unicode_segmentation::{UWordBoundIndices, UnicodeSegmentation};

/// Walks along a text and tells which ranges are bounded by word boundaries. Ranges must be asked for in the order of
/// their starts; then all of them together take time in proportion to the text, and few take little of it.
pub(super) struct Words<'t> {
    text: &'t str,
    /// The words from `base` on.
    words: UWordBoundIndices<'t>,
    base: usize,
    /// The boundaries found that may still be asked for, ascending; the last is how far the walk has come. The start of
    /// the text is not among them.
    found: Vec<usize>,
}

impl<'t> Words<'t> {
    /// At the start of `text`.
    pub(super) fn of(text: &'t str) -> Self {
        Words { text, words: text.split_word_bound_indices(), base: 0, found: Vec::new() }
    }

    /// Whether the range begins and ends at word boundaries.
    pub(super) fn is_whole(&mut self, range: &Range<usize>) -> bool {
        let passed = self.found.partition_point(|&boundary| boundary < range.start);
        // The last one stays: it says how far the walk has come.
        self.found.drain(..passed.min(self.found.len().saturating_sub(1)));
        self.skip_to(range.start);
        self.is_boundary(range.start) && self.is_boundary(range.end)
    }

    /// Leaves out what lies before `at`, as far as that is possible.
    fn skip_to(&mut self, at: usize) {
        let reached = self.found.last().copied().unwrap_or_default();
        if let Some(start) = self.sure_boundary(reached, at) {
            self.base = start;
            self.words = self.text.get(start..).unwrap_or_default().split_word_bound_indices();
            self.found.push(start);
        }
    }

    fn is_boundary(&mut self, at: usize) -> bool {
        while self.found.last().copied().unwrap_or_default() < at {
            let Some((start, word)) = self.words.next() else { break };
            self.found.push(self.base + start + word.len());
        }
        at == 0 || self.found.binary_search(&at).is_ok()
    }

    /// The last place after `from` and not after `to` that is a boundary whatever stands around it, and that the words
    /// after it do not look back across: after a line feed, or between a space and an ASCII letter or digit.
    fn sure_boundary(&self, from: usize, to: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        (from + 1..=to).rev().find(|&at| match bytes.get(at - 1) {
            Some(b'\n') => true,
            Some(b' ') => bytes.get(at).is_some_and(u8::is_ascii_alphanumeric),
            _ => false,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn boundaries_inside_a_range_may_be_asked_for_next() {
        let mut words = Words::of("ab cd ef");
        assert!(words.is_whole(&(0..6)));
        assert!(words.is_whole(&(3..8)));
        assert!(!words.is_whole(&(4..8)));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(500))]

        #[test]
        fn boundaries_are_those_of_the_whole_text(
            text in r"([a-z0-9 ]{1,3}|[\r\n .,'\x22_:]|\u{301}|\u{200d}|\u{ad}|🇩|🇪|👩|א|字|カ|ば|\u{2028}){0,24}",
            asked in proptest::collection::vec((0_usize..60, 0_usize..12), 0..12),
        ) {
            let mut boundaries: Vec<usize> = text.split_word_bound_indices().map(|(at, _)| at).collect();
            boundaries.extend([0, text.len()]);
            let mut asked: Vec<_> = asked.into_iter().map(|(start, len)| start..start + len).collect();
            asked.sort_by_key(|range| range.start);
            let mut words = Words::of(&text);
            for range in asked.iter().filter(|range| text.get((*range).clone()).is_some()) {
                let expected = boundaries.contains(&range.start) && boundaries.contains(&range.end);
                prop_assert_eq!(words.is_whole(range), expected, "{:?} of {:?}", range, text);
            }
        }
    }
}
