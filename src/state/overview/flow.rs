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
