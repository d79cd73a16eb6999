//! The report for sharing outside: scores and differences with ids, labels, statuses and offsets, as Markdown.
//!
//! Belongs here: what stands in it and in which words. Does not belong here: what a score or a difference is.
//!
//! Invariants: of an export nothing gets in but UUIDs, names of labels, statuses, positions, numbers and the day of the
//! export; with masked quotes, beside these, where their spaces and their punctuation stand. No character of a text, no
//! explanation, no name of a project, person, model or tool. An id that is no UUID might be such a name and is left out.

mod differences;
mod markdown;
mod mask;
mod scores;

pub use differences::shared_differences;
pub use scores::{shared_comparisons, shared_scores};

use super::ScoredComparison;
use super::names::day_of;
use crate::domain::{Export, Id, Tier};
use crate::logic::align::Alignment;
use crate::logic::place::Placement;
use std::fmt::Write;

/// What stands in place of the words that a mark covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Quotes {
    /// Nothing.
    LeftOut,
    /// Their shape: every character but white space and punctuation as `•`.
    Masked,
}

/// The whole report in one go.
pub fn shared_report(
    export: &Export,
    placement: &Placement,
    alignment: &Alignment,
    quotes: Quotes,
) -> String {
    let mut report = shared_head(export, placement, alignment, quotes, &[]);
    for comparison in shared_comparisons() {
        report += &shared_scores(&ScoredComparison::new(export, alignment, comparison));
    }
    report += shared_differences_head();
    report + &shared_differences(export, alignment, 0..alignment.messages.len(), quotes)
}

/// What the report is, and how much it is about; ends with the head of the scores. `remarks` are sentences that whoever
/// reads the numbers has to know, in the app's own words.
pub fn shared_head(
    export: &Export,
    placement: &Placement,
    alignment: &Alignment,
    quotes: Quotes,
    remarks: &[&str],
) -> String {
    let mut head = String::from(
        "# Labels compared, without texts\n\n\
         Made by Labelscope to be shared outside: ids, names of labels, statuses, positions and numbers. No text of a \
         message, no quote, no explanation; no name of a project, a person, a model or a tool. An id that is no UUID is \
         replaced by its number in the export.\n\n",
    );
    if quotes == Quotes::Masked {
        head += "Quotes are masked: each character but white space and punctuation is a •. What is left is their shape; \
                 whoever knows a text may know it by that.\n\n";
    }
    let mut item = |name: &str, value: String| {
        // Writing to a string cannot fail.
        let _ = writeln!(head, "- {name}: {value}");
    };
    if let Some(id) = export.project.id.as_ref().and_then(uuid_of) {
        item("Project", id);
    }
    let day = day_of(&export.project);
    if !day.is_empty() {
        item("Export of", day);
    }
    let messages: usize = export.conversations.iter().map(|conversation| conversation.messages.len()).sum();
    item("Conversations", export.conversations.len().to_string());
    item("Messages", messages.to_string());
    let by_tier = |count: &dyn Fn(Tier) -> usize| {
        Tier::ALL.map(|tier| format!("{} {}", tier.title(), count(tier))).join(", ")
    };
    item("Annotations", by_tier(&|tier| export.tiers[tier].annotations.len()));
    item("Of these in no text, and in no number below", by_tier(&|tier| placement.tally(tier).unanchored));
    let differences = alignment.findings.iter().filter(|finding| finding.is_difference()).count();
    item("Findings", alignment.findings.len().to_string());
    item("Of these differences", differences.to_string());
    for remark in remarks {
        head = head + "\n" + remark + "\n";
    }
    head + "\n## Scores\n\n\
            Precision, recall and F1 of a candidate tier against a reference tier. Strict: same range and same label; \
            overlap: same label, sharing a character; any label: sharing a character; character: counted in labeled \
            characters. Micro: over all marks; macro: the mean over labels. Rejected marks count in neither tier. The \
            interval holds 95 % of 1000 resamples of the conversations, and is left out below 10 conversations or 20 \
            marks of the reference. A – stands where there is nothing to divide by.\n"
}

/// The head of the differences.
pub fn shared_differences_head() -> &'static str {
    "\n## Differences\n\n\
     A row for each mark of each finding on which the tiers differ, message by message. Start and end count code points \
     from the start of the part's text, end not included; parts count from 0. A tier without a row has no mark there.\n"
}

/// An id, if it is a UUID, in whatever case it was sent.
pub(super) fn uuid_of(id: &Id) -> Option<String> {
    let text = id.text().to_lowercase();
    Id::new(&text).is_uuid().then_some(text)
}

/// An id as the report gives it: a UUID, else the number of what it names, counted from 1.
fn uuid_or_number(id: Option<&Id>, index: u32) -> String {
    id.and_then(uuid_of).unwrap_or_else(|| format!("#{}", u64::from(index) + 1))
}
