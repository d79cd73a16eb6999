//! All facets in one pane, over the list of conversations; on a phone also over the table of findings.

use super::{Counts, IdsField, Options, Toggle};
use crate::browser::{focus, locale};
use crate::state::agreement::Opening;
use crate::state::filter::{Facet, chips};
use crate::state::route::{Route, Screen};
use crate::state::{AppState, Opened};
use crate::ui::icons::{Icon, Symbol};
use crate::ui::live::live;
use leptos::prelude::*;
use std::sync::Arc;

/// The facets of the pane, each behind a line of its own.
const FOLDED: [Facet; 8] = [
    Facet::Verdict,
    Facet::Status,
    Facet::Anchor,
    Facet::Kind,
    Facet::Role,
    Facet::Model,
    Facet::Provider,
    Facet::Finish,
];

/// Opens and closes the pane of filters; says how many things are filtered by.
#[component]
pub fn FilterButton(
    /// Whether the pane is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let state = expect_context::<AppState>();
    let count = Memo::new(move |_| state.route.with(|route| chips(route).len()));
    let name = move || match count.get() {
        0 => "Filters".to_owned(),
        1 => "Filters, 1 chosen".to_owned(),
        count => format!("Filters, {count} chosen"),
    };
    view! {
        <button
            type="button"
            class="icb filter"
            data-filters=""
            aria-label=name
            title="Filters"
            aria-expanded=move || open.get().to_string()
            disabled=move || state.opened.with(Option::is_none)
            on:click=move |_| open.update(|open| *open = !*open)
        >
            <Icon name=Symbol::Filter/>
            {live(move || (count.get() > 0).then(|| view! { <span class="dot" aria-hidden="true"></span> }))}
        </button>
    }
}

/// The pane. Escape closes it, and the keyboard is back on the button that opened it.
#[component]
pub fn FilterPane(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// Whether what is filtered are the rows of a score, which have labels and messages, and no counts.
    #[prop(optional, into)]
    of_a_score: Signal<bool>,
) -> impl IntoView {
    let state = expect_context::<AppState>();
    live(move || {
        let opened = state.opened.get().filter(|_| open.get())?;
        let of_a_score = of_a_score.get();
        Some(view! { <Whole opened open of_a_score/> })
    })
}

fn close(open: RwSignal<bool>) {
    open.set(false);
    focus::focus("[data-filters]");
}

#[component]
fn Whole(opened: Arc<Opened>, open: RwSignal<bool>, of_a_score: bool) -> impl IntoView {
    let state = expect_context::<AppState>();
    let counts = (!of_a_score).then(|| Counts::of(state));
    let known = Signal::stored(counts);
    request_animation_frame(|| {
        focus::focus(".filterpane .close");
    });
    let on_key = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Escape" {
            event.prevent_default();
            event.stop_propagation();
            close(open);
        }
    };
    let folded =
        FOLDED.into_iter().map(|facet| view! { <Folded opened=opened.clone() facet counts is_open=false/> });
    let folded = folded.collect::<Vec<_>>();
    let is_filtered = Memo::new(move |_| state.route.with(|route| !chips(route).is_empty()));
    view! {
        <section class="filterpane" aria-label="Filters" on:keydown=on_key>
            <header>
                <h2>"Filters"</h2>
                {counts.map(|_| view! { <span class="q">{counted_in(state)}</span> })}
                <button type="button" class="icb close" aria-label="Close the filters" on:click=move |_| close(open)>
                    <Icon name=Symbol::Close/>
                </button>
            </header>
            <div class="facetlist">
                <div class="toggles">
                    {(!of_a_score).then(|| view! { <Toggle facet=Facet::Difference words="Has differences" counts=known/> })}
                    <Toggle facet=Facet::Unreviewed words="Not reviewed" counts=known/>
                </div>
                <Folded opened=opened.clone() facet=Facet::Label counts is_open=true/>
                {folded}
                <IdsField/>
            </div>
            <footer>
                <button
                    type="button"
                    class="btn btn-q"
                    disabled=move || !is_filtered.get()
                    on:click=move |_| {
                        state.clear_filters();
                    }
                >
                    "Clear all"
                </button>
                <button type="button" class="btn btn-1" on:click=move |_| close(open)>{move || what_is_left(state)}</button>
            </footer>
        </section>
    }
}

/// What the counts beside the values are of.
fn counted_in(state: AppState) -> &'static str {
    let of_conversations = state.route.with_untracked(|route| route.screen == Screen::Conversations);
    if of_conversations { "counted in conversations" } else { "counted in findings" }
}

/// What closing the pane leads to: `Show 12 conversations`.
fn what_is_left(state: AppState) -> String {
    let (screen, of_a_score) = state.route.with(|route| (route.screen, Opening::of(route).is_some()));
    if screen == Screen::Conversations {
        let count = state.listed.with(|listed| listed.len());
        return format!("Show {}", locale::counted(count as u64, "conversation", "conversations"));
    }
    let (opened, filtered) = (state.opened.get(), state.filtered.get());
    match opened.zip(filtered).filter(|_| !of_a_score) {
        Some((opened, filtered)) => {
            let count = filtered.count_of_findings(&opened);
            format!("Show {}", locale::counted(count as u64, "finding", "findings"))
        }
        None => "Show the rows".to_owned(),
    }
}

/// A facet behind a line that says how many of its values are chosen. Nothing where an export leaves no choice.
#[component]
fn Folded(
    opened: Arc<Opened>,
    facet: Facet,
    counts: Option<Counts>,
    /// Whether it stands open at first; one of which something is chosen always does.
    is_open: bool,
) -> impl IntoView {
    let state = expect_context::<AppState>();
    let chosen = Memo::new(move |_| state.route.with(|route: &Route| facet.chosen(route).len()));
    if opened.facets().values(facet).len() < 2 && chosen.get_untracked() == 0 {
        return ().into_any();
    }
    let open = RwSignal::new(is_open || chosen.get_untracked() > 0);
    let options = live(move || open.get().then(|| view! { <Options opened=opened.clone() facet counts/> }));
    view! {
        <div class="facet">
            <button
                type="button"
                aria-expanded=move || open.get().to_string()
                on:click=move |_| open.update(|open| *open = !*open)
            >
                <Icon name=Symbol::Chevron/>
                {facet.title()}
                {live(move || (chosen.get() > 0).then(|| view! { <span class="n">{chosen.get()}" chosen"</span> }))}
            </button>
            {options}
        </div>
    }
    .into_any()
}
