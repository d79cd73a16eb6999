//! Bringing things into view, and what lies under the pointer.

use wasm_bindgen::JsCast;
use web_sys::{Element, MouseEvent, ScrollIntoViewOptions, ScrollLogicalPosition};

/// How close to the edge of an element counts as on it, in CSS pixels.
const NEAR: f64 = 4.0;

/// Scrolls the first element in `root` that matches `selector` to the middle of the view, unless it is in view already.
/// What the style sheet sets off by `scroll-padding-bottom` counts as out of view. `false` if there is none.
pub fn bring_into_view(root: &Element, selector: &str) -> bool {
    let Ok(Some(found)) = root.query_selector(selector) else { return false };
    let (inner, outer) = (found.get_bounding_client_rect(), root.get_bounding_client_rect());
    if inner.top() < outer.top() || inner.bottom() > outer.bottom() - padding_below(root) {
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Center);
        found.scroll_into_view_with_scroll_into_view_options(&options);
    }
    true
}

/// Whether there is an element in `root` that matches `selector`.
pub fn holds(root: &Element, selector: &str) -> bool {
    root.query_selector(selector).is_ok_and(|found| found.is_some())
}

/// Whether any of the first element in `root` that matches `selector` can be seen there.
pub fn is_in_view(root: &Element, selector: &str) -> bool {
    let Ok(Some(found)) = root.query_selector(selector) else { return false };
    let (inner, outer) = (found.get_bounding_client_rect(), root.get_bounding_client_rect());
    inner.bottom() > outer.top() && inner.top() < outer.bottom() - padding_below(root)
}

/// The first element on the page that matches `selector`.
pub fn find(selector: &str) -> Option<Element> {
    web_sys::window()?.document()?.query_selector(selector).ok()?
}

/// `scroll-padding-bottom` in pixels.
pub(super) fn padding_below(element: &Element) -> f64 {
    let style = web_sys::window().and_then(|window| window.get_computed_style(element).ok().flatten());
    let padding = style.and_then(|style| style.get_property_value("scroll-padding-bottom").ok());
    // By the browser, which knows how to read a number already; `auto` is none.
    padding
        .map(|padding| js_sys::parse_float(&padding))
        .filter(|padding| padding.is_finite())
        .unwrap_or_default()
}

/// How far below the top of the element that listens the pointer is, in pixels.
pub fn down_within(event: &MouseEvent) -> Option<f64> {
    let element = event.current_target()?.dyn_into::<Element>().ok()?;
    Some(f64::from(event.client_y()) - element.get_bounding_client_rect().top())
}

/// Lets the element that listens hear of this pointer until it is let go, wherever it goes.
pub fn capture(event: &MouseEvent, pointer: i32) {
    let element = event.current_target().and_then(|target| target.dyn_into::<Element>().ok());
    if let Some(element) = element {
        // Fails only for a pointer that is gone by now.
        let _ = element.set_pointer_capture(pointer);
    }
}

/// The element under the pointer or around it that matches `selector`, with the value of its attribute.
pub fn pointed(event: &MouseEvent, selector: &str, attribute: &str) -> Option<String> {
    pointed_element(event, selector)?.get_attribute(attribute)
}

/// Whether the pointer is within 4 pixels of the left or right edge of the element that matches `selector`.
pub fn is_at_edge(event: &MouseEvent, selector: &str) -> bool {
    let Some(element) = pointed_element(event, selector) else { return false };
    let (x, edges) = (f64::from(event.client_x()), element.get_bounding_client_rect());
    (x - edges.left()).abs() <= NEAR || (x - edges.right()).abs() <= NEAR
}

fn pointed_element(event: &MouseEvent, selector: &str) -> Option<Element> {
    event.target()?.dyn_into::<Element>().ok()?.closest(selector).ok().flatten()
}

/// Whether the person has selected text: a click that ends a selection is not meant for what lies under it.
pub fn has_selected_text() -> bool {
    let selection = web_sys::window().and_then(|window| window.get_selection().ok().flatten());
    selection.is_some_and(|selection| !selection.is_collapsed())
}

/// Whether the `<details>` that an event comes from is open.
pub fn is_open(event: &web_sys::Event) -> bool {
    let details = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    details.is_some_and(|details| details.has_attribute("open"))
}

/// `text` as it stands between double quotes in a selector.
pub fn quoted(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\a ")
}

/// From the left edge of an element to the right edge of the window, in pixels.
pub fn room_after(element: &Element) -> f64 {
    let width = web_sys::window().and_then(|window| window.inner_width().ok()?.as_f64());
    width.unwrap_or_default() - element.get_bounding_client_rect().left()
}

/// Just below the last line of the first element that matches `selector`, in pixels of the window: left and top.
pub fn below(selector: &str) -> Option<(f64, f64)> {
    let document = web_sys::window()?.document()?;
    let rectangles = document.query_selector(selector).ok()??.get_client_rects();
    let last = rectangles.get(rectangles.length().checked_sub(1)?)?;
    Some((last.left(), last.bottom()))
}

/// The nearest element around `element`, or itself, that matches `selector`.
pub fn closest(element: &Element, selector: &str) -> Option<Element> {
    element.closest(selector).ok().flatten()
}

/// The elements right inside `element`.
pub fn children(element: &Element) -> Vec<Element> {
    let children = element.children();
    (0..children.length()).filter_map(|at| children.item(at)).collect()
}
