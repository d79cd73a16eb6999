//! One row of the table: a finding, a row of a score, or a message that a score by characters counts.

use super::super::Opened;
use super::super::agreement::{Opening, Request};
use super::super::filter::Filtered;
use super::super::route::{ANCHORS, Route};
use super::order::Order;
use labelscope_core::domain::{MessageRef, PartRef, Tier};
use labelscope_core::logic::align::{Finding, FindingIndex, Mark, Presence, Verdict, resize_in_words};
use labelscope_core::logic::score::{Compared, Criterion, ScoreRow};
use labelscope_core::logic::sort::sort_and_dedup;
use std::borrow::Cow;

/// How many characters of a quote, and of the text before and after it, a row shows.
const QUOTE: usize = 200;
const CONTEXT: usize = 24;

/// A row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TableRow {
    /// A finding.
    Finding(FindingIndex),
    /// A pair or an unpaired mark of a score; it links to the one or two findings that it is in.
    Score(ScoreRow),
    /// A message, and how many of its characters the number counts.
    Characters(MessageRef, u64),
}

impl TableRow {
    /// The finding that it opens; `None` for a message.
    pub fn finding(&self, opened: &Opened) -> Option<FindingIndex> {
        match self {
            TableRow::Finding(index) => Some(*index),
            TableRow::Score(row) => row.findings(&opened.alignment).next(),
            TableRow::Characters(..) => None,
        }
    }

    /// The second finding, where the pair of a score is in two.
    pub fn other_finding(&self, opened: &Opened) -> Option<FindingIndex> {
        match self {
            TableRow::Score(row) => row.findings(&opened.alignment).nth(1),
            TableRow::Finding(_) | TableRow::Characters(..) => None,
        }
    }

    /// The mark of the last tier that it has one of.
    pub fn last_mark<'o>(&self, opened: &'o Opened) -> Option<&'o Mark> {
        let mark = match self {
            TableRow::Finding(index) => opened.alignment.finding(*index)?.last_mark(),
            TableRow::Score(row) => row.reference.or(row.candidate),
            TableRow::Characters(..) => None,
        };
        opened.mark(mark?)
    }

    /// The mark of the first tier that it has one of.
    pub fn first_mark<'o>(&self, opened: &'o Opened) -> Option<&'o Mark> {
        let mark = match self {
            TableRow::Finding(index) => opened.alignment.finding(*index)?.marks().next(),
            TableRow::Score(row) => row.candidate.or(row.reference),
            TableRow::Characters(..) => None,
        };
        opened.mark(mark?)
    }

    /// The message that it stands in.
    pub fn message(&self, opened: &Opened) -> Option<MessageRef> {
        match self {
            TableRow::Characters(at, _) => Some(*at),
            TableRow::Finding(_) | TableRow::Score(_) => Some(self.last_mark(opened)?.part.message),
        }
    }
}

/// The rows that an address asks for, in its order. `filtered` must be what its filter lets through, and `compared` what it
/// compares, where it asks for rows of a score.
pub fn rows(
    opened: &Opened,
    filtered: &Filtered,
    route: &Route,
    compared: Option<&Compared>,
) -> Vec<TableRow> {
    let mut rows: Vec<TableRow> = match Opening::of(route) {
        Some(opening) => {
            let made;
            let compared = match compared {
                Some(compared) => compared,
                None => {
                    made = Request::of(route).compare(opened);
                    &made
                }
            };
            if opening.criterion == Criterion::Character {
                let messages = opening.messages(compared).into_iter();
                messages.map(|(one, count)| TableRow::Characters(one.message, count)).collect()
            } else {
                opening.rows(opened, compared).into_iter().map(TableRow::Score).collect()
            }
        }
        None => {
            let all = (0..opened.alignment.findings.len()).map(FindingIndex::new);
            all.filter(|&index| filtered.finding(index)).map(TableRow::Finding).collect()
        }
    };
    Order::of(route.sort.as_deref()).sort(opened, &mut rows);
    rows
}

/// What the verdicts of a finding say, beyond the first one's word: where, by what, and the other verdicts.
pub fn detail(opened: &Opened, finding: &Finding) -> String {
    let mut pieces: Vec<String> = Vec::new();
    for (nth, verdict) in finding.verdicts.iter().enumerate() {
        let more = detail_of(opened, finding, verdict);
        let piece = match (nth, more) {
            (0, more) => more.unwrap_or_default(),
            (_, None) => format!("and {}", verdict.key()),
            (_, Some(more)) => format!("and {} {more}", verdict.key()),
        };
        if !piece.is_empty() {
            pieces.push(piece);
        }
    }
    pieces.join(", ")
}

fn detail_of(opened: &Opened, finding: &Finding, verdict: Verdict) -> Option<String> {
    let mark = |tier: Tier| opened.alignment.mark_in(finding, tier);
    let lacks = |tier: &Tier| finding.presence[*tier] == Presence::Lacks;
    let tier = match verdict {
        Verdict::Added => {
            let first = Tier::ALL.into_iter().find(lacks)?;
            Tier::ALL.into_iter().find(|&tier| tier > first && mark(tier).is_some_and(|one| !one.rejected))
        }
        Verdict::Removed => {
            let first = Tier::ALL.into_iter().find(|&tier| mark(tier).is_some_and(|one| !one.rejected))?;
            Tier::ALL.into_iter().find(|tier| *tier > first && lacks(tier))
        }
        Verdict::Rejected => Tier::ALL.into_iter().find(|&tier| mark(tier).is_some_and(|one| one.rejected)),
        Verdict::Resized => {
            let text = opened.text(finding.part)?;
            let steps = resize_in_words(&opened.alignment, finding, &text);
            return Some(steps.into_iter().map(|(_, _, words)| words).collect::<Vec<_>>().join(", then "));
        }
        Verdict::Agreed | Verdict::Relabeled | Verdict::Covered | Verdict::Uncompared => None,
    };
    tier.map(|tier| format!("in {tier}"))
}

/// The statuses of a finding's annotations, tier by tier; one that repeats from one tier to the next stands once.
pub fn statuses(opened: &Opened, finding: &Finding) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for mark in finding.marks().filter_map(|mark| opened.mark(mark)) {
        for &annotation in opened.alignment.annotations_of(mark) {
            let status = opened.annotation(annotation).and_then(|one| one.status.as_deref());
            if let Some(status) = status.filter(|status| all.last().is_none_or(|last| last != status)) {
                all.push(status.to_owned());
            }
        }
    }
    all
}

/// The ways in which a finding's annotations are anchored, as places in [`ANCHORS`], the surest first.
pub fn anchors(opened: &Opened, finding: &Finding) -> Vec<usize> {
    let marks = finding.marks().filter_map(|mark| opened.mark(mark));
    let annotations = marks.flat_map(|mark| opened.alignment.annotations_of(mark));
    let mut all: Vec<usize> = annotations
        .filter_map(|&annotation| opened.anchor(annotation))
        .filter_map(|how| ANCHORS.iter().position(|key| *key == how.key()))
        .collect();
    sort_and_dedup(&mut all);
    all
}

/// What a mark quotes, with a little of the text before and after it, each on one line: before, quote, after.
pub fn quote_in_context(opened: &Opened, mark: &Mark) -> [String; 3] {
    let text = opened.text(mark.part).unwrap_or_default();
    let range = mark.bytes.as_range();
    let before = text.get(..range.start).unwrap_or_default();
    let after = text.get(range.end..).unwrap_or_default();
    let quote: String = text.get(range).unwrap_or_default().chars().take(QUOTE).collect();
    let before: Vec<char> = before.chars().rev().take(CONTEXT).take_while(|&c| c != '\n').collect();
    let after = after.chars().take(CONTEXT).take_while(|&c| c != '\n').collect();
    [before.into_iter().rev().collect(), quote, after]
}

/// The texts of parts, of which the last one asked for is kept.
pub(super) struct Texts<'o> {
    opened: &'o Opened,
    last: Option<(PartRef, Cow<'o, str>)>,
}

impl<'o> Texts<'o> {
    pub(super) fn new(opened: &'o Opened) -> Self {
        Texts { opened, last: None }
    }

    pub(super) fn of(&mut self, at: PartRef) -> &str {
        if self.last.as_ref().is_none_or(|(part, _)| *part != at) {
            self.last = Some((at, self.opened.text(at).unwrap_or_default()));
        }
        self.last.as_ref().map(|(_, text)| &**text).unwrap_or_default()
    }
}
