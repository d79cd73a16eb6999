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

/// The same, and nothing scrolls.
pub fn focus_in_place(selector: &str) -> bool {
    let document = web_sys::window().and_then(|window| window.document());
    document.and_then(|document| document.document_element()).is_some_and(|page| land_on(&page, selector))
}

/// A selector that finds what has the focus again: by the first of these attributes that it has, else by `root`, around it.
/// `None` where the focus is not in the first element that `root` finds.
pub fn found_in(root: &str, attributes: &[&str]) -> Option<String> {
    let active = web_sys::window()?.document()?.active_element()?;
    active.closest(root).ok()??;
    let found = attributes.iter().find_map(|name| {
        let value = active.get_attribute(name)?;
        Some(format!("[{name}=\"{}\"]", super::view::quoted(&value)))
    });
    Some(found.unwrap_or_else(|| root.to_owned()))
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

/// What the keyboard is on, to come back to.
pub struct Focused(HtmlElement);

impl Focused {
    /// What the keyboard is on now; `None` on nothing in particular.
    pub fn now() -> Option<Self> {
        let active = web_sys::window()?.document()?.active_element()?.dyn_into::<HtmlElement>().ok()?;
        (active.tag_name() != "BODY").then_some(Focused(active))
    }

    /// Moves the focus back. `false` where that is no longer possible.
    pub fn come_back(&self) -> bool {
        let is_there = self.0.is_connected() && self.0.get_client_rects().length() > 0;
        is_there && self.0.focus().is_ok()
    }
}

/// Whether the keyboard is on an element that `selector` matches.
pub fn is_on(selector: &str) -> bool {
    let document = web_sys::window().and_then(|window| window.document());
    document.and_then(|document| document.active_element()?.matches(selector).ok()).unwrap_or_default()
}

/// Takes the keyboard off what is in an element that `selector` finds, and is about to leave the page: where what has the
/// keyboard is taken away, an engine lays out the page in between, what comes beside what goes.
pub fn let_go(selector: &str) {
    let active = web_sys::window().and_then(|window| window.document()?.active_element());
    let inside = active.filter(|active| active.closest(selector).ok().flatten().is_some());
    if let Some(element) = inside.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = element.blur();
    }
}

/// Moves the focus to the element at place `nth`, counted from 0, among those in `root` that `selector` finds. `false`
/// where there is none.
pub fn focus_nth(root: &Element, selector: &str, nth: usize) -> bool {
    let found = root.query_selector_all(selector).ok();
    let found = found.zip(u32::try_from(nth).ok()).and_then(|(found, nth)| found.get(nth));
    found.and_then(|element| element.dyn_into::<HtmlElement>().ok()).is_some_and(|e| e.focus().is_ok())
}

/// Whether the keyboard is on nothing in particular, as after what it was on was taken away, or on the whole screen.
pub fn is_nowhere() -> bool {
    let document = web_sys::window().and_then(|window| window.document());
    document
        .and_then(|document| document.active_element())
        .is_none_or(|active| matches!(&*active.tag_name(), "BODY" | "MAIN"))
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

/// Scrolls to the first element that `selector` finds, and takes the keyboard there.
pub fn go_to(selector: &str) {
    let page = web_sys::window().and_then(|window| window.document()?.document_element());
    let Some(page) = page else { return };
    if let Some(element) = page.query_selector(selector).ok().flatten() {
        element.scroll_into_view();
        land_on(&page, selector);
    }
}
