//! The four criteria: micro and macro, and the strict one with boundary noise forgiven.

use super::Shown;
use super::figures::{count, figure, in_words, interval, interval_head, three};
use crate::browser::locale;
use crate::state::agreement::scores_table;
use crate::state::route::Route;
use crate::ui::copy_table::CopyTable;
use crate::ui::section::Section;
use labelscope_core::logic::score::{Counts, Criterion, Mean, Outcome};
use leptos::prelude::*;

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
    let copied = shown.clone();
    let table = move || {
        let intervals = copied.intervals.get_untracked();
        scores_table(&copied.scored.compared, &copied.scored.scores, intervals.as_deref())
    };
    view! {
        <Section id="scores" title="Scores" about>
            <table class="tbl scores">
                <caption class="vh">{format!("Scores of {candidate} against {reference}, {}", shown.scope())}</caption>
                <thead><tr>
                    <th scope="col">"Criterion"</th>
                    <th scope="col" class="r">"Right"</th>
                    <th scope="col" class="r">{candidate.title()}</th>
                    <th scope="col" class="r">{reference.title()}</th>
                    <th scope="col" class="r">"Precision"</th>
                    <th scope="col" class="r">"Recall"</th>
                    <th scope="col" class="r">"F1"</th>
                    {interval_head()}
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
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
    let interval = move || {
        let known = intervals.with(|all| all.as_ref().and_then(|all| all.micro.get(at).copied()));
        interval(known, counts.f1())
    };
    view! {
        <tr>
            <th scope="row">{criterion.title()}<small class="q">{rule}</small></th>
            {counted(shown, counts, criterion)}
            {three(shown, counts, criterion, None, "big")}
            {interval}
        </tr>
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
    let line = view! {
        <tr class="macro">
            <th scope="row" colspan="4" class="q">{criterion.title()}", macro: the mean over labels"{left_out}</th>
            {cell(average.precision)}{cell(average.recall)}{cell(average.f1)}
            {move || interval(known(), middle)}
        </tr>
    };
    Some(line.into_any())
}
