//! The top of the page: where one is, where one can go, and what can be taken away.

use super::download::DownloadMenu;
use super::help::HelpLink;
use super::icons::{Icon, Symbol};
use super::menu::Menu;
use super::opening;
use super::refresh::RefreshButton;
use super::search::FindButton;
use super::theme::ThemeButton;
use crate::browser::{focus, locale};
use crate::state::AppState;
use crate::state::load::{Loads, OnScreen, Phase, Running, Stage};
use crate::state::route::{Route, Screen};
use crate::ui::live::{While, each, live};
use crate::ui::verbatim::verbatim;
use leptos::prelude::*;

/// The header, with the link that skips it.
#[component]
pub fn Header() -> impl IntoView {
    let state = expect_context::<AppState>();
    let has_export = Memo::new(move |_| state.has_export());
    let skip = move |event: leptos::ev::MouseEvent| {
        // The fragment is the address of a screen, so this link must not change it.
        event.prevent_default();
        focus::focus("#main");
    };
    view! {
        <a class="skip" href="#main" on:click=skip>"Skip to content"</a>
        <header class="top">
            <span class="brand"><Icon name=Symbol::Logo/><b>"Labelscope"</b></span>
            <While when=move || has_export.get()><ProjectLink/><Tabs/></While>
            <Arriving/>
            <div class="tools">
                <While when=move || has_export.get()><FindButton/><DownloadMenu/><RefreshButton/><OpenAnother/><CloseButton/></While>
                <ThemeButton/>
                <HelpLink class="icb hlp" name="Help"><Icon name=Symbol::Help/></HelpLink>
                <While when=move || has_export.get()><ScreensMenu/></While>
            </div>
        </header>
    }
    .into_any()
}

/// The address of a screen; what is selected stays selected.
fn screen_address(state: AppState, screen: Screen) -> String {
    state.route.with(|route| Route { screen, ..route.clone() }.fragment())
}

/// Whether a screen is the one that is on the page.
fn is_current(state: AppState, screen: Screen) -> bool {
    let has_export = state.has_export();
    let stage = state.loads.with(|loads| loads.stage(state.choosing.get(), has_export));
    stage == Stage::Export && state.route.with(|route| route.screen == screen)
}

/// How many things a screen shows, where it shows things to be counted and they are known.
fn count_on(state: AppState, screen: Screen) -> Option<String> {
    let count = match screen {
        Screen::Conversations => Some(state.conversations.with(Vec::len)),
        Screen::Findings => {
            state.opened.with(|opened| opened.as_ref().map(|opened| opened.alignment.findings.len()))
        }
        Screen::Overview | Screen::Agreement | Screen::Help => None,
    };
    count.map(|count| locale::count(count as u64))
}

#[component]
fn ProjectLink() -> impl IntoView {
    let state = expect_context::<AppState>();
    let name = move || {
        let name = state.project.with(|project| project.as_ref().and_then(|project| project.name.clone()));
        name.unwrap_or_else(|| "Project without a name".to_owned())
    };
    view! {
        <a
            class="proj"
            href=move || screen_address(state, Screen::Overview)
            title=name
            on:click=move |_| state.choosing.set(false)
        >
            <span>{live(move || verbatim(&name()))}</span>
        </a>
    }
}

#[component]
fn Tabs() -> impl IntoView {
    let state = expect_context::<AppState>();
    let tab = move |screen: Screen| {
        view! {
            <li>
                <a
                    href=move || screen_address(state, screen)
                    aria-current=move || is_current(state, screen).then_some("page")
                    on:click=move |_| state.choosing.set(false)
                >
                    {screen.title()}
                    {live(move || count_on(state, screen).map(|count| view! { <span class="cnt">{count}</span> }))}
                </a>
            </li>
        }
    };
    view! { <nav class="tabs" aria-label="Screens"><ul>{each(Screen::ALL, tab)}</ul></nav> }.into_any()
}

/// The screens again, for windows too narrow for tabs.
#[component]
fn ScreensMenu() -> impl IntoView {
    let state = expect_context::<AppState>();
    let entry = move |screen: Screen| {
        view! {
            <a
                href=move || screen_address(state, screen)
                aria-current=move || is_current(state, screen).then_some("page")
                on:click=move |_| state.choosing.set(false)
            >
                {screen.title()}
                {live(move || count_on(state, screen).map(|count| view! { <small>{count}</small> }))}
            </a>
        }
    };
    let face = view! { <Icon name=Symbol::Menu/> }.into_any();
    view! {
        <Menu class="mnav" button="icb" label="Screens" face>
            {each(Screen::ALL, entry)}
            <button type="button" on:click=move |_| state.choosing.set(true)>"Open another export"</button>
            <button type="button" on:click=move |_| opening::close(state)>"Close the export"</button>
            <HelpLink>"Help"</HelpLink>
        </Menu>
    }
    .into_any()
}

#[component]
fn OpenAnother() -> impl IntoView {
    let state = expect_context::<AppState>();
    view! {
        <button
            class="icb opn"
            type="button"
            aria-label="Open another export"
            aria-keyshortcuts="o"
            title="Open another export (o)"
            on:click=move |_| state.choosing.set(true)
        >
            <Icon name=Symbol::Open/>
        </button>
    }
}

#[component]
fn CloseButton() -> impl IntoView {
    let state = expect_context::<AppState>();
    view! {
        <button
            class="icb opn"
            type="button"
            aria-label="Close the export"
            title="Close the export and forget the key"
            on:click=move |_| opening::close(state)
        >
            <Icon name=Symbol::Close/>
        </button>
    }
}

/// How much of the export on screen has arrived, and the button that stops the rest.
#[component]
fn Arriving() -> impl IntoView {
    let state = expect_context::<AppState>();
    let running = Memo::new(move |_| {
        state
            .loads
            .with(|loads| loads.running().filter(|running| running.on_screen != OnScreen::None).cloned())
    });
    let percent = move || running.with(|running| running.as_ref().and_then(Running::percent));
    let words = move || running.with(|running| running.as_ref().map(progress_in_words));
    let name = move || {
        let is_later = state.loads.with(Loads::is_refreshing);
        if is_later { "A later export of the project" } else { "The rest of the export" }
    };
    view! {
        <While when=move || running.with(Option::is_some)>
            <div class="arriving" style:--v=move || percent().unwrap_or_default().to_string()>
                <span
                    role="progressbar"
                    aria-label=name
                    aria-valuemin="0"
                    aria-valuemax="100"
                    aria-valuenow=percent
                    aria-valuetext=words
                >
                    {move || words()}
                </span>
                <button class="btn btn-q" type="button" on:click=move |_| opening::cancel(state)>
                    "Cancel"
                </button>
            </div>
        </While>
    }
}

fn progress_in_words(running: &Running) -> String {
    let done = match running.fraction() {
        Some(fraction) => locale::percent(fraction),
        None => String::new(),
    };
    match (running.phase, running.total) {
        (Phase::Connecting, _) => "Connecting".to_owned(),
        (Phase::Receiving, Some(total)) => {
            format!("{} of {}", locale::bytes(running.done), locale::bytes(total))
        }
        (Phase::Receiving, None) => locale::bytes(running.done),
        (Phase::Placing, _) => format!("Placing annotations {done}"),
        (Phase::Aligning, _) => format!("Aligning the tiers {done}"),
    }
}
