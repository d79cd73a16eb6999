//! The fragment of the page's address.

use super::listener::Listener;
use wasm_bindgen::JsValue;
use web_sys::Event;

/// The fragment with its `#`, or an empty string.
pub fn fragment() -> String {
    web_sys::window().and_then(|window| window.location().hash().ok()).unwrap_or_default()
}

/// What a step of the history shows, beside what the fragment says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// What the fragment says.
    Place,
    /// The list that it is chosen from, in its place.
    List,
    /// Something that came over it.
    Sheet,
    /// Help, in the place of what one was at.
    Help,
}

impl Step {
    const fn key(self) -> Option<&'static str> {
        match self {
            Step::Place => None,
            Step::List => Some("list"),
            Step::Sheet => Some("sheet"),
            Step::Help => Some("help"),
        }
    }
}

/// Puts `fragment` into the address bar as a new step of the history. Nobody who listens is told. `false` where the engine
/// refuses: WebKit does after a hundred changes within half a minute.
pub fn push(fragment: &str, step: Step) -> bool {
    history().is_some_and(|history| {
        let state = step.key().map_or(JsValue::NULL, JsValue::from);
        history.push_state_with_url(&state, "", Some(fragment)).is_ok()
    })
}

/// Puts `fragment` into the address bar in place of the present one; the step stays what it is. Nobody who listens is told.
/// `false` as with [`push`].
pub fn replace(fragment: &str) -> bool {
    history().is_some_and(|history| {
        let state = history.state().unwrap_or_default();
        history.replace_state_with_url(&state, "", Some(fragment)).is_ok()
    })
}

/// What the present step of the history shows.
pub fn step() -> Step {
    let state = history().and_then(|history| history.state().ok()?.as_string());
    let is_it = |step: &Step| step.key() == state.as_deref();
    [Step::List, Step::Sheet, Step::Help].into_iter().find(is_it).unwrap_or(Step::Place)
}

fn history() -> Option<web_sys::History> {
    web_sys::window()?.history().ok()
}

/// The address of this page with another fragment.
pub fn address_with(fragment: &str) -> String {
    let here = web_sys::window().and_then(|window| window.location().href().ok()).unwrap_or_default();
    let page = here.split('#').next().unwrap_or_default();
    format!("{page}{fragment}")
}

/// Goes one step back in the history.
pub fn back() {
    if let Some(history) = history() {
        let _ = history.back();
    }
}

/// Calls `on_change` with the fragment whenever a link, the person or the history changed it; possibly twice for one
/// change.
pub fn listen(on_change: impl Fn(String) + Clone + 'static) -> Vec<Listener> {
    let listeners = ["popstate", "hashchange"].map(|event| {
        let on_change = on_change.clone();
        Listener::on_window(event, move |_: Event| on_change(fragment()))
    });
    listeners.into_iter().flatten().collect()
}
