//! The values of a facet, each a switch with its count.

use super::Counts;
use crate::browser::{focus, locale, roving};
use crate::state::explained::{Anchor, Term};
use crate::state::filter::{Facet, FacetValue};
use crate::state::navigate::Step;
use crate::state::route::{Screen, value_of};
use crate::state::{AppState, Opened};
use crate::ui::chips::{Swatch, TierKey, VerdictSign};
use crate::ui::explained::{Explained, Meaning, WhatIs};
use crate::ui::icons::{Icon, Symbol};
use crate::ui::live::live;
use crate::ui::menu::Menu;
use crate::ui::verbatim::verbatim;
use labelscope_core::domain::Tier;
use labelscope_core::logic::align::Verdict;
use leptos::html;
use leptos::prelude::*;
use std::sync::Arc;

/// From this many values on there is a field to find one by.
const MANY: usize = 20;

/// The most values that are rendered at once; a file may hold any number.
const RENDERED: usize = 200;

/// The values of a facet. The arrow keys go from one to the next; together they are one stop of the tab key.
#[component]
pub fn Options(
    /// The export.
    opened: Arc<Opened>,
    /// Which facet.
    facet: Facet,
    /// How much each choice would let through; `None` where that is not known.
    counts: Option<Counts>,
) -> impl IntoView {
    let group = NodeRef::<html::Div>::new();
    let sought = RwSignal::new(String::new());
    let at = RwSignal::new(None::<usize>);
    let is_long = opened.facets().values(facet).len() >= MANY;
    // Places among the values, of those that contain what is sought.
    let found = Memo::new({
        let opened = opened.clone();
        move |_| {
            let sought = sought.with(|sought| sought.trim().to_lowercase());
            let values = opened.facets().values(facet).iter().enumerate();
            let found = values.filter(|(_, value)| value.words.to_lowercase().contains(&sought));
            found.map(|(nth, _)| nth).collect::<Vec<_>>()
        }
    });
    let stop = Memo::new(move |_| {
        let at = at.get();
        found.with(|found| at.filter(|at| found.contains(at)).or(found.first().copied()))
    });
    let step = move |event: leptos::ev::KeyboardEvent| {
        if roving::has_modifier(&event) {
            return;
        }
        let (here, count) = found.with_untracked(|found| {
            let here = stop.get_untracked().and_then(|stop| found.iter().position(|nth| *nth == stop));
            (here.unwrap_or_default(), found.len().min(RENDERED))
        });
        let next = match event.key().as_str() {
            "ArrowDown" => Step::On.from(here, count),
            "ArrowUp" => Step::Back.from(here, count),
            "Home" => Some(0),
            "End" => count.checked_sub(1),
            _ => return,
        };
        event.prevent_default();
        if let (Some(group), Some(next)) = (group.get_untracked(), next) {
            focus::focus_nth(&group, ".opt", next);
        }
    };
    let option = move |nth: usize| {
        let value = opened.facets().values(facet).get(nth).cloned();
        value.map(|value| view! { <Value opened=opened.clone() facet value nth counts at stop/> })
    };
    let rest = live(move || {
        let rest = found.with(Vec::len).saturating_sub(RENDERED);
        (rest > 0).then(|| view! { <p class="q">{format!("And {} more.", locale::count(rest as u64))}</p> })
    });
    let none =
        live(move || found.with(Vec::is_empty).then(|| view! { <p class="q">"No value contains this."</p> }));
    view! {
        {is_long.then(|| view! { <FindValue facet sought/> })}
        <div class="opts" role="group" aria-label=facet.title() node_ref=group on:keydown=step>
            <For
                each=move || found.with(|found| found.iter().take(RENDERED).copied().collect::<Vec<_>>())
                key=|nth| *nth
                children=option
            />
            {none}{rest}
        </div>
        {what_they_mean(facet)}
    }
    .into_any()
}

/// What the values of a facet mean, where that is explained.
fn what_they_mean(facet: Facet) -> AnyView {
    let terms: Vec<Term> = match facet {
        Facet::Verdict => Verdict::ALL.map(Term::Verdict).to_vec(),
        Facet::Anchor => Anchor::ALL.map(Term::Anchor).to_vec(),
        _ => return ().into_any(),
    };
    let explained = Explained::default();
    view! { <p class="q">"What these mean"<WhatIs terms explained/></p><Meaning explained/> }.into_any()
}

/// A field that narrows the values of a facet.
#[component]
fn FindValue(facet: Facet, sought: RwSignal<String>) -> impl IntoView {
    let name = format!("Find in {}", facet.title().to_lowercase());
    view! {
        <input
            type="search"
            class="findvalue"
            aria-label=name.clone()
            placeholder=name
            autocomplete="off"
            spellcheck="false"
            on:input=move |event| sought.set(event_target_value(&event))
        />
    }
}

/// One value.
#[component]
fn Value(
    opened: Arc<Opened>,
    facet: Facet,
    value: FacetValue,
    /// Its place among the values.
    nth: usize,
    counts: Option<Counts>,
    /// Which of the values the keyboard was on last.
    at: RwSignal<Option<usize>>,
    /// Which of them the tab key leads to.
    stop: Memo<Option<usize>>,
) -> impl IntoView {
    let state = expect_context::<AppState>();
    let is_chosen = Memo::new({
        let word = value.word.clone();
        move |_| state.route.with(|route| facet.chosen(route).contains(&word))
    });
    let count = Memo::new(move |_| counts.and_then(|counts| counts.get(state, facet, nth)));
    let sign = sign(&opened, facet, &value);
    let toggle = move |_| state.route.update(|route| facet.toggle(route, &value.word));
    view! {
        <button
            type="button"
            class="opt"
            class:none=move || count.get() == Some(0)
            aria-pressed=move || is_chosen.get().to_string()
            tabindex=move || if stop.get() == Some(nth) { "0" } else { "-1" }
            on:focus=move |_| at.set(Some(nth))
            on:click=toggle
        >
            <span class="box" aria-hidden="true"></span>
            {sign}
            <span class="v" dir="auto">{verbatim(&value.words)}</span>
            {live(move || count.get().map(|count| view! { <span class="n"><Count count/></span> }))}
        </button>
    }
}

/// A count, spoken with what it counts.
#[component]
fn Count(count: usize) -> impl IntoView {
    let state = expect_context::<AppState>();
    let of_conversations = state.route.with_untracked(|route| route.screen == Screen::Conversations);
    let what = match (of_conversations, count) {
        (true, 1) => "conversation",
        (true, _) => "conversations",
        (false, 1) => "finding",
        (false, _) => "findings",
    };
    view! { {locale::count(count as u64)}" "<span class="vh">{what}</span> }
}

/// What a value is drawn as elsewhere: the colour of a label, the sign of a verdict, the line of a tier.
fn sign(opened: &Opened, facet: Facet, value: &FacetValue) -> AnyView {
    match facet {
        Facet::Label => {
            let place = value_of(&value.word).and_then(|name| opened.labels.place_of(name));
            view! { <Swatch place/> }.into_any()
        }
        Facet::Verdict => {
            Verdict::from_key(&value.word).map(|verdict| view! { <VerdictSign verdict/> }).into_any()
        }
        Facet::Tier => {
            let tier = Tier::ALL.into_iter().find(|tier| value.word.starts_with(tier.letter()));
            tier.map(|tier| view! { <TierKey tier/> }).into_any()
        }
        _ => ().into_any(),
    }
}

/// A menu of the values of a facet; nothing where an export leaves no choice. What is in it is made when it is opened.
#[component]
pub fn FacetMenu(
    /// The export.
    opened: Arc<Opened>,
    /// Which facet.
    facet: Facet,
    /// How much each choice would let through; `None` where that is not known.
    counts: Signal<Option<Counts>>,
) -> impl IntoView {
    let state = expect_context::<AppState>();
    let open = RwSignal::new(false);
    let has_choice = opened.facets().values(facet).len() > 1;
    let chosen = Memo::new(move |_| state.route.with(|route| facet.chosen(route)));
    let value = {
        let opened = opened.clone();
        move || chosen.with(|chosen| in_words(&opened, facet, chosen))
    };
    let face =
        view! { <span>{facet.title()}": "{move || value()}</span><Icon name=Symbol::Chevron/> }.into_any();
    let content = live(move || {
        open.get().then(|| view! { <Options opened=opened.clone() facet counts=counts.get()/> })
    });
    has_choice.then(|| view! { <Menu button="btn" label=facet.title() named_by_face=true face open stays=true>{content}</Menu> })
}

/// What is chosen, on the face of a menu: the value, how many, or that anything goes.
fn in_words(opened: &Opened, facet: Facet, chosen: &[String]) -> String {
    match chosen {
        [] => "any".to_owned(),
        [word] => {
            let value = opened.facets().values(facet).iter().find(|value| value.word == *word);
            value.map_or_else(|| "1".to_owned(), |value| value.words.clone())
        }
        _ => chosen.len().to_string(),
    }
}

/// A facet of one value as a button of its own.
#[component]
pub fn Toggle(
    /// Which facet.
    facet: Facet,
    /// What the button says.
    words: &'static str,
    /// How much it would let through; `None` where that is not known.
    counts: Signal<Option<Counts>>,
) -> impl IntoView {
    let state = expect_context::<AppState>();
    let is_chosen = Memo::new(move |_| state.route.with(|route| !facet.chosen(route).is_empty()));
    let count = Memo::new(move |_| counts.get().and_then(|counts| counts.get(state, facet, 0)));
    view! {
        <button
            type="button"
            class="btn toggle"
            aria-pressed=move || is_chosen.get().to_string()
            on:click=move |_| state.route.update(|route| facet.toggle(route, "1"))
        >
            <span class="box" aria-hidden="true"></span>
            {words}
            {live(move || count.get().map(|count| view! { <span class="n"><Count count/></span> }))}
        </button>
    }
}
