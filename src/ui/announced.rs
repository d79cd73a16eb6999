//! What is spoken of an opening, wherever the keyboard is: each phase while there is nothing else to see, and its end.

use super::loading;
use super::verbatim::verbatim;
use crate::browser::locale;
use crate::state::load::Stage;
use crate::state::{AppState, Opened};
use crate::ui::live::live;
use leptos::prelude::*;

/// Says it politely. What goes wrong is said by the Problem screen.
#[component]
pub fn Announced(
    /// What is on the page.
    stage: Memo<Stage>,
) -> impl IntoView {
    let state = expect_context::<AppState>();
    let words = Memo::new(move |_| match stage.get() {
        Stage::Loading => {
            state.loads.with(|loads| loads.running().map(loading::title).unwrap_or_default().to_owned())
        }
        Stage::Export => state.opened.with(|opened| opened.as_deref().map(whole).unwrap_or_default()),
        Stage::Open | Stage::Problem => String::new(),
    });
    view! { <p class="vh" role="status">{live(move || words.with(|words| verbatim(words)))}</p> }
}

/// That an export is all read, and how much is in it.
fn whole(opened: &Opened) -> String {
    let name = opened.export.project.name.as_deref().unwrap_or("Project without a name");
    let conversations =
        locale::counted(opened.export.conversations.len() as u64, "conversation", "conversations");
    let findings = locale::counted(opened.alignment.findings.len() as u64, "finding", "findings");
    format!("{name}: {conversations}, {findings}")
}
