//! Scoring by character: what two tiers have in common as sets of (code point, label).

use super::{Counts, Label};
use crate::domain::{CodePoints, PartRef, Span};
use crate::logic::align::Mark;
use crate::logic::sort::sort;

/// Counts the (code point, label) pairs of the candidate's marks, of the reference's, and of both, within a message.
pub(super) fn count<'m>(
    candidate: impl Iterator<Item = &'m Mark>,
    reference: impl Iterator<Item = &'m Mark>,
) -> Counts {
    let (candidate, reference) = (united(candidate), united(reference));
    Counts {
        true_positives: shared(&candidate, &reference),
        candidate: total(&candidate),
        reference: total(&reference),
    }
}

/// A run of characters under a label. In a list of these, those of one part and label are disjoint and ascend.
type Run<'m> = (PartRef, &'m Label, Span<CodePoints>);

/// What the marks cover, each character once for each label.
fn united<'m>(marks: impl Iterator<Item = &'m Mark>) -> Vec<Run<'m>> {
    let mut runs: Vec<Run<'m>> = marks.map(|mark| (mark.part, &mark.label, mark.points)).collect();
    sort(&mut runs);
    runs.dedup_by(|(part, label, points), (kept_part, kept_label, kept)| {
        let joins = part == kept_part && label == kept_label && points.start <= kept.end;
        if joins {
            kept.end = kept.end.max(points.end);
        }
        joins
    });
    runs
}

fn total(runs: &[Run<'_>]) -> u64 {
    runs.iter().map(|(_, _, points)| u64::from(points.len())).sum()
}

/// How many (code point, label) pairs are in both lists.
fn shared(some: &[Run<'_>], others: &[Run<'_>]) -> u64 {
    let (mut some, mut others) = (some.iter().peekable(), others.iter().peekable());
    let mut count = 0;
    while let (Some((part, label, points)), Some((other_part, other_label, other))) =
        (some.peek(), others.peek())
    {
        let group = (part, label).cmp(&(other_part, other_label));
        if group.is_eq() {
            let (start, end) = (points.start.max(other.start), points.end.min(other.end));
            count += u64::from(end.0.saturating_sub(start.0));
        }
        if group.then(points.end.cmp(&other.end)).is_le() {
            some.next()
        } else {
            others.next()
        };
    }
    count
}
