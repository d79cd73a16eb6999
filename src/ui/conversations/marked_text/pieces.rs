//! A long text in pieces: those out of sight are neither laid out nor marked, and every one holds its text. A short one with
//! many marks: drawn over some frames.
//!
//! Belongs here: what is drawn when. Does not belong here: where texts are cut (`labelscope_core::logic::pieces`), what
//! is drawn in one (`drawn`).

use super::drawn::Drawn;
use crate::browser::clipboard;
use crate::browser::sight::{Element, SightObserver};
use crate::browser::view;
use crate::ui::verbatim::verbatim;
use labelscope_core::domain::{Span, Utf8Bytes};
use labelscope_core::logic::align::FindingIndex;
use labelscope_core::logic::pieces::{Piece, pieces, together};
use leptos::ev::ClipboardEvent;
use leptos::html;
use leptos::prelude::*;
use std::sync::Arc;

/// From this many bytes on a text is shown in pieces.
pub const LONG: usize = 8_000;

/// How far from what is shown a piece is drawn, in pixels.
const MARGIN: u32 = 600;

/// What a piece is taken to be high before it was laid out: pixels of a line, and characters on one.
const LINE: usize = 24;
const CHARACTERS: usize = 80;

/// The pieces of a text over which there is nothing to draw.
pub fn plain(text: &str) -> AnyView {
    if text.len() < LONG {
        return verbatim(text);
    }
    let piece = |piece: &Piece| {
        let text = text.get(piece.bytes.as_range()).unwrap_or_default();
        frame(piece, None, verbatim(text))
    };
    together(&pieces(text, &[]), &[]).iter().map(piece).collect::<Vec<_>>().into_any()
}

/// The pieces of a text with what is drawn over it. Those that the `selected` finding stands in are drawn wherever they
/// are. `redrawn` is told whenever others are.
pub fn marked(
    drawn: Drawn,
    root: NodeRef<html::Div>,
    selected: Memo<Option<FindingIndex>>,
    redrawn: RwSignal<u64>,
) -> AnyView {
    let drawn = Arc::new(drawn);
    let of_selected = of_selected(&drawn, selected, drawn.pieces.iter().map(|piece| piece.bytes).collect());
    // Until it is known what is in sight: the beginning is, unless a link leads elsewhere.
    let near: Vec<RwSignal<bool>> = (0..drawn.pieces.len()).map(|index| RwSignal::new(index == 0)).collect();
    let views = near.iter().zip(drawn.pieces.iter().enumerate());
    let views: Vec<AnyView> = views
        .map(|(&is_near, (index, piece))| {
            if !drawn.has_marks(piece.bytes) {
                return frame(piece, Some(index), drawn.views_in(piece.bytes).into_any());
            }
            let content = marked_while(&drawn, piece.bytes, move || {
                is_near.get() || of_selected.with(|pieces| pieces.contains(&index))
            });
            frame(piece, Some(index), content)
        })
        .collect();
    follow_sight(root, near, redrawn);
    views.into_any()
}

/// A text that is shown in one piece, with what is drawn over it: step by step, one a frame, so that no number of marks
/// holds the page up. Those that the `selected` finding stands in are drawn at once. `redrawn` is told of each step.
pub fn in_steps(drawn: Drawn, selected: Memo<Option<FindingIndex>>, redrawn: RwSignal<u64>) -> AnyView {
    let steps = drawn.steps();
    if steps.len() < 2 {
        let views = drawn.pieces.iter().flat_map(|piece| drawn.views_in(piece.bytes));
        return views.collect::<Vec<_>>().into_any();
    }
    let drawn = Arc::new(drawn);
    let of_selected = of_selected(&drawn, selected, steps.clone());
    let done = RwSignal::new(1);
    let views = steps.iter().enumerate().map(|(index, bytes)| {
        marked_while(&drawn, *bytes, move || {
            index < done.get() || of_selected.with(|steps| steps.contains(&index))
        })
    });
    let views: Vec<AnyView> = views.collect();
    let count = steps.len();
    // The first callback comes before the frame that shows the first step.
    request_animation_frame(move || draw_on(done, count, redrawn));
    views.into_any()
}

/// Draws one more step in the next frame and so on, as long as the text is there.
fn draw_on(done: RwSignal<usize>, count: usize, redrawn: RwSignal<u64>) {
    request_animation_frame(move || {
        let next = done.try_update(|done| {
            *done += 1;
            *done
        });
        let Some(next) = next else { return };
        redrawn.try_update(|times| *times += 1);
        if next < count {
            draw_on(done, count, redrawn);
        }
    });
}

/// Which of these places the selected finding stands in.
fn of_selected(
    drawn: &Arc<Drawn>,
    selected: Memo<Option<FindingIndex>>,
    places: Vec<Span<Utf8Bytes>>,
) -> Memo<Vec<usize>> {
    let drawn = drawn.clone();
    Memo::new(move |_| selected.get().map(|finding| drawn.places_of(finding, &places)).unwrap_or_default())
}

/// A piece of the text, with its marks while `is_drawn`.
fn marked_while(
    drawn: &Arc<Drawn>,
    bytes: Span<Utf8Bytes>,
    is_drawn: impl Fn() -> bool + Send + Sync + 'static,
) -> AnyView {
    let drawn = drawn.clone();
    let is_drawn = Memo::new(move |_| is_drawn());
    let content = move || match is_drawn.get() {
        true => drawn.views_in(bytes).into_any(),
        false => drawn.text_of(bytes).to_owned().into_any(),
    };
    content.into_any()
}

fn frame(piece: &Piece, index: Option<usize>, content: AnyView) -> AnyView {
    let lines = piece.breaks + piece.characters / CHARACTERS + 1;
    let height = format!("auto {}px", lines * LINE);
    view! {
        <div class="piece" class:goes-on=piece.goes_on data-piece=index style:contain-intrinsic-block-size=height>
            {content}
        </div>
    }
    .into_any()
}

/// Notes which pieces come near what is in sight, and which leave.
fn follow_sight(root: NodeRef<html::Div>, near: Vec<RwSignal<bool>>, redrawn: RwSignal<u64>) {
    let observer = StoredValue::new_local(None::<SightObserver>);
    root.on_load(move |root| {
        let note = move |changes: Vec<(Element, bool)>| {
            // A selection of text ends where its text is drawn anew.
            let is_selecting = view::has_selected_text();
            for (piece, is_near) in changes {
                let index = piece.get_attribute("data-piece").and_then(|index| index.parse::<usize>().ok());
                let signal = index.and_then(|index| near.get(index));
                if let Some(signal) = signal.filter(|_| is_near || !is_selecting) {
                    // Gone with the text, if that was taken away meanwhile.
                    signal.try_set(is_near);
                }
            }
            redrawn.try_update(|times| *times += 1);
        };
        let scroller = view::closest(&root, ".msgs");
        let watch = SightObserver::new(scroller.as_ref(), MARGIN, note);
        if let Some(watch) = &watch {
            view::children(&root).iter().for_each(|piece| watch.watch(piece));
        }
        observer.set_value(watch);
    });
}

/// Copies what is selected in `root` exactly: browsers put a line break between pieces.
pub fn copy(root: NodeRef<html::Div>, event: &ClipboardEvent) {
    if let Some(root) = root.get_untracked() {
        clipboard::copy_exactly(event, &root);
    }
}
