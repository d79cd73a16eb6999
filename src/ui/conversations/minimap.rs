//! The whole conversation beside its text: where its marks and differences stand, what of it is in view, and a way there.
//!
//! For eye and pointer only; the ledgers and the keys lead to every finding without it.

use super::SetAs;
use super::marked_text::drawing_of;
use crate::browser::{timing, view};
use crate::state::AppState;
use crate::state::differences::{Row, row_of};
use crate::state::map::{Scale, Stretch, joined};
use crate::ui::chips::label_color;
use crate::ui::later::after_frames;
use crate::ui::live::live;
use crate::ui::virtual_list::ListGeometry;
use labelscope_core::domain::Tier;
use leptos::ev::PointerEvent;
use leptos::prelude::*;
use leptos::task::{spawn_local, tick};
use std::sync::Arc;
use std::time::Duration;

/// How many frames after a conversation is shown its map is drawn: the text comes first, and its height is known by then.
const FRAMES: u32 = 3;
/// How long heights may change before the map follows them.
const PATIENCE: Duration = Duration::from_millis(120);
/// How many times as long as it took to draw the map it stays as it is, at the least: that of a hundred thousand messages
/// takes a while.
const STILL: f64 = 20.0;

/// The least that a mark takes on the map, and the least distance of the lines between messages, in pixels.
const LEAST: f64 = 2.0;
const RULES: f64 = 5.0;

/// Where a track lies on the map, and how wide it is, in pixels; the differences lie before them.
const fn track(tier: Tier) -> (u32, u32) {
    match tier {
        Tier::Automated => (5, 4),
        Tier::Primary => (12, 4),
        Tier::Review => (19, 8),
    }
}
const DIFFERENCES: (u32, u32) = (0, 2);
const WIDTH: u32 = 28;

/// The map of the conversation at `index`, whose rows are these.
#[component]
pub fn Minimap(index: u32, rows: Arc<[Row]>, geometry: ListGeometry) -> impl IntoView {
    let state = expect_context::<AppState>();
    let SetAs(setting) = expect_context();
    let setting = setting.get_untracked();
    let map = Memo::new(move |_| {
        let drawing = drawing_of(state, setting, None);
        let (opened, filtered) = (state.opened.get()?, state.filtered.get()?);
        Some(opened.map_of(index, &drawing, &filtered))
    });
    let scale = followed(geometry);
    let shapes = live(move || {
        let scale = scale.get()?;
        let place = |stretch: &Stretch| Some(scale.place(row_of(&rows, stretch.message)?, *stretch));
        let rules: String = scale.rules(RULES).iter().map(|y| format!("M0 {y:.1}h{WIDTH}")).collect();
        let marks = map.with(|map| {
            let map = map.as_ref()?;
            let tracks = map.marks.iter().map(|((tier, color), stretches)| {
                let d = bars(stretches.iter().filter_map(place), track(*tier));
                view! { <path d=d style:fill=label_color(*color)></path> }
            });
            let tracks: Vec<_> = tracks.collect();
            let differences = bars(map.differences.iter().filter_map(place), DIFFERENCES);
            Some(view! { {tracks}<path class="dif" d=differences></path> })
        });
        Some(view! { <path class="rule" d=rules></path>{marks} })
    });
    // What is in view, as far as it is on the map: below the last row there is some room more.
    let in_view = move || {
        let factor = scale.with(|scale| scale.as_ref().map_or(0.0, Scale::factor));
        let viewport = geometry.viewport();
        let top = geometry.top() * factor;
        (top, (top + viewport * factor).min(viewport).max(top + LEAST))
    };
    let top = move || format!("{:.1}", in_view().0);
    let height = move || format!("{:.1}", in_view().1 - in_view().0);
    let go = move |event: &PointerEvent| {
        let Some(down) = view::down_within(event) else { return };
        if let Some((row, fraction)) = scale.with_untracked(|scale| scale.as_ref()?.at(down)) {
            geometry.aim_at(row, fraction);
        }
    };
    view! {
        <div
            class="map"
            aria-hidden="true"
            on:pointerdown=move |event| {
                view::capture(&event, event.pointer_id());
                go(&event);
            }
            on:pointermove=move |event| {
                if event.buttons() & 1 == 1 {
                    go(&event);
                }
            }
        >
            <svg>
                <rect class="view" x="0" width=WIDTH y=top height=height></rect>
                {shapes}
            </svg>
        </div>
    }
    .into_any()
}

/// The geometry of a list as a map shows it, some moments behind it while rows are being measured; none at first.
fn followed(geometry: ListGeometry) -> Memo<Option<Scale>> {
    let latest = RwSignal::new(0u32);
    let patience = StoredValue::new(PATIENCE);
    let is_due = StoredValue::new(false);
    Effect::new(move |was_measured: Option<()>| {
        geometry.total();
        geometry.viewport();
        if was_measured.is_some() && !is_due.get_value() {
            is_due.set_value(true);
            set_timeout(
                move || {
                    // The list may have been taken away by then.
                    is_due.try_set_value(false);
                    let began = timing::now();
                    latest.try_update(|times| *times += 1);
                    spawn_local(async move {
                        // Until it is drawn.
                        tick().await;
                        let took = (timing::now() - began).max(0.0);
                        patience.try_set_value(PATIENCE.max(Duration::from_secs_f64(took * STILL / 1_000.0)));
                    });
                },
                patience.get_value(),
            );
        }
    });
    let is_time = after_frames(FRAMES);
    Memo::new(move |_| {
        latest.track();
        is_time.get().then(|| {
            let (rows, total) = untrack(move || geometry.rows());
            Scale::new(rows, total, untrack(move || geometry.viewport()))
        })
    })
}

/// A bar for each stretch, as one path.
fn bars(places: impl Iterator<Item = (f64, f64)>, (x, width): (u32, u32)) -> String {
    let bars = joined(places, LEAST).into_iter();
    bars.map(|(from, to)| format!("M{x} {from:.1}h{width}v{:.1}h-{width}z", to - from)).collect()
}
