//! How a person likes to read, remembered beyond the page, and how much room the window has.

use crate::browser::query;
use crate::browser::storage::{self, Kept};
use crate::state::AppState;
use crate::state::reading::{Density, Reading};
use crate::state::route::Layout;
use leptos::prelude::*;

/// The names that the choices are remembered under.
const LAYOUT: &str = "labelscope:layout";
const DENSITY: &str = "labelscope:density";

/// The window that has room for texts side by side.
const WIDE: &str = "(min-width: 1000px)";

/// Reads as the person did last time, and remembers what they choose for as long as the page lives.
pub fn follow_reading(state: AppState) {
    let read = |name| storage::read(Kept::ForGood, name);
    state.reading.set(Reading {
        layout: read(LAYOUT).and_then(|key| Layout::from_key(&key)).unwrap_or_default(),
        density: read(DENSITY).and_then(|key| Density::from_key(&key)).unwrap_or_default(),
    });
    Effect::new(move |before: Option<Reading>| {
        let now = state.reading.get();
        if before.is_some_and(|before| before != now) {
            storage::write(Kept::ForGood, LAYOUT, Some(now.layout.key()));
            storage::write(Kept::ForGood, DENSITY, Some(now.density.key()));
        }
        now
    });
    let listener = query::follow(WIDE, move |is_wide| state.is_wide.set(is_wide));
    let _ = StoredValue::new_local(listener);
}
