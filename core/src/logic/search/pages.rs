//! What is known of the pages that texts stand on: a word that no text of a page holds is looked for there once, in one
//! go, and not in each of its hundreds of texts.

use super::query::Query;
use crate::domain::Text;

/// How many pages are remembered. A walk goes along four at a time: that of the messages and one for each tier.
const REMEMBERED: usize = 8;

/// What the pages met last hold of one query.
#[derive(Default)]
pub(super) struct Pages {
    met: Vec<(Text, OnPage)>,
    /// Which of them gives way next.
    oldest: usize,
}

/// What a page holds of a query.
#[derive(Clone, Copy)]
pub(super) struct OnPage {
    /// Whether it stands on the page, in a text or across some.
    pub(super) holds: bool,
    /// Whether it could stand in JSON that is on the page, as that is shown.
    pub(super) may_hold_in_json: bool,
}

impl Pages {
    /// What the page of `text` holds. Takes what looking costs off `left`.
    pub(super) fn on_page(&mut self, query: &Query, text: &Text, left: &mut usize) -> OnPage {
        let known = self.met.iter().find(|(met, _)| met.shares_page_with(text));
        if let Some((_, known)) = known {
            return *known;
        }
        let page = text.page();
        if page.len() == text.len() {
            // It has the page for itself, and is looked through anyway.
            return OnPage { holds: true, may_hold_in_json: true };
        }
        *left = left.saturating_sub(page.len());
        let on_page =
            OnPage { holds: query.stands_in(page), may_hold_in_json: query.may_stand_in_sent(page) };
        if self.met.len() < REMEMBERED {
            self.met.push((text.clone(), on_page));
        } else if let Some(entry) = self.met.get_mut(self.oldest) {
            *entry = (text.clone(), on_page);
            self.oldest = (self.oldest + 1) % REMEMBERED;
        }
        on_page
    }
}
