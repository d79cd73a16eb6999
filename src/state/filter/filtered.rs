//! What is let through.

use super::super::Opened;
use super::facet::Facet;
use super::facets::{Facets, Item};
use super::named::Named;
use super::{Filter, Route};
use crate::state::overview::flow_of;
use crate::state::refresh::Since;
use labelscope_core::domain::{AnnotationRef, MessageRef, PerTier};
use labelscope_core::logic::align::{Finding, FindingIndex, Mark};
use labelscope_core::logic::sort::sort;

/// What a filter lets through of an export. Where it lets through all, nothing is computed for it.
#[derive(Debug, Default)]
pub struct Filtered {
    filter: Filter,
    some: Option<Sifted>,
}

/// What is let through where that is not all.
#[derive(Debug)]
struct Sifted {
    /// By index.
    findings: Vec<bool>,
    /// The differences among the findings, in document order.
    differences: Vec<FindingIndex>,
    /// What is let through whatever tiers are shown; `None` where that is everything.
    of_any_tier: Option<OfAnyTier>,
    /// The ids that name nothing here.
    missing: Vec<String>,
}

/// What is let through whatever tiers are shown.
#[derive(Debug)]
struct OfAnyTier {
    /// By index.
    findings: Vec<bool>,
    /// By tier and index: those of findings that are let through, and unanchored ones.
    annotations: PerTier<Vec<bool>>,
    /// Indices, ascending.
    conversations: Vec<u32>,
}

impl Filtered {
    /// What `filter` lets through. Linear in the number of findings and messages.
    pub fn of(opened: &Opened, filter: Filter) -> Self {
        let some = (!filter.is_empty()).then(|| match filter.narrows() {
            true => Sifted::of(opened, &filter),
            false => Sifted::of_tiers(opened, filter.tiers()),
        });
        Filtered { filter, some }
    }

    /// What is let through whatever tiers are shown; `None` where that is everything.
    fn of_any_tier(&self) -> Option<&OfAnyTier> {
        self.some.as_ref()?.of_any_tier.as_ref()
    }

    /// The filter.
    pub fn filter(&self) -> &Filter {
        &self.filter
    }

    /// Whether a finding is let through.
    pub fn finding(&self, index: FindingIndex) -> bool {
        self.some.as_ref().is_none_or(|some| is_set(&some.findings, index.get()))
    }

    /// How many findings are let through.
    pub fn count_of_findings(&self, opened: &Opened) -> usize {
        let all = opened.alignment.findings.len();
        self.some.as_ref().map_or(all, |some| some.findings.iter().filter(|through| **through).count())
    }

    /// Whether an annotation is let through, if its tier is shown: by the finding that it is in, or by itself where it
    /// sits in no text.
    pub fn annotation(&self, AnnotationRef { tier, index }: AnnotationRef) -> bool {
        self.of_any_tier().is_none_or(|some| is_set(&some.annotations[tier], index as usize))
    }

    /// Whether an annotation is let through and its tier shown.
    pub fn shows(&self, annotation: AnnotationRef) -> bool {
        self.filter.tiers()[annotation.tier] && self.annotation(annotation)
    }

    /// Whether a mark is let through, if its tier is shown: its finding is.
    pub fn mark(&self, mark: &Mark) -> bool {
        self.of_any_tier().is_none_or(|some| is_set(&some.findings, mark.finding.get()))
    }

    /// Whether a mark is let through and its tier shown.
    pub fn draws(&self, mark: &Mark) -> bool {
        self.filter.tiers()[mark.tier] && self.mark(mark)
    }

    /// The conversations that are let through, ascending; `None` for all.
    pub fn conversations(&self) -> Option<&[u32]> {
        self.of_any_tier().map(|some| some.conversations.as_slice())
    }

    /// The differences that are let through, in document order.
    pub fn differences<'a>(&'a self, opened: &'a Opened) -> &'a [FindingIndex] {
        self.some.as_ref().map_or(&opened.differences, |some| &some.differences)
    }

    /// How many differences of a conversation are let through.
    pub fn differences_of(&self, opened: &Opened, conversation: u32) -> usize {
        let of = |index: &FindingIndex| {
            opened.alignment.finding(*index).map_or(u32::MAX, |finding| finding.part.message.conversation)
        };
        let differences = self.differences(opened);
        let start = differences.partition_point(|index| of(index) < conversation);
        let end = differences.partition_point(|index| of(index) <= conversation);
        end - start
    }

    /// The same for every conversation of the export, by index.
    pub fn differences_by_conversation(&self, opened: &Opened) -> Vec<u32> {
        let mut counts = vec![0; opened.export.conversations.len()];
        for finding in self.differences(opened).iter().filter_map(|&index| opened.alignment.finding(index)) {
            if let Some(count) = counts.get_mut(finding.part.message.conversation as usize) {
                *count += 1;
            }
        }
        counts
    }

    /// The ids of the filter that name nothing in the export, as they were given.
    pub fn missing(&self) -> &[String] {
        self.some.as_ref().map(|some| some.missing.as_slice()).unwrap_or_default()
    }
}

impl Sifted {
    /// What has a mark of a tier that is shown. Without a look at facets, since a person switches tiers while reading.
    fn of_tiers(opened: &Opened, tiers: PerTier<bool>) -> Self {
        let is_shown = |finding: &Finding| {
            tiers.iter().any(|(tier, shown)| *shown && finding.presence[tier].mark().is_some())
        };
        let findings: Vec<bool> = opened.alignment.findings.iter().map(is_shown).collect();
        let differences = opened.differences.iter().copied();
        let differences = differences.filter(|index| is_set(&findings, index.get())).collect();
        Sifted { findings, differences, of_any_tier: None, missing: Vec::new() }
    }

    fn of(opened: &Opened, filter: &Filter) -> Self {
        let facets = opened.facets();
        let limits = Limits::of(opened, filter);
        let kept_out = facets.sieve_of_items(filter, limits.items.as_deref()).kept_out();
        let mut findings = vec![false; opened.alignment.findings.len()];
        let mut differences = Vec::new();
        let mut of_any_tier = OfAnyTier {
            findings: vec![false; opened.alignment.findings.len()],
            annotations: PerTier::from_fn(|tier| vec![false; opened.export.tiers[tier].annotations.len()]),
            conversations: match filter.asks_for_findings() {
                true => facets.conversations_of_items(&kept_out),
                false => conversations_of_messages(opened, filter, &limits),
            },
        };
        for (item, bits) in facets.items.iter().zip(&kept_out) {
            if bits & !Facet::Tier.bit() == 0 {
                of_any_tier.let_through(opened, *item);
            }
            if let (Item::Finding(index), 0) = (*item, *bits) {
                set(&mut findings, index.get());
                let finding = opened.alignment.finding(index);
                differences.extend(finding.filter(|finding| finding.is_difference()).map(|_| index));
            }
        }
        let missing = limits.named.as_ref().map(|named| named.missing.clone()).unwrap_or_default();
        Sifted { findings, differences, of_any_tier: Some(of_any_tier), missing }
    }
}

impl OfAnyTier {
    /// Takes in an item that is let through.
    fn let_through(&mut self, opened: &Opened, item: Item) {
        match item {
            Item::Unplaced(at) => {
                if let Some(one) = opened.placement.unplaced.get(at) {
                    self.set_annotation(one.annotation);
                }
            }
            Item::Finding(index) => {
                set(&mut self.findings, index.get());
                let Some(finding) = opened.alignment.finding(index) else { return };
                for mark in finding.marks().filter_map(|mark| opened.mark(mark)) {
                    for &annotation in opened.alignment.annotations_of(mark) {
                        self.set_annotation(annotation);
                    }
                }
            }
        }
    }

    fn set_annotation(&mut self, AnnotationRef { tier, index }: AnnotationRef) {
        set(&mut self.annotations[tier], index as usize);
    }
}

/// What is asked beside the facets, by item and by message number; `None` where nothing is.
pub(super) struct Limits {
    pub(super) named: Option<Named>,
    pub(super) items: Option<Vec<bool>>,
    pub(super) messages: Option<Vec<bool>>,
}

impl Limits {
    pub(super) fn of(opened: &Opened, Filter(route): &Filter) -> Self {
        let named = (!route.ids.is_empty()).then(|| Named::of(opened, &route.ids));
        let since = opened.since.as_deref().filter(|_| route.changed);
        let asks = named.is_some() || route.noise || route.changed || route.flow.is_some();
        let holds = |item: &Item| {
            named.as_ref().is_none_or(|named| named.item(opened, *item))
                && match *item {
                    Item::Unplaced(at) => {
                        !route.noise
                            && route.flow.is_none()
                            && (!route.changed || is_new_or_edited(opened, since, at))
                    }
                    Item::Finding(index) => {
                        let finding = || opened.alignment.finding(index);
                        let flow = || finding().and_then(|finding| flow_of(&opened.alignment, finding));
                        (!route.noise || opened.noisy_findings().binary_search(&index).is_ok())
                            && (!route.changed || since.is_some_and(|since| since.changes.has_finding(index)))
                            && route.flow.is_none_or(|wanted| flow() == Some(wanted))
                    }
                }
        };
        let items = asks.then(|| opened.facets().items.iter().map(holds).collect());
        let mut messages = named.as_ref().map(|named| named.messages_with_annotations(opened));
        if route.changed {
            let changed = changed_messages(opened, since);
            let both = messages.map(|named| named.iter().zip(&changed).map(|(a, b)| *a && *b).collect());
            messages = Some(both.unwrap_or(changed));
        }
        Limits { named, items, messages }
    }
}

/// Whether an annotation that sits in no text is new or edited.
fn is_new_or_edited(opened: &Opened, since: Option<&Since>, unplaced: usize) -> bool {
    let annotation = opened.placement.unplaced.get(unplaced).map(|one| one.annotation);
    annotation.zip(since).is_some_and(|(annotation, since)| since.changes.has_annotation(annotation))
}

/// For each message, by number, whether anything on it changed.
fn changed_messages(opened: &Opened, since: Option<&Since>) -> Vec<bool> {
    let mut changed = vec![false; opened.placement.messages.len()];
    for at in since.iter().flat_map(|since| &since.messages) {
        set(&mut changed, opened.placement.messages.number(*at));
    }
    changed
}

impl Facets {
    fn conversations_of_items(&self, kept_out: &[u32]) -> Vec<u32> {
        let through = kept_out.iter().zip(self.sieve_of_items(&Filter::default(), None).groups);
        let mut conversations: Vec<u32> =
            through.filter(|(bits, _)| **bits == 0).map(|(_, conversation)| *conversation).collect();
        conversations.dedup();
        conversations.retain(|&conversation| conversation != labelscope_core::logic::facets::NO_GROUP);
        conversations
    }
}

fn conversations_of_messages(opened: &Opened, filter: &Filter, limits: &Limits) -> Vec<u32> {
    let sieve = opened.facets().sieve_of_messages(filter, limits.messages.as_deref());
    let through = sieve.kept_out();
    let through = through.iter().zip(sieve.groups).filter(|(bits, _)| **bits == 0);
    let mut conversations: Vec<u32> = through.map(|(_, conversation)| *conversation).collect();
    // A conversation without a message has nothing to be let through by but its id.
    let only_ids = Filter(Route { ids: filter.0.ids.clone(), tiers: filter.0.tiers, ..Route::default() });
    if let Some(named) = limits.named.as_ref().filter(|_| *filter == only_ids) {
        conversations.extend(named.conversations());
        sort(&mut conversations);
    }
    conversations.dedup();
    conversations
}

/// The messages that a filter of messages lets through.
#[derive(Clone, Debug)]
pub struct Messages(Option<Vec<bool>>);

impl Messages {
    /// What `filter` lets through of the messages of an export.
    pub fn of(opened: &Opened, filter: &Filter) -> Self {
        Messages((!filter.is_empty()).then(|| {
            let limits = Limits::of(opened, filter);
            let sieve = opened.facets().sieve_of_messages(filter, limits.messages.as_deref());
            sieve.kept_out().into_iter().map(|bits| bits == 0).collect()
        }))
    }

    /// Whether a message is let through.
    pub fn holds(&self, opened: &Opened, at: MessageRef) -> bool {
        self.0.as_ref().is_none_or(|all| is_set(all, opened.placement.messages.number(at)))
    }
}

fn is_set(all: &[bool], at: usize) -> bool {
    all.get(at).copied().unwrap_or_default()
}

fn set(all: &mut [bool], at: usize) {
    if let Some(slot) = all.get_mut(at) {
        *slot = true;
    }
}
