//! What the table can be filtered by, and the chips of what it is filtered by.

use crate::state::findings::{chips, choices};
use crate::state::route::Route;
use crate::state::{AppState, Opened};
use crate::ui::chips::TierKey;
use crate::ui::icons::{Icon, Symbol};
use crate::ui::menu::Menu;
use labelscope_core::domain::{PerTier, Tier};
use leptos::prelude::*;
use std::sync::Arc;

/// A list of an address.
type List = fn(&mut Route) -> &mut Vec<String>;

/// What is chosen from, the words of the address with what a person reads, and where the choice goes.
type OneMenu = (&'static str, Vec<(String, String)>, List);

/// The menus, the chips, and how many rows are left.
#[component]
pub fn Filters(
    /// The export.
    opened: Arc<Opened>,
    /// Whether the table shows findings, not the rows of a score.
    is_plain: Memo<bool>,
    /// How many rows there are.
    said: impl Fn() -> String + Send + Sync + 'static,
) -> impl IntoView {
    let choices = choices(&opened);
    let of_findings: [OneMenu; 3] = [
        ("Label", choices.labels, |route| &mut route.labels),
        ("Status", choices.statuses, |route| &mut route.statuses),
        ("Anchor", choices.anchors, |route| &mut route.anchors),
    ];
    let of_messages: [OneMenu; 3] = [
        ("Role", choices.roles, |route| &mut route.roles),
        ("Model", choices.models, |route| &mut route.models),
        ("Provider", choices.providers, |route| &mut route.providers),
    ];
    let menus = |all: [OneMenu; 3]| {
        let there = all.into_iter().filter(|(_, choices, _)| choices.len() > 1);
        there.map(|(name, choices, list)| view! { <Choice name choices list/> }).collect_view()
    };
    let of_findings = menus(of_findings);
    view! {
        <div class="filters">
            <div class="menus" role="group" aria-label="Filters">
                <div class="menus" hidden=move || !is_plain.get()>{of_findings}<TierChoice/></div>
                {menus(of_messages)}
            </div>
            <Chips/>
            <span class="end n" role="status">{said}</span>
        </div>
    }
}

/// One menu of values, any number of which can be chosen.
#[component]
fn Choice(
    /// What the values are.
    name: &'static str,
    /// The words of the address, and what a person reads.
    choices: Vec<(String, String)>,
    /// The list of the address.
    list: List,
) -> impl IntoView {
    let state = expect_context::<AppState>();
    // The list is read through a copy: one way to it is enough, and addresses are small.
    let chosen = move || state.route.with(|route| list(&mut route.clone()).clone());
    let chosen = Memo::new(move |_| chosen());
    let value = move || match chosen.with(Vec::len) {
        0 => "any".to_owned(),
        count => count.to_string(),
    };
    let face = view! { <span>{name}": "{value}</span><Icon name=Symbol::Chevron/> }.into_any();
    let choice = move |(word, words): (String, String)| {
        let is_chosen = Memo::new({
            let word = word.clone();
            move |_| chosen.with(|chosen| chosen.contains(&word))
        });
        let toggle = move |_| {
            state.route.update(|route| {
                let list = list(route);
                match list.iter().position(|one| *one == word) {
                    Some(at) => drop(list.remove(at)),
                    None => list.push(word.clone()),
                }
            });
        };
        view! {
            <button type="button" class="opt" aria-pressed=move || is_chosen.get().to_string() on:click=toggle>
                <span class="box" aria-hidden="true"></span>
                <span dir="auto">{words}</span>
            </button>
        }
    };
    view! {
        <Menu button="btn" label=name face>
            <div class="opts">{choices.into_iter().map(choice).collect_view()}</div>
        </Menu>
    }
}

/// Which tiers must have a mark in a finding, at least one of those chosen.
#[component]
fn TierChoice() -> impl IntoView {
    let state = expect_context::<AppState>();
    let shown = Memo::new(move |_| state.route.with(Route::shown_tiers));
    let value = move || match shown.get() {
        PerTier([true, true, true]) => "any".to_owned(),
        tiers => tiers
            .iter()
            .filter(|(_, shown)| **shown)
            .map(|(tier, _)| tier.title())
            .collect::<Vec<_>>()
            .join(", "),
    };
    let face = view! { <span>"Marked by: "{value}</span><Icon name=Symbol::Chevron/> }.into_any();
    let tier = move |tier: Tier| {
        view! {
            <button
                type="button"
                class="opt"
                aria-pressed=move || shown.get()[tier].to_string()
                on:click=move |_| state.route.update(|route| route.toggle_tier(tier))
            >
                <span class="box" aria-hidden="true"></span><TierKey tier/><span>{tier.title()}</span>
            </button>
        }
    };
    view! { <Menu button="btn" label="Marked by" face><div class="opts">{Tier::ALL.map(tier)}</div></Menu> }
}

/// What the table is filtered by; each can be taken away, and all at once.
#[component]
fn Chips() -> impl IntoView {
    let state = expect_context::<AppState>();
    let active = Memo::new(move |_| state.route.with(chips));
    let chip = move |chip: crate::state::findings::Chip| {
        let label = format!("Remove filter {}", chip.words);
        view! {
            <button type="button" class="btn on" aria-label=label on:click=move |_| state.route.set(chip.without.clone())>
                <span dir="auto">{chip.words.clone()}</span><Icon name=Symbol::Close/>
            </button>
        }
    };
    view! {
        <div class="chosen" role="group" aria-label="Filtered by">
            {move || active.get().into_iter().map(chip).collect_view()}
            <Show when=move || active.with(|active| !active.is_empty())>
                <button
                    type="button"
                    class="btn btn-q"
                    on:click=move |_| state.route.update(|route| *route = route.without_filters())
                >
                    "Clear all"
                </button>
            </Show>
        </div>
    }
}
