//! Rows that show the tiers one after the other once these are there, so that no frame is long.
//!
//! Belongs here: whose turn it is. Does not belong here: what a row shows, or which rows there are (`gradual`).

use crate::browser::timing;
use crate::state::AppState;
use crate::ui::live::effect;
use leptos::prelude::*;
use leptos::task::{spawn_local, tick};
use std::collections::VecDeque;

/// For how many milliseconds of a frame rows take their turns.
const TURNS_FOR: f64 = 6.0;

/// The rows that were made before the tiers were there, in the order in which they were made.
#[derive(Clone, Copy)]
pub struct Turns {
    state: AppState,
    waiting: StoredValue<VecDeque<WriteSignal<bool>>>,
}

/// Whether a row may show the tiers.
#[derive(Clone, Copy)]
pub struct Turn(Signal<bool>);

impl Turn {
    /// Of a row that waits for no other.
    pub fn come() -> Self {
        Turn(Signal::stored(true))
    }

    /// Whether it has come; follows that. To be asked before the tiers are, so that a row is not made anew in vain.
    pub fn has_come(self) -> bool {
        self.0.get()
    }
}

impl Turns {
    /// No row yet. Once the tiers are there, rows show them together where `together` says so.
    pub fn new(state: AppState, together: impl Fn() -> bool + 'static) -> Self {
        let turns = Turns { state, waiting: StoredValue::new(VecDeque::new()) };
        effect(move || {
            if state.opened.with(Option::is_some) {
                match untrack(&together) {
                    true => while turns.next().is_some() {},
                    false => turns.go_on(),
                }
            }
        });
        turns
    }

    /// The turn of a row that is being made.
    pub fn join(self) -> Turn {
        if self.state.opened.with_untracked(Option::is_some) {
            return Turn::come();
        }
        let (turn, set_turn) = signal(false);
        self.waiting.update_value(|waiting| waiting.push_back(set_turn));
        Turn(turn.into())
    }

    /// The next row shows the tiers. `None` where there is none.
    fn next(self) -> Option<()> {
        let next = self.waiting.try_update_value(VecDeque::pop_front)??;
        // The row may have been taken off the page by then.
        next.try_set(true);
        Some(())
    }

    fn go_on(self) {
        spawn_local(async move {
            let began = timing::now();
            while self.next().is_some() {
                // Until it does.
                tick().await;
                if timing::now() - began > TURNS_FOR {
                    request_animation_frame(move || self.go_on());
                    return;
                }
            }
        });
    }
}
