//! The order in which texts are searched: every text of an export once, in the order of the document.

use super::searching::Searched;
use super::texts::{Item, Site, Text};
use crate::domain::{Conversation, MessageRef, PartRef};

/// What a walk comes to.
pub(super) enum Here<'e> {
    /// A text.
    Text(Site, Text<'e>),
    /// A conversation, which may be passed at once.
    Conversation(u32, &'e Conversation),
}

/// A walk along all texts of an export: the project, then each conversation with its messages, each message with its
/// parts and then its annotations, those that are placed first, and last the annotations that belong to no message.
#[derive(Clone, Debug)]
pub(super) struct Walk {
    item: Item,
    nth: usize,
    /// How many of the places, and of the annotations that are not placed, were walked past.
    placed: usize,
    unplaced: usize,
}

impl Walk {
    /// Before the first text.
    pub(super) fn new() -> Self {
        Walk { item: Item::Project, nth: 0, placed: 0, unplaced: 0 }
    }

    /// What the walk has come to; `None` where all that there is was walked past. There may be more later: conversations
    /// that arrive at the end, as long as there are no annotations.
    pub(super) fn here<'e>(&mut self, searched: Searched<'e>) -> Option<Here<'e>> {
        loop {
            if let Item::Undecided(index) = self.item {
                return Some(Here::Conversation(index, searched.conversation(index)?));
            }
            match self.item.text(searched, self.nth) {
                Some(Some((site, text))) => return Some(Here::Text(site, text)),
                Some(None) => self.nth += 1,
                None => {
                    self.item = self.next_item(searched)?;
                    self.nth = 0;
                }
            }
        }
    }

    /// Goes into the conversation that the walk has come to.
    pub(super) fn enter(&mut self, searched: Searched<'_>) {
        if let Item::Undecided(index) = self.item {
            self.skip_annotations(searched, Some(index));
            self.item = Item::Conversation(index);
        }
    }

    /// Passes the conversation that the walk has come to, with its annotations.
    pub(super) fn pass_conversation(&mut self) {
        if let Item::Undecided(index) = self.item {
            self.item = Item::Passed(index);
        }
    }

    /// Passes the annotations of the conversations before this one, or of all.
    fn skip_annotations(&mut self, searched: Searched<'_>, index: Option<u32>) {
        let Some((_, placement)) = searched.annotations else { return };
        let is_before = |message: MessageRef| index.is_none_or(|index| message.conversation < index);
        let placed = placement.places.get(self.placed..).unwrap_or_default();
        self.placed += count_first(placed, |place| is_before(place.part.message));
        let unplaced = placement.unplaced.get(self.unplaced..).unwrap_or_default();
        self.unplaced += count_first(unplaced, |unplaced| unplaced.message.is_some_and(is_before));
    }

    /// Leaves the text that the walk has come to behind.
    pub(super) fn pass(&mut self) {
        self.nth += 1;
    }

    /// Index of the conversation that the walk is in, 0 before and the last after.
    pub(super) fn conversation(&self) -> u32 {
        match self.item {
            Item::Project => 0,
            Item::Undecided(index) | Item::Passed(index) | Item::Conversation(index) => index,
            Item::Message(at) | Item::Part(PartRef { message: at, .. }) => at.conversation,
            Item::Annotation(_, at) => at.map_or(u32::MAX, |at| at.conversation),
        }
    }

    fn next_item(&mut self, searched: Searched<'_>) -> Option<Item> {
        let next = match self.item {
            Item::Project => None,
            Item::Undecided(index) | Item::Passed(index) => {
                return self.conversation_at(searched, index.saturating_add(1));
            }
            Item::Conversation(index) => Some((MessageRef { conversation: index, message: 0 }, None)),
            Item::Message(at) => Some((at, Some(0))),
            Item::Part(at) => Some((at.message, Some(at.part + 1))),
            Item::Annotation(_, Some(at)) => Some((at, Some(u32::MAX))),
            Item::Annotation(_, None) => return self.next_annotation(searched, None),
        };
        let Some((at, part)) = next else {
            return self.conversation_at(searched, 0);
        };
        let message = match part {
            None => at,
            Some(part) => {
                let at_part = PartRef { message: at, part };
                if searched.part(at_part).is_some() {
                    return Some(Item::Part(at_part));
                }
                if let Some(annotation) = self.next_annotation(searched, Some(at)) {
                    return Some(annotation);
                }
                MessageRef { message: at.message + 1, ..at }
            }
        };
        match searched.message(message) {
            Some(_) => Some(Item::Message(message)),
            None => self.conversation_at(searched, at.conversation + 1),
        }
    }

    /// The conversation of this index, else what comes after all conversations.
    fn conversation_at(&mut self, searched: Searched<'_>, index: u32) -> Option<Item> {
        match searched.conversation(index) {
            Some(_) => Some(Item::Undecided(index)),
            None => {
                self.skip_annotations(searched, None);
                self.next_annotation(searched, None)
            }
        }
    }

    /// The next annotation of `message`, or of no message.
    fn next_annotation(&mut self, searched: Searched<'_>, message: Option<MessageRef>) -> Option<Item> {
        let (_, placement) = searched.annotations?;
        let place = placement.places.get(self.placed).filter(|place| Some(place.part.message) == message);
        if let Some(place) = place {
            self.placed += 1;
            return Some(Item::Annotation(place.annotation, message));
        }
        let unplaced =
            placement.unplaced.get(self.unplaced).filter(|unplaced| unplaced.message == message)?;
        self.unplaced += 1;
        Some(Item::Annotation(unplaced.annotation, message))
    }
}

/// How many at the beginning are so; all that are must stand there. At once where none is.
fn count_first<T>(all: &[T], is_so: impl Fn(&T) -> bool) -> usize {
    if all.first().is_some_and(&is_so) { all.partition_point(is_so) } else { 0 }
}
