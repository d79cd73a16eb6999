//! Anchors of one part's text: the known answers, and what holds of every anchor.

use labelscope_core::domain::{How, Reason, Unit};
use labelscope_core::logic::anchor::{Claim, Spans, anchor};
use proptest::prelude::*;
use serde_json::{Value, json};

const KNOWN_ANSWERS: &str = include_str!("../fixtures/anchors.json");

fn unit_named(name: &str) -> Option<Unit> {
    Unit::ALL.into_iter().find(|unit| unit.key() == name)
}

/// An outcome in the words of the fixture.
fn in_words(outcome: Result<(Spans, How), Reason>) -> Value {
    match outcome {
        Ok((spans, how)) => {
            let range = [spans.points.start.0, spans.points.end.0];
            match how {
                How::Verified(unit) => json!({"unit": unit.key(), "range": range}),
                How::Relocated => json!({"relocated": range}),
                How::Unverified => json!({"unverified": range}),
            }
        }
        Err(reason) => json!({"unanchored": reason.key()}),
    }
}

#[test]
fn known_answers() {
    let cases: Vec<Value> = serde_json::from_str(KNOWN_ANSWERS).expect("the fixture");
    assert_eq!(cases.len(), 25);
    for case in &cases {
        let claim = Claim {
            start: case["start_offset"].as_i64(),
            end: case["end_offset"].as_i64(),
            quote: case["text"].as_str(),
        };
        let usual = case["tier_unit"].as_str().and_then(unit_named);
        let outcome = anchor(case["part"].as_str().expect("a part"), &claim, usual);
        assert_eq!(in_words(outcome), case["expect"], "{}", case["case"]);
    }
}

/// Cases that the fixture leaves open: part, offsets, quote, the tier's usual unit, what comes of it.
#[test]
fn further_answers() {
    let none = None::<&str>;
    let cases = [
        // White space counts as equal only where the exact text is nowhere.
        ("a  b c\n\td", (0, 3), Some("a b"), None, json!({"relocated": [0, 4]})),
        ("a b, a\u{a0}b", (6, 9), Some("a  b"), None, json!({"relocated": [5, 8]})),
        ("a b, a\u{a0}b", (6, 9), Some("a b"), None, json!({"relocated": [0, 3]})),
        ("💊 a\n\nb 💊", (9, 9), Some("a b "), None, json!({"relocated": [2, 7]})),
        // Offsets that no text could have.
        ("dose dose", (-7, -3), Some("dose"), None, json!({"relocated": [0, 4]})),
        ("dose dose", (i64::MAX, i64::MIN), Some("dose"), None, json!({"relocated": [5, 9]})),
        ("dose", (-1, 2), none, None, json!({"unanchored": "nothing_to_go_by"})),
        ("dose", (3, 2), none, None, json!({"unanchored": "reversed"})),
        // Without a text the tier's usual unit reads the offsets, if they can be read in it.
        ("💊ab", (2, 3), none, None, json!({"unverified": [2, 3]})),
        ("💊ab", (2, 3), none, Some(Unit::Utf16), json!({"unverified": [1, 2]})),
        ("💊ab", (1, 3), none, Some(Unit::Utf16), json!({"unverified": [1, 3]})),
        ("💊ab", (4, 6), none, None, json!({"unverified": [1, 3]})),
        // An empty text is read in code points, and is no text to look for.
        ("💊ab", (2, 2), Some(""), Some(Unit::Utf16), json!({"unit": "code_points", "range": [2, 2]})),
        ("💊ab", (2, 3), Some(""), Some(Unit::Utf16), json!({"unverified": [2, 3]})),
        ("💊ab", (4, 4), Some(""), None, json!({"unanchored": "past_the_end"})),
        // The usual unit does not fit here, two others do at different places.
        ("é💊aaaaaaaa", (4, 5), Some("a"), Some(Unit::Utf8), json!({"unit": "code_points", "range": [4, 5]})),
        // Two of three units agree; the third is the usual one.
        ("éaaaa", (2, 3), Some("a"), Some(Unit::Utf8), json!({"unit": "utf8", "range": [1, 2]})),
        ("éaaaa", (2, 3), Some("a"), Some(Unit::Utf16), json!({"unit": "utf16", "range": [2, 3]})),
        ("éaaaa", (2, 3), Some("a"), None, json!({"unit": "code_points", "range": [2, 3]})),
        ("", (0, 0), Some(""), None, json!({"unit": "code_points", "range": [0, 0]})),
    ];
    for (part, (start, end), quote, usual, expected) in cases {
        let claim = Claim { start: Some(start), end: Some(end), quote };
        assert_eq!(in_words(anchor(part, &claim, usual)), expected, "{part:?} {start}..{end} {quote:?}");
    }
    let open_start = Claim { start: None, end: Some(3), quote: Some("a b") };
    assert_eq!(in_words(anchor("xa  b", &open_start, None)), json!({"relocated": [1, 5]}));
    assert_eq!(in_words(anchor("a  b a\nb", &open_start, None)), json!({"unanchored": "ambiguous"}));
}

/// All places where `quote` stands, in code points, white space equal to white space or not.
fn occurrences(text: &str, quote: &str, same: impl Fn(&str, &str) -> bool) -> Vec<(u32, u32)> {
    let boundaries: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let mut all = Vec::new();
    for (start, from) in (0..).zip(&boundaries) {
        for (end, to) in (0..).zip(&boundaries).filter(|(_, to)| *to >= from) {
            if same(&text[*from..*to], quote) {
                all.push((start, end));
            }
        }
    }
    all
}

/// `text` with every run of white space as one space.
fn collapse(text: &str) -> String {
    let mut collapsed = text.replace(char::is_whitespace, " ");
    while collapsed.contains("  ") {
        collapsed = collapsed.replace("  ", " ");
    }
    collapsed
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn every_anchor_is_what_it_says(
        text in "[aé💊 \n]{0,24}",
        quote in prop::option::weighted(0.8, "[aé💊 \n]{0,4}"),
        start in prop::option::weighted(0.9, -2i64..40),
        length in -2i64..8,
        usual in prop::option::of(prop::sample::select(Unit::ALL.to_vec())),
    ) {
        let claim = Claim { start, end: start.map(|start| start + length), quote: quote.as_deref() };
        let outcome = anchor(&text, &claim, usual);
        let quote = quote.as_deref().unwrap_or_default();
        let exact = occurrences(&text, quote, |slice, quote| slice == quote);
        if let Ok((spans, how)) = outcome {
            let slice = &text[spans.bytes.as_range()];
            let (from, to) = (spans.points.start.0 as usize, spans.points.end.0 as usize);
            prop_assert_eq!(slice, text.chars().skip(from).take(to - from).collect::<String>());
            match how {
                How::Verified(unit) => {
                    prop_assert_eq!(slice, quote);
                    let before = &text[..spans.bytes.as_range().start];
                    let count = match unit {
                        Unit::CodePoints => before.chars().count(),
                        Unit::Utf16 => before.encode_utf16().count(),
                        Unit::Utf8 => before.len(),
                    };
                    prop_assert_eq!(Some(count), start.and_then(|start| usize::try_from(start).ok()));
                }
                How::Relocated if exact.is_empty() => {
                    prop_assert_eq!(collapse(slice), collapse(quote));
                }
                How::Relocated => {
                    let distance = |at: u32| (i64::from(at) - start.unwrap_or_default()).abs();
                    let nearest = exact.iter().copied().min_by_key(|(from, _)| (distance(*from), *from));
                    prop_assert_eq!(Some((spans.points.start.0, spans.points.end.0)), nearest);
                    prop_assert!(start.is_some() || exact.len() == 1);
                }
                How::Unverified => prop_assert!(quote.is_empty()),
            }
        } else if !quote.is_empty() && !exact.is_empty() {
            prop_assert_eq!(outcome, Err(Reason::Ambiguous));
            prop_assert!(start.is_none() && exact.len() > 1);
        }
    }
}
