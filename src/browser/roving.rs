//! One stop of the tab key for a widget of many items, the arrow keys going from one to the next: up and down in a list, in
//! all four directions in a table.

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
    if has_modifier(event) {
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

/// The same in a table: to the item before or after in its row, to the first or last of its row, or to the one that lies
/// nearest below or above in the next row that has any.
pub fn step_in_table(root: &Element, selector: &str, event: &KeyboardEvent) -> bool {
    if has_modifier(event) {
        return false;
    }
    let rows: Vec<Vec<HtmlElement>> = elements(root, "tr")
        .iter()
        .map(|row| items(row, selector))
        .filter(|items| !items.is_empty())
        .collect();
    let place = rows.iter().enumerate().find_map(|(at, items)| Some((at, active_in(items)?)));
    let Some((row, at)) = place else { return false };
    let here = rows.get(row).and_then(|items| items.get(at));
    let in_row = |at: Option<usize>| rows.get(row)?.get(at?);
    let beside = |row: Option<usize>| nearest(rows.get(row?)?, here?);
    let next = match event.key().as_str() {
        "ArrowRight" => in_row(Some(at + 1)),
        "ArrowLeft" => in_row(at.checked_sub(1)),
        "Home" => in_row(Some(0)),
        "End" => rows.get(row).and_then(|items| items.last()),
        "ArrowDown" => beside(Some(row + 1)),
        "ArrowUp" => beside(row.checked_sub(1)),
        _ => return false,
    };
    next.is_some_and(|item| item.focus().is_ok())
}

/// The item whose middle is the least far to the side of that of another.
fn nearest<'a>(items: &'a [HtmlElement], of: &HtmlElement) -> Option<&'a HtmlElement> {
    let middle = |item: &HtmlElement| {
        let place = item.get_bounding_client_rect();
        place.x() + place.width() / 2.0
    };
    let there = middle(of);
    items.iter().min_by(|one, other| {
        let aside = |item: &HtmlElement| (middle(item) - there).abs();
        aside(one).total_cmp(&aside(other))
    })
}

/// Whether a key is meant for the browser, or for something that is selected, rather than for what has the keyboard.
pub fn has_modifier(event: &KeyboardEvent) -> bool {
    event.ctrl_key() || event.meta_key() || event.alt_key() || event.shift_key()
}

fn items(root: &Element, selector: &str) -> Vec<HtmlElement> {
    elements(root, selector).into_iter().filter_map(|element| element.dyn_into().ok()).collect()
}

fn elements(root: &Element, selector: &str) -> Vec<Element> {
    let Ok(found) = root.query_selector_all(selector) else { return Vec::new() };
    (0..found.length()).filter_map(|at| found.get(at)?.dyn_into().ok()).collect()
}

fn active_in(items: &[HtmlElement]) -> Option<usize> {
    let active = web_sys::window()?.document()?.active_element()?;
    items.iter().position(|item| **item == active)
}
