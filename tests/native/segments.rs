//! Segments, lanes and the layers that are painted: by example, by the specimen sheet of the design, by property.
//!
//! Examples are texts with their marks written in: `<R5:one tablet:R5>` is a mark of the review tier with the fifth
//! label, `<A2|>` a mark of length zero. Marks may nest and cross. After the label may stand `!` (rejected), `*3` (×3)
//! and `'` (tells apart two that would be spelled alike); `x` for a label is one outside the schema.

#![allow(clippy::unwrap_used, reason = "what is built here is known to be there")]

use expect_test::{Expect, expect};
use labelscope_core::domain::{Span, Tier, Utf8Bytes};
use labelscope_core::logic::lanes::{MAX_LANES, lanes};
use labelscope_core::logic::overlay::overlay;
use labelscope_core::logic::segments::{DrawnMark, UNKNOWN, segments};
use proptest::prelude::*;
use proptest::sample::Index;
use std::collections::BTreeMap;
use unicode_segmentation::UnicodeSegmentation;

// ── the notation ─────────────────────────────────────────────────────────────────────────────────────────────────

fn span(start: usize, end: usize) -> Span<Utf8Bytes> {
    Span::bytes(u32::try_from(start).unwrap(), u32::try_from(end).unwrap())
}

/// The length of a mark's name at the start of `text`, 0 if none stands there.
fn name_length(text: &str) -> usize {
    let Some(rest) = text.strip_prefix(['A', 'P', 'R']) else { return 0 };
    if !rest.starts_with(|c: char| c.is_ascii_digit() || c == 'x') {
        return 0;
    }
    1 + rest.find(|c: char| !matches!(c, '0'..='9' | 'x' | '!' | '*' | '\'')).unwrap_or(rest.len())
}

fn mark(name: &str, bytes: Span<Utf8Bytes>) -> DrawnMark {
    let tier = match &name[..1] {
        "A" => Tier::Automated,
        "P" => Tier::Primary,
        _ => Tier::Review,
    };
    let rest = name[1..].trim_end_matches('\'');
    let (rest, count) = rest.split_once('*').map_or((rest, 1), |(rest, n)| (rest, n.parse().unwrap()));
    let label = rest.trim_end_matches('!');
    DrawnMark {
        tier,
        bytes,
        label: label.parse::<usize>().map_or(UNKNOWN, |number| number - 1),
        count,
        rejected: rest.ends_with('!'),
    }
}

/// The text without its notation, and the marks in the order in which they open.
fn parse(source: &str) -> (String, Vec<DrawnMark>) {
    let (mut text, mut marks, mut open) = (String::new(), Vec::new(), BTreeMap::new());
    let mut rest = source;
    while let Some(next) = rest.chars().next() {
        let name = rest.get(1..).map_or("", |after| &after[..name_length(after)]);
        let after = rest.get(1 + name.len()..).unwrap_or("");
        let at = text.len();
        if next == '<' && !name.is_empty() && after.starts_with(':') {
            open.insert(name, marks.len());
            marks.push(mark(name, span(at, at)));
            rest = &after[1..];
        } else if next == '<' && !name.is_empty() && after.starts_with("|>") {
            marks.push(mark(name, span(at, at)));
            rest = &after[2..];
        } else if next == ':' && after.starts_with('>') && open.contains_key(name) {
            marks[open.remove(name).unwrap()].bytes.end = span(at, at).end;
            rest = &after[1..];
        } else {
            text.push(next);
            rest = &rest[next.len_utf8()..];
        }
    }
    assert!(open.is_empty(), "left open: {open:?}");
    (text, marks)
}

/// Every segment on a line: its text, `ws` if it is white space to be shown, and its layers without their wrapping.
fn drawing(text: &str, marks: &[DrawnMark]) -> String {
    let overlay = overlay(text, marks);
    let mut lines = format!("lanes {:?}", overlay.lanes.0);
    if overlay.beyond.0 != [0; 3] {
        lines += &format!(" beyond {:?}", overlay.beyond.0);
    }
    for segment in &overlay.segments {
        lines += &format!("\n{:?}", &text[segment.bytes.as_range()]);
        lines += if segment.whitespace { " ws" } else { "" };
        let bars =
            segment.bars.replace(", ", " · ").replace(",var(--", "|").replace("var(--", "").replace(')', "");
        lines += if bars.is_empty() { "" } else { "  " };
        lines += &bars;
    }
    lines + "\n"
}

fn check(source: &str, expected: Expect) {
    let (text, marks) = parse(source);
    expected.assert_eq(&drawing(&text, &marks));
}

// ── examples ─────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn text_without_marks_is_one_bare_segment() {
    check(
        "Take one tablet.",
        expect![[r#"
        lanes [0, 0, 0]
        "Take one tablet."
    "#]],
    );
    check(
        "",
        expect![[r#"
        lanes [0, 0, 0]
    "#]],
    );
    check(
        "<R1|>",
        expect![[r#"
        lanes [0, 0, 1]
    "#]],
    );
}

#[test]
fn inks_follow_label_tier_and_status() {
    check(
        "<A1:a:A1><A13:b:A13><Ax:c:Ax><A12!:d:A12!><P2*2:e:P2*2><R3!*4:f:R3!*4>",
        expect![[r#"
        lanes [1, 1, 1]
        "a"  sol-1 A0s · sol-1 A0g · dot-1 A0
        "b"  sol-1 A0s · sol-1 A0g · dot-1 A0
        "c"  sol-x A0s · sol-x A0g · dot-x A0
        "d"  sol-12 A0s · sol-12 A0e · hol-12 A0x
        "e"  sol-2 P0s · sol-2 P0n · sol-2 P0e · sol-2 P0
        "f"  sol-3 R0s · sol-3 R0n · sol-3 R0e · hol-3 R0x
    "#]],
    );
}

#[test]
fn equal_ranges_take_a_lane_each_in_the_order_of_their_labels() {
    check(
        "<P2:<P1:a:P1>:P2> <P3:b:P3>",
        expect![[r#"
        lanes [0, 2, 0]
        "a"  sol-1 P0s · sol-1 P0e · sol-2 P1s · sol-2 P1e · sol-1 P0 · sol-2 P1
        " "
        "b"  sol-3 P0s · sol-3 P0e · sol-3 P0
    "#]],
    );
}

#[test]
fn a_notch_parts_marks_that_touch_in_one_lane_only() {
    check(
        "<R1:<R2:ab:R2><R3:cd:R3>ef:R1><R4:gh:R4><A1:ij:A1>",
        expect![[r#"
        lanes [1, 0, 2]
        "ab"  sol-1 R0s · sol-2 R1s · sol-2 R1g · sol-1 R0 · sol-2 R1
        "cd"  sol-3 R1s · sol-3 R1e · sol-1 R0 · sol-3 R1
        "ef"  sol-1 R0g · sol-1 R0
        "gh"  sol-4 R0s · sol-4 R0e · sol-4 R0
        "ij"  sol-1 A0s · sol-1 A0e · dot-1 A0
    "#]],
    );
}

#[test]
fn cuts_move_outward_to_cluster_boundaries() {
    check(
        "e<R1:\u{301}:R1>x",
        expect![[r#"
        lanes [0, 0, 1]
        "e\u{301}"  sol-1 R0s · sol-1 R0e · sol-1 R0
        "x"
    "#]],
    );
    check(
        "a\r<A1:\nb:A1>",
        expect![[r#"
        lanes [1, 0, 0]
        "a"
        "\r\nb"  sol-1 A0s · sol-1 A0e · dot-1 A0
    "#]],
    );
    check(
        "<P1:\u{1F1EB}:P1>\u{1F1F7}\u{1F1E9}<R1:\u{1F1EA}:R1>",
        expect![[r#"
        lanes [0, 1, 1]
        "🇫🇷"  sol-1 P0s · sol-1 P0e · sol-1 P0
        "🇩🇪"  sol-1 R0s · sol-1 R0e · sol-1 R0
    "#]],
    );
    check(
        "\u{0915}\u{094D}<R1:\u{0937}:R1>\u{093F}",
        expect![[r#"
        lanes [0, 0, 1]
        "क\u{94d}षि"  sol-1 R0s · sol-1 R0e · sol-1 R0
    "#]],
    );
    check(
        "\u{1F468}\u{200D}<A1:\u{1F469}:A1>\u{200D}\u{1F467}!",
        expect![[r#"
        lanes [1, 0, 0]
        "👨\u{200d}👩\u{200d}👧"  sol-1 A0s · sol-1 A0e · dot-1 A0
        "!"
    "#]],
    );
}

#[test]
fn carets_are_halves_on_the_clusters_beside_them() {
    check(
        "ab<R1|>cd",
        expect![[r#"
        lanes [0, 0, 1]
        "a"
        "b"  ze-1 Ry
        "c"  zs-1 Rz · sol-1 Rt
        "d"
    "#]],
    );
    check(
        "<P1|>a<P2|>",
        expect![[r#"
            lanes [0, 2, 0]
            "a"  zs-1 Pz · sol-1 Pt · ze-2 P1y|Py · sol-2 P1u|Pu
        "#]],
    );
    check(
        "<R1:ab<R2|><R3|>:R1>c",
        expect![[r#"
            lanes [0, 0, 3]
            "a"  sol-1 R0s · sol-1 R0
            "b"  ze-2 R1y|Ry · ze-3 R2y|Ry · sol-1 R0e · sol-1 R0
            "c"  zs-2 R1z|Rz · sol-2 R1t|Rt · zs-3 R2z|Rz · sol-3 R2t|Rt
        "#]],
    );
    check(
        "\u{1F1EB}<A1|>\u{1F1F7}\u{1F1E9}\u{1F1EA}<A2|>",
        expect![[r#"
        lanes [1, 0, 0]
        "🇫🇷"  zs-1 Az · sol-1 At
        "🇩🇪"  ze-2 Ay · sol-2 Au
    "#]],
    );
    check(
        "a\r\n<A1|>e\u{301}b",
        expect![[r#"
        lanes [1, 0, 0]
        "a"
        "\r\n"  ze-1 Ay
        "e\u{301}"  zs-1 Az · sol-1 At
        "b"
    "#]],
    );
}

#[test]
fn white_space_shows_only_under_marks_of_nothing_else() {
    check(
        "a<A1: \t:A1><P1: b:P1><R1:<R2:\u{a0}:R2> :R1>",
        expect![[r#"
        lanes [1, 1, 2]
        "a"
        " \t" ws  sol-1 A0s · sol-1 A0e · dot-1 A0
        " b"  sol-1 P0s · sol-1 P0e · sol-1 P0
        "\u{a0}" ws  sol-1 R0s · sol-2 R1s · sol-2 R1e · sol-1 R0 · sol-2 R1
        " " ws  sol-1 R0e · sol-1 R0
    "#]],
    );
}

#[test]
fn the_seventeenth_lane_is_not_drawn_but_kept() {
    let mark = |end| DrawnMark { bytes: span(0, end), ..mark("P1", span(0, 0)) };
    let overlay = overlay("abcdefghijklmnopqrst", &(1..=20).rev().map(mark).collect::<Vec<_>>());
    assert_eq!(overlay.lanes.0, [0, 16, 0]);
    assert_eq!(overlay.beyond.0, [0, 4, 0]);
    let first = &overlay.segments[0];
    assert_eq!(overlay.marks[first.marks.clone()], (0..20).collect::<Vec<u32>>());
    assert!(first.bars.ends_with("var(--sol-1) var(--P15)"), "{}", first.bars);
    assert_eq!(first.bars.matches("var(--P").count(), 32);
}

#[test]
fn a_segment_with_marks_but_no_lane_for_them_still_has_a_value() {
    let mut marks = vec![mark("R1", span(0, 3)); MAX_LANES];
    marks.push(mark("R2", span(1, 5)));
    let overlay = overlay("abcdef", &marks);
    assert_eq!(overlay.beyond.0, [0, 0, 1]);
    let last: Vec<_> = overlay.segments.iter().map(|s| (s.bytes, s.marks.len(), s.bars.len())).collect();
    assert_eq!(last[2..], [(span(3, 5), 1, "none".len()), (span(5, 6), 0, 0)]);
    assert_eq!(overlay.segments[2].bars, "none");
}

#[test]
fn ranges_that_do_not_fit_the_text_are_cut_down_to_it() {
    let marks = [mark("R1", span(2, 99)), mark("A1", span(50, 60)), mark("P1", span(1, 3)), {
        let mut reversed = mark("P2", span(0, 3));
        reversed.bytes = Span { start: reversed.bytes.end, end: reversed.bytes.start };
        reversed
    }];
    let text = "é中b";
    assert_eq!(drawing(text, &marks).lines().count(), 4);
    assert_eq!(overlay(text, &marks).segments.last().unwrap().bytes.end.0, 6);
}

// ── the specimen sheet ───────────────────────────────────────────────────────────────────────────────────────────

/// The cases of the design's specimen sheet by their names there.
fn specimens() -> Vec<(&'static str, String)> {
    let same = |source: &str| source.to_owned();
    let words = "one two three four five six seven eight nine ten eleven twelve".split(' ');
    let twelve: Vec<String> =
        words.zip(1..).map(|(word, n)| format!("<A{n}:<P{n}:<R{n}:{word}:R{n}>:P{n}>:A{n}>")).collect();
    vec![
        (
            "Overlap in one tier",
            same("Take <R5:<A5:one tablet:A5> in the <R1:morning:R5> and one in the evening:R1>, with food."),
        ),
        (
            "Nested",
            same("<P1:Take one tablet in the morning and <P5:<R5:one in the evening:R5>:P5>:P1>, with food."),
        ),
        (
            "Crossing",
            same("<A1:Take one <P1:tablet in <R1:the morning:A1> and one:P1> in the evening:R1>, with food."),
        ),
        (
            "Identical ×3",
            same("Take one tablet <P5*3:<R5:in the morning:R5>:P5*3> and one in the evening, with food."),
        ),
        (
            "Adjacent, same label",
            same(
                "Take <A1:<P1:<R1:one tablet :A1>:P1>:R1><A1:<P1:<R1:in the morning :A1>:P1>:R1><A1:<P1:<R1:and one:A1>:P1>:R1> in the evening, with food.",
            ),
        ),
        (
            "Zero-length",
            same(
                "<R4|>Take one <A2|>tablet in t<P5|>he morning and one in the eve<R1|>ning, with food.<R3|>",
            ),
        ),
        (
            "Many lines",
            same(
                "If <R3:you have taken more than you should, <A3:call your doctor or <P3:the poison centre straight away, even when you feel well. Keep:P3> the pack with you:A3>, because:R3> the name on it helps them to find out what to do.",
            ),
        ),
        ("Whole part", same("<A4:<P4:<R4:I cannot help with this question.:R4>:P4>:A4>")),
        (
            "Whitespace only",
            same("Store below 25 °C.<A1:<R1:  :R1>:A1>Keep dry.<P5:<R5:\n\t:R5>:P5>Do not freeze."),
        ),
        (
            "In a tool call",
            same(
                "{\"product\": \"<R1:Velmorin 50 mg:R1>\", \"dose\": {<A5:<R5:\"per_day\": <P5:3:P5>:A5>, \"unit\": \"tablet\":R5>}, \"note\": \"läßt\\u00a0nach\"}",
            ),
        ),
        (
            "Right to left",
            same(
                "لا تتناول <A5:<R5:أك<P5:ثر من ثلاثة:A5> أقرا:P5>ص في اليوم:R5>، واسأل ال<P3:طبيب:P3> <R1:قبل تناول Velmorin 50:R1> mg مع الكحول.",
            ),
        ),
        (
            "Chinese",
            same(
                "<R5:每日两次，<A5:<P5:每次两片:R5>:A5><R2:，:P5><P2:随餐服用:P2>:R2>。任何二十四小时内不得超过八片，除非医生另有说明。",
            ),
        ),
        ("Devanagari", same("भोजन के साथ <R1:दिन में <A5:दो बार:A5> <P5:दो गोलियाँ:P5> लें:R1>, क्षमता के अनुसार।")),
        ("Emoji cluster", same("The family <A1:<P1:👨‍👩‍👧‍👦:A1> may:P1> share it <R3:👩🏽‍⚕️:R3> says <R5:🇫🇷:R5>.")),
        (
            "Six deep",
            same(
                "<R1:This <R2:medicine <R3:may <R5:make <R4:you <R6:sleepy:R6>:R5> and:R4> you:R3> should:R2> not <A5:drive:A5>.:R1>",
            ),
        ),
        ("Twelve labels", twelve.join(" ")),
        (
            "Differences",
            same("<A1:Do not use:A1> <R2:after the date on the pack:R2>; <A5:<R5:ask before:A5> use:R5>."),
        ),
        (
            "Rejected",
            same(
                "Take <A5:<P5!:one tablet in the morning:P5!>:A5> and <P1:<R1!:one in the evening:R1!>:P1>, with food.",
            ),
        ),
    ]
}

#[test]
fn specimens_are_drawn_like_this() {
    let mut all = String::new();
    for (name, source) in specimens() {
        let (text, marks) = parse(&source);
        all += &format!("── {name}\n{}", drawing(&text, &marks));
    }
    expect![[r#"
        ── Overlap in one tier
        lanes [1, 0, 2]
        "Take "
        "one tablet"  sol-5 A0s · sol-5 A0e · sol-5 R0s · dot-5 A0 · sol-5 R0
        " in the "  sol-5 R0
        "morning"  sol-5 R0e · sol-1 R1s · sol-5 R0 · sol-1 R1
        " and one in the evening"  sol-1 R1e · sol-1 R1
        ", with food."
        ── Nested
        lanes [0, 2, 1]
        "Take one tablet in the morning and "  sol-1 P0s · sol-1 P0
        "one in the evening"  sol-1 P0e · sol-5 P1s · sol-5 P1e · sol-5 R0s · sol-5 R0e · sol-1 P0 · sol-5 P1 · sol-5 R0
        ", with food."
        ── Crossing
        lanes [1, 1, 1]
        "Take one "  sol-1 A0s · dot-1 A0
        "tablet in "  sol-1 P0s · dot-1 A0 · sol-1 P0
        "the morning"  sol-1 A0e · sol-1 R0s · dot-1 A0 · sol-1 P0 · sol-1 R0
        " and one"  sol-1 P0e · sol-1 P0 · sol-1 R0
        " in the evening"  sol-1 R0e · sol-1 R0
        ", with food."
        ── Identical ×3
        lanes [0, 1, 1]
        "Take one tablet "
        "in the morning"  sol-5 P0s · sol-5 P0n · sol-5 P0e · sol-5 R0s · sol-5 R0e · sol-5 P0 · sol-5 R0
        " and one in the evening, with food."
        ── Adjacent, same label
        lanes [1, 1, 1]
        "Take "
        "one tablet "  sol-1 A0s · sol-1 A0g · sol-1 P0s · sol-1 P0g · sol-1 R0s · sol-1 R0g · dot-1 A0 · sol-1 P0 · sol-1 R0
        "in the morning "  sol-1 A0s · sol-1 A0g · sol-1 P0s · sol-1 P0g · sol-1 R0s · sol-1 R0g · dot-1 A0 · sol-1 P0 · sol-1 R0
        "and one"  sol-1 A0s · sol-1 A0e · sol-1 P0s · sol-1 P0e · sol-1 R0s · sol-1 R0e · dot-1 A0 · sol-1 P0 · sol-1 R0
        " in the evening, with food."
        ── Zero-length
        lanes [1, 1, 1]
        "T"  zs-4 Rz · sol-4 Rt
        "ake one"
        " "  ze-2 Ay
        "t"  zs-2 Az · sol-2 At
        "ablet in "
        "t"  ze-5 Py
        "h"  zs-5 Pz · sol-5 Pt
        "e morning and one in the ev"
        "e"  ze-1 Ry
        "n"  zs-1 Rz · sol-1 Rt
        "ing, with food"
        "."  ze-3 Ry · sol-3 Ru
        ── Many lines
        lanes [1, 1, 1]
        "If "
        "you have taken more than you should, "  sol-3 R0s · sol-3 R0
        "call your doctor or "  sol-3 A0s · dot-3 A0 · sol-3 R0
        "the poison centre straight away, even when you feel well. Keep"  sol-3 P0s · sol-3 P0e · dot-3 A0 · sol-3 P0 · sol-3 R0
        " the pack with you"  sol-3 A0e · dot-3 A0 · sol-3 R0
        ", because"  sol-3 R0e · sol-3 R0
        " the name on it helps them to find out what to do."
        ── Whole part
        lanes [1, 1, 1]
        "I cannot help with this question."  sol-4 A0s · sol-4 A0e · sol-4 P0s · sol-4 P0e · sol-4 R0s · sol-4 R0e · dot-4 A0 · sol-4 P0 · sol-4 R0
        ── Whitespace only
        lanes [1, 1, 1]
        "Store below 25 °C."
        "  " ws  sol-1 A0s · sol-1 A0e · sol-1 R0s · sol-1 R0e · dot-1 A0 · sol-1 R0
        "Keep dry."
        "\n\t" ws  sol-5 P0s · sol-5 P0e · sol-5 R0s · sol-5 R0e · sol-5 P0 · sol-5 R0
        "Do not freeze."
        ── In a tool call
        lanes [1, 1, 1]
        "{\"product\": \""
        "Velmorin 50 mg"  sol-1 R0s · sol-1 R0e · sol-1 R0
        "\", \"dose\": {"
        "\"per_day\": "  sol-5 A0s · sol-5 R0s · dot-5 A0 · sol-5 R0
        "3"  sol-5 A0e · sol-5 P0s · sol-5 P0e · dot-5 A0 · sol-5 P0 · sol-5 R0
        ", \"unit\": \"tablet\""  sol-5 R0e · sol-5 R0
        "}, \"note\": \"läßt\\u00a0nach\"}"
        ── Right to left
        lanes [1, 1, 1]
        "لا تتناول "
        "أك"  sol-5 A0s · sol-5 R0s · dot-5 A0 · sol-5 R0
        "ثر من ثلاثة"  sol-5 A0e · sol-5 P0s · dot-5 A0 · sol-5 P0 · sol-5 R0
        " أقرا"  sol-5 P0e · sol-5 P0 · sol-5 R0
        "ص في اليوم"  sol-5 R0e · sol-5 R0
        "، واسأل ال"
        "طبيب"  sol-3 P0s · sol-3 P0e · sol-3 P0
        " "
        "قبل تناول Velmorin 50"  sol-1 R0s · sol-1 R0e · sol-1 R0
        " mg مع الكحول."
        ── Chinese
        lanes [1, 1, 1]
        "每日两次，"  sol-5 R0s · sol-5 R0
        "每次两片"  sol-5 A0s · sol-5 A0e · sol-5 P0s · sol-5 R0g · dot-5 A0 · sol-5 P0 · sol-5 R0
        "，"  sol-5 P0g · sol-2 R0s · sol-5 P0 · sol-2 R0
        "随餐服用"  sol-2 P0s · sol-2 P0e · sol-2 R0e · sol-2 P0 · sol-2 R0
        "。任何二十四小时内不得超过八片，除非医生另有说明。"
        ── Devanagari
        lanes [1, 1, 1]
        "भोजन क\u{947} साथ "
        "दिन म\u{947}\u{902} "  sol-1 R0s · sol-1 R0
        "दो बार"  sol-5 A0s · sol-5 A0e · dot-5 A0 · sol-1 R0
        " "  sol-1 R0
        "दो गोलिया\u{901}"  sol-5 P0s · sol-5 P0e · sol-5 P0 · sol-1 R0
        " ल\u{947}\u{902}"  sol-1 R0e · sol-1 R0
        ", क\u{94d}षमता क\u{947} अन\u{941}सार।"
        ── Emoji cluster
        lanes [1, 1, 1]
        "The family "
        "👨\u{200d}👩\u{200d}👧\u{200d}👦"  sol-1 A0s · sol-1 A0e · sol-1 P0s · dot-1 A0 · sol-1 P0
        " may"  sol-1 P0e · sol-1 P0
        " share it "
        "👩🏽\u{200d}⚕\u{fe0f}"  sol-3 R0s · sol-3 R0e · sol-3 R0
        " says "
        "🇫🇷"  sol-5 R0s · sol-5 R0e · sol-5 R0
        "."
        ── Six deep
        lanes [1, 0, 6]
        "This "  sol-1 R0s · sol-1 R0
        "medicine "  sol-2 R1s · sol-1 R0 · sol-2 R1
        "may "  sol-3 R2s · sol-1 R0 · sol-2 R1 · sol-3 R2
        "make "  sol-5 R3s · sol-1 R0 · sol-2 R1 · sol-3 R2 · sol-5 R3
        "you "  sol-4 R4s · sol-1 R0 · sol-2 R1 · sol-3 R2 · sol-5 R3 · sol-4 R4
        "sleepy"  sol-5 R3e · sol-6 R5s · sol-6 R5e · sol-1 R0 · sol-2 R1 · sol-3 R2 · sol-5 R3 · sol-4 R4 · sol-6 R5
        " and"  sol-4 R4e · sol-1 R0 · sol-2 R1 · sol-3 R2 · sol-4 R4
        " you"  sol-3 R2e · sol-1 R0 · sol-2 R1 · sol-3 R2
        " should"  sol-2 R1e · sol-1 R0 · sol-2 R1
        " not "  sol-1 R0
        "drive"  sol-5 A0s · sol-5 A0e · dot-5 A0 · sol-1 R0
        "."  sol-1 R0e · sol-1 R0
        ── Twelve labels
        lanes [1, 1, 1]
        "one"  sol-1 A0s · sol-1 A0e · sol-1 P0s · sol-1 P0e · sol-1 R0s · sol-1 R0e · dot-1 A0 · sol-1 P0 · sol-1 R0
        " "
        "two"  sol-2 A0s · sol-2 A0e · sol-2 P0s · sol-2 P0e · sol-2 R0s · sol-2 R0e · dot-2 A0 · sol-2 P0 · sol-2 R0
        " "
        "three"  sol-3 A0s · sol-3 A0e · sol-3 P0s · sol-3 P0e · sol-3 R0s · sol-3 R0e · dot-3 A0 · sol-3 P0 · sol-3 R0
        " "
        "four"  sol-4 A0s · sol-4 A0e · sol-4 P0s · sol-4 P0e · sol-4 R0s · sol-4 R0e · dot-4 A0 · sol-4 P0 · sol-4 R0
        " "
        "five"  sol-5 A0s · sol-5 A0e · sol-5 P0s · sol-5 P0e · sol-5 R0s · sol-5 R0e · dot-5 A0 · sol-5 P0 · sol-5 R0
        " "
        "six"  sol-6 A0s · sol-6 A0e · sol-6 P0s · sol-6 P0e · sol-6 R0s · sol-6 R0e · dot-6 A0 · sol-6 P0 · sol-6 R0
        " "
        "seven"  sol-7 A0s · sol-7 A0e · sol-7 P0s · sol-7 P0e · sol-7 R0s · sol-7 R0e · dot-7 A0 · sol-7 P0 · sol-7 R0
        " "
        "eight"  sol-8 A0s · sol-8 A0e · sol-8 P0s · sol-8 P0e · sol-8 R0s · sol-8 R0e · dot-8 A0 · sol-8 P0 · sol-8 R0
        " "
        "nine"  sol-9 A0s · sol-9 A0e · sol-9 P0s · sol-9 P0e · sol-9 R0s · sol-9 R0e · dot-9 A0 · sol-9 P0 · sol-9 R0
        " "
        "ten"  sol-10 A0s · sol-10 A0e · sol-10 P0s · sol-10 P0e · sol-10 R0s · sol-10 R0e · dot-10 A0 · sol-10 P0 · sol-10 R0
        " "
        "eleven"  sol-11 A0s · sol-11 A0e · sol-11 P0s · sol-11 P0e · sol-11 R0s · sol-11 R0e · dot-11 A0 · sol-11 P0 · sol-11 R0
        " "
        "twelve"  sol-12 A0s · sol-12 A0e · sol-12 P0s · sol-12 P0e · sol-12 R0s · sol-12 R0e · dot-12 A0 · sol-12 P0 · sol-12 R0
        ── Differences
        lanes [1, 0, 1]
        "Do not use"  sol-1 A0s · sol-1 A0e · dot-1 A0
        " "
        "after the date on the pack"  sol-2 R0s · sol-2 R0e · sol-2 R0
        "; "
        "ask before"  sol-5 A0s · sol-5 A0e · sol-5 R0s · dot-5 A0 · sol-5 R0
        " use"  sol-5 R0e · sol-5 R0
        "."
        ── Rejected
        lanes [1, 1, 1]
        "Take "
        "one tablet in the morning"  sol-5 A0s · sol-5 A0e · sol-5 P0s · sol-5 P0e · dot-5 A0 · hol-5 P0x
        " and "
        "one in the evening"  sol-1 P0s · sol-1 P0e · sol-1 R0s · sol-1 R0e · sol-1 P0 · hol-1 R0x
        ", with food."
    "#]].assert_eq(&all);
}

/// Text, whether it has the class `ws`, and the layers of each marked segment, in no order but caps before bars.
type Painted = Vec<(String, bool, Vec<String>)>;

/// The marked segments that the sheet shows under `name`.
fn painted_by_the_sheet(html: &str, name: &str) -> Painted {
    let case =
        html.split("<section class=\"case\">").find(|case| case.contains(&format!("<b>{name}</b>"))).unwrap();
    let marks = case.split("<mark class=\"").skip(1);
    marks
        .map(|mark| {
            let (classes, rest) = mark.split_once('"').unwrap();
            let (_, rest) = rest.split_once("--bars:").unwrap();
            let (style, rest) = rest.split_once("\">").unwrap();
            let (text, _) = rest.split_once("</mark>").unwrap();
            let bars = style.split(';').next().unwrap();
            (text.replace("&quot;", "\""), classes.contains("ws"), layers(bars))
        })
        .collect()
}

fn painted_here(source: &str) -> Painted {
    let (text, marks) = parse(source);
    let overlay = overlay(&text, &marks);
    let marked = overlay.segments.iter().filter(|segment| !segment.bars.is_empty());
    marked.map(|s| (text[s.bytes.as_range()].to_owned(), s.whitespace, layers(&s.bars))).collect()
}

/// The layers of a value, sorted; it is checked that no cap lies under a bar.
fn layers(bars: &str) -> Vec<String> {
    let mut layers: Vec<String> = bars.split(", ").map(str::to_owned).collect();
    let is_bar =
        |layer: &String| layer.trim_end_matches(')').ends_with(|c: char| c.is_ascii_digit() || c == 'x');
    assert!(layers.is_sorted_by_key(is_bar), "{bars}");
    layers.sort();
    layers
}

#[test]
fn specimens_are_painted_as_on_the_sheet() {
    let sheet = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/design/mock/overlay-cases.html");
    let Ok(html) = std::fs::read_to_string(sheet) else {
        eprintln!("skipped: specimens_are_painted_as_on_the_sheet: no {sheet}");
        return;
    };
    for (name, source) in specimens() {
        assert_eq!(painted_here(&source), painted_by_the_sheet(&html, name), "{name}");
    }
    assert_eq!(html.matches("<section class=\"case\">").count(), specimens().len());
}

// ── properties ───────────────────────────────────────────────────────────────────────────────────────────────────

/// What texts are put together from: every script and joining rule that makes clusters of more than one character.
const PIECES: [&str; 26] = [
    "a",
    "b",
    " ",
    "\t",
    "\n",
    "\r\n",
    "\r",
    "é",
    "e\u{301}",
    "\u{301}",
    "لا",
    "مُ",
    "\u{600}",
    "中",
    "क्षि",
    "क्",
    "ष",
    "ᄀ",
    "ᅡ",
    "👨\u{200d}👩\u{200d}👧",
    "👩🏽\u{200d}⚕️",
    "\u{200d}",
    "👩",
    "🇫🇷",
    "\u{1F1EB}",
    "\u{1F3FD}",
];

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        proptest::collection::vec(proptest::sample::select(&PIECES[..]), 0..40)
            .prop_map(|pieces| pieces.concat()),
        proptest::collection::vec(any::<char>(), 0..40).prop_map(String::from_iter),
        // Long runs of what pairs or joins without end.
        (proptest::sample::select(&PIECES[..]), 1..60usize).prop_map(|(piece, n)| piece.repeat(n)),
    ]
}

/// A text and distinct marks on character boundaries of it, a good part of them of length zero.
fn marked() -> impl Strategy<Value = (String, Vec<DrawnMark>)> {
    let mark = (0..3usize, any::<Index>(), any::<Index>(), 0..4usize, any::<bool>(), 0..5u8);
    (text(), proptest::collection::vec(mark, 0..25)).prop_map(|(text, raw)| {
        let boundaries: Vec<usize> = (0..=text.len()).filter(|at| text.is_char_boundary(*at)).collect();
        let mut marks: Vec<DrawnMark> = Vec::new();
        for (tier, a, b, label, rejected, zero) in raw {
            let (a, b) = (*a.get(&boundaries), *b.get(&boundaries));
            let bytes = if zero == 0 { span(a, a) } else { span(a.min(b), a.max(b)) };
            let mark = DrawnMark { tier: Tier::ALL[tier], bytes, label, count: 1, rejected };
            if !marks.iter().any(|m| (m.tier, m.bytes, m.label) == (mark.tier, mark.bytes, mark.label)) {
                marks.push(mark);
            }
        }
        (text, marks)
    })
}

/// The boundaries of `text`'s clusters, both ends included.
fn boundaries(text: &str) -> Vec<usize> {
    text.grapheme_indices(true).map(|(at, _)| at).chain([text.len()]).collect()
}

/// Where a mark is drawn, by walking all of the text.
fn naive_extent(text: &str, bytes: Span<Utf8Bytes>) -> (Span<Utf8Bytes>, bool) {
    let all = boundaries(text);
    let range = bytes.as_range();
    let floor = *all.iter().rfind(|at| **at <= range.start).unwrap();
    if range.is_empty() {
        let before = all.iter().rfind(|at| **at < floor).copied().unwrap_or(floor);
        let after = all.iter().find(|at| **at > floor).copied().unwrap_or(floor);
        return (span(before, after), true);
    }
    (span(floor, *all.iter().find(|at| **at >= range.end).unwrap()), false)
}

/// How many of `extents` share one position at most.
fn depth(extents: &[Span<Utf8Bytes>]) -> usize {
    let over = |at: u32| extents.iter().filter(|e| e.start.0 <= at && at < e.end.0).count();
    extents.iter().map(|extent| over(extent.start.0)).max().unwrap_or(0)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, ..ProptestConfig::default() })]

    #[test]
    fn segments_are_the_text_under_the_marks_that_cover_it((text, marks) in marked()) {
        let cut = segments(&text, &marks);
        let pieces: String = cut.list.iter().map(|segment| &text[segment.bytes.as_range()]).collect();
        prop_assert_eq!(&pieces, &text);
        prop_assert!(cut.list.iter().all(|segment| segment.bytes.start < segment.bytes.end));

        let extents: Vec<_> = marks.iter().map(|mark| naive_extent(&text, mark.bytes)).collect();
        let found: Vec<_> = cut.extents.iter().map(|extent| (extent.bytes, extent.caret)).collect();
        prop_assert_eq!(&found, &extents);
        let mut cuts: Vec<u32> = extents.iter().flat_map(|(e, _)| [e.start.0, e.end.0]).collect();
        cuts.extend(cut.carets.iter().map(|caret| caret.at.0));
        cuts.extend([0, u32::try_from(text.len()).unwrap()]);
        cuts.sort_unstable();
        cuts.dedup();
        let here: Vec<u32> = cut.list.iter().map(|s| s.bytes.start.0).chain([*cuts.last().unwrap()]).collect();
        prop_assert_eq!(&here, &cuts);

        for segment in &cut.list {
            let covers = |mark: &u32| {
                let (extent, caret) = extents[*mark as usize];
                !caret && extent.start <= segment.bytes.start && segment.bytes.end <= extent.end
            };
            let covering: Vec<u32> = cut.order.iter().copied().filter(covers).collect();
            prop_assert_eq!(cut.marks_of(segment), covering);
            for &mark in cut.marks_of(segment) {
                let (extent, _) = extents[mark as usize];
                prop_assert_eq!(cut.starts(mark, segment), extent.start == segment.bytes.start);
                prop_assert_eq!(cut.ends(mark, segment), extent.end == segment.bytes.end);
            }
        }
        let by_rule = |mark: &u32| {
            let (extent, _) = extents[*mark as usize];
            (marks[*mark as usize].tier, extent.start, std::cmp::Reverse(extent.end))
        };
        prop_assert!(cut.order.is_sorted_by_key(by_rule));
        prop_assert_eq!(cut.order.len(), marks.len());
    }

    #[test]
    fn carets_stand_between_two_segments_of_one_cluster((text, marks) in marked()) {
        let cut = segments(&text, &marks);
        let all = boundaries(&text);
        let is_segment = |half: Span<Utf8Bytes>| cut.list.iter().any(|segment| segment.bytes == half);
        for caret in &cut.carets {
            prop_assert!(all.contains(&(caret.at.0 as usize)));
            prop_assert_eq!((caret.before.end, caret.after.start), (caret.at, caret.at));
            for half in [caret.before, caret.after] {
                prop_assert!(half.start == half.end || is_segment(half));
            }
            prop_assert_eq!(caret.before.start == caret.at, caret.at.0 == 0);
            prop_assert_eq!(caret.after.end == caret.at, caret.at.0 as usize == text.len());
        }
        let zero = marks.iter().filter(|mark| mark.bytes.as_range().is_empty()).count();
        prop_assert_eq!(cut.carets.len(), zero);
        prop_assert!(cut.carets.is_sorted_by_key(|caret| caret.at));
    }

    #[test]
    fn lanes_are_as_many_as_marks_overlap((text, marks) in marked()) {
        let cut = segments(&text, &marks);
        let laid = lanes(&marks, &cut);
        for tier in Tier::ALL {
            let of_tier: Vec<usize> = (0..marks.len()).filter(|mark| marks[*mark].tier == tier).collect();
            let extents: Vec<_> = of_tier.iter().map(|mark| cut.extents[*mark].bytes).collect();
            let expected = if text.is_empty() { usize::from(!extents.is_empty()) } else { depth(&extents) };
            prop_assert_eq!(laid.used[tier] as usize, expected.min(MAX_LANES));
            let without = of_tier.iter().filter(|mark| laid.lanes[**mark].number.is_none()).count();
            prop_assert_eq!(laid.beyond[tier] as usize, without);
            prop_assert!(expected > MAX_LANES || without == 0);

            for &mark in &of_tier {
                let (mine, lane) = (cut.extents[mark], laid.lanes[mark]);
                let others = of_tier.iter().filter(|other| **other != mark && lane.number.is_some());
                let same: Vec<_> = others.filter(|other| laid.lanes[**other].number == lane.number).collect();
                let overlaps = |e: Span<Utf8Bytes>| e.start < mine.bytes.end && mine.bytes.start < e.end;
                prop_assert!(!same.iter().any(|other| overlaps(cut.extents[**other].bytes)));
                let touches = |other: &&&usize| {
                    let next = cut.extents[***other];
                    !next.caret && !mine.caret && next.bytes.start == mine.bytes.end
                };
                prop_assert_eq!(lane.notched, !text.is_empty() && same.iter().any(|other| touches(&other)));
            }
        }
    }

    #[test]
    fn the_order_in_which_marks_are_given_changes_nothing((text, marks) in marked(), seed in any::<u64>()) {
        let mut shuffled: Vec<usize> = (0..marks.len()).collect();
        shuffled.sort_by_key(|index| (*index as u64 + 1).wrapping_mul(seed | 1).rotate_left(17));
        let other: Vec<DrawnMark> = shuffled.iter().map(|index| marks[*index]).collect();
        prop_assert_eq!(drawing(&text, &marks), drawing(&text, &other));
        let (a, b) = (overlay(&text, &marks), overlay(&text, &other));
        let named = |flat: &[u32]| flat.iter().map(|mark| shuffled[*mark as usize] as u32).collect::<Vec<_>>();
        prop_assert_eq!(a.marks, named(&b.marks));
        let at = |carets: &[u32]| carets.to_vec();
        prop_assert_eq!(
            at(&a.carets.iter().map(|caret| caret.mark).collect::<Vec<_>>()),
            named(&b.carets.iter().map(|caret| caret.mark).collect::<Vec<_>>())
        );
    }

    #[test]
    fn layers_are_well_formed_and_each_once((text, marks) in marked()) {
        let overlay = overlay(&text, &marks);
        for segment in &overlay.segments {
            if segment.bars.is_empty() || segment.bars == "none" {
                prop_assert_eq!(segment.bars.is_empty(), segment.marks.is_empty());
                continue;
            }
            let layers = layers(&segment.bars);
            for layer in &layers {
                let (ink, slot) = layer.split_once(' ').unwrap();
                prop_assert!(ink.starts_with("var(--") && ink.ends_with(')'), "{}", layer);
                prop_assert!(slot.starts_with("var(--") && slot.ends_with(')'), "{}", layer);
            }
            let mut slots: Vec<&str> = layers.iter().map(|layer| layer.split_once(' ').unwrap().1).collect();
            slots.sort_unstable();
            let all = slots.len();
            slots.dedup();
            prop_assert_eq!(slots.len(), all, "a slot is painted twice: {}", segment.bars);
        }
    }
}

#[test]
fn many_overlapping_marks_on_a_long_text() {
    let text = "नमस्ते 🇫🇷 word ".repeat(40_000);
    let marks: Vec<DrawnMark> = (0..5_000)
        .map(|i| {
            let at = |position: usize| (0..=position).rfind(|at| text.is_char_boundary(*at)).unwrap();
            DrawnMark { label: i, ..mark(["A1", "P1", "R1"][i % 3], span(at(i * 97), at(i * 97 + 20_011))) }
        })
        .collect();
    let overlay = overlay(&text, &marks);
    assert_eq!(overlay.lanes.0, [16, 16, 16]);
    assert!(overlay.segments.len() > 5_000);
    assert_eq!(overlay.segments.last().unwrap().bytes.end.0 as usize, text.len());
}

#[test]
fn one_endless_cluster_and_endless_flags_are_walked_once() {
    // Were each mark to look back on its own, this would take hours.
    for text in [format!("a{}", "\u{301}".repeat(300_000)), "\u{1F1EB}".repeat(200_000)] {
        let step = text.chars().last().unwrap().len_utf8();
        let marks: Vec<DrawnMark> = (0..60_000)
            .map(|i| {
                let start = text.len() - (i + 1) * step;
                mark(
                    ["P1", "R1"][i % 2],
                    if i % 3 == 0 { span(start, start) } else { span(start, start + step) },
                )
            })
            .collect();
        let cut = segments(&text, &marks);
        assert_eq!(cut.extents.len(), marks.len());
        assert_eq!(cut.list.last().unwrap().bytes.end.0 as usize, text.len());
    }
}
