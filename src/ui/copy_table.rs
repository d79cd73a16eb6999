//! The button that copies a table, to be pasted into a spreadsheet.

use crate::browser::{clipboard, locale, timing};
use crate::state::table::Table;
use crate::ui::icons::{Icon, Symbol};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// How long the button says how copying went, in milliseconds.
const SAID_MS: i32 = 4_000;

/// Copies what `table` makes when it is asked for, and says how many rows that were.
#[component]
pub fn CopyTable(
    /// The table.
    table: impl Fn() -> Table + 'static,
) -> impl IntoView {
    let said = RwSignal::new(None::<String>);
    let copy = move |_| {
        let table = table();
        spawn_local(async move {
            let rows = locale::counted(table.rows() as u64, "row", "rows");
            let outcome = match clipboard::copy(table.text()).await {
                true => format!("Copied: {rows}"),
                false => "The browser refused to copy".to_owned(),
            };
            said.try_set(Some(outcome));
            timing::after(SAID_MS, move || {
                said.try_set(None);
            });
        });
    };
    view! {
        <p class="acts">
            <button type="button" class="btn" on:click=copy>
                <Icon name=Symbol::Copy/>
                <span aria-live="polite">{move || said.get().unwrap_or_else(|| "Copy table".to_owned())}</span>
            </button>
        </p>
    }
    .into_any()
}
