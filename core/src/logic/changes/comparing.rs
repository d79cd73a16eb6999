//! Comparing two exports, cut into steps so that a page stays alive.

use super::same::{annotation_is_same, message_is_same, project_is_same};
use super::{Changes, GoneAnnotation, GoneMessage, Side};
use crate::domain::{AnnotationRef, Id, MessageRef, PerTier, SeededMap, Tier, TierMap};
use crate::logic::align::{Finding, FindingIndex};
use crate::logic::sort::sort;

/// A comparison under way. Every step must be given the same two sides.
#[derive(Debug, Default)]
pub struct Comparing {
    stage: Stage,
    /// Index of the next conversation, list or finding of the stage.
    next: usize,
    /// By conversation, or by list of the tier, of the later export: the earlier's that is the same.
    matched: Vec<Option<u32>>,
    /// By tier and annotation of the later export: the earlier's that is the same.
    annotations: PerTier<Vec<Option<u32>>>,
    changes: Changes,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Stage {
    #[default]
    Start,
    Messages,
    Annotations(Tier),
    Findings,
    Done,
}

/// The changes from one export to a later one, in one go.
pub fn changes_between(before: Side<'_>, now: Side<'_>) -> Changes {
    let mut comparing = Comparing::default();
    while !comparing.step(before, now, usize::MAX) {}
    comparing.finish()
}

impl Comparing {
    /// Goes on for about `budget` messages, annotations or findings, or to the end of a stage. Whether all is done.
    pub fn step(&mut self, before: Side<'_>, now: Side<'_>, budget: usize) -> bool {
        let next = match self.stage {
            Stage::Start => {
                self.changes.project = !project_is_same(&before.export.project, &now.export.project);
                self.match_conversations(before, now);
                Some(Stage::Messages)
            }
            Stage::Messages => self.compare_messages(before, now, budget).then(|| {
                self.note_gone_conversations(before);
                self.match_lists(Tier::Automated, before, now);
                Stage::Annotations(Tier::Automated)
            }),
            Stage::Annotations(tier) => self.compare_lists(tier, before, now, budget).then(|| {
                self.note_gone_lists(tier, before, now);
                let next = Tier::ALL.into_iter().find(|next| *next > tier);
                if let Some(next) = next {
                    self.match_lists(next, before, now);
                }
                next.map_or(Stage::Findings, Stage::Annotations)
            }),
            Stage::Findings => self.compare_findings(before, now, budget).then_some(Stage::Done),
            Stage::Done => None,
        };
        if let Some(next) = next {
            (self.stage, self.next) = (next, 0);
        }
        self.stage == Stage::Done
    }

    /// What was found; of the steps that were taken.
    pub fn finish(self) -> Changes {
        self.changes
    }

    fn match_conversations(&mut self, before: Side<'_>, now: Side<'_>) {
        let ids = |side: &Side<'_>| {
            let conversations = side.export.conversations.iter();
            conversations.map(|one| one.id.clone()).collect::<Vec<_>>()
        };
        let (before, now) = (ids(&before), ids(&now));
        self.matched = matched(before.iter().map(Option::as_ref), now.iter().map(Option::as_ref));
    }

    fn compare_messages(&mut self, before: Side<'_>, now: Side<'_>, budget: usize) -> bool {
        let mut spent = 0;
        while spent <= budget
            && let Some(conversation) = now.export.conversations.get(self.next)
        {
            let earlier = self.matched.get(self.next).copied().flatten();
            spent += 1 + conversation.messages.len();
            self.compare_conversation(before, now, earlier, self.next);
            self.next += 1;
        }
        self.next >= now.export.conversations.len()
    }

    fn compare_conversation(&mut self, before: Side<'_>, now: Side<'_>, earlier: Option<u32>, later: usize) {
        let (Some(conversation), Ok(at)) = (now.export.conversations.get(later), u32::try_from(later)) else {
            return;
        };
        let old = earlier.and_then(|index| before.export.conversations.get(index as usize));
        let old_messages = old.map(|old| old.messages.as_slice()).unwrap_or_default();
        let of_ids = matched(
            old_messages.iter().map(|message| message.id.as_ref()),
            conversation.messages.iter().map(|message| message.id.as_ref()),
        );
        for ((message, same), index) in conversation.messages.iter().zip(&of_ids).zip(0..) {
            let place = MessageRef { conversation: at, message: index };
            let old = same.and_then(|same| old_messages.get(same as usize));
            match old {
                None => self.changes.added_messages.push(place),
                Some(old) if !message_is_same(old, message) => self.changes.edited_messages.push(place),
                Some(_) => {}
            }
            let looked = now.placement.looked(place);
            let had_looked = match (earlier, same) {
                (Some(conversation), Some(message)) => {
                    before.placement.looked(MessageRef { conversation, message: *message })
                }
                _ => PerTier::default(),
            };
            for tier in Tier::ALL.into_iter().filter(|&tier| looked[tier] && !had_looked[tier]) {
                self.changes.looked_at[tier].push(place);
            }
        }
        let gone = unmatched(&of_ids, old_messages.len());
        let gone = gone.filter_map(|index| old_messages.get(index)).map(|message| GoneMessage {
            id: message.id.clone(),
            conversation_id: conversation.id.clone(),
            conversation: Some(at),
        });
        self.changes.removed_messages.extend(gone);
    }

    fn note_gone_conversations(&mut self, before: Side<'_>) {
        let conversations = &before.export.conversations;
        let gone = unmatched(&self.matched, conversations.len()).filter_map(|index| conversations.get(index));
        let messages = gone.flat_map(|conversation| {
            conversation.messages.iter().map(|message| GoneMessage {
                id: message.id.clone(),
                conversation_id: conversation.id.clone(),
                conversation: None,
            })
        });
        self.changes.removed_messages.extend(messages);
    }

    fn match_lists(&mut self, tier: Tier, before: Side<'_>, now: Side<'_>) {
        let keys = |side: Side<'_>| -> Vec<Id> {
            side.export.tiers[tier].lists.iter().map(|list| list.key.clone()).collect()
        };
        let (before, later) = (keys(before), keys(now));
        self.matched = matched(before.iter().map(Some), later.iter().map(Some));
        self.annotations[tier] = vec![None; now.export.tiers[tier].annotations.len()];
    }

    fn compare_lists(&mut self, tier: Tier, before: Side<'_>, now: Side<'_>, budget: usize) -> bool {
        let (old, new) = (&before.export.tiers[tier], &now.export.tiers[tier]);
        let mut spent = 0;
        while spent <= budget
            && let Some(list) = new.lists.get(self.next)
        {
            let same = self.matched.get(self.next).copied().flatten();
            self.next += 1;
            let earlier = same.and_then(|same| old.lists.get(same as usize));
            let earlier = earlier.map(|list| list.annotations.clone()).unwrap_or_default();
            spent += 1 + list.annotations.len();
            let of_ids = matched(ids(old, earlier.clone()), ids(new, list.annotations.clone()));
            for (index, same) in list.annotations.clone().zip(&of_ids) {
                self.compare_annotation(tier, (old, same.map(|same| earlier.start + same)), (new, index));
            }
            let gone = unmatched(&of_ids, earlier.len());
            let gone = gone.filter_map(|index| Some(earlier.start + u32::try_from(index).ok()?));
            let gone: Vec<_> =
                gone.filter_map(|index| gone_annotation(tier, old, index, &list.key, now)).collect();
            self.changes.removed.extend(gone);
        }
        self.next >= new.lists.len()
    }

    fn compare_annotation(
        &mut self,
        tier: Tier,
        (old, before): (&TierMap, Option<u32>),
        (new, now): (&TierMap, u32),
    ) {
        let annotation = AnnotationRef { tier, index: now };
        let earlier = before.and_then(|index| old.annotations.get(index as usize));
        match (earlier, new.annotations.get(now as usize)) {
            (None, Some(_)) => self.changes.added.push(annotation),
            (Some(before), Some(now)) if !annotation_is_same(before, now) => {
                self.changes.edited.push(annotation);
            }
            _ => {}
        }
        if let Some(slot) = self.annotations[tier].get_mut(now as usize) {
            *slot = before;
        }
    }

    fn note_gone_lists(&mut self, tier: Tier, before: Side<'_>, now: Side<'_>) {
        let old = &before.export.tiers[tier];
        for list in unmatched(&self.matched, old.lists.len()).filter_map(|index| old.lists.get(index)) {
            let gone = list.annotations.clone();
            let gone = gone.filter_map(|index| gone_annotation(tier, old, index, &list.key, now));
            self.changes.removed.extend(gone);
        }
    }

    fn compare_findings(&mut self, before: Side<'_>, now: Side<'_>, budget: usize) -> bool {
        if self.next == 0 {
            // By the order of lists so far, which may not be that of annotations.
            sort(&mut self.changes.added);
            sort(&mut self.changes.edited);
        }
        let end = self.next.saturating_add(budget.max(1)).min(now.alignment.findings.len());
        let findings = now.alignment.findings.get(self.next..end).unwrap_or_default();
        let changed = findings
            .iter()
            .zip(self.next..)
            .filter(|(finding, _)| !self.finding_is_same(before, now, finding));
        let changed: Vec<_> = changed.map(|(_, index)| FindingIndex::new(index)).collect();
        self.changes.findings.extend(changed);
        self.next = end;
        self.next >= now.alignment.findings.len()
    }

    /// Whether the earlier export has a finding of the same annotations, none of them edited, with the same verdicts.
    fn finding_is_same(&self, before: Side<'_>, now: Side<'_>, finding: &Finding) -> bool {
        let annotations = || annotations_in(now, finding);
        let earlier = |annotation: AnnotationRef| {
            let index =
                self.annotations[annotation.tier].get(annotation.index as usize).copied().flatten()?;
            let mark = before.alignment.mark_of(AnnotationRef { tier: annotation.tier, index })?;
            Some(before.alignment.mark(mark)?.finding)
        };
        let Some(index) = annotations().next().and_then(earlier) else { return false };
        let Some(old) = before.alignment.finding(index) else { return false };
        old.verdicts == finding.verdicts
            && annotations().count() == annotations_in(before, old).count()
            && annotations()
                .all(|one| earlier(one) == Some(index) && self.changes.edited.binary_search(&one).is_err())
    }
}

fn annotations_in<'a>(side: Side<'a>, finding: &'a Finding) -> impl Iterator<Item = AnnotationRef> + 'a {
    let marks = finding.marks().filter_map(move |mark| side.alignment.mark(mark));
    marks.flat_map(move |mark| side.alignment.annotations_of(mark).iter().copied())
}

fn ids(map: &TierMap, range: std::ops::Range<u32>) -> impl Iterator<Item = Option<&Id>> {
    let range = range.start as usize..range.end as usize;
    map.annotations.get(range).unwrap_or_default().iter().map(|annotation| annotation.id.as_ref())
}

fn gone_annotation(tier: Tier, old: &TierMap, index: u32, key: &Id, now: Side<'_>) -> Option<GoneAnnotation> {
    let annotation = old.annotations.get(index as usize)?;
    Some(GoneAnnotation {
        tier,
        id: annotation.id.clone(),
        label: annotation.label.clone(),
        message: now.placement.messages.message(key),
    })
}

/// For each of `now` the index of the one in `before` that is the same.
fn matched<'a>(
    before: impl Iterator<Item = Option<&'a Id>>,
    now: impl Iterator<Item = Option<&'a Id>>,
) -> Vec<Option<u32>> {
    let (before, now): (Vec<_>, Vec<_>) = (before.collect(), now.collect());
    // Two exports of a project begin alike, most often to the end.
    let alike = before.iter().zip(&now).take_while(|(before, now)| before == now).count();
    let mut matched: Vec<_> = (0..u32::try_from(alike).unwrap_or(u32::MAX)).map(Some).collect();
    let rest = now.get(alike..).unwrap_or_default();
    let mut nth = Counter::default();
    let old: SeededMap<_, _> =
        before.iter().zip(0..).skip(alike).map(|(&id, index)| (nth.of(id), index)).collect();
    let mut nth = Counter::default();
    matched.extend(rest.iter().map(|&id| old.get(&nth.of(id)).copied()));
    matched
}

/// Tells things with one id apart by their order.
#[derive(Default)]
struct Counter<'a>(SeededMap<Option<&'a Id>, u32>);

impl<'a> Counter<'a> {
    fn of(&mut self, id: Option<&'a Id>) -> (Option<&'a Id>, u32) {
        let count = self.0.entry(id).or_default();
        *count += 1;
        (id, *count)
    }
}

/// The indices below `count` that nothing was matched with, ascending.
fn unmatched(matched: &[Option<u32>], count: usize) -> impl Iterator<Item = usize> {
    let mut is_matched = vec![false; count];
    for index in matched.iter().flatten() {
        if let Some(slot) = is_matched.get_mut(*index as usize) {
            *slot = true;
        }
    }
    is_matched.into_iter().enumerate().filter(|(_, is_matched)| !is_matched).map(|(index, _)| index)
}
