//! Searching an export in steps.

use super::pages::Pages;
use super::query::{Query, Reached};
use super::texts::{Text, texts_of, texts_of_annotation};
use super::walk::{Here, Walk};
use super::{Hit, Site};
use crate::domain::{Conversation, Export, Id, Json, PerTier, Project, TierMap};
use crate::logic::place::Placement;
use crate::logic::serialise::Serialised;
use std::sync::Arc;

/// What is searched: an export, or what of it is read so far.
#[derive(Clone, Copy)]
pub struct Searched<'e> {
    /// The project, once it is read.
    pub project: Option<&'e Project>,
    /// The conversations read so far.
    pub conversations: &'e [Arc<Conversation>],
    /// The annotations and where they sit, once that is known.
    pub annotations: Option<(&'e PerTier<TierMap>, &'e Placement)>,
}

impl<'e> Searched<'e> {
    /// A whole export.
    pub fn whole(export: &'e Export, placement: &'e Placement) -> Self {
        Searched {
            project: Some(&export.project),
            conversations: &export.conversations,
            annotations: Some((&export.tiers, placement)),
        }
    }
}

/// A search under way. Holds nothing of the export, which is given anew to each step.
pub struct Searching {
    query: Query,
    walk: Walk,
    /// How far the text that the walk has come to was looked through.
    reached: Reached,
    /// That text, where it had to be written.
    written: Option<String>,
    /// What is known of the pages that texts stand on.
    pages: Pages,
}

/// What a glance at a text costs, coming to one, and a hit, in bytes that could be looked at in the same time.
const COST_OF_GLANCE: usize = 8;
const COST_OF_TEXT: usize = 32;
const COST_OF_HIT: usize = 64;

impl Searching {
    /// A search at its beginning.
    pub fn new(query: Query) -> Self {
        Searching {
            query,
            walk: Walk::new(),
            reached: Reached::default(),
            written: None,
            pages: Pages::default(),
        }
    }

    /// Looks through about `budget` bytes and gives the hits to `found`, in the order of the document. Whether there is
    /// nothing left to look through. Of an export that is still being read, conversations may have come in at the end
    /// since the last step; annotations may not.
    pub fn step(&mut self, searched: Searched<'_>, budget: usize, mut found: impl FnMut(Hit)) -> bool {
        let mut left = budget;
        let mut words = Words::default();
        while let Some(here) = self.walk.here(searched) {
            match here {
                Here::Conversation(index) => {
                    if self.may_stand_in(searched, index, &mut words, &mut left) {
                        self.walk.enter();
                    } else {
                        self.walk.pass_conversation(searched);
                    }
                }
                Here::Text(site, text) => {
                    if self.look_at(site, text, &mut left, &mut found) {
                        self.walk.pass();
                        self.reached = Reached::default();
                        left = left.saturating_sub(COST_OF_TEXT);
                    }
                }
            }
            if left == 0 {
                return false;
            }
        }
        true
    }

    /// Whether there may be a hit in a conversation or its annotations: most words stand in few, and to walk along all
    /// texts takes far longer than to look through the pages that they share.
    fn may_stand_in<'e>(
        &mut self,
        searched: Searched<'e>,
        index: u32,
        words: &mut Words<'e>,
        left: &mut usize,
    ) -> bool {
        let Some(conversation) = searched.conversations.get(index as usize) else { return false };
        let annotations = self.walk.annotations_of(searched, index);
        let mut texts = texts_of(conversation).chain(annotations.flat_map(texts_of_annotation));
        texts.any(|text| {
            *left = left.saturating_sub(COST_OF_GLANCE);
            match text {
                Text::Plain(text) => words.holds(&self.query, text),
                Text::Paged(text) => self.pages.on_page(&self.query, text, left).holds,
                Text::Json(json) => self.pages.on_page(&self.query, json.text(), left).may_hold_in_json,
                Text::Id(id) => !id.is_uuid() || self.query.fits_uuid(),
            }
        })
    }

    /// Looks through a text as far as the budget goes. Whether it is through.
    fn look_at(&mut self, site: Site, text: Text<'_>, left: &mut usize, found: &mut impl FnMut(Hit)) -> bool {
        match text {
            Text::Plain(text) => self.look(site, text, left, found),
            Text::Paged(text) => {
                // Asked at its beginning only: what was begun holds something.
                let is_begun = self.reached.looked > 0;
                let may_hold = is_begun || self.pages.on_page(&self.query, text, left).holds;
                !may_hold || self.look(site, text, left, found)
            }
            Text::Id(id) => self.look_at_id(site, id, left, found),
            Text::Json(json) => self.look_at_json(site, json, left, found),
        }
    }

    /// How many conversations were looked through.
    pub fn conversations_done(&self) -> u32 {
        self.walk.conversation()
    }

    /// The query.
    pub fn query(&self) -> &Query {
        &self.query
    }

    /// Looks through a text as far as the budget goes. Whether it is through.
    fn look(&mut self, site: Site, text: &str, left: &mut usize, found: &mut impl FnMut(Hit)) -> bool {
        let mut words = None;
        while *left > 0 && self.reached.looked < text.len() {
            let from = self.reached.looked;
            let limit = from.saturating_add(*left);
            let hit = self.query.next(text, &mut self.reached, limit, &mut words);
            let cost = self.reached.looked - from + if hit.is_some() { COST_OF_HIT } else { 0 };
            *left = left.saturating_sub(cost);
            if let Some(bytes) = hit {
                found(Hit { site, bytes });
            }
        }
        self.reached.looked >= text.len()
    }

    fn look_at_json(
        &mut self,
        site: Site,
        json: &Json,
        left: &mut usize,
        found: &mut impl FnMut(Hit),
    ) -> bool {
        let written = match self.written.take() {
            Some(written) => written,
            None => {
                if !self.pages.on_page(&self.query, json.text(), left).may_hold_in_json {
                    return true;
                }
                *left = left.saturating_sub(json.as_str().len());
                if !self.query.may_stand_in(json) {
                    return true;
                }
                Serialised::shown(json).text
            }
        };
        let is_through = self.look(site, &written, left, found);
        self.written = (!is_through).then_some(written);
        is_through
    }

    fn look_at_id(&mut self, site: Site, id: &Id, left: &mut usize, found: &mut impl FnMut(Hit)) -> bool {
        if id.is_uuid() && !self.query.fits_uuid() {
            return true;
        }
        id.with_text(|text| self.look(site, text, left, found))
    }
}

/// Short texts that come again and again, labels and names of tools above all: what is known of those met last.
#[derive(Default)]
struct Words<'e> {
    met: Vec<(&'e str, bool)>,
    /// Which of them gives way next.
    oldest: usize,
}

impl<'e> Words<'e> {
    /// How many are remembered.
    const REMEMBERED: usize = 8;

    /// Whether the query stands in `text`.
    fn holds(&mut self, query: &Query, text: &'e str) -> bool {
        // The same text, not an equal one: that is found out at once.
        if let Some((_, holds)) = self.met.iter().find(|(met, _)| std::ptr::eq(*met, text)) {
            return *holds;
        }
        let holds = query.stands_in(text);
        if self.met.len() < Self::REMEMBERED {
            self.met.push((text, holds));
        } else if let Some(entry) = self.met.get_mut(self.oldest) {
            *entry = (text, holds);
            self.oldest = (self.oldest + 1) % Self::REMEMBERED;
        }
        holds
    }
}
