//! Marks and pairs: what holds of every alignment, whatever was marked.
#![allow(clippy::unwrap_used, reason = "what cannot be built here fails the test")]

use crate::marked::{Given, aligned, any_marked};
use labelscope_core::domain::{
    AnnotationRef, How, MessageRef, PartRef, PerTier, Place, Reason, Span, Tier, Unplaced,
};
use labelscope_core::logic::align::{Alignment, Mark, MarkIndex, MessageToAlign, Presence};
use labelscope_core::logic::place::AnnotationIndex;
use proptest::prelude::*;
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// How alike two marks are: a fraction, compared by cross multiplication, written without regard to speed.
fn alikeness(a: &Mark, b: &Mark) -> Option<(u64, u64)> {
    if a.part != b.part {
        return None;
    }
    let characters = |mark: &Mark| -> BTreeSet<u32> { (mark.points.start.0..mark.points.end.0).collect() };
    let (of_a, of_b) = (characters(a), characters(b));
    let same_label = u64::from(a.label == b.label);
    if a.points.is_empty() && a.points == b.points {
        return Some((2 + same_label, 1));
    }
    let (shared, united) = (of_a.intersection(&of_b).count() as u64, of_a.union(&of_b).count() as u64);
    (shared > 0).then_some((2 * shared + same_label * united, united))
}

/// The pairs of two tiers as product.md words it: all that share a character, sorted, the most alike taken first.
fn pairs_by_the_book(marks: &[Mark], earlier: Tier, later: Tier, rejected_last: bool) -> Vec<(usize, usize)> {
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    let steps: &[bool] = if rejected_last { &[false, true] } else { &[true] };
    for &with_rejected in steps {
        let mut candidates = Vec::new();
        for (i, a) in marks.iter().enumerate().filter(|(_, mark)| mark.tier == earlier) {
            for (j, b) in marks.iter().enumerate().filter(|(_, mark)| mark.tier == later) {
                let is_taken = pairs.iter().any(|&(one, other)| one == i || other == j);
                if is_taken || (!with_rejected && (a.rejected || b.rejected)) {
                    continue;
                }
                if let Some((numerator, denominator)) = alikeness(a, b) {
                    // Two ranges that meet here span at most 24, so this common multiple makes them integers.
                    let common: u64 = (1..=24).fold(1, |product, n| product / gcd(product, n) * n);
                    candidates.push((Reverse(numerator * common / denominator), i, j));
                }
            }
        }
        candidates.sort_unstable();
        for (_, i, j) in candidates {
            if !pairs.iter().any(|&(one, other)| one == i || other == j) {
                pairs.push((i, j));
            }
        }
    }
    pairs.sort_unstable();
    pairs
}

fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// The pairs that the alignment holds.
fn pairs_of(marks: &[Mark], earlier: Tier, later: Tier, count_rejected: bool) -> Vec<(usize, usize)> {
    let partners = |mark: &Mark| if count_rejected { mark.partners_if_rejected_count } else { mark.partners };
    let of_tier = marks.iter().enumerate().filter(|(_, mark)| mark.tier == earlier);
    of_tier.filter_map(|(index, mark)| Some((index, partners(mark)[later]?.get()))).collect()
}

const TIER_PAIRS: [(Tier, Tier); 3] =
    [(Tier::Automated, Tier::Primary), (Tier::Primary, Tier::Review), (Tier::Automated, Tier::Review)];

/// An alignment without indices: each finding as its verdicts and marks, so that two can be compared.
fn spelled_out(alignment: &Alignment) -> BTreeSet<String> {
    let spell = |mark: &Mark| {
        let (part, points, label) = (mark.part.part, mark.points, &mark.label);
        format!("{} {part} {points:?} {label:?} {} ×{}", mark.tier, mark.rejected, mark.annotations.len())
    };
    let findings = alignment.findings.iter().map(|finding| {
        let presence = finding.presence.0.map(|presence| match presence {
            Presence::Holds(mark) => spell(alignment.mark(mark).unwrap()),
            Presence::Covers(mark) => {
                format!("covers: {}", spell(alignment.mark(mark).unwrap()))
            }
            other => format!("{other:?}"),
        });
        let message = alignment.message(finding.part.message).unwrap();
        format!("{:?} {} {presence:?}", message.message, finding.verdicts)
    });
    findings.collect()
}

proptest! {
    /// The search outward and the walk to the most alike give what sorting all pairs gives.
    #[test]
    fn pairs_are_those_of_the_book(marked in any_marked(40)) {
        let (_, alignment) = aligned(&[vec![marked]]);
        for (earlier, later) in TIER_PAIRS {
            for count_rejected in [false, true] {
                prop_assert_eq!(
                    pairs_of(&alignment.marks, earlier, later, count_rejected),
                    pairs_by_the_book(&alignment.marks, earlier, later, !count_rejected)
                );
            }
        }
    }

    /// Among marks that are not rejected no two would both rather have each other; then the same among what they leave.
    #[test]
    fn pairs_are_stable(marked in any_marked(14)) {
        let (_, alignment) = aligned(&[vec![marked]]);
        let marks = &alignment.marks;
        for (earlier, later) in TIER_PAIRS {
            let kept_partner = |mark: &Mark, tier: Tier| {
                mark.partners[tier].filter(|&other| !marks[other.get()].rejected && !mark.rejected)
            };
            for (i, a) in marks.iter().enumerate().filter(|(_, mark)| mark.tier == earlier) {
                for (j, b) in marks.iter().enumerate().filter(|(_, mark)| mark.tier == later) {
                    let Some(alike) = alikeness(a, b) else { continue };
                    let first_step = !a.rejected && !b.rejected;
                    // In the second step only what the first one left can be had.
                    let can_be_had = first_step
                        || (kept_partner(a, later).is_none() && kept_partner(b, earlier).is_none());
                    let would_rather = |one: &Mark, tier: Tier, other: usize| {
                        let partner = if first_step { kept_partner(one, tier) } else { one.partners[tier] };
                        partner.is_none_or(|partner| {
                            let now = alikeness(one, &marks[partner.get()]).unwrap();
                            let (new, old) = (alike.0 * now.1, now.0 * alike.1);
                            new > old || (new == old && other < partner.get())
                        })
                    };
                    prop_assert!(
                        !can_be_had || !would_rather(a, later, j) || !would_rather(b, earlier, i),
                        "{:?} and {:?} would both rather have each other", a, b
                    );
                }
            }
        }
    }

    /// Every annotation is in one mark, every mark in one finding, and a finding has at most one mark of a tier.
    #[test]
    fn every_mark_is_in_one_finding(messages in prop::collection::vec(any_marked(8), 0..4)) {
        let (export, alignment) = aligned(&[messages]);
        let annotations = AnnotationIndex::new(&export);
        let mut seen = vec![0; alignment.marks.len()];
        for (index, finding) in alignment.findings.iter().enumerate() {
            prop_assert!(!finding.verdicts.is_empty());
            for mark in finding.marks() {
                seen[mark.get()] += 1;
                prop_assert_eq!(alignment.marks[mark.get()].finding.get(), index);
                prop_assert_eq!(alignment.marks[mark.get()].part, finding.part);
            }
            for (tier, presence) in finding.presence.iter() {
                if let Some(mark) = presence.mark() {
                    prop_assert_eq!(alignment.marks[mark.get()].tier, tier);
                }
            }
            let id = alignment.finding_id(&export, finding).unwrap();
            let found = alignment.finding_with_id(&export, &annotations, id);
            prop_assert_eq!(found.map(|found| found.get()), Some(index));
        }
        prop_assert!(seen.iter().all(|&count| count == 1));
        for (tier, map) in export.tiers.iter() {
            for index in 0..map.annotations.len() as u32 {
                let annotation = AnnotationRef { tier, index };
                let mark = alignment.mark_of(annotation).and_then(|mark| alignment.mark(mark)).unwrap();
                prop_assert!(alignment.annotations_of(mark).contains(&annotation));
            }
        }
        let total: usize = alignment.marks.iter().map(|mark| mark.annotations.len()).sum();
        prop_assert_eq!(total, alignment.annotations.len());
        let order = |index: usize| {
            let finding = &alignment.findings[index];
            let start = finding.marks().map(|mark| alignment.marks[mark.get()].points.start).min();
            (finding.part, start)
        };
        prop_assert!((1..alignment.findings.len()).all(|index| order(index - 1) <= order(index)));
    }

    /// The order of annotations in the file changes nothing.
    #[test]
    fn shuffling_changes_nothing(
        (marked, shuffled) in any_marked(10).prop_flat_map(|marked| {
            let shuffle = |tier: Tier| match marked[tier].clone() {
                Some(given) => Just(given).prop_shuffle().prop_map(Some).boxed(),
                None => Just(None).boxed(),
            };
            let shuffled = (shuffle(Tier::Automated), shuffle(Tier::Primary), shuffle(Tier::Review))
                .prop_map(|(automated, primary, review)| PerTier([automated, primary, review]));
            (Just(marked.clone()), shuffled)
        })
    ) {
        let (_, alignment) = aligned(&[vec![marked]]);
        let (_, shuffled_alignment) = aligned(&[vec![shuffled]]);
        prop_assert_eq!(spelled_out(&alignment), spelled_out(&shuffled_alignment));
        let verdicts = |alignment: &Alignment| -> Vec<String> {
            alignment.findings.iter().map(|finding| finding.verdicts.to_string()).collect()
        };
        prop_assert_eq!(verdicts(&alignment), verdicts(&shuffled_alignment));
    }

    /// Taking the rejected annotations out of the file changes no pair of the others.
    #[test]
    fn leaving_rejected_out_changes_no_other_pair(marked in any_marked(12)) {
        let only_kept = PerTier(marked.0.clone().map(|given| {
            given.map(|given| given.into_iter().filter(|one| one.status.as_deref() != Some("rejected")).collect())
        }));
        let kept_pairs = |alignment: &Alignment, earlier: Tier, later: Tier| -> BTreeSet<String> {
            let spell = |index: usize| {
                let mark = &alignment.marks[index];
                format!("{} {:?} {:?}", mark.part.part, mark.points, mark.label)
            };
            pairs_of(&alignment.marks, earlier, later, false)
                .into_iter()
                .filter(|&(i, j)| !alignment.marks[i].rejected && !alignment.marks[j].rejected)
                .map(|(i, j)| format!("{} – {}", spell(i), spell(j)))
                .collect()
        };
        let ((_, whole), (_, kept)) = (aligned(&[vec![marked]]), aligned(&[vec![only_kept]]));
        for (earlier, later) in TIER_PAIRS {
            prop_assert_eq!(kept_pairs(&whole, earlier, later), kept_pairs(&kept, earlier, later));
        }
    }
}

/// Many small marks and one over all of them: nothing is compared that does not meet, or this would not end.
#[test]
fn a_message_with_fifty_thousand_annotations() {
    let given = |tier: u32| -> Vec<Given> {
        (0..16_667u32)
            .map(|nth| Given {
                part: 0,
                start: nth * 6 + tier,
                end: if nth == 0 { 120_000 } else { nth * 6 + tier + 5 },
                label: Some(if nth % 2 == 0 { "A" } else { "B" }.to_owned()),
                status: (nth % 7 == 0).then(|| "rejected".to_owned()),
            })
            .collect()
    };
    let (_, alignment) = aligned(&[vec![PerTier([Some(given(0)), Some(given(1)), Some(given(2))])]]);
    assert_eq!(alignment.marks.len(), 50_001);
    assert_eq!(alignment.findings.len(), 16_667);
    assert!(alignment.findings.iter().all(|finding| finding.marks().count() == 3));
}

/// A mark's index costs nothing beside its absence.
#[test]
fn absent_marks_are_free() {
    assert_eq!(size_of::<Option<MarkIndex>>(), 4);
    assert_eq!(MarkIndex::new(7).map(MarkIndex::get), Some(7));
    assert_eq!(MarkIndex::new(u32::MAX as usize), None);
}

/// Where a tier lacks a finding and could not be anchored on the same message, the alignment says so; elsewhere not.
#[test]
fn what_is_lacking_may_be_unanchored() {
    let given = |start| Given { part: 0, start, end: start + 5, label: Some("A".to_owned()), status: None };
    let marked = PerTier([Some(vec![given(0)]), Some(vec![]), None]);
    let (export, alignment) = aligned(&[vec![marked]]);
    let finding = alignment.findings[0];
    assert!(Tier::ALL.iter().all(|&tier| !alignment.may_be_unanchored(&finding, tier)));
    let message = MessageRef { conversation: 0, message: 0 };
    let unplaced = Tier::ALL.map(|tier| Unplaced {
        annotation: AnnotationRef { tier, index: 9 },
        message: Some(message),
        reason: Reason::TextNotFound,
    });
    let mut again = Alignment::default();
    let places = [Place {
        annotation: AnnotationRef { tier: Tier::Automated, index: 0 },
        part: PartRef { message, part: 0 },
        points: Span::points(0, 5),
        bytes: Span::bytes(0, 5),
        how: How::Relocated,
    }];
    let looked = PerTier([true, true, false]);
    again.add(&export, MessageToAlign { message, places: &places, unplaced: &unplaced, looked });
    let may_be = Tier::ALL.map(|tier| again.may_be_unanchored(&again.findings[0], tier));
    assert_eq!(may_be, [false, true, false]);
    assert_eq!(again.findings_of(message).1.len(), 1);
}
