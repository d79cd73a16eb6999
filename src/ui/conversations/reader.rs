//! The reader: the conversation that is shown, and what must be known before trusting it.

use super::Selected;
use super::bar::Bar;
use super::legend::Legend;
use super::place::MESSAGES;
use super::texts::Texts;
use crate::browser::{focus, locale};
use crate::state::AppState;
use crate::state::filter::chips;
use crate::state::load::Phase;
use crate::state::selection::Shown;
use crate::ui::icons::{Icon, Symbol};
use crate::ui::live::{While, live};
use crate::ui::strap::way_on;
use labelscope_core::domain::Conversation;
use leptos::prelude::*;
use std::sync::Arc;

/// The conversation that is shown, and the bar above it.
#[component]
pub fn Reader() -> impl IntoView {
    let state = expect_context::<AppState>();
    let Selected(selected) = expect_context();
    let is_empty = move |index: u32| {
        let count = |read: &Vec<Arc<Conversation>>| read.get(index as usize).map(|one| one.messages.len());
        state.conversations.with_untracked(count) == Some(0)
    };
    // A later export has a text of its own for the same conversation.
    let shown = Memo::new(move |_| (state.replaced.get(), selected.get().conversation));
    view! {
        <main class="pane reader" id="main" tabindex="-1" aria-labelledby="reader-title">
            <Bar/>
            <Narrowed/>
            <Notice/>
            <NoRoom/>
            <Legend/>
            {live(move || {
                let shown = shown.get().1;
                focus::let_go(MESSAGES);
                match shown {
                    Shown::At(index) if is_empty(index) => {
                        message_pane("No messages", "This conversation holds no message.")
                    }
                    Shown::At(index) => view! { <Texts index/> }.into_any(),
                    Shown::Awaited => message_pane("Reading", "What the link points to has not arrived yet."),
                    Shown::Missing => message_pane(
                        "Not in this export",
                        "The link points to something that this export does not hold. Choose a conversation from the list.",
                    ),
                }
            })}
        </main>
    }
    .into_any()
}

fn message_pane(title: &'static str, words: &'static str) -> AnyView {
    view! { <div class="body"><p class="empty"><b id="reader-title">{title}</b>{words}</p></div> }.into_any()
}

/// What a reader must know before trusting what is below: that the tiers are still to come, or the end is missing.
#[component]
fn Notice() -> impl IntoView {
    let state = expect_context::<AppState>();
    let phase = Memo::new(move |_| state.loads.with(|loads| loads.running().map(|running| running.phase)));
    live(move || {
        let incomplete =
            state.opened.with(|opened| opened.as_ref().and_then(|opened| opened.incomplete.clone()));
        if let Some(problem) = incomplete {
            let words = format!("{}. {}", problem.headline, problem.lede);
            return Some(
                view! { <p class="strap" role="status"><Icon name=Symbol::Warning/>{words}</p> }.into_any(),
            );
        }
        if state.opened.with(Option::is_some) {
            return None;
        }
        let words = match phase.get() {
            Some(Phase::Connecting | Phase::Receiving) => {
                "The tiers come last in the file: marks appear once they are read."
            }
            Some(Phase::Placing) => "Placing the annotations in their texts…",
            Some(Phase::Aligning) => "Aligning the tiers…",
            None => "Reading stopped before the tiers were read.",
        };
        Some(view! { <p class="strap q" role="status">{words}</p> }.into_any())
    })
}

/// Where the list with its chips is out of sight: that there are filters, and the way out of them.
#[component]
fn Narrowed() -> impl IntoView {
    let state = expect_context::<AppState>();
    let count = Memo::new(move |_| state.route.with(|route| chips(route).len()));
    let clear = move || {
        state.clear_filters();
    };
    view! {
        <While when=move || { count.get() > 0 }>
            <p class="strap narrowed">
                {move || locale::counted(count.get() as u64, "filter", "filters")}
                {way_on("Clear all filters", clear)}
            </p>
        </While>
    }
}

/// That the address asks for columns, and the window is too narrow for them.
#[component]
fn NoRoom() -> impl IntoView {
    let state = expect_context::<AppState>();
    let lacks_room = Memo::new(move |_| state.lacks_room());
    let words = "Columns need a window 1,000 pixels wide; here the text is shown with tracks.";
    live(move || lacks_room.get().then(|| view! { <p class="strap q" role="status">{words}</p> }))
}
