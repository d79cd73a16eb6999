//! A list that renders only the rows in view, of whatever height they turn out to have.
//!
//! Belongs here: rows, scrolling, measuring. Does not belong here: what a row shows; the geometry
//! (`labelscope_core::logic::window`).

mod geometry;

use super::gradual::{Gradual, Wanted};
use super::watching;
use crate::browser::resize::{Element, SizeObserver};
use crate::browser::roving;
use crate::ui::live::effect;
pub use geometry::ListGeometry;
use labelscope_core::logic::window::{Anchor, Spacer};
use leptos::html;
use leptos::prelude::*;

/// How far beyond the view rows are rendered, in pixels, so that scrolling shows no gap.
const OVERSCAN: f64 = 300.0;

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

    let observer = StoredValue::new_local(observer(geometry, rendered, start));
    scroller.on_load(move |scroller| {
        watching::watch(observer, &scroller);
    });
    for row in [reveal, sought] {
        follow_reveal(geometry, row, stays);
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

/// Measures the list and its rows, where the browser can; begins with `start` once the list has learnt how high it is.
fn observer(
    geometry: ListGeometry,
    rendered: Gradual,
    start: StoredValue<Option<Anchor>>,
) -> Option<SizeObserver> {
    SizeObserver::new(move |sizes: Vec<(Element, f64, f64)>| {
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
    })
}

/// Brings a row into view whenever it changes, once the list has a height; its first one not where the list `stays`.
fn follow_reveal(geometry: ListGeometry, row: Signal<Option<usize>>, stays: bool) {
    let is_displayed = Memo::new(move |_| geometry.viewport.get() > 0.0);
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
