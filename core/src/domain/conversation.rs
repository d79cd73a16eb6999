//! Conversations and messages.

use super::{Id, Name, Part, Passage, Source};
use std::sync::Arc;

/// One conversation.
#[derive(Clone, Debug, Default)]
pub struct Conversation {
    /// `id`.
    pub id: Option<Id>,
    /// In the order of the file, which is the only order there is.
    pub messages: Vec<Message>,
    /// All of its texts in one piece; `None` where some of them stands elsewhere.
    pub passage: Option<Passage>,
    /// Where it stands in the export.
    pub source: Source,
}

/// One message.
#[derive(Clone, Debug, Default)]
pub struct Message {
    /// `id`.
    pub id: Option<Id>,
    /// `role`: `system`, `user`, `assistant`, `tool` or any other word.
    pub role: Option<Name>,
    /// In the order of the file; an annotation's part index counts in this.
    pub parts: Vec<Part>,
    /// What is known of the model call that made it; empty on messages that no model wrote.
    pub generation: Generation,
    /// Where it stands in the export.
    pub source: Source,
}

/// The flat `gen_ai.*` fields of a message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Generation {
    /// `gen_ai.request.model`.
    pub model: Option<Name>,
    /// `gen_ai.provider.name`.
    pub provider: Option<Name>,
    /// `gen_ai.usage.input_tokens`.
    pub input_tokens: Option<u64>,
    /// `gen_ai.usage.output_tokens`.
    pub output_tokens: Option<u64>,
    /// `gen_ai.response.finish_reasons`, one for each choice. Shared, since most messages have the same.
    pub finish_reasons: Arc<[Name]>,
}

/// A message by its place: indices into `Export::conversations` and `Conversation::messages`.
/// The order of these is the order of the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MessageRef {
    /// Index of the conversation.
    pub conversation: u32,
    /// Index of the message in it.
    pub message: u32,
}

/// A part by its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartRef {
    /// The message.
    pub message: MessageRef,
    /// Index of the part in the array as sent.
    pub part: u32,
}
