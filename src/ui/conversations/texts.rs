//! The messages of one conversation, set as the layout has it: rows, heads of columns, the map beside them.
//!
//! Belongs here: which rows there are, and setting them anew without losing the place. Does not belong here: what a row
//! shows (`message`, `same`).

use super::columns::ColumnHeads;
use super::message::MessageView;
use super::minimap::Minimap;
use super::place::{
    KeptPlace, LeftAt, LeftPlaces, MESSAGES, Place, keep_line_when_tracks_open, reveal_what_is_selected,
};
use super::same::same_messages;
use super::{Selected, SetAs};
use crate::browser::{focus, locale, timing};
use crate::state::AppState;
use crate::state::differences::{Row, row_of};
use crate::state::reading::Setting;
use crate::state::selection::Selection;
use crate::ui::live::effect;
use crate::ui::turns::Turns;
use crate::ui::virtual_list::{ListGeometry, VirtualList};
use labelscope_core::domain::{Conversation, MessageRef};
use labelscope_core::logic::window::Anchor;
use leptos::prelude::*;
use std::sync::Arc;

/// The height of a message before it is measured, in pixels.
const MESSAGE: f64 = 180.0;

/// The rows of a conversation and how they are set. Where either changes, the list is made anew.
#[derive(Clone, Debug, PartialEq)]
struct Arrangement {
    setting: Setting,
    rows: Arc<[Row]>,
}

/// The messages of the conversation at `index`.
#[component]
pub fn Texts(index: u32) -> impl IntoView {
    let state = expect_context::<AppState>();
    let Selected(selected) = expect_context();
    let SetAs(setting) = expect_context();
    let kept: KeptPlace = expect_context();
    let conversation = state.conversations.with_untracked(|read| read.get(index as usize).cloned());
    let Some(conversation) = conversation else { return ().into_any() };
    let title = format!("Conversation {}", locale::count(u64::from(index) + 1));
    let count = u32::try_from(conversation.messages.len()).unwrap_or(u32::MAX);
    mark_first_message();
    let wanted = Memo::new(move |_| {
        let setting = setting.get();
        let rows = differing_rows(state, index, setting, selected);
        let rows = rows.unwrap_or_else(|| (0..count).map(Row::Message).collect());
        Arrangement { setting, rows: rows.into() }
    });
    let arrangement = RwSignal::new(wanted.get_untracked());
    kept.come_to(index, &conversation);
    let is_led = StoredValue::new(!kept.is_in(index));
    // Set anew only once the place is noted, which needs the page as it was.
    effect(move || {
        let next = wanted.get();
        if arrangement.with_untracked(|now| *now != next) {
            // Whether what is looked for takes a message out of those without a difference.
            let looked_for = untrack(move || looked_for(state, selected));
            let is_new = |at: &MessageRef| {
                let row = Row::Message(at.message);
                next.rows.contains(&row) && arrangement.with_untracked(|now| !now.rows.contains(&row))
            };
            is_led.set_value(looked_for.iter().filter(|at| at.conversation == index).any(is_new));
            kept.note(index);
            arrangement.set(next);
        }
    });
    reveal_what_is_selected(state, selected);
    // Whoever comes back to a conversation, and to nothing in it, finds the place where it was left.
    let left: LeftPlaces = expect_context();
    let (leaving, replaced) = (conversation.clone(), state.replaced.get_untracked());
    on_cleanup(move || {
        if state.replaced.get_untracked() != replaced {
            kept.note_for(index, &leaving);
        }
    });
    let is_sought = untrack(move || looked_for(state, selected)).iter().any(|at| at.conversation == index);
    let resumed = StoredValue::new_local(left.of(index, &conversation).filter(|_| !is_sought));
    let list = move || {
        let Arrangement { setting, rows } = arrangement.get();
        focus::let_go(MESSAGES);
        let resumed = resumed.try_update_value(Option::take).flatten();
        let is_led = is_led.get_value() && resumed.is_none();
        let place = kept.take(index);
        view! { <List conversation=conversation.clone() index setting rows place resumed is_led title=title.clone()/> }
    };
    view! {
        <h1 class="vh" id="reader-title">{format!("Conversation {}", locale::count(u64::from(index) + 1))}</h1>
        {list}
    }
    .into_any()
}

/// The rows where only differences are shown and they are known.
fn differing_rows(
    state: AppState,
    index: u32,
    setting: Setting,
    selected: Memo<Selection>,
) -> Option<Vec<Row>> {
    let Setting::Differences(pair, _) = setting else { return None };
    let (opened, filtered) = (state.opened.get()?, state.filtered.get()?);
    let looked_for = looked_for(state, selected);
    Some(state.folds.with(|folds| opened.rows_between(index, pair, &filtered, folds, &looked_for)))
}

/// The messages of what is selected and of the hit that was gone to.
fn looked_for(state: AppState, selected: Memo<Selection>) -> Vec<MessageRef> {
    selected.get().message.into_iter().chain(state.sought.get()).collect()
}

/// The rows, and what stands beside them.
#[component]
fn List(
    conversation: Arc<Conversation>,
    /// Index of the conversation.
    index: u32,
    setting: Setting,
    rows: Arc<[Row]>,
    /// Where the person was before the rows were set anew.
    place: Option<Place>,
    /// Where they left the conversation before.
    resumed: Option<LeftAt>,
    /// Whether they are to be led to what is selected all the same.
    is_led: bool,
    title: String,
) -> impl IntoView {
    let state = expect_context::<AppState>();
    let Selected(selected) = expect_context();
    let geometry = ListGeometry::new();
    keep_line_when_tracks_open(state, geometry);
    // A place in the text is kept by what all rows have come to be.
    provide_context(Turns::new(state, move || geometry.top() > 0.0 || selected.get().message.is_some()));
    let kept = place.as_ref().map(|place| LeftAt { message: place.message, row: None, below: 0.0 });
    let start = kept.or(resumed).and_then(|LeftAt { message, row, below }| {
        let same = row.filter(|&row| rows.get(row).is_some_and(|row| row.start() == message));
        Some(Anchor { row: same.or_else(|| row_of(&rows, message))?, below })
    });
    // What is selected already is not gone back to.
    let stays = start.is_some() && !is_led;
    let all = StoredValue::new(rows.clone());
    let (left, leaving): (LeftPlaces, _) = (expect_context(), conversation.clone());
    on_cleanup(move || {
        let Anchor { row, below } = geometry.at_top();
        let message = all.try_with_value(|rows| rows.get(row).map(Row::start)).flatten();
        if let Some(message) = message {
            left.note(index, &leaving, LeftAt { message, row: Some(row), below });
        }
    });
    let row_in = move |at: Option<MessageRef>| {
        let at = at.filter(|at| at.conversation == index)?;
        all.with_value(|rows| row_of(rows, at.message))
    };
    let reveal = Memo::new(move |_| {
        // Reading `opened` reveals anew what a link names once the tiers have opened up the lines above it.
        state.opened.track();
        row_in(selected.get().message)
    });
    let sought = Signal::derive(move || row_in(state.sought.get()));
    if let Some(place) = place.filter(|_| !is_led) {
        place.restore();
    }
    let count = Signal::stored(rows.len());
    let map = view! { <Minimap index rows=rows.clone() geometry/> };
    let row = move |row: usize| match rows.get(row) {
        Some(Row::Message(message)) => {
            let at = MessageRef { conversation: index, message: *message };
            view! { <MessageView conversation=conversation.clone() at/> }.into_any()
        }
        Some(Row::Same { messages, why, is_open }) => {
            same_messages(state, &conversation, index, messages.clone(), *why, *is_open)
        }
        None => ().into_any(),
    };
    view! {
        {(setting == Setting::Columns).then(|| view! { <ColumnHeads index/> })}
        <div class="read">
            <VirtualList count estimate=MESSAGE reveal sought label=title class="body msgs" geometry start stays row/>
            {map}
        </div>
    }
    .into_any()
}

/// Leaves the mark `labelscope:first-message` once, when the first message's text has been painted.
fn mark_first_message() {
    let state = expect_context::<AppState>();
    if state.first_message_marked.get_value() {
        return;
    }
    state.first_message_marked.set_value(true);
    // The frame that paints the message ends before the second callback.
    request_animation_frame(|| request_animation_frame(|| timing::mark("labelscope:first-message")));
}
