//! The app in the page of the tests, with its styles, opened at an export by pasting it.

use labelscope::ui::App;
use std::any::Any;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, Event, HtmlElement, HtmlTextAreaElement, Window};

/// The style sheets, in the order of index.html.
const STYLES: [&str; 9] = [
    include_str!("../../style/tokens.css"),
    include_str!("../../style/base.css"),
    include_str!("../../style/parts.css"),
    include_str!("../../style/overlay.css"),
    include_str!("../../style/slots.css"),
    include_str!("../../style/ink.css"),
    include_str!("../../style/frame.css"),
    include_str!("../../style/reader.css"),
    include_str!("../../style/layouts.css"),
];

/// The app on the page. Dropped, it leaves.
pub struct Mounted {
    style: Element,
    app: Option<Box<dyn Any>>,
}

impl Drop for Mounted {
    fn drop(&mut self) {
        self.app.take();
        self.style.remove();
    }
}

fn window() -> Window {
    web_sys::window().unwrap()
}

fn body() -> HtmlElement {
    window().document().unwrap().body().unwrap()
}

impl Mounted {
    /// Mounts the app and opens this export.
    pub async fn with(export: &str) -> Self {
        window().history().unwrap().replace_state_with_url(&JsValue::NULL, "", Some("#")).unwrap();
        // Who has put the legend away; it has marks of its own.
        window().local_storage().unwrap().unwrap().set_item("labelscope:legend-off", "1").unwrap();
        let style = window().document().unwrap().create_element("style").unwrap();
        // What reports the tests is on the page too, and has no place in its layout.
        style.set_text_content(Some(&(STYLES.join("\n") + "body > pre { display: none }")));
        body().append_child(&style).unwrap();
        let app = leptos::mount::mount_to(body(), App);
        let mounted = Mounted { style, app: Some(Box::new(app)) };
        until("form", || mounted.find("details.paste").is_some()).await;
        let text: HtmlTextAreaElement = mounted.find("textarea").unwrap().unchecked_into();
        text.set_value(export);
        let button: HtmlElement = mounted.find("details.paste button").unwrap().unchecked_into();
        button.click();
        until("text", || mounted.find("[data-part]").is_some()).await;
        mounted
    }

    /// The first element that a selector finds.
    pub fn find(&self, selector: &str) -> Option<Element> {
        body().query_selector(selector).unwrap()
    }

    /// All elements that a selector finds.
    pub fn all(&self, selector: &str) -> Vec<Element> {
        let found = body().query_selector_all(selector).unwrap();
        (0..found.length()).map(|at| found.get(at).unwrap().unchecked_into()).collect()
    }
}

/// Tells the page that an element was scrolled, and lets it draw.
pub async fn scroll_to(scroller: &Element, top: i32) {
    scroller.set_scroll_top(top);
    scroller.dispatch_event(&Event::new("scroll").unwrap()).unwrap();
    for _ in 0..3 {
        frame().await;
    }
}

/// Waits for the next frame.
pub async fn frame() {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        window().request_animation_frame(&resolve).unwrap();
    });
    JsFuture::from(promise).await.unwrap();
}

/// Waits until something holds.
pub async fn until(what: &str, holds: impl Fn() -> bool) {
    for _ in 0..600 {
        if holds() {
            return;
        }
        frame().await;
    }
    panic!("there was no {what}");
}
