//! How a person likes to read, remembered beyond the page, and how much room the window has.

use crate::browser::storage::{self, Kept};
use crate::browser::{page, query};
use crate::state::AppState;
use crate::state::reading::{Density, Reading};
use crate::state::route::Layout;
use crate::ui::live::effect;
use leptos::prelude::*;

/// The names that the choices are remembered under.
const LAYOUT: &str = "labelscope:layout";
const DENSITY: &str = "labelscope:density";
const LETTERS: &str = "labelscope:letters";
const KEYS_OFF: &str = "labelscope:keys-off";
const LEGEND_OFF: &str = "labelscope:legend-off";

/// The window that has room for texts side by side.
const WIDE: &str = "(min-width: 1000px)";
/// The window that has room for one pane, as the style sheet has it.
const NARROW: &str = "(max-width: 820px)";
/// The page that has no colours of labels.
const COLORLESS: &str = "(forced-colors: active), (monochrome)";

/// Reads as the person did last time, and remembers what they choose for as long as the page lives.
pub fn follow_reading(state: AppState) {
    let read = |name| storage::read(Kept::ForGood, name);
    state.reading.set(Reading {
        layout: read(LAYOUT).and_then(|key| Layout::from_key(&key)).unwrap_or_default(),
        density: read(DENSITY).and_then(|key| Density::from_key(&key)).unwrap_or_default(),
        letters: read(LETTERS).and_then(|key| [false, true].into_iter().find(|on| on_or_off(*on) == key)),
        keys_off: read(KEYS_OFF).is_some(),
        legend_off: read(LEGEND_OFF).is_some(),
    });
    Effect::new(move |before: Option<Reading>| {
        let now = state.reading.get();
        if before.is_some_and(|before| before != now) {
            storage::write(Kept::ForGood, LAYOUT, Some(now.layout.key()));
            storage::write(Kept::ForGood, DENSITY, Some(now.density.key()));
            storage::write(Kept::ForGood, LETTERS, now.letters.map(on_or_off));
            storage::write(Kept::ForGood, KEYS_OFF, now.keys_off.then_some("1"));
            storage::write(Kept::ForGood, LEGEND_OFF, now.legend_off.then_some("1"));
        }
        now
    });
    let has_letters = Memo::new(move |_| state.has_letters());
    effect(move || page::set_letters(on_or_off(has_letters.get())));
    let listeners = (
        query::follow(WIDE, move |is_wide| state.is_wide.set(is_wide)),
        query::follow(NARROW, move |is_narrow| state.is_narrow.set(is_narrow)),
        query::follow(COLORLESS, move |is_colorless| state.is_colorless.set(is_colorless)),
    );
    let _ = StoredValue::new_local(listeners);
}

const fn on_or_off(is_on: bool) -> &'static str {
    if is_on { "on" } else { "off" }
}
