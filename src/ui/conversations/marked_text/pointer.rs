//! What the pointer is over, and what a click on a text means.

use crate::browser::view;
use crate::state::AppState;
use labelscope_core::logic::align::FindingIndex;
use labelscope_core::logic::sort::sort_by_key;
use leptos::prelude::*;

/// Selects the finding that a click means.
pub fn select(state: AppState, event: &leptos::ev::MouseEvent) {
    if let (Some(finding), Some(opened)) = (clicked(state, event), state.opened.get_untracked()) {
        state.select_finding(&opened, finding);
    }
}

/// Notes the finding under the pointer.
pub fn hover(state: AppState, event: &leptos::ev::PointerEvent) {
    let under = view::pointed(event, "mark.sg", "data-f");
    let finding = under.and_then(|findings| findings_in(&findings).first().copied());
    if state.hovered.get_untracked() != finding {
        state.hovered.set(finding);
    }
}

/// The finding that a click means: one that a caret at the pointer stands for, else the shortest under the pointer;
/// where that is selected already, the next longer one, and so on round.
fn clicked(state: AppState, event: &leptos::ev::MouseEvent) -> Option<FindingIndex> {
    if view::has_selected_text() {
        return None;
    }
    let caret = view::pointed(event, "mark.sg[data-caret]", "data-caret");
    let caret = caret.filter(|_| view::is_at_edge(event, "mark.sg[data-caret]"));
    let under = caret.or_else(|| view::pointed(event, "mark.sg", "data-f"))?;
    let opened = state.opened.get_untracked()?;
    let mut findings = findings_in(&under);
    sort_by_key(&mut findings, |&finding| opened.extent_of(finding));
    let selected = state.selected_now().finding;
    let at = findings.iter().position(|&finding| Some(finding) == selected);
    let next = at.map_or(0, |at| (at + 1) % findings.len());
    findings.get(next).copied()
}

fn findings_in(attribute: &str) -> Vec<FindingIndex> {
    attribute.split(' ').filter_map(|index| index.parse().ok()).map(FindingIndex::new).collect()
}
