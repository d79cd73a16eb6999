//! The place in a text: kept where the text is set anew, and found where a link or a selection leads.
//!
//! Belongs here: scrolling. Does not belong here: what is selected, what the rows are.

use crate::browser::line::{self, Held, Line};
use crate::browser::resize::Element;
use crate::browser::{focus, scroll, view};
use crate::state::AppState;
use crate::state::selection::{Selection, annotation_address};
use crate::ui::later::once_rendered;
use crate::ui::live::effect;
use crate::ui::virtual_list::ListGeometry;
use labelscope_core::domain::{Conversation, Id, SeededMap};
use leptos::prelude::*;
use std::sync::{Arc, Weak};

/// The scrolling element.
pub(super) const MESSAGES: &str = ".reader .msgs";

/// By how much a line may be off, in pixels.
const NOTHING: f64 = 0.5;

/// For how many frames the line is brought back to where it was: rows are measured and placed for some.
const FRAMES: u32 = 8;

/// Attributes by which what has the keyboard is found again.
const KEYBOARD_ON: [&str; 2] = ["data-finding", "data-fold"];

/// Where the person is in a conversation.
#[derive(Clone, Debug)]
pub struct Place {
    conversation: u32,
    /// Its id, where the place is to be found again in a later export.
    of: Option<Id>,
    /// Index of the message at the top of the view, or of the first that its row stands for.
    pub message: u32,
    /// The line that the person turned, of those that stand for what is left out.
    turned: Option<Held>,
    /// The line at the top.
    line: Option<Line>,
    /// Finds what has the keyboard, where that is in the text.
    focus: Option<String>,
    /// Whether what is selected was to be seen.
    saw_selected: bool,
}

/// The place that is kept while the text is set anew.
#[derive(Clone, Copy)]
pub struct KeptPlace(StoredValue<Option<Place>, LocalStorage>);

impl KeptPlace {
    /// None.
    pub fn new() -> Self {
        KeptPlace(StoredValue::new_local(None))
    }

    /// Notes where the person is, unless that is noted already. To be called before anything on the page changes.
    pub fn note(self, conversation: u32) {
        if self.0.with_value(Option::is_none) {
            self.0.set_value(Place::now(conversation));
        }
    }

    /// The same where a later export is about to take the place of this one: the conversation is known again by its id.
    pub fn note_for(self, index: u32, conversation: &Conversation) {
        let place = Place::now(index).map(|place| Place { of: conversation.id.clone(), ..place });
        self.0.try_set_value(place);
    }

    /// Takes a place that was noted in an earlier export for one in this, where the conversation is the same one.
    pub fn come_to(self, index: u32, conversation: &Conversation) {
        self.0.try_update_value(|place| {
            if let Some(place) = place
                && let Some(id) = place.of.take()
                && conversation.id == Some(id)
            {
                place.conversation = index;
            }
        });
    }

    /// Whether a place in this conversation is noted.
    pub fn is_in(self, index: u32) -> bool {
        self.0.with_value(|place| place.as_ref().is_some_and(|place| place.conversation == index))
    }

    /// The place in this conversation, once.
    pub fn take(self, conversation: u32) -> Option<Place> {
        let place = self.0.try_update_value(Option::take).flatten();
        place.filter(|place| place.conversation == conversation)
    }
}

/// Where the person was in a conversation that was left.
#[derive(Clone, Copy, Debug)]
pub struct LeftAt {
    /// Index of the message at the top of the view, or of the first that its row stands for.
    pub message: u32,
    /// The row, where it is known: the line above messages stands for the same one as the first of them.
    pub row: Option<usize>,
    /// How much of the row lies above the view, in pixels.
    pub below: f64,
}

/// Where the person was in the conversations that were left. Of another export none is the same, so that its places are
/// not taken for those of this one.
#[derive(Clone, Copy)]
pub struct LeftPlaces(StoredValue<SeededMap<u32, (Weak<Conversation>, LeftAt)>, LocalStorage>);

impl LeftPlaces {
    /// None.
    pub fn new() -> Self {
        LeftPlaces(StoredValue::new_local(SeededMap::default()))
    }

    /// Notes where the person is in the conversation at `index`, which is about to be left. Asks nothing of the page,
    /// which would have to be laid out for it.
    pub fn note(self, index: u32, conversation: &Arc<Conversation>, at: LeftAt) {
        let entry = (Arc::downgrade(conversation), at);
        self.0.try_update_value(|places| places.insert(index, entry));
    }

    /// The place in this conversation, if it was left before.
    pub fn of(self, index: u32, conversation: &Arc<Conversation>) -> Option<LeftAt> {
        self.0.with_value(|places| {
            let (left, place) = places.get(&index)?;
            std::ptr::eq(left.as_ptr(), Arc::as_ptr(conversation)).then_some(*place)
        })
    }
}

impl Place {
    fn now(conversation: u32) -> Option<Place> {
        let root = view::find(MESSAGES)?;
        let focus = focus::found_in(MESSAGES, &KEYBOARD_ON);
        let row = line::topmost(&root, "[data-index]")?;
        Some(Place {
            conversation,
            of: None,
            message: row.get_attribute("data-index")?.parse().ok()?,
            turned: focus
                .clone()
                .filter(|focus| focus.starts_with("[data-fold"))
                .and_then(|it| Held::of(&root, it)),
            line: Line::at_top(&root, "[data-part]", name_of_part),
            focus,
            saw_selected: view::is_in_view(&root, "mark.sg.sel"),
        })
    }

    /// Brings the text back to this place, over some frames.
    pub fn restore(self) {
        in_a_frame(FRAMES, move |left| {
            let Some(scroller) = view::find(MESSAGES) else { return };
            let turned = self.turned.as_ref().and_then(|turned| turned.moved(&scroller));
            let moved = turned.or_else(|| self.line.as_ref().and_then(|line| line.moved(&scroller)));
            if let Some(moved) = moved.filter(|moved| moved.abs() >= NOTHING) {
                scroll::set_top(&scroller, scroll::top(&scroller) + moved);
            }
            if let Some(selector) = self.focus.as_deref().filter(|_| focus::is_nowhere()) {
                let is_found = focus::focus_in_place(selector);
                if !is_found && left == 0 {
                    focus::focus_in_place(MESSAGES);
                }
            }
            if left == 0 && self.saw_selected && !view::is_in_view(&scroller, "mark.sg.sel") {
                view::bring_into_view(&scroller, "mark.sg.sel");
            }
        });
    }
}

/// Calls `act` in each of the next frames, with how many are left.
fn in_a_frame(frames: u32, act: impl Fn(u32) + 'static) {
    request_animation_frame(move || {
        let Some(left) = frames.checked_sub(1) else { return };
        act(left);
        in_a_frame(left, act);
    });
}

/// A selector by which the text of a part is found again.
fn name_of_part(part: &Element) -> Option<String> {
    let message = part.closest("[data-index]").ok().flatten()?.get_attribute("data-index")?;
    Some(format!("[data-index=\"{message}\"] [data-part=\"{}\"]", part.get_attribute("data-part")?))
}

/// Brings what is selected into view whenever that changes, once its message has been rendered and laid out; where a link
/// led there, the keyboard goes there too.
pub fn reveal_what_is_selected(state: AppState, selected: Memo<Selection>) {
    effect(move || {
        let selection = selected.get();
        let Some(opened) = state.opened.get() else { return };
        let landing = state.landing.try_update_value(Option::take).flatten();
        let lands = landing.is_some_and(|landing| state.route.with_untracked(|here| *here == landing));
        let selector = match (selection.annotation, selection.finding, selection.message) {
            (Some(annotation), ..) => {
                let id = annotation_address(&opened, annotation).to_string();
                format!("[data-annotation~=\"{}\"]", view::quoted(&id))
            }
            (None, Some(finding), _) => format!("mark[data-f~=\"{}\"]", finding.get()),
            (None, None, Some(at)) if lands => format!("article[data-index=\"{}\"]", at.message),
            (None, None, _) => return,
        };
        // A message is brought into view by the list.
        let is_deeper = selection.annotation.is_some() || selection.finding.is_some();
        // One frame for the list to scroll to the message, one for the message to be laid out.
        once_rendered(2, move || {
            if selected.try_get_untracked() != Some(selection) {
                return true;
            }
            let there = view::find(MESSAGES).filter(|scroller| view::holds(scroller, &selector));
            let Some(scroller) = there else { return false };
            if is_deeper {
                view::bring_into_view(&scroller, &selector);
            }
            // Not out of a field: who goes back while searching goes on searching.
            if lands && !focus::is_typing() {
                focus::land_on(&scroller, &selector);
            }
            true
        });
    });
}

/// When the tiers arrive, tracks open under the lines; the line at the top of the view stays where it is. Must be called
/// before the rows are made, so that it sees the text as it stood. Who is at the beginning, as most are by then, stays there
/// by itself; to look for a line, the page is laid out once more.
pub fn keep_line_when_tracks_open(state: AppState, geometry: ListGeometry) {
    Effect::new(move |was_open: Option<bool>| {
        let is_open = state.opened.with(Option::is_some);
        let is_needed = was_open == Some(false) && is_open && untrack(move || geometry.top()) > 0.0;
        let scroller = view::find(MESSAGES).filter(|_| is_needed);
        let line = scroller.and_then(|scroller| Line::at_top(&scroller, "[data-part]", name_of_part));
        if let Some(line) = line {
            in_a_frame(2, move |left| {
                let scroller = view::find(MESSAGES).filter(|_| left == 0);
                let moved = scroller.and_then(|scroller| Some((line.moved(&scroller)?, scroller)));
                if let Some((moved, scroller)) = moved {
                    scroll::set_top(&scroller, scroll::top(&scroller) + moved);
                }
            });
        }
        is_open
    });
}
