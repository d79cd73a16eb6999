//! What the export does not say: what is assumed, with the evidence, and the switches that assume something else.

use super::explained::{Explained, MeaningRow, WhatIs};
use super::wide::Wide;
use crate::browser::pause::pause;
use crate::browser::timing;
use crate::state::assumptions::{Overrides, inference, subject, tier_of_unit, value_in_words};
use crate::state::explained::Term;
use crate::state::{AppState, Opened, Preparing};
use crate::ui::live::each;
use labelscope_core::domain::{Tier, Unit};
use labelscope_core::logic::align::{LookedRule, ReviewRule, tells_what_was_looked_at};
use labelscope_core::logic::health::{Assumption, assumptions};
use labelscope_core::logic::place::{KeyRule, PartIndexRule};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// How long the page works before it lets the browser draw and answer, in milliseconds.
const SLICE_MS: f64 = 12.0;
/// How many annotations or messages are placed or aligned between two looks at the clock.
const STEP: usize = 64;

/// A section of the health report.
#[component]
pub fn Assumptions(
    /// The export.
    opened: Arc<Opened>,
) -> impl IntoView {
    let busy = RwSignal::new(false);
    let all = assumptions(&opened.export, &opened.placement, &opened.alignment);
    let rows = each(all, |one| row(&opened, one, busy));
    view! {
        <section class="sec" aria-labelledby="assumptions">
            <header>
                <h2 id="assumptions">"Assumptions"</h2>
                <p>"What the export does not say. Another choice places and aligns everything anew, for as long as the export is open."</p>
            </header>
            <Wide label="Assumptions">
                <table class="tbl assumed" aria-busy=move || busy.get().to_string()>
                    <caption class="vh">"What is assumed of the export, and why"</caption>
                    <thead><tr>
                        <th scope="col">"About"</th>
                        <th scope="col">"Assumed"</th>
                        <th scope="col">"Evidence"</th>
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </Wide>
        </section>
    }
    .into_any()
}

fn row(opened: &Arc<Opened>, one: Assumption, busy: RwSignal<bool>) -> AnyView {
    let about = subject(one.what);
    let found = value_in_words(one.value);
    let assumed = match (tier_of_unit(one.what), one.what) {
        (Some(tier), _) => unit_choice(opened, tier, about, found, busy),
        (None, "map_key") => key_choice(opened, about, busy),
        (None, "part_index") => part_choice(opened, about, busy),
        (None, "looked") => looked_choice(opened, about, busy),
        (None, "review_is_complete") => review_choice(opened, about, busy),
        (None, _) => found.into_any(),
    };
    let explained = Explained::default();
    let terms = inference(one.what).map(Term::Inference);
    let what = terms.map(|term| view! { <WhatIs terms=[term] explained/> });
    view! {
        <tr><th scope="row" aria-label=about>{about}{what}</th><td>{assumed}</td><td class="q2">{one.evidence}</td></tr>
        <MeaningRow explained columns=3/>
    }
    .into_any()
}

fn unit_choice(
    opened: &Arc<Opened>,
    tier: Tier,
    about: &'static str,
    found: &'static str,
    busy: RwSignal<bool>,
) -> AnyView {
    let choice = |unit: Option<Unit>| {
        let words = unit
            .map_or_else(|| format!("{found}, as the annotations suggest"), |unit| unit.title().to_owned());
        let mut overrides = opened.overrides;
        overrides.placing.units[tier] = unit;
        (words, overrides)
    };
    let choices = [None].into_iter().chain(Unit::ALL.map(Some)).map(choice).collect();
    select(opened, about, choices, busy)
}

fn key_choice(opened: &Arc<Opened>, about: &'static str, busy: RwSignal<bool>) -> AnyView {
    let with = |keys: KeyRule| {
        let mut overrides = opened.overrides;
        overrides.placing.keys = keys;
        overrides
    };
    let choices = vec![
        ("the message with that id, else the conversation".to_owned(), with(KeyRule::MessageFirst)),
        ("the conversation with that id, else the message".to_owned(), with(KeyRule::ConversationFirst)),
    ];
    let choice = select(opened, about, choices, busy);
    let is_moot = opened.placement.keys.iter().all(|(_, keys)| keys.both == 0);
    let moot = is_moot.then(|| view! { <p class="q">"No key here could be either."</p> });
    view! { {choice}{moot} }.into_any()
}

fn part_choice(opened: &Arc<Opened>, about: &'static str, busy: RwSignal<bool>) -> AnyView {
    let with = |part_index: PartIndexRule| {
        let mut overrides = opened.overrides;
        overrides.placing.part_index = part_index;
        overrides
    };
    let choices = vec![
        ("all parts, as sent, from 0".to_owned(), with(PartIndexRule::AllParts)),
        ("only the parts that have a text, from 0".to_owned(), with(PartIndexRule::PartsWithText)),
    ];
    select(opened, about, choices, busy)
}

fn review_choice(opened: &Arc<Opened>, about: &'static str, busy: RwSignal<bool>) -> AnyView {
    let with = |review: ReviewRule| Overrides { review, ..opened.overrides };
    let choices = vec![
        ("yes: what it does not repeat, it removed".to_owned(), with(ReviewRule::WholeSet)),
        (
            "no, only what it changed: what it does not repeat, it agrees with".to_owned(),
            with(ReviewRule::ChangesOnly),
        ),
    ];
    let choice = select(opened, about, choices, busy);
    let limit = (opened.overrides.review == ReviewRule::ChangesOnly).then(|| {
        view! { <p class="q">"Verdicts follow this. Scores do not: they compare with the marks that Review holds."</p> }
    });
    view! { {choice}{limit} }.into_any()
}

fn looked_choice(opened: &Arc<Opened>, about: &'static str, busy: RwSignal<bool>) -> AnyView {
    let with = |looked: LookedRule| Overrides { looked, ..opened.overrides };
    let choices = vec![
        ("when it has a key of the message".to_owned(), with(LookedRule::Key)),
        ("also when it has a key in the conversation".to_owned(), with(LookedRule::KeyInConversation)),
    ];
    let choice = select(opened, about, choices, busy);
    let doubt = (!tells_what_was_looked_at(&opened.export)).then(|| {
        view! { <p class="q">"This export cannot tell “found nothing” from “not looked at”."</p> }
    });
    let rule = (opened.overrides.looked == LookedRule::KeyInConversation)
        .then(|| view! { <p class="q">"It then counts as having looked at every marked message there."</p> });
    view! { {choice}{doubt}{rule} }.into_any()
}

/// A list to choose from: words, and the overrides that they stand for.
fn select(
    opened: &Arc<Opened>,
    about: &'static str,
    choices: Vec<(String, Overrides)>,
    busy: RwSignal<bool>,
) -> AnyView {
    let state = expect_context::<AppState>();
    let options = choices.iter().zip(0usize..).map(|((words, overrides), index)| {
        view! { <option value=index selected=*overrides == opened.overrides>{words.clone()}</option> }
    });
    let options = options.collect::<Vec<_>>();
    let opened = opened.clone();
    let choose = move |event: leptos::ev::Event| {
        let chosen = event_target_value(&event).parse().ok().and_then(|index: usize| choices.get(index));
        if let Some((_, overrides)) = chosen {
            assume(state, opened.clone(), *overrides, busy);
        }
    };
    view! { <select aria-label=about disabled=move || busy.get() on:change=choose>{options}</select> }
        .into_any()
}

/// Places and aligns the open export anew, in slices of a few milliseconds, and puts the result in its place, unless
/// another export has come there meanwhile.
fn assume(state: AppState, opened: Arc<Opened>, overrides: Overrides, busy: RwSignal<bool>) {
    busy.set(true);
    spawn_local(async move {
        let is_open =
            || state.opened.with_untracked(|now| now.as_ref().is_some_and(|now| Arc::ptr_eq(now, &opened)));
        let mut preparing = Preparing::again(&opened, overrides);
        let mut slice_began = timing::now();
        while !preparing.step(STEP) {
            if timing::now() - slice_began >= SLICE_MS {
                pause().await;
                if !is_open() {
                    return;
                }
                slice_began = timing::now();
            }
        }
        // What is pointed at is known by its place among the findings, which are others now.
        state.hovered.set(None);
        // So is what changed: it is not compared anew, and cannot be filtered by any longer.
        if state.route.with_untracked(|route| route.changed) {
            state.route.update(|route| route.changed = false);
        }
        state.opened.set(Some(Arc::new(preparing.finish())));
    });
}
