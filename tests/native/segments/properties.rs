//! What holds for any text and any marks.

use super::notation::{drawing, layers, span};
use labelscope_core::domain::{Span, Tier, Utf8Bytes};
use labelscope_core::logic::direction::Direction;
use labelscope_core::logic::lanes::{MAX_LANES, lanes};
use labelscope_core::logic::overlay::{Overlay, OverlaySegment, overlay, overlay_in};
use labelscope_core::logic::segments::{DrawnMark, segments};
use proptest::prelude::*;
use proptest::sample::Index;
use unicode_segmentation::UnicodeSegmentation;

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

/// Whether a layer draws the start or the end of a mark, or a half of a caret.
fn ends_of_mark(layer: &str) -> bool {
    ["s)", "n)", "e)", "g)", "t)", "u)", "y)", "z)"].iter().any(|end| layer.ends_with(end))
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
        prop_assert_eq!(&a.marks, &named(&b.marks));
        let carets = |overlay: &Overlay| overlay.carets.iter().map(|caret| caret.mark).collect::<Vec<_>>();
        prop_assert_eq!(carets(&a), named(&carets(&b)));
    }

    #[test]
    fn what_is_cut_in_pieces_is_drawn_as_if_it_were_not((text, marks) in marked(), at in any::<Vec<Index>>()) {
        let boundaries: Vec<usize> = text.grapheme_indices(true).map(|(at, _)| at).chain([text.len()]).collect();
        let mut breaks: Vec<u32> = at.iter().take(5).map(|at| *at.get(&boundaries) as u32).collect();
        breaks.sort_unstable();
        breaks.dedup();
        let breaks: Vec<Utf8Bytes> = breaks.into_iter().map(Utf8Bytes).collect();
        let (whole, cut) = (overlay(&text, &marks), overlay_in(Direction::of(&text), &text, &marks, &breaks));
        prop_assert_eq!((&whole.carets, &whole.lanes, &whole.beyond), (&cut.carets, &cut.lanes, &cut.beyond));
        for at in &breaks {
            let is_cut = at.0 == 0 || cut.segments.iter().any(|segment| segment.bytes.end == *at);
            prop_assert!(is_cut, "not cut at {}", at.0);
        }
        for segment in &whole.segments {
            let within = |piece: &&OverlaySegment| {
                segment.bytes.start <= piece.bytes.start && piece.bytes.end <= segment.bytes.end
            };
            let pieces: Vec<_> = cut.segments.iter().filter(within).collect();
            let length: u32 = pieces.iter().map(|piece| piece.bytes.end.0 - piece.bytes.start.0).sum();
            prop_assert_eq!(length, segment.bytes.end.0 - segment.bytes.start.0);
            // Every piece has the bars; the ends of a mark are where they were, once.
            let sorted = |mut layers: Vec<String>| {
                layers.sort_unstable();
                layers
            };
            let mut drawn = sorted(pieces.iter().flat_map(|piece| layers(&cut.bars(piece))).collect());
            let ends = |layers: &[String]| layers.iter().filter(|layer| ends_of_mark(layer)).count();
            let expected = sorted(layers(&whole.bars(segment)));
            prop_assert_eq!(ends(&drawn), ends(&expected));
            drawn.dedup();
            prop_assert_eq!(drawn, expected);
            for piece in &pieces {
                prop_assert_eq!(&cut.marks[piece.marks.clone()], &whole.marks[segment.marks.clone()]);
            }
        }
    }

    #[test]
    fn layers_are_well_formed_and_each_once((text, marks) in marked()) {
        let overlay = overlay(&text, &marks);
        for segment in &overlay.segments {
            let bars = overlay.bars(segment);
            prop_assert_eq!(overlay.is_bare(segment), bars.is_empty());
            if bars.is_empty() || bars == "none" {
                prop_assert_eq!(bars.is_empty(), segment.marks.is_empty());
                continue;
            }
            let layers = layers(&bars);
            for layer in &layers {
                let (ink, slot) = layer.split_once(' ').unwrap();
                prop_assert!(ink.starts_with("var(--") && ink.ends_with(')'), "{}", layer);
                prop_assert!(slot.starts_with("var(--") && slot.ends_with(')'), "{}", layer);
            }
            let mut slots: Vec<&str> = layers.iter().map(|layer| layer.split_once(' ').unwrap().1).collect();
            slots.sort_unstable();
            let all = slots.len();
            slots.dedup();
            prop_assert_eq!(slots.len(), all, "a slot is painted twice: {}", bars);
        }
    }
}
