//! An annotation that could not be placed.

use crate::state::Opened;
use crate::ui::conversations::tray::reason_in_words;
use crate::ui::icons::{Icon, Symbol};
use labelscope_core::domain::AnnotationRef;
use leptos::prelude::*;
use std::sync::Arc;

/// An annotation that sits nowhere: every field as sent, and why it could not be placed.
pub fn unanchored_view(opened: &Arc<Opened>, annotation: AnnotationRef) -> AnyView {
    let Some(entry) = opened.annotation(annotation) else { return ().into_any() };
    let unplaced = opened.placement.unplaced.iter().find(|one| one.annotation == annotation);
    let why = unplaced.and_then(|one| Some(reason_in_words(opened, one.message?, one))).unwrap_or_default();
    let number = |number: Option<i64>| number.map_or_else(|| "null".to_owned(), |number| number.to_string());
    let fields = [
        ("tier", annotation.tier.key().to_owned()),
        ("label", entry.label.as_deref().unwrap_or("null").to_owned()),
        ("status", entry.status.as_deref().unwrap_or("null").to_owned()),
        ("start_offset", number(entry.start_offset)),
        ("end_offset", number(entry.end_offset)),
        ("message_part_index", number(entry.part_index)),
        ("text", entry.text.as_deref().unwrap_or("null").to_owned()),
        ("explanation", entry.explanation.as_deref().unwrap_or("null").to_owned()),
        ("id", entry.id.as_ref().map_or_else(|| "null".to_owned(), ToString::to_string)),
    ];
    let rows =
        fields.map(|(name, value)| view! { <tr><th scope="row">{name}</th><td dir="auto">{value}</td></tr> });
    view! {
        <section class="card"><h2><Icon name=Symbol::Warning/>"Not placed"</h2><p class="note">{why}</p></section>
        <section class="card">
            <table class="cmp"><caption class="vh">"The annotation as sent"</caption><tbody>{rows}</tbody></table>
        </section>
    }
    .into_any()
}
