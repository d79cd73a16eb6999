//! Lets the browser do what waits: draw, answer clicks, receive.

use super::timing;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::MessageChannel;

/// Goes on in a task of its own, after what waits already. By a message and not by a timer, since timers are slowed
/// down in background tabs.
pub async fn pause() {
    let Ok(channel) = MessageChannel::new() else { return };
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        channel.port1().set_onmessage(Some(&resolve));
        if channel.port2().post_message(&JsValue::NULL).is_err() {
            let _ = resolve.call0(&JsValue::NULL);
        }
    });
    let _ = JsFuture::from(promise).await;
    channel.port1().set_onmessage(None);
    channel.port1().close();
}

/// How long the page works before it lets the browser draw and answer, in milliseconds.
const SLICE_MS: f64 = 12.0;

/// How long it works on what a person waits for, and would else wait for a frame longer.
const AWAITED_MS: f64 = 24.0;

/// Long work in short slices: between any two of its steps it asks to rest.
pub struct Slices {
    began: f64,
    lasting: f64,
}

impl Slices {
    /// A slice begins now.
    pub fn begin() -> Self {
        Slices { began: timing::now(), lasting: SLICE_MS }
    }

    /// The same for work that is done within a frame or two, and that a person waits for: its slices are longer.
    pub fn begin_awaited() -> Self {
        Slices { lasting: AWAITED_MS, ..Slices::begin() }
    }

    /// Whether the slice has lasted long enough.
    pub fn is_over(&self) -> bool {
        timing::now() - self.began >= self.lasting
    }

    /// Lets the browser do what waits, if the slice has lasted long enough.
    pub async fn rest(&mut self) {
        if self.is_over() {
            self.end().await;
        }
    }

    /// Lets the browser do what waits, however short the slice was.
    pub async fn end(&mut self) {
        pause().await;
        self.began = timing::now();
    }
}
