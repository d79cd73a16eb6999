//! Whether something folded stands open: as the person left it, unless what they look for landed in it.

use super::Selected;
use crate::browser::view;
use crate::state::AppState;
use crate::state::folds::Fold;
use crate::state::search::Search;
use crate::ui::live::effect;
use labelscope_core::domain::{PartRef, Span, Utf8Bytes};
use labelscope_core::logic::search::Site;
use leptos::ev::Event;
use leptos::prelude::*;

/// A `<details>` on the page.
#[derive(Clone, Copy)]
pub struct Folding {
    state: AppState,
    fold: Fold,
    /// Whether it is open.
    pub is_open: Memo<bool>,
    landed: RwSignal<bool>,
}

/// Follows a fold. `holds` says whether a selected finding of a part lies in it, or, with its bytes, a hit in the part's
/// text; `stands_open` whether it is open before the person chose.
pub fn folding(
    fold: Fold,
    holds: impl Fn(PartRef, Option<Span<Utf8Bytes>>) -> bool + Copy + Send + Sync + 'static,
    stands_open: impl Fn() -> bool + Send + Sync + 'static,
) -> Folding {
    let state = expect_context::<AppState>();
    let Selected(selected) = expect_context();
    let is_selected_inside = Memo::new(move |_| {
        let finding = selected.get().finding?;
        let part = state.opened.with(|opened| Some(opened.as_ref()?.alignment.finding(finding)?.part))?;
        holds(part, None).then_some(finding)
    });
    let hit_inside = Memo::new(move |_| {
        let (visits, hit) = state.search.with(Search::visit)?;
        let part = match hit.site {
            Site::Text(part) => part,
            _ => return None,
        };
        holds(part, Some(hit.bytes)).then_some(visits)
    });
    // What landed in it opens it, until the person closes it again.
    let landed = RwSignal::new(false);
    effect(move || {
        if is_selected_inside.get().is_some() || hit_inside.get().is_some() {
            landed.set(true);
        }
    });
    let is_open = Memo::new(move |_| {
        landed.get() || state.folds.with(|folds| folds.chosen(fold)).unwrap_or_else(&stands_open)
    });
    Folding { state, fold, is_open, landed }
}

impl Folding {
    /// To be called when the element has turned, be it by the person or by the browser, which found something in it.
    pub fn turned(self, event: &Event) {
        let is_now = view::is_open(event);
        if is_now != self.is_open.get_untracked() {
            self.landed.set(false);
            self.state.folds.update(|folds| folds.choose(self.fold, is_now));
        }
    }
}
