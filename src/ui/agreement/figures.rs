//! Figures and counts as cells, each a link to the rows behind it.

use super::Shown;
use crate::browser::locale;
use crate::state::explained::{Figure, Term};
use crate::state::route::Route;
use crate::ui::explained::{Explained, WhatIs};
use labelscope_core::logic::score::{Counts, Criterion, Interval, Label, Outcome};
use leptos::prelude::*;

/// A figure from 0 to 1 as it is printed: `.514`, `1.000`; `0,514` where the person's own way is a comma.
pub fn in_words(figure: f64) -> String {
    let text = locale::figure(figure);
    text.strip_prefix("0.").map_or(text.clone(), |places| format!(".{places}"))
}

/// A cell with a count that opens its rows.
pub fn count(number: u64, to: &Route) -> AnyView {
    view! {
        <td class="r" class:q=number == 0><a class="lk" href=to.fragment()>{locale::count(number)}</a></td>
    }
    .into_any()
}

/// A cell with a figure that opens the rows of its denominator; `–` and why where that is empty.
pub fn figure(figure: Option<f64>, to: &Route, why_none: &str, class: &'static str) -> AnyView {
    match figure {
        Some(figure) => {
            view! { <td class="r"><a class=class href=to.fragment()>{in_words(figure)}</a></td> }.into_any()
        }
        None => view! {
            <td class="r q" title=why_none.to_owned()>"–"<span class="vh">" "{why_none.to_owned()}</span></td>
        }
        .into_any(),
    }
}

/// Precision, recall and F1 of some counts, of one label or of all.
pub fn three(
    shown: &Shown,
    counts: Counts,
    criterion: Criterion,
    label: Option<&Label>,
    big: &'static str,
) -> AnyView {
    let (candidate, reference) = shown.scored.tiers();
    let to = |outcome: Outcome| shown.here.to_outcome(criterion, outcome, label);
    let all = Route { outcome: None, ..to(Outcome::Candidate) };
    view! {
        {figure(counts.precision(), &to(Outcome::Candidate), &format!("{candidate} has no mark in scope"), "fig")}
        {figure(counts.recall(), &to(Outcome::Reference), &format!("{reference} has no mark in scope"), "fig")}
        {figure(counts.f1(), &all, "neither tier has a mark in scope", big)}
    }
    .into_any()
}

/// A cell with an interval around an F1; what is still being computed, or too little to judge, says so.
pub fn interval(interval: Option<Interval>, middle: Option<f64>) -> AnyView {
    let content = match (interval, middle) {
        (Some(Interval::Within { low, high, undefined }), Some(middle)) => {
            let mut words = format!("{} to {}", in_words(low), in_words(high));
            if undefined > 0 {
                words += &format!("; {} resamples left out, since undefined", locale::count(undefined.into()));
            }
            let percent = |figure: f64| format!("{:.1}", figure * 100.0);
            view! {
                <span
                    class="ci"
                    role="img"
                    title=words.clone()
                    aria-label=words
                    style:--lo=percent(low)
                    style:--m=percent(middle)
                    style:--hi=percent(high)
                >
                    <i></i><b></b>
                </span>
            }
            .into_any()
        }
        (None, Some(_)) => view! { <span class="q">"…"<span class="vh">"being computed"</span></span> }.into_any(),
        (_, None) => view! { <span class="q">"–"</span> }.into_any(),
        (Some(Interval::TooFewToJudge), Some(_)) => {
            view! { <span class="q" title="Fewer than 10 conversations or 20 marks of the reference">"too few to judge"</span> }
                .into_any()
        }
    };
    view! { <td class="cic">{content}</td> }.into_any()
}

/// The head of a column of figures, with what explains it.
pub fn head(words: &'static str, figure: Figure, explained: Explained) -> AnyView {
    view! { <th scope="col" class="r" aria-label=words>{words}<WhatIs terms=[Term::Figure(figure)] explained/></th> }
        .into_any()
}

/// The head of a column of intervals.
pub fn interval_head(explained: Explained) -> AnyView {
    let what = view! { <WhatIs terms=[Term::Figure(Figure::Interval)] explained/> };
    view! {
        <th scope="col" aria-label="F1, 95 % interval"><span class="axis"><span aria-hidden="true">"0"</span><span>"F1, 95 % interval"{what}</span><span aria-hidden="true">"1"</span></span></th>
    }
    .into_any()
}
