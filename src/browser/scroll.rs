//! Scroll positions, in CSS pixels.

use web_sys::Element;

/// How far the content of `element` is scrolled down.
pub fn top(element: &Element) -> f64 {
    f64::from(element.scroll_top())
}

/// Scrolls the content of `element` to `top`.
pub fn set_top(element: &Element, top: f64) {
    // Saturates; spacers are capped far below.
    element.set_scroll_top(top.round() as i32);
}

/// Whether the content of `element` is wider than what of it can be seen at once.
pub fn overflows_sideways(element: &Element) -> bool {
    element.scroll_width() > element.client_width()
}

/// The height of what of `element` can be seen at once.
pub fn height(element: &Element) -> f64 {
    f64::from(element.client_height())
}
