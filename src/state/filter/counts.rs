//! How much each choice would let through.

use super::super::Opened;
use super::Filter;
use super::facet::Facet;
use super::filtered::Limits;
use labelscope_core::logic::facets::Count;

/// For each value of each facet how many findings, and how many conversations, it would let through if it were what is
/// chosen of its facet, everything else staying as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetCounts {
    /// By facet and value: findings as things, conversations as groups.
    by_value: Vec<Vec<Count>>,
    /// Findings whatever their verdicts.
    of_any_verdict: usize,
}

impl FacetCounts {
    /// Counts under a filter. Linear in the number of findings and messages.
    pub fn of(opened: &Opened, filter: &Filter) -> Self {
        let facets = opened.facets();
        let limits = Limits::of(opened, filter);
        let items = facets.sieve_of_items(filter, limits.items.as_deref());
        let mut by_value = items.counts();
        if !filter.asks_for_findings() {
            // With nothing asked of findings, conversations are let through by their messages.
            let messages = facets.sieve_of_messages(filter, limits.messages.as_deref()).counts();
            for ((facet, counts), messages) in Facet::ALL.into_iter().zip(&mut by_value).zip(messages) {
                if facet.is_of_messages() || facet == Facet::Kind {
                    counts.resize(counts.len().max(messages.len()), Count::default());
                    for (count, messages) in counts.iter_mut().zip(messages) {
                        count.groups = messages.groups;
                    }
                }
            }
        }
        let of_any_verdict = items.count_apart_from(Facet::Verdict.apart_from()).things as usize;
        FacetCounts { by_value, of_any_verdict }
    }

    /// How many findings a value of a facet, by its place among the values, would let through.
    pub fn findings(&self, facet: Facet, value: usize) -> usize {
        self.count(facet, value).things as usize
    }

    /// How many conversations it would let through.
    pub fn conversations(&self, facet: Facet, value: usize) -> usize {
        self.count(facet, value).groups as usize
    }

    /// How many findings would be let through if nothing were asked of verdicts and differences.
    pub fn findings_of_any_verdict(&self) -> usize {
        self.of_any_verdict
    }

    fn count(&self, facet: Facet, value: usize) -> Count {
        let counts = self.by_value.get(facet as usize).and_then(|counts| counts.get(value));
        counts.copied().unwrap_or_default()
    }
}
