//! The files that are handed out beside the export itself: findings, annotations and scores, the same from the page and
//! natively.
//!
//! Belongs here: columns, cells and names of files. Not here: what stands in them (`align`, `score`, `place`), writing
//! them to a disk or a browser.
//!
//! Invariants: UTF-8 without a byte-order mark; every file can be made piece by piece, header first; no cell of a
//! CSV file begins with a sign that a spreadsheet would run.

mod annotations;
mod cells;
mod errors;
mod findings;
mod health;
mod names;
mod scores;
mod shared;

pub use annotations::{AnnotationLines, annotation_lines};
pub use cells::runs_in_a_spreadsheet;
pub use errors::{ERROR_CRITERIA, errors, errors_comparison, errors_header, errors_rows};
pub use findings::{findings_header, findings_rows};
pub use health::health;
pub use names::{ReportFile, file_name, slug_of};
pub use scores::{ScoredComparison, scores_header, scores_rows};
pub use shared::{
    Quotes, shared_comparisons, shared_differences, shared_differences_head, shared_head, shared_report,
    shared_scores,
};

use crate::domain::{AnnotationRef, Export, MessageRef, PartRef};
use crate::logic::align::{Alignment, Mark};
use crate::logic::serialise::part_text;
use crate::logic::sort::sort_by;
use std::borrow::Cow;

/// The ids of a message and its conversation as sent; empty where they have none.
fn ids_of(export: &Export, message: MessageRef) -> (String, String) {
    let conversation = export.conversations.get(message.conversation as usize);
    let message = conversation.and_then(|conversation| conversation.messages.get(message.message as usize));
    let text = |id: Option<&crate::domain::Id>| id.map(|id| id.text().into_owned()).unwrap_or_default();
    (
        text(conversation.and_then(|conversation| conversation.id.as_ref())),
        text(message.and_then(|message| message.id.as_ref())),
    )
}

/// The text of a part.
fn text_in(export: &Export, part: PartRef) -> Option<Cow<'_, str>> {
    let conversation = export.conversations.get(part.message.conversation as usize)?;
    let message = conversation.messages.get(part.message.message as usize)?;
    message.parts.get(part.part as usize).and_then(part_text)
}

/// The annotations of a mark, sorted by id.
fn by_id(export: &Export, alignment: &Alignment, mark: &Mark) -> Vec<AnnotationRef> {
    let mut annotations = alignment.annotations_of(mark).to_vec();
    let sent = |one: &AnnotationRef| export.tiers[one.tier].annotations.get(one.index as usize);
    let key = |one: &AnnotationRef| sent(one).map(|annotation| (&annotation.id, &annotation.status));
    sort_by(&mut annotations, |a, b| key(a).cmp(&key(b)));
    annotations
}

/// Pieces joined by `|`.
fn joined(pieces: impl Iterator<Item = impl AsRef<str>>) -> String {
    let mut all = String::new();
    for (nth, piece) in pieces.enumerate() {
        all.push_str(if nth == 0 { "" } else { "|" });
        all.push_str(piece.as_ref());
    }
    all
}
