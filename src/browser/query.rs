//! Media queries: whether they hold, and when that changes.

use super::listener::Listener;
use web_sys::Event;

/// Calls `on_change` with whether `query` holds, at once and whenever that changes, until what is returned is dropped.
/// `None` where the browser knows no media queries; then it was called not once.
pub fn follow(query: &str, mut on_change: impl FnMut(bool) + 'static) -> Option<Listener> {
    let list = web_sys::window()?.match_media(query).ok()??;
    on_change(list.matches());
    let changed = list.clone();
    Listener::on(list.into(), "change", move |_: Event| on_change(changed.matches()))
}
