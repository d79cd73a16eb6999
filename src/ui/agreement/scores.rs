//! The four criteria: micro and macro, and the strict one with boundary noise forgiven.

use super::Shown;
use super::figures::{count, figure, head, in_words, interval, interval_head, three};
use crate::browser::locale;
use crate::state::agreement::scores_table;
use crate::state::explained::{Figure, Term};
use crate::state::route::Route;
use crate::ui::copy_table::CopyTable;
use crate::ui::explained::{Explained, MeaningRow, WhatIs};
use crate::ui::linked_table::LinkedTable;
use crate::ui::live::live;
use crate::ui::section::Section;
use labelscope_core::logic::score::{Counts, Criterion, Mean, Outcome};
use leptos::prelude::*;

/// How many columns the table has.
const COLUMNS: u32 = 8;

/// The section.
#[component]
pub fn ScoresTable(shown: Shown) -> impl IntoView {
    let (candidate, reference) = shown.scored.tiers();
    let about = format!(
        "A mark of {candidate} is right when its pair passes the criterion. Counted {}.",
        shown.scope()
    );
    let rows = Criterion::ALL.into_iter().enumerate().map(|(at, criterion)| row(&shown, at, criterion));
    let rows: Vec<AnyView> = rows.collect();
    let explained = Explained::default();
    let caption = format!("Scores of {candidate} against {reference}, {}", shown.scope());
    let copied = shown.clone();
    let table = move || {
        let intervals = copied.intervals.get_untracked();
        scores_table(&copied.scored.compared, &copied.scored.scores, intervals.as_deref())
    };
    view! {
        <Section id="scores" title="Scores" about>
            <LinkedTable class="tbl scores">
                <caption class="vh">{caption}</caption>
                <thead><tr>
                    <th scope="col">"Criterion"</th>
                    {head("Right", Figure::Right, explained)}
                    {head(candidate.title(), Figure::Candidate, explained)}
                    {head(reference.title(), Figure::Reference, explained)}
                    {head("Precision", Figure::Precision, explained)}
                    {head("Recall", Figure::Recall, explained)}
                    {head("F1", Figure::F1, explained)}
                    {interval_head(explained)}
                </tr><MeaningRow explained columns=COLUMNS/></thead>
                <tbody>{rows}</tbody>
            </LinkedTable>
            {noise(&shown)}
            <CopyTable table/>
        </Section>
    }
    .into_any()
}

fn row(shown: &Shown, at: usize, criterion: Criterion) -> AnyView {
    let counts = shown.scored.scores.micro(criterion);
    let rule = match criterion {
        Criterion::Strict => "same range, same label",
        Criterion::Overlap => "same label, sharing a character",
        Criterion::AnyLabel => "sharing a character",
        Criterion::Character => "labeled characters, not marks",
    };
    let intervals = shown.intervals;
    let interval = live(move || {
        let known = intervals.with(|all| all.as_ref().and_then(|all| all.micro.get(at).copied()));
        interval(known, counts.f1())
    });
    let explained = Explained::default();
    let what = view! { <WhatIs terms=[Term::Criterion(criterion)] explained/> };
    view! {
        <tr>
            <th scope="row" aria-label=format!("{}: {rule}", criterion.title())>{criterion.title()}{what}<small class="q">{rule}</small></th>
            {counted(shown, counts, criterion)}
            {three(shown, counts, criterion, None, "big")}
            {interval}
        </tr>
        <MeaningRow explained columns=COLUMNS/>
        {mean(shown, criterion)}
    }
    .into_any()
}

fn counted(shown: &Shown, counts: Counts, criterion: Criterion) -> AnyView {
    let to = |outcome: Outcome| shown.here.to_outcome(criterion, outcome, None);
    view! {
        {count(counts.true_positives, &to(Outcome::TruePositive))}
        {count(counts.candidate, &to(Outcome::Candidate))}
        {count(counts.reference, &to(Outcome::Reference))}
    }
    .into_any()
}

/// The strict score with boundary noise forgiven, beside the plain one.
fn noise(shown: &Shown) -> AnyView {
    let strict = shown.scored.scores.micro(Criterion::Strict);
    let forgiving = strict.forgiving(shown.scored.noisy);
    let Some((plain, better)) = strict.f1().zip(forgiving.f1()) else { return ().into_any() };
    let right =
        Route { noise: true, ..shown.here.to_outcome(Criterion::Strict, Outcome::TruePositive, None) };
    view! {
        <p class="note">
            {locale::counted(shown.scored.noisy as u64, "pair differs", "pairs differ")}
            " only by white space or punctuation at an end. With that forgiven "
            <a href=right.fragment()>{locale::count(forgiving.true_positives)}</a>
            " are right and the strict F1 is "<b>{in_words(better)}</b>" in place of "{in_words(plain)}", "{shown.scope()}"."
        </p>
    }
    .into_any()
}

/// The means over labels by a criterion, a line of their own; nothing for the two that are not told by label.
fn mean(shown: &Shown, criterion: Criterion) -> Option<AnyView> {
    let intervals = shown.intervals;
    let average = shown.scored.scores.macro_average(criterion)?;
    let undefined = average.f1.undefined as u64;
    let left_out = (undefined > 0)
        .then(|| format!("; {} without one left out", locale::counted(undefined, "label", "labels")));
    let all = Route { outcome: None, ..shown.here.to_outcome(criterion, Outcome::Candidate, None) };
    let cell = |mean: Mean| figure(mean.value, &all, "no label has one", "fig");
    let known = move || {
        intervals.with(|all| {
            all.as_ref().map(|all| match criterion {
                Criterion::Strict => all.macro_strict,
                _ => all.macro_overlap,
            })
        })
    };
    let middle = average.f1.value;
    let explained = Explained::default();
    let terms = [Term::Figure(Figure::Macro), Term::Figure(Figure::Micro)];
    let name = format!("{}, macro: the mean over labels{}", criterion.title(), left_out.unwrap_or_default());
    let line = view! {
        <tr class="macro">
            <th scope="row" colspan="4" class="q" aria-label=name.clone()>
                {name.clone()}<WhatIs terms explained/>
            </th>
            {cell(average.precision)}{cell(average.recall)}{cell(average.f1)}
            {live(move || interval(known(), middle))}
        </tr>
        <MeaningRow explained columns=COLUMNS/>
    };
    Some(line.into_any())
}
