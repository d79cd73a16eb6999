//! Where a quote stands in a text: the occurrence nearest to a position, or the only one.

use super::positions::narrow;
use memchr::memmem;
use std::ops::Range;

/// Whether and where a quote stands in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It does not.
    Nowhere,
    /// In this range of bytes, on character boundaries.
    At(Range<usize>),
    /// More than once, and nothing says which one is meant.
    Ambiguous,
}

/// How far the first look around a position goes, in bytes.
const FIRST_REACH: usize = 1 << 10;

/// The start of the occurrence of `needle` that is nearest to `pivot`, by `distance` in code points from a start to
/// the pivot; the earlier one on a tie. What is near is found without looking at the rest of the text.
pub(super) fn nearest(
    haystack: &[u8],
    needle: &[u8],
    pivot: usize,
    distance: impl Fn(usize) -> u32,
) -> Option<usize> {
    let finder = memmem::Finder::new(needle);
    let reverse_finder = memmem::FinderRev::new(needle);
    // The closest start in pivot..=pivot + reach.
    let after = |reach: usize| {
        let end = pivot.saturating_add(reach).saturating_add(needle.len()).min(haystack.len());
        finder.find(haystack.get(pivot..end)?).map(|at| pivot + at)
    };
    // The closest start in pivot - reach..pivot; such an occurrence may end after the pivot. Searching backward is many
    // times slower than forward, so it is done only where there is something to find.
    let before = |reach: usize| {
        let start = pivot.saturating_sub(reach);
        let end = pivot.saturating_add(needle.len()).saturating_sub(1).min(haystack.len());
        let window = haystack.get(start..end).filter(|window| finder.find(window).is_some())?;
        reverse_finder.rfind(window).map(|at| start + at)
    };
    let mut reach = FIRST_REACH;
    loop {
        let found = [before(reach), after(reach)];
        if let Some(known) = found.into_iter().flatten().map(&distance).min() {
            // An occurrence on the other side may lie more bytes away, but fewer characters, of four bytes at most.
            let rest = (known as usize).saturating_mul(4);
            let found = if rest > reach { [before(rest), after(rest)] } else { found };
            return found.into_iter().flatten().min_by_key(|at| (distance(*at), *at));
        }
        if reach >= haystack.len() || (reach == FIRST_REACH && finder.find(haystack).is_none()) {
            return None;
        }
        reach = reach.saturating_mul(4);
    }
}

/// Where `needle` stands if it stands once; occurrences that overlap are several.
pub(super) fn only(haystack: &[u8], needle: &[u8]) -> Standing {
    let finder = memmem::Finder::new(needle);
    let Some(first) = finder.find(haystack) else { return Standing::Nowhere };
    match haystack.get(first + 1..).and_then(|rest| finder.find(rest)) {
        Some(_) => Standing::Ambiguous,
        None => Standing::At(first..first + needle.len()),
    }
}

/// `text` with every run of white space as one space.
pub(super) fn collapse(text: &str) -> String {
    Collapsed::new(text).text
}

/// A text with every run of white space (as Unicode defines it) made one space, and the way back.
#[derive(Clone, Debug)]
pub(super) struct Collapsed {
    pub(super) text: String,
    /// The end of each run that changed its length, as a byte here and in the original.
    turns: Vec<(u32, u32)>,
}

impl Collapsed {
    pub(super) fn new(original: &str) -> Self {
        let mut collapsed = Collapsed { text: String::with_capacity(original.len()), turns: Vec::new() };
        let mut rest = original;
        while let Some(run) = rest.find(char::is_whitespace) {
            let (kept, from_run) = rest.split_at(run);
            rest = from_run.trim_start_matches(char::is_whitespace);
            collapsed.text.push_str(kept);
            collapsed.text.push(' ');
            if from_run.len() - rest.len() != 1 {
                collapsed.turns.push((narrow(collapsed.text.len()), narrow(original.len() - rest.len())));
            }
        }
        collapsed.text.push_str(rest);
        collapsed
    }

    /// The byte of the original that the boundary at `byte` stands for.
    pub(super) fn original(&self, byte: usize) -> usize {
        let past = self.turns.partition_point(|turn| turn.0 as usize <= byte);
        let (here, there) = past.checked_sub(1).and_then(|i| self.turns.get(i)).copied().unwrap_or_default();
        there as usize + (byte - here as usize)
    }

    /// The first boundary here that stands at or after `byte` of the original.
    pub(super) fn at_or_after(&self, byte: usize) -> usize {
        let past = self.turns.partition_point(|turn| turn.1 as usize <= byte);
        let (here, there) = past.checked_sub(1).and_then(|i| self.turns.get(i)).copied().unwrap_or_default();
        let end_of_run = self.turns.get(past).map_or(usize::MAX, |turn| turn.0 as usize);
        (here as usize + (byte - there as usize)).min(end_of_run)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn starts(haystack: &str, needle: &str) -> Vec<usize> {
        (0..haystack.len()).filter(|at| haystack.as_bytes()[*at..].starts_with(needle.as_bytes())).collect()
    }

    proptest! {
        #[test]
        fn nearest_and_only_agree_with_a_list_of_all(
            text in "([ab💊]{0,40}|(ab|x{3000}|💊{900}){0,6})",
            needle in "[ab💊]{1,3}",
            pivot in any::<prop::sample::Index>(),
        ) {
            let boundaries: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            let pivot = *pivot.get(&boundaries);
            let point = |byte: usize| u32::try_from(text[..byte].chars().count()).unwrap();
            let distance = |at: usize| point(at).abs_diff(point(pivot));
            let all = starts(&text, &needle);
            let expected = all.iter().copied().min_by_key(|at| (distance(*at), *at));
            prop_assert_eq!(nearest(text.as_bytes(), needle.as_bytes(), pivot, distance), expected);
            prop_assert_eq!(only(text.as_bytes(), needle.as_bytes()), match all[..] {
                [] => Standing::Nowhere,
                [at] => Standing::At(at..at + needle.len()),
                _ => Standing::Ambiguous,
            });
        }

        #[test]
        fn collapsing_keeps_every_boundary(text in "[ab\u{a0}\n 💊]{0,40}") {
            let collapsed = Collapsed::new(&text);
            let words = |text: &str| text.split(char::is_whitespace).filter(|w| !w.is_empty()).map(str::to_owned).collect::<Vec<_>>();
            prop_assert_eq!(words(&collapsed.text), words(&text));
            prop_assert!(!collapsed.text.contains("  "));
            let boundaries: Vec<usize> =
                collapsed.text.char_indices().map(|(at, _)| at).chain([collapsed.text.len()]).collect();
            for from in &boundaries {
                for to in boundaries.iter().filter(|to| *to >= from) {
                    let original = &text[collapsed.original(*from)..collapsed.original(*to)];
                    prop_assert_eq!(collapse(original), &collapsed.text[*from..*to]);
                }
            }
            for byte in (0..=text.len()).filter(|byte| text.is_char_boundary(*byte)) {
                let expected = boundaries.iter().copied().find(|at| collapsed.original(*at) >= byte);
                prop_assert_eq!(Some(collapsed.at_or_after(byte)), expected);
            }
        }
    }
}
