//! The table: as high as all rows, of which only those in view are there. All rows are of one height, so that any of
//! them is found without measuring the others.

use super::cells::cells;
use crate::browser::resize::{Element, SizeObserver};
use crate::browser::{focus, roving, scroll};
use crate::state::filter::chips;
use crate::state::findings::{Column, FindingsPlace, Order, TableRow};
use crate::state::navigate::Step;
use crate::state::route::Route;
use crate::state::selection::finding_address;
use crate::state::{AppState, Opened};
use crate::ui::gradual::{Gradual, Wanted};
use crate::ui::later::once_rendered;
use crate::ui::live::{While, each, effect, live};
use crate::ui::watching;
use labelscope_core::domain::Id;
use labelscope_core::logic::window::Spacer;
use leptos::html;
use leptos::prelude::*;
use std::ops::Range;
use std::sync::Arc;

/// The height of a row before one was measured, in pixels.
const ROW: f64 = 38.0;
/// How far beyond the view rows are rendered, in pixels.
const OVERSCAN: f64 = 300.0;

/// Where the table is scrolled, and how large it is.
#[derive(Clone, Copy)]
struct Geometry {
    count: Signal<usize>,
    row: RwSignal<f64>,
    viewport: RwSignal<f64>,
    scroll: RwSignal<f64>,
}

impl Geometry {
    fn spacer(self) -> Spacer {
        Spacer::new(self.count.get() as f64 * self.row.get(), self.viewport.get())
    }

    /// The rows in view, widened by so many pixels above and below.
    fn rows_near(self, overscan: f64) -> Range<usize> {
        let (row, count) = (self.row.get(), self.count.get());
        let top = self.spacer().to_content(self.scroll.get());
        // Both are far below 2⁵³ and never negative; a cast saturates.
        let first = ((top - overscan) / row).floor().max(0.0) as usize;
        let end = ((top + self.viewport.get() + overscan) / row).ceil().max(0.0) as usize;
        first.min(count)..end.min(count)
    }

    /// Where in the spacer the first of the rendered rows stands.
    fn shift(self, first: usize) -> f64 {
        let (scroll, spacer) = (self.scroll.get(), self.spacer());
        Spacer::place(first as f64 * self.row.get(), spacer.to_content(scroll), scroll)
    }

    /// The scroll offset that brings a row into view; `None` where it is in view.
    fn reveal(self, at: usize) -> Option<f64> {
        let (row, viewport) = (self.row.get_untracked(), self.viewport.get_untracked());
        let spacer = untrack(move || self.spacer());
        let (top, bottom) = (at as f64 * row, (at + 1) as f64 * row);
        let seen = spacer.to_content(self.scroll.get_untracked());
        if top < seen {
            Some(spacer.to_scroll(top))
        } else if bottom > seen + viewport {
            Some(spacer.to_scroll(bottom - viewport))
        } else {
            None
        }
    }
}

/// The table of findings.
#[component]
pub fn FindingsTable(
    /// The export.
    opened: Arc<Opened>,
    /// The rows.
    shown: Memo<Arc<[TableRow]>>,
) -> impl IntoView {
    let state = expect_context::<AppState>();
    let count = Signal::derive(move || shown.with(|shown| shown.len()));
    let geometry =
        Geometry { count, row: RwSignal::new(ROW), viewport: RwSignal::new(0.0), scroll: RwSignal::new(0.0) };
    let scroller = NodeRef::<html::Div>::new();
    let observer = StoredValue::new_local(observer(geometry));
    scroller.on_load(move |scroller| {
        watching::watch(observer, &scroller);
    });
    come_back(state, scroller);
    begin_other_rows_at_the_top(state, geometry, scroller);

    let rendered = Gradual::new();
    rendered.follow(move || Wanted { view: geometry.rows_near(0.0), near: geometry.rows_near(OVERSCAN) });
    let each = move || {
        let window = rendered.rows();
        shown.with(|shown| {
            let rows = shown.get(window.clone()).unwrap_or_default();
            window.zip(rows.iter().copied()).collect::<Vec<_>>()
        })
    };
    let settle = move || {
        if let Some(scroller) = scroller.try_get_untracked().flatten() {
            roving::settle(&scroller, ".open");
        }
    };
    effect(move || {
        rendered.rows();
        shown.track();
        // Once the rows are on the page.
        request_animation_frame(settle);
    });
    let focused = RwSignal::new(None::<usize>);
    let row = move |(index, row): (usize, TableRow)| {
        let remember = move || remember(state, geometry, Some(index));
        let cells = cells(state, &opened, &row, remember);
        let id = row.finding(&opened).and_then(|finding| finding_address(&opened, finding));
        line(state, observer, focused, (index, id), cells)
    };
    view! {
        <div
            class="grid"
            class:none=move || count.get() == 0
            role="table"
            aria-label="Findings"
            aria-rowcount=move || count.get() + 1
            aria-colcount=Column::ALL.len()
        >
            <div role="rowgroup" class="ghead"><Heads/></div>
            <div
                role="rowgroup"
                class="gbody"
                tabindex="-1"
                node_ref=scroller
                on:scroll=move |_| scrolled(state, geometry, scroller)
                on:focusin=move |_| settle()
                on:keydown=move |event| step(geometry, scroller, focused, &event)
            >
                <div class="spacer" role="presentation" style:height=move || format!("{}px", geometry.spacer().height())>
                    <div
                        class="rows"
                        role="presentation"
                        style:transform=move || format!("translateY({}px)", geometry.shift(rendered.rows().start))
                    >
                        <For each=each key=|one| *one children=row/>
                    </div>
                </div>
            </div>
        </div>
        <While when=move || count.get() == 0><NothingLeft/></While>
    }
}

/// Measures the table and its rows, where the browser can.
fn observer(geometry: Geometry) -> Option<SizeObserver> {
    SizeObserver::new(move |sizes: Vec<(Element, f64, f64)>| {
        for (element, _, height) in sizes {
            let is_row = element.has_attribute("data-row");
            let known = if is_row { geometry.row } else { geometry.viewport };
            if height > 0.0 && (known.get_untracked() - height).abs() > 0.01 {
                known.set(height);
            }
        }
    })
}

/// Scrolls to the top where the address asks for other rows, or in another order.
fn begin_other_rows_at_the_top(state: AppState, geometry: Geometry, scroller: NodeRef<html::Div>) {
    let asked = Memo::new(move |_| state.route.with(Route::unselected));
    Effect::new(move |before: Option<Route>| {
        let now = asked.get();
        // To set what is set already would lay the page out in between.
        if before.is_some_and(|before| before != now)
            && geometry.scroll.get_untracked() > 0.0
            && let Some(scroller) = scroller.get_untracked()
        {
            scroll::set_top(&scroller, 0.0);
        }
        now
    });
}

/// Takes in how far the table is scrolled now.
fn scrolled(state: AppState, geometry: Geometry, scroller: NodeRef<html::Div>) {
    let Some(scroller) = scroller.get_untracked() else { return };
    geometry.scroll.set(scroll::top(&scroller));
    // What the scrolling to a row tells may arrive after that row was opened.
    let here = state.route.with_untracked(Route::unselected);
    let opened = state
        .findings_place
        .with_value(|place| place.as_ref().filter(|place| place.route == here).and_then(|place| place.row));
    remember(state, geometry, opened);
}

/// The row at `index`, of the finding of this id, with these cells.
fn line(
    state: AppState,
    observer: StoredValue<Option<SizeObserver>, LocalStorage>,
    focused: RwSignal<Option<usize>>,
    (index, id): (usize, Option<Id>),
    cells: AnyView,
) -> AnyView {
    let element = NodeRef::<html::Div>::new();
    element.on_load(move |element| {
        watching::watch(observer, &element);
    });
    let finding = id.as_ref().map(ToString::to_string);
    let is_current = move || state.route.with(|route| id.is_some() && route.finding == id).then_some("true");
    view! {
        <div
            role="row"
            class="row"
            node_ref=element
            data-row=index
            data-finding=finding
            aria-rowindex=index + 2
            aria-current=is_current
            on:focusin=move |_| focused.set(Some(index))
        >
            {cells}
        </div>
    }
    .into_any()
}

/// Notes where the person is, so that coming back leads there; with the row that is being opened, if one is.
fn remember(state: AppState, geometry: Geometry, row: Option<usize>) {
    let route = state.route.with_untracked(Route::unselected);
    let scroll = geometry.scroll.get_untracked();
    state.findings_place.set_value(Some(FindingsPlace { route, scroll, row }));
}

/// Goes back to where the person was, if the table is the same, and to the row that was opened from it.
fn come_back(state: AppState, scroller: NodeRef<html::Div>) {
    let here = state.route.with_untracked(Route::unselected);
    let Some(place) = state.findings_place.get_value().filter(|place| place.route == here) else { return };
    // One frame for the table to learn its size, one for the spacer to have its height.
    once_rendered(1, move || {
        // The table may have been left by then.
        if let Some(scroller) = scroller.try_get_untracked().flatten() {
            scroll::set_top(&scroller, place.scroll);
            place.row.into_iter().for_each(|row| focus_on(row, focus::is_nowhere));
        }
        true
    });
}

fn link_of(row: usize) -> String {
    format!(".grid [data-row=\"{row}\"] .open")
}

/// Moves the focus from row to row by the arrow keys, to either end by Home and End.
fn step(
    geometry: Geometry,
    scroller: NodeRef<html::Div>,
    focused: RwSignal<Option<usize>>,
    event: &leptos::ev::KeyboardEvent,
) {
    if roving::has_modifier(event) {
        return;
    }
    let count = geometry.count.get_untracked();
    let at = focused.get_untracked();
    let next = match (event.key().as_str(), at) {
        ("ArrowDown", Some(at)) => Step::On.from(at, count),
        ("ArrowUp", Some(at)) => Step::Back.from(at, count),
        ("Home", Some(_)) => Some(0),
        ("End", Some(_)) => count.checked_sub(1),
        _ => None,
    };
    let (Some(next), Some(scroller)) = (next, scroller.get_untracked()) else { return };
    event.prevent_default();
    if let Some(scroll) = geometry.reveal(next) {
        scroll::set_top(&scroller, scroll);
    }
    focus_on(next, || true);
}

/// Moves the focus to a row once it is on the page, as long as it `may` go there.
fn focus_on(row: usize, may: fn() -> bool) {
    once_rendered(0, move || !may() || focus::focus(&link_of(row)));
}

/// The heads of the columns; each sorts.
#[component]
fn Heads() -> impl IntoView {
    let state = expect_context::<AppState>();
    let order = Memo::new(move |_| state.route.with(|route| Order::of(route.sort.as_deref())));
    let head = move |column: Column| {
        let sorted = move || {
            let order = order.get();
            (order.column == column).then_some(if order.descends { "descending" } else { "ascending" })
        };
        let toggle = move |_| {
            let next = order.get_untracked().toggled(column);
            state.route.update(|route| route.sort = next.word());
        };
        let class = format!("h-{}", column.key());
        view! {
            <div role="columnheader" class=class aria-sort=sorted>
                <button type="button" on:click=toggle>{column.title()}</button>
            </div>
        }
    };
    view! { <div role="row" class="row" aria-rowindex="1">{each(Column::ALL, head)}</div> }
}

#[component]
fn NothingLeft() -> impl IntoView {
    let state = expect_context::<AppState>();
    let is_filtered = move || state.route.with(|route| !chips(route).is_empty());
    let clear = move |_| {
        state.clear_filters();
    };
    view! {
        <div class="empty">
            <b>"No findings"</b>
            {live(move || match is_filtered() {
                true => view! {
                    <p>"None is left by these filters."</p>
                    <button type="button" class="btn" on:click=clear>"Clear all filters"</button>
                }
                .into_any(),
                false => view! { <p>"No tier marked a piece of text."</p> }.into_any(),
            })}
        </div>
    }
}
