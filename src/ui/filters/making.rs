//! Makes the columns that filters walk along soon after an opening, in slices, so that the first filter need not wait for
//! them.

use crate::browser::pause::Slices;
use crate::state::filter::FacetsUnderWay;
use crate::state::{AppState, Opened};
use crate::ui::live::effect;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// How many messages or findings are taken in between two looks at the clock.
const STEP: usize = 256;

/// Makes the columns of whatever export is on screen.
pub fn follow_export(state: AppState) {
    effect(move || {
        if let Some(opened) = state.opened.get() {
            spawn_local(make(state, opened));
        }
    });
}

async fn make(state: AppState, opened: Arc<Opened>) {
    let mut slices = Slices::begin();
    let mut facets = FacetsUnderWay::of(&opened);
    let is_wanted = || {
        let is_on_screen = state.opened.try_with_untracked(|on_screen| {
            on_screen.as_ref().is_some_and(|on_screen| Arc::ptr_eq(on_screen, &opened))
        });
        is_on_screen == Some(true) && !opened.has_facets()
    };
    // What the opening changed is drawn first.
    slices.end().await;
    while is_wanted() {
        if facets.step(STEP) {
            slices.end().await;
            return opened.keep_facets(facets.finish());
        }
        slices.rest().await;
    }
}
