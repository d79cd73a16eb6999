//! How the work of aligning grows with the marks of one part, in steps of the search: time says nothing on a busy
//! machine. A hostile export may hold any of these shapes, tens of thousands of marks each.

use super::finding::find;
use super::tree::steps;
use super::{Finding, Mark, ReviewRule};
use crate::domain::{MessageRef, PartRef, PerTier, Span, Tier};

/// Start, end and label of the `nth` of `count` marks of a tier.
type Shape = fn(tier: u32, nth: u32, count: u32) -> (u32, u32, String);

const SHAPES: [(&str, Shape); 14] = [
    ("side by side", |_, nth, _| (2 * nth, 2 * nth + 1, "l".into())),
    ("one range, labels that no other has", |tier, nth, _| (0, 1_000, format!("{tier} {nth}"))),
    ("one range, a label each", |_, nth, _| (0, 1_000, nth.to_string())),
    ("empty, in one place", |tier, nth, _| (5, 5, format!("{tier} {nth}"))),
    ("from one start", |_, nth, _| (0, nth + 1, "l".into())),
    ("from one start, labels that no other has", |tier, nth, _| {
        (0, 2 * nth + tier + 1, format!("{tier} {nth}"))
    }),
    ("to one end", |tier, nth, count| (2 * nth + tier, 3 * count, format!("{tier} {nth}"))),
    ("each in the one before", |tier, nth, count| (nth, 4 * count - nth, format!("{tier} {nth}"))),
    ("stairs", |tier, nth, count| (nth, nth + count, format!("{tier} {nth}"))),
    ("stairs, half as long", |tier, nth, count| (nth, nth + count / (tier + 1), format!("{tier} {nth}"))),
    ("stairs, half as long, one label", |tier, nth, count| (nth, nth + count / (tier + 1), "l".into())),
    ("stairs, moved by half", |tier, nth, count| {
        (nth + tier * count / 2, nth + count, format!("{tier} {nth}"))
    }),
    ("across each other", |tier, nth, count| match tier {
        0 => (nth, 2 * count, format!("a {nth}")),
        _ => (0, count + nth, format!("b {nth}")),
    }),
    ("anywhere", |tier, nth, count| {
        let random = nth.wrapping_mul(2_654_435_761).wrapping_add(tier * 97) >> 7;
        (random % count, random % count + 1 + random / count % 500, format!("{tier} {}", random % 100))
    }),
];

/// Steps that aligning so many marks a tier takes.
fn steps_of(shape: Shape, count: u32) -> u64 {
    let part = PartRef { message: MessageRef { conversation: 0, message: 0 }, part: 0 };
    let mut marks = Vec::new();
    for (tier, number) in Tier::ALL.into_iter().zip(0..) {
        for nth in 0..count {
            let (start, end, label) = shape(number, nth, count);
            let points = Span::points(start, end.max(start));
            marks.push(Mark {
                tier,
                part,
                points,
                bytes: Span::bytes(points.start.0, points.end.0),
                label: Some(label.as_str().into()),
                annotations: 0..1,
                rejected: nth % 3 == 0,
                finding: Default::default(),
                partners: PerTier::default(),
                partners_if_rejected_count: PerTier::default(),
            });
        }
    }
    marks.sort_by(|a, b| (a.tier, a.points, &a.label).cmp(&(b.tier, b.points, &b.label)));
    let mut findings: Vec<Finding> = Vec::new();
    steps::taken();
    find(&mut marks, 0, PerTier([true; 3]), ReviewRule::WholeSet, &mut findings);
    assert!(findings.len() >= count as usize);
    steps::taken()
}

#[test]
fn work_grows_little_faster_than_marks() {
    for (name, shape) in SHAPES {
        let (small, large) = (steps_of(shape, 500), steps_of(shape, 4_000));
        println!("{name}: {small} steps for 500 marks a tier, {large} for 4,000");
        // Eight times the marks, and a few more steps for each in trees that are three levels deeper.
        assert!(large <= 16 * small, "{name}: {small} steps for 500 marks a tier, {large} for 4,000");
    }
}
