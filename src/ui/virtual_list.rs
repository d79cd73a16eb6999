//! A list that renders only the rows in view, of whatever height they turn out to have.
//!
//! Belongs here: rows, scrolling, measuring. Does not belong here: what a row shows; the geometry
//! (`labelscope_core::logic::window`).

use super::gradual::{Gradual, Wanted};
use super::watching;
use crate::browser::resize::{Element, SizeObserver};
use crate::browser::roving;
use crate::ui::live::effect;
use labelscope_core::logic::window::{Anchor, Heights, Spacer};
use leptos::html;
use leptos::prelude::*;
use std::ops::Range;

/// How far beyond the view rows are rendered, in pixels, so that scrolling shows no gap.
const OVERSCAN: f64 = 300.0;

/// For how many frames a place is aimed at: as long as rows on the way are rendered and measured.
const AIMING: u32 = 6;

/// What a list knows of its own geometry. Made by whoever shows it beside the list as well, else by the list.
#[derive(Clone, Copy)]
pub struct ListGeometry {
    heights: StoredValue<Heights, LocalStorage>,
    /// Content pixels above the view.
    top: RwSignal<f64>,
    /// Scroll pixels above the view, as the browser reports them.
    scroll: RwSignal<f64>,
    viewport: RwSignal<f64>,
    /// Changes whenever a height does.
    measured: RwSignal<u64>,
    scroller: NodeRef<html::Div>,
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
    fn grow(self, count: usize, estimate: f64) {
        self.heights.update_value(|heights| heights.resize(count, estimate));
    }

    /// The rows in view, widened by so many pixels above and below; follows every scroll and every height.
    fn rows_near(self, overscan: f64) -> Range<usize> {
        self.measured.track();
        let (top, viewport) = (self.top.get(), self.viewport.get());
        self.heights.with_value(|heights| heights.visible(top, viewport, overscan))
    }

    fn spacer(self) -> Spacer {
        Spacer::new(self.heights.with_value(Heights::total), self.viewport.get_untracked())
    }

    /// Takes in how high rows have turned out, and keeps what is in view where it is; at the end of a list that is capped,
    /// the end.
    fn measure(self, rows: &[(usize, f64)]) {
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
    fn scrolled(self, scroll: f64) {
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
    fn begin_at(self, place: Anchor) {
        let content = move |heights: &Heights| heights.offset(place);
        match place.below > 0.0 {
            true => self.aim(0.0, content),
            false => self.scroll_to(self.heights.with_value(content)),
        }
    }

    /// Scrolls so that the row begins in the upper part of the view, unless it does so already.
    fn reveal(self, row: usize) {
        let row_top = self.heights.with_value(|heights| heights.top(row));
        let (top, viewport) = (self.top.get_untracked(), self.viewport.get_untracked());
        if row_top < top || row_top > top + viewport * 0.6 {
            self.scroll_to(row_top);
        }
    }
}

/// A scrolling list of `count` rows, each made by `row` from its index.
#[component]
pub fn VirtualList(
    /// How many rows there are. May grow.
    #[prop(into)]
    count: Signal<usize>,
    /// The height of a row that was not measured yet, in pixels.
    estimate: f64,
    /// The row to bring into view, whenever it changes. A row that is in view stays where it is.
    #[prop(into)]
    reveal: Signal<Option<usize>>,
    /// A row to bring into view each time it is set, be it to the same.
    #[prop(optional, into)]
    sought: Signal<Option<usize>>,
    /// What the list is called.
    #[prop(into)]
    label: String,
    /// Classes of the scrolling element.
    class: &'static str,
    /// Its geometry, for whoever follows it.
    #[prop(default = ListGeometry::new())]
    geometry: ListGeometry,
    /// The place to begin with.
    #[prop(default = None)]
    start: Option<Anchor>,
    /// Whether a row to bring into view waits for its first change.
    #[prop(optional)]
    stays: bool,
    /// Finds in each row what the keyboard can be on, where a row is one item: the list is one stop of the tab key then, at
    /// the row that is brought into view, and the arrow keys go from row to row.
    #[prop(optional)]
    items: Option<&'static str>,
    /// Makes a row. Behind a pointer, so that all lists share one copy of this.
    #[prop(into)]
    row: Callback<usize, AnyView>,
) -> impl IntoView {
    let scroller = geometry.scroller;
    geometry.grow(count.get_untracked(), estimate);
    let grown = Memo::new(move |_| {
        let count = count.get();
        geometry.grow(count, estimate);
        count
    });
    if let Some(place) = start {
        geometry.top.set(geometry.heights.with_value(|heights| heights.offset(place)));
    }
    // Once the list has learnt how high it is, and what it begins with.
    let start = StoredValue::new(start);
    let rendered = Gradual::new();
    rendered.follow(move || {
        // Asked for, not only followed: that makes room for the rows, and what was never asked for tells of no change.
        grown.get();
        Wanted { view: geometry.rows_near(0.0), near: geometry.rows_near(OVERSCAN) }
    });
    let height = Memo::new(move |_| {
        grown.get();
        geometry.measured.track();
        geometry.viewport.track();
        geometry.spacer().height()
    });
    let shift = Memo::new(move |_| {
        let first = rendered.rows().start;
        geometry.measured.track();
        let row_top = geometry.heights.with_value(|heights| heights.top(first));
        Spacer::place(row_top, geometry.top.get(), geometry.scroll.get())
    });

    let observer = StoredValue::new_local(SizeObserver::new(move |sizes: Vec<(Element, f64, f64)>| {
        let row_of = |element: &Element| -> Option<usize> { element.get_attribute("data-row")?.parse().ok() };
        // A list that is not displayed has rows of no height, which says nothing about them.
        let rows: Vec<(usize, f64)> = sizes
            .iter()
            .filter(|(_, _, height)| *height > 0.0)
            .filter_map(|(element, _, height)| Some((row_of(element)?, *height)))
            .collect();
        if let Some((_, _, height)) = sizes.iter().find(|(element, ..)| row_of(element).is_none()) {
            geometry.viewport.set(*height);
        }
        if !rows.is_empty() {
            rendered.measured();
        }
        geometry.measure(&rows);
        if let Some(place) = start.try_update_value(Option::take).flatten() {
            geometry.begin_at(place);
        }
    }));
    scroller.on_load(move |scroller| {
        watching::watch(observer, &scroller);
    });
    let is_displayed = Memo::new(move |_| geometry.viewport.get() > 0.0);
    for row in [reveal, sought] {
        Effect::new(move |was_displayed: Option<bool>| {
            let (row, is_displayed) = (row.get(), is_displayed.get());
            let is_news = !stays || was_displayed == Some(true);
            if let Some(row) = row.filter(|_| is_displayed && is_news) {
                // After the frame in which the list learns its own height.
                request_animation_frame(move || {
                    // The list may have been taken away by then, and its signals with it.
                    if geometry.top.try_get_untracked().is_some() {
                        geometry.reveal(row);
                    }
                });
            }
            is_displayed
        });
    }
    let on_scroll = move |_| {
        let Some(scroller) = scroller.get_untracked() else { return };
        geometry.scrolled(f64::from(scroller.scroll_top()));
    };
    let settle = move || {
        if let Some((items, scroller)) = items.zip(scroller.try_get_untracked().flatten()) {
            roving::settle(&scroller, items);
        }
    };
    if items.is_some() {
        effect(move || {
            rendered.rows();
            reveal.track();
            // Once the rows are on the page, and the one that is revealed is marked as current.
            request_animation_frame(settle);
        });
    }
    let on_key = move |event: leptos::ev::KeyboardEvent| {
        if let Some((items, scroller)) = items.zip(scroller.get_untracked())
            && roving::step(&scroller, items, &event)
        {
            event.prevent_default();
        }
    };
    let stop_label = items.is_none().then(|| label.clone());
    let render = move |index: usize| {
        let element = NodeRef::<html::Li>::new();
        element.on_load(move |element| {
            watching::watch(observer, &element);
        });
        view! {
            <li node_ref=element data-row=index aria-posinset=index + 1 aria-setsize=move || grown.get()>
                {row.run(index)}
            </li>
        }
    };
    view! {
        <div
            class=class
            node_ref=scroller
            // Where items are the stop, what scrolls is none: an engine makes one of it by itself.
            tabindex=if items.is_none() { "0" } else { "-1" }
            role=items.is_none().then_some("group")
            aria-label=stop_label
            on:scroll=on_scroll
            on:keydown=on_key
            on:focusin=move |_| settle()
        >
            <div class="spacer" style:height=move || format!("{}px", height.get())>
                // Without signs before its items, WebKit takes a list for none.
                <ol role="list" class="rows" aria-label=label style:transform=move || format!("translateY({}px)", shift.get())>
                    <For each=move || rendered.rows() key=|index| *index children=render/>
                </ol>
            </div>
        </div>
    }
}
