//! What a printed page says of itself beyond what the screen shows. On paper only.

use crate::browser::locale;
use crate::state::Opened;
use crate::ui::verbatim::verbatim;
use leptos::prelude::*;
use std::sync::Arc;

/// Whose export it is, of which day, and what is counted.
#[component]
pub fn Printed(
    /// The export.
    opened: Arc<Opened>,
    /// What is counted, a sentence.
    #[prop(into)]
    scope: String,
) -> impl IntoView {
    let project = &opened.export.project;
    let name = project.name.as_deref().unwrap_or("Project without a name");
    let sent = project.updated_at.as_deref();
    let day = sent.map(|sent| locale::moment(sent).unwrap_or_else(|| sent.to_owned()));
    let day = day.map_or_else(|| "export without a date".to_owned(), |day| format!("export of {day}"));
    let missing = opened.incomplete.as_ref().map(|_| " The end of the export is missing.");
    view! {
        <p class="printed"><b>{verbatim(name)}</b>", "{verbatim(&day)}". "{scope}{missing}</p>
    }
    .into_any()
}
