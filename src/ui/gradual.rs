//! Rows that are made a few at a time, so that no frame is long: as many in a frame as its time allows.
//!
//! Belongs here: when rows are made. Does not belong here: which rows are near (the lists), which of them come first
//! (`labelscope_core::logic::window`).

use crate::browser::timing;
use crate::ui::live::effect;
use labelscope_core::logic::window::with_one_more;
use leptos::prelude::*;
use leptos::task::{spawn_local, tick};
use std::ops::Range;

/// For how many milliseconds of a frame rows are made. Those that are made by then are drawn, the others follow in the
/// next frames.
const ROWS_FOR: f64 = 6.0;

/// The rows of a list that are on the page, on their way to those that are near.
#[derive(Clone, Copy)]
pub struct Gradual {
    rendered: RwSignal<Range<usize>>,
    /// Whether rows are being made.
    is_making: StoredValue<bool>,
    /// Whether rows have been measured in this frame, and no others are any more.
    is_measured: StoredValue<bool>,
}

/// Which rows there are to make.
pub struct Wanted {
    /// Those in view, which come first.
    pub view: Range<usize>,
    /// Those near it, with these.
    pub near: Range<usize>,
}

/// What of the rows to make was made.
#[derive(Clone, Copy, PartialEq)]
enum Made {
    All,
    /// What may be made in this frame.
    AllForNow,
    Some,
}

impl Gradual {
    /// None yet.
    pub fn new() -> Self {
        Gradual {
            rendered: RwSignal::new(0..0),
            is_making: StoredValue::new(false),
            is_measured: StoredValue::new(false),
        }
    }

    /// The rows to render.
    pub fn rows(self) -> Range<usize> {
        self.rendered.get()
    }

    /// To be said where rows are measured. Until the next frame none is made above the others then: it would be drawn before
    /// it is measured, and push them down by what it is higher than it was taken to be.
    pub fn measured(self) {
        if self.is_measured.try_update_value(|is| std::mem::replace(is, true)) == Some(false) {
            request_animation_frame(move || _ = self.is_measured.try_set_value(false));
        }
    }

    /// Makes the first of the rows now, and the others as frames allow; follows whatever `wanted` asks.
    pub fn follow(self, wanted: impl Fn() -> Wanted + Copy + Send + Sync + 'static) {
        self.make(1, wanted);
        effect(move || {
            let Wanted { near, .. } = wanted();
            if self.rendered.with_untracked(|now| *now != near) {
                self.go_on(wanted);
            }
        });
    }

    /// Takes rows that are no longer near off the page and makes up to `count` that are, as far as they may be made in this
    /// frame. `None` where the list is gone.
    fn make(self, count: usize, wanted: impl Fn() -> Wanted) -> Option<Made> {
        let now = self.rendered.try_get_untracked()?;
        let Wanted { view, near } = untrack(wanted);
        let may_be_above = !self.is_measured.get_value();
        let mut next = now.clone();
        let mut made = Made::Some;
        for _ in 0..count {
            let one_more = with_one_more(&next, &view, &near);
            let is_above = one_more.start < next.start && next.start < one_more.end;
            if is_above && !may_be_above {
                made = Made::AllForNow;
                break;
            }
            next = one_more;
        }
        if next == near {
            made = Made::All;
        }
        if next != now {
            self.rendered.set(next);
        }
        Some(made)
    }

    fn go_on(self, wanted: impl Fn() -> Wanted + Copy + 'static) {
        if self.is_making.try_update_value(|is_making| std::mem::replace(is_making, true)) != Some(false) {
            return;
        }
        spawn_local(async move {
            let began = timing::now();
            // Light rows are made more at a time, for each time costs something by itself.
            let mut count = 1;
            while let Some(made @ (Made::Some | Made::AllForNow)) = self.make(count, wanted) {
                // Until they are made.
                tick().await;
                let took = timing::now() - began;
                if made == Made::AllForNow || took > ROWS_FOR {
                    request_animation_frame(move || {
                        self.is_making.try_set_value(false);
                        self.go_on(wanted);
                    });
                    return;
                }
                if took * 4.0 < ROWS_FOR {
                    count *= 2;
                }
            }
            self.is_making.try_set_value(false);
        });
    }
}
