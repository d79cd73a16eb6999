//! The alignment: marks, pairs, findings and verdicts. One of these feeds the overlay, the tables, the counts, the
//! scores and the downloads.
//!
//! Belongs here: what depends on places, labels and statuses alone, the same whatever is filtered or selected. Does not
//! belong here: scores (`score`), files (`report`), which spans are drawn where.
//!
//! Invariants: every placed annotation is in exactly one mark, every mark in exactly one finding, a finding has at most
//! one mark of a tier; nothing depends on the order of annotations or tiers in the file.

mod aligning;
mod between;
mod finding;
#[cfg(test)]
mod growth;
mod likeness;
mod mark;
mod pair;
mod resize;
mod row;
mod tree;
mod verdict;

pub use aligning::{Aligning, LookedRule, align_all, tells_what_was_looked_at};
pub use finding::{Finding, FindingIndex, Presence, ReviewRule};
pub use mark::{Mark, MarkIndex};
pub use resize::{difference_in_words, resize_in_words};
pub use verdict::{Verdict, Verdicts};

use crate::domain::{AnnotationRef, Export, Id, MessageRef, PerTier, Place, Tier, Unplaced};
use crate::logic::place::AnnotationIndex;
use std::ops::Range;

/// What of one message is to be aligned.
#[derive(Clone, Copy, Debug)]
pub struct MessageToAlign<'a> {
    /// The message.
    pub message: MessageRef,
    /// Its anchored annotations, in any order.
    pub places: &'a [Place],
    /// Its unanchored annotations.
    pub unplaced: &'a [Unplaced],
    /// Which tiers looked at it.
    pub looked: PerTier<bool>,
}

/// What is known of a message that a tier looked at.
#[derive(Clone, Debug)]
pub struct AlignedMessage {
    /// The message.
    pub message: MessageRef,
    /// Which tiers looked at it.
    pub looked: PerTier<bool>,
    /// Which tiers have an unanchored annotation on it: where one of them lacks a finding, it may not lack it in truth.
    pub unanchored: PerTier<bool>,
    /// Which of `Alignment::marks` are its.
    pub marks: Range<u32>,
    /// Which of `Alignment::findings` are its.
    pub findings: Range<u32>,
}

/// Marks and findings of an export.
#[derive(Clone, Debug, Default)]
pub struct Alignment {
    /// Sorted by part, tier, start, end and label.
    pub marks: Vec<Mark>,
    /// The annotations of the marks, one mark after the other.
    pub annotations: Vec<AnnotationRef>,
    /// In document order.
    pub findings: Vec<Finding>,
    /// The messages that a tier looked at, in document order.
    pub messages: Vec<AlignedMessage>,
    /// For each tier and annotation the mark that it is in; annotations past the end are in none.
    mark_of: PerTier<Vec<Option<MarkIndex>>>,
    review: ReviewRule,
}

impl Alignment {
    /// Nothing aligned yet; what review lacks of the messages to come means what `review` says.
    pub fn taking_review_as(review: ReviewRule) -> Self {
        Alignment { review, ..Alignment::default() }
    }

    /// What it means that review lacks a mark.
    pub fn review_rule(&self) -> ReviewRule {
        self.review
    }

    /// Makes room for the marks of so many annotations, so that none has to be moved while they come in.
    fn reserve(&mut self, annotations: usize) {
        self.marks.reserve_exact(annotations);
        self.annotations.reserve_exact(annotations);
    }

    /// Aligns one message and appends it. Messages must come in document order, each at most once.
    pub fn add(&mut self, export: &Export, message: MessageToAlign<'_>) {
        if message.looked == PerTier([false; 3]) && message.places.is_empty() {
            return;
        }
        let (first_mark, first_finding) = (self.marks.len(), self.findings.len());
        mark::merge(export, message.places, &mut self.marks, &mut self.annotations);
        let mut before = first_mark;
        let new_marks = self.marks.get_mut(first_mark..).unwrap_or_default();
        for marks in new_marks.chunk_by_mut(|a, b| a.part == b.part) {
            finding::find(marks, before, message.looked, self.review, &mut self.findings);
            before += marks.len();
        }
        self.note_marks_of_annotations(first_mark);
        self.messages.push(AlignedMessage {
            message: message.message,
            looked: message.looked,
            unanchored: PerTier::from_fn(|tier| {
                message.unplaced.iter().any(|one| one.annotation.tier == tier)
            }),
            marks: range(first_mark, self.marks.len()),
            findings: range(first_finding, self.findings.len()),
        });
    }

    fn note_marks_of_annotations(&mut self, first_mark: usize) {
        for (index, mark) in self.marks.iter().enumerate().skip(first_mark) {
            for annotation in self.annotations.get(as_range(&mark.annotations)).unwrap_or_default() {
                let marks = &mut self.mark_of[annotation.tier];
                let at = annotation.index as usize;
                if marks.len() <= at {
                    marks.resize(at + 1, None);
                }
                if let Some(slot) = marks.get_mut(at) {
                    *slot = MarkIndex::new(index);
                }
            }
        }
    }

    /// The mark at `index`. `None` only for an index of another alignment.
    pub fn mark(&self, index: MarkIndex) -> Option<&Mark> {
        self.marks.get(index.get())
    }

    /// The finding at `index`. `None` only for an index of another alignment.
    pub fn finding(&self, index: FindingIndex) -> Option<&Finding> {
        self.findings.get(index.get())
    }

    /// The mark that an annotation is in; `None` where it is unanchored.
    pub fn mark_of(&self, annotation: AnnotationRef) -> Option<MarkIndex> {
        self.mark_of[annotation.tier].get(annotation.index as usize).copied().flatten()
    }

    /// The annotations of a mark, in the order of the file.
    pub fn annotations_of(&self, mark: &Mark) -> &[AnnotationRef] {
        self.annotations.get(as_range(&mark.annotations)).unwrap_or_default()
    }

    /// The marks of a message.
    pub fn marks_of(&self, aligned: &AlignedMessage) -> &[Mark] {
        self.marks.get(as_range(&aligned.marks)).unwrap_or_default()
    }

    /// The mark that a tier has in a finding.
    pub fn mark_in(&self, finding: &Finding, tier: Tier) -> Option<&Mark> {
        finding.presence[tier].mark().and_then(|mark| self.mark(mark))
    }

    /// What is known of a message; `None` where no tier looked at it.
    pub fn message(&self, message: MessageRef) -> Option<&AlignedMessage> {
        let at = self.messages.binary_search_by_key(&message, |aligned| aligned.message).ok()?;
        self.messages.get(at)
    }

    /// The findings of a message, in document order, with the index of the first.
    pub fn findings_of(&self, message: MessageRef) -> (FindingIndex, &[Finding]) {
        let range = self.message(message).map_or(0..0, |aligned| as_range(&aligned.findings));
        (FindingIndex::new(range.start), self.findings.get(range).unwrap_or_default())
    }

    /// The finding that covers this one: that of the covering mark.
    pub fn covering_finding(&self, finding: &Finding) -> Option<FindingIndex> {
        finding.covered_by().and_then(|mark| self.mark(mark)).map(|mark| mark.finding)
    }

    /// Whether a tier lacks the finding and has an unanchored annotation on the same message, so that it may have marked
    /// it after all.
    pub fn may_be_unanchored(&self, finding: &Finding, tier: Tier) -> bool {
        finding.presence[tier] == Presence::Lacks
            && self.message(finding.part.message).is_some_and(|message| message.unanchored[tier])
    }

    /// Whether a tier looked at the message and has nothing in the finding, which is taken for its consent.
    pub fn is_silent(&self, finding: &Finding, tier: Tier) -> bool {
        finding.presence[tier] == Presence::NotLooked
            && self.message(finding.part.message).is_some_and(|message| message.looked[tier])
    }

    /// The id of a finding: the smallest annotation id in it. `None` where none of its annotations has one.
    pub fn finding_id<'e>(&self, export: &'e Export, finding: &Finding) -> Option<&'e Id> {
        let marks = finding.marks().filter_map(|mark| self.mark(mark));
        marks.flat_map(|mark| self.annotations_of(mark)).filter_map(|&one| annotation_id(export, one)).min()
    }

    /// The finding with this id. Where ids repeat, the first one.
    pub fn finding_with_id(
        &self,
        export: &Export,
        annotations: &AnnotationIndex,
        id: &Id,
    ) -> Option<FindingIndex> {
        if !annotations.is_repeated(id) {
            let annotation = annotations.annotation(export, id)?;
            let index = self.mark(self.mark_of(annotation)?)?.finding;
            return self.has_id(export, index, id).then_some(index);
        }
        let holds_it = |mark: &&Mark| {
            self.annotations_of(mark).iter().any(|&annotation| annotation_id(export, annotation) == Some(id))
        };
        let candidates = self.marks.iter().filter(holds_it).map(|mark| mark.finding);
        candidates.filter(|&index| self.has_id(export, index, id)).min()
    }

    fn has_id(&self, export: &Export, index: FindingIndex, id: &Id) -> bool {
        self.finding(index).and_then(|finding| self.finding_id(export, finding)) == Some(id)
    }
}

fn annotation_id(export: &Export, annotation: AnnotationRef) -> Option<&Id> {
    export.tiers[annotation.tier].annotations.get(annotation.index as usize)?.id.as_ref()
}

fn range(start: usize, end: usize) -> Range<u32> {
    let narrow = |index: usize| u32::try_from(index).unwrap_or(u32::MAX);
    narrow(start)..narrow(end)
}

fn as_range(range: &Range<u32>) -> Range<usize> {
    range.start as usize..range.end as usize
}
