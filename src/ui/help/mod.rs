//! Help: one page that says what each screen answers, and what keys, signs and numbers mean. With or without an export.
//!
//! Belongs here: the page, its contents, and the ways to it and back. Does not belong here: what a word means
//! (`state::explained`), which key does what (`ui::keys`).

mod sections;

use super::section::Section;
use crate::browser::{focus, location};
use crate::state::AppState;
use crate::state::route::{Route, Screen};
use leptos::ev::MouseEvent;
use leptos::prelude::*;
use sections::{anchors, data, inferred, keys, marks, remembered, scores, screens, sizes, verdicts};

/// A section of the page: the id of its heading, the heading, what to know to read it, and what it holds.
struct Chapter {
    id: &'static str,
    title: &'static str,
    about: &'static str,
    content: fn() -> AnyView,
}

/// The sections in their order.
const CHAPTERS: [Chapter; 10] = [
    Chapter {
        id: "help-screens",
        title: "What each screen answers",
        about: "What is selected and filtered goes along from one to the next.",
        content: screens,
    },
    Chapter {
        id: "help-marks",
        title: "How marks are drawn",
        about: "Three tracks under each line, one for each tier. A hollow bar is rejected.",
        content: marks,
    },
    Chapter {
        id: "help-verdicts",
        title: "Verdicts",
        about: "What the tiers did with a finding. A sign in a box is a difference. Several can hold at once.",
        content: verdicts,
    },
    Chapter {
        id: "help-scores",
        title: "Scores",
        about: "On Agreement, every number opens the rows that it counts.",
        content: scores,
    },
    Chapter {
        id: "help-anchors",
        title: "Anchors",
        about: "Where an annotation sits in its text, and how that is known.",
        content: anchors,
    },
    Chapter {
        id: "help-inferred",
        title: "What “inferred” means",
        about: "The export does not say it; it was concluded from what the export does hold, and may be wrong.",
        content: inferred,
    },
    Chapter { id: "help-keys", title: "Keys", about: "Never while typing in a field.", content: keys },
    Chapter {
        id: "help-sizes",
        title: "Tested sizes",
        about: "No limit is set: a browser's memory is one.",
        content: sizes,
    },
    Chapter { id: "help-data", title: "Where data goes", about: "", content: data },
    Chapter { id: "help-remembered", title: "What is remembered", about: "", content: remembered },
];

/// The page.
#[component]
pub fn Help() -> impl IntoView {
    let sections = CHAPTERS.map(|Chapter { id, title, about, content }| {
        view! { <Section id title about>{content()}</Section> }
    });
    view! {
        <main id="main" class="pg help" tabindex="-1" aria-labelledby="help-title">
            <h1 id="help-title">"Help"</h1>
            <p class="lede">
                "Labelscope shows what three tiers marked in the same messages: Automated, the detector; Primary, the \
                 labelers; Review, the reviewers. It never changes the export."
            </p>
            {contents()}
            {sections}
        </main>
    }
    .into_any()
}

/// The sections to go to.
fn contents() -> AnyView {
    let entries = CHAPTERS.map(|Chapter { id, title, .. }| {
        // No link: the fragment is the address of a screen.
        let go = move |_| focus::go_to(&format!("#{id}"));
        view! { <li><button type="button" class="lk" on:click=go>{title}</button></li> }
    });
    view! { <nav class="contents" aria-label="On this page"><ol>{entries}</ol></nav> }.into_any()
}

/// A link to Help that can be gone back from.
#[component]
pub fn HelpLink(
    /// Class of the link.
    #[prop(optional)]
    class: &'static str,
    /// Its name, where what it shows is no word.
    #[prop(optional)]
    name: Option<&'static str>,
    children: Children,
) -> impl IntoView {
    let state = expect_context::<AppState>();
    let go = move |event: MouseEvent| {
        let elsewhere = event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key();
        if !elsewhere {
            event.prevent_default();
            state.go_to_help();
        }
    };
    view! {
        <a
            class=class
            href=move || state.route.with(|route| Route { screen: Screen::Help, ..route.clone() }.fragment())
            aria-label=name
            title=name
            aria-current=move || state.shows_help().then_some("page")
            on:click=go
        >
            {children()}
        </a>
    }
    .into_any()
}

/// Goes back to where one came to Help from; where one came from elsewhere, to the texts.
pub fn go_back(state: AppState) {
    match location::step() {
        location::Step::Help => location::back(),
        location::Step::Place | location::Step::List | location::Step::Sheet => state.leave_help(),
    }
}
