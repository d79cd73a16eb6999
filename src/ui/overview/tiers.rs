//! What the tiers did, and how far each is.

use super::{Empty, Section};
use crate::browser::locale;
use crate::state::overview::{Looked, VerdictCounts};
use crate::state::route::Route;
use crate::ui::chips::{TierKey, VerdictChip};
use crate::ui::live::each;
use labelscope_core::domain::{PerTier, Tier};
use labelscope_core::logic::align::Verdict;
use leptos::prelude::*;

/// `part` of `whole` in percent, 0 where there is no whole.
pub(super) fn percent_of(part: usize, whole: usize) -> String {
    if whole == 0 { "0".to_owned() } else { format!("{:.1}", part as f64 / whole as f64 * 100.0) }
}

/// Findings by verdict.
#[component]
pub fn WhatTheTiersDid(
    /// How many findings bear which verdict.
    counts: VerdictCounts,
    /// The address of all findings.
    here: Route,
) -> impl IntoView {
    let most = counts.by_verdict.iter().map(|(_, count)| *count).max().unwrap_or_default();
    let verdict = move |(verdict, count): (Verdict, usize)| {
        let to = Route { verdicts: vec![verdict.key().to_owned()], ..here.clone() };
        view! {
            <li class:lo=!verdict.is_difference()>
                <a href=to.fragment()>
                    <VerdictChip verdict/>
                    <b>{locale::count(count as u64)}</b>
                    <i style:--v=percent_of(count, most)></i>
                </a>
            </li>
        }
    };
    let content = if counts.findings == 0 {
        view! { <Empty what="No findings" why="No tier marked a piece of text."/> }.into_any()
    } else {
        view! { <ul class="flow">{each(counts.by_verdict, verdict)}</ul> }.into_any()
    };
    view! {
        <Section id="what-the-tiers-did" title="What the tiers did" about="Findings by verdict; one can bear several.">
            {content}
        </Section>
    }
}

/// How many messages each tier looked at.
#[component]
pub fn LookedAt(
    /// How many messages they looked at.
    looked: Looked,
    /// Messages of the export.
    messages: usize,
    /// Annotations of each tier.
    annotations: PerTier<usize>,
) -> impl IntoView {
    let tier = move |tier: Tier| {
        let done = looked.by_tier[tier];
        view! {
            <li>
                <span class="nm"><TierKey tier/>{tier.title()}</span>
                <span class="tr" aria-hidden="true">
                    <i class=format!("b{}", tier.letter()) style:--v=percent_of(done, looked.by_any)></i>
                </span>
                <span class="tx">
                    <b>{locale::count(done as u64)}</b>
                    {format!(
                        " of {}, {}",
                        locale::counted(looked.by_any as u64, "message", "messages"),
                        locale::counted(annotations[tier] as u64, "annotation", "annotations"),
                    )}
                </span>
            </li>
        }
    };
    let about = format!(
        "Messages with an entry in the tier, even an empty one. {} of {} have one in any tier.",
        locale::count(looked.by_any as u64),
        locale::count(messages as u64)
    );
    view! {
        <Section id="looked-at" title="Looked at" about><ul class="prog">{each(Tier::ALL, tier)}</ul></Section>
    }
}
