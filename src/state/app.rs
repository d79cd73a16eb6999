//! The state of the app on one page: a sentence for each value.

use super::Opened;
use super::filter::{Filter, Filtered};
use super::findings::FindingsPlace;
use super::folds::Folds;
use super::heavy::Question;
use super::links::{Stray, project_id};
use super::listed::{ListOrder, Listed};
use super::load::{Loads, Origin};
use super::reading::Reading;
use super::remembered::Remembered;
use super::request::ApiForm;
use super::route::Route;
use super::search::Search;
use labelscope_core::domain::{Conversation, MessageRef, Project};
use labelscope_core::logic::align::FindingIndex;
use leptos::prelude::*;
use std::collections::BTreeSet;
use std::sync::Arc;
use uuid::Uuid;

/// Everything that the app knows. Copied freely: it holds handles of signals that live as long as the page.
#[derive(Clone, Copy)]
pub struct AppState {
    /// What the address says: the screen, and what is selected on it. The address bar follows it and it follows the
    /// address bar; nothing else holds a selection.
    pub route: RwSignal<Route>,
    /// The latest opening: not begun, under way, failed or done.
    pub loads: RwSignal<Loads>,
    /// The project of the export on screen, as soon as it is read.
    pub project: RwSignal<Option<Arc<Project>>>,
    /// The conversations read so far of the export on screen, in the order of the file.
    pub conversations: RwSignal<Vec<Arc<Conversation>>>,
    /// The export on screen once all of it is read, anchored, aligned and counted; until then `None`.
    pub opened: RwSignal<Option<Arc<Opened>>>,
    /// How often a later export of the same project took the place of an earlier one.
    pub replaced: RwSignal<u32>,
    /// Whether it is said what changed when that happened last; until it is put away.
    pub changes_told: RwSignal<bool>,
    /// Whether the list of what changed is open.
    pub changes_open: RwSignal<bool>,
    /// What is remembered of the project on screen.
    pub remembered: RwSignal<Remembered>,
    /// The place that is offered to go back to: where the person was last time.
    pub offered_place: RwSignal<Option<Route>>,
    /// The differences that are ticked as seen.
    pub seen: Memo<BTreeSet<FindingIndex>>,
    /// Where the export on screen came from.
    pub came_from: RwSignal<Option<Origin>>,
    /// Whether the person asked for the Open screen although an export is on screen.
    pub choosing: RwSignal<bool>,
    /// What stands in the form for the API. The key is nowhere else.
    pub form: RwSignal<ApiForm>,
    /// The finding under the pointer, in the text or in a ledger.
    pub hovered: RwSignal<Option<FindingIndex>>,
    /// How the person likes to read: what they chose last, remembered beyond the page.
    pub reading: RwSignal<Reading>,
    /// Whether the window is wide enough for texts side by side.
    pub is_wide: RwSignal<bool>,
    /// Whether the window has room for one pane only, with the finding as a sheet over it.
    pub is_narrow: RwSignal<bool>,
    /// Whether the page is shown without the colours of labels: in a forced palette, or on a screen of one colour.
    pub is_colorless: RwSignal<bool>,
    /// What the person opened and closed by hand, as long as the export is on screen.
    pub folds: RwSignal<Folds>,
    /// Whether a window too narrow for three panes shows the list in place of the text.
    pub listing: RwSignal<bool>,
    /// Where the person was in the table of findings, as long as the export is on screen.
    pub findings_place: StoredValue<Option<FindingsPlace>>,
    /// What is searched for, what was found, and which hit is the current one.
    pub search: RwSignal<Search>,
    /// Whether the search stands in the place of the list of conversations, and how often its field was asked for: each
    /// time moves the focus there.
    pub search_open: RwSignal<Option<u64>>,
    /// The message that a hit was gone to in, where the reader does not have it on the page. Set again, it is sought again.
    pub sought: RwSignal<Option<MessageRef>>,
    /// Whether a message of the opening under way was shown, which its time is measured by.
    pub first_message_marked: StoredValue<bool>,
    /// What is asked before an opening reads on, until it is answered.
    pub question: RwSignal<Option<Question>>,
    /// Whether the sheet of keys is open.
    pub keys_open: RwSignal<bool>,
    /// The address that a link, the history or the address bar led to last, until the keyboard has gone there too.
    pub landing: StoredValue<Option<Route>>,
    /// The link that was followed last, where it points into another project than the one on screen; until it is put
    /// away.
    pub strayed: RwSignal<Option<Stray>>,
    /// The project of the export that was taken away last, which the address may still name.
    pub left: StoredValue<Option<Uuid>>,
    /// What is typed into the field above the list of conversations. It narrows the list and stands in no address, which
    /// holds no text of a message.
    pub typed: RwSignal<String>,
    /// What the filters of the address let through of the export on screen; until that is all read, `None`.
    pub filtered: Memo<Option<Arc<Filtered>>>,
    /// Which conversations are listed, in which order.
    pub listed: Memo<Listed>,
    /// The differences that are stepped through, in document order: those that the filters let through, and where only
    /// differences between two tiers are shown, those between the two.
    pub stepped: Memo<Arc<[FindingIndex]>>,
}

impl AppState {
    /// The state of a page on which nothing is open yet.
    pub fn new(route: Route, form: ApiForm) -> Self {
        let start = route.clone();
        let route = RwSignal::new(route);
        let opened = RwSignal::new(None);
        let conversations = RwSignal::new(Vec::new());
        let typed = RwSignal::new(String::new());
        let remembered = RwSignal::new(Remembered::default());
        let filtered = filtered(route, opened);
        let mut state = AppState {
            landing: StoredValue::new(Some(start)),
            strayed: RwSignal::new(None),
            left: StoredValue::new(None),
            route,
            loads: RwSignal::new(Loads::default()),
            project: RwSignal::new(None),
            conversations,
            opened,
            replaced: RwSignal::new(0),
            changes_told: RwSignal::new(false),
            changes_open: RwSignal::new(false),
            came_from: RwSignal::new(None),
            remembered,
            offered_place: RwSignal::new(None),
            seen: Memo::new(move |_| {
                let opened = opened.get();
                remembered.with(|one| opened.map(|opened| one.seen_in(&opened)).unwrap_or_default())
            }),
            choosing: RwSignal::new(false),
            form: RwSignal::new(form),
            hovered: RwSignal::new(None),
            reading: RwSignal::new(Reading::default()),
            is_wide: RwSignal::new(false),
            is_narrow: RwSignal::new(false),
            is_colorless: RwSignal::new(false),
            folds: RwSignal::new(Folds::default()),
            listing: RwSignal::new(false),
            findings_place: StoredValue::new(None),
            search: RwSignal::new(Search::default()),
            search_open: RwSignal::new(None),
            sought: RwSignal::new(None),
            first_message_marked: StoredValue::new(false),
            question: RwSignal::new(None),
            keys_open: RwSignal::new(false),
            typed,
            filtered,
            listed: listed(route, conversations, opened, filtered, typed),
            stepped: Memo::new(|_| Arc::default()),
        };
        // Which layout there is, is for the state to say.
        state.stepped = Memo::new(move |_| state.differences_to_step());
        state
    }

    /// Takes the export on screen away, so that the next one can take its place.
    pub fn clear_export(self) {
        self.left.set_value(self.project.with_untracked(|left| left.as_deref().and_then(project_id)));
        self.opened.set(None);
        self.project.set(None);
        self.conversations.set(Vec::new());
        self.first_message_marked.set_value(false);
        self.hovered.set(None);
        self.search.set(Search::default());
        self.search_open.set(None);
        self.sought.set(None);
        self.folds.set(Folds::default());
        self.findings_place.set_value(None);
        self.strayed.set(None);
        self.typed.set(String::new());
        self.changes_told.set(false);
        self.changes_open.set(false);
        self.came_from.set(None);
        self.remembered.set(Remembered::default());
        self.offered_place.set(None);
    }

    /// Takes the export away and forgets what led to it: the address and the form, with the key in it. What a person
    /// prefers, such as the layout of the list, stays.
    pub fn close(self) {
        self.loads.update(Loads::cancel);
        self.clear_export();
        self.form.set(ApiForm::default());
        self.choosing.set(false);
        self.left.set_value(None);
        self.landing.set_value(None);
        self.route.set(Route::default());
    }

    /// Whether any of an export is on screen.
    pub fn has_export(self) -> bool {
        self.opened.with(Option::is_some)
            || self.project.with(Option::is_some)
            || self.conversations.with(|read| !read.is_empty())
    }
}

/// What the filters of an address let through; computed when asked for, anew only where another filter or another export
/// is on screen.
fn filtered(route: RwSignal<Route>, opened: RwSignal<Option<Arc<Opened>>>) -> Memo<Option<Arc<Filtered>>> {
    let filter = Memo::new(move |_| route.with(Filter::of));
    Memo::new_with_compare(
        move |_| opened.with(|opened| Some(Arc::new(Filtered::of(opened.as_deref()?, filter.get())))),
        |_, _| true,
    )
}

fn listed(
    route: RwSignal<Route>,
    conversations: RwSignal<Vec<Arc<Conversation>>>,
    opened: RwSignal<Option<Arc<Opened>>>,
    filtered: Memo<Option<Arc<Filtered>>>,
    typed: RwSignal<String>,
) -> Memo<Listed> {
    let order = Memo::new(move |_| route.with(|route| ListOrder::of(route.sort.as_deref())));
    Memo::new(move |_| {
        let (opened, filtered) = (opened.get(), filtered.get());
        let whole = opened.as_deref().zip(filtered.as_deref());
        conversations.with(|read| typed.with(|typed| Listed::of(read, whole, order.get(), typed)))
    })
}
