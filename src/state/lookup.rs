//! What screens ask of the export that is open: small answers found in what was computed once.
//!
//! Belongs here: look-ups and short walks over one message or conversation. Does not belong here: anything that walks
//! the whole export; that is computed once and kept in `Opened`.

use super::filter::Filtered;
use super::{LABEL_COLORS, Opened};
use labelscope_core::domain::{
    Annotation, AnnotationRef, Conversation, Message, MessageRef, Part, PartRef, PerTier, Tier, Unplaced,
};
use labelscope_core::logic::align::{Finding, FindingIndex, Mark, MarkIndex, Verdict};
use labelscope_core::logic::serialise::part_text;
use labelscope_core::logic::sort::{sort_and_dedup, sort_by_key};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// How many characters of a quote are shown on one line.
const QUOTE: usize = 300;

/// Marks of one tier and colour in one conversation, each from where to where of all its text, in fractions of it. Those
/// that touch are one.
#[derive(Clone, Debug, PartialEq)]
pub struct StripRun {
    /// The tier.
    pub tier: Tier,
    /// The colour of the label; `None` for one outside the schema.
    pub color: Option<usize>,
    /// From and to, each 0 to 1.
    pub spans: Vec<(f64, f64)>,
}

impl Opened {
    /// An annotation as sent.
    pub fn annotation(&self, at: AnnotationRef) -> Option<&Annotation> {
        self.export.tiers[at.tier].annotations.get(at.index as usize)
    }

    /// A conversation.
    pub fn conversation(&self, index: u32) -> Option<&Conversation> {
        self.export.conversations.get(index as usize).map(AsRef::as_ref)
    }

    /// A message.
    pub fn message(&self, at: MessageRef) -> Option<&Message> {
        self.conversation(at.conversation)?.messages.get(at.message as usize)
    }

    /// A part.
    pub fn part(&self, at: PartRef) -> Option<&Part> {
        self.message(at.message)?.parts.get(at.part as usize)
    }

    /// The text of a part that its offsets count in.
    pub fn text(&self, at: PartRef) -> Option<Cow<'_, str>> {
        part_text(self.part(at)?)
    }

    /// The marks in a part, by tier, start, end and label.
    pub fn marks_of(&self, at: PartRef) -> &[Mark] {
        let marks = &self.alignment.marks;
        let start = marks.partition_point(|mark| mark.part < at);
        let end = marks.partition_point(|mark| mark.part <= at);
        marks.get(start..end).unwrap_or_default()
    }

    /// The mark at an index.
    pub fn mark(&self, index: MarkIndex) -> Option<&Mark> {
        self.alignment.mark(index)
    }

    /// How many code points a finding spans, from the first that one of its marks has to the last.
    pub fn extent_of(&self, index: FindingIndex) -> u32 {
        let Some(finding) = self.alignment.finding(index) else { return 0 };
        let points = || finding.marks().filter_map(|mark| self.mark(mark)).map(|mark| mark.points);
        let start = points().map(|points| points.start.0).min().unwrap_or_default();
        points().map(|points| points.end.0).max().unwrap_or_default().saturating_sub(start)
    }

    /// What a finding quotes: the text of the last tier's mark. A long one is cut.
    pub fn quote(&self, finding: &Finding) -> String {
        let Some(mark) = finding.last_mark().and_then(|mark| self.mark(mark)) else { return String::new() };
        let text = self.text(finding.part).unwrap_or_default();
        text.get(mark.bytes.as_range()).unwrap_or_default().chars().take(QUOTE).collect()
    }

    /// The findings of a message that are let through, and `beside` if it is one of its, in document order; what a finding
    /// covers stands right after it.
    pub fn ledger(
        &self,
        at: MessageRef,
        filtered: &Filtered,
        beside: Option<FindingIndex>,
    ) -> Vec<FindingIndex> {
        let (first, findings) = self.alignment.findings_of(at);
        let numbered = findings.iter().enumerate();
        let mut lines: Vec<(FindingIndex, FindingIndex)> = numbered
            .map(|(offset, finding)| (FindingIndex::new(first.get() + offset), finding))
            .filter(|(index, _)| filtered.finding(*index) || beside == Some(*index))
            .map(|(index, finding)| {
                let is_quiet = finding.verdicts.contains(Verdict::Covered) && !finding.is_difference();
                let under = self.alignment.covering_finding(finding).filter(|_| is_quiet);
                (under.unwrap_or(index), index)
            })
            .collect();
        sort_by_key(&mut lines, |&(under, index)| (under, under != index, index));
        lines.into_iter().map(|(_, index)| index).collect()
    }

    /// The other findings of the same part that share a character with this one, in document order.
    pub fn overlapping(&self, index: FindingIndex, finding: &Finding) -> Vec<FindingIndex> {
        let own: Vec<&Mark> = finding.marks().filter_map(|mark| self.mark(mark)).collect();
        let shares = |mark: &&Mark| mark.finding != index && own.iter().any(|own| own.shares_with(mark));
        let mut others: Vec<FindingIndex> =
            self.marks_of(finding.part).iter().filter(shares).map(|mark| mark.finding).collect();
        sort_and_dedup(&mut others);
        others
    }

    /// The annotations that belong to no message: their key matches nothing, or names a conversation in which they were
    /// not found.
    pub fn without_message(&self) -> &[Unplaced] {
        let unplaced = &self.placement.unplaced;
        let first = unplaced.partition_point(|one| one.message.is_some());
        unplaced.get(first..).unwrap_or_default()
    }

    /// How many annotations each tier has in a conversation, placed or not; of those that `holds` lets through.
    pub fn counts_of(&self, conversation: u32, holds: impl Fn(AnnotationRef) -> bool) -> PerTier<usize> {
        let mut counts = PerTier::default();
        let places = &self.placement.places;
        let start = places.partition_point(|place| place.part.message.conversation < conversation);
        let end = places.partition_point(|place| place.part.message.conversation <= conversation);
        let places = places.get(start..end).unwrap_or_default();
        for place in places.iter().filter(|place| holds(place.annotation)) {
            counts[place.annotation.tier] += 1;
        }
        let unplaced = &self.placement.unplaced;
        let of = |message: Option<MessageRef>| message.map_or(u32::MAX, |message| message.conversation);
        let start = unplaced.partition_point(|one| of(one.message) < conversation);
        let unplaced = unplaced.iter().skip(start).take_while(|one| of(one.message) == conversation);
        for one in unplaced.filter(|one| holds(one.annotation)) {
            counts[one.annotation.tier] += 1;
        }
        counts
    }

    /// Which tiers looked at any message of a conversation.
    pub fn looked_at(&self, conversation: u32) -> PerTier<bool> {
        let messages = self.conversation(conversation).map_or(0, |one| one.messages.len());
        let mut looked = PerTier::default();
        for message in 0..u32::try_from(messages).unwrap_or(u32::MAX) {
            let here = self.placement.looked(MessageRef { conversation, message });
            looked = PerTier::from_fn(|tier| looked[tier] || here[tier]);
        }
        looked
    }

    /// Where the marks of a conversation that are drawn stand in all of its text.
    pub fn strip_of(&self, conversation: u32, filtered: &Filtered) -> Vec<StripRun> {
        let Some(messages) = self.conversation(conversation).map(|one| &one.messages) else {
            return Vec::new();
        };
        let marks = &self.alignment.marks;
        let start = marks.partition_point(|mark| mark.part.message.conversation < conversation);
        let end = marks.partition_point(|mark| mark.part.message.conversation <= conversation);
        let marks = marks.get(start..end).unwrap_or_default();
        let mut before = BTreeMap::new();
        let mut total = 0;
        for (message, index) in messages.iter().zip(0..) {
            for (part, part_index) in message.parts.iter().zip(0..) {
                let at = PartRef { message: MessageRef { conversation, message: index }, part: part_index };
                before.insert(at, total);
                total += part_text(part).map_or(0, |text| text.len());
            }
        }
        let fraction = |bytes: usize| bytes as f64 / total.max(1) as f64;
        let mut runs: BTreeMap<_, Vec<(f64, f64)>> = BTreeMap::new();
        for mark in marks.iter().filter(|mark| filtered.draws(mark)) {
            let Some(&start) = before.get(&mark.part) else { continue };
            let bytes = mark.bytes.as_range();
            let span = (fraction(start + bytes.start), fraction(start + bytes.end));
            let color = self.labels.place(mark.label.as_ref()).map(|place| place % LABEL_COLORS);
            let run = runs.entry((mark.tier, color)).or_default();
            match run.last_mut() {
                Some((from, to)) if *from <= span.0 && span.0 <= *to => *to = to.max(span.1),
                _ => run.push(span),
            }
        }
        runs.into_iter().map(|((tier, color), spans)| StripRun { tier, color, spans }).collect()
    }
}
