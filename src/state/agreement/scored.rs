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

/// A comparison that is being added up, part by part: each walks all that was compared.
#[derive(Clone, Debug)]
pub struct Scoring {
    request: Request,
    compared: Compared,
    scores: Scores,
    groups: Vec<(Breakdown, Vec<Group>)>,
}

impl Scoring {
    /// Adds up the scores.
    pub fn begin(opened: &Opened, request: Request, compared: Compared) -> Self {
        let scores = Scores::of(&opened.export, &opened.alignment, &compared);
        Scoring { request, compared, scores, groups: Vec::new() }
    }

    /// Tells the scores apart by one field more. Returns whether that was the last.
    pub fn step(&mut self, opened: &Opened) -> bool {
        if let Some(&by) = Breakdown::ALL.get(self.groups.len()) {
            self.groups.push((by, breakdowns(opened, &self.request, &self.compared, by)));
        }
        self.groups.len() == Breakdown::ALL.len()
    }

    /// The comparison with its figures.
    pub fn finish(mut self, opened: &Opened) -> Scored {
        while !self.step(opened) {}
        let Scoring { request, compared, scores, mut groups } = self;
        groups.retain(|(_, all)| all.iter().any(|one| one.value.is_some()));
        Scored {
            noisy: noisy_pairs(&opened.export, &opened.alignment, &compared).len(),
            left_out: left_out(opened, &request),
            scores,
            request,
            compared,
            groups,
        }
    }
}

impl Scored {
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
