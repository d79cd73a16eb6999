//! What the table can be filtered by, what it is filtered by, and how many rows are left.

use crate::state::filter::Facet;
use crate::state::{AppState, Opened};
use crate::ui::filters::{Counts, FacetMenu, FilterButton, FilterChips, FilterPane, IdsField, Toggle};
use crate::ui::icons::{Icon, Symbol};
use crate::ui::live::{each, live};
use crate::ui::menu::Menu;
use leptos::prelude::*;
use std::sync::Arc;

/// The menus of facets that only findings have; the rows of a score are what a number says.
const OF_FINDINGS: [Facet; 4] = [Facet::Status, Facet::Anchor, Facet::Tier, Facet::Kind];
/// The menus of facets that messages have, which scores know too.
const OF_MESSAGES: [Facet; 4] = [Facet::Role, Facet::Model, Facet::Provider, Facet::Finish];

/// The menus, the chips, and how many rows are left. On a phone one button in place of the menus.
#[component]
pub fn Filters(
    /// The export.
    opened: Arc<Opened>,
    /// Whether the table shows findings, not the rows of a score.
    is_plain: Memo<bool>,
    /// How much each choice would let through.
    counts: Counts,
    /// How many rows there are.
    said: impl Fn() -> String + Send + Sync + 'static,
) -> impl IntoView {
    // Counts are of findings: where rows are those of a score they would mislead.
    let known = Signal::derive(move || is_plain.get().then_some(counts));
    let open = RwSignal::new(false);
    let menus =
        |all: [Facet; 4]| each(all, |facet| view! { <FacetMenu opened=opened.clone() facet counts=known/> });
    view! {
        <div class="filters">
            <div class="only-narrow"><FilterButton open/></div>
            <div class="menus wide" role="group" aria-label="Filters" data-filters="" tabindex="-1">
                <FacetMenu opened=opened.clone() facet=Facet::Label counts=known/>
                <div class="menus" hidden=move || !is_plain.get()>{menus(OF_FINDINGS)}</div>
                {menus(OF_MESSAGES)}
                <Toggle facet=Facet::Unreviewed words="Not reviewed" counts=known/>
                <Ids/>
            </div>
            <FilterChips/>
            <span class="end n" role="status">{said}</span>
        </div>
        <FilterPane open of_a_score=Signal::derive(move || !is_plain.get())/>
    }
}

/// The field for ids under a button.
#[component]
fn Ids() -> impl IntoView {
    let state = expect_context::<AppState>();
    let value = live(move || match state.route.with(|route| route.ids.len()) {
        0 => "any".to_owned(),
        count => count.to_string(),
    });
    let face = view! { <span>"Ids: "{value}</span><Icon name=Symbol::Chevron/> }.into_any();
    view! { <Menu button="btn" label="Ids" named_by_face=true face stays=true><IdsField/></Menu> }
}
