//! The Conversations screen: the list, the reader and the inspector.
//!
//! Belongs here: what is seen of messages, parts, marks and findings. Does not belong here: what they are (the core),
//! what is selected (`state::selection`).

mod bar;
mod choices;
mod columns;
mod folding;
pub(super) mod glyph;
mod inspector;
mod ledger;
mod legend;
mod list;
mod marked_text;
mod message;
mod minimap;
mod part;
mod place;
mod reader;
mod same;
mod texts;
mod tip;
mod tray;

use crate::browser::focus;
use crate::state::AppState;
use crate::state::reading::Setting;
use crate::state::selection::Selection;
use crate::ui::later::after_frames;
use crate::ui::live::{effect, live};
use crate::ui::search::SearchPane;
use crate::ui::turns::Turn;
use inspector::{Inspector, RawSheet, RawSheetState};
use labelscope_core::logic::align::FindingIndex;
pub use legend::drawn as drawn_legend;
use leptos::prelude::*;
use list::ConversationList;
use marked_text::Ahead;
pub use part::PartView;
use place::KeptPlace;
pub use place::LeftPlaces;
use reader::Reader;
use tip::Tip;
pub use tray::WithoutMessage;

/// What the screen's components share: what the address selects, found once.
#[derive(Clone, Copy)]
struct Selected(Memo<Selection>);

/// The selected finding, where the filters do not let it through: it is shown all the same.
#[derive(Clone, Copy)]
struct Outside(Memo<Option<FindingIndex>>);

/// Whether a window too narrow for three panes shows the list in place of the text.
#[derive(Clone, Copy)]
struct Listing(RwSignal<bool>);

/// How the texts on the page are set. What is wanted may be ahead of it by the moment in which the place is noted.
#[derive(Clone, Copy)]
struct SetAs(Signal<Setting>);

/// Provides what parts, ledgers and marks ask for: what the address of `state` selects, whether that is filtered out, and
/// how texts are set, by themselves with tracks and at once.
pub fn provide_selection(state: AppState) {
    let selected = Memo::new(move |_| state.selection());
    provide_context(Selected(selected));
    provide_context(Outside(Memo::new(move |_| {
        let finding = selected.get().finding?;
        state
            .filtered
            .with(|filtered| filtered.as_ref().is_some_and(|one| !one.finding(finding)))
            .then_some(finding)
    })));
    provide_context(SetAs(Signal::stored(Setting::default())));
    provide_context(Turn::come());
}

/// Sets the texts as the address, the person and the window have it, once the place in them is noted.
fn provide_setting(state: AppState) {
    let Selected(selected) = expect_context();
    let kept = KeptPlace::new();
    let setting = RwSignal::new(untrack(move || state.setting()));
    effect(move || {
        let next = state.setting();
        if setting.get_untracked() != next {
            if let Some(conversation) = selected.get_untracked().conversation.index() {
                kept.note(conversation);
            }
            setting.set(next);
        }
    });
    provide_context(kept);
    provide_context(SetAs(setting.into()));
}

/// What stands before the text.
#[derive(Clone, Copy, PartialEq)]
enum Beside {
    /// The search.
    Search,
    /// The list of conversations.
    List,
    /// Nothing yet.
    Nothing,
}

/// List, reader and inspector side by side; on a phone the reader, with the inspector as a sheet over it.
#[component]
pub fn Conversations() -> impl IntoView {
    let state = expect_context::<AppState>();
    let listing = state.listing;
    provide_selection(state);
    provide_setting(state);
    provide_context(Ahead::follow(state));
    let SetAs(setting) = expect_context();
    let has_columns = Memo::new(move |_| setting.get() == Setting::Columns);
    provide_context(RawSheetState::new());
    provide_context(Listing(listing));
    let is_searching = Memo::new(move |_| state.search_open.with(Option::is_some));
    // The text comes first, and when it was there is noted. What stands beside it follows a frame later each, so that no
    // frame is long.
    let (list_is_due, inspector_is_due) = (after_frames(2), after_frames(3));
    // Made once: a search that was opened before the list was due stays.
    let beside = Memo::new(move |_| match (is_searching.get(), list_is_due.get()) {
        (true, _) => Beside::Search,
        (false, true) => Beside::List,
        (false, false) => Beside::Nothing,
    });
    let list = live(move || {
        focus::let_go(".pane.list");
        match beside.get() {
            Beside::Search => view! { <SearchPane listing/> }.into_any(),
            Beside::List => view! { <ConversationList/> }.into_any(),
            Beside::Nothing => view! { <div class="pane list"></div> }.into_any(),
        }
    });
    let inspector = live(move || match inspector_is_due.get() {
        true => view! { <Inspector/><Tip/><RawSheet/> }.into_any(),
        false => view! { <div class="pane inspect idle"></div> }.into_any(),
    });
    view! {
        <div class="desk" class:listing=move || listing.get() class:cols=move || has_columns.get()>
            {list}
            <Reader/>
            {inspector}
        </div>
    }
    .into_any()
}
