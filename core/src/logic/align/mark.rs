//! Marks: the annotations of one tier with the same range and label, merged.
//!
//! Belongs here: what a mark is and how places become marks. Not here: what marks of different tiers have to do with
//! each other (`pair`, `finding`).

use super::FindingIndex;
use crate::domain::{
    AnnotationRef, CodePoints, Export, Name, PartRef, PerTier, Place, Span, Tier, Utf8Bytes,
};
use crate::logic::sort::sort_few_by;
use smallvec::SmallVec;
use std::num::NonZeroU32;
use std::ops::Range;

/// A mark by its place in `Alignment::marks`. Held as index + 1, so that an `Option` of it costs nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MarkIndex(NonZeroU32);

impl MarkIndex {
    /// The mark at `index`; `None` past the 2³² − 1 marks that can be told apart.
    pub fn new(index: usize) -> Option<Self> {
        u32::try_from(index).ok()?.checked_add(1).and_then(NonZeroU32::new).map(MarkIndex)
    }

    /// Index into `Alignment::marks`.
    pub fn get(self) -> usize {
        self.0.get() as usize - 1
    }
}

/// Annotations of one tier with the same range and label.
#[derive(Clone, Debug)]
pub struct Mark {
    /// The tier.
    pub tier: Tier,
    /// The part whose text it sits in.
    pub part: PartRef,
    /// Its range in code points of that text, half-open.
    pub points: Span<CodePoints>,
    /// The same range in bytes of that text.
    pub bytes: Span<Utf8Bytes>,
    /// The label; compared exactly. Annotations without one share the label `None`.
    pub label: Option<Name>,
    /// Which of `Alignment::annotations` were merged into it, at least one, in the order of the file.
    pub annotations: Range<u32>,
    /// Whether all of them have the status `rejected`.
    pub rejected: bool,
    /// The finding that it is in.
    pub finding: FindingIndex,
    /// The marks that it is paired with, rejected ones coming second; its own tier's entry is always `None`.
    pub partners: PerTier<Option<MarkIndex>>,
    /// The same where rejected marks count like any other.
    pub partners_if_rejected_count: PerTier<Option<MarkIndex>>,
}

impl Mark {
    /// Whether range and label equal those of `other`.
    pub fn is_same_as(&self, other: &Mark) -> bool {
        self.part == other.part && self.points == other.points && self.label == other.label
    }

    /// Whether it shares a character with `other`. Touching is not sharing; a zero-length mark shares only with the
    /// identical zero-length.
    pub fn shares_with(&self, other: &Mark) -> bool {
        let (a, b) = (self.points, other.points);
        self.part == other.part
            && if a.is_empty() || b.is_empty() { a == b } else { a.start < b.end && b.start < a.end }
    }
}

/// Merges the places of one message into marks, which come sorted by part, tier, start, end and label, and appends
/// them and their annotations.
pub(super) fn merge(
    export: &Export,
    places: &[Place],
    marks: &mut Vec<Mark>,
    annotations: &mut Vec<AnnotationRef>,
) {
    let label_of = |place: &Place| {
        let annotation = place.annotation;
        export.tiers[annotation.tier]
            .annotations
            .get(annotation.index as usize)
            .and_then(|annotation| annotation.label.as_ref())
    };
    let mut labeled: SmallVec<[(&Place, Option<&Name>); 16]> =
        places.iter().map(|place| (place, label_of(place))).collect();
    sort_few_by(&mut labeled, |(a, label_of_a), (b, label_of_b)| {
        (a.part, a.annotation.tier, a.points)
            .cmp(&(b.part, b.annotation.tier, b.points))
            .then_with(|| label_of_a.cmp(label_of_b))
            .then_with(|| a.annotation.index.cmp(&b.annotation.index))
    });
    let first_new = marks.len();
    for (place, label) in labeled {
        let is_rejected = export.tiers[place.annotation.tier]
            .annotations
            .get(place.annotation.index as usize)
            .is_some_and(|annotation| annotation.is_rejected());
        annotations.push(place.annotation);
        let end = u32::try_from(annotations.len()).unwrap_or(u32::MAX);
        let same = marks.get_mut(first_new..).and_then(<[Mark]>::last_mut).filter(|mark| {
            mark.part == place.part
                && mark.tier == place.annotation.tier
                && mark.points == place.points
                && mark.label.as_ref() == label
        });
        match same {
            Some(mark) => {
                mark.annotations.end = end;
                mark.rejected &= is_rejected;
            }
            None => marks.push(Mark {
                tier: place.annotation.tier,
                part: place.part,
                points: place.points,
                bytes: place.bytes,
                label: label.cloned(),
                annotations: end - 1..end,
                rejected: is_rejected,
                finding: FindingIndex::default(),
                partners: PerTier::default(),
                partners_if_rejected_count: PerTier::default(),
            }),
        }
    }
}
