//! Which findings an address lets through.

use super::super::Opened;
use super::super::agreement::{MessageFilter, is_among, values_of};
use super::super::overview::flow_of;
use super::super::route::{Flow, Route, word_of};
use super::super::selection::finding_address;
use labelscope_core::domain::{AnnotationRef, How, Id, Name, PerTier, Tier};
use labelscope_core::logic::align::{Finding, FindingIndex, Mark, Verdict};
use labelscope_core::logic::place::Placement;
use labelscope_core::logic::score::noisy_findings;
use labelscope_core::logic::totals::totals;
use std::collections::{BTreeSet, HashSet};

/// What is looked up for every finding, computed once for an export.
#[derive(Clone, Debug, Default)]
pub struct FindingFacts {
    /// How each annotation is anchored, by tier and index; `None` where it is not.
    anchors: PerTier<Vec<Option<How>>>,
    /// The findings that boundary noise alone resized, ascending.
    noisy: Vec<FindingIndex>,
    /// The ids that several annotations have.
    repeated: HashSet<Id>,
}

impl FindingFacts {
    /// The facts of an export.
    pub fn of(opened: &Opened) -> Self {
        FindingFacts {
            anchors: anchors(opened, &opened.placement),
            noisy: noisy_findings(&opened.export, &opened.alignment),
            repeated: repeated_ids(opened),
        }
    }

    /// How an annotation is anchored.
    pub fn anchor(&self, annotation: AnnotationRef) -> Option<How> {
        self.anchors[annotation.tier].get(annotation.index as usize).copied().flatten()
    }

    /// What an address calls a finding. Its id leads back to it unless another annotation has the same, which only a
    /// search through the whole export can tell what to do about.
    pub fn address(&self, opened: &Opened, index: FindingIndex) -> Option<Id> {
        let id = opened.alignment.finding_id(&opened.export, opened.alignment.finding(index)?);
        match id {
            Some(id) if !self.repeated.contains(id) => Some(id.clone()),
            _ => finding_address(opened, index),
        }
    }

    /// The findings that boundary noise alone resized.
    pub fn noisy(&self) -> &[FindingIndex] {
        &self.noisy
    }
}

fn repeated_ids(opened: &Opened) -> HashSet<Id> {
    let annotations = || opened.export.tiers.iter().flat_map(|(_, map)| &map.annotations);
    let mut seen: HashSet<&Id> = HashSet::with_capacity(annotations().count());
    let ids = annotations().filter_map(|annotation| annotation.id.as_ref());
    ids.filter(|id| !seen.insert(*id)).cloned().collect()
}

fn anchors(opened: &Opened, placement: &Placement) -> PerTier<Vec<Option<How>>> {
    let mut anchors = PerTier::from_fn(|tier| vec![None; opened.export.tiers[tier].annotations.len()]);
    for place in &placement.places {
        if let Some(slot) = anchors[place.annotation.tier].get_mut(place.annotation.index as usize) {
            *slot = Some(place.how);
        }
    }
    anchors
}

/// What findings are filtered by. An empty list lets all through.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FindingFilter {
    verdicts: Vec<Verdict>,
    differences: bool,
    labels: Vec<Option<String>>,
    tiers: Option<PerTier<bool>>,
    statuses: Vec<Option<String>>,
    anchors: Vec<String>,
    messages: MessageFilter,
    noise: bool,
    flow: Option<Flow>,
}

impl FindingFilter {
    /// What an address filters findings by. Verdicts that there are not are passed over.
    pub fn of(route: &Route) -> Self {
        FindingFilter {
            verdicts: route.verdicts.iter().filter_map(|word| Verdict::from_key(word)).collect(),
            differences: route.differences,
            labels: values_of(&route.labels),
            tiers: route.tiers,
            statuses: values_of(&route.statuses),
            anchors: route.anchors.clone(),
            messages: MessageFilter::of(route),
            noise: route.noise,
            flow: route.flow,
        }
    }

    /// Whether it lets every finding through.
    pub fn is_empty(&self) -> bool {
        *self == FindingFilter::default()
    }

    /// The same for every verdict.
    pub fn for_every_verdict(&self) -> Self {
        FindingFilter { verdicts: Vec::new(), differences: false, ..self.clone() }
    }

    /// Whether it lets a finding through.
    pub fn holds(&self, opened: &Opened, facts: &FindingFacts, index: FindingIndex) -> bool {
        let Some(finding) = opened.alignment.finding(index) else { return false };
        self.holds_verdicts(finding)
            && (!self.noise || facts.noisy.binary_search(&index).is_ok())
            && self.flow.is_none_or(|flow| flow_of(&opened.alignment, finding) == Some(flow))
            && self.holds_marks(opened, facts, finding)
            && (self.messages.is_empty()
                || opened.message(finding.part.message).is_some_and(|one| self.messages.holds(one)))
    }

    fn holds_verdicts(&self, finding: &Finding) -> bool {
        (self.verdicts.is_empty() || self.verdicts.iter().any(|&one| finding.verdicts.contains(one)))
            && (!self.differences || finding.is_difference())
    }

    fn holds_marks(&self, opened: &Opened, facts: &FindingFacts, finding: &Finding) -> bool {
        let any_mark =
            |holds: &dyn Fn(&Mark) -> bool| finding.marks().filter_map(|mark| opened.mark(mark)).any(holds);
        let any_annotation = |holds: &dyn Fn(AnnotationRef) -> bool| {
            any_mark(&|mark| opened.alignment.annotations_of(mark).iter().any(|&one| holds(one)))
        };
        self.tiers.is_none_or(|tiers| any_mark(&|mark| tiers[mark.tier]))
            && (self.labels.is_empty() || any_mark(&|mark| is_among(&self.labels, mark.label.as_deref())))
            && (self.statuses.is_empty()
                || any_annotation(&|one| {
                    let status = opened.annotation(one).and_then(|one| one.status.as_deref());
                    is_among(&self.statuses, status)
                }))
            && (self.anchors.is_empty()
                || any_annotation(&|one| {
                    facts.anchor(one).is_some_and(|how| self.anchors.iter().any(|key| key == how.key()))
                }))
    }
}

/// What there is to filter by in an export: each list in the words of an address, with what a person reads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choices {
    /// Labels: those of the schema first.
    pub labels: Vec<(String, String)>,
    /// Statuses.
    pub statuses: Vec<(String, String)>,
    /// How annotations are anchored.
    pub anchors: Vec<(String, String)>,
    /// Roles of messages.
    pub roles: Vec<(String, String)>,
    /// Models.
    pub models: Vec<(String, String)>,
    /// Providers.
    pub providers: Vec<(String, String)>,
}

/// What there is to filter the findings of an export by.
pub fn choices(opened: &Opened) -> Choices {
    let choice = |value: Option<&str>, without: &str| (word_of(value), value.unwrap_or(without).to_owned());
    let totals = totals(&opened.export);
    let used = totals.labels.iter().filter(|label| label.annotations != PerTier::default());
    let messages = || opened.export.conversations.iter().flat_map(|one| &one.messages);
    let of_messages = |value: fn(&labelscope_core::domain::Message) -> Option<&Name>, without: &str| {
        let values: BTreeSet<Option<&str>> =
            messages().map(|message| value(message).map(|name| &**name)).collect();
        // Where no message has one there is nothing to choose.
        let is_alone = values.len() == 1 && values.contains(&None);
        let (with, missing): (Vec<_>, Vec<_>) = values.into_iter().partition(Option::is_some);
        let all = with.into_iter().chain(missing).filter(|_| !is_alone);
        all.map(|value| choice(value, without)).collect()
    };
    Choices {
        labels: used.map(|label| choice(label.name.as_deref(), "without a label")).collect(),
        statuses: totals.statuses.iter().map(|one| choice(one.name.as_deref(), "without a status")).collect(),
        anchors: anchor_choices(opened),
        roles: of_messages(|message| message.role.as_ref(), "without a role"),
        models: of_messages(|message| message.generation.model.as_ref(), "without a model"),
        providers: of_messages(|message| message.generation.provider.as_ref(), "without a provider"),
    }
}

fn anchor_choices(opened: &Opened) -> Vec<(String, String)> {
    let tallies = Tier::ALL.map(|tier| opened.placement.tally(tier));
    let sum = |count: fn(&labelscope_core::logic::place::Tally) -> usize| tallies.iter().map(count).sum();
    let counts: [(&str, usize); 3] = [
        ("verified", sum(|tally| tally.verified)),
        ("relocated", sum(|tally| tally.relocated)),
        ("unverified", sum(|tally| tally.unverified)),
    ];
    let there = counts.into_iter().filter(|(_, count)| *count > 0);
    there.map(|(key, _)| (key.to_owned(), key.to_owned())).collect()
}
