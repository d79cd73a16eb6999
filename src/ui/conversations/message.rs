//! One message: who spoke in the gutter, its parts, its ledger and its tray.

use super::SetAs;
use super::inspector::{CopyLink, RawButton};
use super::ledger::Ledger;
use super::part::PartView;
use super::same::differing_parts;
use super::tray::Tray;
use crate::browser::locale;
use crate::state::AppState;
use crate::state::reading::Setting;
use crate::ui::turns::Turns;
use crate::ui::verbatim::verbatim;
use labelscope_core::domain::{Conversation, Message, MessageRef, PartRef};
use labelscope_core::logic::score::TierPair;
use leptos::prelude::*;
use std::sync::Arc;

/// From this many bytes on what a system message says is folded.
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
    if let Some(turns) = use_context::<Turns>() {
        provide_context(turns.join());
    }
    let SetAs(setting) = expect_context();
    let setting = setting.get_untracked();
    let parts = match setting {
        Setting::Differences(pair, _) if differs(at, pair) => differing_parts(&conversation, at, pair),
        _ => all_parts(&conversation, at, message.parts.len()),
    };
    let (under_text, under_all) = match setting {
        // The ledger has columns of its own, which begin in the gutter.
        Setting::Columns => (None, Some(view! { <Ledger at/> })),
        Setting::Tracks(_) | Setting::Differences(..) => (Some(view! { <Ledger at/> }), None),
    };
    let is_empty = message.parts.is_empty();
    view! {
        <article
            class="msg"
            class:quiet=is_quiet
            data-message=id
            data-index=at.message
            aria-labelledby=heading.clone()
        >
            <div class="who"><h2 id=heading.clone()>{verbatim(&title)}<span class="vh">" "{spoken.clone()}</span></h2>{generation(message)}{ways_on(message, at, spoken)}</div>
            <div class="parts">
                {parts}
                {is_empty.then(|| view! { <p class="q">"This message has no parts."</p> })}
                {under_text}
                <Tray at/>
            </div>
            {under_all}
        </article>
    }
    .into_any()
}

fn all_parts(conversation: &Arc<Conversation>, at: MessageRef, count: usize) -> AnyView {
    let part = |part: u32| {
        let at = PartRef { message: at, part };
        view! { <PartView conversation=conversation.clone() at/> }
    };
    (0..u32::try_from(count).unwrap_or(u32::MAX)).map(part).collect::<Vec<_>>().into_any()
}

/// Whether anything in a message differs between two tiers, as far as they are read.
fn differs(at: MessageRef, pair: TierPair) -> bool {
    let state = expect_context::<AppState>();
    let whole = state.opened.get_untracked().zip(state.filtered.get_untracked());
    whole.is_some_and(|(opened, filtered)| !opened.differences_between(at, pair, &filtered).is_empty())
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
                view! { <dt class="vh">{name}</dt><dd title=format!("{name}: {value}")>{verbatim(&value)}</dd> },
            )
        })
        .collect();
    if facts.is_empty() { ().into_any() } else { view! { <dl>{facts}</dl> }.into_any() }
}

/// `assistant` as `Assistant`; a word that is not ASCII stays as sent.
pub fn title_case(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_ascii_uppercase().to_string() + chars.as_str())
}
