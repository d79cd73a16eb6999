//! A list that renders only the rows in view, of whatever height they turn out to have.
//!
//! Belongs here: rows, scrolling, measuring. Does not belong here: what a row shows; the geometry
//! (`labelscope_core::logic::window`).

use crate::browser::resize::{Element, SizeObserver};
use labelscope_core::logic::window::{Heights, Spacer};
use leptos::html;
use leptos::prelude::*;

/// How far beyond the view rows are rendered, in pixels, so that scrolling shows no gap.
const OVERSCAN: f64 = 300.0;

/// What a list knows of its own geometry.
#[derive(Clone, Copy)]
struct Geometry {
    heights: StoredValue<Heights, LocalStorage>,
    /// Content pixels above the view.
    top: RwSignal<f64>,
    /// Scroll pixels above the view, as the browser reports them.
    scroll: RwSignal<f64>,
    viewport: RwSignal<f64>,
    /// Changes whenever a height does.
    measured: RwSignal<u64>,
}

impl Geometry {
    fn new(count: usize, estimate: f64) -> Self {
        Geometry {
            heights: StoredValue::new_local(Heights::estimated(std::iter::repeat_n(estimate, count))),
            top: RwSignal::new(0.0),
            scroll: RwSignal::new(0.0),
            viewport: RwSignal::new(0.0),
            measured: RwSignal::new(0),
        }
    }

    /// Makes room for rows that have come in at the end.
    fn grow(self, count: usize, estimate: f64) {
        self.heights.update_value(|heights| {
            if heights.len() != count {
                let known = heights.len();
                let height = |row| if row < known { heights.height(row) } else { estimate };
                *heights = Heights::estimated((0..count).map(height).collect::<Vec<_>>());
            }
        });
    }

    fn spacer(self) -> Spacer {
        Spacer::new(self.heights.with_value(Heights::total), self.viewport.get_untracked())
    }

    /// Takes in how high rows have turned out, and keeps what is in view where it is.
    fn measure(self, rows: &[(usize, f64)], scroller: NodeRef<html::Div>) {
        let mut top = self.top.get_untracked();
        let mut moved = 0.0;
        self.heights.update_value(|heights| {
            for &(row, height) in rows {
                let change = heights.measure(row, height, top);
                top += change;
                moved += change;
            }
        });
        self.measured.update(|times| *times += 1);
        if moved != 0.0 {
            self.scroll_to(top, scroller);
        }
    }

    fn scroll_to(self, top: f64, scroller: NodeRef<html::Div>) {
        let Some(scroller) = scroller.get_untracked() else { return };
        let spacer = self.spacer();
        // Rows are placed for it at once, so that what is measured before the browser has scrolled is not taken for a move.
        self.top.set(top);
        // The spacer must be as high as it will be before the browser can scroll that far down.
        request_animation_frame(move || {
            scroller.set_scroll_top(spacer.to_scroll(top).round() as i32);
        });
    }

    /// Scrolls so that the row begins in the upper part of the view, unless it does so already.
    fn reveal(self, row: usize, scroller: NodeRef<html::Div>) {
        let row_top = self.heights.with_value(|heights| heights.top(row));
        let (top, viewport) = (self.top.get_untracked(), self.viewport.get_untracked());
        if row_top < top || row_top > top + viewport * 0.6 {
            self.scroll_to(row_top, scroller);
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
    /// The scrolling element, for whoever looks for something in it.
    #[prop(optional)]
    scroller: NodeRef<html::Div>,
    /// Makes a row. Behind a pointer, so that all lists share one copy of this.
    #[prop(into)]
    row: Callback<usize, AnyView>,
) -> impl IntoView {
    let geometry = Geometry::new(count.get_untracked(), estimate);
    let grown = Memo::new(move |_| {
        let count = count.get();
        geometry.grow(count, estimate);
        count
    });
    let window = Memo::new(move |_| {
        grown.track();
        geometry.measured.track();
        let (top, viewport) = (geometry.top.get(), geometry.viewport.get());
        geometry.heights.with_value(|heights| heights.visible(top, viewport, OVERSCAN))
    });
    let height = Memo::new(move |_| {
        grown.track();
        geometry.measured.track();
        geometry.viewport.track();
        geometry.spacer().height()
    });
    let shift = Memo::new(move |_| {
        let first = window.get().start;
        geometry.measured.track();
        let row_top = geometry.heights.with_value(|heights| heights.top(first));
        Spacer::place(row_top, geometry.top.get(), geometry.scroll.get())
    });

    let watch = StoredValue::new_local(SizeObserver::new(move |sizes: Vec<(Element, f64, f64)>| {
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
        geometry.measure(&rows, scroller);
    }));
    scroller.on_load(move |scroller| {
        geometry.viewport.set(f64::from(scroller.client_height()));
        watch.with_value(|watch| watch.iter().for_each(|watch| watch.watch(&scroller)));
    });
    let is_displayed = Memo::new(move |_| geometry.viewport.get() > 0.0);
    for row in [reveal, sought] {
        Effect::new(move |_| {
            if let Some(row) = row.get().filter(|_| is_displayed.get()) {
                // After the frame in which the list learns its own height.
                request_animation_frame(move || {
                    // The list may have been taken away by then, and its signals with it.
                    if geometry.top.try_get_untracked().is_some() {
                        geometry.reveal(row, scroller);
                    }
                });
            }
        });
    }
    let on_scroll = move |_| {
        let Some(scroller) = scroller.get_untracked() else { return };
        let scroll = f64::from(scroller.scroll_top());
        geometry.scroll.set(scroll);
        geometry.top.set(geometry.spacer().to_content(scroll));
    };
    let render = move |index: usize| {
        let element = NodeRef::<html::Li>::new();
        element.on_load(move |element| {
            watch.with_value(|watch| watch.iter().for_each(|watch| watch.watch(&element)));
        });
        view! {
            <li node_ref=element data-row=index aria-posinset=index + 1 aria-setsize=move || grown.get()>
                {row.run(index)}
            </li>
        }
    };
    view! {
        <div class=class node_ref=scroller on:scroll=on_scroll tabindex="0">
            <div class="spacer" style:height=move || format!("{}px", height.get())>
                <ol class="rows" aria-label=label style:transform=move || format!("translateY({}px)", shift.get())>
                    <For each=move || window.get() key=|index| *index children=render/>
                </ol>
            </div>
        </div>
    }
}
