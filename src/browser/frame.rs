//! The next frame that the browser draws.

use wasm_bindgen_futures::JsFuture;

/// Waits until just before the browser draws again. In a background tab that may be never: nothing that must go on
/// may wait for it.
pub async fn next_frame() {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        if let Some(window) = web_sys::window() {
            let _ = window.request_animation_frame(&resolve);
        }
    });
    let _ = JsFuture::from(promise).await;
}

/// Waits until the browser has drawn once: the next frame, and the task after it.
pub async fn painted() {
    next_frame().await;
    super::pause::pause().await;
}
