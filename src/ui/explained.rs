//! What words mean, where they stand: a button beside them, and the sentences that it opens nearby.
//!
//! Belongs here: the button and the sentences. Does not belong here: the words themselves (`state::explained`).

use super::chips::VerdictChip;
use super::icons::{Icon, Symbol};
use crate::state::explained::Term;
use crate::ui::live::{each, live};
use leptos::prelude::*;

/// What is explained at one place at the moment; nothing at first.
pub type Explained = RwSignal<Vec<Term>>;

/// The button beside a word, or beside several that belong together. What it opens stands where [`meanings`] are shown.
#[component]
pub fn WhatIs(
    /// What it explains.
    #[prop(into)]
    terms: Vec<Term>,
    /// What is explained at this place.
    explained: Explained,
) -> impl IntoView {
    let name = match terms.as_slice() {
        [term] => format!("What “{}” means", term.title()),
        _ => "What these words mean".to_owned(),
    };
    let terms = StoredValue::new(terms);
    let is_open = move || explained.with(|explained| terms.with_value(|terms| terms == explained));
    let turn = move |_| {
        let next = if untrack(is_open) { Vec::new() } else { terms.get_value() };
        explained.set(next);
    };
    view! {
        <button
            type="button"
            class="what"
            aria-label=name.clone()
            title=name
            aria-expanded=move || is_open().to_string()
            on:click=turn
        >
            <Icon name=Symbol::Help/>
        </button>
    }
    .into_any()
}

/// What is explained at a place, in an element of its own; nothing where nothing is.
#[component]
pub fn Meaning(
    /// What is explained there.
    explained: Explained,
    /// Whether it scrolls where it does not fit, and is a stop of the tab key for that.
    #[prop(optional)]
    scrolls: bool,
) -> impl IntoView {
    let content = move |terms: &Vec<Term>| {
        let tab = scrolls.then_some("0");
        view! {
            <div class="meaning" role="group" aria-label="What this means" tabindex=tab>{meanings(terms)}</div>
        }
    };
    live(move || explained.with(|terms| (!terms.is_empty()).then(|| content(terms))))
}

/// The same as a row of a table.
#[component]
pub fn MeaningRow(
    /// What is explained there.
    explained: Explained,
    /// How many columns the table has.
    columns: u32,
) -> impl IntoView {
    live(move || {
        explained.with(|terms| {
            (!terms.is_empty()).then(|| {
                view! { <tr class="meaning"><td colspan=columns>{meanings(terms)}</td></tr> }
            })
        })
    })
}

/// Terms with their sentences.
pub fn meanings(terms: &[Term]) -> AnyView {
    let entry = |term: &Term| {
        let [first, second] = term.sentences();
        let name = match *term {
            Term::Verdict(verdict) => view! { <VerdictChip verdict/> }.into_any(),
            Term::Criterion(_) | Term::Figure(_) | Term::Anchor(_) | Term::Inference(_) => {
                term.title().into_any()
            }
        };
        let advice = term.when_wrong().map(|advice| view! { " "<em>{advice}</em> });
        view! { <div><dt>{name}</dt><dd>{first}" "{second}{advice}</dd></div> }.into_any()
    };
    view! { <dl class="terms">{each(terms, entry)}</dl> }.into_any()
}
