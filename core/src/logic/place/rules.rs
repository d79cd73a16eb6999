//! What keys, part indices and offsets are taken to count, where the export does not say so itself.
//!
//! Belongs here: the choices, and which part an index then names. Does not belong here: what speaks for them
//! (`health`), the placing that follows them (`placing`).

use crate::domain::{MessageRef, Part, PerTier, Unit};

/// What is assumed of an export while its annotations are placed. By default what most exports do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PlacingRules {
    /// What a key names that is the id of a message and of a conversation.
    pub keys: KeyRule,
    /// What a part index counts.
    pub part_index: PartIndexRule,
    /// The units that are taken for the tiers' usual ones, whatever their annotations suggest; `None` where those tell.
    pub units: PerTier<Option<Unit>>,
}

/// What a key of a tier names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum KeyRule {
    /// The message with that id, else the conversation with it.
    #[default]
    MessageFirst,
    /// The conversation with that id, else the message with it.
    ConversationFirst,
}

/// What a part index counts, from 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum PartIndexRule {
    /// All parts of the message, in the array as sent.
    #[default]
    AllParts,
    /// Only the parts that have a text which could be marked.
    PartsWithText,
}

/// What a key of a tier was found to name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// This message.
    Message(MessageRef),
    /// The conversation of this index.
    Conversation(u32),
}

impl KeyRule {
    /// What a key names that is the id of this message and of this conversation, where there are such.
    pub(super) fn choose(self, message: Option<MessageRef>, conversation: Option<u32>) -> Option<Named> {
        let message = message.map(Named::Message);
        let conversation = conversation.map(Named::Conversation);
        match self {
            KeyRule::MessageFirst => message.or(conversation),
            KeyRule::ConversationFirst => conversation.or(message),
        }
    }
}

impl PartIndexRule {
    /// The other rule.
    pub const fn other(self) -> Self {
        match self {
            PartIndexRule::AllParts => PartIndexRule::PartsWithText,
            PartIndexRule::PartsWithText => PartIndexRule::AllParts,
        }
    }

    /// The part that `index` names, by its position in the array as sent; `None` where there are not that many.
    pub fn named(self, parts: &[Part], index: i64) -> Option<usize> {
        let index = usize::try_from(index).ok()?;
        match self {
            PartIndexRule::AllParts => (index < parts.len()).then_some(index),
            PartIndexRule::PartsWithText => {
                let with_text = parts.iter().enumerate().filter(|(_, part)| part.text.is_some());
                with_text.map(|(at, _)| at).nth(index)
            }
        }
    }
}
