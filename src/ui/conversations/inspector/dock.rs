//! The selected finding under columns of text: what each tier says of it, in the column of its text.

use super::finding::said_of;
use crate::state::{AppState, Opened};
use crate::ui::chips::{TierKey, VerdictSign};
use crate::ui::conversations::Selected;
use crate::ui::live::{each, live};
use crate::ui::verbatim::verbatim;
use labelscope_core::domain::Tier;
use labelscope_core::logic::align::{Finding, FindingIndex, Presence};
use leptos::prelude::*;
use std::sync::Arc;

/// What became of the selected finding, as a heading.
#[component]
pub fn DockTitle() -> impl IntoView {
    let state = expect_context::<AppState>();
    let Selected(selected) = expect_context();
    live(move || {
        let opened = state.opened.get()?;
        let finding = *opened.alignment.finding(selected.get().finding?)?;
        let sign = finding.verdicts.iter().next().map(|verdict| view! { <VerdictSign verdict/> });
        Some(view! { <h2>{sign}{finding.verdicts.title()}</h2> })
    })
}

/// A column for each tier shown.
pub fn dock_view(opened: &Arc<Opened>, index: FindingIndex) -> AnyView {
    let state = expect_context::<AppState>();
    let Some(finding) = opened.alignment.finding(index).copied() else { return ().into_any() };
    let opened = opened.clone();
    let columns = live(move || {
        let shown = state.route.with(|route| route.shown_tiers());
        let tiers: Vec<Tier> = Tier::ALL.into_iter().filter(|&tier| shown[tier]).collect();
        let count = tiers.len().max(1).to_string();
        let columns = each(tiers, |tier| column(&opened, &finding, tier));
        view! { <div class="docked" style:--cols=count><span class="q">"Explanation"</span>{columns}</div> }
    });
    columns.into_any()
}

fn column(opened: &Opened, finding: &Finding, tier: Tier) -> AnyView {
    let said: Vec<_> = explanations(opened, finding, tier)
        .into_iter()
        .map(|said| view! { <p dir="auto">{verbatim(&said)}</p> })
        .collect();
    let none = (said.is_empty() && matches!(finding.presence[tier], Presence::Holds(_)))
        .then(|| view! { <p class="q">"No explanation was given."</p> });
    view! {
        <div>
            <h3><TierKey tier/><span class="vh">{tier.title()}": "</span><span>{said_of(opened, finding, tier)}</span></h3>
            {said}
            {none}
        </div>
    }
    .into_any()
}

/// What the annotations of a tier say of a finding, in the order of the file.
fn explanations(opened: &Opened, finding: &Finding, tier: Tier) -> Vec<String> {
    let mark = opened.alignment.mark_in(finding, tier);
    let annotations = mark.map(|mark| opened.alignment.annotations_of(mark)).unwrap_or_default();
    let said = annotations.iter().filter_map(|&one| opened.annotation(one)?.explanation.as_deref());
    said.filter(|said| !said.is_empty()).map(str::to_owned).collect()
}
