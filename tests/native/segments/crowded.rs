//! Parts under so many marks that listing all of them on each piece would take memory by the square of their number.

use labelscope_core::domain::{Span, Tier};
use labelscope_core::logic::lanes::MAX_LANES;
use labelscope_core::logic::overlay::{CROWDED, overlay};
use labelscope_core::logic::segments::DrawnMark;

/// Start and end of the `nth` of `count` marks.
type Shape = fn(nth: u32, count: u32) -> (u32, u32);

const SHAPES: [(&str, Shape); 6] = [
    ("one range", |_, count| (0, count)),
    ("from one start", |nth, _| (0, nth + 1)),
    ("to one end", |nth, count| (nth, 2 * count)),
    ("each in the one before", |nth, count| (nth, 2 * count - nth)),
    ("stairs", |nth, count| (nth, nth + count / 2)),
    ("empty, in one place", |_, _| (7, 7)),
];

fn marks(shape: Shape, count: u32) -> Vec<DrawnMark> {
    let mark = |nth: u32| {
        let (start, end) = shape(nth, count);
        let tier = Tier::ALL[nth as usize % 3];
        DrawnMark {
            tier,
            bytes: Span::bytes(start, end),
            label: nth as usize % 12,
            count: 1,
            rejected: false,
        }
    };
    (0..count).map(mark).collect()
}

#[test]
fn fifty_thousand_marks_over_each_other_are_listed_no_more_than_there_is_room_for() {
    const COUNT: u32 = 50_000;
    let text = "a".repeat(2 * COUNT as usize);
    for (name, shape) in SHAPES {
        let marks = marks(shape, COUNT);
        let drawn = overlay(&text, &marks);
        assert!(drawn.marks.len() <= CROWDED + 3 * MAX_LANES * drawn.segments.len(), "{name}");
        assert!(drawn.marks.len() <= 4 * COUNT as usize, "{name}: {} listings", drawn.marks.len());
        let beyond: u32 = drawn.beyond.0.iter().sum();
        assert!(beyond > 0, "{name}: what is not drawn is counted");
        let lengths = drawn.segments.iter().map(|segment| segment.bytes.as_range().len());
        assert_eq!(lengths.sum::<usize>(), text.len(), "{name}");
    }
}

#[test]
fn what_is_not_crowded_lists_every_mark() {
    let text = "a".repeat(1_000);
    let marks = marks(|nth, count| (nth, 2 * count - nth), 400);
    let drawn = overlay(&text, &marks);
    assert!(drawn.marks.len() < CROWDED);
    assert!((0..400).all(|mark| drawn.marks.contains(&mark)));
    assert!(drawn.beyond.0.iter().sum::<u32>() > 0);
}
