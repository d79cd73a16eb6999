//! Which elements are in sight, or nearly.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
pub use web_sys::Element;
use web_sys::{IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit};

/// Watches which elements are in sight until it is dropped.
pub struct SightObserver {
    observer: IntersectionObserver,
    _closure: Closure<dyn FnMut(js_sys::Array)>,
}

impl SightObserver {
    /// Calls `on_change` with every element that came within `margin` pixels of what `scroller` shows, or left, and which
    /// of both; also once for each element after it is watched. Without a scroller, of what the window shows. `None`
    /// where the browser refuses.
    pub fn new(
        scroller: Option<&Element>,
        margin: u32,
        mut on_change: impl FnMut(Vec<(Element, bool)>) + 'static,
    ) -> Option<Self> {
        let closure = Closure::<dyn FnMut(js_sys::Array)>::new(move |entries: js_sys::Array| {
            let entries = entries.iter().map(|entry| entry.unchecked_into::<IntersectionObserverEntry>());
            on_change(entries.map(|entry| (entry.target(), entry.is_intersecting())).collect());
        });
        let options = IntersectionObserverInit::new();
        options.set_root(scroller);
        options.set_root_margin(&format!("{margin}px 0px"));
        let callback = closure.as_ref().unchecked_ref();
        let observer = IntersectionObserver::new_with_options(callback, &options).ok()?;
        Some(SightObserver { observer, _closure: closure })
    }

    /// Watches `element`.
    pub fn watch(&self, element: &Element) {
        self.observer.observe(element);
    }
}

impl Drop for SightObserver {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
