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
    let overlay = overlay_in(direction, shown, &drawn, &[]);
    let lanes = overlay.lanes;
    let before = (piece.start > 0).then_some("…");
    let after = (piece.end < text.len()).then_some("…");
    let segments = overlay.segments.iter().map(|segment| {
        let piece = verbatim(shown.get(segment.bytes.as_range()).unwrap_or_default());
        if segment.bars.is_empty() {
            return piece;
        }
        view! {
            <mark
                class="sg"
                class:ws=segment.whitespace
                class:against=segment.against
                style:--bars=segment.bars.clone()
            >
                {piece}
            </mark>
        }
        .into_any()
    });
    view! {
        <figure class="lens">
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
        </figure>
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
