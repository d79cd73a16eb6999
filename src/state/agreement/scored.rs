//! A comparison with everything that the Agreement screen says of it, but for the intervals, which take longer.

use super::super::Opened;
use super::{Breakdown, Group, LeftOut, Request, breakdowns, left_out};
use labelscope_core::domain::Tier;
use labelscope_core::logic::score::{Compared, Criterion, Scores, noisy_pairs};

/// A comparison with its figures.
#[derive(Clone, Debug)]
pub struct Scored {
    /// What was asked for.
    pub request: Request,
    /// What was compared.
    pub compared: Compared,
    /// What it adds up to.
    pub scores: Scores,
    /// Pairs that boundary noise alone keeps from being right by the strict criterion.
    pub noisy: usize,
    /// How the annotations in scope are anchored.
    pub left_out: LeftOut,
    /// The scores by role, model and provider, in the order of `Breakdown::ALL`; none where no message has one.
    pub groups: Vec<(Breakdown, Vec<Group>)>,
}

impl Scored {
    /// Adds up what was compared.
    pub fn of(opened: &Opened, request: Request, compared: Compared) -> Self {
        let scores = Scores::of(&opened.export, &opened.alignment, &compared);
        let groups = Breakdown::ALL.map(|by| (by, breakdowns(opened, &request, &compared, by)));
        let groups =
            groups.into_iter().filter(|(_, all)| all.iter().any(|one| one.value.is_some())).collect();
        Scored {
            noisy: noisy_pairs(&opened.export, &opened.alignment, &compared).len(),
            left_out: left_out(opened, &request),
            request,
            compared,
            scores,
            groups,
        }
    }

    /// The candidate and the reference.
    pub fn tiers(&self) -> (Tier, Tier) {
        let pair = self.request.comparison.pair;
        (pair.candidate, pair.reference)
    }

    /// Why there is no score; `None` where there is one.
    pub fn why_none(&self) -> Option<String> {
        let (candidate, reference) = self.tiers();
        let these = if self.request.messages.is_empty() { "" } else { " of those chosen" };
        let scope = self.compared.scope;
        if scope.messages == 0 && scope.candidate_never_looked > 0 {
            return Some(format!(
                "{candidate} looked at none of the messages{these} that {reference} looked at, and those are left out."
            ));
        }
        if scope.messages == 0 {
            return Some(format!(
                "{reference} looked at no message{these}, so there is nothing to measure {candidate} against."
            ));
        }
        let counts = self.scores.micro(Criterion::AnyLabel);
        (counts.candidate == 0 && counts.reference == 0).then(|| {
            format!("Neither {candidate} nor {reference} marked anything on the messages{these} that {reference} looked at.")
        })
    }
}
