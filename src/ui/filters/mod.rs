//! What is filtered by, and what there is to filter by: the same on every screen.
//!
//! Belongs here: chips, the options of a facet with their counts, the pane of all facets, pasted ids. Does not belong
//! here: what a filter lets through (`state::filter`), where on a screen these stand.

mod chips;
mod ids;
mod making;
mod options;
mod pane;

pub use chips::{FilterChips, OutsideFilters, refocus};
pub use ids::{IdsField, Missing};
pub use making::follow_export;
pub use options::{FacetMenu, Options, Toggle};
pub use pane::{FilterButton, FilterPane};

use crate::state::AppState;
use crate::state::filter::{Facet, FacetCounts};
use crate::state::route::Screen;
use crate::ui::later::once_drawn;
use leptos::prelude::*;
use std::sync::Arc;

/// How much each choice would let through, computed when it is first looked at.
#[derive(Clone, Copy)]
pub struct Counts(Memo<Option<Arc<FacetCounts>>>);

impl Counts {
    /// The counts under the filters of the address; once what these let through has been drawn.
    pub fn of(state: AppState) -> Self {
        let drawn = once_drawn(move || state.filtered.track());
        Counts(Memo::new_with_compare(
            move |_| {
                drawn.track();
                let opened = state.opened.get()?;
                let filtered = untrack(move || state.filtered.get())?;
                Some(Arc::new(FacetCounts::of(&opened, filtered.filter())))
            },
            |_, _| true,
        ))
    }

    /// What is there on the screen of the address if this value of a facet is chosen: conversations or findings.
    fn get(self, state: AppState, facet: Facet, value: usize) -> Option<usize> {
        let of_conversations = state.route.with(|route| route.screen == Screen::Conversations);
        self.0.with(|counts| {
            let counts = counts.as_ref()?;
            Some(match of_conversations {
                true => counts.conversations(facet, value),
                false => counts.findings(facet, value),
            })
        })
    }

    /// What is made of the counts once there are any.
    pub fn with<T>(self, make: impl FnOnce(&FacetCounts) -> T) -> Option<T> {
        self.0.with(|counts| counts.as_deref().map(make))
    }
}
