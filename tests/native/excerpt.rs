//! Gaps and signs: what is left out of a text where only its differences matter, and where these are pointed out.

use expect_test::{Expect, expect};
use labelscope_core::domain::{Span, Tier, Utf8Bytes};
use labelscope_core::logic::excerpt::{LEAST_GAP, gaps};
use labelscope_core::logic::overlay::overlay;
use labelscope_core::logic::segments::DrawnMark;
use labelscope_core::logic::signs::signs;
use proptest::prelude::*;

/// A text of `words` numbered words, a line break after each tenth.
fn words(words: usize) -> String {
    (0..words).map(|n| format!("w{n}{}", if n % 10 == 9 { '\n' } else { ' ' })).collect()
}

/// The span of a word.
fn word(text: &str, n: usize) -> Span<Utf8Bytes> {
    let start = text.find(&format!("w{n} ")).unwrap_or_default();
    Span::bytes(start as u32, (start + format!("w{n}").len()) as u32)
}

/// What is shown, gaps by their first and last words and their length.
fn check(text: &str, matters: &[Span<Utf8Bytes>], expected: Expect) {
    let lines: String = gaps(text, matters)
        .iter()
        .map(|gap| {
            let piece = text.get(gap.bytes.as_range()).unwrap_or_default();
            let first = piece.split_whitespace().next().unwrap_or_default();
            let last = piece.split_whitespace().next_back().unwrap_or_default();
            format!("{first}…{last} {}\n", gap.characters)
        })
        .collect();
    expected.assert_eq(&lines);
}

#[test]
fn gaps_lie_between_lines_where_there_are_some() {
    let text = words(1_000);
    check(
        &text,
        &[word(&text, 501)],
        expect![[r#"
        w0…w459 2190
        w550…w999 2250
    "#]],
    );
    check(
        &text,
        &[word(&text, 11), word(&text, 501), word(&text, 601)],
        expect![[r#"
        w70…w459 1920
        w650…w999 1750
    "#]],
    );
    check(&words(80), &[], expect![[""]]);
    check(
        &text,
        &[],
        expect![[r#"
        w0…w999 4890
    "#]],
    );
    let ideographs = "字".repeat(3_000);
    let spans = [Span::bytes(4_500, 4_506)];
    let found: Vec<_> = gaps(&ideographs, &spans).iter().map(|gap| gap.bytes.as_range()).collect();
    assert_eq!(found, [0..3_900, 5_106..9_000], "no words to keep whole: the characters are counted");
}

/// Texts with lines, wide characters and clusters of several code points.
fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-z ]{0,80}",
        Just("\n".to_owned()),
        Just("字字".to_owned()),
        Just("👩‍⚕️e\u{301}".to_owned())
    ];
    prop::collection::vec(piece, 0..120).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn gaps_hide_nothing_that_matters(text in any_text(), cuts in prop::collection::vec((any::<u16>(), 0..40u32), 0..5)) {
        let matters: Vec<Span<Utf8Bytes>> = cuts.iter().map(|&(at, length)| {
            let start = text.floor_char_boundary(usize::from(at) % (text.len() + 1)) as u32;
            Span::bytes(start, (start + length).min(text.len() as u32))
        }).collect();
        let mut before = 0;
        for gap in gaps(&text, &matters) {
            let range = gap.bytes.as_range();
            prop_assert!(before <= range.start && range.start < range.end);
            before = range.end;
            let piece = text.get(range.clone());
            prop_assert_eq!(piece.map(|piece| piece.chars().count()), Some(gap.characters));
            prop_assert!(gap.characters >= LEAST_GAP);
            for span in &matters {
                prop_assert!(span.end.0 as usize <= range.start || range.end <= span.start.0 as usize);
            }
        }
        // What is left out once stays left out: gaps do not depend on the order of what matters.
        let mut turned = matters.clone();
        turned.reverse();
        prop_assert_eq!(gaps(&text, &matters), gaps(&text, &turned));
    }
}

/// The text, cut, with the names of the signs before the pieces that bear them. Marks are start, end and name.
fn check_signs(text: &str, marks: &[(u32, u32, char)], expected: Expect) {
    let drawn: Vec<DrawnMark> = marks
        .iter()
        .map(|&(start, end, _)| DrawnMark {
            tier: Tier::Review,
            bytes: Span::bytes(start, end),
            label: 0,
            count: 1,
            rejected: false,
        })
        .collect();
    let overlay = overlay(text, &drawn);
    let name = |mark: u32| marks.get(mark as usize).map(|&(_, _, name)| name).filter(|name| *name != '-');
    let signs = signs(text, &overlay, |_| 0, name);
    let pieces = overlay.segments.iter().enumerate().map(|(at, segment)| {
        let names: String = signs.on(at).collect();
        format!("{names}[{}]", text.get(segment.bytes.as_range()).unwrap_or_default())
    });
    expected.assert_eq(&pieces.collect::<String>());
}

#[test]
fn signs_stand_where_there_is_room() {
    let text = "The dose is 5 mg a day";
    check_signs(text, &[(4, 8, 'a'), (12, 16, 'b')], expect!["[The ]a[dose][ is ]b[5 mg][ a day]"]);
    check_signs(text, &[(4, 8, '-'), (12, 16, 'b')], expect!["[The ][dose][ is ]b[5 mg][ a day]"]);
    // Two that start together stand side by side, or one of them further on.
    check_signs(text, &[(4, 8, 'a'), (4, 8, 'b')], expect!["[The ]ab[dose][ is 5 mg a day]"]);
    check_signs(
        text,
        &[(4, 8, 'a'), (4, 11, 'b'), (4, 16, 'c')],
        expect!["[The ]cba[dose][ is][ 5 mg][ a day]"],
    );
    // One letter is too little where there is more.
    check_signs(text, &[(17, 18, 'a'), (17, 22, 'b')], expect!["[The dose is 5 mg ]a[a]b[ day]"]);
    check_signs(text, &[(12, 13, 'a')], expect!["[The dose is ]a[5][ mg a day]"]);
    // Between two letters; at the very end.
    check_signs(text, &[(9, 9, 'a'), (22, 22, 'b')], expect!["[The dose][ ]a[i][s 5 mg a da]b[y]"]);
    check_signs("字字", &[(0, 3, 'a')], expect!["a[字][字]"]);
}
