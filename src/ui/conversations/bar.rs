//! The bar above the text: which conversation it is, and how it is shown.

use super::inspector::CopyLink;
use super::{Listing, Selected};
use crate::browser::locale;
use crate::state::AppState;
use crate::state::navigate::Step;
use crate::ui::chips::TierKey;
use crate::ui::icons::{Icon, Symbol};
use labelscope_core::domain::Tier;
use leptos::prelude::*;

/// The whole bar.
#[component]
pub fn Bar() -> impl IntoView {
    let state = expect_context::<AppState>();
    let Selected(selected) = expect_context();
    let Listing(listing) = expect_context();
    let index = Memo::new(move |_| selected.get().conversation.index());
    let count = Memo::new(move |_| state.conversations.with(Vec::len));
    let number =
        move || index.get().map_or_else(|| "–".to_owned(), |index| locale::count(u64::from(index) + 1));
    let is_first = move || index.get().is_none_or(|index| index == 0);
    let is_last = move || index.get().is_none_or(|index| index as usize + 1 >= count.get());
    view! {
        <div class="bar">
            <div class="where">
                <button
                    type="button"
                    class="icb only-narrow"
                    aria-label="List of conversations"
                    on:click=move |_| listing.set(true)
                >
                    <Icon name=Symbol::List/>
                </button>
                <button
                    type="button"
                    class="icb"
                    aria-label="Previous conversation"
                    aria-keyshortcuts="k"
                    title="Previous conversation (k)"
                    disabled=is_first
                    on:click=move |_| state.step_conversation(Step::Back)
                >
                    <Icon name=Symbol::Left/>
                </button>
                <b class="n">{number}</b>
                <span class="q n">{move || format!("of {}", locale::count(count.get() as u64))}</span>
                <button
                    type="button"
                    class="icb"
                    aria-label="Next conversation"
                    aria-keyshortcuts="j"
                    title="Next conversation (j)"
                    disabled=is_last
                    on:click=move |_| state.step_conversation(Step::On)
                >
                    <Icon name=Symbol::Right/>
                </button>
                <CopyLink
                    to="this conversation"
                    fragment=move || index.get_untracked().map(|index| state.link_to_conversation(index))
                />
            </div>
            <div class="tiers" role="group" aria-label="Tiers shown">
                {Tier::ALL.map(|tier| view! { <TierSwitch tier/> })}
            </div>
        </div>
    }
}

/// Shows or hides a tier; says how many annotations it has in the conversation.
#[component]
fn TierSwitch(tier: Tier) -> impl IntoView {
    let state = expect_context::<AppState>();
    let Selected(selected) = expect_context();
    let is_shown = Memo::new(move |_| state.route.with(|route| route.shown_tiers()[tier]));
    let count = Memo::new(move |_| {
        let index = selected.get().conversation.index()?;
        state.opened.with(|opened| opened.as_ref().map(|opened| opened.counts_of(index)[tier] as u64))
    });
    let spoken = move || {
        let count = count.get().map(|count| locale::counted(count, "annotation", "annotations"));
        let count = count.map(|count| format!(": {count}")).unwrap_or_default();
        format!("{tier}{count}, {}", if is_shown.get() { "shown" } else { "hidden" })
    };
    let key = tier as usize + 1;
    view! {
        <button
            type="button"
            aria-pressed=move || is_shown.get().to_string()
            aria-keyshortcuts=key
            aria-label=spoken
            title=format!("Show or hide {tier} ({key})")
            on:click=move |_| state.route.update(|route| route.toggle_tier(tier))
        >
            <TierKey tier/>
            <span class="nm">{tier.title()}</span>
            <span class="cnt">{move || count.get().map_or_else(|| "…".to_owned(), locale::count)}</span>
        </button>
    }
}
