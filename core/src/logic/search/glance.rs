//! Which conversations may hold a query, told by one look at all texts of each, and of each list of annotations. Most
//! words stand in few, and to walk along single texts takes far longer than to look through them.

use super::query::Query;
use super::searching::Searched;
use crate::domain::{Conversation, Id, KeyedList, Passage, Tier, TierMap};
use crate::logic::place::{Named, Placement};

/// What was seen so far, of one query.
pub(super) struct Glance {
    next: Next,
    /// By index of conversation, as far as it goes: whether an annotation may hold the query.
    annotated: Vec<bool>,
    /// Whether the query stands in a name, once that is known. Most stand in none; then labels need not be come to.
    is_in_names: Option<bool>,
    /// How much of the passage under way was looked through, in bytes.
    looked: usize,
}

/// What of the annotations comes next.
#[derive(Clone, Copy)]
enum Next {
    /// This passage of a tier; the list of this index is the first that was not looked at.
    Passage(Tier, usize, u32),
    /// Lists of a tier, one by one: from the first to the end of the passage before this one.
    Lists(Tier, usize, u32),
    /// None.
    Nothing,
}

/// What coming to a passage costs, and to an id, a label or another text of an annotation, in bytes that could be looked
/// at in the same time.
const COST_OF_GLANCE: usize = 64;
const COST_OF_TEXT: usize = 8;

impl Glance {
    /// Before the first look.
    pub(super) fn new() -> Self {
        let next = Next::Passage(Tier::Automated, 0, 0);
        Glance { next, annotated: Vec::new(), is_in_names: None, looked: 0 }
    }

    /// Looks at all annotations, as far as the budget goes. Whether it is through; conversations are asked after that.
    pub(super) fn at_annotations(&mut self, searched: Searched<'_>, query: &Query, left: &mut usize) -> bool {
        let Some((tiers, placement)) = searched.annotations else { return true };
        let is_in_names = || searched.names.iter().any(|name| query.stands_in(name));
        let is_in_names = *self.is_in_names.get_or_insert_with(is_in_names);
        let mut labels = is_in_names.then(Labels::default);
        while *left > 0 {
            self.next = match self.next {
                Next::Nothing => return true,
                Next::Passage(tier, at, list) => {
                    let map = &tiers[tier];
                    let Some(of_lists) = map.passages.get(at) else {
                        self.note_lists(map.lists.get(list as usize..), placement);
                        self.next = after(tier);
                        continue;
                    };
                    self.note_lists(map.lists.get(list as usize..of_lists.lists.start as usize), placement);
                    let Some(may_hold) = self.at_passage(&of_lists.passage, query, left) else {
                        return false;
                    };
                    if may_hold || is_in_names || asks_for_ids(&of_lists.passage, query) {
                        Next::Lists(tier, at + 1, of_lists.lists.start)
                    } else {
                        Next::Passage(tier, at + 1, of_lists.lists.end)
                    }
                }
                Next::Lists(tier, at, list) => {
                    let map = &tiers[tier];
                    let end = at
                        .checked_sub(1)
                        .and_then(|at| map.passages.get(at))
                        .map_or(list, |one| one.lists.end);
                    match map.lists.get(list as usize).filter(|_| list < end) {
                        None => Next::Passage(tier, at, list),
                        Some(one) => {
                            if may_stand_in(map, one, query, labels.as_mut(), left) {
                                self.note_lists(Some(std::slice::from_ref(one)), placement);
                            }
                            Next::Lists(tier, at, list + 1)
                        }
                    }
                }
            };
        }
        false
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
        if !asks_for_ids(passage, query) {
            return Some(false);
        }
        *left = left.saturating_sub(COST_OF_TEXT * conversation.messages.len());
        let mut ids =
            conversation.id.iter().chain(conversation.messages.iter().filter_map(|one| one.id.as_ref()));
        Some(ids.any(|id| stands_in_id(id, query)))
    }

    /// Whether there may be a hit in a text of a passage.
    fn at_passage(&mut self, passage: &Passage, query: &Query, left: &mut usize) -> Option<bool> {
        *left = left.saturating_sub(COST_OF_GLANCE).max(1);
        let text: &str = &passage.text;
        let len = text.len();
        let within = self.looked..self.looked.saturating_add(*left).min(len);
        *left = left.saturating_sub(within.len());
        let may_hold = query.may_stand_in_passage(passage, within.clone());
        let is_told = may_hold || within.end == len;
        self.looked = if is_told { 0 } else { within.end };
        is_told.then_some(may_hold)
    }

    /// Notes the conversations of lists that may hold the query. Annotations that belong to no message are walked along in
    /// any case.
    fn note_lists(&mut self, lists: Option<&[KeyedList]>, placement: &Placement) {
        for list in lists.unwrap_or_default() {
            let conversation = match placement.named(&list.key) {
                Some(Named::Message(message)) => message.conversation as usize,
                Some(Named::Conversation(conversation)) => conversation as usize,
                None => continue,
            };
            if self.annotated.len() <= conversation {
                self.annotated.resize(conversation + 1, false);
            }
            if let Some(is_annotated) = self.annotated.get_mut(conversation) {
                *is_annotated = true;
            }
        }
    }
}

/// What comes after the annotations of a tier.
fn after(tier: Tier) -> Next {
    match tier {
        Tier::Automated => Next::Passage(Tier::Primary, 0, 0),
        Tier::Primary => Next::Passage(Tier::Review, 0, 0),
        Tier::Review => Next::Nothing,
    }
}

/// Whether the query stands in an annotation of a list.
fn may_stand_in<'e>(
    tier: &'e TierMap,
    list: &'e KeyedList,
    query: &Query,
    mut labels: Option<&mut Labels<'e>>,
    left: &mut usize,
) -> bool {
    let range = list.annotations.start as usize..list.annotations.end as usize;
    let annotations = tier.annotations.get(range).unwrap_or_default();
    annotations.iter().any(|annotation| {
        let texts = [&annotation.text, &annotation.explanation].into_iter().flatten();
        *left = left.saturating_sub(COST_OF_TEXT);
        texts.into_iter().any(|text| {
            *left = left.saturating_sub(COST_OF_TEXT + text.len());
            query.stands_in(text)
        }) || labels
            .as_mut()
            .zip(annotation.label.as_deref())
            .is_some_and(|(labels, label)| labels.holds(query, label))
            || annotation.id.as_ref().is_some_and(|id| stands_in_id(id, query))
    })
}

/// Whether the query could stand in an id of the element whose passage this is.
fn asks_for_ids(passage: &Passage, query: &Query) -> bool {
    passage.has_other_ids || query.fits_uuid()
}

fn stands_in_id(id: &Id, query: &Query) -> bool {
    (query.fits_uuid() || !id.is_uuid()) && id.with_text(|text| query.stands_in(text))
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
