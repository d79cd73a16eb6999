//! The whole page: makes the state, ties it to the address bar, and shows the screen that the state asks for.

use super::agreement::Agreement;
use super::announced::Announced;
use super::asked::Asked;
use super::conversations::{Conversations, LeftPlaces};
use super::filters;
use super::findings::Findings;
use super::header::Header;
use super::help::Help;
use super::keys::{KeySheet, listen_to_keys};
use super::loading::LoadingScreen;
use super::open::OpenScreen;
use super::opening;
use super::overview::Overview;
use super::problem::ProblemScreen;
use super::reading;
use super::refresh::Refreshed;
use super::remembering::{self, Offered};
use super::specimens::{SPECIMENS, Specimens};
use super::strap::{other_way, way_on};
use super::theme;
use crate::browser::{focus, location, page, shortened, timing};
use crate::state::AppState;
use crate::state::links::Stray;
use crate::state::load::Stage;
use crate::state::route::{Route, RouteProblem, Screen};
use crate::ui::live::{effect, live};
use leptos::prelude::*;

/// The whole page. The specimens are not of the app's own grammar of addresses, and so come before it.
#[component]
pub fn App() -> impl IntoView {
    if location::fragment() == SPECIMENS {
        view! { <Specimens/> }.into_any()
    } else {
        view! { <Page/> }.into_any()
    }
}

/// The app.
#[component]
fn Page() -> impl IntoView {
    let (route, problems) = Route::parse(&location::fragment());
    let state = AppState::new(route, opening::remembered_form().unwrap_or_default());
    provide_context(state);
    opening::provide(state);
    let ignored = RwSignal::new(problems);
    follow_address(state, ignored);
    follow_title(state);
    theme::restore();
    reading::follow_reading(state);
    remembering::follow(state);
    filters::follow_export(state);
    provide_context(LeftPlaces::new());
    listen_to_keys(state);
    on_cleanup_local(shortened::say_in_whole());
    opening::open_what_the_address_names(state);

    let stage = Memo::new(move |_| {
        let has_export = state.has_export();
        state.loads.with(|loads| loads.stage(state.choosing.get(), has_export))
    });
    let screen = Memo::new(move |_| state.route.with(|route| route.screen));
    go_along(stage, screen);
    let shows_help = Memo::new(move |_| state.shows_help());
    view! {
        <Header/>
        <IgnoredParameters ignored/>
        <StrayLink/>
        <Refreshed/>
        <Offered/>
        {live(move || {
            focus::let_go("#main, .desk");
            match stage.get() {
                _ if shows_help.get() => view! { <Help/> }.into_any(),
                Stage::Open => view! { <OpenScreen/> }.into_any(),
                Stage::Loading => view! { <LoadingScreen/> }.into_any(),
                Stage::Problem => view! { <ProblemScreen/> }.into_any(),
                Stage::Export => match screen.get() {
                    Screen::Overview => view! { <Overview/> }.into_any(),
                    Screen::Conversations => view! { <Conversations/> }.into_any(),
                    Screen::Findings => view! { <Findings/> }.into_any(),
                    Screen::Agreement => view! { <Agreement/> }.into_any(),
                    Screen::Help => view! { <Help/> }.into_any(),
                },
            }
        })}
        <Announced stage/>
        <KeySheet/>
        <Asked/>
    }
}

/// The address bar follows the route, and the route the address bar. Another screen, conversation or message is a step
/// that the back button undoes; in a narrow window also the sheet of a finding, and the list of conversations.
fn follow_address(state: AppState, ignored: RwSignal<Vec<RouteProblem>>) {
    let listeners = location::listen(move |fragment| {
        let (route, problems) = Route::parse(&fragment);
        state.listing.set(location::step() == location::Step::List);
        if !state.arrive(route) {
            location::replace(&state.route.with_untracked(Route::fragment));
        }
        ignored.set(problems);
    });
    on_cleanup_local(listeners);
    Effect::new(move |before: Option<Route>| {
        let route = state.route.get();
        let fragment = route.fragment();
        let (bar, _) = Route::parse(&location::fragment());
        if bar != route {
            // In a narrow window a finding comes over the text as one step, and back takes it away.
            let has_sheet = |route: &Route| {
                let is_reading = route.screen == Screen::Conversations;
                state.is_narrow.get_untracked() && is_reading && route.selects_finding()
            };
            let is_taken = match before {
                Some(before) if has_sheet(&before) && has_sheet(&route) => location::replace(&fragment),
                Some(_) if has_sheet(&route) => location::push(&fragment, location::Step::Sheet),
                Some(before) if before.is_step_to(&route) => {
                    let is_help = route.screen == Screen::Help;
                    let step = if is_help { location::Step::Help } else { location::Step::Place };
                    location::push(&fragment, step)
                }
                _ => location::replace(&fragment),
            };
            if !is_taken {
                catch_up(state);
            }
        }
        route
    });
}

/// How long an engine that refused the address is left alone, in milliseconds.
const REFUSED_FOR: i32 = 1_000;

/// Puts the address into the bar once the engine takes it, whatever it is by then.
fn catch_up(state: AppState) {
    timing::after(REFUSED_FOR, move || {
        let Some(route) = state.route.try_get_untracked() else { return };
        let (bar, _) = Route::parse(&location::fragment());
        if bar != route && !location::replace(&route.fragment()) {
            catch_up(state);
        }
    });
}

/// Takes the keyboard along to another screen, where what it was on is not there.
fn go_along(stage: Memo<Stage>, screen: Memo<Screen>) {
    Effect::new(move |before: Option<()>| {
        stage.track();
        screen.track();
        if before.is_some() {
            // Once the screen is on the page.
            request_animation_frame(|| {
                if focus::is_nowhere() {
                    focus::focus_in_place("#main");
                }
            });
        }
    });
}

/// Keeps `kept` until the page ends.
fn on_cleanup_local<T: 'static>(kept: T) {
    let _ = StoredValue::new_local(kept);
}

fn follow_title(state: AppState) {
    effect(move || {
        let name = state.project.with(|project| project.as_ref().map(|project| project.name.clone()));
        match name {
            Some(name) => page::set_title(&format!(
                "{} · Labelscope",
                name.as_deref().unwrap_or("Project without a name")
            )),
            None => page::set_title("Labelscope"),
        }
    });
}

/// Says that a link leads into another project than the one on screen, and the ways on.
#[component]
fn StrayLink() -> impl IntoView {
    let state = expect_context::<AppState>();
    live(move || {
        let project = state.strayed.with(|stray| stray.as_ref().and_then(Stray::project))?;
        (state.has_export() && !state.choosing.get()).then(|| {
            view! {
                <p class="strap" role="status">
                    <span>
                        "The link points into project " <code class="mono">{project.to_string()}</code>
                        ", which is not the one on screen."
                    </span>
                    {way_on("Open that project", move || state.follow_stray())}
                    {other_way("Stay here", move || state.strayed.set(None))}
                </p>
            }
        })
    })
}

/// What of the address was wrong and therefore ignored.
#[component]
fn IgnoredParameters(ignored: RwSignal<Vec<RouteProblem>>) -> impl IntoView {
    live(move || {
        let problems = ignored.get();
        (!problems.is_empty()).then(|| {
            let words = problems.iter().map(|problem| {
                format!("{}={} (expected {})", problem.parameter, problem.value, problem.expected)
            });
            let words = words.collect::<Vec<_>>().join("; ");
            view! {
                <p class="strap" role="status">
                    "Ignored in the address: "{words}
                    {way_on("Dismiss", move || ignored.set(Vec::new()))}
                </p>
            }
        })
    })
}
