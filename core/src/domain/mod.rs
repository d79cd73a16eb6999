//! What a labeling project is, as it was exported: plain immutable values.
//!
//! Belongs here: types that mirror what the export says, the units their numbers are in, and where an annotation sits, as
//! plain values (`place`). Does not belong here: how the JSON spells it (`export`), deriving anything (`logic`), any
//! dependency but `uuid`.
//!
//! Invariants: every value can be built by hand in a test; strings are exactly what was sent, never trimmed or
//! normalised; indices of parts, messages and conversations are those of the arrays as sent.

mod annotation;
mod conversation;
mod id;
mod json;
mod notice;
mod part;
mod passage;
mod place;
mod project;
mod seeded;
mod shared;
mod text;
mod tier;

pub use annotation::{Annotation, AnnotationRef, KeyedList, ListsPassage, TierMap};
pub use conversation::{Conversation, Generation, Message, MessageRef, PartRef};
pub use id::Id;
pub use json::{Json, Token, TokenKind, Tokens};
pub use notice::{Notice, NoticeKind, Notices, Shape, shortened};
pub use part::{Field, Media, Part, PartKind, PartText};
pub use passage::{JsonWithin, Passage};
pub use place::{How, Place, Reason, Unplaced};
pub use project::{Config, Export, LabelDefinition, Project};
pub use seeded::{BySeed, SeededHasher, SeededMap, SeededSet, seed};
pub use shared::{Text, TextWriter};
pub use text::{CodePoints, Span, Unit, Utf8Bytes, Utf16Units};
pub use tier::{PerTier, Tier};

use std::sync::Arc;

/// A short string that repeats throughout an export (a label, a status, a role, a model) and is therefore shared.
/// Compared exactly, character by character.
pub type Name = Arc<str>;

/// Where a value stands in the bytes of the export: half-open, counted in bytes from the first byte of the
/// (decompressed) document, a byte-order mark included. The raw JSON of anything is this slice of the original.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// First byte.
    pub start: u64,
    /// One past the last byte.
    pub end: u64,
}
