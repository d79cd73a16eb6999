//! The work of placing, cut into steps so that a page can stay alive meanwhile.

use super::message::{MappedConversation, MappedMessage, Seat};
use super::{KeyEvidence, Looked, MessageIndex, Placement, UnitEvidence, last_if_none};
use crate::domain::{
    Annotation, AnnotationRef, Export, How, KeyedList, Message, MessageRef, PartRef, PartText, PerTier,
    Place, Reason, Tier, TierMap, Unplaced,
};
use crate::logic::anchor::{Fits, Spans};
use std::ops::Range;

/// Bytes of text that count as much as one annotation in a step's budget.
const BYTES_PER_UNIT: usize = 1 << 12;

/// Where all annotations of `export` sit, found in one go.
pub fn place_all(export: &Export) -> Placement {
    let mut placing = Placing::new(export);
    while !placing.step(export, usize::MAX) {}
    placing.finish()
}

/// How far placing has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Annotations dealt with.
    pub done: usize,
    /// Annotations in all.
    pub total: usize,
}

/// Placing under way. Holds nothing of the export, so that it can wait between two steps for as long as it likes; each
/// step must be given the same export.
#[derive(Debug)]
pub struct Placing {
    stage: Stage,
    index: MessageIndex,
    looked: Looked,
    keys: PerTier<KeyEvidence>,
    /// The lists whose key named something, in document order of what it named, once all keys are resolved.
    lists: Vec<List>,
    /// How many annotations of the current list are done.
    done_of_list: usize,
    /// How many annotations there are.
    total: usize,
    units: PerTier<UnitEvidence>,
    places: Vec<Place>,
    unplaced: Vec<Unplaced>,
    /// Annotations that sit here or there depending on what their tier usually counts in, which is not known before
    /// the end.
    undecided: Vec<Undecided>,
}

/// What is being done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// Numbering messages; this conversation is next.
    Conversations(usize),
    /// Resolving keys; this list of this tier is next.
    Keys(Tier, usize),
    /// Placing annotations; this one of `lists` is next.
    Lists(usize),
    Done,
}

/// A keyed list by what its key names. The order is that of the work: what is keyed by conversation before the
/// conversation's messages, all lists of a message together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct List {
    conversation: u32,
    /// `None` where the key is the conversation's.
    message: Option<u32>,
    tier: Tier,
    /// Index into `TierMap::lists`.
    index: usize,
}

#[derive(Debug)]
struct Undecided {
    annotation: AnnotationRef,
    part: PartRef,
    fits: Fits,
    is_verified: bool,
}

/// What the annotations of one or several lists are looked for in.
enum Ground<'a> {
    Message(MessageRef, MappedMessage<'a>),
    Conversation(u32, MappedConversation<'a>),
}

impl Placing {
    /// Placing the annotations of `export`, not yet begun.
    pub fn new(export: &Export) -> Self {
        let total = export.tiers.0.iter().map(|tier| tier.annotations.len()).sum();
        Placing {
            stage: Stage::Conversations(0),
            index: MessageIndex::for_messages_of(export),
            looked: Looked::default(),
            keys: PerTier::default(),
            lists: Vec::new(),
            done_of_list: 0,
            total,
            units: PerTier::default(),
            places: Vec::with_capacity(total),
            unplaced: Vec::new(),
            undecided: Vec::new(),
        }
    }

    /// Works on until about `budget` annotations are placed, or as much other work is done; at least one. Whether all
    /// is done.
    pub fn step(&mut self, export: &Export, budget: usize) -> bool {
        let mut spent = 0;
        while self.stage != Stage::Done && spent < budget.max(1) {
            let cost = match self.stage {
                Stage::Conversations(next) => self.number_messages(export, next),
                Stage::Keys(tier, next) => self.resolve_key(export, tier, next),
                Stage::Lists(next) => self.place_lists(export, next, budget - spent),
                Stage::Done => 0,
            };
            spent = spent.saturating_add(cost);
        }
        self.stage == Stage::Done
    }

    /// How far it has come.
    pub fn progress(&self) -> Progress {
        let done = self.places.len() + self.unplaced.len() + self.undecided.len();
        Progress { done, total: self.total }
    }

    /// The result, once `step` has said that all is done; before that, what there is of it.
    pub fn finish(mut self) -> Placement {
        for Undecided { annotation, part, fits, is_verified } in std::mem::take(&mut self.undecided) {
            let Some((unit, spans)) = fits.choose(self.units[annotation.tier].usual()) else { continue };
            let how = if is_verified { How::Verified(unit) } else { How::Unverified };
            self.place(annotation, part, spans, how);
        }
        self.places.sort_by_key(|place| (place.part, place.points, place.annotation));
        self.unplaced.sort_by_key(|unplaced| (last_if_none(unplaced.message), unplaced.annotation));
        Placement {
            places: self.places,
            unplaced: self.unplaced,
            units: self.units,
            keys: self.keys,
            messages: self.index,
            looked: self.looked,
        }
    }

    fn number_messages(&mut self, export: &Export, next: usize) -> usize {
        let Some(conversation) = export.conversations.get(next) else {
            self.looked.messages = vec![PerTier::default(); self.index.len()];
            self.looked.conversations = vec![PerTier::default(); export.conversations.len()];
            self.stage = Stage::Keys(Tier::Automated, 0);
            return 1;
        };
        self.index.add(conversation);
        self.stage = Stage::Conversations(next + 1);
        1 + conversation.messages.len()
    }

    /// What a key names: a message, else a conversation, else nothing.
    fn resolve_key(&mut self, export: &Export, tier: Tier, next: usize) -> usize {
        let map = &export.tiers[tier];
        let Some(list) = map.lists.get(next) else {
            self.stage = match tier {
                Tier::Automated => Stage::Keys(Tier::Primary, 0),
                Tier::Primary => Stage::Keys(Tier::Review, 0),
                Tier::Review => {
                    self.lists.sort();
                    Stage::Lists(0)
                }
            };
            return 1;
        };
        self.stage = Stage::Keys(tier, next + 1);
        let keys = &mut self.keys[tier];
        let (conversation, message) = if let Some(message) = self.index.message(&list.key) {
            keys.messages += 1;
            if let Some(looked) = self.looked.messages.get_mut(self.index.number(message)) {
                looked[tier] = true;
            }
            (message.conversation, Some(message.message))
        } else if let Some(conversation) = self.index.conversation(&list.key) {
            keys.conversations += 1;
            if let Some(looked) = self.looked.conversations.get_mut(conversation as usize) {
                looked[tier] = true;
            }
            (conversation, None)
        } else {
            keys.nothing += 1;
            for (annotation, _) in annotations_of(tier, map, list) {
                self.leave(annotation, None, Reason::WithoutMessage);
            }
            return 1 + list.annotations.len();
        };
        self.lists.push(List { conversation, message, tier, index: next });
        1
    }

    /// Places the annotations of the list that is next, and of those that share its ground, within `budget`.
    fn place_lists(&mut self, export: &Export, mut next: usize, budget: usize) -> usize {
        let Some(first) = self.lists.get(next).copied() else {
            self.stage = Stage::Done;
            return 1;
        };
        let Some((ground, weight)) = Ground::of(export, first) else {
            self.stage = Stage::Lists(next + 1);
            return 1;
        };
        let mut spent = 1 + weight;
        while let Some(list) = self.lists.get(next).copied().filter(|list| list.is_beside(&first)) {
            let map = &export.tiers[list.tier];
            let keyed = map.lists.get(list.index);
            let annotations = keyed.into_iter().flat_map(|keyed| annotations_of(list.tier, map, keyed));
            for (reference, annotation) in annotations.skip(self.done_of_list) {
                spent += if self.seat(reference, annotation, &ground) { 1 } else { 1 + weight };
                self.done_of_list += 1;
                if spent >= budget {
                    return spent;
                }
            }
            self.done_of_list = 0;
            next += 1;
            self.stage = Stage::Lists(next);
        }
        spent
    }

    /// Places one annotation. Whether that was quick: its offsets held, and nothing was searched.
    fn seat(&mut self, reference: AnnotationRef, annotation: &Annotation, ground: &Ground<'_>) -> bool {
        let (message, seat) = match ground {
            Ground::Message(message, mapped) => (*message, mapped.seat(annotation)),
            Ground::Conversation(conversation, mapped) => match mapped.seat(annotation) {
                Ok((message, seat)) => (MessageRef { conversation: *conversation, message }, seat),
                Err(reason) => {
                    self.leave(reference, None, reason);
                    return false;
                }
            },
        };
        let part = |part| PartRef { message, part };
        match seat {
            Seat::Verified(index, fits) => {
                if let Some(unit) = fits.sole_unit().filter(|_| is_evidence(annotation)) {
                    self.units[reference.tier].count(unit);
                }
                self.choose(reference, part(index), fits, true);
            }
            Seat::Unverified(index, fits) => self.choose(reference, part(index), fits, false),
            Seat::Relocated(index, spans) => self.place(reference, part(index), spans, How::Relocated),
            Seat::Nowhere(reason) => self.leave(reference, Some(message), reason),
        }
        matches!(seat, Seat::Verified(..) | Seat::Unverified(..))
    }

    /// Places an annotation by its offsets, now or, where its tier's unit matters, at the end.
    fn choose(&mut self, annotation: AnnotationRef, part: PartRef, fits: Fits, is_verified: bool) {
        match fits.choose(None).filter(|_| !fits.disagree()) {
            Some((unit, spans)) => {
                let how = if is_verified { How::Verified(unit) } else { How::Unverified };
                self.place(annotation, part, spans, how);
            }
            None => self.undecided.push(Undecided { annotation, part, fits, is_verified }),
        }
    }

    fn place(&mut self, annotation: AnnotationRef, part: PartRef, spans: Spans, how: How) {
        let Spans { points, bytes } = spans;
        self.places.push(Place { annotation, part, points, bytes, how });
    }

    fn leave(&mut self, annotation: AnnotationRef, message: Option<MessageRef>, reason: Reason) {
        self.unplaced.push(Unplaced { annotation, message, reason });
    }
}

/// Whether an annotation that fits in one unit only tells what its tier counts in: it must name its part, and an empty
/// text is read in code points whatever the tier does.
fn is_evidence(annotation: &Annotation) -> bool {
    annotation.part_index.is_some() && annotation.text.as_deref().is_some_and(|text| !text.is_empty())
}

impl List {
    /// Whether both keys name the same thing.
    fn is_beside(&self, other: &List) -> bool {
        (self.conversation, self.message) == (other.conversation, other.message)
    }
}

impl<'a> Ground<'a> {
    /// What the key of `list` names, and what going through all of its text costs.
    fn of(export: &'a Export, list: List) -> Option<(Self, usize)> {
        let conversation = export.conversations.get(list.conversation as usize)?;
        let weight = |message: &Message| {
            let texts = message.parts.iter().filter_map(|part| part.text.as_ref());
            let length = |text: &PartText| match text {
                PartText::Verbatim(text) => text.len(),
                PartText::Json(json) => json.as_str().len(),
            };
            let bytes: usize = texts.map(length).sum();
            bytes / BYTES_PER_UNIT + message.parts.len() / 16
        };
        Some(match list.message {
            Some(index) => {
                let message = conversation.messages.get(index as usize)?;
                let reference = MessageRef { conversation: list.conversation, message: index };
                (Ground::Message(reference, MappedMessage::new(message)), weight(message))
            }
            None => {
                let weight = conversation.messages.iter().map(|message| 1 + weight(message)).sum();
                (Ground::Conversation(list.conversation, MappedConversation::new(conversation)), weight)
            }
        })
    }
}

/// The annotations of one list.
fn annotations_of<'a>(
    tier: Tier,
    map: &'a TierMap,
    list: &KeyedList,
) -> impl Iterator<Item = (AnnotationRef, &'a Annotation)> {
    let Range { start, end } = list.annotations;
    let annotations = map.annotations.get(start as usize..end as usize).unwrap_or_default();
    (start..).zip(annotations).map(move |(index, annotation)| (AnnotationRef { tier, index }, annotation))
}
