//! Ids that a person pasted: which things they name, and which name nothing.

use super::super::Opened;
use super::facets::Item;
use labelscope_core::domain::{AnnotationRef, Id, MessageRef, SeededMap, Tier};
use labelscope_core::logic::sort::sort_and_dedup;
use std::collections::BTreeSet;

/// The ids in a pasted text, in its order, each once. Whatever stands between them separates them: white space, commas,
/// semicolons, quotes, brackets, bars, a byte-order mark.
pub fn ids_in(text: &str) -> Vec<String> {
    let separates =
        |c: char| c.is_whitespace() || c.is_control() || ",;|\"'`“”‘’«»()[]{}<>\u{feff}\u{200b}".contains(c);
    let mut met: BTreeSet<Id> = BTreeSet::new();
    let words = text.split(separates).filter(|word| word.chars().any(char::is_alphanumeric));
    words.filter(|word| met.insert(Id::new(word))).map(str::to_owned).collect()
}

/// The ids in a text that was pasted for an export: as [`ids_in`], without the heads of columns that came along, which
/// are words such as `message_id` that name nothing.
pub fn pasted_ids(opened: &Opened, text: &str) -> Vec<String> {
    let mut ids = ids_in(text);
    if ids.iter().any(|id| is_head(id)) {
        let missing: BTreeSet<String> = Named::of(opened, &ids).missing.into_iter().collect();
        ids.retain(|id| !is_head(id) || !missing.contains(id));
    }
    ids
}

/// Whether a word is what a column of ids is called, here and in most tables.
fn is_head(word: &str) -> bool {
    let word = word.to_lowercase();
    matches!(&*word, "id" | "ids")
        || word.ends_with("_id")
        || word.ends_with("_ids")
        || word.contains("_ids_")
}

/// What ids name in an export: everything that has one of them.
#[derive(Clone, Debug)]
pub struct Named {
    conversations: BTreeSet<u32>,
    messages: BTreeSet<MessageRef>,
    annotations: BTreeSet<AnnotationRef>,
    /// The ids that nothing has, as they were given.
    pub missing: Vec<String>,
}

impl Named {
    /// What these ids name. Linear in the size of the export.
    pub fn of(opened: &Opened, ids: &[String]) -> Self {
        let mut found: SeededMap<Id, bool> = ids.iter().map(|id| (Id::new(id.trim()), false)).collect();
        let mut is_named = |id: &Option<Id>| {
            let slot = id.as_ref().and_then(|id| found.get_mut(id));
            slot.map(|slot| *slot = true).is_some()
        };
        let (mut conversations, mut messages) = (BTreeSet::new(), BTreeSet::new());
        for (one, conversation) in opened.export.conversations.iter().zip(0..) {
            if is_named(&one.id) {
                conversations.insert(conversation);
            }
            for (one, message) in one.messages.iter().zip(0..) {
                if is_named(&one.id) {
                    messages.insert(MessageRef { conversation, message });
                }
            }
        }
        let mut annotations = BTreeSet::new();
        for tier in Tier::ALL {
            for (one, index) in opened.export.tiers[tier].annotations.iter().zip(0..) {
                if is_named(&one.id) {
                    annotations.insert(AnnotationRef { tier, index });
                }
            }
        }
        let is_missing = |id: &&String| !found.get(&Id::new(id.trim())).copied().unwrap_or_default();
        let missing = ids.iter().filter(is_missing).cloned().collect();
        Named { conversations, messages, annotations, missing }
    }

    /// The conversations that are named themselves, ascending.
    pub fn conversations(&self) -> impl Iterator<Item = u32> {
        self.conversations.iter().copied()
    }

    fn message(&self, at: MessageRef) -> bool {
        self.conversations.contains(&at.conversation) || self.messages.contains(&at)
    }

    /// Whether a finding or an unanchored annotation is named: itself, or what it stands in.
    pub(super) fn item(&self, opened: &Opened, item: Item) -> bool {
        match item {
            Item::Finding(index) => opened.alignment.finding(index).is_some_and(|finding| {
                let marks = || finding.marks().filter_map(|mark| opened.mark(mark));
                let annotations = || marks().flat_map(|mark| opened.alignment.annotations_of(mark));
                self.message(finding.part.message)
                    || (!self.annotations.is_empty()
                        && annotations().any(|one| self.annotations.contains(one)))
            }),
            Item::Unplaced(at) => opened.placement.unplaced.get(at).is_some_and(|one| {
                one.message.is_some_and(|message| self.message(message))
                    || self.annotations.contains(&one.annotation)
            }),
        }
    }

    /// For each message, by number, whether it is named: itself, its conversation, or an annotation in it.
    pub(super) fn messages_with_annotations(&self, opened: &Opened) -> Vec<bool> {
        let index = &opened.placement.messages;
        let mut named = vec![false; index.len()];
        for (number, named) in named.iter_mut().enumerate() {
            *named = index.at(number).is_some_and(|at| self.message(at));
        }
        let message_of = |annotation: &AnnotationRef| match opened.alignment.mark_of(*annotation) {
            Some(mark) => Some(opened.mark(mark)?.part.message),
            None => opened.placement.unplaced.iter().find(|one| one.annotation == *annotation)?.message,
        };
        for message in self.annotations.iter().filter_map(message_of) {
            if let Some(named) = named.get_mut(index.number(message)) {
                *named = true;
            }
        }
        named
    }

    /// Every conversation that is named or holds something that is, ascending.
    pub fn around(&self, opened: &Opened) -> Vec<u32> {
        let index = &opened.placement.messages;
        let messages = self.messages_with_annotations(opened).into_iter().enumerate();
        let holding = messages.filter(|(_, named)| *named).filter_map(|(number, _)| index.at(number));
        let mut all: Vec<u32> = holding.map(|at| at.conversation).chain(self.conversations()).collect();
        sort_and_dedup(&mut all);
        all
    }
}
