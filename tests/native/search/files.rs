//! Searching the real exports beside the checkout.

use super::{MODES, check, naive_texts};
use crate::marked::real_export;
use labelscope_core::logic::place::place_all;
use labelscope_core::logic::search::Options;

/// Compares the search for each of `queries`, and for pieces of the texts themselves, with the scan, in these modes.
fn compare(name: &str, queries: &[&str], pieces: usize, modes: &[Options]) {
    let Some((export, _)) = real_export("search_equals_a_naive_scan", name) else { return };
    let placement = place_all(export);
    let texts = naive_texts(export, &placement);
    let long: Vec<&str> =
        texts.iter().map(|(_, text)| text.as_str()).filter(|text| text.len() > 20).collect();
    let piece = |nth: usize| {
        // Far apart, and each of another length.
        let text = long[nth * 7919 % long.len()];
        let skipped = text.chars().skip(nth * 31 % (text.chars().count() - 10));
        skipped.take(1 + nth * 5 % 17).collect::<String>()
    };
    let pieces: Vec<String> = (0..pieces).map(piece).collect();
    for query in queries.iter().copied().chain(pieces.iter().map(String::as_str)) {
        for &options in modes {
            let count = check(export, &placement, &texts, query, options, 50_000);
            let is_piece = pieces.iter().any(|piece| piece == query);
            assert!(count > 0 || !is_piece || options.whole_word, "{query:?} is not found where it stands");
        }
    }
}

const QUERIES: [&str; 12] =
    ["e", "the", "ss", "É", "not ", "\"", ": ", "{", "4", "-4", "no export of ours says this", "İ"];

#[test]
fn small() {
    compare("small", &QUERIES, 24, &MODES);
}

#[test]
fn mid() {
    compare("mid", &QUERIES, 6, &MODES);
}

#[test]
fn agents() {
    compare("agents", &["\"", "error", "\": "], 4, &MODES);
}

#[test]
fn large() {
    compare("large", &["dose"], 1, &MODES);
}
