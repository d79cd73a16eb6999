//! Searching one string, of whatever characters.

use super::{MODES, naive_hits};
use labelscope_core::logic::search::Query;
use proptest::prelude::*;

/// Characters and clusters whose case, length or words are odd, and some that are not.
const PIECES: [&str; 48] = [
    "a",
    "A",
    "b",
    "s",
    "S",
    "ss",
    "ß",
    "ẞ",
    "ſ",
    "ﬆ",
    "st",
    "f",
    "ﬀ",
    "ﬃ",
    "i",
    "I",
    "İ",
    "ı",
    "\u{307}",
    "k",
    "\u{212a}",
    "σ",
    "ς",
    "Σ",
    "ΐ",
    "\u{345}",
    "ᾳ",
    "ǰ",
    "ŉ",
    "Ω",
    "\u{2126}",
    "é",
    "e\u{301}",
    "Ж",
    "ж",
    "字",
    "カ",
    "ฟ",
    "👩‍⚕️",
    "🇩🇪",
    " ",
    "\n",
    "'",
    ".",
    "_",
    "-",
    "1",
    "\u{ad}",
];

fn text(pieces: impl Into<proptest::collection::SizeRange>) -> impl Strategy<Value = String> {
    // Few different pieces in one text, so that they meet again.
    (
        proptest::sample::subsequence(&PIECES[..], 1..6),
        proptest::collection::vec(any::<prop::sample::Index>(), pieces),
    )
        .prop_map(|(pool, picks)| picks.iter().map(|pick| *pick.get(&pool)).collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    #[test]
    fn hits_are_those_of_a_naive_scan(text in text(0..24), query in text(1..4)) {
        for options in MODES {
            let prepared = Query::new(&query, options).unwrap();
            let hits: Vec<_> = prepared.hits(&text).map(|hit| hit.as_range()).collect();
            prop_assert_eq!(hits, naive_hits(&text, &query, options), "{:?} in {:?}, {:?}", query, text, options);
        }
    }

    #[test]
    fn what_stands_in_a_text_is_found_in_it(text in text(1..24), from in any::<prop::sample::Index>(), to in any::<prop::sample::Index>()) {
        let boundaries: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let (from, to) = (*from.get(&boundaries), *to.get(&boundaries));
        let piece = &text[from.min(to)..from.max(to)];
        for options in MODES {
            let Some(query) = Query::new(piece, options) else { continue };
            let hits: Vec<_> = query.hits(&text).map(|hit| hit.as_range()).collect();
            prop_assert_eq!(&hits, &naive_hits(&text, piece, options), "{:?} in {:?}, {:?}", piece, text, options);
            prop_assert!(options.whole_word || !hits.is_empty(), "{:?} is not in {:?}", piece, text);
        }
    }
}
