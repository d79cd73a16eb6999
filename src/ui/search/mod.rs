//! The search: its field, its results in place of the list of conversations, and its hits painted in the text.
//!
//! Belongs here: what is seen of a search, when one begins, and which keys lead through it. Does not belong here: what is
//! a hit (`labelscope_core::logic::search`), which one is the current one (`state::search`).
//!
//! Invariants: nothing of a search ever stands in the address; nothing waits for a search beyond its first moment, typing
//! least of all; while the pane is closed nothing is searched and nothing is painted.

mod field;
mod keys;
mod painter;
mod results;
mod reveal;
mod running;

use super::icons::{Icon, Symbol};
use crate::browser::focus::{self, Focused};
use crate::state::AppState;
use crate::state::route::Screen;
use field::{Field, Way};
pub use keys::act_on_key;
use labelscope_core::logic::search::Options;
use leptos::prelude::*;
use painter::HitPainter;
use results::Results;
use std::cell::RefCell;

thread_local! {
    /// There is one page, and so one of these. Not in the state, which knows no browser.
    static CAME_FROM: RefCell<Option<CameFrom>> = const { RefCell::new(None) };
}

/// Where a person was before they searched, to come back to.
struct CameFrom {
    screen: Screen,
    focused: Option<Focused>,
}

/// Opens the search and moves the focus to its field, from wherever in an export.
pub fn open(state: AppState) {
    if state.search_open.with_untracked(Option::is_none) {
        let screen = state.route.with_untracked(|route| route.screen);
        CAME_FROM.replace(Some(CameFrom { screen, focused: Focused::now() }));
    }
    state.choosing.set(false);
    if state.route.with_untracked(|route| route.screen != Screen::Conversations) {
        state.route.update(|route| route.screen = Screen::Conversations);
    }
    state.search_open.update(|asked| *asked = Some(asked.unwrap_or_default() + 1));
}

/// Opens the search for exactly this text, case counting: where else it stands, marked or not.
pub fn search_for(state: AppState, text: &str) {
    let options = Options { match_case: true, whole_word: false };
    match state.search_open.with_untracked(Option::is_some) {
        true => running::ask(state, text, options),
        // The pane searches for what stands in its field once it is there.
        false => state.search.update(|search| _ = search.ask(text, options)),
    }
    open(state);
}

/// Leaves the search: for where a person came from, unless a hit led them elsewhere.
pub fn close(state: AppState) {
    let Some(came) = CAME_FROM.take() else { return state.search_open.set(None) };
    let went = state.search.with_untracked(|search| search.visit().is_some());
    state.search.update(|search| search.leave());
    state.search_open.set(None);
    if !went && state.route.with_untracked(|route| route.screen != came.screen) {
        state.route.update(|route| route.screen = came.screen);
    }
    // After what was there before is on the page again.
    request_animation_frame(move || {
        if !came.focused.is_some_and(|focused| focused.come_back()) {
            focus::focus("#main");
        }
    });
}

/// The button of the header that opens the search.
#[component]
pub fn FindButton() -> impl IntoView {
    let state = expect_context::<AppState>();
    view! {
        <button
            class="find"
            type="button"
            aria-label="Search"
            aria-keyshortcuts="/ Control+F Meta+F"
            title="Search (/)"
            on:click=move |_| open(state)
        >
            <Icon name=Symbol::Search/>
            <span>"Search"</span>
            <kbd>"/"</kbd>
        </button>
    }
}

/// The search, in place of the list of conversations.
#[component]
pub fn SearchPane(
    /// Whether a window too narrow for three panes shows this one in place of the text.
    listing: RwSignal<bool>,
) -> impl IntoView {
    let state = expect_context::<AppState>();
    running::follow_export(state);
    on_cleanup(move || {
        listing.try_set(false);
    });
    view! {
        <aside class="pane list search" role="search" aria-label="The whole export">
            <div class="bar">
                <Field listing/>
                <button type="button" class="icb" aria-label="Close the search" title="Close the search (Esc)" on:click=move |_| close(state)>
                    <Icon name=Symbol::Close/>
                </button>
            </div>
            <Way/>
            <Results listing/>
            <HitPainter/>
        </aside>
    }
    .into_any()
}
