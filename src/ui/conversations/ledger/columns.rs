//! A line of the ledger where each tier has a column: the verdict, and what each tier has.

use super::{button, label, verdict};
use crate::state::Opened;
use crate::ui::conversations::glyph::spoken;
use labelscope_core::domain::{PerTier, Tier};
use labelscope_core::logic::align::{Finding, FindingIndex, Mark, Presence};
use leptos::prelude::*;
use std::sync::Arc;

/// The line of a finding, with a cell for each tier shown.
pub fn line(opened: &Arc<Opened>, index: FindingIndex, shown: PerTier<bool>) -> AnyView {
    let Some(finding) = opened.alignment.finding(index).copied() else { return ().into_any() };
    let tiers: Vec<Tier> = Tier::ALL.into_iter().filter(|&tier| shown[tier]).collect();
    let count = tiers.len().to_string();
    let cells: Vec<_> = tiers.into_iter().map(|tier| cell(opened, &finding, tier)).collect();
    let content = view! { <span class="c3" style:--cols=count>{verdict(finding.verdicts)}{cells}</span> };
    button(opened, index, content.into_any())
}

fn cell(opened: &Opened, finding: &Finding, tier: Tier) -> AnyView {
    let words = view! { <span class="vh">{spoken(opened, finding, tier)}</span> };
    match opened.alignment.mark_in(finding, tier) {
        Some(mark) => {
            view! { <span class="cell">{words}<span class="seen" aria-hidden="true">{content(opened, mark)}</span></span> }
                .into_any()
        },
        None => {
            let (sign, title) = match finding.presence[tier] {
                Presence::Covers(_) => ("⊂", "covers it with another mark"),
                Presence::NotLooked => ("", "has not looked"),
                Presence::Lacks | Presence::Holds(_) => ("–", "has no mark here"),
            };
            view! {
                <span class="cell nil" title=title>{words}<span aria-hidden="true">{sign}</span></span>
            }
            .into_any()
        }
    }
}

fn content(opened: &Opened, mark: &Mark) -> AnyView {
    let times = mark.annotations.len();
    let times = (times > 1).then(|| view! { <span class="times">{format!("×{times}")}</span> });
    let rejected = mark.rejected.then(|| view! { <em class="q">"rejected"</em> });
    view! { {label(opened, mark)}{times}{rejected}<span class="rg">{mark.points.to_string()}</span> }
        .into_any()
}
