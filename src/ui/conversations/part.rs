//! One part of a message, by its kind.
//!
//! Belongs here: what surrounds a part's text: folds, tool headers, cards, fields that are not its text. Nothing here
//! loads anything from elsewhere, and nothing becomes markup.

use super::Selected;
use super::marked_text::MarkedText;
use super::message::{LONG_SYSTEM, is_code};
use crate::browser::locale;
use crate::state::AppState;
use crate::ui::icons::{Icon, Symbol};
use labelscope_core::domain::{Conversation, Field, Media, Part, PartKind, PartRef};
use labelscope_core::logic::serialise::{Serialised, part_text};
use leptos::prelude::*;
use std::sync::Arc;

/// From this many bytes on reasoning and tool responses are folded, unless something in them is marked.
const LONG: usize = 600;

/// How much of a folded text its summary shows, in characters.
const PREVIEW: usize = 120;

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
    let is_system = message.role.as_deref() == Some("system");
    match (&part.kind, text) {
        (PartKind::Text, Some(text)) => {
            let size = text.len();
            let body = view! { <MarkedText at text=text.clone()/> }.into_any();
            let body = if is_system && size > LONG_SYSTEM { fold(at, None, &text, true, body) } else { body };
            view! { {body}{extra(part)} }.into_any()
        }
        (PartKind::Reasoning | PartKind::Compaction, Some(text)) => {
            let word =
                if part.kind == PartKind::Reasoning { "Reasoning" } else { "Summary of earlier turns" };
            let folds = text.len() > LONG;
            let body = view! { <MarkedText at text=text.clone()/> }.into_any();
            let body = fold(at, Some(word), &text, folds, body);
            view! { <section class="aside" aria-label=word>{body}{extra(part)}</section> }.into_any()
        }
        (PartKind::ToolCall { id, name }, text) => {
            let name = name.as_deref().unwrap_or("tool without a name").to_owned();
            tool(part, at, "Tool call", &name, id.as_deref(), text)
        }
        (PartKind::ToolCallResponse { id, name }, text) => {
            let joined = name.as_deref().or_else(|| called(&conversation, id.as_deref()));
            let name = joined.unwrap_or("response").to_owned();
            tool(part, at, "Response of", &name, id.as_deref(), text)
        }
        (PartKind::Media(media), _) => media_card(part, media),
        (PartKind::Foreign(value), _) => card(
            "not an object",
            Some(view! { <pre class="json">{Serialised::shown(value).text}</pre> }.into_any()),
        ),
        (_, text) => {
            let title = part.type_name.as_deref().unwrap_or("part without a type").to_owned();
            let text = text.map(|text| view! { <MarkedText at text/> });
            card(&title, Some(view! { {text}{extra(part)} }.into_any()))
        }
    }
}

/// The name of the tool that the call with this id names.
fn called<'c>(conversation: &'c Conversation, id: Option<&str>) -> Option<&'c str> {
    let id = id?;
    let parts = conversation.messages.iter().flat_map(|message| &message.parts);
    parts
        .filter_map(|part| match &part.kind {
            PartKind::ToolCall { id: Some(call), name } if **call == *id => name.as_deref(),
            _ => None,
        })
        .next()
}

fn tool(
    part: &Part,
    at: PartRef,
    word: &str,
    name: &str,
    id: Option<&str>,
    text: Option<Arc<str>>,
) -> AnyView {
    let label = format!("{word} {name}");
    let is_call = matches!(part.kind, PartKind::ToolCall { .. });
    let body = match text {
        Some(text) => {
            let folds = !is_call && text.len() > LONG;
            let body = view! { <MarkedText at text=text.clone() is_code=is_code(&part.kind)/> }.into_any();
            if folds { fold(at, None, &text, true, body) } else { body }
        }
        None => {
            let what = if is_call { "No arguments" } else { "No response" };
            view! { <p class="q none">{what}</p> }.into_any()
        }
    };
    let kind = (!is_call).then(|| view! { <span class="q">"response"</span> });
    view! {
        <section class="tool" aria-label=label>
            <header>
                <Icon name=Symbol::Tool/>
                <b>{name.to_owned()}</b>
                {kind}
                {id.map(|id| view! { <span class="id">{id.to_owned()}</span> })}
            </header>
            {body}
            {extra(part)}
        </section>
    }
    .into_any()
}

/// A part behind a line that says what is in it. Opens by itself when something in it is selected, and stands open from
/// the start if something in it is marked.
fn fold(at: PartRef, word: Option<&'static str>, text: &str, folds: bool, body: AnyView) -> AnyView {
    let state = expect_context::<AppState>();
    let Selected(selected) = expect_context();
    let spans = Memo::new(move |_| {
        state.opened.with(|opened| opened.as_ref().map_or(0, |opened| opened.marks_of(at).len()))
    });
    let is_selected_inside = Memo::new(move |_| {
        let opened = state.opened.get()?;
        let finding = opened.alignment.finding(selected.get().finding?)?;
        (finding.part == at).then_some(())
    });
    let is_open = RwSignal::new(!folds);
    Effect::new(move |_| {
        if spans.get() > 0 || is_selected_inside.get().is_some() {
            is_open.set(true);
        }
    });
    let preview: String =
        text.chars().take(PREVIEW).map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    let size = locale::counted(text.chars().count() as u64, "character", "characters");
    let inside = move || match (is_open.get(), spans.get()) {
        (false, 0) => size.clone(),
        (false, 1) => format!("1 span inside · {size}"),
        (false, count) => format!("{count} spans inside · {size}"),
        (true, _) => size.clone(),
    };
    view! {
        <details
            class="fold"
            prop:open=move || is_open.get()
            on:toggle=move |event| is_open.set(crate::browser::view::is_open(&event))
        >
            <summary>
                <Icon name=Symbol::Chevron/>
                {word.map(|word| view! { <b>{word}</b> })}
                <span class="q" dir="auto">{move || if is_open.get() { String::new() } else { preview.clone() }}</span>
                <span class="in">{inside}</span>
            </summary>
            {body}
        </details>
    }
    .into_any()
}

/// What the part holds beside its text.
fn extra(part: &Part) -> AnyView {
    if part.extra.is_empty() {
        return ().into_any();
    }
    let fields = part.extra.iter().map(field).collect::<Vec<_>>();
    view! { <dl class="extra">{fields}</dl> }.into_any()
}

fn field(field: &Field) -> AnyView {
    view! { <div><dt>{field.name.to_string()}</dt><dd><pre class="json">{Serialised::shown(&field.value).text}</pre></dd></div> }
        .into_any()
}

fn media_card(part: &Part, media: &Media) -> AnyView {
    let (title, mime_type, what) = match media {
        Media::Blob { mime_type, content } => {
            let size = content.map(|content| content.end.saturating_sub(content.start));
            let size = size.map(|size| format!("{} of encoded content, not shown", locale::bytes(size)));
            ("Inline content", mime_type, size.unwrap_or_else(|| "without content".to_owned()))
        }
        Media::Uri { mime_type, uri } => ("Content at an address, not loaded", mime_type, uri.to_string()),
        Media::File { mime_type, file_id } => {
            ("A file at the provider", mime_type, file_id.as_deref().unwrap_or("without an id").to_owned())
        }
    };
    let mime_type =
        mime_type.as_deref().map(|mime_type| view! { <span class="id">{mime_type.to_owned()}</span> });
    view! {
        <section class="tool card" aria-label=title>
            <header><Icon name=Symbol::File/><b>{title}</b>{mime_type}</header>
            <p class="what">{what}</p>
            {extra(part)}
        </section>
    }
    .into_any()
}

fn card(title: &str, body: Option<AnyView>) -> AnyView {
    let title = title.to_owned();
    view! {
        <section class="tool card" aria-label=title.clone()>
            <header><Icon name=Symbol::Tool/><b>{title.clone()}</b></header>
            {body}
        </section>
    }
    .into_any()
}
