//! The keys that lead to the search and through its hits.

use super::open;
use crate::browser::focus;
use crate::state::AppState;
use crate::state::load::Stage;
use crate::state::navigate::Step;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

/// Does what a key with a modifier, or a function key, means to the search. `false` if it means nothing to it: in the
/// search field, Ctrl+F is the browser's own.
pub fn act_on_key(state: AppState, event: &KeyboardEvent) -> bool {
    let is_covered = state.question.with_untracked(Option::is_some) || state.keys_open.get_untracked();
    if event.alt_key() || is_covered || !is_on_export(state) {
        return false;
    }
    let is_command = event.ctrl_key() != event.meta_key();
    let is_searching = state.search_open.with_untracked(Option::is_some);
    let step = if event.shift_key() { Step::Back } else { Step::On };
    match event.key().as_str() {
        "f" if is_command && !event.shift_key() && !focus::is_on(".search input") => open(state),
        "F3" if is_searching => state.step_hit(step),
        "g" | "G" if is_command && is_searching => state.step_hit(step),
        _ => return false,
    }
    true
}

fn is_on_export(state: AppState) -> bool {
    let has_export = untrack(move || state.has_export());
    let choosing = state.choosing.get_untracked();
    let stage = state.loads.with_untracked(|loads| loads.stage(choosing, has_export));
    stage == Stage::Export && !untrack(move || state.shows_help())
}
