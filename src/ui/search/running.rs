//! A search from its first text to its last, in slices of a few milliseconds.

use crate::browser::pause::Slices;
use crate::browser::timing;
use crate::state::AppState;
use crate::state::search::SearchId;
use crate::ui::live::effect;
use labelscope_core::logic::search::{Hit, Options, Query, Searching};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// How many bytes are looked through between two looks at the clock.
const STEP: usize = 256 * 1024;
/// How often hits are handed to the screen, in milliseconds.
const PUBLISH_MS: f64 = 100.0;
/// How long a search waits for more of an export that still arrives, in milliseconds.
const WAIT_MS: i32 = 200;

/// Searches for `text`, in place of whatever is being searched for.
pub(super) fn ask(state: AppState, text: &str, options: Options) {
    timing::mark("labelscope:search");
    let Some(id) = state.search.try_update(|search| search.ask(text, options)) else { return };
    if let Some(query) = Query::new(text, options) {
        spawn_local(run(state, id, Searching::new(query)));
    }
}

/// Searches anew whenever there is another export, or all of it, or it is aligned anew; and now.
pub(super) fn follow_export(state: AppState) {
    effect(move || {
        state.opened.track();
        let (text, options) =
            state.search.with_untracked(|search| (search.text().to_owned(), search.options()));
        if !text.is_empty() {
            ask(state, &text, options);
        }
    });
}

async fn run(state: AppState, id: SearchId, mut searching: Searching) {
    let mut slices = Slices::begin_awaited();
    let mut published = timing::now();
    let mut hits: Vec<Hit> = Vec::new();
    // The first hits are shown as soon as they are there.
    let mut is_first = true;
    loop {
        let is_through = state.with_searched(|searched| searching.step(searched, STEP, |hit| hits.push(hit)));
        let is_due = timing::now() - published >= PUBLISH_MS || (is_first && !hits.is_empty());
        if is_through || is_due {
            if !publish(state, id, &searching, &hits) {
                return;
            }
            is_first = false;
            hits.clear();
            published = timing::now();
        }
        let is_whole = state.opened.with_untracked(Option::is_some);
        if is_through && is_whole {
            state.search.update(|search| {
                search.finish(id);
            });
            timing::mark("labelscope:searched");
            return;
        }
        if is_through {
            timing::wait(WAIT_MS).await;
        } else {
            slices.rest().await;
        }
        if !state.search.with_untracked(|search| search.is_running(id)) {
            return;
        }
    }
}

/// Hands over what was found, and goes to the hit that was asked for before there was one. `false` if the search was
/// overtaken.
fn publish(state: AppState, id: SearchId, searching: &Searching, hits: &[Hit]) -> bool {
    let total = state.conversations.with_untracked(Vec::len);
    let total = u32::try_from(total).unwrap_or(u32::MAX);
    let taken = state.search.try_update(|search| {
        let is_running = search.take(id, hits, searching.conversations_done(), total);
        (is_running, if is_running { search.take_awaited() } else { None })
    });
    let Some((is_running, awaited)) = taken else { return false };
    if let Some(hit) = awaited {
        state.go_to_hit(hit);
    }
    is_running
}
