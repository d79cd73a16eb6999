//! Filtering by a pasted list of ids.

use crate::browser::locale;
use crate::state::AppState;
use crate::state::explained::NO_AUTHOR;
use crate::state::filter::{ids_in, pasted_ids};
use crate::ui::live::live;
use leptos::html;
use leptos::prelude::*;

/// How many ids that name nothing are written out.
const WRITTEN_OUT: usize = 5;

/// A field for ids, with the button that filters by them, and how many of them are in the export.
#[component]
pub fn IdsField() -> impl IntoView {
    let state = expect_context::<AppState>();
    let field = NodeRef::<html::Textarea>::new();
    let chosen = Memo::new(move |_| state.route.with(|route| route.ids.join("\n")));
    // What was pasted may hold no id at all, which the address cannot tell.
    let holds_none = RwSignal::new(false);
    let apply = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(text) = field.get_untracked().map(|field| field.value()) else { return };
        let opened = state.opened.get_untracked();
        let ids = opened.map_or_else(|| ids_in(&text), |opened| pasted_ids(&opened, &text));
        holds_none.set(ids.is_empty() && !text.trim().is_empty());
        state.route.update(|route| route.ids = ids);
    };
    let outcome = live(move || match holds_none.get() {
        true => Some("No id in this text.".to_owned()),
        false => found_in_words(state),
    });
    let [why, instead] = NO_AUTHOR;
    view! {
        <form class="ids" on:submit=apply>
            <label>
                "Ids of conversations, messages or annotations"
                <textarea node_ref=field rows="3" spellcheck="false" autocomplete="off" prop:value=chosen></textarea>
            </label>
            <button type="submit" class="btn">"Show only these"</button>
            <p class="ids-found" role="status">{outcome}</p>
            <p class="note">{why}" "{instead}</p>
        </form>
    }
    .into_any()
}

/// How many of the ids of the filter are in the export, and which are not; `None` without any.
fn found_in_words(state: AppState) -> Option<String> {
    let asked = state.route.with(|route| route.ids.len());
    let filtered = state.filtered.get()?;
    let missing = filtered.missing();
    let found = locale::count(asked.saturating_sub(missing.len()) as u64);
    match (asked, missing.len()) {
        (0, _) => None,
        (1, 0) => Some("It is in this export.".to_owned()),
        (asked, 0) => Some(format!("All {} are in this export.", locale::count(asked as u64))),
        (asked, _) => {
            let asked = locale::count(asked as u64);
            Some(format!("{found} of {asked} in this export. {}", missing_in_words(missing)))
        }
    }
}

fn missing_in_words(missing: &[String]) -> String {
    let (first, rest) = missing.split_at(missing.len().min(WRITTEN_OUT));
    let more = match rest.len() {
        0 => String::new(),
        rest => format!(" and {} more", locale::count(rest as u64)),
    };
    format!("Not in this export: {}{more}.", first.join(", "))
}

/// The ids of the filter that name nothing in this export.
#[component]
pub fn Missing() -> impl IntoView {
    let state = expect_context::<AppState>();
    live(move || {
        let filtered = state.filtered.get()?;
        let missing = filtered.missing();
        let words = || missing_in_words(missing);
        (!missing.is_empty()).then(|| view! { <p class="missing" role="status">{words()}</p> })
    })
}
