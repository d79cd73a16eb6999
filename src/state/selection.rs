//! What the address selects in the export that is open.
//!
//! Belongs here: finding what ids stand for, and what addresses stand for things. Does not belong here: changing the
//! selection (`navigate`).

use super::Opened;
use super::route::Route;
use labelscope_core::domain::{AnnotationRef, Conversation, Export, Id, MessageRef, Tier};
use labelscope_core::logic::align::FindingIndex;
use std::sync::Arc;

/// What is selected. Each level may be unset; a finding implies its message, a message its conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Selection {
    /// The conversation to show.
    pub conversation: Shown,
    /// The selected message.
    pub message: Option<MessageRef>,
    /// The selected finding.
    pub finding: Option<FindingIndex>,
    /// The annotation that the address names, be it anchored or not.
    pub annotation: Option<AnnotationRef>,
}

/// Which conversation the reader shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// The one at this index.
    At(u32),
    /// None yet: what the address names has not arrived.
    Awaited,
    /// What the address names is not in this export.
    Missing,
}

impl Shown {
    /// The index, where there is one.
    pub fn index(self) -> Option<u32> {
        match self {
            Shown::At(index) => Some(index),
            Shown::Awaited | Shown::Missing => None,
        }
    }
}

impl Selection {
    fn nothing(conversation: Shown) -> Self {
        Selection { conversation, message: None, finding: None, annotation: None }
    }

    /// What `route` selects among the conversations `read` so far and, once all is read, in `opened`. Where it names
    /// nothing, that is the conversation at `first`.
    pub fn of(route: &Route, read: &[Arc<Conversation>], opened: Option<&Opened>, first: u32) -> Self {
        let names_more = route.message.is_some() || route.annotation.is_some() || route.finding.is_some();
        let not_found = if opened.is_some() { Shown::Missing } else { Shown::Awaited };
        let deeper = opened.filter(|_| names_more).and_then(|opened| inside(route, opened));
        if let Some(selection) = deeper {
            return selection;
        }
        let conversation = match &route.conversation {
            Some(id) => conversation_at(read, opened, id).map_or(not_found, Shown::At),
            None if names_more => not_found,
            None if read.is_empty() => not_found,
            None => Shown::At(first),
        };
        Selection::nothing(conversation)
    }
}

/// What the most particular parameter of the route names, where the export has it.
fn inside(route: &Route, opened: &Opened) -> Option<Selection> {
    let annotation = route.annotation.as_ref().and_then(|id| annotation_at(opened, id));
    if let Some(annotation) = annotation {
        let mark = opened.alignment.mark_of(annotation).and_then(|mark| opened.alignment.mark(mark));
        let message = match mark {
            Some(mark) => Some(mark.part.message),
            None => opened.placement.unplaced.iter().find(|one| one.annotation == annotation)?.message,
        };
        let finding = mark.map(|mark| mark.finding);
        let around = message.map_or_else(|| beside(route, opened), at_message);
        return Some(Selection { finding, annotation: Some(annotation), ..around });
    }
    let finding = route.finding.as_ref().and_then(|id| finding_at(opened, id));
    if let Some((index, finding)) = finding.and_then(|index| Some((index, opened.alignment.finding(index)?)))
    {
        return Some(Selection { finding: Some(index), ..at_message(finding.part.message) });
    }
    let message = route.message.as_ref()?;
    let conversation = conversation_of(route, opened);
    message_at(opened, conversation, message).map(at_message)
}

/// What is shown beside an annotation that belongs to no message: the conversation that the route names, else the first.
fn beside(route: &Route, opened: &Opened) -> Selection {
    let has_some = !opened.export.conversations.is_empty();
    let shown = conversation_of(route, opened).or(has_some.then_some(0));
    Selection::nothing(shown.map_or(Shown::Missing, Shown::At))
}

fn at_message(message: MessageRef) -> Selection {
    Selection { message: Some(message), ..Selection::nothing(Shown::At(message.conversation)) }
}

/// The position that an address spells for what has no id of its own, or one that an earlier thing has: `#7`.
fn position(id: &Id) -> Option<u32> {
    id.text().strip_prefix('#')?.parse().ok()
}

/// The conversation that a route names.
fn conversation_of(route: &Route, opened: &Opened) -> Option<u32> {
    conversation_at(&opened.export.conversations, Some(opened), route.conversation.as_ref()?)
}

/// The conversation with this id; a repeated id names the first. Looked up once all is read, walked to before.
fn conversation_at(read: &[Arc<Conversation>], opened: Option<&Opened>, id: &Id) -> Option<u32> {
    let found = match opened {
        Some(opened) => opened.placement.messages.conversation(id),
        None => read.iter().zip(0..).find(|(one, _)| one.id.as_ref() == Some(id)).map(|(_, index)| index),
    };
    found.or_else(|| position(id).filter(|&index| (index as usize) < read.len()))
}

/// What an address calls the conversation at `index` of those that were `read`, which are those of `opened` once that is
/// there.
pub fn conversation_address(read: &[Arc<Conversation>], opened: Option<&Opened>, index: u32) -> Id {
    let id = read.get(index as usize).and_then(|one| one.id.clone());
    id.filter(|id| conversation_at(read, opened, id) == Some(index))
        .unwrap_or_else(|| Id::new(&format!("#{index}")))
}

/// The message with this id, in that conversation if there is one that has it, else the first anywhere.
fn message_at(opened: &Opened, conversation: Option<u32>, id: &Id) -> Option<MessageRef> {
    let in_conversation = conversation.and_then(|conversation| {
        let messages = &opened.export.conversations.get(conversation as usize)?.messages;
        let message = messages.iter().position(|one| one.id.as_ref() == Some(id));
        let message = message.and_then(|index| u32::try_from(index).ok());
        let message = message.or_else(|| position(id).filter(|&index| (index as usize) < messages.len()))?;
        Some(MessageRef { conversation, message })
    });
    in_conversation.or_else(|| opened.placement.messages.message(id))
}

/// What an address calls a message, beside its conversation.
pub fn message_address(export: &Export, at: MessageRef) -> Option<Id> {
    message_address_in(export.conversations.get(at.conversation as usize)?, at.message)
}

/// What an address calls the message at `index` of its conversation, beside that.
pub fn message_address_in(conversation: &Conversation, index: u32) -> Option<Id> {
    let messages = &conversation.messages;
    let id = messages.get(index as usize)?.id.as_ref();
    let is_first =
        |id: &&Id| messages.iter().position(|one| one.id.as_ref() == Some(*id)) == Some(index as usize);
    Some(id.filter(is_first).cloned().unwrap_or_else(|| Id::new(&format!("#{index}"))))
}

/// The annotation with this id; a repeated id names the first.
fn annotation_at(opened: &Opened, id: &Id) -> Option<AnnotationRef> {
    let by_place = |tier: Tier| {
        let index = id.text().strip_prefix('#')?.strip_prefix(tier.letter())?.parse::<u32>().ok()?;
        let count = opened.export.tiers[tier].annotations.len();
        ((index as usize) < count).then_some(AnnotationRef { tier, index })
    };
    let with_id = opened.placement.annotations.annotation(&opened.export, id);
    with_id.or_else(|| Tier::ALL.into_iter().find_map(by_place))
}

/// What an address calls an annotation.
pub fn annotation_address(opened: &Opened, annotation: AnnotationRef) -> Id {
    let id = opened.annotation(annotation).and_then(|annotation| annotation.id.as_ref());
    id.filter(|id| annotation_at(opened, id) == Some(annotation))
        .cloned()
        .unwrap_or_else(|| Id::new(&format!("#{}{}", annotation.tier.letter(), annotation.index)))
}

/// The finding with this id, or the one that the annotation with this address is in.
fn finding_at(opened: &Opened, id: &Id) -> Option<FindingIndex> {
    opened.alignment.finding_with_id(&opened.export, &opened.placement.annotations, id).or_else(|| {
        let annotation = annotation_at(opened, id)?;
        Some(opened.alignment.mark(opened.alignment.mark_of(annotation)?)?.finding)
    })
}

/// What an address calls a finding: the smallest annotation id in it, or, where that leads elsewhere, its first
/// annotation by place.
pub fn finding_address(opened: &Opened, index: FindingIndex) -> Option<Id> {
    let finding = opened.alignment.finding(index)?;
    let id = opened.alignment.finding_id(&opened.export, finding).cloned();
    let leads_here =
        |id: &Id| !opened.placement.annotations.is_repeated(id) || finding_at(opened, id) == Some(index);
    id.filter(leads_here).or_else(|| {
        let mark = opened.alignment.mark(finding.marks().next()?)?;
        let first = *opened.alignment.annotations_of(mark).first()?;
        Some(Id::new(&format!("#{}{}", first.tier.letter(), first.index)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::findings::tests::{exports, sample};

    #[test]
    fn every_annotation_that_sits_nowhere_can_be_selected() {
        let opened = sample();
        let conversations = &opened.export.conversations;
        assert_eq!(opened.without_message().len(), 1);
        for unplaced in &opened.placement.unplaced {
            let annotation = Some(annotation_address(&opened, unplaced.annotation));
            let third = Some(conversation_address(conversations, Some(&opened), 2));
            for conversation in [None, third] {
                let beside = if conversation.is_some() { 2 } else { 0 };
                let route = Route { annotation: annotation.clone(), conversation, ..Route::default() };
                let selection = Selection::of(&route, conversations, Some(&opened), 0);
                assert_eq!(selection.annotation, Some(unplaced.annotation));
                assert_eq!((selection.message, selection.finding), (unplaced.message, None));
                let shown = unplaced.message.map_or(beside, |message| message.conversation);
                assert_eq!(selection.conversation, Shown::At(shown));
            }
        }
    }

    #[test]
    fn the_address_of_a_finding_leads_back_to_it() {
        for (name, opened) in exports("the_address_of_a_finding_leads_back_to_it") {
            for index in (0..opened.alignment.findings.len()).map(FindingIndex::new) {
                let address = finding_address(&opened, index).unwrap();
                assert_eq!(finding_at(&opened, &address), Some(index), "{name} {address}");
            }
        }
    }
}
