//! The reader: the messages of one conversation in order, with the tiers' tracks under their text.

use super::Selected;
use super::bar::Bar;
use super::message::MessageView;
use crate::browser::line::Line;
use crate::browser::resize::Element;
use crate::browser::{focus, locale, scroll, timing, view};
use crate::state::filter::chips;
use crate::state::load::Phase;
use crate::state::selection::{Selection, Shown, annotation_address};
use crate::state::{AppState, Opened};
use crate::ui::icons::{Icon, Symbol};
use crate::ui::virtual_list::VirtualList;
use labelscope_core::domain::{Conversation, MessageRef};
use leptos::html;
use leptos::prelude::*;
use std::sync::Arc;

/// The height of a message before it is measured, in pixels.
const MESSAGE: f64 = 180.0;

/// The conversation that is shown, and the bar above it.
#[component]
pub fn Reader() -> impl IntoView {
    let Selected(selected) = expect_context();
    let shown = Memo::new(move |_| selected.get().conversation);
    view! {
        <main class="pane reader" id="main" tabindex="-1" aria-labelledby="reader-title">
            <Bar/>
            <Narrowed/>
            <Notice/>
            {move || match shown.get() {
                Shown::At(index) => view! { <Messages index/> }.into_any(),
                Shown::Awaited => message_pane("Reading", "What the link points to has not arrived yet."),
                Shown::Missing => message_pane(
                    "Not in this export",
                    "The link points to something that this export does not hold. Choose a conversation from the list.",
                ),
            }}
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
    move || {
        let incomplete =
            state.opened.with(|opened| opened.as_ref().and_then(|opened| opened.incomplete.clone()));
        if let Some(problem) = incomplete {
            let words = format!("{} {}", problem.headline, problem.lede);
            return Some(
                view! { <p class="strap" role="status"><Icon name=Symbol::Warning/>{words}</p> }.into_any(),
            );
        }
        if state.opened.with(Option::is_some) {
            return None;
        }
        let words = match state.loads.with(|loads| loads.running().map(|running| running.phase)) {
            Some(Phase::Connecting | Phase::Receiving) => {
                "The tiers come last in the file: marks appear once they are read."
            }
            Some(Phase::Placing) => "Placing the annotations in their texts…",
            Some(Phase::Aligning) => "Aligning the tiers…",
            None => "Reading stopped before the tiers were read.",
        };
        Some(view! { <p class="strap q" role="status">{words}</p> }.into_any())
    }
}

/// Where the list with its chips is out of sight: that there are filters, and the way out of them.
#[component]
fn Narrowed() -> impl IntoView {
    let state = expect_context::<AppState>();
    let count = Memo::new(move |_| state.route.with(|route| chips(route).len()));
    let clear = move |_| {
        state.clear_filters();
    };
    view! {
        <Show when=move || { count.get() > 0 }>
            <p class="strap narrowed">
                {move || locale::counted(count.get() as u64, "filter", "filters")}
                <button type="button" class="btn" on:click=clear>"Clear all filters"</button>
            </p>
        </Show>
    }
}

/// The messages of the conversation at `index`.
#[component]
fn Messages(index: u32) -> impl IntoView {
    let state = expect_context::<AppState>();
    let Selected(selected) = expect_context();
    let conversation = state.conversations.with_untracked(|read| read.get(index as usize).cloned());
    let Some(conversation) = conversation else { return ().into_any() };
    let title = format!("Conversation {}", locale::count(u64::from(index) + 1));
    let count = conversation.messages.len();
    if count == 0 {
        return message_pane("No messages", "This conversation holds no message.");
    }
    mark_first_message();
    let scroller = NodeRef::<html::Div>::new();
    let reveal = Memo::new(move |_| {
        let message = selected.get().message.filter(|message| message.conversation == index)?;
        // Reading `opened` reveals anew what a link names once the tiers have opened up the lines above it.
        state.opened.track();
        Some(message.message as usize)
    });
    let sought = Signal::derive(move || {
        let at = state.sought.get().filter(|at| at.conversation == index)?;
        Some(at.message as usize)
    });
    Effect::new(move |_| {
        let selection = selected.get();
        let Some(opened) = state.opened.get() else { return };
        let landing = state.landing.try_update_value(Option::take).flatten();
        let lands = landing.is_some_and(|landing| state.route.with_untracked(|here| *here == landing));
        reveal_selection(&opened, &selection, lands, scroller);
    });
    keep_line_when_tracks_open(state, scroller);
    let row = move |message: usize| message_row(conversation.clone(), index, message);
    view! {
        <h1 class="vh" id="reader-title">{title.clone()}</h1>
        <VirtualList count=Signal::stored(count) estimate=MESSAGE reveal sought label=title class="body msgs" scroller row/>
    }
    .into_any()
}

fn message_row(conversation: Arc<Conversation>, index: u32, message: usize) -> AnyView {
    let Ok(message) = u32::try_from(message) else { return ().into_any() };
    let at = MessageRef { conversation: index, message };
    view! { <MessageView conversation at/> }.into_any()
}

/// Brings what is selected into view, once its message has been rendered and laid out; where a link led there (`lands`),
/// the keyboard goes there too.
fn reveal_selection(opened: &Arc<Opened>, selection: &Selection, lands: bool, scroller: NodeRef<html::Div>) {
    let selector = match (selection.annotation, selection.finding, selection.message) {
        (Some(annotation), ..) => {
            let id = annotation_address(&opened.export, annotation).to_string();
            format!("[data-annotation~=\"{}\"]", view::quoted(&id))
        }
        (None, Some(finding), _) => format!("mark[data-f~=\"{}\"]", finding.get()),
        (None, None, Some(at)) if lands => format!("[data-row=\"{}\"] > article", at.message),
        (None, None, _) => return,
    };
    // A message is brought into view by the list.
    let selection_is_deeper = selection.annotation.is_some() || selection.finding.is_some();
    // One frame for the list to scroll to the message, one for the message to be laid out.
    request_animation_frame(move || {
        request_animation_frame(move || {
            request_animation_frame(move || {
                // The conversation may have been left by then, and its elements with it.
                if let Some(Some(scroller)) = scroller.try_get_untracked() {
                    if selection_is_deeper {
                        view::bring_into_view(&scroller, &selector);
                    }
                    if lands {
                        focus::land_on(&scroller, &selector);
                    }
                }
            });
        });
    });
}

/// When the tiers arrive, tracks open under the lines; the line at the top of the view stays where it is. Must be called
/// before the rows are made, so that it sees the text as it stood.
fn keep_line_when_tracks_open(state: AppState, scroller: NodeRef<html::Div>) {
    Effect::new(move |was_open: Option<bool>| {
        let is_open = state.opened.with(Option::is_some);
        let scroller = scroller.get_untracked().filter(|_| was_open == Some(false) && is_open);
        let Some(scroller) = scroller else { return is_open };
        let row_of = |part: &Element| part.closest("[data-row]").ok().flatten()?.get_attribute("data-row");
        let name = |part: &Element| {
            Some(format!(
                "[data-row=\"{}\"] [data-part=\"{}\"]",
                row_of(part)?,
                part.get_attribute("data-part")?
            ))
        };
        if let Some(line) = Line::at_top(&scroller, "[data-part]", name) {
            request_animation_frame(move || {
                request_animation_frame(move || {
                    if let Some(moved) = line.moved(&scroller) {
                        scroll::set_top(&scroller, scroll::top(&scroller) + moved);
                    }
                });
            });
        }
        is_open
    });
}

/// Leaves the mark `labelscope:first-message` once, when the first message's text has been painted.
fn mark_first_message() {
    let state = expect_context::<AppState>();
    if state.first_message_marked.get_value() {
        return;
    }
    state.first_message_marked.set_value(true);
    // The frame that paints the message ends before the second callback.
    request_animation_frame(|| request_animation_frame(|| timing::mark("labelscope:first-message")));
}
