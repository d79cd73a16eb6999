//! A long text in pieces: those out of sight are neither laid out nor marked, and every one holds its text; far from what is
//! seen many of them are one block. A short text with many marks: drawn over some frames.
//!
//! Belongs here: what is drawn when. Does not belong here: where texts are cut (`labelscope_core::logic::pieces`), what
//! is drawn in one (`drawn`), what is near (`sight`).

use super::drawn::Drawn;
use super::sight::Sight;
use crate::browser::clipboard;
use crate::ui::verbatim::verbatim;
use labelscope_core::domain::{Span, Utf8Bytes};
use labelscope_core::logic::align::FindingIndex;
use labelscope_core::logic::pieces::{Block, Piece, pieces, together};
use leptos::ev::ClipboardEvent;
use leptos::html;
use leptos::prelude::*;
use std::sync::Arc;

/// From this many bytes on a text is shown in pieces.
pub const LONG: usize = 8_000;

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
        let (class, height) = (class_of(piece, false), height_of(piece));
        view! { <div class=class style:contain-intrinsic-block-size=height>{verbatim(text)}</div> }.into_any()
    };
    together(&pieces(text, &[]), &[]).iter().map(piece).collect::<Vec<_>>().into_any()
}

/// The pieces of a text with what is drawn over it. Those that the `selected` finding stands in are drawn wherever they
/// are. `redrawn` is told whenever others are.
pub fn marked(
    drawn: Arc<Drawn>,
    root: NodeRef<html::Div>,
    selected: Memo<Option<FindingIndex>>,
    redrawn: RwSignal<u64>,
) -> AnyView {
    let of_selected = of_selected(&drawn, selected, drawn.pieces.iter().map(|piece| piece.bytes).collect());
    let blocks = drawn.blocks();
    let sight = Sight::follow(root, &blocks, drawn.pieces.len(), redrawn);
    let views = blocks.into_iter().enumerate().map(|(index, block)| match block.pieces.len() {
        1 => piece(&drawn, block.pieces.start, sight, of_selected, false),
        _ => block_of(&drawn, (index, block), sight, of_selected),
    });
    views.collect::<Vec<_>>().into_any()
}

/// A block: plain text until it is near or the selected finding stands in it, and pieces from then on.
fn block_of(
    drawn: &Arc<Drawn>,
    (index, block): (usize, Block),
    sight: Sight,
    of_selected: Memo<Vec<usize>>,
) -> AnyView {
    let (drawn, Block { whole, pieces }) = (drawn.clone(), block);
    let of_block = pieces.clone();
    let is_cut = Memo::new(move |was_cut: Option<&bool>| {
        was_cut == Some(&true)
            || sight.is_block_near(index)
            || of_selected.with(|pieces| pieces.iter().any(|piece| of_block.contains(piece)))
    });
    let content = move || {
        if is_cut.get() {
            let is_held = sight.is_held(index);
            sight.watch_what_is_new();
            let pieces = pieces.clone().map(|index| piece(&drawn, index, sight, of_selected, is_held));
            return pieces.collect::<Vec<_>>().into_any();
        }
        let (class, height) = (class_of(&whole, false), height_of(&whole));
        let text = drawn.text_of(whole.bytes).to_owned();
        view! { <div class=class data-block=index style:contain-intrinsic-block-size=height>{text}</div> }
            .into_any()
    };
    content.into_any()
}

/// A piece, with its marks while it is near or the selected finding stands in it.
fn piece(
    drawn: &Arc<Drawn>,
    index: usize,
    sight: Sight,
    of_selected: Memo<Vec<usize>>,
    is_held: bool,
) -> AnyView {
    let Some(piece) = drawn.pieces.get(index).copied() else { return ().into_any() };
    let content = if drawn.has_marks(piece.bytes) {
        let is_near = sight.of_piece(index);
        marked_while(drawn, piece.bytes, move || {
            is_near.get() || of_selected.with(|pieces| pieces.contains(&index))
        })
    } else {
        drawn.views_in(piece.bytes).into_any()
    };
    let (class, height) = (class_of(&piece, is_held), height_of(&piece));
    view! { <div class=class data-piece=index style:contain-intrinsic-block-size=height>{content}</div> }
        .into_any()
}

/// A text that is shown in one piece, with what is drawn over it: step by step, one a frame, so that no number of marks
/// holds the page up. Those that the `selected` finding stands in are drawn at once. `redrawn` is told of each step.
pub fn in_steps(drawn: Arc<Drawn>, selected: Memo<Option<FindingIndex>>, redrawn: RwSignal<u64>) -> AnyView {
    let steps = drawn.steps();
    if steps.len() < 2 {
        let views = drawn.pieces.iter().flat_map(|piece| drawn.views_in(piece.bytes));
        return views.collect::<Vec<_>>().into_any();
    }
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
        false => drawn.without_marks_in(bytes),
    };
    content.into_any()
}

/// The classes of a piece; one that `is_held` is laid out wherever it is.
fn class_of(piece: &Piece, is_held: bool) -> &'static str {
    match (piece.goes_on, is_held) {
        (false, false) => "piece",
        (true, false) => "piece goes-on",
        (false, true) => "piece held",
        (true, true) => "piece goes-on held",
    }
}

/// How high a piece is taken to be until it is laid out, and that it is as high as it was then from then on.
fn height_of(piece: &Piece) -> String {
    let lines = piece.breaks + piece.characters / CHARACTERS + 1;
    format!("auto {}px", lines * LINE)
}

/// Copies what is selected in `root` exactly: browsers put a line break between pieces.
pub fn copy(root: NodeRef<html::Div>, event: &ClipboardEvent) {
    if let Some(root) = root.get_untracked() {
        clipboard::copy_exactly(event, &root);
    }
}
