//! A piece of a text with some of its marks, for looking at, not for clicking.

use crate::state::Opened;
use crate::ui::verbatim::verbatim;
use labelscope_core::domain::{Span, Tier, Utf8Bytes};
use labelscope_core::logic::align::Mark;
use labelscope_core::logic::direction::Direction;
use labelscope_core::logic::overlay::overlay_in;
use labelscope_core::logic::segments::{DrawnMark, UNKNOWN};
use leptos::prelude::*;
use std::ops::Range;

/// A piece of a text with some of its marks, for looking at, not for clicking; an ellipsis where text is left out.
pub fn lens(opened: &Opened, text: &str, piece: Range<usize>, marks: &[&Mark]) -> AnyView {
    let shift = |at: Utf8Bytes| Utf8Bytes((at.0 as usize).saturating_sub(piece.start) as u32);
    let drawn: Vec<DrawnMark> = marks
        .iter()
        .map(|mark| DrawnMark {
            bytes: Span { start: shift(mark.bytes.start), end: shift(mark.bytes.end) },
            ..drawn_mark(opened, mark)
        })
        .collect();
    let shown = text.get(piece.clone()).unwrap_or_default();
    // As in the reader, whatever letter the piece begins with.
    let direction = Direction::of(text);
    let before = if piece.start > 0 { "…" } else { "" };
    let after = if piece.end < text.len() { "…" } else { "" };
    view! { <figure class="lens">{marked(shown, direction, &drawn, (before, after))}</figure> }.into_any()
}

/// A text with marks, and what stands before and after it.
fn marked(
    text: &str,
    direction: Direction,
    drawn: &[DrawnMark],
    (before, after): (&'static str, &'static str),
) -> AnyView {
    let overlay = overlay_in(direction, text, drawn, &[]);
    let lanes = overlay.lanes;
    let segments = overlay.segments.iter().map(|segment| {
        let piece = verbatim(text.get(segment.bytes.as_range()).unwrap_or_default());
        if overlay.is_bare(segment) {
            return piece;
        }
        view! {
            <mark
                class="sg"
                class:ws=segment.whitespace
                class:against=segment.against
                style:--bars=overlay.bars(segment)
            >
                {piece}
            </mark>
        }
        .into_any()
    });
    view! {
        <div
            class="part marked big"
            dir=direction.key()
            style:--la=lanes[Tier::Automated].max(1).to_string()
            style:--lp=lanes[Tier::Primary].max(1).to_string()
            style:--lr=lanes[Tier::Review].max(1).to_string()
        >
            {before}
            {segments.collect::<Vec<_>>()}
            {after}
        </div>
    }
    .into_any()
}

/// A mark as the overlay takes it.
pub fn drawn_mark(opened: &Opened, mark: &Mark) -> DrawnMark {
    DrawnMark {
        tier: mark.tier,
        bytes: mark.bytes,
        label: opened.labels.place(mark.label.as_ref()).unwrap_or(UNKNOWN),
        count: u32::try_from(mark.annotations.len()).unwrap_or(u32::MAX),
        rejected: mark.rejected,
    }
}

/// A sentence of the app's own with marks on it: whose, where in it in bytes, and the place of the label.
pub fn sample(text: &str, marks: impl Iterator<Item = (Tier, Range<usize>, usize)>) -> AnyView {
    let at = |byte: usize| Utf8Bytes(u32::try_from(byte).unwrap_or(u32::MAX));
    let drawn: Vec<DrawnMark> = marks
        .map(|(tier, bytes, label)| DrawnMark {
            tier,
            bytes: Span { start: at(bytes.start), end: at(bytes.end) },
            label,
            count: 1,
            rejected: false,
        })
        .collect();
    marked(text, Direction::of(text), &drawn, ("", ""))
}
