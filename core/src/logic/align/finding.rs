//! Findings: marks of different tiers that speak of the same piece of text, and what the tiers did with them.
//!
//! Belongs here: how pairs chain into findings, which tier covers or lacks one, when each verdict holds. Not here:
//! which marks are pairs (`pair`), the words for verdicts (`verdict`), how a difference is put into words (`resize`).

use super::pair::{Partners, pair};
use super::row::Row;
use super::{Mark, MarkIndex, Verdict, Verdicts};
use crate::domain::{PartRef, PerTier, Tier};
use crate::logic::sort::sort_by_cached_key;
use smallvec::SmallVec;
use std::ops::Range;

/// A finding by its place in `Alignment::findings`, which are in document order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FindingIndex(u32);

impl FindingIndex {
    /// The finding at `index`; past the 2³² that can be told apart, the last.
    pub fn new(index: usize) -> Self {
        FindingIndex(u32::try_from(index).unwrap_or(u32::MAX))
    }

    /// Index into `Alignment::findings`.
    pub fn get(self) -> usize {
        self.0 as usize
    }
}

/// What it means that review looked at a message and has no mark where an earlier tier has one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ReviewRule {
    /// Review holds the whole final set: it removed the mark.
    #[default]
    WholeSet,
    /// Review holds only what it changed: it agrees without a word. To such a finding it stands as if it had not looked.
    ChangesOnly,
}

/// How one tier stands to a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Presence {
    /// It has this mark in it.
    Holds(MarkIndex),
    /// It looked and has no mark in it, but this one, in another finding, shares a character and the label with one that is.
    Covers(MarkIndex),
    /// It looked and has neither.
    Lacks,
    /// It did not look at the message, or its silence is no word on the finding ([`ReviewRule::ChangesOnly`]).
    NotLooked,
}

impl Presence {
    /// The mark that the tier has in the finding.
    pub fn mark(self) -> Option<MarkIndex> {
        match self {
            Presence::Holds(mark) => Some(mark),
            Presence::Covers(_) | Presence::Lacks | Presence::NotLooked => None,
        }
    }
}

/// Marks of different tiers that speak of the same piece of text: at most one of each tier, at least one.
#[derive(Clone, Copy, Debug)]
pub struct Finding {
    /// The part that its marks sit in.
    pub part: PartRef,
    /// How each tier stands to it.
    pub presence: PerTier<Presence>,
    /// What the tiers did with it; never empty.
    pub verdicts: Verdicts,
}

impl Finding {
    /// Its marks, in the tiers' order.
    pub fn marks(&self) -> impl DoubleEndedIterator<Item = MarkIndex> {
        self.presence.0.into_iter().filter_map(Presence::mark)
    }

    /// The mark of the last tier that has one: the finding's latest word.
    pub fn last_mark(&self) -> Option<MarkIndex> {
        self.marks().next_back()
    }

    /// The mark of another finding that covers this one, of the first tier that covers it.
    pub fn covered_by(&self) -> Option<MarkIndex> {
        self.presence.0.into_iter().find_map(|presence| match presence {
            Presence::Covers(mark) => Some(mark),
            Presence::Holds(_) | Presence::Lacks | Presence::NotLooked => None,
        })
    }

    /// Whether the tiers differ about it.
    pub fn is_difference(&self) -> bool {
        self.verdicts.is_difference()
    }
}

/// A finding under way: for each tier the index of its mark among the marks of the part.
type Draft = PerTier<Option<usize>>;

/// Pairs the marks of one part, all of which `marks` holds (sorted by tier, start, end and label), and appends their
/// findings in document order: by start, the longer first, then by the earliest tier's mark.
///
/// `before` is how many marks stand in the alignment before them; `looked` says which tiers looked at the message,
/// `review` what it means that review lacks one.
pub(super) fn find(
    marks: &mut [Mark],
    before: usize,
    looked: PerTier<bool>,
    review: ReviewRule,
    findings: &mut Vec<Finding>,
) {
    let Some(part) = marks.first().map(|mark| mark.part) else { return };
    pair_tiers(marks, before);
    let mut drafts = chain(marks, before);
    sort_by_cached_key(&mut drafts, |draft| {
        let points = |index: Option<usize>| index.and_then(|index| marks.get(index)).map(|mark| mark.points);
        let start = draft.0.iter().filter_map(|&index| points(index)).map(|points| points.start).min();
        let end = draft.0.iter().filter_map(|&index| points(index)).map(|points| points.end).max();
        (start, std::cmp::Reverse(end), draft.0.into_iter().flatten().min())
    });
    for draft in &drafts {
        let index = FindingIndex::new(findings.len());
        for mark in draft.0.into_iter().flatten() {
            if let Some(mark) = marks.get_mut(mark) {
                mark.finding = index;
            }
        }
        findings.push(Finding {
            part,
            presence: PerTier([Presence::NotLooked; 3]),
            verdicts: Verdicts::default(),
        });
    }
    let made = findings.len() - drafts.len();
    let rows = tiers_of(marks).0.map(|range| {
        let first = range.start;
        (Row::new(marks.get(range).unwrap_or_default(), |_, _| true), first)
    });
    for (draft, finding) in drafts.iter().zip(findings.iter_mut().skip(made)) {
        finding.presence = PerTier::from_fn(|tier| presence(marks, &rows, draft, tier, looked, before));
        if review == ReviewRule::ChangesOnly && finding.presence[Tier::Review] == Presence::Lacks {
            finding.presence[Tier::Review] = Presence::NotLooked;
        }
        finding.verdicts = verdicts(marks, before, finding, looked);
    }
}

/// Which of the marks of a part are each tier's.
fn tiers_of(marks: &[Mark]) -> PerTier<Range<usize>> {
    let first = |tier: Tier| marks.partition_point(|mark| mark.tier < tier);
    let (primary, review) = (first(Tier::Primary), first(Tier::Review));
    PerTier([0..primary, primary..review, review..marks.len()])
}

/// Notes in every mark which marks of the other tiers it is paired with, with rejected marks last and like any other.
fn pair_tiers(marks: &mut [Mark], before: usize) {
    const PAIRS: [(Tier, Tier); 3] =
        [(Tier::Automated, Tier::Primary), (Tier::Primary, Tier::Review), (Tier::Automated, Tier::Review)];
    let has_rejected = marks.iter().any(|mark| mark.rejected);
    let tiers = tiers_of(marks);
    for (earlier, later) in PAIRS {
        let of = |tier: Tier| marks.get(tiers[tier].clone()).unwrap_or_default();
        let rejected_last = pair(of(earlier), of(later), true);
        let if_rejected_count = has_rejected.then(|| pair(of(earlier), of(later), false));
        let mut note =
            |partners: &Partners, partners_of: fn(&mut Mark) -> &mut PerTier<Option<MarkIndex>>| {
                for (index, partner) in partners.iter().enumerate() {
                    let Some(partner) = partner else { continue };
                    let (index, partner) = (tiers[earlier].start + index, tiers[later].start + partner);
                    for (one, other, tier) in [(index, partner, later), (partner, index, earlier)] {
                        if let Some(mark) = marks.get_mut(one) {
                            partners_of(mark)[tier] = MarkIndex::new(before + other);
                        }
                    }
                }
            };
        note(&rejected_last, |mark| &mut mark.partners);
        note(if_rejected_count.as_ref().unwrap_or(&rejected_last), |mark| {
            &mut mark.partners_if_rejected_count
        });
    }
}

/// Every mark in one finding: the chains automated–primary–review, the automated–review pairs whose marks are in no pair
/// with primary, and the rest alone.
fn chain(marks: &[Mark], before: usize) -> SmallVec<[Draft; 8]> {
    let partner = |mark: &Mark, tier: Tier| mark.partners[tier].map(|partner| partner.get() - before);
    let is_in_pair_with_primary =
        |index: usize| marks.get(index).is_some_and(|mark| mark.partners[Tier::Primary].is_some());
    let across =
        |mark: &Mark, tier: Tier| partner(mark, tier).filter(|&other| !is_in_pair_with_primary(other));
    let draft_of = |(index, mark): (usize, &Mark)| match mark.tier {
        Tier::Primary => {
            Some(PerTier([partner(mark, Tier::Automated), Some(index), partner(mark, Tier::Review)]))
        }
        _ if is_in_pair_with_primary(index) => None,
        Tier::Automated => Some(PerTier([Some(index), None, across(mark, Tier::Review)])),
        Tier::Review if across(mark, Tier::Automated).is_some() => None,
        Tier::Review => Some(PerTier([None, None, Some(index)])),
    };
    marks.iter().enumerate().filter_map(draft_of).collect()
}

fn presence(
    marks: &[Mark],
    rows: &[(Row<'_>, usize); 3],
    draft: &Draft,
    tier: Tier,
    looked: PerTier<bool>,
    before: usize,
) -> Presence {
    if let Some(mark) = draft[tier].and_then(|index| MarkIndex::new(before + index)) {
        return Presence::Holds(mark);
    }
    if !looked[tier] {
        return Presence::NotLooked;
    }
    let Some((row, first)) = rows.get(tier as usize) else { return Presence::Lacks };
    let covering = |mark: &Mark| row.most_alike(mark, true);
    let in_finding = draft.0.into_iter().flatten().filter_map(|index| marks.get(index));
    in_finding
        .filter_map(covering)
        .find_map(|index| MarkIndex::new(before + first + index))
        .map_or(Presence::Lacks, Presence::Covers)
}

pub(super) fn verdicts(marks: &[Mark], before: usize, finding: &Finding, looked: PerTier<bool>) -> Verdicts {
    if looked.0.into_iter().filter(|&looked| looked).count() < 2 {
        return Verdicts::from_iter([Verdict::Uncompared]);
    }
    let mark_of = |presence: Presence| presence.mark().and_then(|mark| marks.get(mark.get() - before));
    let kept = |presence: Presence| mark_of(presence).filter(|mark| !mark.rejected);
    let is_rejected = |presence: &Presence| mark_of(*presence).is_some_and(|mark| mark.rejected);
    let is_covered = finding.covered_by().is_some();
    if is_covered && finding.marks().count() == 1 {
        return Verdicts::from_iter([Verdict::Covered]);
    }
    let presence = finding.presence.0;
    let lacks = |at: usize| presence.get(at) == Some(&Presence::Lacks);
    let keeps = |at: usize| presence.get(at).is_some_and(|&presence| kept(presence).is_some());
    let none_rejected_between =
        |earlier: usize, later: usize| !presence.iter().take(later).skip(earlier + 1).any(is_rejected);
    const TWO: [(usize, usize); 3] = [(0, 1), (1, 2), (0, 2)];
    let is_added = TWO.into_iter().any(|(earlier, later)| lacks(earlier) && keeps(later));
    let is_removed = TWO
        .into_iter()
        .any(|(earlier, later)| keeps(earlier) && lacks(later) && none_rejected_between(earlier, later));
    let mut both = presence.into_iter().filter_map(kept);
    let first = both.next();
    let (mut is_relabeled, mut is_resized) = (false, false);
    for mark in both {
        is_relabeled |= first.is_some_and(|first| first.label != mark.label);
        is_resized |= first.is_some_and(|first| first.points != mark.points);
    }
    let found: Verdicts = [
        (is_added, Verdict::Added),
        (is_removed, Verdict::Removed),
        (presence.iter().any(is_rejected), Verdict::Rejected),
        (is_relabeled, Verdict::Relabeled),
        (is_resized, Verdict::Resized),
        (is_covered, Verdict::Covered),
    ]
    .into_iter()
    .filter_map(|(holds, verdict)| holds.then_some(verdict))
    .collect();
    if found.is_empty() { Verdicts::from_iter([Verdict::Agreed]) } else { found }
}
