//! Single keys, and the sheet that lists them and switches them off.

use super::icons::{Icon, Symbol};
use super::opening;
use crate::browser::storage::{self, Kept};
use crate::browser::{dialog, focus, listener};
use crate::state::AppState;
use crate::state::load::Stage;
use crate::state::navigate::Step;
use crate::state::route::Screen;
use labelscope_core::domain::Tier;
use leptos::html;
use leptos::prelude::*;

/// A key, as `KeyboardEvent.key` names it, and what it does.
const KEYS: [(&str, &str); 14] = [
    ("j", "Next conversation"),
    ("k", "Previous conversation"),
    ("n", "Next difference"),
    ("p", "Previous difference"),
    ("]", "Next annotation"),
    ("[", "Previous annotation"),
    ("1", "Show or hide Automated"),
    ("2", "Show or hide Primary"),
    ("3", "Show or hide Review"),
    ("f", "Findings, and back to the text"),
    ("d", "Download the export"),
    ("o", "Open another export"),
    ("?", "This sheet"),
    ("Esc", "Back: close, cancel, unselect"),
];

/// The name under which it is remembered that single keys are off.
const SWITCHED_OFF: &str = "labelscope:keys-off";

fn are_single_keys_on() -> bool {
    storage::read(Kept::ForGood, SWITCHED_OFF).is_none()
}

/// Listens to keys for as long as the page lives. Never while typing in a field, never with a modifier.
pub fn listen_to_keys(state: AppState) {
    let listener = listener::Listener::on_window("keydown", move |event: leptos::ev::KeyboardEvent| {
        let has_modifier = event.ctrl_key() || event.meta_key() || event.alt_key();
        if has_modifier || event.default_prevented() || event.is_composing() || focus::is_typing() {
            return;
        }
        let key = event.key();
        let handled = if key == "Escape" { escape(state) } else { are_single_keys_on() && act(state, &key) };
        if handled {
            event.prevent_default();
        }
    });
    let _ = StoredValue::new_local(listener);
}

/// Leaves one level. `false` if there is none to leave.
fn escape(state: AppState) -> bool {
    if state.keys_open.get_untracked() {
        // The dialog closes itself and says so.
        return false;
    }
    let has_export = untrack(move || state.has_export());
    let stage = state.loads.with_untracked(|loads| loads.stage(state.choosing.get_untracked(), has_export));
    match stage {
        Stage::Loading => opening::cancel(state),
        Stage::Problem if has_export => state.loads.update(|loads| loads.cancel()),
        Stage::Open if has_export => state.choosing.set(false),
        Stage::Export
            if state.route.with_untracked(|route| route.finding.is_some() || route.annotation.is_some()) =>
        {
            state.unselect();
        }
        Stage::Problem | Stage::Open | Stage::Export => return false,
    }
    true
}

/// Does what a key stands for. `false` if it stands for nothing here.
fn act(state: AppState, key: &str) -> bool {
    match key {
        "?" => state.keys_open.set(true),
        "o" => state.choosing.set(true),
        _ if !untrack(move || state.has_export()) || state.choosing.get_untracked() => return false,
        "j" => state.step_conversation(Step::On),
        "k" => state.step_conversation(Step::Back),
        "n" => state.step_difference(Step::On),
        "p" => state.step_difference(Step::Back),
        "]" => state.step_finding(Step::On),
        "[" => state.step_finding(Step::Back),
        "1" => toggle(state, Tier::Automated),
        "2" => toggle(state, Tier::Primary),
        "3" => toggle(state, Tier::Review),
        "f" => state.route.update(|route| {
            route.screen =
                if route.screen == Screen::Findings { Screen::Conversations } else { Screen::Findings };
        }),
        "d" => opening::download_export(state),
        _ => return false,
    }
    true
}

fn toggle(state: AppState, tier: Tier) {
    state.route.update(|route| route.toggle_tier(tier));
}

/// The sheet of keys.
#[component]
pub fn KeySheet() -> impl IntoView {
    let state = expect_context::<AppState>();
    let sheet = NodeRef::<html::Dialog>::new();
    let are_on = RwSignal::new(are_single_keys_on());
    Effect::new(move |_| {
        let is_open = state.keys_open.get();
        if let Some(sheet) = sheet.get() {
            dialog::show(&sheet, is_open);
        }
    });
    let rows =
        KEYS.map(|(key, what)| view! { <tr><th scope="row"><kbd>{key}</kbd></th><td>{what}</td></tr> });
    view! {
        <dialog node_ref=sheet class="keys" aria-labelledby="keys-title" on:close=move |_| state.keys_open.set(false)>
            <header>
                <h2 id="keys-title">"Keys"</h2>
                <button type="button" class="icb" aria-label="Close" on:click=move |_| state.keys_open.set(false)>
                    <Icon name=Symbol::Close/>
                </button>
            </header>
            <label class="sw">
                <input
                    type="checkbox"
                    prop:checked=move || are_on.get()
                    on:change=move |event| {
                        let on = event_target_checked(&event);
                        are_on.set(on);
                        storage::write(Kept::ForGood, SWITCHED_OFF, (!on).then_some("1"));
                    }
                />
                "Single keys act (Esc and ? in the header always do)"
            </label>
            <table><caption class="vh">"Keys and what they do"</caption><tbody>{rows}</tbody></table>
        </dialog>
    }
    .into_any()
}
