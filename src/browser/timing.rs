//! The page's clock: what time it is, marks on the timeline, timers.

use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Performance;

/// Milliseconds since the page began; never runs backwards.
pub fn now() -> f64 {
    PERFORMANCE.with(|performance| performance.as_ref().map_or(0.0, Performance::now))
}

thread_local! {
    // Asked for once: an opening looks at the clock after each small step.
    static PERFORMANCE: Option<Performance> = web_sys::window().and_then(|window| window.performance());
}

/// Leaves a mark on the timeline of User Timing.
pub fn mark(name: &str) {
    if let Some(performance) = web_sys::window().and_then(|window| window.performance()) {
        let _ = performance.mark(name);
    }
}

/// Where the slice of work under way began.
const SLICE_BEGAN: &str = "labelscope:slice-began";

/// A slice of the page's own work begins; what the browser does itself, and waiting, is none.
pub fn begin_slice() {
    mark(SLICE_BEGAN);
}

/// The slice that began last ends. It becomes a measure `labelscope:slice` on the timeline, so that the work of an
/// opening can be told from its waiting.
pub fn end_slice() {
    if let Some(performance) = web_sys::window().and_then(|window| window.performance()) {
        // Fails where no slice was begun, which is of no consequence.
        let _ = performance.measure_with_start_mark("labelscope:slice", SLICE_BEGAN);
        performance.clear_marks_with_mark_name(SLICE_BEGAN);
    }
}

/// Calls `then` once, `milliseconds` from now or later.
pub fn after(milliseconds: i32, then: impl FnOnce() + 'static) {
    if let Some(window) = web_sys::window() {
        let callback = Closure::once_into_js(then);
        let callback = callback.unchecked_ref();
        let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(callback, milliseconds);
    }
}

/// Waits so many milliseconds or longer.
pub async fn wait(milliseconds: i32) {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        after(milliseconds, move || {
            let _ = resolve.call0(&JsValue::NULL);
        });
    });
    let _ = JsFuture::from(promise).await;
}

/// Looks, once a second until it is dropped, how long nothing was heard.
pub struct Watch {
    heard: Rc<Cell<f64>>,
    timer: i32,
    _closure: Closure<dyn FnMut()>,
}

impl Watch {
    /// Calls `on_tick` every second with the milliseconds since anything was heard. `None` outside a window.
    pub fn new(on_tick: impl Fn(f64) + 'static) -> Option<Self> {
        let heard = Rc::new(Cell::new(now()));
        let last = heard.clone();
        let closure = Closure::<dyn FnMut()>::new(move || on_tick(now() - last.get()));
        let callback = closure.as_ref().unchecked_ref();
        let window = web_sys::window()?;
        let timer = window.set_interval_with_callback_and_timeout_and_arguments_0(callback, 1000).ok()?;
        Some(Watch { heard, timer, _closure: closure })
    }

    /// Notes that something was heard.
    pub fn hear(&self) {
        self.heard.set(now());
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        if let Some(window) = web_sys::window() {
            window.clear_interval_with_handle(self.timer);
        }
    }
}
