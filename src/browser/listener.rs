//! Listeners for events, taken off when dropped.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Event, EventTarget};

/// A listener that listens until it is dropped.
pub struct Listener {
    target: EventTarget,
    event: &'static str,
    closure: Closure<dyn FnMut(Event)>,
}

impl Listener {
    /// Listens on the window. `E` must be the type of that event. `None` outside a window.
    pub fn on_window<E: JsCast + 'static>(
        event: &'static str,
        handle: impl FnMut(E) + 'static,
    ) -> Option<Self> {
        Listener::on(web_sys::window()?.into(), event, handle)
    }

    /// Listens on the document. `E` must be the type of that event. `None` outside a window.
    pub fn on_document<E: JsCast + 'static>(
        event: &'static str,
        handle: impl FnMut(E) + 'static,
    ) -> Option<Self> {
        Listener::on(web_sys::window()?.document()?.into(), event, handle)
    }

    pub(super) fn on<E: JsCast + 'static>(
        target: EventTarget,
        event: &'static str,
        mut handle: impl FnMut(E) + 'static,
    ) -> Option<Self> {
        let closure = Closure::<dyn FnMut(Event)>::new(move |event: Event| handle(event.unchecked_into()));
        target.add_event_listener_with_callback(event, closure.as_ref().unchecked_ref()).ok()?;
        Some(Listener { target, event, closure })
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let callback = self.closure.as_ref().unchecked_ref();
        let _ = self.target.remove_event_listener_with_callback(self.event, callback);
    }
}
