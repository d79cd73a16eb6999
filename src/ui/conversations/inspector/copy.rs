//! A button that copies.

use crate::browser::clipboard;
use crate::ui::icons::{Icon, Symbol};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Copies a text and says whether that went well.
#[component]
pub fn CopyButton(
    /// What the button says.
    label: &'static str,
    /// Its sign.
    icon: Symbol,
    /// Makes the text, when it is asked for.
    text: impl Fn() -> String + 'static,
) -> impl IntoView {
    let said = RwSignal::new(label);
    let copy = move |_| {
        let text = text();
        spawn_local(async move {
            let outcome = if clipboard::copy(&text).await { "Copied" } else { "The browser refused" };
            said.try_set(outcome);
        });
    };
    view! {
        <button type="button" class="btn" on:click=copy>
            <Icon name=icon/>
            <span aria-live="polite">{move || said.get()}</span>
        </button>
    }
}
