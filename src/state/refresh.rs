//! An export that takes the place of an earlier one of the same project: what changed, as counts and as rows.
//!
//! Belongs here: comparing the two in steps, the words for each kind of change, where a change leads. Does not belong
//! here: what counts as a change (`labelscope_core::logic::changes`), reading the later export, what is seen of it.
//!
//! A project that is opened again while it is on screen is refreshed: the place, the selection and the filters stay, and
//! the earlier export until all of the later one is read.

use super::folds::Folds;
use super::route::Source;
use super::{AppState, Opened};
use labelscope_core::domain::{AnnotationRef, Conversation, Id, MessageRef, Name, Text, Tier};
use labelscope_core::logic::changes::{Changes, Comparing, Side};
use leptos::prelude::*;
use std::sync::Arc;

/// What is another than in an earlier export of the same project.
#[derive(Debug, Default)]
pub struct Since {
    /// The changes.
    pub changes: Changes,
    /// The messages on which anything is another, in document order.
    pub messages: Vec<MessageRef>,
    /// `updated_at` of the earlier export, as sent.
    pub earlier: Option<String>,
}

/// One sort of change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeKind {
    /// Annotations of a tier that are new.
    Added(Tier),
    /// Annotations of a tier of which a field is another.
    Edited(Tier),
    /// Annotations of a tier that are gone.
    Gone(Tier),
    /// Messages that a tier looked at, and did not before.
    LookedAt(Tier),
    /// Messages that are new.
    NewMessages,
    /// Messages that read otherwise.
    EditedMessages,
    /// Messages that are gone.
    GoneMessages,
    /// The fields of the project.
    Project,
}

impl ChangeKind {
    /// All, in the order in which they are told.
    pub fn all() -> impl Iterator<Item = ChangeKind> {
        let of_tiers = |kind: fn(Tier) -> ChangeKind| Tier::ALL.map(kind);
        let messages = [ChangeKind::NewMessages, ChangeKind::EditedMessages, ChangeKind::GoneMessages];
        of_tiers(ChangeKind::Added)
            .into_iter()
            .chain(of_tiers(ChangeKind::Edited))
            .chain(of_tiers(ChangeKind::Gone))
            .chain(of_tiers(ChangeKind::LookedAt))
            .chain(messages)
            .chain([ChangeKind::Project])
    }

    /// The change in words, `number` being `count` as the person writes it: `+12 review annotations`.
    pub fn words(self, count: usize, number: &str) -> String {
        let annotations = if count == 1 { "annotation" } else { "annotations" };
        let messages = if count == 1 { "message" } else { "messages" };
        match self {
            ChangeKind::Added(tier) => format!("+{number} {} {annotations}", tier.key()),
            ChangeKind::Edited(tier) => format!("{number} {} {annotations} edited", tier.key()),
            ChangeKind::Gone(tier) => format!("{number} {} {annotations} gone", tier.key()),
            ChangeKind::LookedAt(Tier::Review) => format!("{number} {messages} newly reviewed"),
            ChangeKind::LookedAt(tier) => format!("{number} {messages} newly looked at by {}", tier.title()),
            ChangeKind::NewMessages => format!("+{number} {messages}"),
            ChangeKind::EditedMessages => format!("{number} {messages} edited"),
            ChangeKind::GoneMessages => format!("{number} {messages} gone"),
            ChangeKind::Project => "fields of the project changed".to_owned(),
        }
    }
}

/// Where a change leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// To an annotation, and the message that it sits in, if it sits in one.
    Annotation(AnnotationRef, Option<MessageRef>),
    /// To a message.
    Message(MessageRef),
    /// To a conversation, by its index.
    Conversation(u32),
    /// To the fields of the project.
    Project,
    /// Nowhere: nothing of it is left.
    Nowhere,
}

/// One change.
#[derive(Clone, Debug, PartialEq)]
pub struct ChangeRow {
    /// Its sort.
    pub kind: ChangeKind,
    /// Where it leads.
    pub target: Target,
    /// The label of an annotation.
    pub label: Option<Name>,
    /// The quote of an annotation.
    pub quote: Option<Text>,
    /// The id of what changed.
    pub id: Option<Id>,
}

impl Since {
    /// How many changes there are of each sort that there are any of.
    pub fn counts(&self) -> Vec<(ChangeKind, usize)> {
        let count = |kind| (kind, self.count(kind));
        ChangeKind::all().map(count).filter(|(_, count)| *count > 0).collect()
    }

    fn count(&self, kind: ChangeKind) -> usize {
        let changes = &self.changes;
        let of_tier = |list: &[AnnotationRef], tier| list.iter().filter(|one| one.tier == tier).count();
        match kind {
            ChangeKind::Added(tier) => of_tier(&changes.added, tier),
            ChangeKind::Edited(tier) => of_tier(&changes.edited, tier),
            ChangeKind::Gone(tier) => changes.removed.iter().filter(|gone| gone.tier == tier).count(),
            ChangeKind::LookedAt(tier) => changes.looked_at[tier].len(),
            ChangeKind::NewMessages => changes.added_messages.len(),
            ChangeKind::EditedMessages => changes.edited_messages.len(),
            ChangeKind::GoneMessages => changes.removed_messages.len(),
            ChangeKind::Project => usize::from(changes.project),
        }
    }

    /// The changes of one sort, each once.
    pub fn rows(&self, opened: &Opened, kind: ChangeKind) -> Vec<ChangeRow> {
        let changes = &self.changes;
        let of_tier = |list: &[AnnotationRef], tier: Tier| -> Vec<ChangeRow> {
            let list = list.iter().filter(|one| one.tier == tier);
            list.map(|&one| annotation_row(opened, kind, one)).collect()
        };
        let messages = |list: &[MessageRef]| -> Vec<ChangeRow> {
            list.iter().map(|&at| message_row(opened, kind, at)).collect()
        };
        match kind {
            ChangeKind::Added(tier) => of_tier(&changes.added, tier),
            ChangeKind::Edited(tier) => of_tier(&changes.edited, tier),
            ChangeKind::Gone(tier) => {
                let gone = changes.removed.iter().filter(|gone| gone.tier == tier);
                gone.map(|gone| ChangeRow {
                    target: gone.message.map_or(Target::Nowhere, Target::Message),
                    label: gone.label.clone(),
                    id: gone.id.clone(),
                    ..row(kind)
                })
                .collect()
            }
            ChangeKind::LookedAt(tier) => messages(&changes.looked_at[tier]),
            ChangeKind::NewMessages => messages(&changes.added_messages),
            ChangeKind::EditedMessages => messages(&changes.edited_messages),
            ChangeKind::GoneMessages => {
                let gone = changes.removed_messages.iter();
                gone.map(|gone| ChangeRow {
                    target: gone.conversation.map_or(Target::Nowhere, Target::Conversation),
                    id: gone.id.clone(),
                    ..row(kind)
                })
                .collect()
            }
            ChangeKind::Project if changes.project => {
                vec![ChangeRow { target: Target::Project, ..row(kind) }]
            }
            ChangeKind::Project => Vec::new(),
        }
    }
}

fn row(kind: ChangeKind) -> ChangeRow {
    ChangeRow { kind, target: Target::Nowhere, label: None, quote: None, id: None }
}

fn annotation_row(opened: &Opened, kind: ChangeKind, at: AnnotationRef) -> ChangeRow {
    let annotation = opened.export.tiers[at.tier].annotations.get(at.index as usize);
    let mark = opened.alignment.mark_of(at).and_then(|mark| opened.mark(mark));
    let unplaced = || opened.placement.unplaced.iter().find(|one| one.annotation == at)?.message;
    let message = mark.map(|mark| mark.part.message).or_else(unplaced);
    ChangeRow {
        target: Target::Annotation(at, message),
        label: annotation.and_then(|one| one.label.clone()),
        quote: annotation.and_then(|one| one.text.clone()),
        id: annotation.and_then(|one| one.id.clone()),
        ..row(kind)
    }
}

fn message_row(opened: &Opened, kind: ChangeKind, at: MessageRef) -> ChangeRow {
    let id = opened.message(at).and_then(|message| message.id.clone());
    ChangeRow { target: Target::Message(at), id, ..row(kind) }
}

impl Opened {
    /// This export, to be compared with another.
    fn side(&self) -> Side<'_> {
        Side { export: &self.export, placement: &self.placement, alignment: &self.alignment }
    }
}

/// A comparison of an export with the earlier one, in steps between which a page can stay alive.
pub struct Refreshing {
    earlier: Arc<Opened>,
    now: Opened,
    comparing: Comparing,
}

impl Refreshing {
    /// Nothing compared yet.
    pub fn new(earlier: Arc<Opened>, now: Opened) -> Self {
        Refreshing { earlier, now, comparing: Comparing::default() }
    }

    /// Works on until about `budget` messages, annotations or findings are compared. Whether all is done.
    pub fn step(&mut self, budget: usize) -> bool {
        self.comparing.step(self.earlier.side(), self.now.side(), budget)
    }

    /// The later export, with what changed; does now whatever is not done yet.
    pub fn finish(mut self) -> Opened {
        while !self.step(usize::MAX) {}
        let changes = self.comparing.finish();
        let messages = changes.messages(self.now.side());
        let earlier = self.earlier.export.project.updated_at.clone();
        self.now.since = Some(Arc::new(Since { changes, messages, earlier }));
        self.now
    }
}

impl AppState {
    /// Puts a later export of the same project in the place of the one on screen. Where the person is, what is selected
    /// and what is filtered by stays; it is known by ids. `source` is where the later one can be had again unasked.
    pub fn refresh(self, opened: Arc<Opened>, source: Option<Source>) {
        let keeps_places =
            self.conversations.with_untracked(|earlier| begins_like(&opened.export.conversations, earlier));
        // Findings and, where something came in between, messages are known by their place, which is another now.
        self.hovered.set(None);
        if !keeps_places {
            self.folds.set(Folds::default());
            self.sought.set(None);
        }
        self.replaced.update(|times| *times += 1);
        self.project.set(Some(Arc::new(opened.export.project.clone())));
        self.conversations.set(opened.export.conversations.clone());
        self.unsee_what_changed(&opened);
        self.opened.set(Some(opened));
        self.route.update(|route| route.source = source);
        self.changes_told.set(true);
    }
}

/// Whether every message of `earlier` stands at the same place in `later`.
fn begins_like(later: &[Arc<Conversation>], earlier: &[Arc<Conversation>]) -> bool {
    let messages_begin_alike = |(earlier, later): (&Arc<Conversation>, &Arc<Conversation>)| {
        let ids =
            |one: &Conversation| one.messages.iter().map(|message| message.id.clone()).collect::<Vec<_>>();
        earlier.id == later.id && ids(later).starts_with(&ids(earlier))
    };
    earlier.len() <= later.len() && earlier.iter().zip(later).all(messages_begin_alike)
}

#[cfg(test)]
#[path = "../../tests/support/later.rs"]
mod later;

#[cfg(test)]
mod tests {
    use super::later::later;
    use super::*;
    use crate::state::Preparing;
    use crate::state::filter::{Filter, Filtered};
    use crate::state::request::ApiForm;
    use crate::state::route::Route;
    use expect_test::expect;
    use labelscope_core::domain::Export;
    use labelscope_core::export::Reader;
    use labelscope_core::logic::align::FindingIndex;
    use serde_json::Value;

    fn opened(value: &Value) -> Opened {
        let (mut reader, mut export) = (Reader::new(), Export::default());
        reader.feed(value.to_string().as_bytes(), &mut export).unwrap();
        reader.finish(&mut export).unwrap();
        Preparing::new(export, 0, None).finish()
    }

    fn sample() -> Value {
        serde_json::from_str(include_str!("../../samples/leaflet-assistant.json")).unwrap()
    }

    fn refreshed() -> Opened {
        let mut refreshing = Refreshing::new(Arc::new(opened(&sample())), opened(&later(sample())));
        while !refreshing.step(3) {}
        refreshing.finish()
    }

    #[test]
    fn changes_are_counted_in_words_and_each_count_has_its_rows() {
        let opened = refreshed();
        let since = opened.since.clone().unwrap();
        let mut told = String::new();
        for (kind, count) in since.counts() {
            assert_eq!(since.rows(&opened, kind).len(), count, "{kind:?}");
            told += &format!("{}\n", kind.words(count, &count.to_string()));
        }
        expect![[r#"
            +1 review annotation
            1 review annotation edited
            2 automated annotations gone
            1 review annotation gone
            1 message gone
        "#]]
        .assert_eq(&told);
        let nothing = Refreshing::new(Arc::new(self::opened(&sample())), self::opened(&sample())).finish();
        assert!(nothing.since.unwrap().counts().is_empty());
    }

    #[test]
    fn what_changed_can_be_filtered_by() {
        let opened = refreshed();
        let since = opened.since.clone().unwrap();
        let route = Route { changed: true, ..Route::default() };
        let filtered = Filtered::of(&opened, Filter::of(&route));
        let through = (0..opened.alignment.findings.len()).map(FindingIndex::new);
        let through: Vec<_> = through.filter(|&one| filtered.finding(one)).collect();
        assert!(!through.is_empty());
        assert_eq!(through, since.changes.findings);
        let conversations: std::collections::BTreeSet<u32> =
            since.messages.iter().map(|at| at.conversation).collect();
        assert!(filtered.conversations().unwrap().iter().copied().eq(conversations));
    }

    #[test]
    fn the_place_stays_when_a_later_export_comes() {
        Owner::new().with(|| {
            let before = Arc::new(opened(&sample()));
            let finding = before.differences[2];
            let state = AppState::new(Route::default(), ApiForm::default());
            state.refresh(before.clone(), None);
            state.select_finding(&before, finding);
            let here = state.route.get_untracked();
            state.refresh(Arc::new(refreshed()), None);
            assert_eq!(state.route.get_untracked(), here);
            assert!(state.selected_now().finding.is_some());
        });
    }
}
