//! The question before much is read on a small device.

use super::opening;
use crate::browser::{dialog, locale};
use crate::state::AppState;
use crate::ui::live::{effect, live};
use leptos::html;
use leptos::prelude::*;

/// The question, over whatever is on the page, as long as an opening waits for the answer. Escape is "Not now".
#[component]
pub fn Asked() -> impl IntoView {
    let state = expect_context::<AppState>();
    let sheet = NodeRef::<html::Dialog>::new();
    effect(move || {
        let is_open = state.question.with(Option::is_some);
        if let Some(sheet) = sheet.get() {
            dialog::show(&sheet, is_open);
        }
    });
    let refuse = move || {
        if state.question.with_untracked(Option::is_some) {
            opening::cancel(state);
            state.question.set(None);
        }
    };
    let title = live(move || state.question.with(|asked| asked.as_ref().map(|asked| asked.title.clone())));
    let words =
        live(move || state.question.with(|asked| asked.as_ref().map(|asked| asked.words(locale::bytes))));
    view! {
        <dialog node_ref=sheet class="asked" aria-labelledby="asked-title" aria-describedby="asked-words" on:close=move |_| refuse()>
            <h2 id="asked-title">"Read this on a small device?"</h2>
            <div id="asked-words">
                <p class="mono">{title}</p>
                <p>{words}</p>
                <p class="q">
                    "A device with too little ends the page. Where memory ends while it is read, what was read until then \
                     stays. Nothing of it is read before you choose."
                </p>
            </div>
            <p class="choices">
                <button type="button" class="btn btn-1" on:click=move |_| state.question.set(None)>"Read it"</button>
                <button type="button" class="btn" on:click=move |_| refuse()>"Not now"</button>
            </p>
        </dialog>
    }
    .into_any()
}
