//! The Agreement screen: two tiers, scored one against the other. Every number opens the rows that it counts.
//!
//! Belongs here: the choice of what is compared, one section a file, and the work in steps. Does not belong here: what a
//! number is (the core), which rows it opens (`state::agreement`).

mod figures;
mod groups;
mod labels;
mod matrix;
mod scores;

use crate::browser::locale;
use crate::browser::pause::Slices;
use crate::state::agreement::{Request, Scored, Scoring};
use crate::state::explained::{Figure, Term};
use crate::state::filter::chips;
use crate::state::route::Route;
use crate::state::{AppState, Opened};
use crate::ui::chips::TierKey;
use crate::ui::explained::{Explained, Meaning, WhatIs};
use crate::ui::later::later;
use crate::ui::live::{each, live};
use crate::ui::printed::Printed;
use crate::ui::section::Empty;
use groups::Groups;
use labels::PerLabel;
use labelscope_core::domain::Tier;
use labelscope_core::logic::align::tells_what_was_looked_at;
use labelscope_core::logic::score::{Bootstrap, Criterion, Intervals, TierPair};
use leptos::prelude::*;
use leptos::task::spawn_local;
use matrix::Matrix;
use scores::ScoresTable;
use std::sync::Arc;

/// How many marks are compared between two looks at the clock.
const STEP: usize = 2_000;

/// What the sections share: the figures, and how sure they are once that is known.
#[derive(Clone)]
struct Shown {
    opened: Arc<Opened>,
    scored: Arc<Scored>,
    intervals: RwSignal<Option<Arc<Intervals>>>,
    /// The address that the links of this screen start from.
    here: Route,
}

impl Shown {
    /// `on 110 of 304 messages`.
    fn scope(&self) -> String {
        let scope = self.scored.compared.scope;
        format!(
            "on {} of {}",
            locale::count(scope.messages as u64),
            locale::counted(scope.of_messages as u64, "message", "messages")
        )
    }
}

/// The screen.
#[component]
pub fn Agreement() -> impl IntoView {
    let state = expect_context::<AppState>();
    let content = live(move || {
        match state.opened.get() {
        Some(opened) => view! { <Whole opened/> }.into_any(),
        None => view! {
            <h1>"Agreement"</h1>
            <p class="lede">"The tiers come last in the file: scores appear once they are read and aligned."</p>
        }
        .into_any(),
    }
    });
    view! { <main id="main" class="pg" tabindex="-1">{content}</main> }.into_any()
}

#[component]
fn Whole(
    /// The export.
    opened: Arc<Opened>,
) -> impl IntoView {
    let state = expect_context::<AppState>();
    let request = Memo::new(move |_| state.route.with(Request::of));
    let scored = RwSignal::new(None::<Arc<Scored>>);
    let intervals = RwSignal::new(None::<Arc<Intervals>>);
    let run = StoredValue::new(0u64);
    Effect::new({
        let opened = opened.clone();
        move |_| {
            let request = request.get();
            run.update_value(|run| *run += 1);
            intervals.set(None);
            let work = Work { number: run.get_value(), latest: run, scored, intervals };
            spawn_local(work.run(opened.clone(), request));
        }
    });
    let sections = live(move || {
        let scored = scored.get()?;
        let here = state.route.with_untracked(Route::unselected);
        Some(sections(&Shown { opened: opened.clone(), scored, intervals, here }))
    });
    let title = live(move || request.with(|request| request.comparison.pair.title()));
    view! {
        <h1>{title}</h1>
        {sections}
    }
}

/// One computation under way; a later one takes its place.
struct Work {
    number: u64,
    latest: StoredValue<u64>,
    scored: RwSignal<Option<Arc<Scored>>>,
    intervals: RwSignal<Option<Arc<Intervals>>>,
}

impl Work {
    /// Whether neither a later one was begun nor the screen left.
    fn is_latest(&self) -> bool {
        self.latest.try_get_value() == Some(self.number)
    }

    /// Lets the page answer where that is due. Whether to go on.
    async fn rest(&self, slices: &mut Slices) -> bool {
        slices.rest().await;
        self.is_latest()
    }

    async fn run(self, opened: Arc<Opened>, request: Request) {
        let mut slices = Slices::begin();
        // The screen as it is comes first, here and below.
        slices.end().await;
        let mut comparing = request.begin(&opened);
        while !comparing.step(&opened.alignment, STEP) {
            if !self.rest(&mut slices).await {
                return;
            }
        }
        slices.rest().await;
        let mut scoring = Scoring::begin(&opened, request, comparing.finish());
        while !scoring.step(&opened) {
            if !self.rest(&mut slices).await {
                return;
            }
        }
        slices.rest().await;
        let scored = Arc::new(scoring.finish(&opened));
        if !self.is_latest() {
            return;
        }
        self.scored.try_set(Some(scored.clone()));
        slices.end().await;
        let Scored { compared, scores, .. } = &*scored;
        let mut bootstrap = Bootstrap::new(&opened.export, &opened.alignment, compared, scores);
        while !bootstrap.step(1) {
            if !self.rest(&mut slices).await {
                return;
            }
        }
        self.intervals.try_set(Some(Arc::new(bootstrap.finish())));
    }
}

fn sections(shown: &Shown) -> AnyView {
    // Each a frame after the other, from the top.
    let after = |frames: u32, view: fn(Shown) -> AnyView| {
        let shown = shown.clone();
        later(frames, move || view(shown.clone()))
    };
    let content = match shown.scored.why_none() {
        Some(why) => view! { <Empty what="No score" why/> }.into_any(),
        None => view! {
            <ScoresTable shown=shown.clone()/>
            {after(1, |shown| view! { <Matrix shown/> }.into_any())}
            {after(2, |shown| view! { <PerLabel shown/> }.into_any())}
            {after(3, |shown| view! { <Groups shown=shown.clone()/>{notes(&shown)} }.into_any())}
        }
        .into_any(),
    };
    view! {
        <Printed opened=shown.opened.clone() scope=counted_in_words(shown)/>
        {lede(shown)}
        <Choices shown=shown.clone()/>
        {content}
    }
    .into_any()
}

/// What the switches say, for paper, where they are not.
fn counted_in_words(shown: &Shown) -> String {
    let comparison = shown.scored.request.comparison;
    let (candidate, _) = shown.scored.tiers();
    let rejected = if comparison.rejected_counted {
        "Rejected marks count like any other"
    } else {
        "Rejected marks count in neither tier"
    };
    let never = match (shown.scored.compared.scope.candidate_never_looked, comparison.only_where_both_looked)
    {
        (0, _) => String::new(),
        (never, true) => format!(
            "; {} that {candidate} never looked at left out",
            locale::counted(never as u64, "message", "messages")
        ),
        (never, false) => format!(
            "; {} that {candidate} never looked at counted as missed",
            locale::counted(never as u64, "message", "messages")
        ),
    };
    format!("Counted {}. {rejected}{never}.", shown.scope())
}

/// What is measured against what, and on which messages.
fn lede(shown: &Shown) -> AnyView {
    let (candidate, reference) = shown.scored.tiers();
    let scope = shown.scored.compared.scope;
    let counts = shown.scored.scores.micro(Criterion::AnyLabel);
    let union = [candidate, reference]
        .contains(&Tier::Primary)
        .then_some(" Primary is the union of the labelers' marks: the export names no author.");
    let filter = (!shown.scored.request.messages.is_empty()).then(|| {
        let all = shown.here.cleared();
        view! { " Only some messages are counted ("{chosen_in_words(&shown.here)}"); "<a href=all.fragment()>"count all"</a>"." }
    });
    let explained = Explained::default();
    let what = view! { <WhatIs terms=[Term::Figure(Figure::Scope)] explained/> };
    view! {
        <p class="lede">
            {reference.title()}" is the reference. Counted on "<b>{locale::count(scope.messages as u64)}</b>" of "
            <b>{locale::count(scope.of_messages as u64)}</b>
            {if scope.of_messages == 1 { " message" } else { " messages" }}": those that "{reference.title()}
            " looked "<span class="nobr">"at."{what}</span>" "<b>{locale::count(counts.candidate)}</b>" marks against "
            <b>{locale::count(counts.reference)}</b>"."{union}{filter}
        </p>
        <Meaning explained/>
    }
    .into_any()
}

/// Which messages are counted: `Role: assistant, Model: gpt-4o`.
fn chosen_in_words(here: &Route) -> String {
    let words: Vec<String> = chips(here).into_iter().map(|chip| chip.words).collect();
    words.join(", ")
}

/// The pair chooser and the switches.
#[component]
fn Choices(shown: Shown) -> impl IntoView {
    let state = expect_context::<AppState>();
    let pair = move |pair: TierPair| {
        let tiers = (pair.candidate, pair.reference);
        let is_chosen = move || state.route.with(|route| Request::of(route).comparison.pair == pair);
        view! {
            <button
                type="button"
                aria-pressed=move || is_chosen().to_string()
                on:click=move |_| state.route.update(|route| route.pair = Some(tiers))
            >
                <TierKey tier=pair.candidate/>{pair.candidate.title()}" "<span class="q">"against"</span>" "
                <TierKey tier=pair.reference/>{pair.reference.title()}
            </button>
        }
    };
    let never = shown.scored.compared.scope.candidate_never_looked;
    let (candidate, _) = shown.scored.tiers();
    let both = (never > 0).then(|| {
        let words = format!(
            "Leave out the {} that {candidate} never looked at (else counted as missed)",
            locale::counted(never as u64, "message", "messages")
        );
        view! { <Switch words is_on=|route| &mut route.both/> }
    });
    view! {
        <div class="pairs">
            <div class="seg" role="group" aria-label="Pair">{each(TierPair::ALL, pair)}</div>
            <Switch words="Count rejected marks".to_owned() is_on=|route| &mut route.rejected/>
            {both}
        </div>
    }
}

/// A flag of the address as a checkbox.
#[component]
fn Switch(
    /// What is on when it is on.
    words: String,
    /// The flag.
    is_on: fn(&mut Route) -> &mut bool,
) -> impl IntoView {
    let state = expect_context::<AppState>();
    let checked = move || state.route.with(|route| *is_on(&mut route.clone()));
    view! {
        <label class="sw">
            <input
                type="checkbox"
                prop:checked=checked
                on:change=move |event| {
                    let on = event_target_checked(&event);
                    state.route.update(|route| *is_on(route) = on);
                }
            />
            {words}
        </label>
    }
}

/// What is outside of the numbers, and what inside of them is less than sure.
fn notes(shown: &Shown) -> AnyView {
    let (candidate, reference) = shown.scored.tiers();
    let of_tier = |tier: Tier| {
        let tally = shown.scored.left_out[tier];
        format!(
            "{tier}: {} unanchored and left out; {} relocated and {} unverified, counted.",
            locale::count(tally.unanchored as u64),
            locale::count(tally.relocated as u64),
            locale::count(tally.unverified as u64)
        )
    };
    let never = shown.scored.compared.scope.candidate_never_looked;
    let misses = (never > 0 && !shown.scored.request.comparison.only_where_both_looked).then(|| {
        format!(
            " {candidate} never looked at {} of them; what {reference} marked there counts as missed.",
            locale::counted(never as u64, "message", "messages")
        )
    });
    let cannot_tell = (!tells_what_was_looked_at(&shown.opened.export)).then_some(
        " No tier holds an empty list, so this export cannot tell found nothing from not looked at; Overview has a \
         switch for it.",
    );
    view! {
        <p class="note">
            "In scope, annotations. "{of_tier(candidate)}" "{of_tier(reference)}{misses}{cannot_tell}
            " Intervals: 1,000 resamples of "
            {locale::counted(shown.scored.compared.scope.conversations as u64, "conversation", "conversations")}
            ", fixed seed, percentiles 2.5 and 97.5. Agreement between labelers of one tier cannot be computed: the \
             export names none."
        </p>
    }
    .into_any()
}
