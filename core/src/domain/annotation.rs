//! Annotations as they were sent: not yet checked against any text.

use super::{Id, Name, Passage, Source, Text, Tier};
use std::ops::Range;

/// One entry of one tier, as sent. Where it sits in a text is a [`super::Place`].
#[derive(Clone, Debug, Default)]
pub struct Annotation {
    /// `id`.
    pub id: Option<Id>,
    /// `label`.
    pub label: Option<Name>,
    /// `status`: `accepted`, `rejected`, `flagged`, `pending` or any other word.
    pub status: Option<Name>,
    /// `text`: the quote that the offsets are checked by.
    pub text: Option<Text>,
    /// `start_offset`, in a unit that the export does not name.
    pub start_offset: Option<i64>,
    /// `end_offset`, in the same unit; one past the last.
    pub end_offset: Option<i64>,
    /// `message_part_index`, counted in the array of parts as sent.
    pub part_index: Option<i64>,
    /// `explanation`.
    pub explanation: Option<Text>,
    /// Where it stands in the export.
    pub source: Source,
}

impl Annotation {
    /// Whether its status is `rejected`.
    pub fn is_rejected(&self) -> bool {
        self.status.as_deref() == Some("rejected")
    }
}

/// What one tier marked.
#[derive(Clone, Debug, Default)]
pub struct TierMap {
    /// One for each key of the tier, in the order of the file; a repeated key gives one list for each time.
    pub lists: Vec<KeyedList>,
    /// The annotations of all lists, one list after the other.
    pub annotations: Vec<Annotation>,
    /// All texts of some lists in one piece, ascending. Lists that are in none have a text that stands elsewhere.
    pub passages: Vec<ListsPassage>,
}

/// The texts of some lists that follow each other.
#[derive(Clone, Debug)]
pub struct ListsPassage {
    /// Which of `TierMap::lists`.
    pub lists: Range<u32>,
    /// All texts of their annotations.
    pub passage: Passage,
}

/// The annotations under one key of a tier. Possibly none: that tier looked and found nothing.
#[derive(Clone, Debug)]
pub struct KeyedList {
    /// The key: a message's id, or a conversation's, or one that matches nothing.
    pub key: Id,
    /// Which of `TierMap::annotations` are its.
    pub annotations: Range<u32>,
    /// Where the list stands in the export.
    pub source: Source,
}

/// An annotation by its place in the export: its tier and its index in `TierMap::annotations`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AnnotationRef {
    /// The tier.
    pub tier: Tier,
    /// Index into the tier's annotations.
    pub index: u32,
}
