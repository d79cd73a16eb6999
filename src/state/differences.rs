//! What of a conversation differs between two tiers, and what can be left out because it does not.
//!
//! Belongs here: which messages and parts are shown, in rows and runs, and the sentence that says a difference. Does not
//! belong here: when two tiers differ (`labelscope_core::logic::align`), what of a long text is left out
//! (`labelscope_core::logic::excerpt`).

mod sentence;
#[cfg(test)]
mod tests;

pub use sentence::{Quote, Words, sentence};

use super::Opened;
use super::filter::Filtered;
use super::folds::{Fold, Folds};
use labelscope_core::domain::{MessageRef, PartKind, PartRef};
use labelscope_core::logic::align::{Finding, FindingIndex, Mark, Verdict, Verdicts};
use labelscope_core::logic::score::TierPair;
use std::ops::Range;

/// A row of a conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Row {
    /// A message, by its index.
    Message(u32),
    /// Messages one after the other in which there is nothing to see. Those that are open follow it as rows of their own.
    Same {
        /// Their indices.
        messages: Range<u32>,
        /// Why there is nothing.
        why: Same,
        /// Whether they are shown all the same.
        is_open: bool,
    },
}

impl Row {
    /// Whether it stands for this message.
    pub fn is_of(&self, message: u32) -> bool {
        match self {
            Row::Message(index) => *index == message,
            Row::Same { messages, is_open, .. } => !is_open && messages.contains(&message),
        }
    }

    /// The first message that it stands for, or that follows it.
    pub fn start(&self) -> u32 {
        match self {
            Row::Message(index) => *index,
            Row::Same { messages, .. } => messages.start,
        }
    }
}

/// The index of the row that stands for this message, among those of a conversation. By halving, since a map asks for
/// each mark of a conversation.
pub fn row_of(rows: &[Row], message: u32) -> Option<usize> {
    let row = rows.partition_point(|row| row.start() <= message).checked_sub(1)?;
    rows.get(row)?.is_of(message).then_some(row)
}

/// Why there is no difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Same {
    /// The two tiers have the same, or nothing.
    Equal,
    /// One of them marked something and the other has not looked.
    Uncompared,
    /// They differ, in nothing that the filters let through.
    FilteredOut,
}

/// Parts of a message one after the other, by their indices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Parts {
    /// One with a difference in it.
    Differing(u32),
    /// Some without.
    Same(Range<u32>),
}

impl Opened {
    /// What the two tiers did with a finding. Empty where neither has a mark in it.
    pub fn verdicts_between(&self, finding: &Finding, pair: TierPair) -> Verdicts {
        self.alignment.verdicts_between(finding, pair.candidate, pair.reference)
    }

    /// Whether a finding is a difference between the two tiers.
    pub fn is_difference_between(&self, index: FindingIndex, pair: TierPair) -> bool {
        let finding = self.alignment.finding(index);
        finding.is_some_and(|finding| self.verdicts_between(finding, pair).is_difference())
    }

    /// The differences between two tiers in a message that are let through, in document order.
    pub fn differences_between(
        &self,
        at: MessageRef,
        pair: TierPair,
        filtered: &Filtered,
    ) -> Vec<FindingIndex> {
        let (first, findings) = self.alignment.findings_of(at);
        let indices = (first.get()..).map(FindingIndex::new).zip(findings);
        let differing = indices.filter(|(_, finding)| {
            self.verdicts_between(finding, pair).is_difference() && self.lets_through(finding, filtered)
        });
        differing.map(|(index, _)| index).collect()
    }

    /// All differences between two tiers that are let through, in document order.
    pub fn all_differences_between(&self, pair: TierPair, filtered: &Filtered) -> Vec<FindingIndex> {
        let differs = |finding: &Finding| {
            self.verdicts_between(finding, pair).is_difference() && self.lets_through(finding, filtered)
        };
        let findings = (0..).map(FindingIndex::new).zip(&self.alignment.findings);
        findings.filter(|(_, finding)| differs(finding)).map(|(index, _)| index).collect()
    }

    /// Whether a finding is let through, whatever tiers are shown.
    fn lets_through(&self, finding: &Finding, filtered: &Filtered) -> bool {
        finding.last_mark().and_then(|mark| self.mark(mark)).is_some_and(|mark| filtered.mark(mark))
    }

    /// Why there is no difference between two tiers in a message; `None` where there is one.
    fn same_between(&self, at: MessageRef, pair: TierPair, filtered: &Filtered) -> Option<Same> {
        let (_, findings) = self.alignment.findings_of(at);
        let mut why = Same::Equal;
        for finding in findings {
            let verdicts = self.verdicts_between(finding, pair);
            if verdicts.is_difference() {
                if self.lets_through(finding, filtered) {
                    return None;
                }
                why = Same::FilteredOut;
            } else if verdicts.contains(Verdict::Uncompared) && why == Same::Equal {
                why = Same::Uncompared;
            }
        }
        Some(why)
    }

    /// The rows of a conversation: messages with a difference between the two tiers, runs of those without, and the
    /// messages that are `looked_for`, whatever they are.
    pub fn rows_between(
        &self,
        conversation: u32,
        pair: TierPair,
        filtered: &Filtered,
        folds: &Folds,
        looked_for: &[MessageRef],
    ) -> Vec<Row> {
        let count = self.conversation(conversation).map_or(0, |one| one.messages.len());
        let mut rows: Vec<Row> = Vec::new();
        let mut run: Option<(Range<u32>, Same, bool)> = None;
        let end_run = |rows: &mut Vec<Row>, run: &mut Option<(Range<u32>, Same, bool)>| {
            let Some((messages, why, is_open)) = run.take() else { return };
            rows.push(Row::Same { messages: messages.clone(), why, is_open });
            if is_open {
                rows.extend(messages.map(Row::Message));
            }
        };
        for message in 0..u32::try_from(count).unwrap_or(u32::MAX) {
            let at = MessageRef { conversation, message };
            let same = self.same_between(at, pair, filtered).filter(|_| !looked_for.contains(&at));
            let Some(why) = same else {
                end_run(&mut rows, &mut run);
                rows.push(Row::Message(message));
                continue;
            };
            let is_open = folds.chosen(Fold::Message(at)).unwrap_or(false);
            match &mut run {
                Some((messages, of_run, opened)) if (*of_run, *opened) == (why, is_open) => {
                    messages.end = message + 1;
                }
                _ => {
                    end_run(&mut rows, &mut run);
                    run = Some((message..message + 1, why, is_open));
                }
            }
        }
        end_run(&mut rows, &mut run);
        rows
    }

    /// The parts of a message: those with a difference between the two tiers, and runs of those without.
    pub fn parts_between(&self, at: MessageRef, pair: TierPair, filtered: &Filtered) -> Vec<Parts> {
        let count = self.message(at).map_or(0, |message| message.parts.len());
        let differing: Vec<u32> = self
            .differences_between(at, pair, filtered)
            .into_iter()
            .filter_map(|index| Some(self.alignment.finding(index)?.part.part))
            .collect();
        let mut parts: Vec<Parts> = Vec::new();
        for part in 0..u32::try_from(count).unwrap_or(u32::MAX) {
            match parts.last_mut() {
                _ if differing.contains(&part) => parts.push(Parts::Differing(part)),
                Some(Parts::Same(run)) => run.end = part + 1,
                _ => parts.push(Parts::Same(part..part + 1)),
            }
        }
        parts
    }

    /// The marks that are drawn where only the differences between two tiers are: theirs, and all of `selected`, so that
    /// what is selected is seen whatever it is.
    pub(super) fn marks_between(
        &self,
        at: PartRef,
        pair: TierPair,
        selected: Option<FindingIndex>,
    ) -> Vec<&Mark> {
        let is_of_pair = |mark: &Mark| mark.tier == pair.candidate || mark.tier == pair.reference;
        let is_drawn = |mark: &&Mark| {
            selected == Some(mark.finding)
                || (is_of_pair(mark) && self.is_difference_between(mark.finding, pair))
        };
        self.marks_of(at).iter().filter(is_drawn).collect()
    }
}

/// What a person calls a part.
pub fn name_of(kind: &PartKind) -> &'static str {
    match kind {
        PartKind::Text => "Text",
        PartKind::Reasoning => "Reasoning",
        PartKind::ToolCall { .. } | PartKind::ServerToolCall => "Tool call",
        PartKind::ToolCallResponse { .. } | PartKind::ServerToolCallResponse => "Tool response",
        PartKind::Media(_) => "Media",
        PartKind::Compaction => "Summary",
        PartKind::Approval => "Approval",
        PartKind::Other | PartKind::Foreign(_) => "Other",
    }
}

/// Some names as a person lists them: `System and User`. More than three of them, or some that are alike, only by their
/// number: `12 messages`.
pub fn listed(names: &[&str], many: &str) -> String {
    let is_repeated = |at: usize| names.get(..at).is_some_and(|before| before.contains(&names[at]));
    match names {
        _ if names.len() > 3 || (0..names.len()).any(is_repeated) => format!("{} {many}", names.len()),
        [] => String::new(),
        [one] => (*one).to_owned(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}
