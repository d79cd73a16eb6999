//! Aligning a whole export, cut into steps so that a page stays alive.
//!
//! Belongs here: going through the messages, and which tiers count as having looked at each. Not here: what is done
//! with one message (`Alignment::add`).

use super::{Alignment, MessageToAlign, ReviewRule};
use crate::domain::{Export, MessageRef, PerTier};
use crate::logic::place::Placement;

/// When a tier counts as having looked at a message.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum LookedRule {
    /// When it has the message's key, or its conversation's where keyed so, even with an empty list.
    #[default]
    Key,
    /// Also when the message is marked by any tier and this tier has a key in its conversation. For exports that hold no
    /// empty list, which cannot tell *found nothing* from *not looked at*.
    KeyInConversation,
}

/// Whether any tier holds an empty list, so that the export can tell *found nothing* from *not looked at*.
pub fn tells_what_was_looked_at(export: &Export) -> bool {
    export.tiers.iter().any(|(_, map)| map.lists.iter().any(|list| list.annotations.is_empty()))
}

/// The alignment of an export under way.
#[derive(Clone, Debug)]
pub struct Aligning {
    rule: LookedRule,
    /// The number of the next message, as `MessageIndex` counts.
    next: usize,
    /// How many of the placement's places and unplaced annotations are of messages before that one.
    before: (usize, usize),
    /// The conversation that was last come to, and which tiers have a key in it.
    conversation: Option<(u32, PerTier<bool>)>,
    alignment: Alignment,
}

impl Aligning {
    /// Nothing aligned yet.
    pub fn new(rule: LookedRule) -> Self {
        Aligning { rule, next: 0, before: (0, 0), conversation: None, alignment: Alignment::default() }
    }

    /// The same with another meaning of what review lacks; to be said before the first step.
    pub fn taking_review_as(self, review: ReviewRule) -> Self {
        Aligning { alignment: Alignment::taking_review_as(review), ..self }
    }

    /// Goes on for about `budget` messages and annotations, at least a message. Returns whether all is done. Every call
    /// must be given the same export and placement.
    pub fn step(&mut self, export: &Export, placement: &Placement, budget: usize) -> bool {
        let mut spent = 0;
        if self.next == 0 {
            self.alignment.reserve(placement.places.len());
        }
        while spent <= budget
            && let Some(message) = placement.messages.at(self.next)
        {
            self.next += 1;
            let places = run(&placement.places, self.before.0, |place| place.part.message == message);
            let unplaced = run(&placement.unplaced, self.before.1, |one| one.message == Some(message));
            self.before = (self.before.0 + places.len(), self.before.1 + unplaced.len());
            spent += 1 + places.len();
            let looked = self.looked(placement, message, !places.is_empty());
            self.alignment.add(export, MessageToAlign { message, places, unplaced, looked });
        }
        self.next >= placement.messages.len()
    }

    fn looked(&mut self, placement: &Placement, message: MessageRef, is_marked: bool) -> PerTier<bool> {
        let by_key = placement.looked(message);
        if self.rule == LookedRule::Key || !is_marked {
            return by_key;
        }
        let in_conversation = match self.conversation {
            Some((conversation, looked)) if conversation == message.conversation => looked,
            _ => looked_anywhere(placement, message.conversation),
        };
        self.conversation = Some((message.conversation, in_conversation));
        PerTier::from_fn(|tier| by_key[tier] || in_conversation[tier])
    }

    /// How many messages are aligned.
    pub fn messages_done(&self) -> usize {
        self.next
    }

    /// The alignment.
    pub fn finish(self) -> Alignment {
        self.alignment
    }
}

/// The items from `start` on that are so. Both lists are in the order of messages, so nothing has to be searched for.
fn run<T>(items: &[T], start: usize, is_so: impl Fn(&T) -> bool) -> &[T] {
    let rest = items.get(start..).unwrap_or_default();
    rest.get(..rest.iter().take_while(|item| is_so(item)).count()).unwrap_or_default()
}

/// Which tiers have a key in a conversation.
fn looked_anywhere(placement: &Placement, conversation: u32) -> PerTier<bool> {
    let first = placement.messages.number(MessageRef { conversation, message: 0 });
    (first..placement.messages.len())
        .map_while(|number| placement.messages.at(number).filter(|found| found.conversation == conversation))
        .map(|message| placement.looked(message))
        .fold(PerTier::default(), |all, looked| PerTier::from_fn(|tier| all[tier] || looked[tier]))
}

/// Aligns an export in one go.
pub fn align_all(export: &Export, placement: &Placement, rule: LookedRule) -> Alignment {
    let mut aligning = Aligning::new(rule);
    while !aligning.step(export, placement, usize::MAX) {}
    aligning.finish()
}
