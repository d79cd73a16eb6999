//! Small parts that stand for a tier, a label or a verdict wherever one is named.
//!
//! Belongs here: one element each, drawn from a value. Does not belong here: anything that can be clicked.

use super::icons::{Icon, Symbol};
use crate::state::{LABEL_COLORS, labels};
use crate::ui::verbatim::verbatim;
use labelscope_core::domain::Tier;
use labelscope_core::logic::align::Verdict;
use leptos::prelude::*;

/// The colour of a label as a CSS value, by its place in the label schema, counted from 0; `None` where the schema does
/// not have it.
pub fn label_color(place: Option<usize>) -> String {
    match place {
        Some(place) => format!("var(--label-{})", place % LABEL_COLORS + 1),
        None => "var(--label-x)".to_owned(),
    }
}

/// How a tier is drawn: dotted, thin or thick. The name of the tier stands beside it.
#[component]
pub fn TierKey(
    /// The tier.
    tier: Tier,
) -> impl IntoView {
    view! { <i class=format!("tk tk-{}", tier.letter()) aria-hidden="true"></i> }
}

/// The swatch of a label, without its name: its colour, and its letter where letters stand for labels.
#[component]
pub fn Swatch(
    /// Its place in the label schema, counted from 0; `None` where the schema does not have it.
    #[prop(into)]
    place: Signal<Option<usize>>,
) -> impl IntoView {
    let (color, letter) = (move || label_color(place.get()), move || labels::letter(place.get()));
    view! { <i class="swatch" aria-hidden="true" style:--c=color data-letter=letter></i> }
}

/// A label: its swatch and its name, in ink.
#[component]
pub fn LabelChip(
    /// Its name.
    #[prop(into)]
    name: String,
    /// Its place in the label schema, counted from 0; `None` where the schema does not have it.
    place: Option<usize>,
    /// Whether there is little room for it: it may break after what parts its words.
    #[prop(optional)]
    breaks: bool,
) -> impl IntoView {
    let pieces: Vec<AnyView> = if breaks {
        let pieces = name.split_inclusive(['_', '-', '.', '/']);
        pieces.map(|piece| view! { {verbatim(piece)}<wbr/> }.into_any()).collect()
    } else {
        vec![verbatim(&name)]
    };
    view! {
        <span class="lab" style:--c=label_color(place) data-letter=labels::letter(place)><span>{pieces}</span></span>
    }
}

/// The sign of a verdict, boxed where the tiers differ.
#[component]
pub fn VerdictSign(
    /// The verdict.
    verdict: Verdict,
) -> impl IntoView {
    view! { <span class=format!("vs vs-{}", verdict.key())><Icon name=Symbol::Verdict(verdict)/></span> }
}

/// A verdict: sign and word.
#[component]
pub fn VerdictChip(
    /// The verdict.
    verdict: Verdict,
) -> impl IntoView {
    view! {
        <span class=format!("vd vd-{}", verdict.key())>
            <VerdictSign verdict/>
            <span>{verdict.key()}</span>
        </span>
    }
}
