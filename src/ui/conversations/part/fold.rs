//! A long text behind a line that says what is in it.

use crate::browser::locale;
use crate::state::AppState;
use crate::state::folds::Fold;
use crate::state::route::Layout;
use crate::ui::conversations::SetAs;
use crate::ui::conversations::folding::folding;
use crate::ui::icons::{Icon, Symbol};
use crate::ui::live::live;
use crate::ui::turns::Turn;
use crate::ui::verbatim::verbatim;
use labelscope_core::domain::PartRef;
use leptos::prelude::*;

/// How much of a folded text its summary shows, in characters.
const PREVIEW: usize = 120;

/// A part behind a line that says what is in it. Opens when something in it is selected or a hit in it is gone to; else it
/// stays as the person left it, and before that stands open unless it `folds` and nothing in it is marked. Where only
/// differences are shown, nothing is folded a second time.
pub fn fold(at: PartRef, word: Option<&'static str>, text: &str, folds: bool, body: AnyView) -> AnyView {
    let state = expect_context::<AppState>();
    let SetAs(setting) = expect_context();
    if setting.get_untracked().layout() == Layout::Differences {
        // What does not matter is left out already.
        return view! { {word.map(|word| view! { <p><b>{word}</b></p> })}{body} }.into_any();
    }
    let turn = expect_context::<Turn>();
    let spans = Memo::new(move |_| {
        if !turn.has_come() {
            return 0;
        }
        let (opened, filtered) = (state.opened.get(), state.filtered.get());
        let whole = opened.as_deref().zip(filtered.as_deref());
        whole.map_or(0, |(opened, filtered)| {
            opened.marks_of(at).iter().filter(|mark| filtered.draws(mark)).count()
        })
    });
    let holds = move |part, _| part == at;
    let folding = folding(Fold::Part(at), holds, move || !folds || spans.get() > 0);
    let is_open = folding.is_open;
    let preview: String =
        text.chars().take(PREVIEW).map(|c| if c.is_whitespace() { ' ' } else { c }).chain(['…']).collect();
    let size = locale::counted(text.chars().count() as u64, "character", "characters");
    let inside = live(move || match (is_open.get(), spans.get()) {
        (true, _) | (false, 0) => size.clone(),
        (false, count) => {
            format!("{} inside · {size}", locale::counted(count as u64, "span", "spans"))
        }
    });
    view! {
        <details
            class="fold"
            prop:open=move || is_open.get()
            on:toggle=move |event| folding.turned(&event)
        >
            <summary>
                <Icon name=Symbol::Chevron/>
                {word.map(|word| view! { <b>{word}</b> })}
                <span class="q" dir="auto">{live(move || (!is_open.get()).then(|| verbatim(&preview)))}</span>
                <span class="in">{inside}</span>
            </summary>
            {body}
        </details>
    }
    .into_any()
}
