//! The files that are handed out beside the export itself: findings, annotations and scores, the same from the page and
//! natively.
//!
//! Belongs here: columns, cells and names of files. Not here: what stands in them (`align`, `score`, `place`), writing
//! them to a disk or a browser.
//!
//! Invariants: UTF-8 without a byte-order mark; every file can be made piece by piece, header first; no cell begins with
//! a sign that a spreadsheet would run.

mod annotations;
mod cells;
mod findings;
mod health;
mod names;
mod scores;

pub use annotations::{AnnotationLines, annotation_lines};
pub use findings::{findings_header, findings_rows};
pub use health::health;
pub use names::{ReportFile, file_name, slug_of};
pub use scores::{ScoredComparison, scores_header, scores_rows};

use crate::domain::{Export, MessageRef};

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
