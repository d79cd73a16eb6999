//! Moving about in an export: each way changes the address, and everything else follows from that.

use super::filter::{Filter, chips};
use super::route::{Layout, Route, Screen};
use super::selection::{
    Selection, annotation_address, conversation_address, finding_address, message_address,
};
use super::{AppState, Opened};
use labelscope_core::domain::{AnnotationRef, Id, MessageRef, PerTier, Tier};
use labelscope_core::logic::align::FindingIndex;
use leptos::prelude::*;
use std::sync::Arc;

/// Which way along a row of things.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// To the one before.
    Back,
    /// To the one after.
    On,
}

impl Step {
    /// The index one step from `at` among `count`; `None` past either end.
    pub fn from(self, at: usize, count: usize) -> Option<usize> {
        match self {
            Step::Back => at.checked_sub(1),
            Step::On => Some(at + 1).filter(|&next| next < count),
        }
    }
}

impl Route {
    /// The same screen and filters with nothing selected.
    pub fn unselected(&self) -> Route {
        Route { conversation: None, message: None, annotation: None, finding: None, ..self.clone() }
    }

    /// Whether going from here to `next` is a step that the back button should undo: another screen, conversation or
    /// message, not another finding on the same message; another filter, however it came about, but not another tier
    /// shown or hidden, which is done and undone by the same key and would fill the history.
    pub fn is_step_to(&self, next: &Route) -> bool {
        let place =
            |route: &Route| (route.screen, route.conversation.clone(), route.message.clone(), route.layout);
        let filter = |route: &Route| Filter::of(&Route { tiers: None, ..route.clone() });
        let tiers = |route: &Route| route.shown_tiers().0;
        let changed =
            tiers(self).into_iter().zip(tiers(next)).filter(|(before, after)| before != after).count();
        place(self) != place(next) || filter(self) != filter(next) || changed > 1
    }

    /// Whether a finding or an annotation is selected.
    pub fn selects_finding(&self) -> bool {
        self.finding.is_some() || self.annotation.is_some()
    }

    /// Which tiers are shown.
    pub fn shown_tiers(&self) -> PerTier<bool> {
        self.tiers.unwrap_or(PerTier([true; 3]))
    }

    /// Shows or hides a tier. All shown is what an address without the parameter means.
    pub fn toggle_tier(&mut self, tier: Tier) {
        let mut tiers = self.shown_tiers();
        tiers[tier] = !tiers[tier];
        self.tiers = (tiers != PerTier([true; 3])).then_some(tiers);
    }
}

impl AppState {
    /// What the address selects.
    pub fn selection(self) -> Selection {
        let first = self.filtered.with(|filtered| {
            filtered.as_ref().and_then(|filtered| filtered.conversations()?.first().copied())
        });
        let first = first.unwrap_or_default();
        self.route.with(|route| {
            self.conversations
                .with(|read| self.opened.with(|opened| Selection::of(route, read, opened.as_deref(), first)))
        })
    }

    /// What the address selects at this moment, for acting on it: nothing follows later changes.
    pub fn selected_now(self) -> Selection {
        untrack(move || self.selection())
    }

    /// The address of a conversation, with the filters and tiers of this moment.
    pub fn route_to_conversation(self, index: u32) -> Route {
        self.route_to(self.address_of_conversation(index))
    }

    /// What addresses call the conversation at `index`, as long as this export is on screen.
    pub fn address_of_conversation(self, index: u32) -> Id {
        self.conversations
            .with(|read| self.opened.with(|opened| conversation_address(read, opened.as_deref(), index)))
    }

    /// The address of the conversation that addresses call this, with the filters and tiers of this moment.
    pub fn route_to(self, conversation: Id) -> Route {
        let here = self.route.with(Route::unselected);
        Route { screen: Screen::Conversations, conversation: Some(conversation), ..here }
    }

    /// Goes to a conversation.
    pub fn go_to_conversation(self, index: u32) {
        self.route.set(untrack(move || self.route_to_conversation(index)));
    }

    /// The conversation before or after another in the list.
    pub fn neighbour(self, index: u32, step: Step) -> Option<u32> {
        self.listed.with(|listed| match step {
            Step::Back => listed.before(index),
            Step::On => listed.after(index),
        })
    }

    /// Goes to the conversation before or after the one shown, among those listed. Stays at either end.
    pub fn step_conversation(self, step: Step) {
        let Some(at) = self.selected_now().conversation.index() else { return };
        if let Some(next) = untrack(move || self.neighbour(at, step)) {
            self.go_to_conversation(next);
        }
    }

    /// Lets everything through again, also what is typed above the list. `false` where nothing was filtered.
    pub fn clear_filters(self) -> bool {
        let is_filtered = self.route.with_untracked(|route| !chips(route).is_empty());
        let is_typed = self.typed.with_untracked(|typed| !typed.is_empty());
        if is_typed {
            self.typed.set(String::new());
        }
        if is_filtered {
            self.route.update(|route| *route = route.cleared());
        }
        is_filtered || is_typed
    }

    /// The address of a message, with the filters and tiers of this moment.
    pub fn route_to_message(self, opened: &Opened, at: MessageRef) -> Route {
        let message = message_address(&opened.export, at);
        Route { message, ..self.route_to_conversation(at.conversation) }
    }

    /// Goes to a message.
    pub fn go_to_message(self, opened: &Opened, at: MessageRef) {
        self.route.set(untrack(move || self.route_to_message(opened, at)));
    }

    /// Selects a finding and goes to its message.
    pub fn select_finding(self, opened: &Opened, index: FindingIndex) {
        let Some(finding) = opened.alignment.finding(index) else { return };
        let at = finding.part.message;
        let message = message_address(&opened.export, at);
        let finding = finding_address(opened, index);
        self.route.set(Route {
            message,
            finding,
            ..untrack(move || self.route_to_conversation(at.conversation))
        });
    }

    /// The address of an annotation, placed or not; of one that belongs to no message beside whatever is shown.
    pub fn route_to_annotation(
        self,
        opened: &Opened,
        annotation: AnnotationRef,
        message: Option<MessageRef>,
    ) -> Route {
        let annotation = Some(annotation_address(opened, annotation));
        match message {
            Some(at) => {
                let message = message_address(&opened.export, at);
                Route { message, annotation, ..self.route_to_conversation(at.conversation) }
            }
            None => {
                let conversation = self.route.with(|route| route.conversation.clone());
                let here = self.route.with(Route::unselected);
                Route { screen: Screen::Conversations, conversation, annotation, ..here }
            }
        }
    }

    /// Selects nothing but the conversation.
    pub fn unselect(self) {
        let conversation = self.selected_now().conversation.index();
        if let Some(index) = conversation {
            self.go_to_conversation(index);
        }
    }

    /// The differences to step through; see [`AppState::stepped`].
    pub(super) fn differences_to_step(self) -> Arc<[FindingIndex]> {
        let Some((opened, filtered)) = self.opened.get().zip(self.filtered.get()) else {
            return Arc::default();
        };
        match self.layout() {
            Layout::Differences => {
                let pair = self.route.with(Route::compared);
                opened.all_differences_between(pair, &filtered).into()
            }
            Layout::Tracks | Layout::Columns => filtered.differences(&opened).into(),
        }
    }

    /// Goes to the difference before or after what is selected, through the whole export in document order, among those
    /// that are stepped through. Without a selected finding, the first one in or after (or the last one in or before) what is shown.
    pub fn step_difference(self, step: Step) {
        let Some(opened) = self.opened.get_untracked() else { return };
        let differences = self.stepped.get_untracked();
        if let Some(next) = next_difference(&opened, &differences, &self.selected_now(), step) {
            self.select_finding(&opened, next);
        }
    }

    /// Goes to the finding before or after what is selected, differences or not, within the filters of the address.
    pub fn step_finding(self, step: Step) {
        let Some(opened) = self.opened.get_untracked() else { return };
        let Some(filtered) = untrack(move || self.filtered.get()) else { return };
        let selection = self.selected_now();
        let count = opened.alignment.findings.len();
        let is_let_through = |at: &usize| filtered.finding(FindingIndex::new(*at));
        let next = match (selection.finding.map(FindingIndex::get), step) {
            (Some(at), Step::On) => (at + 1..count).find(is_let_through),
            (Some(at), Step::Back) => (0..at).rev().find(is_let_through),
            (None, _) => (first_from(&opened, &selection)..count).find(is_let_through),
        };
        if let Some(next) = next {
            self.select_finding(&opened, FindingIndex::new(next));
        }
    }
}

/// Index of the first finding at or after the selected message, else after the start of the conversation shown.
fn first_from(opened: &Opened, selection: &Selection) -> usize {
    let conversation = selection.conversation.index().unwrap_or_default();
    let from = selection.message.unwrap_or(MessageRef { conversation, message: 0 });
    opened.alignment.findings.partition_point(|finding| finding.part.message < from)
}

fn next_difference(
    opened: &Opened,
    differences: &[FindingIndex],
    selection: &Selection,
    step: Step,
) -> Option<FindingIndex> {
    let next = match (selection.finding, step) {
        (Some(at), Step::On) => differences.partition_point(|&one| one <= at),
        (Some(at), Step::Back) => differences.partition_point(|&one| one < at).checked_sub(1)?,
        (None, Step::On) => {
            let first = FindingIndex::new(first_from(opened, selection));
            differences.partition_point(|&one| one < first)
        }
        (None, Step::Back) => {
            let first = FindingIndex::new(first_from(opened, selection));
            differences.partition_point(|&one| one < first).checked_sub(1)?
        }
    };
    differences.get(next).copied()
}

#[cfg(test)]
mod tests {
    use super::super::findings::tests::sample;
    use super::super::request::ApiForm;
    use super::*;
    use labelscope_core::logic::score::TierPair;

    /// What is selected after each step, until a step leads nowhere.
    fn walked<T: PartialEq>(
        state: AppState,
        step: impl Fn(AppState),
        here: impl Fn(AppState) -> T,
    ) -> Vec<T> {
        let mut met = Vec::new();
        loop {
            step(state);
            let now = here(state);
            if met.last() == Some(&now) {
                return met;
            }
            met.push(now);
        }
    }

    #[test]
    fn where_only_differences_of_a_pair_are_shown_those_are_stepped_through() {
        let opened = Arc::new(sample());
        Owner::new().with(|| {
            for pair in TierPair::ALL {
                let word = format!("{}{}", pair.candidate.letter(), pair.reference.letter());
                let address = format!("#/conversations?layout=differences&pair={word}&kinds=text");
                let state = AppState::new(Route::parse(&address).0, ApiForm::default());
                state.conversations.set(opened.export.conversations.clone());
                state.opened.set(Some(opened.clone()));
                let filtered = untrack(move || state.filtered.get()).unwrap();
                let messages = opened.export.conversations.iter().zip(0..).flat_map(|(one, conversation)| {
                    let count = u32::try_from(one.messages.len()).unwrap();
                    (0..count).map(move |message| MessageRef { conversation, message })
                });
                let shown: Vec<_> =
                    messages.flat_map(|at| opened.differences_between(at, pair, &filtered)).collect();
                assert!(!shown.is_empty() && shown != filtered.differences(&opened), "{word}");
                let selected = |state: AppState| state.selected_now().finding.unwrap();
                assert_eq!(walked(state, |state| state.step_difference(Step::On), selected), shown, "{word}");
                // In tracks all of them are.
                state.choose_layout(Layout::Tracks);
                assert_eq!(&*state.stepped.get_untracked(), filtered.differences(&opened));
            }
        });
    }

    #[test]
    fn steps_stay_within_the_filters() {
        let opened = Arc::new(sample());
        Owner::new().with(|| {
            let route = Route::parse("#/conversations?labels=fabrication&kinds=text&tiers=pr").0;
            let state = AppState::new(route.clone(), ApiForm::default());
            state.conversations.set(opened.export.conversations.clone());
            state.opened.set(Some(opened.clone()));
            let filtered = untrack(move || state.filtered.get()).unwrap();
            let findings = (0..opened.alignment.findings.len()).map(FindingIndex::new);
            let findings: Vec<_> = findings.filter(|&one| filtered.finding(one)).collect();
            assert!(findings.len() > 10 && findings.len() < opened.alignment.findings.len());
            let selected = |state: AppState| state.selected_now().finding.unwrap();
            assert_eq!(walked(state, |state| state.step_finding(Step::On), selected), findings);
            let back = walked(state, |state| state.step_finding(Step::Back), selected);
            assert!(back.into_iter().eq(findings.iter().rev().skip(1).copied()));
            state.route.set(route.clone());
            let differences = walked(state, |state| state.step_difference(Step::On), selected);
            assert_eq!(differences, filtered.differences(&opened));
            // With nothing selected, what is shown is the first that is listed.
            state.route.set(route);
            let shown = |state: AppState| state.selected_now().conversation.index().unwrap();
            let listed = filtered.conversations().unwrap();
            assert_eq!(shown(state), listed[0]);
            assert_eq!(walked(state, |state| state.step_conversation(Step::On), shown), listed[1..]);
            assert!(state.clear_filters() && !state.clear_filters());
            assert_eq!(shown(state), *listed.last().unwrap(), "what is read stays on screen");
        });
    }
}
