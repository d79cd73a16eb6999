//! What is drawn over texts with very many marks, made before they are come to.
//!
//! Belongs here: when, for which texts, and whether it still holds. Does not belong here: what it is (`drawn`).

use super::drawn::Drawn;
use super::{Drawing, direction, drawing_of};
use crate::state::filter::Filtered;
use crate::state::reading::Setting;
use crate::state::{AppState, Opened};
use crate::ui::conversations::SetAs;
use labelscope_core::domain::{PartKind, PartRef};
use labelscope_core::logic::align::FindingIndex;
use labelscope_core::logic::serialise::part_text;
use leptos::prelude::*;
use std::sync::Arc;
use std::time::Duration;

/// Texts with fewer marks are drawn fast enough when they are come to.
const MANY: usize = 300;
/// With more, making one would hold the page up.
const TOO_MANY: usize = 10_000;
/// How many marks and bytes of text there may be in all that is made: each mark takes some 200 bytes.
const MARKS: usize = 20_000;
const TEXT: usize = 4_000_000;

/// How long the page is left in peace before one is made.
const PEACE: Duration = Duration::from_millis(250);

/// What drawings are made of. They hold as long as this is the same.
#[derive(Clone)]
pub struct Source {
    pub opened: Arc<Opened>,
    pub filtered: Arc<Filtered>,
    pub drawing: Drawing,
    /// The finding outside of the filters.
    pub outside: Option<FindingIndex>,
}

impl Source {
    fn is(&self, other: &Source) -> bool {
        Arc::ptr_eq(&self.opened, &other.opened)
            && Arc::ptr_eq(&self.filtered, &other.filtered)
            && (self.drawing, self.outside) == (other.drawing, other.outside)
    }

    /// Draws over the text of a part.
    pub fn draw(&self, at: PartRef, text: &Arc<str>, is_code: bool) -> Drawn {
        let set = (text, direction(text, is_code));
        Drawn::new(&self.opened, at, set, &self.drawing, &self.filtered, self.outside)
    }
}

/// What is drawn over some parts, and what it is made of.
struct Made {
    /// How often others were begun with: what was begun with before is of no use, also where its source is the same again.
    turn: u64,
    source: Option<Source>,
    drawn: Vec<(PartRef, Arc<Drawn>)>,
}

/// What was made.
#[derive(Clone, Copy)]
pub struct Ahead(StoredValue<Made>);

impl Ahead {
    /// Nothing yet; follows what is opened and how texts are set.
    pub fn follow(state: AppState) -> Self {
        let SetAs(setting) = expect_context();
        let ahead = Ahead(StoredValue::new(Made { turn: 0, source: None, drawn: Vec::new() }));
        let drawing = Memo::new(move |_| match setting.get() {
            // Of one tier each.
            Setting::Columns => None,
            setting => Some(drawing_of(state, setting, None)),
        });
        let source = move || {
            let (opened, filtered) = (state.opened.get()?, state.filtered.get()?);
            Some(Source { opened, filtered, drawing: drawing.get()?, outside: None })
        };
        Effect::new(move |_| {
            let source = source();
            let texts = source.as_ref().map(|source| crowded(&source.opened)).unwrap_or_default();
            ahead.0.update_value(|made| {
                *made = Made { turn: made.turn + 1, source: source.clone(), drawn: Vec::new() };
            });
            if let Some(source) = source {
                ahead.go_on(ahead.0.with_value(|made| made.turn), source, texts);
            }
        });
        ahead
    }

    /// What is drawn over the text of a part: as it was made, or made now.
    pub fn drawn(self, source: &Source, at: PartRef, text: &Arc<str>, is_code: bool) -> Arc<Drawn> {
        let made = self.0.with_value(|made| {
            made.source.as_ref().filter(|of| of.is(source))?;
            made.drawn.iter().find(|(part, _)| *part == at).map(|(_, drawn)| drawn.clone())
        });
        made.unwrap_or_else(|| Arc::new(source.draw(at, text, is_code)))
    }

    /// Makes one after the other, the last first, as long as they are of use.
    fn go_on(self, turn: u64, source: Source, mut texts: Vec<PartRef>) {
        let Some(at) = texts.pop() else { return };
        set_timeout(
            move || {
                let is_of_use = self.0.try_with_value(|made| made.turn == turn);
                let part = source.opened.part(at).filter(|_| is_of_use == Some(true));
                let Some((part, text)) = part.and_then(|part| Some((part, part_text(part)?))) else { return };
                let is_code =
                    matches!(part.kind, PartKind::ToolCall { .. } | PartKind::ToolCallResponse { .. });
                let drawn = Arc::new(source.draw(at, &text.as_ref().into(), is_code));
                self.0.try_update_value(|made| made.drawn.push((at, drawn)));
                self.go_on(turn, source, texts);
            },
            PEACE,
        );
    }
}

/// The parts with very many marks, as many as may be made, the last of the export first.
fn crowded(opened: &Opened) -> Vec<PartRef> {
    let (mut marks, mut bytes) = (MARKS, TEXT);
    let mut crowded = opened.parts_with_many_marks(MANY);
    crowded.retain(|&at| {
        let (count, length) =
            (opened.marks_of(at).len(), opened.part(at).and_then(part_text).map_or(0, |text| text.len()));
        let is_made = count <= TOO_MANY && count <= marks && length <= bytes;
        if is_made {
            marks -= count;
            bytes -= length;
        }
        is_made
    });
    crowded.reverse();
    crowded
}
