//! What the annotations of a list are looked for in: a message, or a conversation.

use super::PartIndexRule;
use super::message::{ConversationMap, MessageMap, Seat};
use crate::domain::{Annotation, Export, Message, MessageRef, PartText, Reason, Tier};

/// Bytes of text that count as much as one annotation in a step's budget.
pub(super) const BYTES_PER_UNIT: usize = 1 << 12;

/// A keyed list by what its key names. The order is that of the work: what is keyed by conversation before the
/// conversation's messages, all lists of a message together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct List {
    pub(super) conversation: u32,
    /// `None` where the key is the conversation's.
    pub(super) message: Option<u32>,
    pub(super) tier: Tier,
    /// Index into `TierMap::lists`.
    pub(super) index: usize,
}

impl List {
    /// Whether both keys name the same thing.
    pub(super) fn is_beside(&self, other: &List) -> bool {
        (self.conversation, self.message) == (other.conversation, other.message)
    }
}

/// Where the annotations of one or several lists are looked for, with what was made of it so far.
#[derive(Debug)]
pub(super) struct Ground {
    /// The first of the lists.
    pub(super) list: List,
    map: GroundMap,
    /// What going through all of its text costs of a step's budget.
    pub(super) weight: usize,
}

#[derive(Debug)]
enum GroundMap {
    Message(MessageRef, MessageMap),
    Conversation(ConversationMap),
}

impl Ground {
    /// What the key of `list` names, its parts named by `rule`.
    pub(super) fn new(export: &Export, list: List, rule: PartIndexRule) -> Option<Self> {
        let conversation = export.conversations.get(list.conversation as usize)?;
        let Some(index) = list.message else {
            let map = GroundMap::Conversation(ConversationMap::new(conversation, rule));
            let weight = conversation.messages.iter().map(|message| 1 + weight_of(message)).sum();
            return Some(Ground { list, map, weight });
        };
        let message = conversation.messages.get(index as usize)?;
        let reference = MessageRef { conversation: list.conversation, message: index };
        let map = GroundMap::Message(reference, MessageMap::new(message, rule));
        Some(Ground { list, map, weight: weight_of(message) })
    }

    /// The message that `annotation` belongs to, and where it sits in it.
    pub(super) fn seat(
        &self,
        export: &Export,
        annotation: &Annotation,
    ) -> Result<(MessageRef, Seat), Reason> {
        let conversation = self.list.conversation;
        let messages = export.conversations.get(conversation as usize).ok_or(Reason::WithoutMessage)?;
        match &self.map {
            GroundMap::Message(reference, map) => {
                let message =
                    messages.messages.get(reference.message as usize).ok_or(Reason::WithoutMessage)?;
                Ok((*reference, map.on(message).seat(annotation)))
            }
            GroundMap::Conversation(map) => {
                let (message, seat) = map.seat(messages, annotation)?;
                Ok((MessageRef { conversation, message }, seat))
            }
        }
    }
}

/// What going through all the text of a message costs.
fn weight_of(message: &Message) -> usize {
    let length = |text: &PartText| match text {
        PartText::Verbatim(text) => text.len(),
        PartText::Json(json) => json.as_str().len(),
    };
    let bytes: usize = message.parts.iter().filter_map(|part| part.text.as_ref()).map(length).sum();
    bytes / BYTES_PER_UNIT + message.parts.len() / 16
}
