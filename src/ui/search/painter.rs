//! Hits painted where they stand in the page.
//!
//! What is on the page is searched anew, a few screens of text, in place of looking its hits up: so what is painted is what
//! is there, whatever layout put it there, and also where hits are no longer kept.

use super::reveal::{Spot, reveal};
use crate::browser::frame::next_frame;
use crate::browser::highlight::{all, paint, ranges_in, set_none_paintable, set_paintable};
use crate::browser::mutations::Mutations;
use crate::state::AppState;
use crate::state::search::Search;
use crate::ui::later::after_frames;
use crate::ui::live::effect;
use labelscope_core::domain::{Span, Utf8Bytes};
use labelscope_core::logic::search::{Query, in_utf16};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The highlights that the style sheet names.
const HITS: &str = "search-hit";
const CURRENT: &str = "search-current";

/// Whatever holds a text that is searched, and nothing else.
const TEXTS: &str = "#main [data-part], #main .extra dt, #main .extra pre, #main .tool > header :is(b, .id), \
    #main .json, .inspect .why dd, .inspect .cmp td";
/// What holds those that come and go.
const PANES: &str = "#main, .inspect";
/// How many frames after the search the inspector is surely there, where both come with the screen.
const INSPECTOR: u32 = 4;
/// How many hits in one text are painted; more than that is no longer looked at one by one.
const MOST: usize = 2_000;

/// Paints hits for as long as it is on the page.
#[component]
pub(super) fn HitPainter() -> impl IntoView {
    let state = expect_context::<AppState>();
    let is_due = StoredValue::new(false);
    let repaint = move || {
        if is_due.try_get_value() != Some(false) {
            return;
        }
        is_due.set_value(true);
        spawn_local(async move {
            next_frame().await;
            if is_due.try_set_value(false).is_none() && state.search_open.with_untracked(Option::is_some) {
                paint_all(state);
            }
        });
    };
    let watch = StoredValue::new_local(None);
    // The inspector is made some frames after the screen is come to.
    let is_whole = after_frames(INSPECTOR);
    effect(move || {
        is_whole.track();
        watch.set_value(Mutations::inside(PANES, repaint));
        repaint();
    });
    let asked = Memo::new(move |_| {
        state.search.with(|search| (search.text().to_owned(), search.options(), search.visit()))
    });
    effect(move || {
        asked.track();
        repaint();
    });
    let visit = Memo::new(move |_| state.search.with(Search::visit));
    let newest = StoredValue::new(visit.get_untracked());
    effect(move || {
        let Some((number, hit)) = visit.get().filter(|visit| newest.get_value() != Some(*visit)) else {
            return;
        };
        newest.set_value(Some((number, hit)));
        let is_newest = move || newest.try_get_value().flatten().is_some_and(|(newest, _)| newest == number);
        spawn_local(reveal(state, hit, is_newest));
    });
    on_cleanup(paint_none);
}

fn paint_none() {
    paint(HITS, &[]);
    paint(CURRENT, &[]);
    set_none_paintable();
}

fn paint_all(state: AppState) {
    let (query, current) = state.search.with_untracked(|search| {
        (Query::new(search.text(), search.options()), search.visit().map(|(_, hit)| hit))
    });
    let Some(query) = query else { return paint_none() };
    let spot = current.and_then(|hit| Spot::of(state, hit));
    let (mut hits, mut on) = (Vec::new(), Vec::new());
    for element in all(TEXTS) {
        let text = element.text_content().unwrap_or_default();
        let here: Vec<Span<Utf8Bytes>> = query.hits(&text).take(MOST).collect();
        set_paintable(&element, !here.is_empty());
        if here.is_empty() {
            continue;
        }
        let units = in_utf16(&text, here.iter().copied()).map(|units| units.start.0..units.end.0);
        let ranges = ranges_in(&element, units);
        let at = spot.as_ref().filter(|spot| spot.is_in(&element, &text)).map(|spot| spot.bytes);
        for (range, bytes) in ranges.into_iter().zip(here) {
            if at == Some(bytes) { on.push(range) } else { hits.push(range) }
        }
    }
    paint(HITS, &hits);
    paint(CURRENT, &on);
}
