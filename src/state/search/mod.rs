//! A search as the page knows it: what is asked for, what was found so far, and which hit is the current one.
//!
//! Belongs here: plain values that a search under way fills, and moving along its hits. Does not belong here: what counts
//! as a hit (`labelscope_core::logic::search`), when a search runs, what is seen of it.
//!
//! Invariants: counts are exact, kept hits are bounded ([`Found::KEPT`]); what an older search says is refused; nothing of
//! it ever stands in the address.

mod found;
#[cfg(test)]
mod tests;
mod words;

pub use found::{Found, Group, Row};
pub use words::kind_in_words;

use super::AppState;
use super::navigate::Step;
use labelscope_core::logic::search::{Hit, Options, Searched, Site};
use leptos::prelude::*;

/// Names one search; a later one is greater.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct SearchId(u64);

/// What a person searches for, and what came of it.
#[derive(Clone, Debug, Default)]
pub struct Search {
    latest: SearchId,
    /// What stands in the field.
    text: String,
    options: Options,
    progress: Progress,
    found: Found,
    /// Which search found it. An older one than the latest until that has something to show.
    found_by: SearchId,
    /// Index of the current hit among those kept.
    current: Option<usize>,
    /// How often a hit was gone to.
    visits: u64,
    /// Whether the current hit was gone to since the search was entered.
    is_visited: bool,
    /// A step that was asked for before there was a hit to go to.
    awaited: Option<Step>,
    /// The hit that was current in an older search for the same, to become so again.
    again: Option<Hit>,
}

/// How far a search is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Progress {
    /// Nothing is asked for, or the search was left.
    #[default]
    Idle,
    /// So many conversations of so many are searched.
    Running(u32, u32),
    /// Everything is searched.
    Done,
}

impl Search {
    /// Begins a search for `text`; whatever ran before is refused from now on. What it found stays until there is
    /// something to take its place.
    pub fn ask(&mut self, text: &str, options: Options) -> SearchId {
        let is_same = (self.text.as_str(), self.options) == (text, options);
        self.again = if is_same { self.again.or_else(|| self.current_hit()) } else { None };
        self.awaited = None;
        self.latest.0 += 1;
        self.text = text.to_owned();
        self.options = options;
        if text.is_empty() {
            self.progress = Progress::Idle;
            self.replace();
        } else {
            self.progress = Progress::Running(0, 0);
        }
        self.latest
    }

    /// Leaves the search: whatever runs is refused, and no hit is shown. What was found stays.
    pub fn leave(&mut self) {
        self.latest.0 += 1;
        self.awaited = None;
        self.is_visited = false;
        if self.progress != Progress::Done {
            self.progress = Progress::Idle;
        }
    }

    /// Whether `id` is under way; everything that a search does after a pause asks this first.
    pub fn is_running(&self, id: SearchId) -> bool {
        self.latest == id && matches!(self.progress, Progress::Running(..))
    }

    /// Takes in what was found since the last time, in document order, and how far the search is: so many conversations of
    /// so many. `false` if it is no longer the one under way.
    pub fn take(&mut self, id: SearchId, hits: &[Hit], done: u32, total: u32) -> bool {
        if !self.is_running(id) {
            return false;
        }
        self.progress = Progress::Running(done.min(total), total);
        if !hits.is_empty() {
            self.replace();
        }
        for hit in hits {
            let index = self.found.add(*hit);
            if index.is_some() && self.again == Some(*hit) {
                self.current = index;
                self.again = None;
            }
        }
        true
    }

    /// Notes that everything was searched. `false` if it is no longer the one under way.
    pub fn finish(&mut self, id: SearchId) -> bool {
        let runs = self.is_running(id);
        if runs {
            self.replace();
            self.progress = Progress::Done;
            self.again = None;
        }
        runs
    }

    /// Makes way for what the latest search finds.
    fn replace(&mut self) {
        if self.found_by != self.latest {
            self.found_by = self.latest;
            self.found = Found::default();
            self.current = None;
        }
    }

    /// What stands in the field.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What counts as a hit.
    pub fn options(&self) -> Options {
        self.options
    }

    /// How far the search is.
    pub fn progress(&self) -> Progress {
        self.progress
    }

    /// What was found.
    pub fn found(&self) -> &Found {
        &self.found
    }

    /// Which search found it.
    pub fn found_by(&self) -> SearchId {
        self.found_by
    }

    /// Index of the current hit among those kept.
    pub fn current(&self) -> Option<usize> {
        self.current
    }

    /// The current hit.
    pub fn current_hit(&self) -> Option<Hit> {
        self.found.hits().get(self.current?).copied()
    }

    /// The current hit, if it was gone to, and how often one was, so that going to the same once more is something new.
    pub fn visit(&self) -> Option<(u64, Hit)> {
        self.is_visited.then(|| self.current_hit()).flatten().map(|hit| (self.visits, hit))
    }

    /// Makes the hit at `index` the current one.
    pub fn go_to(&mut self, index: usize) -> Option<Hit> {
        let hit = *self.found.hits().get(index)?;
        self.current = Some(index);
        self.visits += 1;
        self.is_visited = true;
        self.awaited = None;
        self.again = None;
        Some(hit)
    }

    /// Makes the next or the previous hit the current one, around from the last to the first. Without a current hit, the
    /// first or the last. Where nothing was found yet, the step is taken once there is something ([`Search::take_awaited`]).
    pub fn step(&mut self, step: Step) -> Option<Hit> {
        let is_stale = self.found_by != self.latest && matches!(self.progress, Progress::Running(..));
        let count = self.found.hits().len();
        if is_stale || count == 0 {
            self.awaited = matches!(self.progress, Progress::Running(..)).then_some(step);
            return None;
        }
        let next = self.current.and_then(|current| step.from(current, count));
        self.go_to(next.unwrap_or(match step {
            Step::On => 0,
            Step::Back => count - 1,
        }))
    }

    /// Takes the step that was asked for before there was a hit, if there is one now.
    pub fn take_awaited(&mut self) -> Option<Hit> {
        let step = self.awaited.filter(|_| !self.found.hits().is_empty() && self.found_by == self.latest)?;
        self.step(step)
    }
}

impl AppState {
    /// Shows the place of a hit: its conversation and message, its annotation. The fields of the project stand in full
    /// among the results, so that one stays there.
    pub fn go_to_hit(self, hit: Hit) {
        let opened = self.opened.get_untracked();
        match (hit.site, opened) {
            (Site::Project(_), _) => {}
            (Site::Conversation(index), _) => self.go_to_conversation(index),
            (Site::Annotation(annotation, message, _), Some(opened)) => {
                self.route.set(untrack(move || self.route_to_annotation(&opened, annotation, message)));
            }
            (site, Some(opened)) => {
                if let Some(message) = site.message() {
                    self.go_to_message(&opened, message);
                }
            }
            (site, None) => {
                if let Some(message) = site.message() {
                    self.go_to_conversation(message.conversation);
                }
            }
        }
    }

    /// Goes to the next or the previous hit.
    pub fn step_hit(self, step: Step) {
        let hit = self.search.try_update(|search| search.step(step)).flatten();
        if let Some(hit) = hit {
            self.go_to_hit(hit);
        }
    }

    /// Gives what is searched, as far as it is read, to `look`.
    pub fn with_searched<T>(self, look: impl FnOnce(Searched<'_>) -> T) -> T {
        if let Some(opened) = self.opened.get_untracked() {
            return look(Searched::whole(&opened.export, &opened.placement));
        }
        self.project.with_untracked(|project| {
            self.conversations.with_untracked(|conversations| {
                look(Searched { project: project.as_deref(), conversations, annotations: None, names: &[] })
            })
        })
    }
}
