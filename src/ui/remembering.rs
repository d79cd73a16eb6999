//! Coming back to a project: where the person was, which differences they have seen, which export was open last.
//!
//! Belongs here: when that is read and written, and what is offered of it. Does not belong here: what is remembered
//! (`state::remembered`). Everything under one beginning of a name, so that it can be forgotten in one step.

use super::strap::{other_way, way_on};
use crate::browser::listener::Listener;
use crate::browser::storage::{self, Kept};
use crate::browser::{focus, locale, timing};
use crate::state::AppState;
use crate::state::load::Origin;
use crate::state::remembered::{LastOpen, Remembered};
use crate::state::request::Field;
use crate::state::route::Route;
use crate::ui::live::{While, effect, live};
use labelscope_core::domain::{Id, Project};
use labelscope_core::logic::align::FindingIndex;
use leptos::prelude::*;
use std::sync::Arc;

/// What the names begin with under which projects are remembered.
const PROJECTS: &str = "labelscope:project:";
/// The name under which it is remembered which export was open last.
const LAST: &str = "labelscope:last";
/// How long the person may go on before it is written down where they are, in milliseconds.
const PAUSE_MS: i32 = 400;

fn name_of(project: &Id) -> String {
    project.with_text(|id| format!("{PROJECTS}{id}"))
}

/// Takes in what is remembered of a project, before anything of its export is shown.
pub fn recall(state: AppState, project: &Project) {
    let text = project.id.as_ref().and_then(|id| storage::read(Kept::ForGood, &name_of(id)));
    state.recall(text.as_deref().map(Remembered::from_text).unwrap_or_default());
}

/// Forgets all projects, also what is ticked in the one on screen, of which the next place that the person goes to is noted.
pub fn forget(state: AppState) {
    storage::forget(Kept::ForGood, PROJECTS);
    storage::write(Kept::ForGood, LAST, None);
    state.offered_place.set(None);
    state.remembered.set(Remembered::default());
}

/// Writes down where the person is in the export on screen.
fn write(state: AppState) {
    let project = untrack(move || project_on_screen(state));
    if state.came_from.with_untracked(|origin| *origin == Some(Origin::Sample)) {
        return;
    }
    if let Some(project) = project.filter(|_| state.opened.with_untracked(Option::is_some)) {
        let text = untrack(move || state.note_place()).to_text();
        storage::write(Kept::ForGood, &name_of(&project), Some(&text));
    }
}

fn project_on_screen(state: AppState) -> Option<Id> {
    state.project.with(|project| project.as_ref()?.id.clone())
}

/// Writes down where the person is, for as long as the page lives, a moment after they went there, or as they leave.
pub fn follow(state: AppState) {
    let latest = StoredValue::new(0_u64);
    let is_due = StoredValue::new(false);
    let write_what_is_due = move || {
        if is_due.try_update_value(std::mem::take) == Some(true) {
            write(state);
        }
    };
    StoredValue::new_local(Listener::on_window("pagehide", move |_: leptos::ev::Event| write_what_is_due()));
    let at = StoredValue::new(None::<(Route, bool)>);
    effect(move || {
        // Where a link leads is come to once the export is there.
        let here = (state.route.get(), state.opened.with(Option::is_some));
        let has_moved = at.try_update_value(|at| at.replace(here.clone()) != Some(here)) == Some(true);
        // Forgotten, and not gone anywhere since: nothing is noted, also not what was to be in a moment.
        if !has_moved && state.remembered.with(|one| *one == Remembered::default()) {
            is_due.set_value(false);
            return;
        }
        // What is offered is where they were; it is not to be lost before they have gone anywhere.
        if !state.opened.with(Option::is_some) || state.offered_place.with(Option::is_some) {
            return;
        }
        latest.update_value(|latest| *latest += 1);
        let now = latest.get_value();
        is_due.set_value(true);
        timing::after(PAUSE_MS, move || {
            if latest.try_get_value() == Some(now) {
                write_what_is_due();
            }
        });
    });
    effect(move || {
        if let (Some(project), Some(origin)) = (project_on_screen(state), state.came_from.get())
            && origin != Origin::Sample
        {
            let is_from_api = matches!(origin, Origin::Api { .. });
            let last = LastOpen { project: project.text().into_owned(), is_from_api };
            storage::write(Kept::ForGood, LAST, Some(&last.to_text()));
        }
    });
}

/// Offers to go back to where the person was, above an export that was opened without a place.
#[component]
pub fn Offered() -> impl IntoView {
    let state = expect_context::<AppState>();
    let number = Memo::new(move |_| {
        state.opened.with(Option::is_some).then(|| state.offered_conversation()).flatten()
    });
    let has_difference = Memo::new(move |_| state.offered_difference().is_some());
    live(move || {
        let number = locale::count(number.get()?.into());
        Some(view! {
            <p class="strap" role="status">
                <span>{format!("Last time you were at conversation {number}.")}</span>
                {way_on("Go there", move || state.take_offered_place())}
                {live(move || has_difference.get().then(|| {
                    other_way("To the last difference", move || state.take_offered_difference())
                }))}
                {other_way("Start here", move || state.offered_place.set(None))}
            </p>
        })
    })
}

/// Says which export was open last, on the Open screen; nothing where none is known.
#[component]
pub fn OpenLast() -> impl IntoView {
    let state = expect_context::<AppState>();
    let last = RwSignal::new(storage::read(Kept::ForGood, LAST).as_deref().and_then(LastOpen::from_text));
    live(move || {
        let LastOpen { project, is_from_api } = last.get()?;
        let named = state.route.with(|route| route.project.map(|project| project.to_string()));
        if named.as_ref().is_some_and(|named| *named != project) {
            return None;
        }
        let remembered = storage::read(Kept::ForGood, &format!("{PROJECTS}{project}"));
        let ticks = remembered.map_or(0, |text| Remembered::from_text(&text).seen.len());
        let ticks = match ticks {
            0 => String::new(),
            count => format!(
                " {} ticked as seen.",
                locale::counted(count as u64, "difference is", "differences are")
            ),
        };
        let again = if is_from_api { "Fetch it again" } else { "Choose its file again" };
        let words = format!(
            ", from {}. {again} and you are back where you were.{ticks}",
            if is_from_api { "the API" } else { "a file" }
        );
        let fill = project.clone();
        Some(view! {
            <p class="lede last" role="status">
                "You had project " <code class="mono">{project}</code> " open last"{words}
                {is_from_api.then(|| view! {
                    <button
                        type="button"
                        class="btn"
                        on:click=move |_| {
                            state.form.update(|form| form.project.clone_from(&fill));
                            focus::focus(&format!("#{}", Field::Key.key()));
                        }
                    >
                        "Fill in its ID"
                    </button>
                })}
                <button
                    type="button"
                    class="btn btn-q"
                    on:click=move |_| {
                        forget(state);
                        last.set(None);
                        focus::focus("#main");
                    }
                >
                    "Forget"
                </button>
            </p>
        })
    })
}

/// Makes the page forget what it remembers of projects, and says that it did.
#[component]
pub fn ForgetButton() -> impl IntoView {
    let state = expect_context::<AppState>();
    let is_done = RwSignal::new(false);
    view! {
        <button
            type="button"
            class="btn"
            on:click=move |_| {
                forget(state);
                is_done.set(true);
            }
        >
            "Forget places and ticks"
        </button>
        <span role="status">{move || is_done.get().then_some(" Forgotten.")}</span>
    }
}

/// The tick of the selected difference, and the way to the next one without.
#[component]
pub fn SeenTick(
    /// The differences that are stepped through.
    stepped: Memo<Arc<[FindingIndex]>>,
) -> impl IntoView {
    let state = expect_context::<AppState>();
    let difference = Memo::new(move |_| {
        let selected = state.selection().finding?;
        state.opened.with(|opened| opened.as_ref()?.differences.binary_search(&selected).ok())?;
        Some(selected)
    });
    let is_seen = Memo::new(move |_| {
        difference.get().is_some_and(|index| state.seen.with(|seen| seen.contains(&index)))
    });
    let left = Memo::new(move |_| stepped.with(|stepped| state.left_of(stepped)));
    view! {
        <While when=move || difference.get().is_some()>
            <button
                type="button"
                class="btn btn-q seen"
                aria-pressed=move || is_seen.get().to_string()
                aria-keyshortcuts="x"
                title="Seen (x)"
                on:click=move |_| {
                    state.toggle_seen();
                }
            >
                <span aria-hidden="true">{move || if is_seen.get() { "✓ " } else { "" }}</span>
                "Seen"
            </button>
        </While>
        <While when=move || state.seen.with(|seen| !seen.is_empty())>
            <button
                type="button"
                class="btn btn-q"
                title="Next difference that is not ticked"
                disabled=move || left.get() == 0
                on:click=move |_| state.go_to_unseen()
            >
                {move || format!("{} left", locale::count(left.get() as u64))}
            </button>
        </While>
    }
}
