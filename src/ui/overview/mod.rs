//! The Overview: what is in the project, how far it is, and what is odd about its export.
//!
//! Belongs here: one section a file, each drawn from values that are computed elsewhere.

pub mod flow;
pub mod health;
pub mod labels;
pub mod project;
pub mod tiers;

use crate::browser::locale;
use crate::state::overview::{VerdictCounts, looked, verdicts};
use crate::state::route::{Route, Screen};
use crate::state::{AppState, Opened};
use crate::ui::later::later;
use crate::ui::live::live;
use crate::ui::printed::Printed;
use crate::ui::section::{Empty, Section};
use crate::ui::verbatim::verbatim;
use flow::FlowOfTheProject;
use health::{Anchors, Oddities};
use labels::{Labels, Statuses};
use labelscope_core::domain::Project;
use labelscope_core::logic::align::Verdict;
use labelscope_core::logic::totals::{Totals, totals};
use leptos::prelude::*;
use project::{Models, ProjectFields};
use std::sync::Arc;
use tiers::{LookedAt, WhatTheTiersDid};

/// The screen.
#[component]
pub fn Overview() -> impl IntoView {
    let state = expect_context::<AppState>();
    let content = live(move || match state.opened.get() {
        Some(opened) => whole(state, &opened),
        None => so_far(state),
    });
    view! { <main id="main" class="pg" tabindex="-1">{content}</main> }.into_any()
}

/// What can be said of an export that is all read.
fn whole(state: AppState, opened: &Arc<Opened>) -> AnyView {
    let here = state.route.with_untracked(Route::without_filters);
    let here = Route { screen: Screen::Findings, ..here };
    let project = Arc::new(opened.export.project.clone());
    let verdicts = verdicts(&opened.alignment.findings);
    let totals = Arc::new(totals(&opened.export));
    let lede = lede(&here, &totals, &verdicts);
    // Each a frame after the other, from the top: some walk all of the export.
    let after = |frames: u32, view: fn(&Arc<Opened>, &Arc<Project>, &Totals) -> AnyView| {
        let (opened, project, totals) = (opened.clone(), project.clone(), totals.clone());
        later(frames, move || view(&opened, &project, &totals))
    };
    view! {
        <Printed opened=opened.clone() scope="All of the export is counted."/>
        <Head project=Some(project.clone())/>
        <p class="lede">{lede}</p>
        {opened.incomplete.as_ref().map(|problem| incomplete(&problem.headline))}
        <WhatTheTiersDid counts=verdicts here/>
        {after(1, |opened, _, totals| view! {
            <FlowOfTheProject opened=opened.clone()/>
            <LookedAt
                looked=looked(&opened.placement)
                messages=totals.messages
                annotations=totals.annotations
            />
        }.into_any())}
        {after(2, |opened, project, totals| view! {
            <Labels project=project.clone() counts=Some(totals.labels.clone())/>
            <Anchors opened=opened.clone()/>
            <Statuses counts=totals.statuses.clone()/>
        }.into_any())}
        {after(3, |opened, project, totals| view! {
            <Oddities opened=opened.clone()/>
            <Models models=totals.models.clone()/>
            <ProjectFields project=project.clone()/>
        }.into_any())}
    }
    .into_any()
}

/// What can be said before the tiers are read, which come last in a file.
fn so_far(state: AppState) -> AnyView {
    let messages = move || {
        state
            .conversations
            .with(|read| read.iter().map(|conversation| conversation.messages.len()).sum::<usize>())
    };
    let sections = live(move || {
        state.project.get().map(|project| {
            view! { <Labels project=project.clone() counts=None/><ProjectFields project/> }
        })
    });
    view! {
        {live(move || view! { <Head project=state.project.get()/> })}
        <p class="lede">
            {live(move || counted(state.conversations.with(Vec::len), "conversation", "conversations"))} " and "
            {live(move || counted(messages(), "message", "messages"))}
            " so far. The annotations come last in the file and have not been read yet."
        </p>
        {sections}
    }
    .into_any()
}

/// The project's name and status.
#[component]
fn Head(project: Option<Arc<Project>>) -> impl IntoView {
    let name = project.as_ref().and_then(|project| project.name.clone());
    let status = project.and_then(|project| project.status.clone());
    view! {
        <h1 dir="auto">
            {verbatim(&name.unwrap_or_else(|| "Project without a name".to_owned()))}
            {status.map(|status| view! { " "<span class="pill"><span class="vh">"Status: "</span>{verbatim(&status)}</span> })}
        </h1>
    }
}

/// A number with its noun, the number strong.
fn counted(number: usize, one: &'static str, many: &'static str) -> impl IntoView {
    view! { <b>{locale::count(number as u64)}</b>" "{if number == 1 { one } else { many }} }
}

/// A number that leads to the findings that it counts.
fn linked(number: usize, to: &Route) -> impl IntoView + use<> {
    view! { <a href=to.fragment()><b>{locale::count(number as u64)}</b></a> }
}

fn lede(here: &Route, totals: &Totals, verdicts: &VerdictCounts) -> AnyView {
    let with = |verdict: Verdict| Route { verdicts: vec![verdict.key().to_owned()], ..here.clone() };
    let annotations = totals.annotations.0.iter().sum();
    let uncompared = verdicts.of(Verdict::Uncompared);
    let compared = (verdicts.findings > 0).then(|| {
        view! {
            " The tiers agree on "{linked(verdicts.of(Verdict::Agreed), &with(Verdict::Agreed))}" of "
            {counted(verdicts.findings, "finding", "findings")}" and differ on "
            {linked(verdicts.differences, &Route { differences: true, ..here.clone() })}
            {(uncompared > 0).then(|| {
                view! { "; "{linked(uncompared, &with(Verdict::Uncompared))}" cannot be compared yet" }
            })}
            "."
        }
    });
    view! {
        {counted(totals.conversations, "conversation", "conversations")}", "
        {counted(totals.messages, "message", "messages")}", "
        {counted(annotations, "annotation", "annotations")}"."
        {compared}
    }
    .into_any()
}

fn incomplete(headline: &str) -> impl IntoView + use<> {
    let headline = headline.to_owned();
    view! {
        <p class="note" role="note">
            "The end of this export is missing, so every number counts only what was read. "{headline}"."
        </p>
    }
}
