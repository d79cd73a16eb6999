//! A text for each tier, side by side: the heads of the columns, and the texts of one part.
//!
//! Each text holds the part's text, whole and nothing else, and carries `data-part` like any other; `data-tier` tells them
//! apart. The lines of all are as high as the tier with the most lanes needs them, so that they stand side by side.

use super::marked_text::{self, MarkedText};
use crate::browser::locale;
use crate::state::filter::Filtered;
use crate::state::{AppState, Drawing, Opened};
use crate::ui::chips::TierKey;
use crate::ui::turns::Turn;
use labelscope_core::domain::{PartRef, PerTier, Tier};
use leptos::prelude::*;
use std::sync::Arc;

/// The tiers that have a column: those that are shown, as long as any is.
fn columns(state: AppState) -> Memo<PerTier<bool>> {
    Memo::new(move |_| state.route.with(|route| route.shown_tiers()))
}

/// What stands above the columns and stays there.
#[component]
pub fn ColumnHeads(
    /// Index of the conversation.
    index: u32,
) -> impl IntoView {
    let state = expect_context::<AppState>();
    let shown = columns(state);
    let head = move |tier: Tier| {
        let count = move || {
            let (opened, filtered) = (state.opened.get(), state.filtered.get());
            let whole = opened.as_deref().zip(filtered.as_deref());
            let through = |annotation| filtered.as_ref().is_some_and(|it| it.annotation(annotation));
            let count = whole.map(|(opened, _)| opened.counts_of(index, through)[tier] as u64);
            count.map_or_else(|| "…".to_owned(), |count| locale::counted(count, "annotation", "annotations"))
        };
        view! { <h2><TierKey tier/>{tier.title()}<span class="cnt">{count}</span></h2> }
    };
    let heads = move || {
        let shown = shown.get();
        Tier::ALL.into_iter().filter(|&tier| shown[tier]).map(head).collect::<Vec<_>>()
    };
    view! { <div class="colhead" style:--cols=move || count_of(shown.get())><span></span>{heads}</div> }
        .into_any()
}

/// How many columns there are, as a style has it; one where no tier is shown.
fn count_of(shown: PerTier<bool>) -> String {
    shown.iter().filter(|(_, shown)| **shown).count().max(1).to_string()
}

/// The text of a part in as many columns as there are tiers shown; once, across all of them, where none of these has a
/// mark in it.
pub fn texts(at: PartRef, text: Arc<str>, is_code: bool) -> AnyView {
    let state = expect_context::<AppState>();
    let shown = columns(state);
    let outside = marked_text::outside_in(state, at);
    let turn = expect_context::<Turn>();
    let views = move || {
        let shown = shown.get();
        let whole = turn.has_come().then(|| state.opened.get().zip(state.filtered.get())).flatten();
        outside.track();
        let is_drawn = |(opened, filtered): &(Arc<Opened>, Arc<Filtered>)| {
            let drawing = Drawing::Tracks(shown);
            !opened.marks_drawn(at, &drawing, filtered, outside.get_untracked()).is_empty()
        };
        let Some((opened, filtered)) = whole.filter(is_drawn) else {
            return view! { <MarkedText at text=text.clone() is_code/> }.into_any();
        };
        let mut lanes = PerTier::<u32>::default();
        let mut columns = Vec::new();
        for tier in Tier::ALL.into_iter().filter(|&tier| shown[tier]) {
            let (column, used) = marked_text::column((&opened, &filtered), at, &text, tier, is_code);
            lanes[tier] = used;
            columns.push(view! { <div role="group" aria-label=format!("As {tier} has it")>{column}</div> });
        }
        view! {
            <div
                class="texts"
                style:--cols=count_of(shown)
                style:--na=lanes[Tier::Automated].to_string()
                style:--np=lanes[Tier::Primary].to_string()
                style:--nr=lanes[Tier::Review].to_string()
            >
                {columns}
            </div>
        }
        .into_any()
    };
    views.into_any()
}
