//! The clipboard, for writing, and what a person copies.

use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::{ClipboardEvent, Element};

/// Puts `text` on the clipboard. `false` where the browser has none (a page on plain http) or does not allow it.
pub async fn copy(text: &str) -> bool {
    let Some(window) = web_sys::window() else { return false };
    let navigator = window.navigator();
    // The property is missing on insecure pages, where calling it would throw past us.
    let clipboard = js_sys::Reflect::get(&navigator, &JsValue::from_str("clipboard"));
    if clipboard.is_ok_and(|clipboard| clipboard.is_object()) {
        JsFuture::from(navigator.clipboard().write_text(text)).await.is_ok()
    } else {
        false
    }
}

/// Where all of what is selected lies in `root`, what is copied is exactly its text: browsers put line breaks between
/// blocks.
pub fn copy_exactly(event: &ClipboardEvent, root: &Element) {
    let selection = web_sys::window().and_then(|window| window.get_selection().ok().flatten());
    let range = selection.filter(|selection| selection.range_count() == 1);
    let Some(range) = range.and_then(|selection| selection.get_range_at(0).ok()) else { return };
    let common = range.common_ancestor_container().ok();
    let text = String::from(range.to_string());
    if text.is_empty() || !root.contains(common.as_ref()) {
        return;
    }
    if let Some(data) = event.clipboard_data()
        && data.set_data("text/plain", &text).is_ok()
    {
        event.prevent_default();
    }
}
