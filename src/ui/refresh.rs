//! An export that took the place of an earlier one: the button that asks for it, the line that says what changed, and the
//! list behind that line.
//!
//! Does not belong here: comparing (`state::refresh`), reading (`opening`).

use super::chips::{LabelChip, TierKey};
use super::icons::{Icon, Symbol};
use super::opening;
use super::strap::{other_way, way_on};
use super::verbatim::verbatim;
use super::virtual_list::VirtualList;
use crate::browser::{dialog, locale};
use crate::state::load::{Failed, Load, Loads, Origin};
use crate::state::refresh::{ChangeKind, ChangeRow, Since, Target};
use crate::state::route::{Route, Screen};
use crate::state::{AppState, Opened};
use crate::ui::live::{While, effect, live};
use labelscope_core::domain::{MessageRef, Tier};
use leptos::html;
use leptos::prelude::*;
use std::sync::Arc;

/// The height of a row before it is measured, in pixels.
const ROW: f64 = 36.0;
/// How much of a quote is shown, in characters.
const QUOTE: usize = 120;

/// Asks the API for the export on screen once more; not there where it came from elsewhere.
#[component]
pub fn RefreshButton() -> impl IntoView {
    let state = expect_context::<AppState>();
    let is_from_api = Memo::new(move |_| {
        state.opened.with(Option::is_some)
            && state.came_from.with(|origin| matches!(origin, Some(Origin::Api { .. })))
    });
    let is_busy = Memo::new(move |_| state.loads.with(|loads| loads.running().is_some()));
    view! {
        <While when=move || is_from_api.get()>
            <button
                class="icb"
                type="button"
                aria-label="Refresh from the API"
                aria-keyshortcuts="r"
                title="Refresh from the API (r)"
                disabled=move || is_busy.get()
                on:click=move |_| opening::refresh(state)
            >
                <Icon name=Symbol::Refresh/>
            </button>
        </While>
    }
}

/// What is said of a refresh under the header: that it failed, or what it changed.
#[component]
pub fn Refreshed() -> impl IntoView {
    let state = expect_context::<AppState>();
    let failure = Memo::new(move |_| state.loads.with(failure_beside));
    view! {
        <div role="status">
            {live(move || failure.get().map(|headline| failed(state, &headline)))}
            {move || {
                let opened = state.opened.get().filter(|_| state.changes_told.get())?;
                Some(changed(state, opened.since.as_deref()?))
            }}
        </div>
        <ChangesSheet/>
    }
    .into_any()
}

/// What went wrong with the latest opening, where the earlier export is on screen all the same.
fn failure_beside(loads: &Loads) -> Option<String> {
    match loads.load() {
        Load::Failed(Failed { beside: true, problem, .. }) => Some(problem.headline.to_string()),
        _ => None,
    }
}

fn failed(state: AppState, headline: &str) -> AnyView {
    view! {
        <p class="strap">
            <Icon name=Symbol::Warning/>
            <span>"Not refreshed, and what is on screen is as it was: "{verbatim(headline)}</span>
            {way_on("Try again", move || opening::try_again(state))}
            {other_way("What happened", move || state.loads.update(Loads::look_at_failure))}
            {other_way("Dismiss", move || state.loads.update(Loads::cancel))}
        </p>
    }
    .into_any()
}

/// What changed, in one line: `Since 24 Nov 2026, 09:12: +12 review annotations, 1 message gone`.
fn changed(state: AppState, since: &Since) -> AnyView {
    let counts = since.counts();
    let words: Vec<String> = counts.iter().map(|(kind, count)| in_words(*kind, *count)).collect();
    let when = since.earlier.as_deref().and_then(locale::moment);
    let when = when.map_or_else(|| "Since before".to_owned(), |when| format!("Since {when}"));
    let words = match words.as_slice() {
        [] => "nothing has changed".to_owned(),
        words => words.join(", "),
    };
    let has_findings = !since.changes.findings.is_empty() || !since.messages.is_empty();
    let is_filtered = Memo::new(move |_| state.route.with(|route| route.changed));
    let filter = move |_| state.route.update(|route| route.changed = !route.changed);
    view! {
        <p class="strap changed">
            <span>{when}": "<b>{words}</b></span>
            {(!counts.is_empty()).then(|| view! {
                <button type="button" class="btn" aria-haspopup="dialog" on:click=move |_| state.changes_open.set(true)>
                    "Show the list"
                </button>
            })}
            {has_findings.then(|| view! {
                <button
                    type="button"
                    class="btn btn-q"
                    aria-pressed=move || is_filtered.get().to_string()
                    on:click=filter
                >
                    "Only what changed"
                </button>
            })}
            {other_way("Dismiss", move || state.changes_told.set(false))}
        </p>
    }
    .into_any()
}

fn in_words(kind: ChangeKind, count: usize) -> String {
    kind.words(count, &locale::count(count as u64))
}

/// The list of changes, one sort at a time.
#[component]
fn ChangesSheet() -> impl IntoView {
    let state = expect_context::<AppState>();
    let sheet = NodeRef::<html::Dialog>::new();
    effect(move || {
        let is_open = state.changes_open.get();
        if let Some(sheet) = sheet.get() {
            dialog::show(&sheet, is_open);
        }
    });
    let close = move || state.changes_open.set(false);
    view! {
        <dialog
            node_ref=sheet
            class="changes"
            aria-labelledby="changes-title"
            on:close=move |_| close()
            // Keys are for the sheet, not for what lies under it.
            on:keydown=|event| event.stop_propagation()
        >
            <header>
                <h2 id="changes-title">"What changed"</h2>
                <button type="button" class="icb" aria-label="Close" on:click=move |_| close()><Icon name=Symbol::Close/></button>
            </header>
            {live(move || {
                let opened = state.opened.get().filter(|_| state.changes_open.get())?;
                let since = opened.since.clone()?;
                Some(view! { <Changes opened since/> })
            })}
        </dialog>
    }
    .into_any()
}

#[component]
fn Changes(opened: Arc<Opened>, since: Arc<Since>) -> impl IntoView {
    let counts = since.counts();
    let Some((first, _)) = counts.first().copied() else { return ().into_any() };
    let chosen = RwSignal::new(first);
    let choices = counts.into_iter().map(|(kind, count)| {
        view! {
            <button
                type="button"
                aria-pressed=move || (chosen.get() == kind).to_string()
                on:click=move |_| chosen.set(kind)
            >
                {in_words(kind, count)}
            </button>
        }
    });
    let choices = choices.collect::<Vec<_>>();
    let list = live(move || {
        let rows = since.rows(&opened, chosen.get());
        let count = Signal::stored(rows.len());
        let row = move |at: usize| rows.get(at).map(row).into_any();
        view! { <VirtualList count estimate=ROW reveal=Signal::stored(None) label="Changes" class="body" items=".chg" row/> }
    });
    view! {
        <div class="sorts" role="group" aria-label="Sort of change">{choices}</div>
        {list}
    }
    .into_any()
}

/// A change: who, which label, which words, where; a link where it leads anywhere.
fn row(row: &ChangeRow) -> AnyView {
    let state = expect_context::<AppState>();
    let Some(opened) = state.opened.get_untracked() else { return ().into_any() };
    let tier = match row.kind {
        ChangeKind::Added(tier)
        | ChangeKind::Edited(tier)
        | ChangeKind::Gone(tier)
        | ChangeKind::LookedAt(tier) => Some(tier_key(tier)),
        _ => None,
    };
    let label = row.label.as_ref().map(|label| {
        view! { <LabelChip name=label.to_string() place=opened.labels.place(Some(label))/> }
    });
    let quote = row.quote.as_ref().map(|quote| {
        let words: String = quote.chars().take(QUOTE).collect();
        view! { <q dir="auto">{verbatim(&words)}</q> }
    });
    let id = row.id.as_ref().filter(|_| row.quote.is_none()).map(|id| {
        view! { <code class="mono">{verbatim(&id.text())}</code> }
    });
    let place = view! { <span class="q">{place_in_words(row.target)}</span> };
    let content = view! { {tier}{label}{quote}{id}{place} }.into_any();
    match address(state, &opened, row.target) {
        Some(address) => view! {
            <a class="chg" href=address on:click=move |_| state.changes_open.set(false)>{content}</a>
        }
        .into_any(),
        None => view! { <span class="chg" tabindex="-1">{content}</span> }.into_any(),
    }
}

fn tier_key(tier: Tier) -> AnyView {
    view! { <TierKey tier/><span class="vh">{tier.title()}</span> }.into_any()
}

fn place_in_words(target: Target) -> String {
    let number = |index: u32| locale::count(u64::from(index) + 1);
    let message =
        |at: MessageRef| format!("conversation {}, message {}", number(at.conversation), number(at.message));
    match target {
        Target::Annotation(_, Some(at)) | Target::Message(at) => message(at),
        Target::Annotation(_, None) => "without a message".to_owned(),
        Target::Conversation(index) => format!("conversation {}", number(index)),
        Target::Project => "fields of the project".to_owned(),
        Target::Nowhere => "nothing of it is left".to_owned(),
    }
}

fn address(state: AppState, opened: &Opened, target: Target) -> Option<String> {
    let route = match target {
        Target::Annotation(annotation, message) => state.route_to_annotation(opened, annotation, message),
        Target::Message(at) => state.route_to_message(opened, at),
        Target::Conversation(index) => state.route_to_conversation(index),
        Target::Project => Route { screen: Screen::Overview, ..state.route.get_untracked() },
        Target::Nowhere => return None,
    };
    Some(route.fragment())
}
