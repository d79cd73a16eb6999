//! The fragment of the page's address.

use super::listener::Listener;
use wasm_bindgen::JsValue;
use web_sys::Event;

/// The fragment with its `#`, or an empty string.
pub fn fragment() -> String {
    web_sys::window().and_then(|window| window.location().hash().ok()).unwrap_or_default()
}

/// Puts `fragment` into the address bar as a new step of the history. Nobody who listens is told.
pub fn push(fragment: &str) {
    if let Some(history) = web_sys::window().and_then(|window| window.history().ok()) {
        let _ = history.push_state_with_url(&JsValue::NULL, "", Some(fragment));
    }
}

/// Puts `fragment` into the address bar in place of the present one. Nobody who listens is told.
pub fn replace(fragment: &str) {
    if let Some(history) = web_sys::window().and_then(|window| window.history().ok()) {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(fragment));
    }
}

/// The address of this page with another fragment.
pub fn address_with(fragment: &str) -> String {
    let here = web_sys::window().and_then(|window| window.location().href().ok()).unwrap_or_default();
    let page = here.split('#').next().unwrap_or_default();
    format!("{page}{fragment}")
}

/// Goes one step back in the history.
pub fn back() {
    if let Some(history) = web_sys::window().and_then(|window| window.history().ok()) {
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
