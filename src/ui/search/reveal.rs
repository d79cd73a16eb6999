//! Where a hit stands on the page, and bringing it into view there.

use crate::browser::frame::next_frame;
use crate::browser::highlight::{InView, TextRange, all, is_supported, ranges_in};
use crate::browser::resize::Element;
use crate::state::AppState;
use labelscope_core::domain::{MessageRef, Span, Utf8Bytes};
use labelscope_core::logic::search::{Hit, Site, in_utf16};
use leptos::prelude::*;

/// What scrolls.
const SCROLLER: &str = ".body";
/// For how many frames a hit is waited for: its conversation is laid out, a fold opens, rows above it are measured.
const PATIENCE: u32 = 120;
/// After how many frames without it the reader is asked for its message.
const SOON: u32 = 6;
/// For how many frames it must stay in view to be left alone.
const CALM: u32 = 4;

/// Where a hit stands, if what it is in is on the page.
pub(super) struct Spot {
    /// Finds what its text is in, perhaps among others.
    selector: String,
    /// The text, where that tells it from the others.
    text: Option<String>,
    /// Where in the text.
    pub(super) bytes: Span<Utf8Bytes>,
}

impl Spot {
    /// The spot of a hit in what is shown now. `None` for what no element holds: ids, the project.
    pub(super) fn of(state: AppState, hit: Hit) -> Option<Self> {
        let shown = state.selected_now().conversation.index();
        let row = |message: MessageRef| {
            let is_shown = shown == Some(message.conversation);
            is_shown.then(|| format!("#main article[data-index=\"{}\"]", message.message))
        };
        let (selector, is_told_by_text) = match hit.site {
            Site::Text(at) => (format!("{} [data-part=\"{}\"]", row(at.message)?, at.part), false),
            Site::Part(at, _) => (format!("{} :is(dt, pre, header b, header .id)", row(at.message)?), true),
            Site::Annotation(..) => (".inspect :is(.why dd, .cmp td)".to_owned(), true),
            Site::Project(_) | Site::Conversation(_) | Site::Message(_) => return None,
        };
        let text = || state.with_searched(|searched| hit.site.text(searched).map(String::from));
        let text = if is_told_by_text { Some(text()?) } else { None };
        Some(Spot { selector, text, bytes: hit.bytes })
    }

    /// Whether `element`, which holds `text`, is where it stands.
    pub(super) fn is_in(&self, element: &Element, text: &str) -> bool {
        self.text.as_deref().is_none_or(|own| own == text)
            && element.matches(&self.selector).unwrap_or_default()
    }

    /// Its ranges on the page, one in each element that shows its text.
    fn ranges(&self) -> Vec<TextRange> {
        let here = all(&self.selector)
            .into_iter()
            .map(|element| (element.text_content().unwrap_or_default(), element));
        let here = here.filter(|(text, element)| self.is_in(element, text));
        here.flat_map(|(text, element)| {
            let units = in_utf16(&text, [self.bytes]).map(|units| units.start.0..units.end.0);
            ranges_in(&element, units.collect::<Vec<_>>())
        })
        .collect()
    }
}

/// Brings a hit into view, once what it is in is on the page and as long as it is the one gone to last.
pub(super) async fn reveal(state: AppState, hit: Hit, is_newest: impl Fn() -> bool) {
    if let Site::Message(message) = hit.site {
        state.sought.set(Some(message));
        return;
    }
    let mut calm = 0;
    for frame in 0..PATIENCE {
        next_frame().await;
        if !is_newest() {
            return;
        }
        let ranges = Spot::of(state, hit).map(|spot| spot.ranges()).unwrap_or_default();
        let seen = ranges.iter().map(|range| (range.bring_into_view(SCROLLER), range));
        match seen.into_iter().find(|(seen, _)| *seen != InView::NotShown) {
            Some((InView::Already, range)) => {
                calm += 1;
                if calm >= CALM {
                    if !is_supported() {
                        range.select();
                    }
                    return;
                }
            }
            Some(_) => calm = 0,
            None if frame == SOON && ranges.is_empty() => state.sought.set(hit.site.message()),
            None => {}
        }
    }
}
