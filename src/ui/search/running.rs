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

/// Searches for `text`, in place of whatever is being searched for. The first slice comes at once: most searches are through
/// by then, and the page shows what was found without having shown that it is searched for.
pub(super) fn ask(state: AppState, text: &str, options: Options) {
    timing::mark("labelscope:search");
    let Some(id) = state.search.try_update(|search| search.ask(text, options)) else { return };
    let Some(query) = Query::new(text, options) else { return };
    let published = timing::now();
    let mut run =
        Run { state, id, searching: Searching::new(query), hits: Vec::new(), published, is_first: true };
    let slices = Slices::begin_awaited();
    let next = untrack(|| run.slice(&slices));
    if next != Next::Nothing {
        spawn_local(run.go_on(slices, next));
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

/// A search under way.
struct Run {
    state: AppState,
    id: SearchId,
    searching: Searching,
    /// What was found since it was published last.
    hits: Vec<Hit>,
    /// When that was, in milliseconds.
    published: f64,
    /// Whether nothing was published yet: the first hits are shown as soon as they are there.
    is_first: bool,
}

/// What comes after a slice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Next {
    /// The search is over, or another one took its place.
    Nothing,
    /// Another slice.
    Slice,
    /// Another slice once more of the export has arrived.
    Arrival,
}

impl Run {
    async fn go_on(mut self, mut slices: Slices, mut next: Next) {
        while next != Next::Nothing {
            if next == Next::Arrival {
                timing::wait(WAIT_MS).await;
            }
            slices.end().await;
            if !self.state.search.with_untracked(|search| search.is_running(self.id)) {
                return;
            }
            next = self.slice(&slices);
        }
    }

    fn slice(&mut self, slices: &Slices) -> Next {
        let state = self.state;
        loop {
            let (searching, hits) = (&mut self.searching, &mut self.hits);
            let is_through =
                state.with_searched(|searched| searching.step(searched, STEP, |hit| hits.push(hit)));
            let is_due =
                timing::now() - self.published >= PUBLISH_MS || (self.is_first && !self.hits.is_empty());
            if (is_through || is_due) && !self.publish() {
                return Next::Nothing;
            }
            if is_through && state.opened.with_untracked(Option::is_some) {
                state.search.update(|search| {
                    search.finish(self.id);
                });
                timing::mark("labelscope:searched");
                return Next::Nothing;
            }
            if is_through {
                return Next::Arrival;
            }
            if slices.is_over() {
                return Next::Slice;
            }
        }
    }

    /// Hands over what was found, and goes to the hit that was asked for before there was one. `false` if the search was
    /// overtaken.
    fn publish(&mut self) -> bool {
        let Run { state, id, searching, hits, .. } = self;
        let total = state.conversations.with_untracked(Vec::len);
        let total = u32::try_from(total).unwrap_or(u32::MAX);
        let taken = state.search.try_update(|search| {
            let is_running = search.take(*id, hits, searching.conversations_done(), total);
            (is_running, if is_running { search.take_awaited() } else { None })
        });
        let Some((is_running, awaited)) = taken else { return false };
        if let Some(hit) = awaited {
            state.go_to_hit(hit);
        }
        self.hits.clear();
        self.is_first = false;
        self.published = timing::now();
        is_running
    }
}
