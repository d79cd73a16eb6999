//! Messages by number and by id.

use crate::domain::{BySeed, Conversation, Export, Id, MessageRef, SeededMap};
use std::collections::hash_map::Entry;

/// All messages numbered in document order from 0, and messages and conversations by their ids, compared without
/// case; of several with one id the first counts.
#[derive(Clone, Debug, Default)]
pub struct MessageIndex {
    /// For each conversation the number of its first message (or of the next, if it has none).
    starts: Vec<u32>,
    count: u32,
    messages: SeededMap<Id, MessageRef>,
    conversations: SeededMap<Id, u32>,
    repeated_messages: Vec<MessageRef>,
    repeated_conversations: Vec<u32>,
}

impl MessageIndex {
    /// The index of a whole export.
    pub fn new(export: &Export) -> Self {
        let mut index = MessageIndex::for_messages_of(export);
        for conversation in &export.conversations {
            index.add(conversation);
        }
        index
    }

    /// An empty index with room for an export, so that nothing is moved while it fills.
    pub(super) fn for_messages_of(export: &Export) -> Self {
        let messages = export.conversations.iter().map(|conversation| conversation.messages.len()).sum();
        MessageIndex {
            starts: Vec::with_capacity(export.conversations.len()),
            messages: SeededMap::with_capacity_and_hasher(messages, BySeed::default()),
            conversations: SeededMap::with_capacity_and_hasher(export.conversations.len(), BySeed::default()),
            ..MessageIndex::default()
        }
    }

    /// Takes in the next conversation of the export.
    pub(super) fn add(&mut self, conversation: &Conversation) {
        let Ok(number) = u32::try_from(self.starts.len()) else { return };
        self.starts.push(self.count);
        if let Some(id) = &conversation.id {
            match self.conversations.entry(id.clone()) {
                Entry::Vacant(entry) => drop(entry.insert(number)),
                Entry::Occupied(_) => self.repeated_conversations.push(number),
            }
        }
        for (message, at) in conversation.messages.iter().zip(0..) {
            let place = MessageRef { conversation: number, message: at };
            self.count += 1;
            let Some(id) = &message.id else { continue };
            match self.messages.entry(id.clone()) {
                Entry::Vacant(entry) => drop(entry.insert(place)),
                Entry::Occupied(_) => self.repeated_messages.push(place),
            }
        }
    }

    /// How many messages there are.
    pub fn len(&self) -> usize {
        self.count as usize
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The number of a message of this export.
    pub fn number(&self, message: MessageRef) -> usize {
        let start = self.starts.get(message.conversation as usize).copied().unwrap_or(self.count);
        start as usize + message.message as usize
    }

    /// The message of this number.
    pub fn at(&self, number: usize) -> Option<MessageRef> {
        let number = u32::try_from(number).ok().filter(|number| *number < self.count)?;
        let conversation = self.starts.partition_point(|start| *start <= number).checked_sub(1)?;
        let message = number - self.starts.get(conversation)?;
        Some(MessageRef { conversation: u32::try_from(conversation).ok()?, message })
    }

    /// The first message with this id.
    pub fn message(&self, id: &Id) -> Option<MessageRef> {
        self.messages.get(id).copied()
    }

    /// The index of the first conversation with this id.
    pub fn conversation(&self, id: &Id) -> Option<u32> {
        self.conversations.get(id).copied()
    }

    /// Messages whose id an earlier message has, in document order. No key reaches them.
    pub fn repeated_messages(&self) -> &[MessageRef] {
        &self.repeated_messages
    }

    /// Conversations whose id an earlier one has, in document order.
    pub fn repeated_conversations(&self) -> &[u32] {
        &self.repeated_conversations
    }
}
