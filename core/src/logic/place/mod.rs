//! Where all annotations of an export sit.
//!
//! Belongs here: which message a key names, which part an annotation means, which unit a tier counts in, in which
//! serialisation of a tool part an annotation fits; and what is asked of the result. Does not belong here: positions
//! inside one text (`anchor`), how JSON is written (`serialise`), what places of different tiers have to do with each
//! other (`align`).
//!
//! Invariants: every annotation is in `places` or in `unplaced`, exactly once; nothing depends on the order of
//! annotations, tiers or conversations but indices and the order of rows (ids repeated in a file aside); nor on how
//! the work is cut into steps.

mod annotations;
mod ground;
mod index;
mod message;
mod placing;
mod rules;

pub use annotations::AnnotationIndex;
pub use index::MessageIndex;
pub use placing::{Placing, Progress, place_all};
pub use rules::{KeyRule, Named, PartIndexRule, PlacingRules};

use crate::domain::{How, Id, MessageRef, PartRef, PerTier, Place, Tier, Unit, Unplaced};

/// Where all annotations of an export sit, and what was learnt on the way.
#[derive(Clone, Debug, Default)]
pub struct Placement {
    /// The annotations that sit in a text, by part, then start, end (in code points), tier, index: document order.
    pub places: Vec<Place>,
    /// Those that do not, by message (none last), then tier, index.
    pub unplaced: Vec<Unplaced>,
    /// What was assumed while they were placed.
    pub rules: PlacingRules,
    /// What each tier counts its offsets in.
    pub units: PerTier<UnitEvidence>,
    /// What the keys of each tier named.
    pub keys: PerTier<KeyEvidence>,
    /// Messages by number and by id.
    pub messages: MessageIndex,
    /// Annotations by id.
    pub annotations: AnnotationIndex,
    looked: Looked,
}

impl Placement {
    /// What a key of a tier names; `None` where it is no id of a message or a conversation.
    pub fn named(&self, key: &Id) -> Option<Named> {
        self.rules.keys.choose(self.messages.message(key), self.messages.conversation(key))
    }

    /// The places in one message.
    pub fn of_message(&self, message: MessageRef) -> &[Place] {
        run_of(&self.places, |place| place.part.message.cmp(&message))
    }

    /// The places in one part.
    pub fn of_part(&self, part: PartRef) -> &[Place] {
        run_of(&self.places, |place| place.part.cmp(&part))
    }

    /// The annotations of one message that sit nowhere in it.
    pub fn unplaced_of(&self, message: MessageRef) -> &[Unplaced] {
        run_of(&self.unplaced, |unplaced| last_if_none(unplaced.message).cmp(&(false, Some(message))))
    }

    /// Which tiers have the message's key, or its conversation's, be it with an empty list.
    pub fn looked(&self, message: MessageRef) -> PerTier<bool> {
        let of_message = self.looked.messages.get(self.messages.number(message)).copied().unwrap_or_default();
        let of_conversation =
            self.looked.conversations.get(message.conversation as usize).copied().unwrap_or_default();
        PerTier::from_fn(|tier| of_message[tier] || of_conversation[tier])
    }

    /// How the annotations of a tier were anchored.
    pub fn tally(&self, tier: Tier) -> Tally {
        let mut tally = Tally::default();
        for place in self.places.iter().filter(|place| place.annotation.tier == tier) {
            match place.how {
                How::Verified(_) => tally.verified += 1,
                How::Relocated => tally.relocated += 1,
                How::Unverified => tally.unverified += 1,
            }
        }
        tally.unanchored = self.unplaced.iter().filter(|unplaced| unplaced.annotation.tier == tier).count();
        tally
    }
}

/// Which tiers have which keys.
#[derive(Clone, Debug, Default)]
struct Looked {
    /// By number of message.
    messages: Vec<PerTier<bool>>,
    /// By index of conversation; stands for all of its messages.
    conversations: Vec<PerTier<bool>>,
}

/// How many annotations were anchored in which way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// The slice equals the annotation's text.
    pub verified: usize,
    /// Found elsewhere by its text.
    pub relocated: usize,
    /// Valid offsets, no text to check them.
    pub unverified: usize,
    /// Sits nowhere.
    pub unanchored: usize,
}

/// What speaks for a tier's unit: its annotations that name their part and fit there in exactly one unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct UnitEvidence {
    by_unit: [u32; 3],
}

impl UnitEvidence {
    /// How many annotations fit in this unit only.
    pub fn only_in(&self, unit: Unit) -> u32 {
        self.by_unit.get(unit as usize).copied().unwrap_or_default()
    }

    /// The unit that the tier usually counts in; `None` if no annotation tells, or two units are tied.
    pub fn usual(&self) -> Option<Unit> {
        let most = self.by_unit.into_iter().max().filter(|most| *most > 0)?;
        let mut units = Unit::ALL.into_iter().filter(|unit| self.only_in(*unit) == most);
        units.next().filter(|_| units.next().is_none())
    }

    fn count(&mut self, unit: Unit) {
        if let Some(count) = self.by_unit.get_mut(unit as usize) {
            *count += 1;
        }
    }
}

/// What the keys of a tier named.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct KeyEvidence {
    /// Keys that were taken for a message's id.
    pub messages: u32,
    /// Keys that were taken for a conversation's id.
    pub conversations: u32,
    /// Keys among these that are a message's id and a conversation's too.
    pub both: u32,
    /// Keys that are neither.
    pub nothing: u32,
}

/// The order of messages, with none after all others.
fn last_if_none(message: Option<MessageRef>) -> (bool, Option<MessageRef>) {
    (message.is_none(), message)
}

/// The items of a sorted slice that compare equal.
fn run_of<T>(items: &[T], order: impl Fn(&T) -> std::cmp::Ordering) -> &[T] {
    let start = items.partition_point(|item| order(item).is_lt());
    let end = start + items.get(start..).map_or(0, |rest| rest.partition_point(|item| order(item).is_eq()));
    items.get(start..end).unwrap_or_default()
}
