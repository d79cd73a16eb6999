//! A long text behind a line that says what is in it.

use crate::browser::{locale, view};
use crate::state::AppState;
use crate::state::folds::Fold;
use crate::ui::conversations::Selected;
use crate::ui::icons::{Icon, Symbol};
use labelscope_core::domain::PartRef;
use leptos::prelude::*;

/// How much of a folded text its summary shows, in characters.
const PREVIEW: usize = 120;

/// A part behind a line that says what is in it. Opens when something in it is selected or a hit in it is gone to; else it stays as the person
/// left it, and before that stands open unless it `folds` and nothing in it is marked.
pub fn fold(at: PartRef, word: Option<&'static str>, text: &str, folds: bool, body: AnyView) -> AnyView {
    let state = expect_context::<AppState>();
    let Selected(selected) = expect_context();
    let spans = Memo::new(move |_| {
        let (opened, filtered) = (state.opened.get(), state.filtered.get());
        let whole = opened.as_deref().zip(filtered.as_deref());
        whole.map_or(0, |(opened, filtered)| {
            opened.marks_of(at).iter().filter(|mark| filtered.draws(mark)).count()
        })
    });
    let is_selected_inside = Memo::new(move |_| {
        let opened = state.opened.get()?;
        let finding = opened.alignment.finding(selected.get().finding?)?;
        (finding.part == at).then_some(())
    });
    let hit_inside = Memo::new(move |_| state.search.with(|search| search.visit_in(at)));
    // What landed in it opens it, until the person closes it again.
    let landed = RwSignal::new(false);
    Effect::new(move |_| {
        if is_selected_inside.get().is_some() || hit_inside.get().is_some() {
            landed.set(true);
        }
    });
    let is_open = Memo::new(move |_| {
        let chosen = state.folds.with(|all| all.chosen(Fold::Part(at)));
        landed.get() || chosen.unwrap_or(!folds || spans.get() > 0)
    });
    // Also when the browser opens it, having found something in it.
    let on_toggle = move |event| {
        let is_now = view::is_open(&event);
        if is_now != is_open.get_untracked() {
            landed.set(false);
            state.folds.update(|all| all.choose(Fold::Part(at), is_now));
        }
    };
    let preview: String =
        text.chars().take(PREVIEW).map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    let size = locale::counted(text.chars().count() as u64, "character", "characters");
    let inside = move || match (is_open.get(), spans.get()) {
        (true, _) | (false, 0) => size.clone(),
        (false, count) => {
            format!("{} inside · {size}", locale::counted(count as u64, "span", "spans"))
        }
    };
    view! {
        <details
            class="fold"
            prop:open=move || is_open.get()
            on:toggle=on_toggle
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
