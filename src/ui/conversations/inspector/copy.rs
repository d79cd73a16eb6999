//! Buttons that copy.

use crate::browser::{clipboard, location, timing};
use crate::ui::icons::{Icon, Symbol};
use crate::ui::live::live;
use labelscope_core::logic::align::Verdict;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// How long a button says how copying went, in milliseconds.
const SAID_MS: i32 = 2_000;

/// Copies a text and says for a while whether that went well.
fn copy(text: String, copied: RwSignal<Option<bool>>) {
    spawn_local(async move {
        copied.try_set(Some(clipboard::copy(&text).await));
        timing::after(SAID_MS, move || {
            copied.try_set(None);
        });
    });
}

const fn outcome(copied: bool) -> &'static str {
    if copied { "Copied" } else { "The browser refused" }
}

/// Copies a text; sign and words.
#[component]
pub fn CopyButton(
    /// What the button says.
    label: &'static str,
    /// Its sign.
    icon: Symbol,
    /// Makes the text, when it is asked for.
    text: impl Fn() -> String + 'static,
) -> impl IntoView {
    let copied = RwSignal::new(None);
    view! {
        <button type="button" class="btn" on:click=move |_| copy(text(), copied)>
            <Icon name=icon/>
            <span aria-live="polite">{move || copied.get().map_or(label, outcome)}</span>
        </button>
    }
}

/// Copies the link to a place; only a sign, its words are spoken and shown on hover.
#[component]
pub fn CopyLink(
    /// What the link leads to: "message 3".
    #[prop(into)]
    to: String,
    /// The fragment of the link, when it is asked for; `None` where there is none yet.
    fragment: impl Fn() -> Option<String> + 'static,
) -> impl IntoView {
    let copied = RwSignal::new(None);
    let label = format!("Copy link to {to}");
    let click = move |_| {
        if let Some(fragment) = fragment() {
            copy(location::address_with(&fragment), copied);
        }
    };
    let sign = live(move || match copied.get() {
        Some(true) => view! { <Icon name=Symbol::Verdict(Verdict::Agreed)/> },
        Some(false) => view! { <Icon name=Symbol::Close/> },
        None => view! { <Icon name=Symbol::Link/> },
    });
    view! {
        <button type="button" class="link-of" aria-label=label.clone() title=label on:click=click>
            {sign}
            <span class="vh" role="status">{move || copied.get().map(outcome)}</span>
        </button>
    }
    .into_any()
}
