//! How the text is set: the layout, the two tiers compared, how far lines open up, what is folded.

use super::Selected;
use crate::browser::locale;
use crate::state::filter::Filtered;
use crate::state::folds::Folding;
use crate::state::reading::Density;
use crate::state::route::{Layout, Route};
use crate::state::{AppState, Opened};
use crate::ui::chips::TierKey;
use crate::ui::icons::{Icon, Symbol};
use crate::ui::live::{each, live};
use crate::ui::menu::Menu;
use labelscope_core::domain::MessageRef;
use labelscope_core::logic::score::TierPair;
use leptos::prelude::*;

/// The layouts that the window has room for, one of them chosen.
#[component]
pub fn LayoutChoice() -> impl IntoView {
    let state = expect_context::<AppState>();
    let layouts = Memo::new(move |_| state.layouts());
    let choice = move |layout: Layout| {
        let is_chosen = Memo::new(move |_| state.layout() == layout);
        view! {
            <label>
                <input
                    type="radio"
                    name="layout"
                    class="vh"
                    prop:checked=move || is_chosen.get()
                    on:change=move |_| state.choose_layout(layout)
                />
                {layout.title()}
            </label>
        }
    };
    view! {
        <div class="seg layouts" role="radiogroup" aria-label="Layout" aria-keyshortcuts="l" title="Layout (l)">
            {live(move || each(layouts.get(), choice))}
        </div>
    }
    .into_any()
}

/// The two tiers whose differences are shown.
#[component]
pub fn PairChoice() -> impl IntoView {
    let state = expect_context::<AppState>();
    let Selected(selected) = expect_context();
    let pair = Memo::new(move |_| state.route.with(Route::compared));
    let label = Signal::derive(move || {
        let TierPair { candidate, reference } = pair.get();
        format!("Tiers compared: {candidate} and {reference}")
    });
    let choice = move |one: TierPair| {
        let count = Memo::new(move |_| {
            let index = selected.get().conversation.index()?;
            let (opened, filtered) = (state.opened.get()?, state.filtered.get()?);
            let count = differences(&opened, &filtered, index, one);
            Some(format!("{} here", locale::counted(count, "difference", "differences")))
        });
        let spoken = live(move || {
            let count = count.get().map(|count| format!(": {count}")).unwrap_or_default();
            format!("{} and {}{count}", one.candidate, one.reference)
        });
        view! {
            <button
                type="button"
                aria-pressed=move || (pair.get() == one).to_string()
                on:click=move |_| {
                    state.route.update(|route| route.pair = Some((one.candidate, one.reference)));
                }
            >
                <span class="vh">{spoken}</span>
                {named(one)}
                {live(move || count.get().map(|count| view! { <small aria-hidden="true">{count}</small> }))}
            </button>
        }
    };
    let face = view! {
        <span class="vh">{move || label.get()}</span>
        {live(move || named(pair.get()))}
        <Icon name=Symbol::Chevron/>
    }
    .into_any();
    view! { <Menu class="pair" button="btn" label named_by_face=true face>{each(TierPair::ALL, choice)}</Menu> }
        .into_any()
}

/// A pair for the eye.
fn named(pair: TierPair) -> AnyView {
    let TierPair { candidate, reference } = pair;
    view! {
        <TierKey tier=candidate/><span class="nm" aria-hidden="true">{candidate.title()}</span>
        <span class="q" aria-hidden="true">"→"</span>
        <TierKey tier=reference/><span class="nm" aria-hidden="true">{reference.title()}</span>
    }
    .into_any()
}

/// How many differences two tiers have in a conversation, of those that are let through.
fn differences(opened: &Opened, filtered: &Filtered, conversation: u32, pair: TierPair) -> u64 {
    let count = opened.conversation(conversation).map_or(0, |one| one.messages.len());
    let messages = 0..u32::try_from(count).unwrap_or(u32::MAX);
    let of = |message| {
        let at = MessageRef { conversation, message };
        opened.differences_between(at, pair, filtered).len() as u64
    };
    messages.map(of).sum()
}

/// What is chosen less often, and in a narrow window the layout as well.
#[component]
pub fn ReadingMenu() -> impl IntoView {
    let state = expect_context::<AppState>();
    let layout = Memo::new(move |_| state.layout());
    let layouts = Memo::new(move |_| state.layouts());
    let layout_entry = move |one: Layout| {
        view! {
            <button
                type="button"
                aria-pressed=move || (layout.get() == one).to_string()
                on:click=move |_| state.choose_layout(one)
            >
                {one.title()}<small>{told(one)}</small>
            </button>
        }
    };
    let density = Memo::new(move |_| state.reading.with(|reading| reading.density));
    let density_entry = move |one: Density| {
        view! {
            <button
                type="button"
                aria-pressed=move || (density.get() == one).to_string()
                on:click=move |_| state.reading.update(|reading| reading.density = one)
            >
                {format!("{} lines", one.title())}<small>{explained(one)}</small>
            </button>
        }
    };
    let densities = live(move || {
        let has_choice = layout.get() != Layout::Columns;
        has_choice.then(|| view! { <div>{each(Density::ALL, density_entry)}</div> })
    });
    let face = view! { <Icon name=Symbol::Layout/> }.into_any();
    view! {
        <Menu class="reading" button="icb" label="How the text is set" face>
            <div class="only-narrow-block">{live(move || each(layouts.get(), layout_entry))}</div>
            {densities}
            <LettersChoice/>
            <FoldAll/>
        </Menu>
    }
    .into_any()
}

/// Whether letters stand for labels.
#[component]
fn LettersChoice() -> impl IntoView {
    let state = expect_context::<AppState>();
    let is_on = Memo::new(move |_| state.has_letters());
    let turn = move |_| {
        let turned = !is_on.get_untracked();
        state.reading.update(|reading| reading.letters = Some(turned));
    };
    view! {
        <div>
            <button type="button" aria-pressed=move || is_on.get().to_string() on:click=turn>
                "Letters"<small>"One for each label, over the text and beside its name"</small>
            </button>
        </div>
    }
}

const fn told(layout: Layout) -> &'static str {
    match layout {
        Layout::Tracks => "One text, a track for each tier under its lines",
        Layout::Columns => "A text for each tier, side by side",
        Layout::Differences => "Only what differs between two tiers",
    }
}

const fn explained(density: Density) -> &'static str {
    match density {
        Density::Automatic => "Even in prose, compact in code and long parts",
        Density::Even => "Every line of a marked part is as high as any other",
        Density::Compact => "Only lines with a mark open up",
    }
}

/// Opens or closes everything that can be in the conversation.
#[component]
fn FoldAll() -> impl IntoView {
    let state = expect_context::<AppState>();
    let Selected(selected) = expect_context();
    let entry = move |is_open: bool| {
        let folding = move || match state.layout() {
            Layout::Tracks | Layout::Columns => Folding::Parts,
            Layout::Differences => Folding::Same,
        };
        let words = live(move || match (folding(), is_open) {
            (Folding::Parts, true) => "Open all long parts",
            (Folding::Parts, false) => "Fold all long parts",
            (Folding::Same, true) => "Show what does not differ",
            (Folding::Same, false) => "Hide what does not differ",
        });
        let choose = move |_| {
            if let Some(index) = selected.get_untracked().conversation.index() {
                let folding = untrack(folding);
                state.folds.update(|folds| folds.choose_all(index, folding, is_open));
            }
        };
        view! { <button type="button" on:click=choose>{words}<small>"In this conversation"</small></button> }
    };
    view! { <div>{entry(true)}{entry(false)}</div> }
}
