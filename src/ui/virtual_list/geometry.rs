//! What a list knows of its own geometry, and scrolling it.
//!
//! Belongs here: signals around `labelscope_core::logic::window`, and what the browser is told to scroll to. Does not belong
//! here: which rows are made, what measures them.

use labelscope_core::logic::window::{Anchor, Heights, Spacer};
use leptos::html;
use leptos::prelude::*;
use std::ops::Range;

/// For how many frames a place is aimed at: as long as rows on the way are rendered and measured.
const AIMING: u32 = 6;

/// What a list knows of its own geometry. Made by whoever shows it beside the list as well, else by the list.
#[derive(Clone, Copy)]
pub struct ListGeometry {
    pub(super) heights: StoredValue<Heights, LocalStorage>,
    /// Content pixels above the view.
    pub(super) top: RwSignal<f64>,
    /// Scroll pixels above the view, as the browser reports them.
    pub(super) scroll: RwSignal<f64>,
    pub(super) viewport: RwSignal<f64>,
    /// Changes whenever a height does.
    pub(super) measured: RwSignal<u64>,
    pub(super) scroller: NodeRef<html::Div>,
    /// How often a place was aimed at.
    aims: StoredValue<u64>,
}

impl ListGeometry {
    /// That of a list to be made.
    pub fn new() -> Self {
        ListGeometry {
            heights: StoredValue::new_local(Heights::estimated([])),
            top: RwSignal::new(0.0),
            scroll: RwSignal::new(0.0),
            viewport: RwSignal::new(0.0),
            measured: RwSignal::new(0),
            scroller: NodeRef::new(),
            aims: StoredValue::new(0),
        }
    }

    /// Content pixels above the view; follows every scroll.
    pub fn top(self) -> f64 {
        self.top.get()
    }

    /// The height of the view in pixels.
    pub fn viewport(self) -> f64 {
        self.viewport.get()
    }

    /// Where each row starts and how high it is, in content pixels, as far as is known, and the height of all; follows
    /// every height.
    pub fn rows(self) -> (Vec<(f64, f64)>, f64) {
        self.measured.track();
        self.heights.with_value(|heights| {
            let mut top = 0.0;
            let row = |row| {
                let place = (top, heights.height(row));
                top += place.1;
                place
            };
            ((0..heights.len()).map(row).collect(), heights.total())
        })
    }

    /// The height of all rows, as far as is known; follows every height.
    pub fn total(self) -> f64 {
        self.measured.track();
        self.heights.with_value(Heights::total)
    }

    /// Makes room for rows that have come in at the end.
    pub(super) fn grow(self, count: usize, estimate: f64) {
        self.heights.update_value(|heights| heights.resize(count, estimate));
    }

    /// The rows in view, widened by so many pixels above and below; follows every scroll and every height.
    pub(super) fn rows_near(self, overscan: f64) -> Range<usize> {
        self.measured.track();
        let (top, viewport) = (self.top.get(), self.viewport.get());
        self.heights.with_value(|heights| heights.visible(top, viewport, overscan))
    }

    pub(super) fn spacer(self) -> Spacer {
        Spacer::new(self.heights.with_value(Heights::total), self.viewport.get_untracked())
    }

    /// Takes in how high rows have turned out, and keeps what is in view where it is; at the end of a list that is capped,
    /// the end.
    pub(super) fn measure(self, rows: &[(usize, f64)]) {
        let before = self.spacer();
        let start = self.top.get_untracked();
        let mut top = start;
        let grown = self.heights.try_update_value(|heights| {
            let total = heights.total();
            for &(row, height) in rows {
                top += heights.measure(row, height, top);
            }
            heights.total() - total
        });
        self.measured.update(|times| *times += 1);
        if !self.spacer().is_capped() {
            if top != start {
                self.scroll_to(top);
            }
            return;
        }
        // There the browser cannot scroll on to what has come to be below.
        if before.is_at_end(start) {
            top = start + grown.unwrap_or_default();
        }
        // Rows are placed by what is above the view. To take the browser along would stop a person's own scrolling.
        if top != start {
            self.top.set(top);
        }
    }

    /// Takes in that the browser has scrolled to so many scroll pixels above the view.
    pub(super) fn scrolled(self, scroll: f64) {
        let (top, from) = (self.top.get_untracked(), self.scroll.get_untracked());
        self.scroll.set(scroll);
        self.top.set(self.spacer().scrolled(top, from, scroll));
    }

    /// Scrolls so that so many content pixels lie above the view.
    fn scroll_to(self, top: f64) {
        let Some(scroller) = self.scroller.get_untracked() else { return };
        let spacer = self.spacer();
        // Rows are placed for it at once, so that what is measured before the browser has scrolled is not taken for a move.
        self.top.set(top);
        // The spacer must be as high as it will be before the browser can scroll that far down.
        request_animation_frame(move || {
            let wanted = spacer.to_scroll(top).round();
            scroller.set_scroll_top(wanted as i32);
            // Rows are placed anew before this frame is drawn; the browser says that it has scrolled in the next one.
            let scrolled = f64::from(scroller.scroll_top());
            self.scroll.try_set(scrolled);
            if (scrolled - wanted).abs() > 1.0 {
                // There is no more to scroll to.
                self.top.try_set(spacer.to_content(scrolled));
            }
        });
    }

    /// The place at the top of the view.
    pub fn at_top(self) -> Anchor {
        let top = self.top.get_untracked();
        self.heights.with_value(|heights| heights.anchor(top))
    }

    /// Scrolls so that a place in a row, as a fraction of its height, comes to the middle of the view, whatever the rows
    /// turn out to be when they are rendered.
    pub fn aim_at(self, row: usize, fraction: f64) {
        self.aim(0.5, move |heights| heights.top(row) + fraction * heights.height(row));
    }

    /// Scrolls so that what stands at this content offset, as heights become known, comes to a fraction of the view.
    fn aim(self, down: f64, content: impl Fn(&Heights) -> f64 + Copy + 'static) {
        self.aims.update_value(|aims| *aims += 1);
        self.come_to(down, content, self.aims.get_value(), AIMING);
    }

    /// One step of aiming, for this and the next frames; a later aim takes its place.
    fn come_to(self, down: f64, content: impl Fn(&Heights) -> f64 + Copy + 'static, aim: u64, frames: u32) {
        if self.aims.try_get_value() != Some(aim) {
            return;
        }
        let top = self.heights.with_value(content) - self.viewport.get_untracked() * down;
        self.scroll_to(top.max(0.0));
        if frames > 0 {
            request_animation_frame(move || self.come_to(down, content, aim, frames - 1));
        }
    }

    /// Begins with a place at the top of the view.
    pub(super) fn begin_at(self, place: Anchor) {
        let content = move |heights: &Heights| heights.offset(place);
        match place.below > 0.0 {
            true => self.aim(0.0, content),
            false => self.scroll_to(self.heights.with_value(content)),
        }
    }

    /// Scrolls so that the row begins in the upper part of the view, unless it does so already.
    pub(super) fn reveal(self, row: usize) {
        let row_top = self.heights.with_value(|heights| heights.top(row));
        let (top, viewport) = (self.top.get_untracked(), self.viewport.get_untracked());
        if row_top < top || row_top > top + viewport * 0.6 {
            self.scroll_to(row_top);
        }
    }
}
