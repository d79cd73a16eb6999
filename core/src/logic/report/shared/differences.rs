//! The differences of the report for sharing. Does not belong here: what a difference is.

use super::super::{by_id, text_in};
use super::markdown::{Table, verbatim};
use super::mask::masked;
use super::{Quotes, uuid_or_number};
use crate::domain::{AnnotationRef, Export, MessageRef, PartRef, Tier};
use crate::logic::align::{Alignment, Finding, Mark};
use std::borrow::Cow;
use std::ops::Range;

/// The differences in some of the messages, a section for each message that has one: indices into
/// `Alignment::messages`. However the messages are cut into runs, what is given for the runs joins to the whole.
pub fn shared_differences(
    export: &Export,
    alignment: &Alignment,
    messages: Range<usize>,
    quotes: Quotes,
) -> String {
    let end = messages.end.min(alignment.messages.len());
    let some = alignment.messages.get(messages.start.min(end)..end).unwrap_or_default();
    some.iter().map(|aligned| section(export, alignment, aligned.message, quotes)).collect()
}

fn section(export: &Export, alignment: &Alignment, message: MessageRef, quotes: Quotes) -> String {
    let (_, findings) = alignment.findings_of(message);
    let mut differences = findings.iter().filter(|finding| finding.is_difference()).peekable();
    if differences.peek().is_none() {
        return String::new();
    }
    let names =
        ["Part", "Verdict", "Tier", "Label", ">Start", ">End", "Status", "Annotation", "Masked quote"];
    let names = names.get(..if quotes == Quotes::Masked { 9 } else { 8 }).unwrap_or_default();
    let mut table = Table::new(names);
    // Findings of one part stand together, and a tool's text has to be written out first.
    let mut text: Option<(PartRef, Cow<'_, str>)> = None;
    for finding in differences {
        if quotes == Quotes::Masked && text.as_ref().is_none_or(|(part, _)| *part != finding.part) {
            text = text_in(export, finding.part).map(|text| (finding.part, text));
        }
        let text = text.as_ref().map(|(_, text)| &**text).unwrap_or_default();
        rows(&mut table, export, alignment, finding, (quotes == Quotes::Masked).then_some(text));
    }
    let conversation = export.conversations.get(message.conversation as usize);
    let sent = conversation.and_then(|conversation| conversation.messages.get(message.message as usize));
    let conversation = conversation.and_then(|conversation| conversation.id.as_ref());
    let conversation = uuid_or_number(conversation, message.conversation);
    let message = uuid_or_number(sent.and_then(|message| message.id.as_ref()), message.message);
    format!("\n### Conversation {conversation}, message {message}\n{}", table.text())
}

/// A row for each mark of a finding; part and verdicts on the first. With the text of the part, the last cell of each is the
/// masked quote.
fn rows(table: &mut Table, export: &Export, alignment: &Alignment, finding: &Finding, text: Option<&str>) {
    let mut head = [finding.part.part.to_string(), finding.verdicts.to_string()];
    for mark in Tier::ALL.into_iter().filter_map(|tier| alignment.mark_in(finding, tier)) {
        let mut row = std::mem::take(&mut head).to_vec();
        row.push(mark.tier.key().to_owned());
        row.push(mark.label.as_deref().map_or_else(|| "none".to_owned(), verbatim));
        row.push(mark.points.start.0.to_string());
        row.push(mark.points.end.0.to_string());
        row.extend(statuses_and_ids(export, alignment, mark));
        row.extend(text.map(|text| verbatim(&masked(text.get(mark.bytes.as_range()).unwrap_or_default()))));
        table.row(&row);
    }
}

/// The statuses of a mark's annotations and their ids, in the same order.
fn statuses_and_ids(export: &Export, alignment: &Alignment, mark: &Mark) -> [String; 2] {
    let mut cells = [const { Vec::new() }; 2];
    let [statuses, ids] = &mut cells;
    for AnnotationRef { tier, index } in by_id(export, alignment, mark) {
        let annotation = export.tiers[tier].annotations.get(index as usize);
        let status = annotation.and_then(|annotation| annotation.status.as_deref());
        statuses.push(status.map_or_else(|| "none".to_owned(), verbatim));
        ids.push(uuid_or_number(annotation.and_then(|annotation| annotation.id.as_ref()), index));
    }
    cells.map(|pieces| pieces.join(", "))
}
