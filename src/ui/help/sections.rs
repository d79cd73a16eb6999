//! What the sections of Help hold.

use crate::state::AppState;
use crate::state::explained::{Anchor, Figure, Inference, NO_AUTHOR, Term};
use crate::state::route::{Route, Screen};
use crate::ui::conversations::drawn_legend;
use crate::ui::explained::meanings;
use crate::ui::keys::{SingleKeys, key_table};
use crate::ui::live::{each, live};
use crate::ui::remembering::ForgetButton;
use labelscope_core::logic::align::Verdict;
use labelscope_core::logic::score::Criterion;
use leptos::prelude::*;

/// What a screen answers, and for whom.
const fn answers(screen: Screen) -> (&'static str, &'static str) {
    match screen {
        Screen::Overview => (
            "What is in the project, how far is it, what became of the detector's marks, what is odd about the export?",
            "Project leads: how far the work is, and which label is in trouble.",
        ),
        Screen::Conversations => (
            "What did each tier mark in this message, why, and how do they differ?",
            "Labelers: what review did to their spans. Reviewers: from one difference to the next with n and p.",
        ),
        Screen::Findings => (
            "Which findings are there, by verdict, label, tier and status; which stand behind a number?",
            "Reviewers and engineers: the missed and the surplus ones, to read and to take away.",
        ),
        Screen::Agreement => (
            "How well does one tier agree with another, by four criteria, per label, with intervals?",
            "Engineers and leads: the detector against review, or the labelers against review.",
        ),
        Screen::Help => ("", ""),
    }
}

pub(super) fn screens() -> AnyView {
    let state = expect_context::<AppState>();
    let has_export = Memo::new(move |_| state.has_export());
    let address = move |screen: Screen| {
        state.route.with_untracked(|route| Route { screen, ..route.clone() }.fragment())
    };
    let [why, _] = NO_AUTHOR;
    let row = move |screen: Screen| {
        let (question, whom) = answers(screen);
        let name = live(move || match has_export.get() {
            true => view! { <a class="lk" href=address(screen)>{screen.title()}</a> }.into_any(),
            false => screen.title().into_any(),
        });
        view! { <tr><th scope="row">{name}</th><td>{question}</td><td class="q2">{whom}</td></tr> }
    };
    view! {
        <table class="tbl stacks">
            <caption class="vh">"What each screen answers, and for whom"</caption>
            <thead><tr>
                <th scope="col">"Screen"</th>
                <th scope="col">"It answers"</th>
                <th scope="col">"For"</th>
            </tr></thead>
            <tbody>{each(Screen::ALL, row)}</tbody>
        </table>
        <p class="note">
            "“Download” in the header hands the export back as it was received, byte for byte, and findings, annotations, \
             scores, errors and the health report as files. Its two reports to share hold ids, labels and numbers, and no \
             text. Overview and Agreement are printed whole by the browser; their tables are copied for a spreadsheet."
        </p>
        <p class="note">
            {why}" Filter by a pasted list of ids instead: of conversations, messages or annotations, in any form that a table or \
             a tool gives them in."
        </p>
    }
    .into_any()
}

pub(super) fn marks() -> AnyView {
    let state = expect_context::<AppState>();
    let is_shown = move || !state.reading.with(|reading| reading.legend_off);
    let choose = move |event: leptos::ev::Event| {
        let on = event_target_checked(&event);
        state.reading.update(|reading| reading.legend_off = !on);
    };
    view! {
        {drawn_legend()}
        <p>
            <label class="sw">
                <input type="checkbox" prop:checked=is_shown on:change=choose/>
                "Show the legend above the text"
            </label>
        </p>
    }
    .into_any()
}

pub(super) fn verdicts() -> AnyView {
    meanings(&Verdict::ALL.map(Term::Verdict))
}

pub(super) fn scores() -> AnyView {
    view! {
        <h3>"Criteria: when a mark is right"</h3>
        {meanings(&Criterion::ALL.map(Term::Criterion))}
        <h3>"Figures"</h3>
        {meanings(&Figure::ALL.map(Term::Figure))}
    }
    .into_any()
}

pub(super) fn anchors() -> AnyView {
    meanings(&Anchor::ALL.map(Term::Anchor))
}

pub(super) fn inferred() -> AnyView {
    meanings(&Inference::ALL.map(Term::Inference))
}

pub(super) fn keys() -> AnyView {
    view! { <div class="keytable">{key_table()}</div><p><SingleKeys/></p> }.into_any()
}

pub(super) fn sizes() -> AnyView {
    view! {
        <ul class="plain">
            <li>
                "A real export of 38.8 MB, 7,747 conversations with 69,281 annotations, and generated ones of up to 112 MB: \
                 read, anchored and aligned, with times and memory in BENCHMARKS.md of the sources."
            </li>
            <li>"One part of 1 MB with 5,000 annotations: scrolled from end to end, in the same file."</li>
            <li>"Sixteen overlapping marks of a tier are drawn side by side; the list under the message holds more."</li>
        </ul>
        <p class="note">
            "Reading takes at least 1.4 times the size of the JSON in memory, and the page some more. An export that memory \
             ends for stays on screen as far as it was read. On a phone, or with 4 GB of memory or less, you are asked before 30 MB or \
             more are read."
        </p>
    }
    .into_any()
}

pub(super) fn data() -> AnyView {
    view! {
        <ul class="plain">
            <li>"Nowhere but to the address that you type. The export is read, aligned and scored in this tab."</li>
            <li>"Nothing that an export names is loaded from elsewhere; inline images show when you click."</li>
            <li>"The API key is held in memory, and forgotten when you close the export or the tab."</li>
            <li>"Links hold ids and names of labels, never the text of a message and never a key."</li>
        </ul>
    }
    .into_any()
}

pub(super) fn remembered() -> AnyView {
    view! {
        <ul class="plain">
            <li>
                "In this browser, until you clear the data of this site: the theme, the layout, how far lines open up, \
                 whether letters stand for labels, whether single keys act, and whether the legend was put away."
            </li>
            <li>
                "In this tab, if you tick “Remember for this tab”: what stands in the form, the key as well. Closing the \
                 export or the tab forgets it."
            </li>
            <li>
                "In this browser, for each project but the sample, by its id: where you were last, and which differences you ticked as \
                 seen. Ids only, no word of an export; which project was open last as well."
            </li>
            <li>"Where the browser forbids storage, nothing at all."</li>
        </ul>
        <p><ForgetButton/></p>
    }
    .into_any()
}
