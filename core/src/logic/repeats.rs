//! The same text marked elsewhere: what the tiers decided on it there.
//!
//! Belongs here: which findings quote the same text. Does not belong here: places where a text stands unmarked, which a
//! search through the texts finds.

use crate::domain::{Export, Part, PartRef};
use crate::logic::align::{Alignment, Finding, FindingIndex, Mark};
use crate::logic::serialise::part_text;
use crate::logic::sort::sort_and_dedup;
use std::borrow::Cow;

/// The other findings with a mark on exactly the text that `finding` quotes (that of its last tier's mark), compared
/// character by character, in document order. None where the quote is empty or white space.
pub fn repeats(export: &Export, alignment: &Alignment, finding: FindingIndex) -> Vec<FindingIndex> {
    let own = alignment.finding(finding).and_then(Finding::last_mark).and_then(|mark| alignment.mark(mark));
    let Some(own) = own else { return Vec::new() };
    let text = text_of(export, own.part).unwrap_or_default();
    let quote = text.get(own.bytes.as_range()).unwrap_or_default();
    if quote.trim().is_empty() {
        return Vec::new();
    }
    let is_as_long = |mark: &&Mark| mark.finding != finding && mark.bytes.as_range().len() == quote.len();
    let mut found = Vec::new();
    // Marks come by part, so that the text of each is had once.
    let mut last: Option<(PartRef, Cow<'_, str>)> = None;
    for mark in alignment.marks.iter().filter(is_as_long) {
        if last.as_ref().is_none_or(|(part, _)| *part != mark.part) {
            last = text_of(export, mark.part).map(|text| (mark.part, text));
        }
        let text = last.as_ref().map(|(_, text)| text.as_ref()).unwrap_or_default();
        if text.get(mark.bytes.as_range()) == Some(quote) {
            found.push(mark.finding);
        }
    }
    sort_and_dedup(&mut found);
    found
}

fn text_of(export: &Export, at: PartRef) -> Option<Cow<'_, str>> {
    let conversation = export.conversations.get(at.message.conversation as usize)?;
    let message = conversation.messages.get(at.message.message as usize)?;
    let part: &Part = message.parts.get(at.part as usize)?;
    part_text(part)
}
