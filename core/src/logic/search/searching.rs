//! Searching an export in steps.

use super::glance::Glance;
use super::query::{Query, Reached};
use super::texts::Text;
use super::walk::{Here, Walk};
use super::{Hit, Site};
use crate::domain::{Conversation, Export, Id, Json, Name, PerTier, Project, TierMap};
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
    /// The names that occur, the labels of the annotations among them.
    pub names: &'e [Name],
}

impl<'e> Searched<'e> {
    /// A whole export.
    pub fn whole(export: &'e Export, placement: &'e Placement) -> Self {
        Searched {
            project: Some(&export.project),
            conversations: &export.conversations,
            annotations: Some((&export.tiers, placement)),
            names: &export.names,
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
    /// What was seen of conversations and annotations before the walk comes to them.
    glance: Glance,
}

/// What coming to a text costs, and a hit, in bytes that could be looked at in the same time.
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
            glance: Glance::new(),
        }
    }

    /// Looks through about `budget` bytes and gives the hits to `found`, in the order of the document. Whether there is
    /// nothing left to look through. Of an export that is still being read, conversations may have come in at the end
    /// since the last step; annotations may not.
    pub fn step(&mut self, searched: Searched<'_>, budget: usize, mut found: impl FnMut(Hit)) -> bool {
        self.look_on(searched, budget, &mut found)
    }

    /// The same, compiled once and here, where all is built for speed.
    fn look_on(&mut self, searched: Searched<'_>, budget: usize, found: &mut dyn FnMut(Hit)) -> bool {
        let mut left = budget.max(1);
        if !self.glance.at_annotations(searched, &self.query, &mut left) {
            return false;
        }
        while let Some(here) = self.walk.here(searched) {
            match here {
                Here::Conversation(index, conversation) => {
                    match self.glance.at_conversation(index, conversation, &self.query, &mut left) {
                        Some(true) => self.walk.enter(searched),
                        Some(false) => self.walk.pass_conversation(),
                        None => {}
                    }
                }
                Here::Text(site, text) => {
                    if self.look_at(site, text, &mut left, found) {
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

    /// Looks through a text as far as the budget goes. Whether it is through.
    fn look_at(&mut self, site: Site, text: Text<'_>, left: &mut usize, found: &mut dyn FnMut(Hit)) -> bool {
        match text {
            Text::Plain(text) => self.look(site, text, left, found),
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
    fn look(&mut self, site: Site, text: &str, left: &mut usize, found: &mut dyn FnMut(Hit)) -> bool {
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
        found: &mut dyn FnMut(Hit),
    ) -> bool {
        let written = match self.written.take() {
            Some(written) => written,
            None => {
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

    fn look_at_id(&mut self, site: Site, id: &Id, left: &mut usize, found: &mut dyn FnMut(Hit)) -> bool {
        if id.is_uuid() && !self.query.fits_uuid() {
            return true;
        }
        id.with_text(|text| self.look(site, text, left, found))
    }
}
