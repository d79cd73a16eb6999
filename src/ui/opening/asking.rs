//! Asking before much is read on a small device. Nothing is taken from the file or the server while the question stands.

use super::OpenWhat;
use super::bytes::{Incoming, Way};
use crate::browser::frame::next_frame;
use crate::browser::memory;
use crate::state::AppState;
use crate::state::heavy::{Question, Weight, is_small};
use crate::state::load::LoadId;
use leptos::prelude::*;

/// What is to be asked about `what`, whose first byte has not been read; `None` where nothing is.
pub(super) fn question(
    state: AppState,
    id: LoadId,
    what: &OpenWhat,
    incoming: &Incoming,
) -> Option<Question> {
    if !is_small(state.is_narrow.get_untracked(), memory::of_device()) {
        return None;
    }
    let weight = match (&incoming.way, what) {
        (Way::Network, _) => Weight::Sent(incoming.total?),
        (Way::File(_), _) => Weight::File(incoming.total?),
        (Way::Compressed(_), OpenWhat::File(file) | OpenWhat::Handed { file, .. }) => {
            Weight::Packed(file.size())
        }
        (Way::Compressed(_), _) => return None,
    };
    let title = what.origin().title().to_owned();
    weight.is_heavy().then_some(Question { id, title, weight })
}

/// Asks, and waits until the person has answered; `goes_on` says in between whether there is still anything to wait for.
pub(super) async fn answered(state: AppState, question: Question, goes_on: impl Fn() -> bool) {
    let id = question.id;
    state.question.set(Some(question));
    let is_asked = || state.question.with_untracked(|asked| asked.as_ref().is_some_and(|one| one.id == id));
    while is_asked() && goes_on() {
        next_frame().await;
    }
    if is_asked() {
        state.question.set(None);
    }
}
