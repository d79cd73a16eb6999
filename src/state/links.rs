//! Links to places in an export, and links that lead elsewhere than into the export on screen.
//!
//! Belongs here: what a link that is handed on says. Does not belong here: the clipboard, the address bar, going anywhere
//! (`navigate`).
//!
//! A link names the project, so that it opens nothing else, where to get it from, if anyone else can, the place, and how
//! the text is set. It leaves filters behind: whoever follows it is to see the place, whatever is filtered here.

use super::route::{Route, Screen, Source};
use super::selection::{
    annotation_address, conversation_address, finding_address, message_address, message_address_in,
};
use super::{AppState, Opened};
use labelscope_core::domain::{AnnotationRef, MessageRef, Project};
use labelscope_core::logic::align::FindingIndex;
use leptos::prelude::*;
use uuid::Uuid;

/// The id of a project, where it is one that an address can name.
pub fn project_id(project: &Project) -> Option<Uuid> {
    project.id.as_ref().and_then(|id| Uuid::try_parse(&id.text()).ok())
}

/// The project that an address points into, where that is another than the one of the export on screen and the address
/// does not say where to get it.
pub fn strays_to(route: &Route, on_screen: &Project) -> Option<Uuid> {
    let named = route.project.filter(|_| route.source.is_none())?;
    (project_id(on_screen) != Some(named)).then_some(named)
}

/// A link that points into another project than the one on screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stray {
    /// Where it points.
    pub to: Route,
    /// The address that counts in its place as long as the export on screen stays.
    pub from: Route,
}

impl Stray {
    /// The project that it points into.
    pub fn project(&self) -> Option<Uuid> {
        self.to.project
    }
}

impl AppState {
    /// Follows an address that came from outside: a link, the history, the address bar. One that leads into another
    /// project, without saying where to get it, is noted and not followed. Whether it was followed.
    pub fn arrive(self, route: Route) -> bool {
        let here = self.route.get_untracked();
        if route == here {
            return true;
        }
        let own = self.project.with_untracked(|project| project.as_deref().map(project_id));
        let strays =
            self.project.with_untracked(|project| project.as_deref().and_then(|one| strays_to(&route, one)));
        if strays.is_some() {
            self.strayed.set(Some(Stray { to: route, from: here }));
            return false;
        }
        // What a link into this project leaves unsaid is what is known of it.
        let is_own = own.is_some_and(|own| route.project.is_none() || route.project == own);
        let source = if is_own { route.source.or(here.source) } else { route.source };
        let project = if is_own { here.project.or(route.project) } else { route.project };
        let route = Route { source, project, ..route };
        self.landing.set_value(Some(route.clone()));
        self.strayed.set(None);
        self.route.set(route);
        true
    }

    /// Brings the address into the export that has come on screen, and notes it where it pointed elsewhere. `source` is
    /// where the export can be had again without being asked; `left` is the project that was on screen before, which an
    /// address may still name.
    pub fn enter_export(self, project: &Project, source: Option<Source>, left: Option<Uuid>) {
        let to = self.route.get_untracked();
        // What changed is known only where a later export took the place of an earlier one.
        let from = Route { changed: false, ..to.in_export(project_id(project), source) };
        let stray = to.project.is_some() && to.project != from.project && to.project != left;
        if stray {
            self.strayed.set(Some(Stray { to: to.clone(), from: from.clone() }));
        } else if self
            .strayed
            .with_untracked(|stray| stray.as_ref().is_some_and(|one| one.project() == from.project))
        {
            self.strayed.set(None);
        }
        if from != to {
            // What was to be landed on is still the same place, with more said of it.
            self.landing.update_value(|landing| {
                if landing.as_ref() == Some(&to) {
                    *landing = Some(from.clone());
                }
            });
            self.route.set(from);
        }
    }

    /// Asks for the project that a stray link points into. Once its export is there, the link leads on.
    pub fn follow_stray(self) {
        if let Some(stray) = self.strayed.get_untracked() {
            self.landing.set_value(Some(stray.to.clone()));
            self.route.set(stray.to);
            self.choosing.set(true);
        }
    }

    /// Leaves the Open screen for the export that is there.
    pub fn stop_choosing(self) {
        self.choosing.set(false);
        let stray = self.strayed.get_untracked();
        if let Some(stray) = stray.filter(|stray| self.route.with_untracked(|here| *here == stray.to)) {
            self.route.set(stray.from);
        }
    }

    /// The fragment of a link to the conversation at `index`.
    pub fn link_to_conversation(self, index: u32) -> String {
        let id = self.conversations.with_untracked(|read| {
            self.opened.with_untracked(|opened| conversation_address(read, opened.as_deref(), index))
        });
        self.link_to(Route { conversation: Some(id), ..Route::default() })
    }

    /// The fragment of a link to a message. Works while the tiers are still being read.
    pub fn link_to_message(self, at: MessageRef) -> String {
        let (conversation, message) = self.conversations.with_untracked(|read| {
            let message =
                read.get(at.conversation as usize).and_then(|one| message_address_in(one, at.message));
            let conversation = self
                .opened
                .with_untracked(|opened| conversation_address(read, opened.as_deref(), at.conversation));
            (conversation, message)
        });
        self.link_to(Route { conversation: Some(conversation), message, ..Route::default() })
    }

    /// The fragment of a link to a finding.
    pub fn link_to_finding(self, opened: &Opened, index: FindingIndex) -> String {
        let message = opened.alignment.finding(index).map(|finding| finding.part.message);
        let finding = finding_address(opened, index);
        self.link_to(Route { finding, ..place_of(opened, message) })
    }

    /// The fragment of a link to an annotation, placed or not.
    pub fn link_to_annotation(self, opened: &Opened, annotation: AnnotationRef) -> String {
        let mark = opened.alignment.mark_of(annotation).and_then(|mark| opened.mark(mark));
        let unplaced = || opened.placement.unplaced.iter().find(|one| one.annotation == annotation);
        let message = mark.map(|mark| mark.part.message).or_else(|| unplaced()?.message);
        let annotation = Some(annotation_address(opened, annotation));
        self.link_to(Route { annotation, ..place_of(opened, message) })
    }

    fn link_to(self, place: Route) -> String {
        let project = self.project.with_untracked(|project| project.as_deref().and_then(project_id));
        let (project, source, layout, pair) =
            self.route.with_untracked(|here| (project.or(here.project), here.source, here.layout, here.pair));
        Route { screen: Screen::Conversations, project, source, layout, pair, ..place }.fragment()
    }
}

fn place_of(opened: &Opened, message: Option<MessageRef>) -> Route {
    let conversations = &opened.export.conversations;
    Route {
        conversation: message.map(|at| conversation_address(conversations, Some(opened), at.conversation)),
        message: message.and_then(|at| message_address(&opened.export, at)),
        ..Route::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::Preparing;
    use crate::state::request::ApiForm;
    use crate::state::route::Layout;
    use crate::state::selection::Selection;
    use labelscope_core::domain::{Export, Id, Tier};
    use labelscope_core::export::Reader;
    use std::sync::Arc;

    fn with_sample(test: impl FnOnce(AppState, &Opened)) {
        let bytes = include_bytes!("../../samples/leaflet-assistant.json");
        let (mut reader, mut export) = (Reader::new(), Export::default());
        reader.feed(bytes, &mut export).unwrap();
        reader.finish(&mut export).unwrap();
        let opened = Preparing::new(export, 0, None).finish();
        let owner = Owner::new();
        owner.with(|| {
            let here = "#/findings?source=sample&labels=dosage_error&layout=columns&sort=text&tiers=a";
            let state = AppState::new(Route::parse(here).0, ApiForm::default());
            state.project.set(Some(Arc::new(opened.export.project.clone())));
            state.conversations.set(opened.export.conversations.clone());
            test(state, &opened);
        });
    }

    /// What a link selects where it is followed.
    fn followed(link: &str, opened: &Opened) -> Selection {
        let (route, problems) = Route::parse(link);
        assert!(problems.is_empty(), "{problems:?}");
        assert_eq!(route.project, project_id(&opened.export.project));
        let expected = (Some(Source::Sample), Some(Layout::Columns), None, 0);
        assert_eq!((route.source, route.layout, route.tiers, route.labels.len()), expected);
        Selection::of(&route, &opened.export.conversations, Some(opened), 0)
    }

    #[test]
    fn every_place_has_a_link_that_leads_to_it() {
        with_sample(|state, opened| {
            for (conversation, index) in opened.export.conversations.iter().zip(0..) {
                assert_eq!(
                    followed(&state.link_to_conversation(index), opened).conversation.index(),
                    Some(index)
                );
                for message in 0..u32::try_from(conversation.messages.len()).unwrap() {
                    let at = MessageRef { conversation: index, message };
                    assert_eq!(followed(&state.link_to_message(at), opened).message, Some(at));
                }
            }
            for index in (0..opened.alignment.findings.len()).map(FindingIndex::new) {
                assert_eq!(followed(&state.link_to_finding(opened, index), opened).finding, Some(index));
            }
            for tier in Tier::ALL {
                for index in 0..u32::try_from(opened.export.tiers[tier].annotations.len()).unwrap() {
                    let annotation = AnnotationRef { tier, index };
                    let selection = followed(&state.link_to_annotation(opened, annotation), opened);
                    assert_eq!(selection.annotation, Some(annotation));
                }
            }
        });
    }

    #[test]
    fn an_address_from_outside_is_followed_unless_it_leads_elsewhere() {
        with_sample(|state, opened| {
            let own = project_id(&opened.export.project);
            state.enter_export(&opened.export.project, Some(Source::Sample), None);
            let here = state.route.get_untracked();
            assert_eq!(here.project, own);
            let link = Route { project: own, message: Some(Id::new("m")), ..Route::default() };
            assert!(state.arrive(link.clone()));
            let followed = Route { source: Some(Source::Sample), ..link };
            assert_eq!(state.route.get_untracked(), followed);
            assert_eq!(state.landing.get_value(), Some(followed.clone()));
            let elsewhere = Route { project: Some(Uuid::from_u128(7)), ..Route::default() };
            assert!(!state.arrive(elsewhere.clone()));
            assert_eq!(state.route.get_untracked(), followed, "the person stays where they are");
            state.follow_stray();
            assert_eq!(
                (state.route.get_untracked(), state.choosing.get_untracked()),
                (elsewhere.clone(), true)
            );
            state.stop_choosing();
            assert_eq!((state.route.get_untracked(), state.choosing.get_untracked()), (followed, false));
            state.follow_stray();
            let other = Project { id: Some(Id::new(&Uuid::from_u128(7).to_string())), ..Project::default() };
            state.enter_export(&other, None, None);
            assert_eq!((state.route.get_untracked(), state.strayed.get_untracked()), (elsewhere, None));
        });
    }

    #[test]
    fn what_was_on_screen_is_left_on_purpose() {
        with_sample(|state, opened| {
            let own = project_id(&opened.export.project);
            state.enter_export(&opened.export.project, Some(Source::Sample), None);
            let other = Project { id: Some(Id::new(&Uuid::from_u128(7).to_string())), ..Project::default() };
            state.enter_export(&other, None, own);
            assert_eq!(state.strayed.get_untracked(), None);
            assert_eq!(state.route.get_untracked().project, Some(Uuid::from_u128(7)));
        });
    }

    #[test]
    fn a_link_strays_only_where_it_names_another_project_and_no_source() {
        let project = |id: &str| Project { id: Some(Id::new(id)), ..Project::default() };
        let (own, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let to = |named: Uuid| Route { project: Some(named), ..Route::default() };
        let here = project(&own.to_string());
        assert_eq!(strays_to(&to(own), &here), None);
        assert_eq!(strays_to(&to(other), &here), Some(other));
        assert_eq!(strays_to(&Route { source: Some(Source::Api), ..to(other) }, &here), None);
        assert_eq!(strays_to(&Route::default(), &here), None);
        assert_eq!(strays_to(&to(other), &project("no UUID")), Some(other));
    }
}
