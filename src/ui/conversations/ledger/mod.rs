//! The ledger of a message: one button for each finding. The way to every finding by keyboard and by screen reader.

mod columns;
mod sentences;

use super::glyph::glyph;
use super::{Outside, Selected, SetAs};
use crate::browser::{locale, roving};
use crate::state::reading::Setting;
use crate::state::selection::finding_address;
use crate::state::{AppState, Opened};
use crate::ui::chips::{LabelChip, VerdictChip};
use crate::ui::later::later;
use crate::ui::live::{effect, live};
use crate::ui::turns::Turn;
use crate::ui::verbatim::verbatim;
use crate::ui::virtual_list::VirtualList;
use labelscope_core::domain::{Id, MessageRef};
use labelscope_core::logic::align::{Finding, FindingIndex, Mark, Verdict, Verdicts};
use leptos::{html, prelude::*};
use std::sync::Arc;

/// Beyond this many lines the ledger scrolls by itself and renders what is in view.
const LONG: usize = 20;

/// What of a line the keyboard can be on.
const LINES: &str = "li > button";

/// The height of a line in pixels, as the style sheet has it.
const LINE: f64 = 31.0;

/// The findings of one message, those that are drawn, as the texts are set.
#[component]
pub fn Ledger(
    /// Which message.
    at: MessageRef,
) -> impl IntoView {
    let state = expect_context::<AppState>();
    let SetAs(setting) = expect_context();
    let setting = setting.get_untracked();
    let (Outside(outside), turn) = (expect_context(), expect_context::<Turn>());
    let lines = Memo::new(move |_| {
        if !turn.has_come() {
            return None;
        }
        let (opened, filtered) = (state.opened.get()?, state.filtered.get()?);
        let lines = match setting {
            Setting::Tracks(_) | Setting::Columns => opened.ledger(at, &filtered, outside.get()),
            Setting::Differences(pair, _) => opened.differences_between(at, pair, &filtered),
        };
        Some::<Arc<[FindingIndex]>>(lines.into())
    });
    let shown = Memo::new(move |_| state.route.with(|route| route.shown_tiers()));
    let (label, class) = match setting {
        Setting::Tracks(_) => ("Findings in this message", "ledger"),
        Setting::Columns => ("Findings in this message", "ledger led"),
        Setting::Differences(..) => ("Differences in this message", "ledger dl"),
    };
    let ledger = move || {
        let lines = lines.get()?;
        let (opened, shown) = (state.opened.get()?, shown.get());
        let line = move |opened: &Arc<Opened>, index| match setting {
            Setting::Tracks(_) => line(opened, index),
            Setting::Columns => columns::line(opened, index, shown),
            Setting::Differences(pair, _) => sentences::line(opened, index, pair),
        };
        (!lines.is_empty()).then(|| ledger(opened, lines, label, class, line))
    };
    let findings = |opened: &Arc<Opened>| opened.alignment.findings_of(at).1.len();
    // The text comes first: many lines are made once it has been drawn.
    match state.opened.with_untracked(|opened| opened.as_ref().is_some_and(|it| findings(it) > LONG)) {
        true => later(2, move || live(ledger)),
        false => live(ledger),
    }
}

fn ledger(
    opened: Arc<Opened>,
    lines: Arc<[FindingIndex]>,
    label: &'static str,
    class: &'static str,
    line: impl Fn(&Arc<Opened>, FindingIndex) -> AnyView + Copy + Send + Sync + 'static,
) -> AnyView {
    let Selected(selected) = expect_context();
    if lines.len() <= LONG {
        let lines = lines.iter().map(|&index| {
            let covered = is_covered(&opened, index);
            view! { <li class:covered=covered>{line(&opened, index)}</li> }
        });
        return one_stop(view! { <ol role="list">{lines.collect::<Vec<_>>()}</ol> }.into_any(), label, class);
    }
    let count = lines.len();
    let of_selected = lines.clone();
    let reveal = Memo::new(move |_| {
        let finding = selected.get().finding?;
        of_selected.iter().position(|&index| index == finding)
    });
    view! {
        <section class=format!("{class} long") aria-label=label>
            <p class="q">{locale::counted(count as u64, "finding", "findings")}</p>
            <VirtualList
                count=Signal::stored(count)
                estimate=LINE
                reveal
                label
                class="lines"
                items=LINES
                row=move |row| lines.get(row).map(|&index| line(&opened, index)).into_any()
            />
        </section>
    }
    .into_any()
}

/// Lines that are one stop of the tab key, at the selected one: the arrow keys go from line to line.
fn one_stop(lines: AnyView, label: &'static str, class: &'static str) -> AnyView {
    let Selected(selected) = expect_context();
    let root = NodeRef::<html::Section>::new();
    let settle = move || {
        if let Some(root) = root.try_get_untracked().flatten() {
            roving::settle(&root, LINES);
        }
    };
    effect(move || {
        selected.track();
        // Once the line is marked as current.
        request_animation_frame(settle);
    });
    let on_key = move |event: leptos::ev::KeyboardEvent| {
        if root.get_untracked().is_some_and(|root| roving::step(&root, LINES, &event)) {
            event.prevent_default();
        }
    };
    view! {
        <section class=class aria-label=label node_ref=root on:keydown=on_key on:focusin=move |_| settle()>
            {lines}
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
fn line(opened: &Arc<Opened>, index: FindingIndex) -> AnyView {
    let Some(finding) = opened.alignment.finding(index).copied() else { return ().into_any() };
    let content = view! {
        {verdict(finding.verdicts)}
        {glyph(opened, &finding)}
        <span class="labs">{labels(opened, &finding)}</span>
        <q dir="auto">{verbatim(&opened.quote(&finding))}</q>
    };
    button(opened, index, content.into_any())
}

/// What selects a finding, and shows that it is selected or under the pointer.
fn button(opened: &Arc<Opened>, index: FindingIndex, content: AnyView) -> AnyView {
    let state = expect_context::<AppState>();
    let Selected(selected) = expect_context();
    let is_current = Memo::new(move |_| selected.get().finding == Some(index));
    let is_hovered = Memo::new(move |_| state.hovered.get() == Some(index));
    let is_seen = Memo::new(move |_| state.seen.with(|seen| seen.contains(&index)));
    let id = finding_address(opened, index).map(|id: Id| id.to_string());
    let opened = opened.clone();
    view! {
        <button
            type="button"
            data-finding=id
            aria-current=move || is_current.get().then_some("true")
            class:ticked=move || is_seen.get()
            class:hov=move || is_hovered.get()
            on:click=move |_| state.select_finding(&opened, index)
            on:pointerenter=move |_| state.hovered.set(Some(index))
            on:pointerleave=move |_| state.hovered.set(None)
        >
            {content}
            {live(move || is_seen.get().then(|| view! { <span class="tick" aria-hidden="true">"✓"</span><span class="vh">", seen"</span> }))}
        </button>
    }
    .into_any()
}

/// The first verdict in sign and word; how many more there are beside it.
fn verdict(verdicts: Verdicts) -> AnyView {
    let mut verdicts = verdicts.iter();
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
    let chip = |mark: &Mark| label(opened, mark);
    let times = marks.iter().map(|mark| mark.annotations.len()).max().filter(|&times| times > 1);
    let times = times.map(|times| view! { <span class="times">{format!("×{times}")}</span> });
    let before = (first.label != last.label).then(|| {
        view! { <span class="was">{chip(first)}</span><span class="ar q" aria-hidden="true">"→"</span><span class="vh">"now"</span> }
    });
    view! { {before}{chip(last)}{times} }.into_any()
}

/// The label of a mark, and whether the schema lacks it.
fn label(opened: &Opened, mark: &Mark) -> AnyView {
    let name = mark.label.as_deref().unwrap_or("no label").to_owned();
    let place = opened.labels.place(mark.label.as_ref());
    let flag = (mark.label.is_some() && place.is_none())
        .then(|| view! { <span class="flag">"not in schema"</span> });
    view! { <LabelChip name place/>{flag} }.into_any()
}
