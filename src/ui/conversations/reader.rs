//! The reader: the messages of one conversation in order, with the tiers' tracks under their text.

use super::inspector::CopyLink;
use super::message::MessageView;
use super::{Listing, Selected};
use crate::browser::line::Line;
use crate::browser::resize::Element;
use crate::browser::{focus, locale, scroll, timing, view};
use crate::state::load::Phase;
use crate::state::navigate::Step;
use crate::state::selection::{Selection, Shown, annotation_address};
use crate::state::{AppState, Opened};
use crate::ui::chips::TierKey;
use crate::ui::icons::{Icon, Symbol};
use crate::ui::virtual_list::VirtualList;
use labelscope_core::domain::{Conversation, MessageRef, Tier};
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

#[component]
fn Bar() -> impl IntoView {
    let state = expect_context::<AppState>();
    let Selected(selected) = expect_context();
    let Listing(listing) = expect_context();
    let index = Memo::new(move |_| selected.get().conversation.index());
    let count = Memo::new(move |_| state.conversations.with(Vec::len));
    let number =
        move || index.get().map_or_else(|| "–".to_owned(), |index| locale::count(u64::from(index) + 1));
    let is_first = move || index.get().is_none_or(|index| index == 0);
    let is_last = move || index.get().is_none_or(|index| index as usize + 1 >= count.get());
    view! {
        <div class="bar">
            <div class="where">
                <button
                    type="button"
                    class="icb only-narrow"
                    aria-label="List of conversations"
                    on:click=move |_| listing.set(true)
                >
                    <Icon name=Symbol::List/>
                </button>
                <button
                    type="button"
                    class="icb"
                    aria-label="Previous conversation"
                    aria-keyshortcuts="k"
                    title="Previous conversation (k)"
                    disabled=is_first
                    on:click=move |_| state.step_conversation(Step::Back)
                >
                    <Icon name=Symbol::Left/>
                </button>
                <b class="n">{number}</b>
                <span class="q n">{move || format!("of {}", locale::count(count.get() as u64))}</span>
                <button
                    type="button"
                    class="icb"
                    aria-label="Next conversation"
                    aria-keyshortcuts="j"
                    title="Next conversation (j)"
                    disabled=is_last
                    on:click=move |_| state.step_conversation(Step::On)
                >
                    <Icon name=Symbol::Right/>
                </button>
                <CopyLink
                    to="this conversation"
                    fragment=move || index.get_untracked().map(|index| state.link_to_conversation(index))
                />
            </div>
            <div class="tiers" role="group" aria-label="Tiers shown">
                {Tier::ALL.map(|tier| view! { <TierSwitch tier/> })}
            </div>
        </div>
    }
}

/// Shows or hides a tier; says how many annotations it has in the conversation.
#[component]
fn TierSwitch(tier: Tier) -> impl IntoView {
    let state = expect_context::<AppState>();
    let Selected(selected) = expect_context();
    let is_shown = Memo::new(move |_| state.route.with(|route| route.shown_tiers()[tier]));
    let count = Memo::new(move |_| {
        let index = selected.get().conversation.index()?;
        state.opened.with(|opened| opened.as_ref().map(|opened| opened.counts_of(index)[tier] as u64))
    });
    let spoken = move || {
        let count = count.get().map(|count| locale::counted(count, "annotation", "annotations"));
        let count = count.map(|count| format!(": {count}")).unwrap_or_default();
        format!("{tier}{count}, {}", if is_shown.get() { "shown" } else { "hidden" })
    };
    let key = tier as usize + 1;
    view! {
        <button
            type="button"
            aria-pressed=move || is_shown.get().to_string()
            aria-keyshortcuts=key
            aria-label=spoken
            title=format!("Show or hide {tier} ({key})")
            on:click=move |_| state.route.update(|route| route.toggle_tier(tier))
        >
            <TierKey tier/>
            <span class="nm">{tier.title()}</span>
            <span class="cnt">{move || count.get().map_or_else(|| "…".to_owned(), locale::count)}</span>
        </button>
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
        <VirtualList count=Signal::stored(count) estimate=MESSAGE reveal label=title class="body msgs" scroller row/>
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
