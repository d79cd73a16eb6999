//! The columns of an export: everything that its findings and messages can be filtered by, as numbers. Computed once, in
//! steps soon after an opening, or whole when a filter is asked for before that.

use super::super::Opened;
use super::super::route::{ANCHORS, word_of};
use super::Filter;
use super::facet::{Facet, FacetValue, YES, word_of_tier};
use labelscope_core::domain::{
    AnnotationRef, How, Message, MessageRef, PartKind, PartRef, PerTier, Tier, Unplaced,
};
use labelscope_core::logic::align::{AlignedMessage, Finding, FindingIndex, Verdict};
use labelscope_core::logic::facets::{Asked, Column, NO_GROUP, Numbers, Sieve};
use labelscope_core::logic::sort::sort_by_cached_key;
use std::iter::{Enumerate, Peekable};
use std::slice::Iter;

/// How many facets there are.
const FACETS: usize = Facet::ALL.len();

/// What is filtered below messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Item {
    /// A finding.
    Finding(FindingIndex),
    /// An annotation that sits in no text, by its index in `Placement::unplaced`.
    Unplaced(usize),
}

/// The columns of an export.
#[derive(Debug)]
pub struct Facets {
    /// Findings and unanchored annotations, by conversation; those of no message last.
    pub(super) items: Vec<Item>,
    /// For each item its conversation, or `NO_GROUP`.
    conversations: Vec<u32>,
    /// For each item the number of its message, or one past all.
    messages: Vec<u32>,
    is_finding: Vec<bool>,
    /// For each message, by number, its conversation.
    conversation_of_message: Vec<u32>,
    /// By facet; those of messages have theirs in the other.
    of_items: [Column; FACETS],
    of_messages: [Column; FACETS],
    values: [Vec<FacetValue>; FACETS],
}

impl Facets {
    /// The columns of an export. Linear in its size.
    pub fn of(opened: &Opened) -> Self {
        let mut building = FacetsUnderWay::of(opened);
        while !building.step(usize::MAX) {}
        building.finish()
    }

    /// The values of a facet that occur: labels in the order of the schema, others by name, what is missing last.
    pub fn values(&self, facet: Facet) -> &[FacetValue] {
        self.values.get(facet as usize).map(Vec::as_slice).unwrap_or_default()
    }

    /// Asks findings and unanchored annotations. `eligible` says for each item whether it can be let through at all.
    pub(super) fn sieve_of_items<'a>(&'a self, filter: &Filter, eligible: Option<&'a [bool]>) -> Sieve<'a> {
        let asked = |facet: Facet| {
            let (columns, rows) = match facet.is_of_messages() {
                true => (&self.of_messages, Some(self.messages.as_slice())),
                false => (&self.of_items, None),
            };
            self.asked(facet, columns, rows, filter)
        };
        Sieve {
            facets: Facet::ALL.into_iter().filter_map(asked).collect(),
            groups: &self.conversations,
            counted: Some(&self.is_finding),
            eligible,
        }
    }

    /// Asks messages, by number: what is chosen of the facets that they have.
    pub(super) fn sieve_of_messages<'a>(
        &'a self,
        filter: &Filter,
        eligible: Option<&'a [bool]>,
    ) -> Sieve<'a> {
        let asked = |facet: Facet| self.asked(facet, &self.of_messages, None, filter);
        let mut facets: Vec<Asked<'_>> = Facet::ALL.into_iter().filter_map(asked).collect();
        for (facet, asked) in Facet::ALL.into_iter().zip(&mut facets) {
            if !facet.is_of_messages() && facet != Facet::Kind {
                asked.chosen = None;
            }
        }
        Sieve { facets, groups: &self.conversation_of_message, counted: None, eligible }
    }

    fn asked<'a>(
        &'a self,
        facet: Facet,
        columns: &'a [Column; FACETS],
        rows: Option<&'a [u32]>,
        Filter(route): &Filter,
    ) -> Option<Asked<'a>> {
        let chosen = facet.is_asked(route).then(|| {
            let words = facet.chosen(route);
            self.values(facet).iter().map(|value| words.contains(&value.word)).collect()
        });
        let column = columns.get(facet as usize)?;
        Some(Asked { column, rows, chosen, apart_from: facet.apart_from() })
    }
}

/// Columns under way, in steps between which a page can stay alive.
pub struct FacetsUnderWay<'o> {
    opened: &'o Opened,
    /// The conversation whose messages come next.
    conversation: u32,
    /// What comes next, in document order.
    aligned: Peekable<Iter<'o, AlignedMessage>>,
    findings: Enumerate<Iter<'o, Finding>>,
    unplaced: Peekable<Enumerate<Iter<'o, Unplaced>>>,
    items: Vec<Item>,
    conversations: Vec<u32>,
    messages: Vec<u32>,
    is_finding: Vec<bool>,
    conversation_of_message: Vec<u32>,
    of_items: [Column; FACETS],
    of_messages: [Column; FACETS],
    numbers: [Numbers<'o>; FACETS],
}

/// The columns and numbers of one facet.
struct Row<'b, 'o> {
    column: &'b mut Column,
    numbers: &'b mut Numbers<'o>,
}

impl<'o> Row<'_, 'o> {
    /// Appends the next thing.
    fn push(self, values: impl IntoIterator<Item = Option<&'o str>>) {
        let Row { column, numbers } = self;
        column.push(values.into_iter().map(|value| numbers.of(value)));
    }
}

impl<'o> FacetsUnderWay<'o> {
    /// Columns of which none is filled yet.
    pub fn of(opened: &'o Opened) -> Self {
        let items = opened.alignment.findings.len() + opened.placement.unplaced.len();
        let messages = opened.placement.messages.len();
        let room = |is_there: bool, things: usize| Column::with_room_for(if is_there { things } else { 0 });
        FacetsUnderWay {
            opened,
            conversation: 0,
            aligned: opened.alignment.messages.iter().peekable(),
            findings: opened.alignment.findings.iter().enumerate(),
            unplaced: opened.placement.unplaced.iter().enumerate().peekable(),
            items: Vec::with_capacity(items),
            conversations: Vec::with_capacity(items),
            messages: Vec::with_capacity(items),
            is_finding: Vec::with_capacity(items),
            conversation_of_message: Vec::with_capacity(messages),
            numbers: Default::default(),
            of_items: Facet::ALL.map(|facet| room(!facet.is_of_messages(), items)),
            of_messages: Facet::ALL
                .map(|facet| room(facet.is_of_messages() || facet == Facet::Kind, messages)),
        }
    }

    /// Works on until about `budget` messages or findings are taken in. Whether all are.
    pub fn step(&mut self, budget: usize) -> bool {
        let mut left = budget;
        while left > 0 {
            let Some(taken) = self.add_conversation().or_else(|| self.add_next_item()) else { return true };
            left = left.saturating_sub(taken.max(1));
        }
        false
    }

    fn of_item(&mut self, facet: Facet) -> Row<'_, 'o> {
        let at = facet as usize;
        Row { column: &mut self.of_items[at], numbers: &mut self.numbers[at] }
    }

    fn of_message(&mut self, facet: Facet) -> Row<'_, 'o> {
        let at = facet as usize;
        Row { column: &mut self.of_messages[at], numbers: &mut self.numbers[at] }
    }

    /// Takes in the messages of the next conversation; how many, `None` where there is none.
    fn add_conversation(&mut self) -> Option<usize> {
        let index = self.conversation;
        let conversation = self.opened.export.conversations.get(index as usize)?;
        self.conversation += 1;
        for (message, number) in conversation.messages.iter().zip(0..) {
            let at = MessageRef { conversation: index, message: number };
            let aligned = self.aligned.next_if(|aligned| aligned.message == at);
            self.conversation_of_message.push(index);
            self.add_message(message, aligned.map(|aligned| aligned.looked).unwrap_or_default());
        }
        Some(conversation.messages.len())
    }

    fn add_message(&mut self, message: &'o Message, looked: PerTier<bool>) {
        let made = &message.generation;
        self.of_message(Facet::Role).push([message.role.as_deref()]);
        self.of_message(Facet::Model).push([made.model.as_deref()]);
        self.of_message(Facet::Provider).push([made.provider.as_deref()]);
        let reasons = made.finish_reasons.iter().map(|reason| Some(&**reason));
        let none = made.finish_reasons.is_empty().then_some(None);
        self.of_message(Facet::Finish).push(reasons.chain(none));
        self.of_message(Facet::Kind).push(message.parts.iter().map(|part| Some(part.kind.key())));
        let is_unreviewed = looked != PerTier::default() && !looked[Tier::Review];
        self.of_message(Facet::Unreviewed).push(is_unreviewed.then_some(Some(YES)));
    }

    /// Takes in the next finding or unanchored annotation, each in document order, merged by conversation; how many,
    /// `None` where there is none.
    fn add_next_item(&mut self) -> Option<usize> {
        let next = self.findings.clone().next();
        let is_before = |(_, one): &(usize, &Unplaced)| match (next, one.message) {
            (Some((_, finding)), Some(message)) => message.conversation < finding.part.message.conversation,
            (Some(_), None) => false,
            (None, _) => true,
        };
        if let Some((at, one)) = self.unplaced.next_if(is_before) {
            self.add_unplaced(at, one);
        } else {
            let (at, finding) = self.findings.next()?;
            self.add_finding(FindingIndex::new(at), finding);
        }
        Some(1)
    }

    fn add_item(&mut self, item: Item, message: Option<MessageRef>) {
        self.items.push(item);
        self.is_finding.push(matches!(item, Item::Finding(_)));
        self.conversations.push(message.map_or(NO_GROUP, |message| message.conversation));
        let number = message.map(|message| self.opened.placement.messages.number(message));
        self.messages.push(number.and_then(|number| u32::try_from(number).ok()).unwrap_or(u32::MAX));
    }

    fn add_finding(&mut self, index: FindingIndex, finding: &Finding) {
        let opened = self.opened;
        self.add_item(Item::Finding(index), Some(finding.part.message));
        let alignment = &opened.alignment;
        let marks = || finding.marks().filter_map(|mark| alignment.mark(mark));
        let annotations = || marks().flat_map(|mark| alignment.annotations_of(mark));
        self.of_item(Facet::Label).push(marks().map(|mark| mark.label.as_deref()));
        self.of_item(Facet::Status).push(annotations().map(|&one| status(opened, one)));
        self.of_item(Facet::Anchor)
            .push(annotations().filter_map(|&one| opened.anchor(one)).map(|how| Some(anchor(how))));
        self.of_item(Facet::Kind).push(opened.part(finding.part).map(|part| Some(part.kind.key())));
        self.of_items[Facet::Tier as usize].push(marks().map(|mark| mark.tier as u32));
        self.of_items[Facet::Verdict as usize].push(finding.verdicts.iter().map(|verdict| verdict as u32));
        self.of_items[Facet::Difference as usize].push(finding.is_difference().then_some(0));
    }

    fn add_unplaced(&mut self, at: usize, one: &Unplaced) {
        let opened = self.opened;
        self.add_item(Item::Unplaced(at), one.message);
        let Unplaced { annotation, message, .. } = *one;
        let sent = opened.annotation(annotation);
        self.of_item(Facet::Label).push([sent.and_then(|sent| sent.label.as_deref())]);
        self.of_item(Facet::Status).push([status(opened, annotation)]);
        self.of_item(Facet::Anchor).push([Some(UNANCHORED)]);
        let part = sent.and_then(|sent| u32::try_from(sent.part_index?).ok());
        let part = message.zip(part).and_then(|(message, part)| opened.part(PartRef { message, part }));
        self.of_item(Facet::Kind).push(part.map(|part| Some(part.kind.key())));
        self.of_items[Facet::Tier as usize].push([annotation.tier as u32]);
        self.of_items[Facet::Verdict as usize].push([]);
        self.of_items[Facet::Difference as usize].push([]);
    }

    /// The columns, once `step` has said that all is taken in.
    pub fn finish(mut self) -> Facets {
        let mut values: [Vec<FacetValue>; FACETS] = Default::default();
        for facet in Facet::ALL {
            let at = facet as usize;
            let (named, order) = match facet {
                Facet::Tier | Facet::Verdict | Facet::Difference => (fixed(facet), None),
                _ => {
                    let (named, order) = in_order(&self.numbers[at], self.opened, facet);
                    (named, Some(order))
                }
            };
            if let Some(order) = order {
                self.of_items[at].renumber(&order);
                self.of_messages[at].renumber(&order);
            }
            values[at] = named;
        }
        Facets {
            items: self.items,
            conversations: self.conversations,
            messages: self.messages,
            is_finding: self.is_finding,
            conversation_of_message: self.conversation_of_message,
            of_items: self.of_items,
            of_messages: self.of_messages,
            values,
        }
    }
}

/// The word for what sits in no text.
const UNANCHORED: &str = ANCHORS[3];

fn anchor(how: How) -> &'static str {
    how.key()
}

fn status(opened: &Opened, annotation: AnnotationRef) -> Option<&str> {
    opened.annotation(annotation)?.status.as_deref()
}

/// The values of the facets whose values are known beforehand, by number.
fn fixed(facet: Facet) -> Vec<FacetValue> {
    let value = |word: &str, words: &str| FacetValue { word: word.to_owned(), words: words.to_owned() };
    match facet {
        Facet::Tier => Tier::ALL.map(|tier| value(&word_of_tier(tier), tier.title())).to_vec(),
        Facet::Verdict => Verdict::ALL.map(|verdict| value(verdict.key(), verdict.key())).to_vec(),
        _ => vec![value(YES, "any difference")],
    }
}

/// The values of a facet in the order in which they are shown, and the numbers that they had.
fn in_order(numbers: &Numbers<'_>, opened: &Opened, facet: Facet) -> (Vec<FacetValue>, Vec<u32>) {
    let rank = |text: &str| match facet {
        Facet::Label => opened.labels.place_of(text),
        Facet::Anchor => ANCHORS.iter().position(|one| *one == text),
        Facet::Kind => PartKind::KEYS.iter().position(|one| *one == text),
        _ => None,
    };
    let mut numbered: Vec<(&Option<&str>, u32)> = numbers.words().iter().zip(0..).collect();
    sort_by_cached_key(&mut numbered, |(value, _)| {
        (value.is_none(), value.and_then(rank).unwrap_or(usize::MAX), **value)
    });
    let words = |value: Option<&str>| match (facet, value) {
        (Facet::Unreviewed, _) => "not reviewed".to_owned(),
        (Facet::Kind, Some(kind)) => kind.replace('_', " "),
        (_, Some("")) => "(empty)".to_owned(),
        (_, Some(text)) => text.to_owned(),
        (_, None) => facet.without().to_owned(),
    };
    let named = |value: Option<&str>| FacetValue { word: word_of(value), words: words(value) };
    numbered.into_iter().map(|(value, number)| (named(*value), number)).unzip()
}
