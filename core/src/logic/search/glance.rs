//! Which conversations may hold a query, told by one look at all texts of each, and of each list of annotations. Most
//! words stand in few, and to walk along single texts takes far longer than to look through them.

use super::query::Query;
use super::searching::Searched;
use crate::domain::{Conversation, Id, KeyedList, Passage, Tier, TierMap};
use crate::logic::place::Named;

/// What was seen so far, of one query.
pub(super) struct Glance {
    /// The list of annotations that comes next; `None` once all were looked at.
    next: Option<(Tier, usize)>,
    /// By index of conversation, as far as it goes: whether an annotation may hold the query.
    annotated: Vec<bool>,
    /// Whether the query stands in a name, once that is known. Most stand in none; then labels need not be come to.
    is_in_names: Option<bool>,
    /// How much of the passage under way was looked through, in bytes.
    looked: usize,
}

/// What coming to a list or a conversation costs, and to one of its ids or labels, in bytes that could be looked at in
/// the same time.
const COST_OF_GLANCE: usize = 64;
const COST_OF_NAME: usize = 8;

impl Glance {
    /// Before the first look.
    pub(super) fn new() -> Self {
        Glance { next: Some((Tier::Automated, 0)), annotated: Vec::new(), is_in_names: None, looked: 0 }
    }

    /// Looks at all annotations, as far as the budget goes. Whether it is through; conversations are asked after that.
    pub(super) fn at_annotations(&mut self, searched: Searched<'_>, query: &Query, left: &mut usize) -> bool {
        let Some((tiers, placement)) = searched.annotations else { return true };
        let is_in_names = || searched.names.iter().any(|name| query.stands_in(name));
        let mut labels = self.is_in_names.get_or_insert_with(is_in_names).then(Labels::default);
        while let Some((tier, at)) = self.next {
            if *left == 0 {
                return false;
            }
            let Some(list) = tiers[tier].lists.get(at) else {
                self.next = match tier {
                    Tier::Automated => Some((Tier::Primary, 0)),
                    Tier::Primary => Some((Tier::Review, 0)),
                    Tier::Review => None,
                };
                continue;
            };
            let Some(may_hold) = self.at_list(&tiers[tier], list, query, labels.as_mut(), left) else { return false };
            self.next = Some((tier, at + 1));
            // Annotations that belong to no message are walked along in any case.
            let named = if may_hold { placement.named(&list.key) } else { None };
            match named {
                Some(Named::Message(message)) => self.note_annotated(message.conversation),
                Some(Named::Conversation(conversation)) => self.note_annotated(conversation),
                None => {}
            }
        }
        true
    }

    /// Whether there may be a hit in a conversation or its annotations; `None` where the budget did not suffice to tell.
    pub(super) fn at_conversation(
        &mut self,
        index: u32,
        conversation: &Conversation,
        query: &Query,
        left: &mut usize,
    ) -> Option<bool> {
        let is_annotated = self.annotated.get(index as usize).copied().unwrap_or_default();
        let Some(passage) = conversation.passage.as_ref().filter(|_| !is_annotated) else {
            return Some(true);
        };
        if self.at_passage(passage, query, left)? {
            return Some(true);
        }
        let ids = || conversation.id.iter().chain(conversation.messages.iter().filter_map(|one| one.id.as_ref()));
        Some(asks_for_ids(passage, query) && at_ids(ids(), query, left))
    }

    /// Whether there may be a hit in an annotation of a list.
    fn at_list<'e>(
        &mut self,
        tier: &'e TierMap,
        list: &'e KeyedList,
        query: &Query,
        labels: Option<&mut Labels<'e>>,
        left: &mut usize,
    ) -> Option<bool> {
        let Some(passage) = &list.passage else { return Some(true) };
        if self.at_passage(passage, query, left)? {
            return Some(true);
        }
        let range = list.annotations.start as usize..list.annotations.end as usize;
        let annotations = tier.annotations.get(range).unwrap_or_default();
        if let Some(labels) = labels {
            *left = left.saturating_sub(annotations.len() * COST_OF_NAME);
            let mut met = annotations.iter().filter_map(|annotation| annotation.label.as_deref());
            if met.any(|label| labels.holds(query, label)) {
                return Some(true);
            }
        }
        let ids = annotations.iter().filter_map(|annotation| annotation.id.as_ref());
        Some(asks_for_ids(passage, query) && at_ids(ids, query, left))
    }

    /// Whether there may be a hit in a text of a passage.
    fn at_passage(&mut self, passage: &Passage, query: &Query, left: &mut usize) -> Option<bool> {
        *left = left.saturating_sub(COST_OF_GLANCE).max(1);
        let len = passage.text.len();
        let within = self.looked..self.looked.saturating_add(*left).min(len);
        *left = left.saturating_sub(within.len());
        let may_hold = query.may_stand_in_passage(passage, within.clone());
        let is_told = may_hold || within.end == len;
        self.looked = if is_told { 0 } else { within.end };
        is_told.then_some(may_hold)
    }

    fn note_annotated(&mut self, conversation: u32) {
        let index = conversation as usize;
        if self.annotated.len() <= index {
            self.annotated.resize(index + 1, false);
        }
        if let Some(is_annotated) = self.annotated.get_mut(index) {
            *is_annotated = true;
        }
    }
}

/// Whether the query could stand in an id of the element whose passage this is.
fn asks_for_ids(passage: &Passage, query: &Query) -> bool {
    passage.has_other_ids || query.fits_uuid()
}

fn at_ids<'e>(mut ids: impl Iterator<Item = &'e Id>, query: &Query, left: &mut usize) -> bool {
    ids.any(|id| {
        *left = left.saturating_sub(COST_OF_NAME);
        id.with_text(|text| query.stands_in(text))
    })
}

/// The labels met lately, each in the slot that its place in memory gives it: they are shared throughout an export, so
/// that almost none has to be looked through.
struct Labels<'e>([Option<(&'e str, bool)>; Labels::SLOTS]);

impl Default for Labels<'_> {
    fn default() -> Self {
        Labels([None; Labels::SLOTS])
    }
}

impl<'e> Labels<'e> {
    const SLOTS: usize = 64;

    /// Whether the query stands in `label`.
    fn holds(&mut self, query: &Query, label: &'e str) -> bool {
        // Allocations stand on multiples of eight.
        let place = label.as_ptr().addr();
        let slot = self.0.get_mut((place >> 3 ^ place >> 9) % Self::SLOTS);
        if let Some(Some((met, holds))) = &slot
            && std::ptr::eq(*met, label)
        {
            return *holds;
        }
        let holds = query.stands_in(label);
        if let Some(slot) = slot {
            *slot = Some((label, holds));
        }
        holds
    }
}
