//! The geometry of virtual lists, against plain sums.

use expect_test::expect;
use labelscope_core::logic::window::{Anchor, Heights, MAX_SPACER, Regrown, Spacer, moved_at, with_one_more};
use proptest::prelude::*;
use proptest::sample::Index;
use std::collections::HashSet;

/// Heights as engines report them: steps of a 64th, some rows without height.
fn height() -> impl Strategy<Value = f64> {
    prop_oneof![1 => Just(0.0), 8 => (0..40_000u32).prop_map(|steps| f64::from(steps) / 64.0)]
}

fn top(rows: &[f64], row: usize) -> f64 {
    rows[..row].iter().sum()
}

/// The last row that starts at or above `offset`.
fn row_at(rows: &[f64], offset: f64) -> usize {
    (0..rows.len()).rfind(|row| top(rows, *row) <= offset).unwrap_or(0)
}

#[test]
fn few_rows() {
    let show = |heights: &[f64]| {
        let rows = Heights::estimated(heights.iter().copied());
        [-50.0, 0.0, 5.0, 10.0, 29.0, 30.0, 1e12, f64::NAN]
            .map(|top| format!("{:?}", rows.visible(top, 10.0, 2.0)))
            .join(" ")
    };
    expect!["0..0 0..0 0..0 0..0 0..0 0..0 0..0 0..0"].assert_eq(&show(&[]));
    expect!["0..1 0..1 0..1 0..1 0..1 0..1 0..1 0..1"].assert_eq(&show(&[30.0]));
    expect!["0..1 0..2 0..2 0..3 2..3 2..3 2..3 0..1"].assert_eq(&show(&[10.0, 10.0, 10.0]));
    expect!["0..1 0..4 2..4 2..4 3..4 3..4 3..4 0..1"].assert_eq(&show(&[0.0, 0.0, 10.0, 0.0]));
}

#[test]
fn no_rows_and_rows_that_are_not_there() {
    let mut none = Heights::estimated([]);
    assert_eq!((none.len(), none.total(), none.row_at(5.0), none.top(7)), (0, 0.0, None, 0.0));
    assert_eq!(none.measure(0, 10.0, 0.0), 0.0);
    assert_eq!(none.offset(none.anchor(12.0)), 12.0);
    let mut one = Heights::estimated([f64::NAN]);
    assert_eq!((one.total(), one.row_at(5.0)), (0.0, Some(0)));
    assert_eq!(one.measure(1, 10.0, 0.0), 0.0);
    assert_eq!(one.measure(0, -3.0, 0.0), 0.0);
    assert_eq!(one.measure(0, f64::INFINITY, 0.0), 0.0);
    assert!(one.total().is_finite());
}

#[test]
fn rows_that_come_and_go_at_the_end_leave_the_others_as_they_are() {
    let mut rows = Heights::estimated([]);
    for (count, estimate) in [(1, 7.0), (3, 10.0), (1_000, 20.0), (517, 1.0), (600, 30.0), (0, 1.0), (9, 5.0)]
    {
        let before: Vec<f64> = (0..rows.len()).map(|row| rows.height(row)).collect();
        rows.resize(count, estimate);
        let expected: Vec<f64> = before.into_iter().chain(std::iter::repeat(estimate)).take(count).collect();
        assert_eq!(rows.len(), count);
        for row in 0..=count {
            assert_eq!(rows.top(row), top(&expected, row), "{row} of {count}");
        }
        rows.measure(count / 2, 3.5, 0.0);
    }
}

#[test]
fn a_hundred_thousand_rows() {
    let mut rows = Heights::estimated(std::iter::repeat_n(300.0, 100_000));
    assert_eq!(rows.total(), 30_000_000.0);
    assert_eq!(rows.visible(15_000_000.0, 900.0, 0.0), 50_000..50_003);
    for row in (0..100_000).rev() {
        rows.measure(row, 0.1 + row as f64 / 3.0, 0.0);
    }
    // Exact, whatever the order of a hundred thousand changes.
    let anew = Heights::estimated((0..100_000).map(|row| 0.1 + row as f64 / 3.0));
    assert_eq!(rows.total(), anew.total());
    assert!((0..100_000).step_by(97).all(|row| rows.top(row) == anew.top(row)));
    assert!((0..100_000).step_by(97).all(|row| rows.row_at(rows.top(row)) == Some(row)));
}

#[test]
fn the_spacer_is_capped_and_both_ends_are_reached() {
    for content in [0.0, 500.0, 1e6, MAX_SPACER, MAX_SPACER + 1.0, 3e7, 1e11] {
        let spacer = Spacer::new(content, 900.0);
        assert!(spacer.height() <= MAX_SPACER && spacer.height() <= content);
        assert_eq!(spacer.factor() == 1.0, content <= MAX_SPACER);
        let end = spacer.to_content(spacer.height() - 900.0);
        assert!((end - (content - 900.0)).abs() < 1e-3, "{content}: {end}");
        assert_eq!(spacer.to_content(0.0), 0.0);
    }
}

/// A list that is too high for a browser, in the middle of which rows turn out to be other than estimated as they come near.
#[test]
fn under_a_capped_spacer_nothing_jumps_and_both_ends_are_reached() {
    const VIEWPORT: f64 = 900.0;
    let height = |row: usize| (row * 7919 % 23) as f64 * 11.0 + 40.0;
    for towards in [1.0, -1.0] {
        let mut rows = Heights::estimated(std::iter::repeat_n(300.0, 100_000));
        let spacer = |rows: &Heights| Spacer::new(rows.total(), VIEWPORT);
        let mut scroll = (MAX_SPACER * 0.9).round();
        let mut top = spacer(&rows).to_content(scroll);
        let mut wanted = 100.0 * spacer(&rows).factor();
        for step in 0..2_000 {
            for row in rows.visible(top, VIEWPORT, 300.0) {
                top += rows.measure(row, height(row), top);
            }
            let (before, from) = (top, scroll);
            scroll += 100.0 * towards;
            top = spacer(&rows).scrolled(top, from, scroll);
            let moved = (top - before) * towards;
            assert!((moved - wanted).abs() < 0.5, "step {step} moved by {moved}, the one before by {wanted}");
            wanted = moved;
        }
        let end = MAX_SPACER - VIEWPORT;
        let last = spacer(&rows).scrolled(top, scroll, end);
        assert!(spacer(&rows).is_at_end(last + 1e-3));
        assert_eq!(spacer(&rows).scrolled(top, scroll, 0.0), 0.0);
        // Steps of any length come to the same.
        let half = spacer(&rows).scrolled(top, scroll, (scroll + end) / 2.0);
        let from_there = spacer(&rows).scrolled(half, (scroll + end) / 2.0, end - 1.0);
        assert!((from_there - spacer(&rows).scrolled(top, scroll, end - 1.0)).abs() < 1e-3);
    }
}

proptest! {
    #[test]
    fn sums_and_searches_are_those_of_a_plain_list(
        start in proptest::collection::vec(height(), 0..70),
        changes in proptest::collection::vec((any::<Index>(), height()), 0..40),
        offsets in proptest::collection::vec(-100.0..50_000.0f64, 1..20),
    ) {
        let mut plain = start.clone();
        let mut rows = Heights::estimated(start);
        for (row, height) in changes {
            if !plain.is_empty() {
                let row = row.index(plain.len());
                plain[row] = height;
                rows.measure(row, height, 0.0);
            }
        }
        for row in 0..=plain.len() {
            prop_assert_eq!(rows.top(row), top(&plain, row));
        }
        prop_assert_eq!(rows.total(), plain.iter().sum::<f64>());
        let boundaries = (0..=plain.len()).map(|row| top(&plain, row));
        for offset in offsets.into_iter().chain(boundaries) {
            let expected = (!plain.is_empty()).then(|| row_at(&plain, offset));
            prop_assert_eq!(rows.row_at(offset), expected);
            prop_assert!((rows.offset(rows.anchor(offset)) - offset).abs() < 1e-9);

            let (viewport, overscan) = (640.0, 100.0);
            let visible = rows.visible(offset, viewport, overscan);
            prop_assert!(visible.end <= plain.len());
            prop_assert_eq!(visible.is_empty(), plain.is_empty());
            let (from, to) = (offset - overscan, offset + viewport + overscan);
            for row in 0..plain.len() {
                let (row_top, bottom) = (top(&plain, row), top(&plain, row + 1));
                let shares_a_pixel = row_top < to && bottom > from && row_top < bottom;
                prop_assert!(!shares_a_pixel || visible.contains(&row), "row {} is missing in {:?}", row, visible);
            }
            // Nothing is rendered in vain: what has height and is not there only to have one row at all, is seen.
            for row in visible.clone().filter(|row| plain[*row] > 0.0 && visible.len() > 1) {
                prop_assert!(top(&plain, row) < to && top(&plain, row + 1) > from, "row {} in {:?}", row, visible);
            }
        }
    }

    /// The row at the top of the view stays where it is, whatever is measured; only where it is cut by the top and measured
    /// for the first time, what stands below it does.
    #[test]
    fn measuring_never_moves_the_row_being_read(
        rows in prop_oneof![2..60usize, 90_000..110_000usize],
        estimate in prop_oneof![Just(40.0), Just(300.0)],
        place in 0.0..1.0f64,
        measured in proptest::collection::vec((any::<Index>(), height()), 1..60),
    ) {
        let viewport = 700.0;
        let mut heights = Heights::estimated(std::iter::repeat_n(estimate, rows));
        let mut content = (heights.total() * place).floor();
        let mut known = HashSet::new();
        let seen = |heights: &Heights, content: f64, row: usize| {
            let scroll = Spacer::new(heights.total(), viewport).to_scroll(content);
            // A browser keeps whole pixels of what it is told to scroll to.
            Spacer::place(heights.top(row), content, scroll.round()) - scroll.round()
        };
        for (row, height) in measured {
            let Anchor { row: at_top, below } = heights.anchor(content);
            // Rows near the viewport are those that get rendered and therefore measured.
            let row = (at_top.saturating_sub(30) + row.index(60)).min(rows - 1);
            let is_cut = row == at_top && below > 0.0 && known.insert(row);
            let stays = if is_cut { row + 1 } else { at_top };
            let before = seen(&heights, content, stays);
            content += heights.measure(row, height, content);
            known.insert(row);
            prop_assert!(content >= 0.0);
            let is_at_start = content == 0.0;
            prop_assert!(is_at_start || (seen(&heights, content, stays) - before).abs() < 1e-6);
            // A row that shrinks under the viewport's top leaves it to the one below.
            prop_assert!(is_cut || row == at_top || heights.anchor(content).row == at_top);
        }
    }
}

/// Scrolling up into rows that were never seen, each other than estimated, moves what is in view by as much in every frame.
#[test]
fn scrolling_up_into_what_was_never_seen_does_not_jump() {
    let height = |row: usize| (row * 7919 % 9) as f64 * 24.0 + 81.0;
    let mut rows = Heights::estimated(std::iter::repeat_n(180.0, 1_000));
    let mut top = rows.top(990);
    for row in rows.visible(top, 700.0, 300.0) {
        top += rows.measure(row, height(row), top);
    }
    for step in 0..300 {
        let below = rows.row_at(top).unwrap() + 1;
        let before = rows.top(below) - top;
        top -= 100.0;
        // No time to make rows ahead: those in view are measured as they come.
        for row in rows.visible(top, 700.0, 0.0) {
            top += rows.measure(row, height(row), top);
        }
        let moved = rows.top(below) - top - before;
        assert!((moved - 100.0).abs() < 1e-6, "step {step} moved by {moved}");
    }
}

fn any_rows() -> impl Strategy<Value = std::ops::Range<usize>> {
    (0..30_usize, 0..30_usize).prop_map(|(a, b)| a.min(b)..a.max(b))
}

proptest! {
    /// Wherever rows are and are to be, one by one they come to be those: never more than one is made at a time, none that
    /// is not wanted, and those in view before the others.
    #[test]
    fn rows_are_made_one_by_one(now in any_rows(), view in any_rows(), wanted in any_rows()) {
        let is_in = |row: usize, rows: &std::ops::Range<usize>| rows.contains(&row);
        let mut now = now;
        for _ in 0..=wanted.len() {
            let next = with_one_more(&now, &view, &wanted);
            let made: Vec<usize> = next.clone().filter(|row| !is_in(*row, &now)).collect();
            prop_assert!(made.len() <= 1, "{made:?}");
            prop_assert!(next.clone().all(|row| is_in(row, &wanted)));
            prop_assert!(now.clone().filter(|row| is_in(*row, &wanted)).all(|row| is_in(row, &next)));
            let kept = now.clone().any(|row| is_in(row, &wanted));
            let next_to_view = |row: &usize| is_in(*row, &view) && is_in(*row, &wanted) && !is_in(*row, &now);
            let could_show = kept && (next_to_view(&now.end) || now.start.checked_sub(1).as_ref().is_some_and(next_to_view));
            let touches = now.start < view.end && view.start < now.end;
            if could_show && touches {
                prop_assert!(made.iter().all(|row| is_in(*row, &view)), "{now:?} to {next:?} with {view:?} in view");
            }
            if next == now {
                break;
            }
            now = next;
        }
        prop_assert_eq!(now.clone().collect::<Vec<_>>(), wanted.collect::<Vec<_>>());
    }
}

proptest! {
    /// What is seen stays where it is by as much as is said, whichever elements grow or shrink, and wherever it is scrolled:
    /// as slow as one can count it, from where the first element in sight stood and stands.
    #[test]
    fn what_is_seen_moves_by_what_grew_above(
        elements in proptest::collection::vec((height(), height(), any::<bool>(), any::<bool>()), 1..20),
        origin in -500.0..500.0f64,
        place in 0.0..1.0f64,
    ) {
        let before: Vec<f64> = elements.iter().map(|(before, ..)| *before).collect();
        let after: Vec<f64> = elements.iter().map(|(before, after, grows, _)| if *grows { *after } else { *before }).collect();
        let shown = origin + (before.iter().sum::<f64>() * place).floor();
        let regrown = |at: usize| Regrown {
            top: origin + top(&after, at), before: before[at], after: after[at], is_first: elements[at].3,
        };
        let changed: Vec<Regrown> =
            (0..elements.len()).filter(|&at| before[at] != after[at]).map(regrown).collect();
        // The first that reaches below the top of the view, and so is seen, unless it begins above and was never laid out.
        let seen = (0..elements.len()).find(|&at| {
            let (began, ended) = (origin + top(&before, at), origin + top(&before, at + 1));
            let is_new = before[at] != after[at] && elements[at].3 && began < shown - 0.5;
            ended > shown + 0.5 && !is_new
        });
        let seen = seen.unwrap_or(elements.len());
        let moved = top(&after, seen) - top(&before, seen);
        prop_assert!((moved_at(&changed, shown, 0.5) - moved).abs() < 1e-6);
    }
}
