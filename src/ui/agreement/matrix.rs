//! The confusion matrix: which label of the candidate met which of the reference.

use super::Shown;
use crate::browser::locale;
use crate::state::agreement::{LISTED, label_in_words, matrix_table};
use crate::state::explained::{Figure, Term};
use crate::ui::chips::LabelChip;
use crate::ui::copy_table::CopyTable;
use crate::ui::explained::{Explained, Meaning, WhatIs};
use crate::ui::linked_table::LinkedTable;
use crate::ui::live::each;
use crate::ui::section::Section;
use labelscope_core::logic::score::LabelScore;
use labelscope_core::logic::sort::{sort, sort_by_key};
use leptos::prelude::*;

/// How many labels are drawn, those with the most marks; the copied table holds all.
const LABELS: usize = 20;

/// The section.
#[component]
pub fn Matrix(shown: Shown) -> impl IntoView {
    let (candidate, reference) = shown.scored.tiers();
    let labels = &shown.scored.scores.labels;
    let drawn = drawn(labels);
    let all = labels.len();
    let left_out = (all > drawn.len()).then(|| {
        let copied = if all < LISTED { "The copied table holds all." } else { "What is copied lists all cells but zeros." };
        view! {
            <p class="note">
                {format!("The {LABELS} labels with the most marks of {}. {copied}", locale::count(all as u64))}
            </p>
        }
    });
    let about =
        format!("Rows: {candidate}. Columns: {reference}. Every cell opens its rows, {}.", shown.scope());
    let sides: Vec<Option<usize>> = drawn.into_iter().map(Some).chain([None]).collect();
    let most = shown.scored.scores.matrix.values().copied().max().unwrap_or_default();
    let head = |at: Option<usize>| view! { <th scope="col" class:gapc=at.is_none()>{name(&shown, at)}</th> };
    let row = |from: Option<usize>| {
        let cells = each(sides.iter(), |&to| cell(&shown, from, to, most));
        view! { <tr class:gap=from.is_none()><th scope="row">{name(&shown, from)}</th>{cells}</tr> }
    };
    let heads = each(sides.iter(), |&at| head(at));
    let rows = each(sides.iter(), |&from| row(from));
    let explained = Explained::default();
    let copied = shown.clone();
    let table = move || matrix_table(&copied.scored.scores, candidate, reference);
    view! {
        <Section id="matrix" title="Labels against labels" about>
            <LinkedTable class="mx">
                <caption class="vh">
                    {format!("Labels of {candidate} (rows) against labels of {reference} (columns), {}", shown.scope())}
                </caption>
                <thead><tr><td class="ax"><WhatIs terms=[Term::Figure(Figure::Matrix)] explained/></td>{heads}</tr></thead>
                <tbody>{rows}</tbody>
            </LinkedTable>
            {left_out}
            <Meaning explained/>
            <CopyTable table/>
        </Section>
    }
    .into_any()
}

/// The labels to draw, in their order.
fn drawn(labels: &[LabelScore]) -> Vec<usize> {
    let marks =
        |at: &usize| labels.get(*at).map_or(0, |label| label.strict.candidate + label.strict.reference);
    let mut drawn: Vec<usize> = (0..labels.len()).collect();
    sort_by_key(&mut drawn, |at| std::cmp::Reverse(marks(at)));
    drawn.truncate(LABELS);
    sort(&mut drawn);
    drawn
}

fn name(shown: &Shown, at: Option<usize>) -> AnyView {
    match at.and_then(|at| shown.scored.scores.labels.get(at)) {
        Some(score) => {
            let place = shown.opened.labels.place(score.label.as_ref());
            view! { <LabelChip name=label_in_words(&score.label) place breaks=true/> }.into_any()
        }
        None => view! { <span class="q cen">"nothing"</span> }.into_any(),
    }
}

fn cell(shown: &Shown, from: Option<usize>, to: Option<usize>, most: u64) -> AnyView {
    if from.is_none() && to.is_none() {
        return view! { <td></td> }.into_any();
    }
    let scores = &shown.scored.scores;
    let (candidate, reference) = shown.scored.tiers();
    let label = |at: Option<usize>| at.and_then(|at| scores.labels.get(at)).map(|score| &score.label);
    let words = |at: Option<usize>| label(at).map_or_else(|| "nothing".to_owned(), label_in_words);
    let count = scores.matrix.get(&(from, to)).copied().unwrap_or_default();
    let spoken = format!("{candidate} {}, {reference} {}: {}", words(from), words(to), locale::count(count));
    // By the root, so that small counts are told from none. At most 74 percent of ink.
    let heat = if most == 0 { 0.0 } else { (count as f64 / most as f64).sqrt() * 66.0 };
    let heat = if count == 0 { 0.0 } else { heat + 8.0 };
    view! {
        <td class:d=from == to class:gapc=to.is_none()>
            <a
                href=shown.here.to_cell(label(from), label(to)).fragment()
                class:inv={heat > 50.0}
                class:z=count == 0
                style:--v=format!("{heat:.0}")
                aria-label=spoken
            >
                {locale::count(count)}
            </a>
        </td>
    }
    .into_any()
}
