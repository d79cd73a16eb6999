//! Calls of tools and their responses, joined by the call's id.

use super::fold::fold;
use super::{LONG, extra, texts};
use crate::browser::locale;
use crate::state::AppState;
use crate::ui::icons::{Icon, Symbol};
use crate::ui::verbatim::verbatim;
use labelscope_core::domain::{Conversation, MessageRef, Part, PartKind, PartRef};
use leptos::prelude::*;
use std::sync::Arc;

/// A tool call with its arguments, or a response with what was answered.
pub fn tool_part(conversation: &Conversation, part: &Part, at: PartRef, text: Option<Arc<str>>) -> AnyView {
    let (is_call, id, name) = match &part.kind {
        PartKind::ToolCall { id, name } => (true, id.as_deref(), name.as_deref()),
        PartKind::ToolCallResponse { id, name } => (false, id.as_deref(), name.as_deref()),
        _ => return ().into_any(),
    };
    let other = id.and_then(|id| counterpart(conversation, at, id, !is_call));
    let name = name.or(other.as_ref().and_then(|other| other.name)).map(str::to_owned);
    let label = format!(
        "{} {}",
        if is_call { "Call of tool" } else { "Response of tool" },
        name.as_deref().unwrap_or("without a name")
    );
    let name = match name {
        Some(name) => view! { <b>{verbatim(&name)}</b> }.into_any(),
        None => {
            view! { <b class="words">{if is_call { "A tool without a name" } else { "Tool" }}</b> }.into_any()
        }
    };
    view! {
        <section class="tool" aria-label=label>
            <header>
                <Icon name=Symbol::Tool/>
                {name}
                <span class="q">{if is_call { "call" } else { "response" }}</span>
                {joined(at, is_call, id.is_some(), other)}
                {id.map(|id| view! { <span class="id">{verbatim(id)}</span> })}
            </header>
            {body(at, is_call, text)}
            {extra(part)}
        </section>
    }
    .into_any()
}

fn body(at: PartRef, is_call: bool, text: Option<Arc<str>>) -> AnyView {
    let none = |words: &'static str| view! { <p class="q none">{words}</p> }.into_any();
    let Some(text) = text else {
        return none(if is_call { "No arguments were sent." } else { "No response was sent." });
    };
    let marked = texts(at, &text, true);
    if text.is_empty() {
        return view! { {marked}{none("This text is empty.")} }.into_any();
    }
    if !is_call && text.len() > LONG { fold(at, None, &text, true, marked) } else { marked }
}

/// The part that answers a call, or the call that a part answers.
struct Counterpart<'c> {
    message: MessageRef,
    name: Option<&'c str>,
}

/// The call, or the response, with the id `id`: the nearest before a response, the nearest after a call, and where
/// there is none on that side the nearest on the other.
fn counterpart<'c>(
    conversation: &'c Conversation,
    at: PartRef,
    id: &str,
    looks_for_call: bool,
) -> Option<Counterpart<'c>> {
    let parts = conversation.messages.iter().zip(0..).flat_map(|(message, index)| {
        let message_at = MessageRef { conversation: at.message.conversation, message: index };
        message.parts.iter().zip(0..).map(move |(part, part_index)| (message_at, part_index, part))
    });
    let mut before = None;
    let mut after = None;
    for (message, index, part) in parts {
        let name = match &part.kind {
            PartKind::ToolCall { id: Some(one), name } if looks_for_call && **one == *id => name,
            PartKind::ToolCallResponse { id: Some(one), name } if !looks_for_call && **one == *id => name,
            _ => continue,
        };
        let found = Counterpart { message, name: name.as_deref() };
        if (message, index) < (at.message, at.part) {
            before = Some(found);
        } else if after.is_none() {
            after = Some(found);
        }
    }
    if looks_for_call { before.or(after) } else { after.or(before) }
}

/// The way from a call to its response and back; where there is none, that is said.
fn joined(at: PartRef, is_call: bool, has_id: bool, other: Option<Counterpart>) -> AnyView {
    let state = expect_context::<AppState>();
    let word = if is_call { "response" } else { "call" };
    let Some(other) = other else {
        let words = match has_id {
            true => format!("no {word} with this id"),
            false => "no id to join it by".to_owned(),
        };
        return view! { <span class="q">{format!("· {words}")}</span> }.into_any();
    };
    if other.message == at.message {
        return view! { <span class="q">{format!("· {word} in this message")}</span> }.into_any();
    }
    let number = locale::count(u64::from(other.message.message) + 1);
    let go = move |_| {
        if let Some(opened) = state.opened.get_untracked() {
            state.go_to_message(&opened, other.message);
        }
    };
    view! {
        <button type="button" class="lk" on:click=go>{format!("{word} in message {number}")}</button>
    }
    .into_any()
}
