//! The sentence that says what two tiers make of a piece of text.

use crate::state::Opened;
use labelscope_core::domain::{Name, Tier, Utf8Bytes};
use labelscope_core::logic::align::{Finding, FindingIndex, Mark};
use labelscope_core::logic::score::TierPair;

/// How many characters of a quote are shown, of the changed piece of one, and of what stays the same beside that.
const QUOTE: usize = 160;
const CHANGED: usize = 120;
const KEPT: usize = 16;

/// A piece of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Words {
    /// Words.
    Plain(String),
    /// A label; `None` for marks without one.
    Label(Option<Name>),
    /// Text from the message, to stand between quotation marks.
    Quote(Vec<Quote>),
}

/// A piece of a quote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Quote {
    /// What both tiers marked, or the only one.
    Kept(String),
    /// What the later tier marked beyond the earlier.
    Added(String),
    /// What the earlier tier marked beyond the later.
    Removed(String),
}

/// What follows the verdict of a difference between two tiers: `fabrication → dosage_error on “up to three tablets”`.
/// Empty where neither tier has a mark in the finding.
pub fn sentence(opened: &Opened, index: FindingIndex, pair: TierPair) -> Vec<Words> {
    let Some(finding) = opened.alignment.finding(index) else { return Vec::new() };
    let text = opened.text(finding.part).unwrap_or_default();
    let telling = Telling { opened, finding, pair, text: &text };
    let mark = |tier| opened.alignment.mark_in(finding, tier);
    match (mark(pair.candidate), mark(pair.reference)) {
        (None, None) => Vec::new(),
        (None, Some(later)) => telling.only_later(later),
        (Some(earlier), None) => telling.only_earlier(earlier),
        (Some(earlier), Some(later)) => telling.both(earlier, later),
    }
}

struct Telling<'a> {
    opened: &'a Opened,
    finding: &'a Finding,
    pair: TierPair,
    text: &'a str,
}

impl Telling<'_> {
    fn only_later(&self, later: &Mark) -> Vec<Words> {
        let reference = self.pair.reference;
        if later.rejected {
            return vec![
                plain(format!("{reference} holds ")),
                label(later),
                plain(" on "),
                self.quote(later),
                plain(" as rejected"),
            ];
        }
        let first = self.between(|mark| !mark.rejected).map(|tier| format!(", first marked in {tier}"));
        let first = first.map(plain);
        [label(later), plain(" on "), self.quote(later)].into_iter().chain(first).collect()
    }

    fn only_earlier(&self, earlier: &Mark) -> Vec<Words> {
        let TierPair { candidate, reference } = self.pair;
        if earlier.rejected {
            return vec![
                plain(format!("{candidate} holds ")),
                label(earlier),
                plain(" on "),
                self.quote(earlier),
                plain(format!(" as rejected; {reference} has none")),
            ];
        }
        let rejected = self.between(|mark| mark.rejected).map(|tier| format!("; {tier} rejected it"));
        let may_have = self.opened.alignment.may_be_unanchored(self.finding, reference);
        let unanchored = may_have
            .then(|| "; but it has an annotation on this message that could not be placed".to_owned());
        let more = rejected.into_iter().chain(unanchored).map(plain);
        let said =
            [plain(format!("{reference} has no ")), label(earlier), plain(" on "), self.quote(earlier)];
        said.into_iter().chain(more).collect()
    }

    fn both(&self, earlier: &Mark, later: &Mark) -> Vec<Words> {
        let TierPair { candidate, reference } = self.pair;
        let is_relabeled = earlier.label != later.label;
        match (earlier.rejected, later.rejected) {
            (true, true) => {
                return vec![
                    plain("both hold "),
                    label(later),
                    plain(" on "),
                    self.quote(later),
                    plain(" as rejected"),
                ];
            }
            (false, true) => {
                let what = if is_relabeled { label(later) } else { plain("it") };
                return vec![
                    label(earlier),
                    plain(" on "),
                    self.quote(earlier),
                    plain(format!(": {reference} holds ")),
                    what,
                    plain(" as rejected"),
                ];
            }
            (true, false) => {
                let as_what = is_relabeled.then(|| [plain(" as "), label(later)]);
                let said = [
                    label(earlier),
                    plain(" on "),
                    self.quote(earlier),
                    plain(format!(", rejected in {candidate}: {reference} keeps it")),
                ];
                return said.into_iter().chain(as_what.into_iter().flatten()).collect();
            }
            (false, false) => {}
        }
        let is_resized = earlier.points != later.points;
        let change = changes(earlier, later, is_relabeled);
        let mut words = if is_relabeled {
            vec![label(earlier), plain(" → "), label(later)]
        } else {
            vec![label(later)]
        };
        if is_resized {
            words.push(plain(format!("{}{change}: ", if is_relabeled { ", and " } else { " " })));
            words.push(Words::Quote(self.changed(earlier, later)));
        } else {
            words.extend([plain(" on "), self.quote(later)]);
        }
        words
    }

    /// The tier between the two, where it has a mark in the finding of which this holds.
    fn between(&self, holds: impl Fn(&Mark) -> bool) -> Option<Tier> {
        let TierPair { candidate, reference } = self.pair;
        let between = Tier::ALL.into_iter().find(|&tier| candidate < tier && tier < reference)?;
        let mark = self.opened.alignment.mark_in(self.finding, between)?;
        holds(mark).then_some(between)
    }

    fn slice(&self, from: Utf8Bytes, to: Utf8Bytes) -> &str {
        self.text.get(from.0 as usize..to.0 as usize).unwrap_or_default()
    }

    fn quote(&self, mark: &Mark) -> Words {
        let text = self.slice(mark.bytes.start, mark.bytes.end);
        if text.is_empty() {
            return plain(format!("an empty range at {}", mark.points.start.0));
        }
        Words::Quote(vec![Quote::Kept(start_of(text, QUOTE))])
    }

    /// What of two ranges changed, with a little of what did not.
    fn changed(&self, earlier: &Mark, later: &Mark) -> Vec<Quote> {
        let (old, new) = (earlier.bytes, later.bytes);
        if !earlier.shares_with(later) {
            return vec![
                Quote::Removed(start_of(self.slice(old.start, old.end), CHANGED)),
                Quote::Kept(" … ".to_owned()),
                Quote::Added(start_of(self.slice(new.start, new.end), CHANGED)),
            ];
        }
        let turn = |is_added: bool, text: &str| {
            let text = start_of(text, CHANGED);
            if is_added { Quote::Added(text) } else { Quote::Removed(text) }
        };
        let kept = self.slice(old.start.max(new.start), old.end.min(new.end));
        let at_start = (old.start != new.start).then(|| {
            turn(new.start < old.start, self.slice(old.start.min(new.start), old.start.max(new.start)))
        });
        let at_end = (old.end != new.end)
            .then(|| turn(new.end > old.end, self.slice(old.end.min(new.end), old.end.max(new.end))));
        let kept = match (&at_start, &at_end) {
            (Some(_), Some(_)) if kept.chars().count() > 2 * KEPT => {
                format!("{}{}", start_of(kept, KEPT), end_of(kept, KEPT).trim_start_matches('…'))
            }
            (Some(_), Some(_)) => kept.to_owned(),
            (Some(_), None) => start_of(kept, KEPT),
            (None, _) => end_of(kept, KEPT),
        };
        at_start.into_iter().chain([Quote::Kept(kept)]).chain(at_end).collect()
    }
}

fn plain(words: impl Into<String>) -> Words {
    Words::Plain(words.into())
}

fn label(mark: &Mark) -> Words {
    Words::Label(mark.label.clone())
}

/// By how much two ranges differ: `starts 35 characters earlier`, or `19 characters more at the end`.
fn changes(earlier: &Mark, later: &Mark, as_nouns: bool) -> String {
    let (old, new) = (earlier.points, later.points);
    if !earlier.shares_with(later) {
        return format!("moved from {old} to {new}");
    }
    let edge = |old: u32, new: u32, grew: bool, is_start: bool| {
        let by = old.abs_diff(new);
        let characters = if by == 1 { "1 character".to_owned() } else { format!("{by} characters") };
        (by > 0).then(|| match (as_nouns, is_start) {
            (true, _) => {
                let place = if is_start { "start" } else { "end" };
                format!("{characters} {} at the {place}", if grew { "more" } else { "fewer" })
            }
            (false, true) => format!("starts {characters} {}", if grew { "earlier" } else { "later" }),
            (false, false) => format!("ends {characters} {}", if grew { "later" } else { "earlier" }),
        })
    };
    let start = edge(old.start.0, new.start.0, new.start < old.start, true);
    let end = edge(old.end.0, new.end.0, new.end > old.end, false);
    start.into_iter().chain(end).collect::<Vec<_>>().join(" and ")
}

/// The first so many characters, and an ellipsis where there are more.
fn start_of(text: &str, characters: usize) -> String {
    match text.char_indices().nth(characters) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// The last so many characters, and an ellipsis where there are more.
fn end_of(text: &str, characters: usize) -> String {
    match text.char_indices().nth_back(characters) {
        Some((at, c)) => format!("…{}", text.get(at + c.len_utf8()..).unwrap_or_default()),
        None => text.to_owned(),
    }
}
