//! One stop of the tab key for a widget of many items, the arrow keys going from one to the next.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};

/// Makes one of the items in `root` that `selector` finds the stop of the tab key, and only that: the one that the keyboard
/// is on, else the one that is current, else the one that was it, else the first. To be called whenever any of this changes.
pub fn settle(root: &Element, selector: &str) {
    let items = items(root, selector);
    let is_current =
        |item: &HtmlElement| item.closest("[aria-current=true]").is_ok_and(|found| found.is_some());
    let stop = active_in(&items)
        .or_else(|| items.iter().position(is_current))
        .or_else(|| items.iter().position(|item| item.get_attribute("tabindex").as_deref() == Some("0")))
        .unwrap_or_default();
    for (at, item) in items.iter().enumerate() {
        let tab_index = if at == stop { 0 } else { -1 };
        if item.get_attribute("tabindex").as_deref() != Some(if at == stop { "0" } else { "-1" }) {
            item.set_tab_index(tab_index);
        }
    }
}

/// Moves the keyboard as an arrow key says: to the item before or after the one that it is on. `false` for any other key,
/// and where there is no such item.
pub fn step(root: &Element, selector: &str, event: &KeyboardEvent) -> bool {
    if event.ctrl_key() || event.meta_key() || event.alt_key() || event.shift_key() {
        return false;
    }
    let items = items(root, selector);
    let Some(at) = active_in(&items) else { return false };
    let next = match event.key().as_str() {
        "ArrowDown" => at + 1,
        "ArrowUp" => match at.checked_sub(1) {
            Some(before) => before,
            None => return false,
        },
        _ => return false,
    };
    items.get(next).is_some_and(|item| item.focus().is_ok())
}

fn items(root: &Element, selector: &str) -> Vec<HtmlElement> {
    let Ok(found) = root.query_selector_all(selector) else { return Vec::new() };
    (0..found.length()).filter_map(|at| found.get(at)?.dyn_into().ok()).collect()
}

fn active_in(items: &[HtmlElement]) -> Option<usize> {
    let active = web_sys::window()?.document()?.active_element()?;
    items.iter().position(|item| **item == active)
}
