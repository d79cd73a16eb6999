//! Text of strangers as it was sent, with a sign for each character that shows nothing.
//!
//! The signs are drawn by the style sheet, so the text on the page stays exactly the text, to select and to copy. What
//! turns the order of the letters around has no power beyond its sign, and so the text is read in the order in which its
//! offsets count.

use labelscope_core::logic::unseen::{Unseen, unseen};
use leptos::prelude::*;

/// The text, for wherever text of an export stands.
pub fn verbatim(text: &str) -> AnyView {
    let runs = unseen(text);
    if runs.is_empty() {
        return text.to_owned().into_any();
    }
    let mut views = Vec::with_capacity(2 * runs.len() + 1);
    let mut at = 0;
    for run in runs {
        let (start, end) = (run.bytes.start, run.bytes.end);
        views.push(text.get(at..start).unwrap_or_default().to_owned().into_any());
        views.push(signed(text.get(start..end).unwrap_or_default(), run));
        at = end;
    }
    views.push(text.get(at..).unwrap_or_default().to_owned().into_any());
    views.into_any()
}

fn signed(text: &str, run: Unseen) -> AnyView {
    view! { <i class="unseen" data-sign=run.sign title=run.name>{text.to_owned()}</i> }.into_any()
}
