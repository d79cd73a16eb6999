//! Words that an ellipsis cuts short: the whole of them in a title.

use super::listener::Listener;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement};

/// How far around what the pointer is on something cut short is looked for.
const AROUND: usize = 3;

/// Gives what is cut short under the pointer a title with all of its words, until what is returned is dropped. A title that
/// the page sets stays.
pub fn say_in_whole() -> Option<Listener> {
    Listener::on_window("pointerover", |event: Event| {
        let mut next = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        for _ in 0..AROUND {
            let Some(element) = next else { return };
            next = element.parent_element();
            if let Ok(element) = element.dyn_into::<HtmlElement>()
                && !element.has_attribute("title")
                && is_cut_short(&element)
            {
                element.set_title(element.text_content().unwrap_or_default().trim());
            }
        }
    })
}

/// Whether an ellipsis stands at the end of a line of the element, or of the last of the lines that it may have.
fn is_cut_short(element: &HtmlElement) -> bool {
    let is_wider = element.scroll_width() > element.client_width();
    let is_higher = element.scroll_height() > element.client_height();
    let style = || web_sys::window()?.get_computed_style(element).ok()?;
    (is_wider || is_higher)
        && style().is_some_and(|style| {
            let is = |name: &str, word: &str| style.get_property_value(name).is_ok_and(|value| value == word);
            (is_wider && is("text-overflow", "ellipsis")) || (is_higher && !is("-webkit-line-clamp", "none"))
        })
}
