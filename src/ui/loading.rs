//! The Loading screen: how far an opening is that has nothing to show yet.

use super::icons::{Icon, Symbol};
use super::opening;
use crate::browser::locale;
use crate::state::AppState;
use crate::state::load::{Origin, Phase, Running};
use crate::ui::live::{each, live};
use labelscope_core::logic::align::Verdict;
use leptos::prelude::*;

/// The Loading screen.
#[component]
pub fn LoadingScreen() -> impl IntoView {
    let state = expect_context::<AppState>();
    let running = Memo::new(move |_| state.loads.with(|loads| loads.running().cloned()));
    let of = move |say: fn(&Running) -> String| {
        move || running.with(|it| it.as_ref().map(say).unwrap_or_default())
    };
    let percent = move || running.with(|running| running.as_ref().and_then(Running::percent));
    view! {
        <main id="main" class="wait" aria-busy="true" tabindex="-1">
            <h1>{live(of(|running| title(running).to_owned()))}</h1>
            <p class="from mono">{live(of(|running| running.origin.title().to_owned()))}</p>
            <div
                class="pbar"
                role="progressbar"
                aria-label=of(|running| title(running).to_owned())
                aria-valuemin="0"
                aria-valuemax="100"
                aria-valuenow=percent
                style:--v=move || percent().unwrap_or_default().to_string()
            >
                <i></i>
            </div>
            <p class="pnum">
                <span>{live(move || running.with(|running| running.as_ref().map(Amount::of).map(drawn_amount)))}</span>
                <span>{live(of(|running| running.fraction().map(locale::percent).unwrap_or_default()))}</span>
            </p>
            <ol class="steps">
                {each(Phase::ALL, |phase| {
                    live(move || running.with(|running| running.as_ref().and_then(|it| drawn_step(it, phase))))
                })}
            </ol>
            <button class="btn" type="button" on:click=move |_| opening::cancel(state)>
                "Cancel " <kbd>"Esc"</kbd>
            </button>
        </main>
    }
    .into_any()
}

fn is_remote(origin: &Origin) -> bool {
    matches!(origin, Origin::Api { .. } | Origin::Sample)
}

/// What an opening is doing.
pub(super) fn title(running: &Running) -> &'static str {
    match running.phase {
        Phase::Connecting if is_remote(&running.origin) => "Asking for the export",
        Phase::Receiving if is_remote(&running.origin) => "Receiving the export",
        Phase::Connecting | Phase::Receiving => "Reading the export",
        Phase::Placing => "Placing the annotations",
        Phase::Aligning => "Aligning the tiers",
    }
}

/// How much is done, and of how much.
struct Amount {
    done: String,
    of_total: String,
}

impl Amount {
    fn of(running: &Running) -> Self {
        let say = |amount| match running.phase {
            Phase::Connecting | Phase::Receiving => locale::bytes(amount),
            Phase::Placing => locale::counted(amount, "annotation", "annotations"),
            Phase::Aligning => locale::counted(amount, "message", "messages"),
        };
        let of_total = running.total.map(|total| format!(" of {}", say(total)));
        let done = if running.phase == Phase::Connecting { String::new() } else { say(running.done) };
        Amount { done, of_total: of_total.unwrap_or_default() }
    }
}

fn drawn_amount(amount: Amount) -> impl IntoView {
    view! { <b>{amount.done}</b> {amount.of_total} }
}

/// One line of the list of phases; `None` for a phase that this origin does not have.
fn drawn_step(running: &Running, phase: Phase) -> Option<AnyView> {
    let name = match phase {
        Phase::Connecting if !is_remote(&running.origin) => return None,
        Phase::Connecting => "Connecting",
        Phase::Receiving if is_remote(&running.origin) => "Receiving",
        Phase::Receiving => "Reading",
        Phase::Placing => "Placing annotations",
        Phase::Aligning => "Aligning the tiers",
    };
    let detail = detail(running, phase).unwrap_or_default();
    let is_done = running.phase > phase;
    let is_current = running.phase == phase;
    let sign = if is_done {
        view! { <Icon name=Symbol::Verdict(Verdict::Agreed)/> }.into_any()
    } else {
        view! { <i></i> }.into_any()
    };
    Some(
        view! {
            <li class:done=is_done aria-current=is_current.then_some("step")>
                {sign}<span>{name}</span><span>{detail}</span>
            </li>
        }
        .into_any(),
    )
}

fn detail(running: &Running, phase: Phase) -> Option<String> {
    match phase {
        Phase::Connecting => {
            let waited = running.answered_ms? - running.began_ms;
            // Saturates; a wait is never negative.
            Some(format!("answered in {} ms", locale::count(waited as u64)))
        }
        Phase::Receiving => {
            running.bytes_per_second().map(|rate| format!("{} per second", locale::bytes(rate as u64)))
        }
        Phase::Placing | Phase::Aligning => None,
    }
}
