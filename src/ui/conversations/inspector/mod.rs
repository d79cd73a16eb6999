//! The inspector: the selected finding or unanchored annotation, with every field of every annotation in it.
//!
//! Belongs here: the pane and its bar. What it shows stands in `finding`, `comparison` and `unanchored`.

mod comparison;
mod copy;
mod dock;
mod finding;
mod flags;
mod raw;
mod repeats;
mod unanchored;

use super::glyph::spoken;
use super::{Outside, Selected, SetAs};
use crate::browser::{locale, location};
use crate::state::AppState;
use crate::state::navigate::Step;
use crate::state::reading::Setting;
use crate::state::route::{Layout, Route};
use crate::ui::filters::OutsideFilters;
use crate::ui::icons::{Icon, Symbol};
use crate::ui::later::once_drawn;
use crate::ui::live::{While, live};
use crate::ui::remembering::SeenTick;
use dock::{DockTitle, dock_view};
use finding::finding_view;
use labelscope_core::domain::Tier;
use labelscope_core::logic::align::FindingIndex;
use leptos::prelude::*;
use std::sync::Arc;
use unanchored::unanchored_view;

pub use copy::{CopyButton, CopyLink};
pub use raw::{RawButton, RawSheet, RawSheetState};

/// The differences that are stepped through, as of what is drawn: to find them in a whole export takes a while.
#[derive(Clone, Copy)]
struct Stepped(Memo<Arc<[FindingIndex]>>);

impl Stepped {
    fn follow(state: AppState) -> Self {
        let drawn = once_drawn(move || {
            state.filtered.track();
            state.route.with(Route::compared);
            state.layout();
        });
        // Anew even where they are the same: what is said of them follows the filters too.
        Stepped(Memo::new_with_compare(
            move |_| {
                drawn.track();
                untrack(move || state.stepped.get())
            },
            |_, _| true,
        ))
    }
}

/// What is selected, in full.
#[component]
pub fn Inspector() -> impl IntoView {
    let state = expect_context::<AppState>();
    let Selected(selected) = expect_context();
    let Stepped(stepped) = Stepped::follow(state);
    provide_context(Stepped(stepped));
    let is_full = RwSignal::new(false);
    let content = Memo::new(move |_| {
        let selection = selected.get();
        (selection.finding, selection.annotation)
    });
    let has_content = move || content.get() != (None, None);
    let Outside(outside) = expect_context();
    let is_outside = Signal::derive(move || match content.get() {
        (None, Some(annotation)) => {
            state.filtered.with(|filtered| filtered.as_ref().is_some_and(|one| !one.shows(annotation)))
        }
        _ => outside.get().is_some(),
    });
    let SetAs(setting) = expect_context();
    let is_dock = Memo::new(move |_| setting.get() == Setting::Columns);
    view! {
        <aside
            class="pane inspect"
            class:full=move || is_full.get()
            class:idle=move || !has_content()
            aria-label="Selected finding"
        >
            <button
                type="button"
                class="sheet-handle"
                aria-label=move || if is_full.get() { "Show less of the finding" } else { "Show all of the finding" }
                aria-expanded=move || is_full.get().to_string()
                on:click=move |_| is_full.update(|full| *full = !*full)
            ></button>
            <div class="bar">
                <While when=move || is_dock.get()><DockTitle/></While>
                <Position/>
                <SeenTick stepped/>
                <span class="nav">
                    <While when=move || is_dock.get() && has_content()>
                        <button
                            type="button"
                            class="btn btn-q"
                            aria-expanded=move || is_full.get().to_string()
                            on:click=move |_| is_full.update(|full| *full = !*full)
                        >
                            {move || if is_full.get() { "Less" } else { "All fields" }}
                        </button>
                    </While>
                    <StepButton step=Step::Back label="Previous difference" key="p" icon=Symbol::Left/>
                    <StepButton step=Step::On label="Next difference" key="n" icon=Symbol::Right/>
                    <button
                        type="button"
                        class="icb close"
                        aria-label="Close the finding"
                        on:click=move |_| match location::step() {
                            // It came over the text in a step of its own.
                            location::Step::Sheet => location::back(),
                            location::Step::Place | location::Step::List | location::Step::Help => state.unselect(),
                        }
                    >
                        <Icon name=Symbol::Close/>
                    </button>
                </span>
            </div>
            <Spoken/>
            <OutsideFilters is_outside/>
            <div class="body" role="group" tabindex="0" aria-label="Details">
                {live(move || {
                    let Some(opened) = state.opened.get() else { return empty("Nothing to inspect yet", "The tiers are still being read.") };
                    match content.get() {
                        (Some(finding), _) if is_dock.get() && !is_full.get() => dock_view(&opened, finding),
                        (Some(finding), _) => finding_view(&opened, finding),
                        (None, Some(annotation)) => unanchored_view(&opened, annotation),
                        (None, None) => empty(
                            "Nothing selected",
                            "Click a mark in the text or a line under a message, or press n for the next difference.",
                        ),
                    }
                })}
            </div>
        </aside>
    }
    .into_any()
}

/// Says what has been selected, wherever the keyboard is.
#[component]
fn Spoken() -> impl IntoView {
    let state = expect_context::<AppState>();
    let Selected(selected) = expect_context();
    let words = live(move || {
        let opened = state.opened.get()?;
        let finding = *opened.alignment.finding(selected.get().finding?)?;
        let tiers = Tier::ALL.map(|tier| spoken(&opened, &finding, tier)).join("; ");
        Some(format!("{}. {tiers}", finding.verdicts))
    });
    view! { <p class="vh" role="status">{words}</p> }
}

fn empty(title: &'static str, words: &'static str) -> AnyView {
    view! { <p class="empty"><b>{title}</b>{words}</p> }.into_any()
}

/// Which difference of how many is selected, within the filters of the address.
#[component]
fn Position() -> impl IntoView {
    let state = expect_context::<AppState>();
    let Selected(selected) = expect_context();
    let Stepped(differences) = expect_context();
    live(move || {
        let differences = differences.get();
        let filtered = untrack(move || state.filtered.get())?;
        let total = locale::count(differences.len() as u64);
        let at = selected.get().finding.and_then(|finding| differences.binary_search(&finding).ok());
        let filtered = (!filtered.filter().is_empty()).then_some(" as filtered");
        let between = (untrack(move || state.layout()) == Layout::Differences).then(|| {
            let pair = state.route.with_untracked(Route::compared);
            view! { <span class="vh">{format!(" between {} and {}", pair.candidate, pair.reference)}</span> }
        });
        Some(match at {
            Some(at) => {
                let number = locale::count(at as u64 + 1);
                view! { <span class="n">"Difference "<b>{number}</b>" "<span class="q">{format!("of {total}")}{filtered}{between}</span></span> }
                    .into_any()
            }
            None => view! { <span class="n q">{format!("{total} differences")}{filtered}{between}</span> }
                .into_any(),
        })
    })
}

#[component]
fn StepButton(step: Step, label: &'static str, key: &'static str, icon: Symbol) -> impl IntoView {
    let state = expect_context::<AppState>();
    let Stepped(differences) = expect_context();
    let is_disabled = move || differences.with(|differences| differences.is_empty());
    view! {
        <button
            type="button"
            class="icb"
            aria-label=label
            aria-keyshortcuts=key
            title=format!("{label} ({key})")
            disabled=is_disabled
            on:click=move |_| state.step_difference(step)
        >
            <Icon name=icon/>
        </button>
    }
}
