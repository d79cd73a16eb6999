//! Every label by the strict and the overlap criterion, with its support.

use super::Shown;
use super::figures::{count, head, interval, interval_head, three};
use crate::browser::locale;
use crate::state::agreement::{label_in_words, labels_table};
use crate::state::explained::Figure;
use crate::ui::chips::LabelChip;
use crate::ui::copy_table::CopyTable;
use crate::ui::explained::{Explained, MeaningRow};
use crate::ui::linked_table::LinkedTable;
use crate::ui::live::live;
use crate::ui::section::Section;
use labelscope_core::logic::score::{Criterion, LabelScore, Outcome};
use leptos::prelude::*;

/// How many labels are drawn; the copied table holds all.
const LABELS: usize = 30;

/// The section.
#[component]
pub fn PerLabel(shown: Shown) -> impl IntoView {
    let (candidate, reference) = shown.scored.tiers();
    let labels = &shown.scored.scores.labels;
    let all = labels.len();
    let left_out = (all > LABELS).then(|| {
        let words = format!(
            "The first {LABELS} of {} labels. The copied table holds all.",
            locale::count(all as u64)
        );
        view! { <p class="note">{words}</p> }
    });
    let about = format!(
        "By the overlap and the strict criterion; support is the marks of {reference}. Counted {}.",
        shown.scope()
    );
    let rows: Vec<AnyView> =
        labels.iter().take(LABELS).enumerate().map(|(at, score)| rows_of(&shown, at, score)).collect();
    let explained = Explained::default();
    let copied = shown.clone();
    let table = move || {
        let intervals = copied.intervals.get_untracked();
        labels_table(&copied.scored.scores, intervals.as_deref())
    };
    view! {
        <Section id="per-label" title="Per label" about>
            <LinkedTable class="tbl perlabel">
                <caption class="vh">{format!("Scores by label of {candidate} against {reference}, {}", shown.scope())}</caption>
                <thead><tr>
                    <th scope="col">"Label"</th>
                    <th scope="col">"Criterion"</th>
                    {head(candidate.title(), Figure::Candidate, explained)}
                    {head("Support", Figure::Support, explained)}
                    {head("Right", Figure::Right, explained)}
                    {head("Precision", Figure::Precision, explained)}
                    {head("Recall", Figure::Recall, explained)}
                    {head("F1", Figure::F1, explained)}
                    {interval_head(explained)}
                </tr><MeaningRow explained columns=9/></thead>
                {rows}
            </LinkedTable>
            {left_out}
            <CopyTable table/>
        </Section>
    }
    .into_any()
}

fn rows_of(shown: &Shown, at: usize, score: &LabelScore) -> AnyView {
    let name = label_in_words(&score.label);
    let place = shown.opened.labels.place(score.label.as_ref());
    let row = |nth: usize, criterion: Criterion| {
        let counts = score.counts(criterion).unwrap_or_default();
        let to = |outcome: Outcome| shown.here.to_outcome(criterion, outcome, Some(&score.label));
        let intervals = shown.intervals;
        let place_of_interval = if criterion == Criterion::Strict { 0 } else { 1 };
        let known = move || {
            intervals.with(|all| {
                let label = all.as_ref().and_then(|all| all.labels.get(at));
                label.and_then(|label| label.get(place_of_interval)).copied()
            })
        };
        let head = (nth == 0).then(|| {
            view! { <th scope="rowgroup" rowspan="2"><LabelChip name=name.clone() place/></th> }
        });
        view! {
            <tr>
                {head}
                <th scope="row" class="q">{criterion.title()}</th>
                {count(counts.candidate, &to(Outcome::Candidate))}
                {count(counts.reference, &to(Outcome::Reference))}
                {count(counts.true_positives, &to(Outcome::TruePositive))}
                {three(shown, counts, criterion, Some(&score.label), "strong")}
                {live(move || interval(known(), counts.f1()))}
            </tr>
        }
    };
    view! { <tbody>{row(0, Criterion::Overlap)}{row(1, Criterion::Strict)}</tbody> }.into_any()
}
