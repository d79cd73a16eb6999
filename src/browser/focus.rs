//! Where the keyboard is.

use wasm_bindgen::JsCast;
use web_sys::{Element, FocusOptions, HtmlElement, HtmlInputElement};

/// Kinds of inputs that a letter says nothing to.
const TAKE_NO_TEXT: [&str; 3] = ["checkbox", "radio", "button"];

/// Moves the focus to the first element that `selector` finds. `false` where there is none.
pub fn focus(selector: &str) -> bool {
    let document = web_sys::window().and_then(|window| window.document());
    let found = document.and_then(|document| document.query_selector(selector).ok().flatten());
    found.and_then(|element| element.dyn_into::<HtmlElement>().ok()).is_some_and(|e| e.focus().is_ok())
}

/// Moves the focus to the first element in `root` that `selector` finds, be it one that can be reached by Tab or not.
/// Nothing scrolls. `false` where there is none.
pub fn land_on(root: &Element, selector: &str) -> bool {
    let found = root.query_selector(selector).ok().flatten();
    let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) else {
        return false;
    };
    if element.tab_index() < 0 && element.set_attribute("tabindex", "-1").is_err() {
        return false;
    }
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    element.focus_with_options(&options).is_ok()
}

/// Whether the keyboard is on nothing in particular, as after what it was on was taken away.
pub fn is_nowhere() -> bool {
    let document = web_sys::window().and_then(|window| window.document());
    document.and_then(|document| document.active_element()).is_none_or(|active| active.tag_name() == "BODY")
}

/// Whether the keyboard is in a field that takes text, where single keys are letters.
pub fn is_typing() -> bool {
    let document = web_sys::window().and_then(|window| window.document());
    let Some(active) = document.and_then(|document| document.active_element()) else { return false };
    match active.tag_name().as_str() {
        "INPUT" => {
            active.dyn_ref::<HtmlInputElement>().is_none_or(|input| !TAKE_NO_TEXT.contains(&&*input.type_()))
        }
        "TEXTAREA" | "SELECT" => true,
        _ => active.dyn_ref::<HtmlElement>().is_some_and(HtmlElement::is_content_editable),
    }
}
