//! The flow of the project: what became of the detector's marks, and who added to them.

use super::super::route::Flow;
use labelscope_core::domain::Tier;
use labelscope_core::logic::align::{Alignment, Finding, Presence};
use std::collections::BTreeMap;

/// What a finding counts as in the flow; `None` where the detector has no mark in it and nobody added one to what it
/// looked at.
pub fn flow_of(alignment: &Alignment, finding: &Finding) -> Option<Flow> {
    match alignment.mark_in(finding, Tier::Automated) {
        Some(_) => Some(became(alignment, finding)),
        None => added(alignment, finding),
    }
}

/// What became of the detector's mark, by the last later tier that looked.
fn became(alignment: &Alignment, finding: &Finding) -> Flow {
    let mark = |tier: Tier| alignment.mark_in(finding, tier);
    let is_rejected = |tier: Tier| mark(tier).is_some_and(|mark| mark.rejected);
    let later = [Tier::Review, Tier::Primary];
    let last = later.into_iter().find(|&tier| finding.presence[tier] != Presence::NotLooked);
    let was_rejected = Tier::ALL.into_iter().any(is_rejected);
    let Some(last) = last else { return Flow::Uncompared };
    match (mark(Tier::Automated), mark(last), finding.presence[last]) {
        _ if is_rejected(last) => Flow::Rejected,
        (Some(first), Some(kept), _) if first.label != kept.label => Flow::Relabeled,
        (Some(first), Some(kept), _) if first.points != kept.points => Flow::Resized,
        (_, Some(_), _) => Flow::Kept,
        _ if was_rejected => Flow::Rejected,
        (_, None, Presence::Covers(_)) => Flow::Covered,
        _ => Flow::Removed,
    }
}

fn added(alignment: &Alignment, finding: &Finding) -> Option<Flow> {
    let is_kept = |tier: Tier| alignment.mark_in(finding, tier).is_some_and(|mark| !mark.rejected);
    let (automated, primary) = (finding.presence[Tier::Automated], finding.presence[Tier::Primary]);
    match (automated, primary) {
        (Presence::Lacks, Presence::Holds(_)) => is_kept(Tier::Primary).then_some(Flow::AddedPrimary),
        (Presence::Lacks, Presence::Lacks | Presence::NotLooked) | (Presence::NotLooked, Presence::Lacks) => {
            is_kept(Tier::Review).then_some(Flow::AddedReview)
        }
        _ => None,
    }
}

/// How many findings count as what; what does not occur is not there.
pub fn flows(alignment: &Alignment) -> BTreeMap<Flow, usize> {
    let mut counts = BTreeMap::new();
    for flow in alignment.findings.iter().filter_map(|finding| flow_of(alignment, finding)) {
        *counts.entry(flow).or_insert(0) += 1;
    }
    counts
}

/// One band of the drawing: from where on the left to where on the right, in pixels from the top.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Band {
    /// What it stands for.
    pub flow: Flow,
    /// How many findings.
    pub count: usize,
    /// Top and bottom at its start.
    pub from: (f64, f64),
    /// Top and bottom at its end.
    pub to: (f64, f64),
    /// The height of its line of text, in the middle of which it ends.
    pub line: f64,
}

/// How thick all bands are together, the lowest line of text, the thinnest band, and the gap between what the detector
/// marked and what was added, in pixels.
const ALL_BANDS: f64 = 200.0;
const LINE: f64 = 28.0;
const THINNEST: f64 = 1.5;
const GAP: f64 = 16.0;

/// The bands of the flow, from top to bottom: what became of the detector's marks, then what was added; each as thick as
/// its share. They end where their lines of text stand.
pub fn bands(counts: &BTreeMap<Flow, usize>) -> Vec<Band> {
    let total: usize = counts.values().sum();
    let thickness = |count: usize| (count as f64 / total.max(1) as f64 * ALL_BANDS).max(THINNEST);
    let is_added = |flow: Flow| matches!(flow, Flow::AddedPrimary | Flow::AddedReview);
    let lines: f64 = counts.values().map(|&count| thickness(count).max(LINE)).sum();
    let has_both = counts.keys().any(|&flow| is_added(flow)) && counts.keys().any(|&flow| !is_added(flow));
    let thick: f64 = counts.values().map(|&count| thickness(count)).sum();
    let gap = if has_both { GAP } else { 0.0 };
    let (mut left, mut right) = (((lines - thick - gap) / 2.0).max(0.0), 0.0);
    let mut gap_left = gap;
    let mut bands = Vec::with_capacity(counts.len());
    for (&flow, &count) in counts {
        if is_added(flow) {
            left += std::mem::take(&mut gap_left);
        }
        let thick = thickness(count);
        let line = thick.max(LINE);
        let end = right + (line - thick) / 2.0;
        bands.push(Band { flow, count, from: (left, left + thick), to: (end, end + thick), line });
        left += thick;
        right += line;
    }
    bands
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::findings::tests::exports;
    use proptest::prelude::*;

    #[test]
    fn every_mark_of_the_detector_is_in_one_band() {
        for (name, opened) in exports("every_mark_of_the_detector_is_in_one_band") {
            let counts = flows(&opened.alignment);
            let added = [Flow::AddedPrimary, Flow::AddedReview];
            let of_detector: usize =
                counts.iter().filter(|(flow, _)| !added.contains(flow)).map(|(_, count)| count).sum();
            let marks = opened.alignment.marks.iter().filter(|mark| mark.tier == Tier::Automated).count();
            assert_eq!(of_detector, marks, "{name}");
        }
    }

    proptest! {
        #[test]
        fn bands_lie_one_below_the_other(counts in prop::collection::vec(1..10_000usize, 9)) {
            use Flow::*;
            let all = [Kept, Resized, Relabeled, Covered, Rejected, Removed, Uncompared, AddedPrimary, AddedReview];
            let counts: BTreeMap<Flow, usize> = all.into_iter().zip(counts).collect();
            let bands = bands(&counts);
            prop_assert_eq!(bands.len(), 9);
            for two in bands.windows(2) {
                prop_assert!(two[0].from.1 <= two[1].from.0 + 1e-9 && two[0].to.1 <= two[1].to.0 + 1e-9);
            }
            for band in bands {
                let (start, end) = (band.from.1 - band.from.0, band.to.1 - band.to.0);
                prop_assert!((start - end).abs() < 1e-9 && start >= THINNEST - 1e-9 && band.line >= LINE);
            }
        }
    }
}
