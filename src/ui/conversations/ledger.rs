//! The ledger of a message: one button for each finding. The way to every finding by keyboard and by screen reader.

use super::glyph::glyph;
use super::{Outside, Selected};
use crate::state::selection::finding_address;
use crate::state::{AppState, Opened};
use crate::ui::chips::{LabelChip, VerdictChip};
use crate::ui::virtual_list::VirtualList;
use labelscope_core::domain::{Id, MessageRef};
use labelscope_core::logic::align::{Finding, FindingIndex, Mark, Verdict};
use leptos::prelude::*;
use std::sync::Arc;

/// Beyond this many lines the ledger scrolls by itself and renders what is in view.
const LONG: usize = 20;

/// The height of a line in pixels, as the style sheet has it.
const LINE: f64 = 31.0;

/// The findings of one message, those that are drawn.
#[component]
pub fn Ledger(
    /// Which message.
    at: MessageRef,
) -> impl IntoView {
    let state = expect_context::<AppState>();
    let Outside(outside) = expect_context();
    let lines = Memo::new(move |_| {
        let opened = state.opened.get()?;
        let filtered = state.filtered.get()?;
        Some::<Arc<[FindingIndex]>>(opened.ledger(at, &filtered, outside.get()).into())
    });
    move || {
        let (opened, lines) = (state.opened.get()?, lines.get()?);
        (!lines.is_empty()).then(|| ledger(opened, lines))
    }
}

fn ledger(opened: Arc<Opened>, lines: Arc<[FindingIndex]>) -> AnyView {
    let Selected(selected) = expect_context();
    let label = "Findings in this message";
    if lines.len() <= LONG {
        let lines = lines.iter().map(|&index| {
            let covered = is_covered(&opened, index);
            view! { <li class:covered=covered>{line(opened.clone(), index)}</li> }
        });
        return view! { <section class="ledger" aria-label=label><ol>{lines.collect::<Vec<_>>()}</ol></section> }
            .into_any();
    }
    let count = lines.len();
    let of_selected = lines.clone();
    let reveal = Memo::new(move |_| {
        let finding = selected.get().finding?;
        of_selected.iter().position(|&index| index == finding)
    });
    view! {
        <section class="ledger long" aria-label=label>
            <p class="q">{count}" findings"</p>
            <VirtualList
                count=Signal::stored(count)
                estimate=LINE
                reveal
                label
                class="lines"
                row=move |row| lines.get(row).map(|&index| line(opened.clone(), index)).into_any()
            />
        </section>
    }
    .into_any()
}

/// Whether a finding stands quietly under the one that covers it.
fn is_covered(opened: &Opened, index: FindingIndex) -> bool {
    let finding = opened.alignment.finding(index);
    finding.is_some_and(|finding| finding.verdicts.contains(Verdict::Covered) && !finding.is_difference())
}

/// One line: verdict, the three tracks in miniature, label or labels, quote.
fn line(opened: Arc<Opened>, index: FindingIndex) -> AnyView {
    let state = expect_context::<AppState>();
    let Selected(selected) = expect_context();
    let Some(finding) = opened.alignment.finding(index).copied() else { return ().into_any() };
    let is_current = Memo::new(move |_| selected.get().finding == Some(index));
    let is_hovered = Memo::new(move |_| state.hovered.get() == Some(index));
    let id = finding_address(&opened, index).map(|id: Id| id.to_string());
    let view = view! {
        <button
            type="button"
            data-finding=id
            aria-current=move || is_current.get().then_some("true")
            class:hov=move || is_hovered.get()
            on:click={
                let opened = opened.clone();
                move |_| state.select_finding(&opened, index)
            }
            on:pointerenter=move |_| state.hovered.set(Some(index))
            on:pointerleave=move |_| state.hovered.set(None)
        >
            {verdict(&finding)}
            {glyph(&opened, &finding)}
            <span class="labs">{labels(&opened, &finding)}</span>
            <q dir="auto">{opened.quote(&finding)}</q>
        </button>
    };
    view.into_any()
}

/// The first verdict in sign and word; how many more there are beside it.
fn verdict(finding: &Finding) -> AnyView {
    let mut verdicts = finding.verdicts.iter();
    let first = verdicts.next().map(|verdict| view! { <VerdictChip verdict/> });
    let rest: Vec<&str> = verdicts.map(Verdict::key).collect();
    let more = (!rest.is_empty()).then(|| {
        let words = format!(", {}", rest.join(", "));
        view! { <span class="q" aria-hidden="true">{format!("+{}", rest.len())}</span><span class="vh">{words}</span> }
    });
    view! { <span class="vds">{first}{more}</span> }.into_any()
}

/// The label, or the first and the last with an arrow between, and which of them the schema lacks; ×n where several
/// annotations are one mark.
fn labels(opened: &Opened, finding: &Finding) -> AnyView {
    let marks: Vec<&Mark> = finding.marks().filter_map(|mark| opened.alignment.mark(mark)).collect();
    let (Some(first), Some(last)) = (marks.first(), marks.last()) else { return ().into_any() };
    let chip = |mark: &Mark| {
        let name = mark.label.as_deref().unwrap_or("no label").to_owned();
        let place = opened.labels.place(mark.label.as_ref());
        let flag = (mark.label.is_some() && place.is_none())
            .then(|| view! { <span class="flag">"not in schema"</span> });
        view! { <LabelChip name place/>{flag} }
    };
    let times = marks.iter().map(|mark| mark.annotations.len()).max().filter(|&times| times > 1);
    let times = times.map(|times| view! { <span class="times">{format!("×{times}")}</span> });
    let before = (first.label != last.label).then(|| {
        view! { <span class="was">{chip(first)}</span><span class="ar q" aria-hidden="true">"→"</span><span class="vh">"now"</span> }
    });
    view! { {before}{chip(last)}{times} }.into_any()
}
