//! The work of placing, cut into steps so that a page can stay alive meanwhile.

use super::ground::{BYTES_PER_UNIT, Ground, List};
use super::message::Seat;
use super::{
    AnnotationIndex, KeyEvidence, Looked, MessageIndex, Named, Placement, PlacingRules, UnitEvidence,
    last_if_none,
};
use crate::domain::{
    Annotation, AnnotationRef, CodePoints, Export, How, KeyedList, MessageRef, PartRef, PerTier, Place,
    Reason, Span, Tier, TierMap, Unplaced,
};
use crate::logic::anchor::{Fits, Likeness, Spans};
use crate::logic::sort::{sort, sort_by_key, sort_few_by};
use std::ops::Range;

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

/// Placing under way. Borrows nothing of the export, so that it can wait between two steps for as long as it likes; each
/// step must be given the same export.
#[derive(Debug)]
pub struct Placing {
    stage: Stage,
    index: MessageIndex,
    annotations: AnnotationIndex,
    looked: Looked,
    keys: PerTier<KeyEvidence>,
    /// The lists whose key named something, in document order of what it named, once all keys are resolved.
    lists: Vec<List>,
    /// How many annotations of the current list are done.
    done_of_list: usize,
    /// What the list under way is looked for in, kept from one step to the next.
    ground: Option<Ground>,
    /// How many annotations there are.
    total: usize,
    rules: PlacingRules,
    units: PerTier<UnitEvidence>,
    places: Vec<Place>,
    /// How many of the places were put in order when their ground was left.
    sorted: usize,
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
    /// Taking in the ids of annotations; this one of this tier is next.
    Ids(Tier, usize),
    /// Resolving keys; this list of this tier is next.
    Keys(Tier, usize),
    /// Placing annotations; this one of `lists` is next.
    Lists(usize),
    Done,
}

#[derive(Debug)]
struct Undecided {
    annotation: AnnotationRef,
    part: PartRef,
    fits: Fits,
    is_verified: bool,
}

impl Placing {
    /// Placing the annotations of `export`, not yet begun.
    pub fn new(export: &Export) -> Self {
        let total = export.tiers.0.iter().map(|tier| tier.annotations.len()).sum();
        Placing {
            stage: Stage::Conversations(0),
            index: MessageIndex::for_messages_of(export),
            annotations: AnnotationIndex::for_annotations_of(export),
            looked: Looked::default(),
            keys: PerTier::default(),
            lists: Vec::new(),
            done_of_list: 0,
            ground: None,
            total,
            rules: PlacingRules::default(),
            units: PerTier::default(),
            places: Vec::with_capacity(total),
            sorted: 0,
            unplaced: Vec::new(),
            undecided: Vec::new(),
        }
    }

    /// The same by other rules; to be said before the first step.
    pub fn assuming(self, rules: PlacingRules) -> Self {
        Placing { rules, ..self }
    }

    /// Works on until about `budget` annotations are placed, or as much other work is done; always a little. Whether
    /// all is done. A thousand take about a millisecond.
    pub fn step(&mut self, export: &Export, budget: usize) -> bool {
        let budget = budget.max(1);
        let mut spent = 0;
        while self.stage != Stage::Done && spent < budget {
            let cost = match self.stage {
                Stage::Conversations(next) => self.number_messages(export, next),
                Stage::Ids(tier, next) => self.take_ids(export, tier, next),
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
            let usual = self.rules.units[annotation.tier].or(self.units[annotation.tier].usual());
            let Some((unit, spans)) = fits.choose(usual) else { continue };
            let how = if is_verified { How::Verified(unit) } else { How::Unverified };
            self.place(annotation, part, spans, how);
        }
        // They are, but for what was undecided.
        if !self.places.is_sorted_by_key(order) {
            sort_by_key(&mut self.places, order);
        }
        sort_by_key(&mut self.unplaced, |unplaced| (last_if_none(unplaced.message), unplaced.annotation));
        Placement {
            places: self.places,
            unplaced: self.unplaced,
            rules: self.rules,
            units: self.units,
            keys: self.keys,
            messages: self.index,
            annotations: self.annotations,
            looked: self.looked,
        }
    }

    fn number_messages(&mut self, export: &Export, next: usize) -> usize {
        let Some(conversation) = export.conversations.get(next) else {
            self.looked.messages = vec![PerTier::default(); self.index.len()];
            self.looked.conversations = vec![PerTier::default(); export.conversations.len()];
            self.stage = Stage::Ids(Tier::Automated, 0);
            return 1;
        };
        self.index.add(conversation);
        self.stage = Stage::Conversations(next + 1);
        1 + conversation.messages.len()
    }

    fn take_ids(&mut self, export: &Export, tier: Tier, next: usize) -> usize {
        /// How many are taken at once.
        const AT_ONCE: usize = 256;
        /// How many cost as much as placing one annotation.
        const FOR_ONE: usize = 8;
        let taken = self.annotations.add(export, tier, next, AT_ONCE);
        self.stage = match (taken == AT_ONCE, tier) {
            (true, _) => Stage::Ids(tier, next + taken),
            (false, Tier::Automated) => Stage::Ids(Tier::Primary, 0),
            (false, Tier::Primary) => Stage::Ids(Tier::Review, 0),
            (false, Tier::Review) => Stage::Keys(Tier::Automated, 0),
        };
        1 + taken / FOR_ONE
    }

    /// What a key names: a message, else a conversation, or the other way round, else nothing.
    fn resolve_key(&mut self, export: &Export, tier: Tier, next: usize) -> usize {
        let map = &export.tiers[tier];
        let Some(list) = map.lists.get(next) else {
            self.stage = match tier {
                Tier::Automated => Stage::Keys(Tier::Primary, 0),
                Tier::Primary => Stage::Keys(Tier::Review, 0),
                Tier::Review => {
                    sort(&mut self.lists);
                    Stage::Lists(0)
                }
            };
            return 1;
        };
        self.stage = Stage::Keys(tier, next + 1);
        let keys = &mut self.keys[tier];
        let (message, conversation) = (self.index.message(&list.key), self.index.conversation(&list.key));
        keys.both += u32::from(message.is_some() && conversation.is_some());
        let (conversation, message) = match self.rules.keys.choose(message, conversation) {
            Some(Named::Message(message)) => {
                keys.messages += 1;
                if let Some(looked) = self.looked.messages.get_mut(self.index.number(message)) {
                    looked[tier] = true;
                }
                (message.conversation, Some(message.message))
            }
            Some(Named::Conversation(conversation)) => {
                keys.conversations += 1;
                if let Some(looked) = self.looked.conversations.get_mut(conversation as usize) {
                    looked[tier] = true;
                }
                (conversation, None)
            }
            None => {
                keys.nothing += 1;
                for (annotation, _) in annotations_of(tier, map, list) {
                    self.leave(annotation, None, Reason::WithoutMessage);
                }
                return 1 + list.annotations.len();
            }
        };
        self.lists.push(List { conversation, message, tier, index: next });
        1
    }

    /// Places the annotations of the list that is next, and of those that share its ground, within `budget`.
    fn place_lists(&mut self, export: &Export, mut next: usize, budget: usize) -> usize {
        let Some(first) = self.lists.get(next).copied() else {
            self.leave_ground();
            self.stage = Stage::Done;
            return 1;
        };
        let mut spent = 0;
        if self.ground.as_ref().is_some_and(|ground| !ground.list.is_beside(&first)) {
            self.leave_ground();
        }
        let Some(ground) = self.ground.take().or_else(|| {
            let ground = Ground::new(export, first, self.rules.part_index)?;
            spent += 1 + ground.weight;
            Some(ground)
        }) else {
            self.stage = Stage::Lists(next + 1);
            return 1;
        };
        'lists: while let Some(list) = self.lists.get(next).copied().filter(|list| list.is_beside(&first)) {
            let map = &export.tiers[list.tier];
            let keyed = map.lists.get(list.index);
            let annotations = keyed.into_iter().flat_map(|keyed| annotations_of(list.tier, map, keyed));
            for (reference, annotation) in annotations.skip(self.done_of_list) {
                if spent >= budget {
                    break 'lists;
                }
                spent += 1 + self.seat(export, reference, annotation, &ground);
                self.done_of_list += 1;
            }
            self.done_of_list = 0;
            next += 1;
            self.stage = Stage::Lists(next);
        }
        self.ground = Some(ground);
        spent
    }

    /// Ends the work on a message or conversation. Its places are put in order now, a few at a time, so that there is next
    /// to nothing to sort at the end.
    fn leave_ground(&mut self) {
        if self.ground.take().is_some() {
            let new = self.places.get_mut(self.sorted..).unwrap_or_default();
            sort_few_by(new, |a, b| order(a).cmp(&order(b)));
            self.sorted = self.places.len();
        }
    }

    /// Places one annotation, and tells what looking for it cost beside that.
    fn seat(
        &mut self,
        export: &Export,
        reference: AnnotationRef,
        annotation: &Annotation,
        ground: &Ground,
    ) -> usize {
        let (message, seat) = match ground.seat(export, annotation) {
            Ok(seat) => seat,
            Err(reason) => {
                self.leave(reference, None, reason);
                return ground.weight;
            }
        };
        let part = |part| PartRef { message, part };
        // Where message and part are named, nothing else was looked through.
        let is_named = ground.list.message.is_some() && annotation.part_index.is_some();
        let looked_through = if is_named { 0 } else { ground.weight };
        match seat {
            Seat::Verified(index, fits) => {
                if let Some(unit) = fits.sole_unit().filter(|_| is_evidence(annotation)) {
                    self.units[reference.tier].count(unit);
                }
                self.choose(reference, part(index), fits, true);
                looked_through
            }
            Seat::Unverified(index, fits) => {
                self.choose(reference, part(index), fits, false);
                looked_through
            }
            Seat::Relocated(index, spans, likeness) => {
                self.place(reference, part(index), spans, How::Relocated);
                let searched_outward =
                    likeness == Likeness::Exact && annotation.part_index == Some(i64::from(index));
                let start = annotation.start_offset.filter(|_| searched_outward);
                let distance = start.map(|start| start.abs_diff(i64::from(spans.points.start.0)));
                let cost = distance.and_then(|distance| usize::try_from(distance).ok());
                cost.map_or(ground.weight, |cost| (cost / BYTES_PER_UNIT).min(ground.weight))
            }
            Seat::Nowhere(reason) => {
                self.leave(reference, Some(message), reason);
                ground.weight
            }
        }
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

/// What places are ordered by.
fn order(place: &Place) -> (PartRef, Span<CodePoints>, AnnotationRef) {
    (place.part, place.points, place.annotation)
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
