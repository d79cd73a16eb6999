//! Elements and texts that come and go.

use super::highlight::all;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{MutationObserver, MutationObserverInit};

/// Watches what is inside some elements until it is dropped.
pub struct Mutations {
    observer: MutationObserver,
    _closure: Closure<dyn FnMut()>,
}

impl Mutations {
    /// Calls `on_change` after anything was added to or taken out of an element that `selector` finds now. `None` where
    /// the browser refuses.
    pub fn inside(selector: &str, on_change: impl FnMut() + 'static) -> Option<Self> {
        let closure = Closure::<dyn FnMut()>::new(on_change);
        let observer = MutationObserver::new(closure.as_ref().unchecked_ref()).ok()?;
        let what = MutationObserverInit::new();
        what.set_child_list(true);
        what.set_subtree(true);
        for element in all(selector) {
            observer.observe_with_options(&element, &what).ok()?;
        }
        Some(Mutations { observer, _closure: closure })
    }
}

impl Drop for Mutations {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
