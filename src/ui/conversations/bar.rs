//! The bar above the text: which conversation it is, and how it is shown.

use super::choices::{LayoutChoice, PairChoice, ReadingMenu};
use super::inspector::CopyLink;
use super::{Listing, Selected};
use crate::browser::{locale, location};
use crate::state::AppState;
use crate::state::listed::Listed;
use crate::state::navigate::Step;
use crate::state::route::Layout;
use crate::ui::chips::TierKey;
use crate::ui::icons::{Icon, Symbol};
use crate::ui::later::later;
use crate::ui::live::{each, live};
use labelscope_core::domain::Tier;
use leptos::prelude::*;

/// The whole bar; what is in it follows the text, which comes first, by a frame.
#[component]
pub fn Bar() -> impl IntoView {
    view! { <div class="bar">{later(1, || view! { <Content/> }.into_any())}</div> }
}

#[component]
fn Content() -> impl IntoView {
    let state = expect_context::<AppState>();
    let Selected(selected) = expect_context();
    let Listing(listing) = expect_context();
    let index = Memo::new(move |_| selected.get().conversation.index());
    let number =
        move || index.get().map_or_else(|| "–".to_owned(), |index| locale::count(u64::from(index) + 1));
    let is_alone = move |step| index.get().is_none_or(|index| state.neighbour(index, step).is_none());
    let layout = Memo::new(move |_| state.layout());
    let neighbour = move |step: Step, words: &'static str, key: &'static str, symbol: Symbol| {
        view! {
            <button
                type="button"
                class="icb"
                aria-label=words
                aria-keyshortcuts=key
                title=format!("{words} ({key})")
                // Stays where the keyboard is, also at either end, where it does nothing.
                aria-disabled=move || is_alone(step).then_some("true")
                on:click=move |_| state.step_conversation(step)
            >
                <Icon name=symbol/>
            </button>
        }
    };
    view! {
        <div class="where">
            <button
                type="button"
                class="icb only-narrow"
                aria-label="List of conversations"
                on:click=move |_| {
                    // A step of its own, so that going back from what is chosen there leads there.
                    location::push(&location::fragment(), location::Step::List);
                    listing.set(true);
                }
            >
                <Icon name=Symbol::List/>
            </button>
            {neighbour(Step::Back, "Previous conversation", "k", Symbol::Left)}
            <b class="n">{move || number()}</b>
            <span class="q n">{move || state.listed.with(|listed| place_in(listed, index.get()))}</span>
            {neighbour(Step::On, "Next conversation", "j", Symbol::Right)}
            <CopyLink
                to="this conversation"
                fragment=move || index.get_untracked().map(|index| state.link_to_conversation(index))
            />
        </div>
        {live(move || match layout.get() {
            Layout::Tracks | Layout::Columns => view! { <TierSwitches/> }.into_any(),
            Layout::Differences => view! { <PairChoice/> }.into_any(),
        })}
        <div class="set"><LayoutChoice/><ReadingMenu/></div>
    }
}

#[component]
fn TierSwitches() -> impl IntoView {
    view! {
        <div class="tiers" role="group" aria-label="Tiers shown">
            {each(Tier::ALL, |tier| view! { <TierSwitch tier/> })}
        </div>
    }
}

/// Where a conversation stands in the list: `of 60` in that of all, `(3 of 12)` in another.
fn place_in(listed: &Listed, index: Option<u32>) -> String {
    let count = locale::count(listed.len() as u64);
    match (listed, index.and_then(|index| listed.position(index))) {
        (Listed::All(_), _) => format!("of {count}"),
        (Listed::These(_), Some(position)) => format!("({} of {count})", locale::count(position as u64 + 1)),
        (Listed::These(_), None) => format!("(not among {count})"),
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
        let (opened, filtered) = (state.opened.get()?, state.filtered.get()?);
        let all = opened.counts_of(index, |_| true)[tier] as u64;
        let through = opened.counts_of(index, |annotation| filtered.annotation(annotation))[tier] as u64;
        Some((through, all))
    });
    let counted = live(move || match count.get() {
        None => "…".into_any(),
        Some((through, all)) if through == all => locale::count(all).into_any(),
        Some((through, all)) => {
            let (through, all) = (locale::count(through), locale::count(all));
            // The sign that fits: the word, or in a narrow window a stroke.
            view! { {through}<i class="of">" of "</i><i class="stroke">"/"</i>{all} }.into_any()
        }
    });
    let spoken = live(move || {
        let said = |(through, all): (u64, u64)| match through == all {
            true => locale::counted(all, "annotation", "annotations"),
            false => {
                format!("{} of {}", locale::count(through), locale::counted(all, "annotation", "annotations"))
            }
        };
        let count = count.get().map(|count| format!(": {}", said(count))).unwrap_or_default();
        format!("{}{count}", tier.title())
    });
    let key = tier as usize + 1;
    view! {
        <button
            type="button"
            aria-pressed=move || is_shown.get().to_string()
            aria-keyshortcuts=key
            title=format!("Show or hide {tier} ({key})")
            on:click=move |_| state.route.update(|route| route.toggle_tier(tier))
        >
            <span class="vh">{spoken}</span>
            <TierKey tier/>
            <span class="nm" aria-hidden="true">{tier.title()}</span>
            <span class="cnt" aria-hidden="true">{counted}</span>
        </button>
    }
}
