//! One finding: its lineage in a line for each tier, its place in the text, and what lies over the same text.

use super::comparison::{Column, columns_of, comparison, explanations};
use super::copy::CopyButton;
use super::repeats::repeats_view;
use crate::browser::location;
use crate::state::explained::{Inference, Term};
use crate::state::{AppState, Opened};
use crate::ui::chips::{LabelChip, TierKey, VerdictSign};
use crate::ui::conversations::marked_text;
use crate::ui::explained::{Explained, Meaning, WhatIs};
use crate::ui::icons::{Icon, Symbol};
use crate::ui::search::search_for;
use crate::ui::verbatim::verbatim;
use labelscope_core::domain::Tier;
use labelscope_core::logic::align::{Finding, FindingIndex, Mark, Presence, difference_in_words};
use leptos::prelude::*;
use std::sync::Arc;

/// The selected finding, whole.
pub fn finding_view(opened: &Arc<Opened>, index: FindingIndex) -> AnyView {
    let Some(finding) = opened.alignment.finding(index).copied() else { return ().into_any() };
    let first = finding.verdicts.iter().next();
    let explained = Explained::default();
    let verdicts: Vec<Term> = finding.verdicts.iter().map(Term::Verdict).collect();
    let columns: Vec<Column> =
        Tier::ALL.into_iter().flat_map(|tier| columns_of(opened, &finding, tier)).collect();
    view! {
        <section class="card">
            <h2 aria-label=finding.verdicts.title()>{first.map(|verdict| view! { <VerdictSign verdict/> })}{finding.verdicts.title()}<WhatIs terms=verdicts explained/></h2>
            <Meaning explained/>
            {lineage(opened, &finding)}
            {inferred(&finding)}
            {covering(opened, &finding)}
        </section>
        <section class="card"><h3>"In the text"</h3>{lens(opened, &finding)}</section>
        {overlapping(opened, index, &finding)}
        <section class="card">{comparison(opened, &columns)}</section>
        {explanations(opened, &columns)}
        {repeats_view(opened, index)}
        <section class="card">{actions(opened, index, &finding)}</section>
    }
    .into_any()
}

/// Where the lineage comes from, if there is one.
fn inferred(finding: &Finding) -> AnyView {
    let explained = Explained::default();
    let terms = [Term::Inference(Inference::Pairs)];
    let words = "Inferred: these share text, and are the most alike.";
    let note = || view! { <p class="note">{words}<WhatIs terms explained/></p><Meaning explained/> };
    (finding.marks().count() > 1).then(note).into_any()
}

/// A line for each tier: what it has, and what it changed against the tier before.
fn lineage(opened: &Opened, finding: &Finding) -> AnyView {
    let lines = Tier::ALL.map(|tier| {
        let words = said_of(opened, finding, tier);
        view! { <li><TierKey tier/><span class="tn">{tier.title()}</span><span>{words}</span></li> }
    });
    view! { <ol class="lineage" aria-label="Lineage">{lines}</ol> }.into_any()
}

/// What a tier has in a finding, and what it changed against the tier before that has something.
pub fn said_of(opened: &Opened, finding: &Finding, tier: Tier) -> AnyView {
    let text = opened.text(finding.part).unwrap_or_default();
    let before = Tier::ALL.into_iter().filter(|&one| one < tier);
    let before = before.filter_map(|one| opened.alignment.mark_in(finding, one)).next_back();
    match opened.alignment.mark_in(finding, tier) {
        None => absence(opened, finding, tier),
        Some(mark) => presence(opened, mark, before, &text),
    }
}

fn absence(opened: &Opened, finding: &Finding, tier: Tier) -> AnyView {
    let words = match finding.presence[tier] {
        Presence::NotLooked if opened.alignment.is_silent(finding, tier) => {
            "looked, and has no mark here: taken for consent"
        }
        Presence::NotLooked => "has not looked at this message",
        Presence::Covers(_) => "covers it with another mark",
        Presence::Lacks | Presence::Holds(_) if opened.alignment.may_be_unanchored(finding, tier) => {
            "no mark here; but it has an annotation on this message that could not be placed"
        }
        Presence::Lacks | Presence::Holds(_) => "looked, and has no mark here",
    };
    view! { <span class="q">{words}</span> }.into_any()
}

fn presence(opened: &Opened, mark: &Mark, before: Option<&Mark>, text: &str) -> AnyView {
    let status = status_of(opened, mark);
    let label = (before.is_none_or(|before| before.label != mark.label)).then(|| {
        let name = mark.label.as_deref().unwrap_or("no label").to_owned();
        let was = before.map(|_| view! { <em>"relabeled "</em> });
        view! { {was}<LabelChip name place=opened.labels.place(mark.label.as_ref())/>" " }
    });
    let range = match before {
        None => Some(view! { <span class="q n">{mark.points.to_string()}</span> }.into_any()),
        Some(before) if before.points != mark.points => {
            Some(view! { <em>{difference_in_words(before, mark, text)}</em> }.into_any())
        }
        Some(before) if before.label == mark.label => Some(view! { <span>"unchanged"</span> }.into_any()),
        Some(_) => None,
    };
    let status = status.map(|status| view! { <em>{status}</em>{range.is_some().then_some(", ")} });
    let times = (mark.annotations.len() > 1).then(|| format!(" ×{}", mark.annotations.len()));
    view! { {label}{status}{range}{times} }.into_any()
}

/// The status of a mark's annotations, where they have the same one.
fn status_of(opened: &Opened, mark: &Mark) -> Option<String> {
    let annotations = opened.alignment.annotations_of(mark).iter();
    let mut statuses = annotations.map(|&one| opened.annotation(one).and_then(|one| one.status.clone()));
    let first = statuses.next()??;
    Some(if statuses.all(|status| status.as_ref() == Some(&first)) {
        first.to_string()
    } else {
        "mixed".to_owned()
    })
}

fn covering(opened: &Arc<Opened>, finding: &Finding) -> AnyView {
    let state = expect_context::<AppState>();
    let Some(index) = opened.alignment.covering_finding(finding) else { return ().into_any() };
    let opened = opened.clone();
    view! {
        <p class="note">
            "Covered by "
            <button type="button" class="lk" on:click=move |_| state.select_finding(&opened, index)>"another finding"</button>
        </p>
    }
    .into_any()
}

/// The text around the finding, verbatim, with its tracks.
fn lens(opened: &Opened, finding: &Finding) -> AnyView {
    let Some(text) = opened.text(finding.part) else { return ().into_any() };
    let marks: Vec<&Mark> = finding.marks().filter_map(|mark| opened.mark(mark)).collect();
    let start = marks.iter().map(|mark| mark.bytes.start.0).min().unwrap_or_default() as usize;
    let end = marks.iter().map(|mark| mark.bytes.end.0).max().unwrap_or_default() as usize;
    let from = back_by(&text, start, 40);
    let to = on_by(&text, end, 40);
    marked_text::lens(opened, &text, from..to, &marks)
}

/// The character boundary some characters before `at`.
fn back_by(text: &str, at: usize, characters: usize) -> usize {
    let before = text.get(..at).unwrap_or_default();
    before.char_indices().rev().take(characters).last().map_or(at, |(index, _)| index)
}

/// The character boundary some characters after `at`.
fn on_by(text: &str, at: usize, characters: usize) -> usize {
    let after = text.get(at..).unwrap_or_default();
    at + after.char_indices().nth(characters).map_or(after.len(), |(index, _)| index)
}

/// The other findings that share text with this one.
fn overlapping(opened: &Arc<Opened>, index: FindingIndex, finding: &Finding) -> AnyView {
    let state = expect_context::<AppState>();
    let others = opened.overlapping(index, finding);
    if others.is_empty() {
        return ().into_any();
    }
    let lines = others.into_iter().map(|other| {
        let finding = opened.alignment.finding(other).copied();
        let name = finding.and_then(|finding| opened.mark(finding.last_mark()?)?.label.clone());
        let quote = finding.map(|finding| opened.quote(&finding)).unwrap_or_default();
        let place = opened.labels.place(name.as_ref());
        let opened = opened.clone();
        view! {
            <li>
                <button type="button" class="also" on:click=move |_| state.select_finding(&opened, other)>
                    <LabelChip name=name.as_deref().unwrap_or("no label") place/>
                    <q dir="auto">{verbatim(&quote)}</q>
                </button>
            </li>
        }
    });
    view! { <section class="card"><h3>"Also here"</h3><ul>{lines.collect::<Vec<_>>()}</ul></section> }
        .into_any()
}

fn actions(opened: &Arc<Opened>, index: FindingIndex, finding: &Finding) -> AnyView {
    let state = expect_context::<AppState>();
    let link = {
        let opened = opened.clone();
        move || state.link_to_finding(&opened, index)
    };
    let quote = finding
        .last_mark()
        .and_then(|mark| opened.mark(mark))
        .and_then(|mark| Some(opened.text(finding.part)?.get(mark.bytes.as_range())?.to_owned()));
    let searched = quote.clone().unwrap_or_default();
    view! {
        <div class="acts">
            <button type="button" class="btn" on:click=move |_| search_for(state, &searched)>
                <Icon name=Symbol::Search/>
                "Search for this text"
            </button>
            <CopyButton label="Copy quote" icon=Symbol::Copy text=move || quote.clone().unwrap_or_default()/>
            <CopyButton label="Copy link" icon=Symbol::Link text=move || location::address_with(&link())/>
        </div>
    }
    .into_any()
}
