//! The menu of what can be taken away.

use super::icons::{Icon, Symbol};
use super::menu::Menu;
use super::opening::download_export;
use crate::browser::locale;
use crate::state::{AppState, Opened};
use leptos::prelude::*;

/// The button with the menu. What is not all read yet cannot be taken away yet, and says so.
#[component]
pub fn DownloadMenu() -> impl IntoView {
    let state = expect_context::<AppState>();
    let face = view! { <Icon name=Symbol::Download/><span>"Download"</span> }.into_any();
    view! {
        <Menu button="btn" label="Download" face>
            <button
                type="button"
                disabled=move || state.opened.with(Option::is_none)
                on:click=move |_| download_export(state)
            >
                "Export as received"
                <small>{move || state.opened.with(|opened| export_detail(opened.as_deref()))}</small>
            </button>
        </Menu>
    }
}

fn export_detail(opened: Option<&Opened>) -> String {
    match opened {
        Some(opened) => format!("{} · {}", opened.file_name(), locale::bytes(opened.size)),
        None => "once all of it has arrived".to_owned(),
    }
}
