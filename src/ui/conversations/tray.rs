//! The tray under a message: annotations of it that sit nowhere in its text, each with the reason.

use crate::state::{AppState, Opened};
use crate::ui::chips::{LabelChip, TierKey};
use crate::ui::icons::{Icon, Symbol};
use labelscope_core::domain::{MessageRef, Reason, Unplaced};
use leptos::prelude::*;
use std::sync::Arc;

/// The unanchored annotations of one message.
#[component]
pub fn Tray(
    /// Which message.
    at: MessageRef,
) -> impl IntoView {
    let state = expect_context::<AppState>();
    move || {
        let opened = state.opened.get()?;
        let shown = state.route.with(|route| route.shown_tiers());
        let unplaced = opened.placement.unplaced_of(at).iter().filter(|one| shown[one.annotation.tier]);
        let unplaced: Vec<Unplaced> = unplaced.copied().collect();
        (!unplaced.is_empty()).then(|| tray(state, &opened, at, &unplaced))
    }
}

fn tray(state: AppState, opened: &Arc<Opened>, at: MessageRef, unplaced: &[Unplaced]) -> AnyView {
    let title = match unplaced.len() {
        1 => "1 annotation could not be placed".to_owned(),
        count => format!("{count} annotations could not be placed"),
    };
    let lines = unplaced.iter().map(|one| line(state, opened.clone(), at, *one));
    view! {
        <details class="tray" open>
            <summary><Icon name=Symbol::Warning/>{title}</summary>
            <ul>{lines.collect::<Vec<_>>()}</ul>
        </details>
    }
    .into_any()
}

fn line(state: AppState, opened: Arc<Opened>, at: MessageRef, unplaced: Unplaced) -> AnyView {
    let Some(annotation) = opened.annotation(unplaced.annotation) else { return ().into_any() };
    let label = annotation.label.as_deref().unwrap_or("no label").to_owned();
    let place = opened.labels.place(annotation.label.as_ref());
    let id = annotation.id.as_ref().map(ToString::to_string);
    let is_current = {
        let super::Selected(selected) = expect_context();
        Memo::new(move |_| selected.get().annotation == Some(unplaced.annotation))
    };
    let words = reason_in_words(&opened, at, &unplaced);
    let select = {
        let opened = opened.clone();
        move |_| state.select_annotation(&opened, unplaced.annotation, at)
    };
    view! {
        <li>
            <button
                type="button"
                data-annotation=id
                aria-current=move || is_current.get().then_some("true")
                on:click=select
            >
                <TierKey tier=unplaced.annotation.tier/>
                <span class="vh">{unplaced.annotation.tier.title()}</span>
                <LabelChip name=label place/>
                <span>{words}</span>
            </button>
        </li>
    }
    .into_any()
}

/// Why an annotation sits nowhere, with the numbers as sent.
pub fn reason_in_words(opened: &Opened, at: MessageRef, unplaced: &Unplaced) -> String {
    let Some(annotation) = opened.annotation(unplaced.annotation) else { return String::new() };
    let number = |number: Option<i64>| number.map_or_else(|| "none".to_owned(), |number| number.to_string());
    let offsets = format!("offsets {}–{}", number(annotation.start_offset), number(annotation.end_offset));
    let quote = annotation.text.as_deref().map(|text| text.chars().take(60).collect::<String>());
    let quote = quote.map(|quote| format!("“{quote}”")).unwrap_or_default();
    let part = number(annotation.part_index);
    let parts = opened.message(at).map_or(0, |message| message.parts.len());
    match unplaced.reason {
        Reason::WithoutMessage => "its key names no message".to_owned(),
        Reason::PartOutOfRange => {
            format!("there is no part {part} among {parts}, and {quote} stands in no other")
        }
        Reason::PartWithoutText => format!("part {part} has no text, and {quote} stands in no other"),
        Reason::TextNotFound => format!("{offsets}: {quote} stands nowhere in this message"),
        Reason::Ambiguous => {
            format!("{quote} stands here more than once, and there is no start offset to choose by")
        }
        Reason::Reversed => format!("{offsets}: the start lies after the end"),
        Reason::PastTheEnd => {
            format!("{offsets} lie past the end of part {part}, and there is no text to find")
        }
        Reason::NothingToGoBy => "neither a text nor both offsets".to_owned(),
    }
}
