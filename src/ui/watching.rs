//! Watching the sizes of elements that come and go. Does not belong here: what is made of the sizes.

use crate::browser::resize::{Element, SizeObserver};
use leptos::prelude::*;

/// Has `observer` watch an element until its view is taken away: called where the element is loaded.
pub fn watch(observer: StoredValue<Option<SizeObserver>, LocalStorage>, element: &Element) {
    let watched = observer.with_value(|observer| observer.as_ref().map(|observer| observer.watch(element)));
    StoredValue::new_local(watched);
}
