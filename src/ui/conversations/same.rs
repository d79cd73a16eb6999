//! What is without a difference between two tiers, behind a line that says so.

use super::folding::folding;
use super::message::title_case;
use super::part::PartView;
use crate::state::AppState;
use crate::state::differences::{Parts, Same, listed, name_of};
use crate::state::folds::Fold;
use labelscope_core::domain::{Conversation, MessageRef, PartRef};
use labelscope_core::logic::score::TierPair;
use leptos::prelude::*;
use std::ops::Range;
use std::sync::Arc;

/// The line that stands for messages, or, where they are shown, above them.
pub fn same_messages(
    state: AppState,
    conversation: &Conversation,
    index: u32,
    messages: Range<u32>,
    why: Same,
    is_open: bool,
) -> AnyView {
    let roles = conversation.messages.get(messages.start as usize..messages.end as usize).unwrap_or_default();
    let roles: Vec<String> =
        roles.iter().map(|message| title_case(message.role.as_deref().unwrap_or("no role"))).collect();
    let roles: Vec<&str> = roles.iter().map(String::as_str).collect();
    let names = listed(&roles, "messages");
    let why = match why {
        Same::Equal => "no difference",
        Same::Uncompared => "not compared, only one of the two looked",
        Same::FilteredOut => "no difference that the filters let through",
    };
    let at = move |message| MessageRef { conversation: index, message };
    let first = messages.start;
    let turn = move |_| {
        state.folds.update(|folds| {
            messages.clone().for_each(|message| folds.choose(Fold::Message(at(message)), !is_open));
        });
    };
    view! {
        <div class="skipline" data-index=first>
            <span>{format!("{names}: {why}")}</span>
            <button
                type="button"
                class="lk"
                data-fold=format!("m{first}")
                aria-expanded=is_open.to_string()
                aria-label=format!("{names}: {}", if is_open { "hide" } else { "show" })
                on:click=turn
            >
                {if is_open { "hide" } else { "show" }}
            </button>
        </div>
    }
    .into_any()
}

/// The parts of a message of which some differ: these, and lines for the others.
pub fn differing_parts(conversation: &Arc<Conversation>, at: MessageRef, pair: TierPair) -> AnyView {
    let state = expect_context::<AppState>();
    let whole = state.opened.get_untracked().zip(state.filtered.get_untracked());
    let parts = whole.map(|(opened, filtered)| opened.parts_between(at, pair, &filtered));
    let part = |part: u32| {
        view! { <PartView conversation=conversation.clone() at=PartRef { message: at, part }/> }.into_any()
    };
    let views = parts.into_iter().flatten().map(|parts| match parts {
        Parts::Differing(index) => part(index),
        Parts::Same(run) => same_parts(conversation, at, run.clone(), run.map(part).collect()),
    });
    views.collect::<Vec<_>>().into_any()
}

/// Parts behind a line. Opens when something in them is selected.
fn same_parts(conversation: &Conversation, at: MessageRef, run: Range<u32>, parts: Vec<AnyView>) -> AnyView {
    let message = conversation.messages.get(at.message as usize);
    let kinds = message
        .map(|message| &message.parts)
        .and_then(|parts| parts.get(run.start as usize..run.end as usize));
    let kinds: Vec<&str> = kinds.unwrap_or_default().iter().map(|part| name_of(&part.kind)).collect();
    let names = listed(&kinds, "parts");
    let first = PartRef { message: at, part: run.start };
    let (start, end) = (run.start, run.end);
    let holds = move |part: PartRef, _| part.message == at && (start..end).contains(&part.part);
    let folding = folding(Fold::Same(first), holds, || false);
    let is_open = folding.is_open;
    view! {
        <details class="same" prop:open=move || is_open.get() on:toggle=move |event| folding.turned(&event)>
            <summary class="skipline">
                <span>{format!("{names}: no difference")}</span>
                <span class="lk">{move || if is_open.get() { "hide" } else { "show" }}</span>
            </summary>
            <div class="parts">{parts}</div>
        </details>
    }
    .into_any()
}
