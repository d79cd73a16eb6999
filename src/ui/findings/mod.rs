//! The Findings screen: counts by verdict, filters, and one table of all findings or of the rows behind a number.
//!
//! Belongs here: what is seen of them. Does not belong here: which rows there are and in which order (`state::findings`).

mod cells;
mod filters;
mod table;

use crate::browser::locale;
use crate::state::agreement::{Opening, Request};
use crate::state::explained::Term;
use crate::state::filter::{Facet, FacetCounts, heading};
use crate::state::findings::{Order, TableRow, rows};
use crate::state::route::{Route, Screen};
use crate::state::{AppState, Opened};
use crate::ui::chips::VerdictChip;
use crate::ui::explained::{Explained, Meaning, WhatIs};
use crate::ui::filters::Counts;
use crate::ui::later::later;
use crate::ui::live::live;
use filters::Filters;
use labelscope_core::logic::align::Verdict;
use labelscope_core::logic::score::{Criterion, Outcome};
use leptos::prelude::*;
use std::sync::Arc;
use table::FindingsTable;

/// The screen.
#[component]
pub fn Findings() -> impl IntoView {
    let state = expect_context::<AppState>();
    let content = live(move || match state.opened.get() {
        Some(opened) => view! { <Whole opened/> }.into_any(),
        None => view! {
            <p class="empty">
                <b>"No findings yet"</b>
                "The tiers come last in the file: findings appear once they are read and aligned."
            </p>
        }
        .into_any(),
    });
    view! { <main id="main" class="findings" tabindex="-1"><h1 class="vh">"Findings"</h1>{content}</main> }
        .into_any()
}

#[component]
fn Whole(
    /// The export.
    opened: Arc<Opened>,
) -> impl IntoView {
    let state = expect_context::<AppState>();
    // What is selected changes no row.
    let asked = Memo::new(move |_| state.route.with(Route::unselected));
    let request = Memo::new(move |_| asked.with(|route| Opening::of(route).map(|_| Request::of(route))));
    // Compared anew only where another comparison is asked for, not where its rows are sorted.
    let compared = Memo::new_with_compare(
        {
            let opened = opened.clone();
            move |_| request.with(|request| request.as_ref().map(|one| Arc::new(one.compare(&opened))))
        },
        |_, _| true,
    );
    let shown: Memo<Arc<[TableRow]>> = Memo::new({
        let opened = opened.clone();
        move |_| {
            let compared = compared.get();
            let filtered = state.filtered.get().unwrap_or_default();
            asked.with(|route| rows(&opened, &filtered, route, compared.as_deref())).into()
        }
    });
    let is_plain = Memo::new(move |_| asked.with(|route| Opening::of(route).is_none()));
    let counts = Counts::of(state);
    let all = opened.alignment.findings.len();
    let said = move || shown.with(|shown| said(shown, is_plain.get(), all, asked.with(order)));
    // Each a frame after the other, from the top: what was on the screen before goes first.
    let head = move || match is_plain.get() {
        true => view! { <Facets counts/> }.into_any(),
        false => view! { <ScoreHead asked/> }.into_any(),
    };
    let table = opened.clone();
    view! {
        {later(1, move || {
            view! {
                {live(head)}
                <Filters opened=opened.clone() is_plain counts said/>
            }
            .into_any()
        })}
        {later(2, move || view! { <FindingsTable opened=table.clone() shown/> }.into_any())}
    }
}

fn order(route: &Route) -> Order {
    Order::of(route.sort.as_deref())
}

/// How many rows there are, and in which order.
fn said(shown: &[TableRow], is_plain: bool, all: usize, order: Order) -> String {
    let order = match order {
        one if one == Order::default() => "in document order".to_owned(),
        Order { column, descends } => {
            let way = if descends { ", descending" } else { "" };
            format!("by {}{way}", column.title().to_lowercase())
        }
    };
    let count = shown.len() as u64;
    let characters = || -> u64 {
        shown.iter().map(|row| if let TableRow::Characters(_, count) = row { *count } else { 0 }).sum()
    };
    match shown.first() {
        Some(TableRow::Characters(..)) => format!(
            "{} in {}, {order}",
            locale::counted(characters(), "character", "characters"),
            locale::counted(count, "message", "messages")
        ),
        _ if is_plain && shown.len() == all => {
            format!("{}, {order}", locale::counted(count, "finding", "findings"))
        }
        _ if is_plain => {
            format!(
                "{} of {}, {order}",
                locale::count(count),
                locale::counted(all as u64, "finding", "findings")
            )
        }
        _ => format!("{}, {order}", locale::counted(count, "row", "rows")),
    }
}

/// The counts by verdict, each a switch that filters.
#[component]
fn Facets(
    /// How many findings bear which verdict, all other filters applied.
    counts: Counts,
) -> impl IntoView {
    let state = expect_context::<AppState>();
    let facet = move |face: AnyView,
                      is_on: Signal<bool>,
                      count: fn(&FacetCounts, usize) -> usize,
                      at: usize,
                      to: Box<dyn Fn(&mut Route)>| {
        let count = Memo::new(move |_| counts.with(|counts| count(counts, at)).unwrap_or_default());
        view! {
            <button
                type="button"
                aria-pressed=move || is_on.get().to_string()
                on:click=move |_| {
                    // Read before the address is changed: it is derived from it.
                    let was_on = is_on.get_untracked();
                    state.route.update(|route| {
                        route.verdicts.clear();
                        route.differences = false;
                        if !was_on {
                            to(route);
                        }
                    });
                }
            >
                <b>{move || locale::count(count.get() as u64)}</b>
                {face}
            </button>
        }
        .into_any()
    };
    let all = facet(
        view! { <span class="q">"all findings"</span> }.into_any(),
        Signal::derive(move || state.route.with(|route| route.verdicts.is_empty() && !route.differences)),
        |counts, _| counts.findings_of_any_verdict(),
        0,
        Box::new(|_| {}),
    );
    let differences = facet(
        view! { <span class="q">"differences"</span> }.into_any(),
        Signal::derive(move || state.route.with(|route| route.verdicts.is_empty() && route.differences)),
        |counts, _| counts.findings(Facet::Difference, 0),
        0,
        Box::new(|route| route.differences = true),
    );
    let explained = Explained::default();
    let of_verdict = Verdict::ALL.map(|verdict| {
        facet(
            view! { <VerdictChip verdict/> }.into_any(),
            Signal::derive(move || state.route.with(|route| route.verdicts == [verdict.key()])),
            |counts, at| counts.findings(Facet::Verdict, at),
            verdict as usize,
            Box::new(move |route| route.verdicts.push(verdict.key().to_owned())),
        )
    });
    view! {
        <div class="facets" role="group" aria-label="Verdict">
            {all}{differences}<span class="sp"></span>{of_verdict.into_iter().collect::<Vec<_>>()}
            <WhatIs terms=Verdict::ALL.map(Term::Verdict) explained/>
        </div>
        <Meaning explained scrolls=true/>
    }
}

/// What the rows of a score are, and the way back to it.
#[component]
fn ScoreHead(
    /// What the address asks for.
    asked: Memo<Route>,
) -> impl IntoView {
    let about = live(move || {
        asked.with(|route| {
            let opening = Opening::of(route)?;
            let words = match (opening.criterion, opening.outcome) {
                (Criterion::Character, _) => "Characters are counted by message.",
                (_, Some(Outcome::TruePositive | Outcome::Candidate | Outcome::Reference) | None) => {
                    "A row is a pair or a mark without one; it opens its finding, or each of its two."
                }
                (_, Some(Outcome::FalsePositive)) => {
                    "A row is a mark of the candidate, with what it is paired with, if anything."
                }
                (_, Some(Outcome::FalseNegative)) => {
                    "A row is a mark of the reference, with what it is paired with, if anything."
                }
            };
            Some(words)
        })
    });
    let back =
        move || asked.with(|route| Route { screen: Screen::Agreement, ..route.without_rows() }.fragment());
    view! {
        <div class="facets scored">
            <p>
                <b>{move || asked.with(heading)}</b>
                <span class="q">{about}" "<a class="lk" href=back>"Back to the scores"</a></span>
            </p>
        </div>
    }
}
