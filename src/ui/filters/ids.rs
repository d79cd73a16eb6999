//! Filtering by a pasted list of ids.

use crate::state::AppState;
use crate::state::filter::ids_in;
use leptos::html;
use leptos::prelude::*;

/// How many ids that name nothing are written out.
const WRITTEN_OUT: usize = 5;

/// A field for ids, with the button that filters by them.
#[component]
pub fn IdsField() -> impl IntoView {
    let state = expect_context::<AppState>();
    let field = NodeRef::<html::Textarea>::new();
    let chosen = Memo::new(move |_| state.route.with(|route| route.ids.join("\n")));
    let apply = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if let Some(field) = field.get_untracked() {
            let ids = ids_in(&field.value());
            state.route.update(|route| route.ids = ids);
        }
    };
    view! {
        <form class="ids" on:submit=apply>
            <label>
                "Ids of conversations, messages or annotations"
                <textarea node_ref=field rows="3" spellcheck="false" autocomplete="off" prop:value=chosen></textarea>
            </label>
            <button type="submit" class="btn">"Show only these"</button>
        </form>
    }
}

/// The ids of the filter that name nothing in this export.
#[component]
pub fn Missing() -> impl IntoView {
    let state = expect_context::<AppState>();
    move || {
        let filtered = state.filtered.get()?;
        let missing = filtered.missing();
        let (first, rest) = missing.split_at(missing.len().min(WRITTEN_OUT));
        let more = if rest.is_empty() { String::new() } else { format!(" and {} more", rest.len()) };
        let words = format!("Not in this export: {}{more}.", first.join(", "));
        (!missing.is_empty()).then(|| view! { <p class="missing" role="status">{words}</p> })
    }
}
