//! What is remembered of a project beyond the page: where the person was, and which differences they have seen. Ids only;
//! no word of an export.
//!
//! Belongs here: the values, their text in the browser's storage, and what follows from them in an export. Does not
//! belong here: the storage (`browser`), when it is read and written (`ui::remembering`).
//!
//! Invariants: a text that was not written here reads as nothing remembered, never as an error; a tick belongs to a
//! finding's id, and goes when the finding changes.

use super::route::{Route, Screen, percent};
use super::selection::{Selection, Shown, finding_address};
use super::{AppState, Opened};
use labelscope_core::domain::{Id, SeededSet};
use labelscope_core::logic::align::FindingIndex;
use leptos::prelude::*;
use std::collections::BTreeSet;

/// What is remembered of one project.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Remembered {
    /// The place: a screen, and what is selected on it. Nothing else of an address.
    pub place: Option<Route>,
    /// The difference that was selected last.
    pub difference: Option<Id>,
    /// The differences that the person ticked as seen, by their findings' ids.
    pub seen: BTreeSet<Id>,
}

/// An export that was opened, to be asked for again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastOpen {
    /// The project's id, as sent.
    pub project: String,
    /// Whether it came from the API.
    pub is_from_api: bool,
}

impl LastOpen {
    /// The text that it is remembered as.
    pub fn to_text(&self) -> String {
        format!("{} {}", if self.is_from_api { "api" } else { "file" }, self.project)
    }

    /// What a text remembers.
    pub fn from_text(text: &str) -> Option<Self> {
        let (way, project) = text.split_once(' ')?;
        let is_from_api = match way {
            "api" => true,
            "file" => false,
            _ => return None,
        };
        (!project.is_empty()).then(|| LastOpen { project: project.to_owned(), is_from_api })
    }
}

/// The place that an address names: what is selected on which screen, nothing of where it came from or how it is filtered.
fn place_of(route: &Route) -> Route {
    Route {
        screen: route.screen,
        conversation: route.conversation.clone(),
        message: route.message.clone(),
        annotation: route.annotation.clone(),
        finding: route.finding.clone(),
        ..Route::default()
    }
}

impl Remembered {
    /// The text that it is remembered as, a line for each thing.
    pub fn to_text(&self) -> String {
        let mut text = String::from("1\n");
        if let Some(place) = &self.place {
            text += &format!("place {}\n", place.fragment());
        }
        let ids = self.difference.iter().map(|id| ("difference", id));
        for (what, id) in ids.chain(self.seen.iter().map(|id| ("seen", id))) {
            text += what;
            text.push(' ');
            id.with_text(|id| percent::encode(id, &mut text));
            text.push('\n');
        }
        text
    }

    /// What a text remembers; of one that means nothing, nothing.
    pub fn from_text(text: &str) -> Self {
        let mut remembered = Remembered::default();
        let mut lines = text.lines();
        if lines.next() != Some("1") {
            return remembered;
        }
        let id = |text: &str| percent::decoded(text).map(|id| Id::new(&id));
        for (what, value) in lines.filter_map(|line| line.split_once(' ')) {
            match what {
                "place" => remembered.place = Some(place_of(&Route::parse(value).0)),
                "difference" => remembered.difference = id(value),
                "seen" => remembered.seen.extend(id(value)),
                _ => {}
            }
        }
        remembered
    }

    /// The differences of an export that are ticked.
    pub fn seen_in(&self, opened: &Opened) -> BTreeSet<FindingIndex> {
        if self.seen.is_empty() {
            return BTreeSet::new();
        }
        let ids: SeededSet<&Id> = self.seen.iter().collect();
        let is_seen =
            |index: &&FindingIndex| finding_address(opened, **index).is_some_and(|id| ids.contains(&id));
        // One by one: to collect them is to sort them, with a copy of the sort for it.
        let mut seen = BTreeSet::new();
        opened.differences.iter().filter(is_seen).for_each(|&index| _ = seen.insert(index));
        seen
    }
}

impl AppState {
    /// The place that the person is at, and the difference that is selected or was last, to be remembered with what is
    /// ticked. Notes that difference.
    pub fn note_place(self) -> Remembered {
        let before = self.remembered.get();
        let place = self.route.with(place_of);
        let selected = self.selection().finding;
        let difference = self.opened.with(|opened| {
            let opened = opened.as_deref()?;
            let index = selected.filter(|index| opened.differences.binary_search(index).is_ok())?;
            finding_address(opened, index)
        });
        // Help is looked up in between.
        let place = if Screen::ALL.contains(&place.screen) { Some(place) } else { before.place };
        let place = place.filter(|place| *place != Route::default());
        let difference = difference.or(before.difference);
        // Nothing on the page follows it, and what is ticked is not looked up anew for it.
        self.remembered.update_untracked(|remembered| remembered.difference.clone_from(&difference));
        Remembered { place, difference, seen: before.seen }
    }

    /// Takes in what is remembered of the project whose export comes on screen.
    pub fn recall(self, remembered: Remembered) {
        // Whoever followed a link, or reloaded, is where they wanted to be.
        let is_placed = self.route.with_untracked(|route| place_of(route) != Route::default());
        let offer = if is_placed { None } else { remembered.place.clone() };
        self.offered_place.set(offer);
        self.remembered.set(remembered);
    }

    /// The number of the conversation that is offered to go back to, from 1; `None` where none is, or it is not there.
    pub fn offered_conversation(self) -> Option<u32> {
        let place = self.offered_place.get()?;
        let shown = self.conversations.with(|read| {
            self.opened.with(|opened| Selection::of(&place, read, opened.as_deref(), 0).conversation)
        });
        match shown {
            Shown::At(index) => Some(index + 1),
            Shown::Awaited | Shown::Missing => None,
        }
    }

    /// Goes to the place that is offered.
    pub fn take_offered_place(self) {
        if let Some(place) = self.offered_place.try_update(Option::take).flatten() {
            let here = self.route.get_untracked().unselected();
            let (screen, conversation, message) = (place.screen, place.conversation, place.message);
            let (annotation, finding) = (place.annotation, place.finding);
            let to = Route { screen, conversation, message, annotation, finding, ..here };
            self.landing.set_value(Some(to.clone()));
            self.route.set(to);
        }
    }

    /// The difference that was selected last time, where it is still one and the place that is offered is not on it.
    pub fn offered_difference(self) -> Option<FindingIndex> {
        let place = self.offered_place.get()?;
        let id = self.remembered.with(|remembered| remembered.difference.clone())?;
        let opened = self.opened.get().filter(|_| place.finding.as_ref() != Some(&id))?;
        let index = opened.alignment.finding_with_id(&opened.export, &opened.placement.annotations, &id)?;
        opened.differences.binary_search(&index).is_ok().then_some(index)
    }

    /// Goes to the difference that was selected last time.
    pub fn take_offered_difference(self) {
        let (opened, index) = (self.opened.get_untracked(), untrack(move || self.offered_difference()));
        if let Some((opened, index)) = opened.zip(index) {
            self.offered_place.set(None);
            self.select_finding(&opened, index);
        }
    }

    /// Ticks the selected difference as seen, or takes the tick off. `false` where no difference is selected.
    pub fn toggle_seen(self) -> bool {
        let Some(opened) = self.opened.get_untracked() else { return false };
        let selected = self.selected_now().finding;
        let Some(index) = selected.filter(|index| opened.differences.binary_search(index).is_ok()) else {
            return false;
        };
        let Some(id) = finding_address(&opened, index) else { return false };
        self.remembered.update(|remembered| {
            if !remembered.seen.remove(&id) {
                remembered.seen.insert(id);
            }
        });
        true
    }

    /// Takes the ticks off the findings that are others in the later export.
    pub(super) fn unsee_what_changed(self, opened: &Opened) {
        let Some(since) = &opened.since else { return };
        let ids = since.changes.findings.iter().filter_map(|&index| finding_address(opened, index));
        let ids: Vec<Id> = ids.collect();
        if self.remembered.with_untracked(|remembered| ids.iter().any(|id| remembered.seen.contains(id))) {
            self.remembered.update(|remembered| ids.iter().for_each(|id| _ = remembered.seen.remove(id)));
        }
    }

    /// Those of some differences that are not ticked. What differs between two tiers alone, and bears no verdict of a
    /// difference, cannot be ticked.
    fn unseen(self, differences: &[FindingIndex]) -> Vec<FindingIndex> {
        let Some(opened) = self.opened.get() else { return Vec::new() };
        // Both are in document order.
        let mut tickable = opened.differences.iter().peekable();
        let mut can_be_ticked = |index: &FindingIndex| {
            while tickable.next_if(|one| *one < index).is_some() {}
            tickable.peek() == Some(&index)
        };
        self.seen.with(|seen| {
            let unseen = differences.iter().filter(|index| can_be_ticked(index) && !seen.contains(index));
            unseen.copied().collect()
        })
    }

    /// How many of some differences, in document order, are not ticked.
    pub fn left_of(self, differences: &[FindingIndex]) -> usize {
        self.unseen(differences).len()
    }

    /// Goes to the next difference that is not ticked, from the start again after the last. Stays where all are.
    pub fn go_to_unseen(self) {
        let Some(opened) = self.opened.get_untracked() else { return };
        let unseen = untrack(move || self.stepped.with(|differences| self.unseen(differences)));
        let start = self.selected_now().finding.map_or(0, |at| unseen.partition_point(|&one| one <= at));
        let next = unseen.get(start).or(unseen.first()).copied();
        if let Some(next) = next {
            self.select_finding(&opened, next);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::findings::tests::sample;
    use crate::state::request::ApiForm;
    use proptest::prelude::*;
    use std::sync::Arc;

    proptest! {
        #[test]
        fn what_is_written_reads_back(ids in prop::collection::vec(".{0,12}", 0..5), conversation in prop::option::of(".{1,9}")) {
            let id = |text: &String| Id::new(text);
            let remembered = Remembered {
                place: conversation.as_ref().map(|one| Route { conversation: Some(id(one)), ..Route::default() }),
                difference: ids.first().map(id),
                seen: ids.iter().map(id).collect(),
            };
            prop_assert_eq!(Remembered::from_text(&remembered.to_text()), remembered);
        }

        #[test]
        fn no_text_is_an_error(text in ".{0,200}") {
            let _ = (Remembered::from_text(&text), LastOpen::from_text(&text));
            prop_assert_eq!(Remembered::from_text(&format!("2\n{text}")), Remembered::default());
        }
    }

    #[test]
    fn filters_and_words_are_not_remembered() {
        Owner::new().with(|| {
            let route =
                Route::parse("#/findings?source=sample&labels=dosage_error&finding=f&sort=text&tiers=a").0;
            let state = AppState::new(route, ApiForm::default());
            assert_eq!(state.note_place().to_text(), "1\nplace #/findings?finding=f&v=1\n");
        });
    }

    #[test]
    fn the_last_difference_is_offered_where_the_place_is_another() {
        let opened = Arc::new(sample());
        Owner::new().with(|| {
            let state = AppState::new(Route::default(), ApiForm::default());
            state.conversations.set(opened.export.conversations.clone());
            state.opened.set(Some(opened.clone()));
            state.select_finding(&opened, opened.differences[3]);
            let on_it = untrack(move || state.note_place());
            state.go_to_conversation(4);
            let elsewhere = untrack(move || state.note_place());
            for (remembered, offered) in [(on_it, None), (elsewhere, Some(opened.differences[3]))] {
                state.route.set(Route::default());
                state.recall(remembered);
                assert_eq!(untrack(move || state.offered_difference()), offered);
            }
            state.take_offered_difference();
            assert_eq!(state.selected_now().finding, Some(opened.differences[3]));
            assert_eq!(untrack(move || state.offered_conversation()), None);
        });
    }

    #[test]
    fn ticks_are_counted_and_passed_over() {
        let opened = Arc::new(sample());
        Owner::new().with(|| {
            let state = AppState::new(Route::default(), ApiForm::default());
            state.conversations.set(opened.export.conversations.clone());
            state.opened.set(Some(opened.clone()));
            let all = opened.differences.len();
            assert_eq!(untrack(move || state.stepped.with(|differences| state.left_of(differences))), all);
            assert!(!state.toggle_seen(), "nothing is selected");
            state.select_finding(&opened, opened.differences[1]);
            assert!(state.toggle_seen());
            assert_eq!(
                untrack(move || state.stepped.with(|differences| state.left_of(differences))),
                all - 1
            );
            state.select_finding(&opened, opened.differences[0]);
            state.go_to_unseen();
            assert_eq!(state.selected_now().finding, Some(opened.differences[2]));
            state.select_finding(&opened, *opened.differences.last().unwrap());
            state.go_to_unseen();
            assert_eq!(state.selected_now().finding, Some(opened.differences[0]), "from the start again");
            let remembered = Remembered::from_text(&untrack(move || state.note_place()).to_text());
            assert_eq!(remembered.seen_in(&opened), BTreeSet::from([opened.differences[1]]));
            state.select_finding(&opened, opened.differences[1]);
            assert!(state.toggle_seen());
            assert_eq!(untrack(move || state.stepped.with(|differences| state.left_of(differences))), all);
        });
    }
}
