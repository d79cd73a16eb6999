//! What differs between two exports of one project: yesterday's and today's.
//!
//! Belongs here: which messages and annotations of the two are the same ones, and what of them is new, edited or gone.
//! Does not belong here: what the tiers differ in within one export (`align`), the words for it.
//!
//! The same ones are those with the same ids, compared without case: a conversation by its id, a message by its id within
//! its conversation, an annotation by its id under its key in its tier; of several with one id the first is the first and
//! so on. What has no id is the same where it stands at the same place among those without.
//!
//! Invariants: nothing depends on the order of conversations, lists or annotations that have ids; an export compared
//! with itself has no changes; comparing the other way round turns added into gone and the reverse.

mod comparing;
mod same;

pub use comparing::{Comparing, changes_between};

use crate::domain::{AnnotationRef, Id, MessageRef, Name, PerTier, Tier};
use crate::logic::align::{Alignment, FindingIndex};
use crate::logic::place::Placement;

/// An export and what was computed from it.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    /// What was read.
    pub export: &'a crate::domain::Export,
    /// Where its annotations sit.
    pub placement: &'a Placement,
    /// Its findings.
    pub alignment: &'a Alignment,
}

/// What the later of two exports has that the earlier has not, and the reverse. References are into the later one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Annotations that are new, ascending.
    pub added: Vec<AnnotationRef>,
    /// Annotations of which a field is another, ascending.
    pub edited: Vec<AnnotationRef>,
    /// Annotations that are gone.
    pub removed: Vec<GoneAnnotation>,
    /// Messages that are new, in document order.
    pub added_messages: Vec<MessageRef>,
    /// Messages whose role, parts or figures are others, in document order.
    pub edited_messages: Vec<MessageRef>,
    /// Messages that are gone.
    pub removed_messages: Vec<GoneMessage>,
    /// By tier the messages that it looked at, and did not look at before, in document order.
    pub looked_at: PerTier<Vec<MessageRef>>,
    /// Findings that hold an annotation that is new or edited, that lost one, or whose verdicts are others, ascending.
    pub findings: Vec<FindingIndex>,
    /// Whether a field of the project itself is another: its label schema, its status, its name; not the day of the last
    /// change.
    pub project: bool,
}

/// An annotation that the earlier export has and the later has not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GoneAnnotation {
    /// Its tier.
    pub tier: Tier,
    /// `id`.
    pub id: Option<Id>,
    /// `label`.
    pub label: Option<Name>,
    /// The message that it was on, where the later export still has it.
    pub message: Option<MessageRef>,
}

/// A message that the earlier export has and the later has not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GoneMessage {
    /// `id`.
    pub id: Option<Id>,
    /// The id of its conversation.
    pub conversation_id: Option<Id>,
    /// Its conversation, where the later export still has it.
    pub conversation: Option<u32>,
}

impl Changes {
    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        *self == Changes::default()
    }

    /// Whether an annotation is new or edited.
    pub fn has_annotation(&self, annotation: AnnotationRef) -> bool {
        [&self.added, &self.edited].into_iter().any(|list| list.binary_search(&annotation).is_ok())
    }

    /// Whether a finding is another than it was.
    pub fn has_finding(&self, finding: FindingIndex) -> bool {
        self.findings.binary_search(&finding).is_ok()
    }

    /// The messages on which anything is another, in document order, each once: new and edited ones, those newly looked
    /// at, and those of findings and annotations that changed.
    pub fn messages(&self, side: Side<'_>) -> Vec<MessageRef> {
        let of_findings =
            self.findings.iter().filter_map(|&at| Some(side.alignment.finding(at)?.part.message));
        let unplaced = side.placement.unplaced.iter();
        let of_unplaced =
            unplaced.filter(|one| self.has_annotation(one.annotation)).filter_map(|one| one.message);
        let mut messages: Vec<MessageRef> = self.added_messages.clone();
        messages.extend(&self.edited_messages);
        messages.extend(self.looked_at.iter().flat_map(|(_, list)| list));
        messages.extend(self.removed.iter().filter_map(|gone| gone.message));
        messages.extend(of_findings);
        messages.extend(of_unplaced);
        crate::logic::sort::sort_and_dedup(&mut messages);
        messages
    }
}
