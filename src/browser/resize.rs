//! Sizes of elements, as they change.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
pub use web_sys::Element;
use web_sys::{ResizeObserver, ResizeObserverEntry};

/// Watches the sizes of elements until it is dropped.
pub struct SizeObserver {
    observer: ResizeObserver,
    _closure: Closure<dyn FnMut(js_sys::Array)>,
}

impl SizeObserver {
    /// Calls `on_sizes` with every element whose size changed and its new border box, width and height in CSS pixels;
    /// also once for each element after it is watched. `None` where the browser refuses.
    pub fn new(mut on_sizes: impl FnMut(Vec<(Element, f64, f64)>) + 'static) -> Option<Self> {
        let closure = Closure::<dyn FnMut(js_sys::Array)>::new(move |entries: js_sys::Array| {
            let elements = entries.iter().map(|entry| entry.unchecked_into::<ResizeObserverEntry>().target());
            // One that was taken out of the page is reported once more, without a size.
            let present = elements.filter(|element| element.is_connected());
            let sizes = present.map(|element| {
                let rect = element.get_bounding_client_rect();
                (element, rect.width(), rect.height())
            });
            on_sizes(sizes.collect());
        });
        let observer = ResizeObserver::new(closure.as_ref().unchecked_ref()).ok()?;
        Some(SizeObserver { observer, _closure: closure })
    }

    /// Watches `element` until what is given back is dropped.
    #[must_use]
    pub fn watch(&self, element: &Element) -> Watched {
        self.observer.observe(element);
        Watched { observer: self.observer.clone(), element: element.clone() }
    }
}

impl Drop for SizeObserver {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// An element whose size is watched as long as this is there.
///
/// It holds the element. An engine measures all elements and reports them after that, one observer after the other. What one
/// of them does may take an element away that is still to be reported, and where nothing holds it, WebKit ends the page.
pub struct Watched {
    observer: ResizeObserver,
    element: Element,
}

impl Drop for Watched {
    fn drop(&mut self) {
        self.observer.unobserve(&self.element);
        // Before the next frame is drawn all that was measured is reported.
        let element = self.element.clone();
        let let_go = Closure::once_into_js(move || drop(element));
        if let Some(window) = web_sys::window() {
            let _ = window.request_animation_frame(let_go.unchecked_ref());
        }
    }
}
