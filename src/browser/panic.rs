//! What a panic leaves behind: a line on the console, and an event that `boot.js` shows a banner for. The app itself can
//! do nothing more by then.

use wasm_bindgen::JsValue;
use web_sys::{CustomEvent, CustomEventInit};

/// The event of a panic; its detail is the message, with the place in the sources.
const EVENT: &str = "labelscope:panic";

/// Reports every panic from now on.
pub fn report() {
    std::panic::set_hook(Box::new(|panic| {
        console_error_panic_hook::hook(panic);
        let init = CustomEventInit::new();
        init.set_detail(&JsValue::from_str(&panic.to_string()));
        let event = CustomEvent::new_with_event_init_dict(EVENT, &init);
        if let (Some(window), Ok(event)) = (web_sys::window(), event) {
            let _ = window.dispatch_event(&event);
        }
    }));
}
