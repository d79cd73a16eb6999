//! Segments, lanes and the layers that are painted: by example, by the specimen sheet of the design, by property.

#![allow(clippy::unwrap_used, reason = "what is built here is known to be there")]

mod crowded;
mod notation;
mod properties;
mod specimens;

use expect_test::expect;
use labelscope_core::domain::Span;
use labelscope_core::logic::lanes::MAX_LANES;
use labelscope_core::logic::overlay::overlay;
use labelscope_core::logic::segments::{DrawnMark, segments};
use notation::{check, drawing, mark, span};

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
    let bars = overlay.bars(first);
    assert!(bars.ends_with("var(--sol-1) var(--P15)"), "{bars}");
    assert_eq!(bars.matches("var(--P").count(), 32);
}

#[test]
fn a_segment_with_marks_but_no_lane_for_them_still_has_a_value() {
    let mut marks = vec![mark("R1", span(0, 3)); MAX_LANES];
    marks.push(mark("R2", span(1, 5)));
    let overlay = overlay("abcdef", &marks);
    assert_eq!(overlay.beyond.0, [0, 0, 1]);
    let last = overlay.segments.iter().map(|s| (s.bytes, s.marks.len(), overlay.bars(s)));
    let none = "none".to_owned();
    assert_eq!(last.skip(2).collect::<Vec<_>>(), [(span(3, 5), 1, none), (span(5, 6), 0, String::new())]);
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
