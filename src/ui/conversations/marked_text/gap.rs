//! A piece of a text without a difference, behind a line that says so.

use crate::browser::locale;
use crate::state::folds::Fold;
use crate::ui::conversations::folding::folding;
use crate::ui::verbatim::verbatim;
use labelscope_core::domain::{PartRef, Span, Utf8Bytes};
use labelscope_core::logic::excerpt::Gap;
use leptos::prelude::*;

/// The piece, closed until the person opens it. Its line holds no text, since it stands in that of the part: what it says
/// is drawn by the style sheet and spoken by its name.
pub fn gap_view(at: PartRef, gap: &Gap, text: &str) -> AnyView {
    let bytes = gap.bytes;
    // Nothing in it is marked; a hit may begin in it.
    let holds = move |part, hit: Option<Span<Utf8Bytes>>| {
        part == at && hit.is_some_and(|hit| bytes.start <= hit.start && hit.start < bytes.end)
    };
    let folding = folding(Fold::Gap(at, bytes.start.0), holds, || false);
    let is_open = folding.is_open;
    let size = locale::counted(gap.characters as u64, "character", "characters");
    let words = move || {
        let act = if is_open.get() { "hide" } else { "show" };
        format!("{size} without a difference · {act}")
    };
    view! {
        <details class="gap" prop:open=move || is_open.get() on:toggle=move |event| folding.turned(&event)>
            <summary aria-label=words.clone() data-words=words></summary>
            {verbatim(text)}
        </details>
    }
    .into_any()
}
