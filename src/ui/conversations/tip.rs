//! One line under the hovered finding: its verdict, its label and the tiers that have it.

use crate::browser::view;
use crate::state::{AppState, Opened};
use crate::ui::chips::{LabelChip, VerdictSign};
use crate::ui::live::{effect, live};
use labelscope_core::domain::Tier;
use labelscope_core::logic::align::{Finding, FindingIndex};
use leptos::prelude::*;

/// What the finding under the pointer is, in the text only; a line of the ledger says it already.
#[component]
pub fn Tip() -> impl IntoView {
    let state = expect_context::<AppState>();
    let at = RwSignal::new(None::<(FindingIndex, f64, f64)>);
    effect(move || {
        let hovered = state.hovered.get();
        // The segments are tinted by then, and the pointer is on one of them.
        request_animation_frame(move || {
            let under = ".reader mark.sg:hover";
            let place = hovered.and_then(|finding| Some((finding, view::below(under)?)));
            at.try_set(place.map(|(finding, (left, top))| (finding, left, top)));
        });
    });
    live(move || {
        let (index, left, top) = at.get()?;
        let opened = state.opened.get()?;
        let finding = opened.alignment.finding(index)?;
        Some(view! {
            <div class="tip" aria-hidden="true" style:left=format!("{left}px") style:top=format!("{top}px")>
                {content(&opened, finding)}
            </div>
        })
    })
}

fn content(opened: &Opened, finding: &Finding) -> AnyView {
    let mark = finding.last_mark().and_then(|mark| opened.mark(mark));
    let chip = mark.map(|mark| {
        let name = mark.label.as_deref().unwrap_or("no label").to_owned();
        view! { <LabelChip name place=opened.labels.place(mark.label.as_ref())/> }
    });
    let range = mark.map(|mark| mark.points.to_string()).unwrap_or_default();
    let tiers: Vec<&str> = Tier::ALL
        .into_iter()
        .filter(|&tier| opened.alignment.mark_in(finding, tier).is_some())
        .map(Tier::title)
        .collect();
    let verdict = finding.verdicts.iter().next();
    view! {
        {verdict.map(|verdict| view! { <VerdictSign verdict/> })}
        <span>{finding.verdicts.to_string()}</span>
        {chip}
        <span class="q">{format!("{}, {range}", tiers.join(", "))}</span>
    }
    .into_any()
}
