//! One part of a message, by its kind.
//!
//! Belongs here: which kind is shown in which way, and the fields beside a part's text. Folds, tool parts and media
//! stand in files of their own. Nothing here loads anything from elsewhere, and nothing becomes markup.

mod fold;
mod media;
mod tool;

use super::marked_text::MarkedText;
use super::message::LONG_SYSTEM;
use super::{SetAs, columns};
use crate::state::route::Layout;
use crate::ui::icons::{Icon, Symbol};
use crate::ui::live::each;
use crate::ui::verbatim::verbatim;
use fold::fold;
use labelscope_core::domain::{Conversation, Field, Part, PartKind, PartRef};
use labelscope_core::logic::serialise::{Serialised, part_text};
use leptos::prelude::*;
use media::media_card;
use std::sync::Arc;
use tool::tool_part;

/// From this many bytes on reasoning and tool responses are folded, unless something in them is marked.
const LONG: usize = 600;
/// From this many bytes on any text is: some three screens of it.
const LONG_TEXT: usize = 6_000;

/// A part of a message.
#[component]
pub fn PartView(
    /// The conversation.
    conversation: Arc<Conversation>,
    /// Which part.
    at: PartRef,
) -> impl IntoView {
    let Some(message) = conversation.messages.get(at.message.message as usize) else { return ().into_any() };
    let Some(part) = message.parts.get(at.part as usize) else { return ().into_any() };
    let text = part_text(part).map(|text| Arc::<str>::from(text.as_ref()));
    match (&part.kind, text) {
        (PartKind::Text, Some(text)) => {
            let is_system = message.role.as_deref() == Some("system");
            let body = prose(at, &text);
            let body = if text.len() > if is_system { LONG_SYSTEM } else { LONG_TEXT } {
                fold(at, None, &text, true, body)
            } else {
                body
            };
            view! { {body}{extra(part)} }.into_any()
        }
        (PartKind::Reasoning | PartKind::Compaction, Some(text)) => {
            let word =
                if part.kind == PartKind::Reasoning { "Reasoning" } else { "Summary of earlier turns" };
            let body = match text.is_empty() {
                true => view! { <p><b>{word}</b></p>{prose(at, &text)} }.into_any(),
                false => fold(at, Some(word), &text, text.len() > LONG, prose(at, &text)),
            };
            view! { <section class="aside" aria-label=word>{body}{extra(part)}</section> }.into_any()
        }
        (PartKind::ToolCall { .. } | PartKind::ToolCallResponse { .. }, text) => {
            tool_part(&conversation, part, at, text)
        }
        (PartKind::Media(media), _) => media_card(part, media),
        (PartKind::Foreign(value), _) => card(
            "A value that is not an object",
            "",
            view! { <pre class="json">{verbatim(&Serialised::shown(value).text)}</pre> }.into_any(),
        ),
        (kind, text) => {
            let type_name = part.type_name.as_deref().unwrap_or_default();
            let title = match kind {
                PartKind::ServerToolCall => "Call of a tool at the provider",
                PartKind::ServerToolCallResponse => "Response of a tool at the provider",
                PartKind::Approval => "Approval of a tool call",
                PartKind::Compaction => "Summary of earlier turns, left out",
                PartKind::Reasoning => "Reasoning without text",
                PartKind::Text => "Text that is no string",
                _ if type_name.is_empty() => "A part without a type",
                _ => "A part of another type",
            };
            let is_bare = text.is_none() && part.extra.is_empty();
            let text = text.map(|text| prose(at, &text));
            let nothing = is_bare.then(|| view! { <p class="q none">"Nothing else is in it."</p> });
            card(title, type_name, view! { {text}{extra(part)}{nothing} }.into_any())
        }
    }
}

/// Text with its marks; where it is empty, that is said.
fn prose(at: PartRef, text: &Arc<str>) -> AnyView {
    let empty = text.is_empty().then(|| view! { <p class="q none">"This text is empty."</p> });
    view! { {texts(at, text, false)}{empty} }.into_any()
}

/// The text of a part with its marks, as texts are set: once, or in columns.
fn texts(at: PartRef, text: &Arc<str>, is_code: bool) -> AnyView {
    let SetAs(setting) = expect_context();
    match setting.get_untracked().layout() {
        Layout::Tracks | Layout::Differences => {
            view! { <MarkedText at text=text.clone() is_code/> }.into_any()
        }
        Layout::Columns => columns::texts(at, text.clone(), is_code),
    }
}

/// What the part holds beside its text.
fn extra(part: &Part) -> AnyView {
    if part.extra.is_empty() {
        return ().into_any();
    }
    let fields = each(part.extra.iter(), field);
    view! { <dl class="extra">{fields}</dl> }.into_any()
}

fn field(field: &Field) -> AnyView {
    let name = match &*field.name {
        "" => "(a key without a name)".to_owned(),
        name => name.to_owned(),
    };
    view! { <div><dt>{verbatim(&name)}</dt><dd><pre class="json">{verbatim(&Serialised::shown(&field.value).text)}</pre></dd></div> }
        .into_any()
}

/// A frame around what is not prose: what it is, and its `type` as sent.
fn card(title: &str, type_name: &str, body: AnyView) -> AnyView {
    let title = title.to_owned();
    let type_name = (!type_name.is_empty()).then(|| view! { <span class="id">{verbatim(type_name)}</span> });
    view! {
        <section class="tool card" aria-label=title.clone()>
            <header><Icon name=Symbol::Tool/><b class="words">{title.clone()}</b>{type_name}</header>
            {body}
        </section>
    }
    .into_any()
}
