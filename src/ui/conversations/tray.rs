//! The tray: annotations that sit in no text, each with the reason. Those of a message stand under it, those of none
//! in a list of their own.

use super::SetAs;
use crate::browser::locale;
use crate::state::{AppState, Opened};
use crate::ui::chips::{LabelChip, TierKey};
use crate::ui::icons::{Icon, Symbol};
use crate::ui::live::live;
use crate::ui::turns::Turn;
use crate::ui::verbatim::verbatim;
use crate::ui::virtual_list::VirtualList;
use labelscope_core::domain::{AnnotationRef, MessageRef, Reason, Unplaced};
use leptos::prelude::*;
use std::sync::Arc;

/// The height of a line before it is measured, in pixels.
const LINE: f64 = 48.0;

/// From this many lines on only those in view are drawn.
const LONG: usize = 100;

/// How much of a quote is shown in a reason, in characters.
const QUOTE: usize = 60;

/// The unanchored annotations of one message.
#[component]
pub fn Tray(
    /// Which message.
    at: MessageRef,
) -> impl IntoView {
    let state = expect_context::<AppState>();
    let SetAs(setting) = expect_context();
    let setting = setting.get_untracked();
    let selected = Memo::new(move |_| state.selection().annotation);
    let turn = expect_context::<Turn>();
    live(move || {
        if !turn.has_come() {
            return None;
        }
        let (opened, filtered) = (state.opened.get()?, state.filtered.get()?);
        let tiers = setting.tiers(filtered.filter().tiers());
        let selected = selected.get();
        let is_shown = |one: &&Unplaced| {
            let at = one.annotation;
            (tiers[at.tier] && filtered.annotation(at)) || selected == Some(at)
        };
        let unplaced: Vec<Unplaced> =
            opened.placement.unplaced_of(at).iter().filter(is_shown).copied().collect();
        (!unplaced.is_empty()).then(|| tray(opened, unplaced))
    })
}

fn tray(opened: Arc<Opened>, unplaced: Vec<Unplaced>) -> AnyView {
    let title = match unplaced.len() {
        1 => "1 annotation could not be placed".to_owned(),
        count => format!("{} annotations could not be placed", locale::count(count as u64)),
    };
    let count = unplaced.len();
    let lines = if count <= LONG {
        let lines = unplaced.iter().map(|one| view! { <li>{line(&opened, one)}</li> });
        view! { <ul>{lines.collect::<Vec<_>>()}</ul> }.into_any()
    } else {
        lines_in_view(opened, unplaced, "Annotations that could not be placed")
    };
    view! {
        <details class="tray" class:long={count > LONG} open>
            <summary><Icon name=Symbol::Warning/>{title}</summary>
            {lines}
        </details>
    }
    .into_any()
}

/// Lines of which only those in view are drawn.
fn lines_in_view(opened: Arc<Opened>, shown: Vec<Unplaced>, label: &'static str) -> AnyView {
    let count = Signal::stored(shown.len());
    let row = move |index: usize| shown.get(index).map(|one| line(&opened, one)).into_any();
    view! { <VirtualList count estimate=LINE reveal=Signal::stored(None) label class="lines" row/> }
        .into_any()
}

/// The annotations that belong to no message, as links that select them.
#[component]
pub fn WithoutMessage(
    /// Only those that the filters let through.
    #[prop(optional)]
    as_filtered: bool,
) -> impl IntoView {
    let state = expect_context::<AppState>();
    live(move || {
        let (opened, filtered) = (state.opened.get()?, state.filtered.get()?);
        let all = opened.without_message();
        let shown: Vec<Unplaced> =
            all.iter().filter(|one| !as_filtered || filtered.shows(one.annotation)).copied().collect();
        (!shown.is_empty()).then(|| without_message(opened.clone(), shown))
    })
}

fn without_message(opened: Arc<Opened>, shown: Vec<Unplaced>) -> AnyView {
    let (count, all) = (shown.len(), opened.without_message().len() as u64);
    let title = locale::counted(all, "annotation without a message", "annotations without a message");
    let title =
        if count as u64 == all { title } else { format!("{} of {title}", locale::count(count as u64)) };
    view! {
        <details class="tray lost">
            <summary><Icon name=Symbol::Warning/>{title}</summary>
            {lines_in_view(opened, shown, "Annotations without a message")}
        </details>
    }
    .into_any()
}

fn line(opened: &Opened, unplaced: &Unplaced) -> AnyView {
    let state = expect_context::<AppState>();
    let Some(annotation) = opened.annotation(unplaced.annotation) else { return ().into_any() };
    let label = annotation.label.as_deref().unwrap_or("no label").to_owned();
    let place = opened.labels.place(annotation.label.as_ref());
    let id = annotation.id.as_ref().map(ToString::to_string);
    let at = unplaced.annotation;
    let is_current = Memo::new(move |_| state.selection().annotation == Some(at));
    let message = unplaced.message;
    let address = move || {
        let opened = state.opened.get();
        opened.map(|opened| state.route_to_annotation(&opened, at, message).fragment())
    };
    view! {
        <a
            class="line"
            href=address
            data-annotation=id
            aria-current=move || is_current.get().then_some("true")
        >
            <TierKey tier=at.tier/>
            <span class="vh">{at.tier.title()}</span>
            <LabelChip name=label place/>
            <span class="why-not">{verbatim(&reason_in_words(opened, unplaced))}</span>
        </a>
    }
    .into_any()
}

/// Why an annotation sits nowhere, with the numbers as sent.
pub fn reason_in_words(opened: &Opened, unplaced: &Unplaced) -> String {
    let Some(annotation) = opened.annotation(unplaced.annotation) else { return String::new() };
    let number = |number: Option<i64>| number.map_or_else(|| "none".to_owned(), |number| number.to_string());
    let offsets = format!("offsets {}–{}", number(annotation.start_offset), number(annotation.end_offset));
    let quote = annotation.text.as_deref().map(|text| text.chars().take(QUOTE).collect::<String>());
    let quote = quote.map_or_else(|| "its text".to_owned(), |quote| format!("“{quote}”"));
    let part = number(annotation.part_index);
    let parts = unplaced.message.and_then(|at| opened.message(at)).map_or(0, |message| message.parts.len());
    let here = if unplaced.message.is_some() { "this message" } else { "its conversation" };
    match unplaced.reason {
        Reason::WithoutMessage => {
            let key = key_of(opened, unplaced.annotation).unwrap_or_default();
            format!("its key {key} names no message and no conversation")
        }
        Reason::PartOutOfRange => {
            format!("there is no part {part} among {parts}, and {quote} stands in no other")
        }
        Reason::PartWithoutText => format!("part {part} has no text, and {quote} stands in no other"),
        Reason::TextNotFound => format!("{offsets}: {quote} stands nowhere in {here}"),
        Reason::Ambiguous => {
            format!("{quote} stands in {here} more than once, and there is no start offset to choose by")
        }
        Reason::Reversed => format!("{offsets}: the start lies after the end"),
        Reason::PastTheEnd => {
            format!("{offsets} lie past the end of part {part}, and there is no text to find")
        }
        Reason::NothingToGoBy => "neither a text nor both offsets".to_owned(),
    }
}

/// The key of the list that an annotation stands in, as sent.
pub fn key_of(opened: &Opened, at: AnnotationRef) -> Option<String> {
    let lists = &opened.export.tiers[at.tier].lists;
    let list = lists.iter().find(|list| list.annotations.contains(&at.index))?;
    Some(list.key.to_string())
}
