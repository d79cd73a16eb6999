//! One message: who spoke in the gutter, its parts, its ledger and its tray.

use super::inspector::{CopyLink, RawButton};
use super::ledger::Ledger;
use super::part::PartView;
use super::tray::Tray;
use crate::browser::locale;
use crate::state::AppState;
use labelscope_core::domain::{Conversation, Message, MessageRef, PartRef};
use leptos::prelude::*;
use std::sync::Arc;

/// From this many characters on what a system message says is folded.
pub const LONG_SYSTEM: usize = 240;

/// A message of a conversation.
#[component]
pub fn MessageView(
    /// The conversation.
    conversation: Arc<Conversation>,
    /// Which message.
    at: MessageRef,
) -> impl IntoView {
    let Some(message) = conversation.messages.get(at.message as usize) else { return ().into_any() };
    let role = message.role.as_deref().unwrap_or("no role");
    let title = title_case(role);
    let is_quiet = !matches!(role, "assistant");
    let heading = format!("m{}", at.message);
    let spoken = format!("message {}", locale::count(u64::from(at.message) + 1));
    let id = message.id.as_ref().map(ToString::to_string);
    let parts = (0..message.parts.len()).map(|index| {
        let at = PartRef { message: at, part: u32::try_from(index).unwrap_or(u32::MAX) };
        view! { <PartView conversation=conversation.clone() at/> }
    });
    let is_empty = message.parts.is_empty();
    view! {
        <article class="msg" class:quiet=is_quiet data-message=id aria-labelledby=heading.clone()>
            <div class="who"><h3 id=heading.clone()>{title}</h3>{generation(message)}{ways_on(message, at, spoken)}</div>
            <div class="parts">
                {parts.collect::<Vec<_>>()}
                {is_empty.then(|| view! { <p class="q">"This message has no parts."</p> })}
                <Ledger at/>
                <Tray at/>
            </div>
        </article>
    }
    .into_any()
}

/// The message's JSON, and the link to it.
fn ways_on(message: &Message, at: MessageRef, spoken: String) -> AnyView {
    let state = expect_context::<AppState>();
    view! {
        <span class="ways-on">
            <RawButton source=message.source what=spoken.clone()/>
            <CopyLink to=spoken fragment=move || Some(state.link_to_message(at))/>
        </span>
    }
    .into_any()
}

/// Model, provider, tokens and finish reasons, where the message has them.
fn generation(message: &Message) -> AnyView {
    let generation = &message.generation;
    let tokens = |tokens: Option<u64>| tokens.map_or_else(|| "–".to_owned(), locale::count);
    let has_tokens = generation.input_tokens.is_some() || generation.output_tokens.is_some();
    let tokens = has_tokens
        .then(|| format!("{} → {} tok", tokens(generation.input_tokens), tokens(generation.output_tokens)));
    let finish = (!generation.finish_reasons.is_empty()).then(|| generation.finish_reasons.join(", "));
    let facts = [
        ("Model", generation.model.as_deref().map(str::to_owned)),
        ("Provider", generation.provider.as_deref().map(str::to_owned)),
        ("Input and output tokens", tokens),
        ("Finish reasons", finish),
    ];
    let facts: Vec<_> = facts
        .into_iter()
        .filter_map(|(name, value)| {
            let value = value?;
            Some(
                view! { <dt class="vh">{name}</dt><dd title=format!("{name}: {value}")>{value.clone()}</dd> },
            )
        })
        .collect();
    if facts.is_empty() { ().into_any() } else { view! { <dl>{facts}</dl> }.into_any() }
}

/// `assistant` as `Assistant`; a word that is not ASCII stays as sent.
fn title_case(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_ascii_uppercase().to_string() + chars.as_str())
}
