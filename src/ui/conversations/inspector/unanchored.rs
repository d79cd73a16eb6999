//! An annotation that could not be placed.

use super::copy::CopyLink;
use super::flags::{id_flag, label_flag};
use super::raw::RawButton;
use crate::state::{AppState, Opened};
use crate::ui::conversations::tray::{key_of, reason_in_words};
use crate::ui::icons::{Icon, Symbol};
use crate::ui::verbatim::verbatim;
use labelscope_core::domain::AnnotationRef;
use leptos::prelude::*;
use std::sync::Arc;

/// An annotation that sits nowhere: every field as sent, and why it could not be placed.
pub fn unanchored_view(opened: &Arc<Opened>, annotation: AnnotationRef) -> AnyView {
    let state = expect_context::<AppState>();
    let Some(entry) = opened.annotation(annotation) else { return ().into_any() };
    let unplaced = opened.placement.unplaced.iter().find(|one| one.annotation == annotation);
    let why = unplaced.map(|one| reason_in_words(opened, one)).unwrap_or_default();
    let title = match unplaced.and_then(|one| one.message) {
        Some(_) => "Not placed",
        None => "Without a message",
    };
    let number = |number: Option<i64>| number.map_or_else(|| "null".to_owned(), |number| number.to_string());
    let fields = [
        ("tier", annotation.tier.key().to_owned(), None),
        ("key", key_of(opened, annotation).unwrap_or_default(), None),
        ("label", entry.label.as_deref().unwrap_or("null").to_owned(), label_flag(opened, annotation)),
        ("status", entry.status.as_deref().unwrap_or("null").to_owned(), None),
        ("start_offset", number(entry.start_offset), None),
        ("end_offset", number(entry.end_offset), None),
        ("message_part_index", number(entry.part_index), None),
        ("text", entry.text.as_deref().unwrap_or("null").to_owned(), None),
        ("explanation", entry.explanation.as_deref().unwrap_or("null").to_owned(), None),
        (
            "id",
            entry.id.as_ref().map_or_else(|| "null".to_owned(), ToString::to_string),
            id_flag(opened, annotation),
        ),
    ];
    let rows = fields.map(|(name, value, flag)| {
        view! { <tr><th scope="row">{name}</th><td dir="auto">{verbatim(&value)}{flag}</td></tr> }
    });
    let of_link = opened.clone();
    let fragment = move || Some(state.link_to_annotation(&of_link, annotation));
    view! {
        <section class="card"><h2><Icon name=Symbol::Warning/>{title}</h2><p class="note">{why}</p></section>
        <section class="card">
            <table class="cmp"><caption class="vh">"The annotation as sent"</caption><tbody>{rows}</tbody></table>
        </section>
        <section class="card"><div class="acts"><RawButton source=entry.source what="the annotation"/><CopyLink to="the annotation" fragment/></div></section>
    }
    .into_any()
}
