//! The filter of the whole app: what an address lets through of an export, on every screen, and how much would be let
//! through by every other choice.
//!
//! Belongs here: facets, what is chosen of them, what follows from that for findings, annotations, messages and
//! conversations; the words for it. Does not belong here: the walk over columns of numbers
//! (`labelscope_core::logic::facets`), the rows of a score (`agreement`), orders (`findings`, `listed`).
//!
//! How facets combine. Values of one facet are alternatives, facets are conditions that all have to hold.
//!
//! * A *finding* is let through where its own facets (label, verdict, differences, status, anchor, tier) and those of its
//!   message (role, model, provider, finish reason, not reviewed) hold. It bears the labels, statuses and anchors of all
//!   its annotations, and the kind of the part that it sits in.
//! * An *annotation that sits in no text* is let through by the same rule; it bears no verdict, and its anchor is
//!   `unanchored`.
//! * A *message* is let through by the facets of messages alone; it bears the kinds of all its parts.
//! * A *conversation* is let through where a finding or an unanchored annotation of it is; where no facet of findings is
//!   chosen, where a message of it is. Which tiers are shown is no reason to leave one out: that is a way of looking at a
//!   text, and what one is reading must not leave the list for it. It does narrow findings and differences.
//! * *What changed* lets through the findings that are others than in the export that was on screen before, and the messages
//!   on which anything is.
//! * An *id* lets through what it names with everything in it: the conversation, the message, or the finding that the
//!   annotation is in.
//!
//! "Not reviewed" means that another tier looked at the message and review did not: of a message that nobody looked at
//! there is nothing to review. An address that opens the rows of a score filters by labels and messages alone, since the
//! number that it opens says everything else.

mod chips;
mod counts;
mod facet;
mod facets;
mod filtered;
mod named;
#[cfg(test)]
mod tests;

pub use chips::{Chip, chips, flow_in_words, heading};
pub use counts::FacetCounts;
pub use facet::{Facet, FacetValue};
pub use facets::{Facets, FacetsUnderWay};
pub use filtered::{Filtered, Messages};
pub use named::{Named, ids_in, pasted_ids};

use super::agreement::Opening;
use super::route::Route;
use labelscope_core::domain::PerTier;

/// What of an address filters. Two of these are equal where the same is chosen, whatever screen or selection the
/// addresses name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter(Route);

impl Filter {
    /// What an address filters by.
    pub fn of(route: &Route) -> Self {
        let Filter(mut only) = Filter::of_messages(route);
        only.labels.clone_from(&route.labels);
        only.tiers = route.tiers;
        if Opening::of(route).is_none() {
            only.verdicts.clone_from(&route.verdicts);
            only.statuses.clone_from(&route.statuses);
            only.anchors.clone_from(&route.anchors);
            only.kinds.clone_from(&route.kinds);
            only.differences = route.differences;
            only.noise = route.noise;
            only.changed = route.changed;
            only.flow = route.flow;
        }
        Filter(only)
    }

    /// What of it filters messages; scores count no others.
    pub fn of_messages(route: &Route) -> Self {
        Filter(Route {
            roles: route.roles.clone(),
            models: route.models.clone(),
            providers: route.providers.clone(),
            finish: route.finish.clone(),
            ids: route.ids.clone(),
            unreviewed: route.unreviewed,
            ..Route::default()
        })
    }

    /// Whether it lets everything through.
    pub fn is_empty(&self) -> bool {
        *self == Filter::default()
    }

    /// Whether it asks for anything beyond which tiers are shown.
    pub fn narrows(&self) -> bool {
        *self != Filter(Route { tiers: self.0.tiers, ..Route::default() })
    }

    /// Which tiers are shown.
    pub fn tiers(&self) -> PerTier<bool> {
        self.0.shown_tiers()
    }

    /// Whether it asks for something that only findings and annotations have.
    fn asks_for_findings(&self) -> bool {
        let Filter(route) = self;
        let lists = [&route.labels, &route.verdicts, &route.statuses, &route.anchors];
        lists.iter().any(|list| !list.is_empty()) || route.differences || route.noise || route.flow.is_some()
    }
}
