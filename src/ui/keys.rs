//! Single keys, and the sheet that lists them with the signs of the verdicts and switches single keys off.

use super::chips::VerdictChip;
use super::filters;
use super::help::{self, HelpLink};
use super::icons::{Icon, Symbol};
use super::{opening, search};
use crate::browser::{dialog, focus, listener};
use crate::state::AppState;
use crate::state::load::Stage;
use crate::state::navigate::Step;
use crate::state::route::{Layout, Screen};
use crate::ui::live::{each, effect, live};
use labelscope_core::domain::Tier;
use labelscope_core::logic::align::Verdict;
use leptos::html;
use leptos::prelude::*;

/// The keys of the sheet, as `KeyboardEvent.key` names them, and what they do. Keys that belong together share a row.
const KEYS: &[(&[&str], &str)] = &[
    (&["/"], "search; also Ctrl+F, ⌘F"),
    (&["F3"], "next hit; with Shift, previous"),
    (&["j", "k"], "next, previous conversation"),
    (&["n", "p"], "next, previous difference"),
    (&["x"], "tick the difference as seen, or not"),
    (&["[", "]"], "previous, next annotation"),
    (&["1", "2", "3"], "show or hide a tier"),
    (&["l"], "next layout: tracks, columns, differences"),
    (&["c"], "clear all filters"),
    (&["f"], "findings, and back"),
    (&["d"], "download the export"),
    (&["o"], "open another export"),
    (&["r"], "refresh from the API"),
    (&["Esc"], "close, cancel, unselect"),
    (&["?"], "keys and signs, from anywhere"),
];

/// What a verdict means, in a few words.
const fn meaning(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Agreed => "every tier that looked has the same",
        Verdict::Added => "an earlier tier lacks it, a later one has it",
        Verdict::Removed => "an earlier tier has it, a later one lacks it",
        Verdict::Rejected => "a tier holds it as rejected",
        Verdict::Relabeled => "the labels differ",
        Verdict::Resized => "the ranges differ",
        Verdict::Covered => "another finding covers it; no difference",
        Verdict::Uncompared => "fewer than two tiers looked: nothing to compare",
    }
}

/// Listens to keys for as long as the page lives. Never while typing in a field, never with a modifier.
pub fn listen_to_keys(state: AppState) {
    let listener = listener::Listener::on_window("keydown", move |event: leptos::ev::KeyboardEvent| {
        if search::act_on_key(state, &event) {
            return event.prevent_default();
        }
        let has_modifier = event.ctrl_key() || event.meta_key() || event.alt_key();
        if has_modifier || event.default_prevented() || event.is_composing() || focus::is_typing() {
            return;
        }
        let key = event.key();
        // Under a dialog nothing is to change that is not in sight.
        let is_covered = state.question.with_untracked(Option::is_some) || state.keys_open.get_untracked();
        let are_on = !is_covered && !state.reading.with_untracked(|reading| reading.keys_off);
        let handled = if key == "Escape" { escape(state) } else { are_on && act(state, &key) };
        if handled {
            event.prevent_default();
        }
    });
    let _ = StoredValue::new_local(listener);
}

/// Leaves one level. `false` if there is none to leave.
fn escape(state: AppState) -> bool {
    if state.keys_open.get_untracked() || state.question.with_untracked(Option::is_some) {
        // The dialog closes itself and says so.
        return false;
    }
    if untrack(move || state.shows_help()) {
        help::go_back(state);
        return true;
    }
    let has_export = untrack(move || state.has_export());
    let stage = state.loads.with_untracked(|loads| loads.stage(state.choosing.get_untracked(), has_export));
    match stage {
        Stage::Loading => opening::cancel(state),
        Stage::Problem if has_export => state.loads.update(|loads| loads.cancel()),
        Stage::Open if has_export => state.stop_choosing(),
        Stage::Export
            if state.route.with_untracked(|route| route.finding.is_some() || route.annotation.is_some()) =>
        {
            state.unselect();
        }
        Stage::Export if state.search_open.with_untracked(Option::is_some) => search::close(state),
        Stage::Problem | Stage::Open | Stage::Export => return false,
    }
    true
}

/// Does what a key stands for. `false` if it stands for nothing here.
fn act(state: AppState, key: &str) -> bool {
    match key {
        "?" => state.keys_open.set(true),
        "o" => {
            state.leave_help();
            state.choosing.set(true);
        }
        _ if !untrack(move || state.has_export()) || state.choosing.get_untracked() => return false,
        // What the other keys act on is not in sight.
        _ if untrack(move || state.shows_help()) && !matches!(key, "/" | "f" | "d") => return false,
        "/" => search::open(state),
        "j" => state.step_conversation(Step::On),
        "k" => state.step_conversation(Step::Back),
        "n" => state.step_difference(Step::On),
        "p" => state.step_difference(Step::Back),
        "]" => state.step_finding(Step::On),
        "[" => state.step_finding(Step::Back),
        "1" => toggle(state, Tier::Automated),
        "2" => toggle(state, Tier::Primary),
        "3" => toggle(state, Tier::Review),
        "l" if is_reading(state) => state.step_layout(),
        "c" => {
            let was_filtered = state.clear_filters();
            filters::refocus();
            return was_filtered;
        }
        "f" => state.route.update(|route| {
            route.screen =
                if route.screen == Screen::Findings { Screen::Conversations } else { Screen::Findings };
        }),
        "x" => return state.toggle_seen(),
        "d" => opening::download_export(state),
        "r" => opening::refresh(state),
        _ => return false,
    }
    true
}

/// Whether the texts are on screen.
fn is_reading(state: AppState) -> bool {
    state.route.with_untracked(|route| route.screen == Screen::Conversations)
}

/// Shows or hides a tier; where differences are shown, the pair says which tiers are.
fn toggle(state: AppState, tier: Tier) {
    if !is_reading(state) || untrack(move || state.layout()) != Layout::Differences {
        state.route.update(|route| route.toggle_tier(tier));
    }
}

/// The sheet of keys.
#[component]
pub fn KeySheet() -> impl IntoView {
    let state = expect_context::<AppState>();
    let sheet = NodeRef::<html::Dialog>::new();
    effect(move || {
        let is_open = state.keys_open.get();
        if let Some(sheet) = sheet.get() {
            dialog::show(&sheet, is_open);
        }
    });
    view! {
        <dialog node_ref=sheet class="keys" aria-labelledby="keys-title" on:close=move |_| state.keys_open.set(false)>
            <header>
                <h2 id="keys-title">"Keys and signs"</h2>
                <button type="button" class="icb" aria-label="Close" on:click=move |_| state.keys_open.set(false)>
                    <Icon name=Symbol::Close/>
                </button>
            </header>
            {live(move || state.keys_open.get().then(content))}
        </dialog>
    }
    .into_any()
}

/// What the sheet says, made where it is open: it would be a seventh of the page.
fn content() -> AnyView {
    view! {
        <div class="kcols">{key_table()}{sign_table()}</div>
        <footer>
            <SingleKeys/>
            <HelpLink class="lk">"All of it in Help"</HelpLink>
        </footer>
    }
    .into_any()
}

/// The switch of single keys.
#[component]
pub fn SingleKeys() -> impl IntoView {
    let state = expect_context::<AppState>();
    let are_on = move || !state.reading.with(|reading| reading.keys_off);
    let choose = move |event: leptos::ev::Event| {
        let on = event_target_checked(&event);
        state.reading.update(|reading| reading.keys_off = !on);
    };
    view! {
        <label class="sw">
            <input type="checkbox" prop:checked=are_on on:change=choose/>
            "Single keys act. Esc always does."
        </label>
    }
}

/// The keys and what they do.
pub fn key_table() -> AnyView {
    let rows = KEYS.iter().map(|(keys, what)| {
        let keys = each(*keys, |key| view! { <kbd>{*key}</kbd>" " });
        view! { <tr><th scope="row">{keys}</th><td>{*what}</td></tr> }
    });
    view! { <table><caption>"Keys"</caption><tbody>{rows.collect::<Vec<_>>()}</tbody></table> }.into_any()
}

fn sign_table() -> AnyView {
    let rows = Verdict::ALL.map(|verdict| {
        view! { <tr><th scope="row"><VerdictChip verdict/></th><td>{meaning(verdict)}</td></tr> }
    });
    view! { <table><caption>"Verdicts"</caption><tbody>{rows}</tbody></table> }.into_any()
}
