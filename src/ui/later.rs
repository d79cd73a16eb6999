//! What of a screen waits for a frame or more, so that no frame is long: what a person looks at first comes first.

use crate::ui::live::live;
use leptos::prelude::*;

/// Whether so many frames have been drawn since this was called.
pub fn after_frames(count: u32) -> ReadSignal<bool> {
    let (is_due, set_due) = signal(false);
    once_rendered(count, move || {
        // The screen may have been left by then, and the signal with it.
        set_due.try_set(true);
        true
    });
    is_due
}

/// For how many frames something may be on its way to the page.
const RENDERING: u32 = 60;

/// Calls `act` at the beginning of each frame until it says that it is done, but not of the first so many, and not for ever:
/// what it waits for may never come.
pub fn once_rendered(not_before: u32, act: impl Fn() -> bool + 'static) {
    fn look(frame: u32, not_before: u32, act: impl Fn() -> bool + 'static) {
        request_animation_frame(move || {
            let is_over = frame >= RENDERING || (frame >= not_before && act());
            if !is_over {
                look(frame + 1, not_before, act);
            }
        });
    }
    look(0, not_before, act);
}

/// Counts how often what `follow` reads has changed and been drawn: what takes long and is not looked at first waits for it.
pub fn once_drawn(follow: impl Fn() + 'static) -> ReadSignal<u32> {
    fn boxed(follow: Box<dyn Fn()>) -> ReadSignal<u32> {
        let (times, set_times) = signal(0);
        Effect::new(move |is_change: Option<()>| {
            follow();
            if is_change.is_some() {
                once_rendered(1, move || {
                    // The screen may have been left by then, and the signal with it.
                    set_times.try_update(|times| *times += 1);
                    true
                });
            }
        });
        times
    }
    boxed(Box::new(follow))
}

/// A view that follows so many frames later.
pub fn later(frames: u32, view: impl Fn() -> AnyView + Send + Sync + 'static) -> AnyView {
    let is_due = after_frames(frames);
    live(move || is_due.get().then(&view))
}
