//! The chips of what is filtered by, and the word about a selection that is filtered out.

use super::Missing;
use crate::browser::focus;
use crate::state::AppState;
use crate::state::filter::{Chip, chips};
use crate::ui::chips::Swatch;
use crate::ui::icons::{Icon, Symbol};
use crate::ui::live::{While, each, live};
use crate::ui::strap::way_on;
use crate::ui::verbatim::verbatim;
use leptos::prelude::*;

/// What the address filters by; each can be taken away, and all at once.
#[component]
pub fn FilterChips() -> impl IntoView {
    let state = expect_context::<AppState>();
    let active = Memo::new(move |_| state.route.with(chips));
    let chip = move |chip: Chip| {
        let name = format!("Remove filter {}", chip.words);
        let swatch = chip.label.map(|label| {
            let place = move || state.opened.with(|opened| opened.as_ref()?.labels.place_of(&label));
            view! { <Swatch place=Signal::derive(place)/> }
        });
        let remove = move |_| {
            state.route.set(chip.without.clone());
            refocus();
        };
        view! {
            <button type="button" class="chip" aria-label=name on:click=remove>
                {swatch}<span dir="auto">{verbatim(&chip.words)}</span><Icon name=Symbol::Close/>
            </button>
        }
    };
    let clear = move |_| {
        state.clear_filters();
        refocus();
    };
    view! {
        <While when=move || active.with(|active| !active.is_empty())>
            <div class="chosen" role="group" aria-label="Filtered by">
                {live(move || each(active.get(), chip))}
                <button type="button" class="btn btn-q" aria-keyshortcuts="c" title="Clear all filters (c)" on:click=clear>
                    "Clear all"
                </button>
            </div>
            <Missing/>
        </While>
    }
}

/// Where the keyboard goes after what it was on was taken away: to the next chip, else to where filters are chosen.
pub fn refocus() {
    request_animation_frame(|| {
        if focus::is_nowhere() {
            let _ = focus::focus(".chosen .chip") || focus::focus("[data-filters]");
        }
    });
}

/// Says that what is selected is filtered out, and lets everything through again.
#[component]
pub fn OutsideFilters(
    /// Whether it is.
    #[prop(into)]
    is_outside: Signal<bool>,
) -> impl IntoView {
    let state = expect_context::<AppState>();
    let clear = move || {
        state.clear_filters();
    };
    view! {
        <While when=move || is_outside.get()>
            <p class="strap" role="status">
                "Outside the filters, shown since it is selected."
                {way_on("Clear all filters", clear)}
            </p>
        </While>
    }
}
