//! Boundary noise: marks that differ only by white space or punctuation at an end.
//!
//! Belongs here: telling such differences, and finding the findings and pairs that have no other. Not here: how a
//! difference is put into words (`align`), scores without forgiveness (`scores`).

use super::{Compared, Counts, ScoreRow};
use crate::domain::{Export, PartRef, Utf8Bytes};
use crate::logic::align::{Alignment, Finding, FindingIndex, Mark, Verdict};
use crate::logic::serialise::part_text;
use std::borrow::Cow;

/// Whether the ranges of two marks of one part differ, and only by white space or punctuation at their ends. `text` is
/// the part's text. Marks that share no character differ by more.
pub fn differ_by_noise(one: &Mark, other: &Mark, text: &str) -> bool {
    let between = |a: Utf8Bytes, b: Utf8Bytes| {
        text.get(a.min(b).0 as usize..a.max(b).0 as usize)
            .is_some_and(|between| between.chars().all(is_noise))
    };
    one.points != other.points
        && one.shares_with(other)
        && between(one.bytes.start, other.bytes.start)
        && between(one.bytes.end, other.bytes.end)
}

/// The resized findings of which no two neighbouring marks (rejected ones left out) differ by more than boundary noise.
pub fn noisy_findings(export: &Export, alignment: &Alignment) -> Vec<FindingIndex> {
    let mut texts = Texts { export, last: None };
    let resized =
        alignment.findings.iter().enumerate().filter(|(_, one)| one.verdicts.contains(Verdict::Resized));
    let noisy = resized.filter(|(_, finding)| is_noisy(alignment, finding, texts.of(finding.part)));
    noisy.map(|(index, _)| FindingIndex::new(index)).collect()
}

fn is_noisy(alignment: &Alignment, finding: &Finding, text: &str) -> bool {
    let kept: Vec<&Mark> =
        finding.marks().filter_map(|mark| alignment.mark(mark)).filter(|mark| !mark.rejected).collect();
    let differ = |two: &&[&Mark]| matches!(two, [one, other] if one.points != other.points);
    kept.windows(2).any(|two| differ(&two))
        && kept
            .windows(2)
            .filter(differ)
            .all(|two| matches!(two, [one, other] if differ_by_noise(one, other, text)))
}

/// The pairs that would be right by the strict criterion, were boundary noise forgiven: the same label, and ranges that
/// differ by nothing else.
pub fn noisy_pairs(export: &Export, alignment: &Alignment, compared: &Compared) -> Vec<ScoreRow> {
    let mut texts = Texts { export, last: None };
    let noisy = compared.rows.iter().filter(|row| {
        row.pair(alignment).is_some_and(|(candidate, reference)| {
            candidate.label == reference.label
                && candidate.points != reference.points
                && differ_by_noise(candidate, reference, texts.of(candidate.part))
        })
    });
    noisy.copied().collect()
}

impl Counts {
    /// The same with so many more in common.
    pub fn forgiving(self, pairs: usize) -> Self {
        let pairs = u64::try_from(pairs).unwrap_or(u64::MAX);
        Counts { true_positives: self.true_positives.saturating_add(pairs), ..self }
    }
}

/// The texts of parts; the last one is kept, since what is asked of one part is asked together.
struct Texts<'e> {
    export: &'e Export,
    last: Option<(PartRef, Cow<'e, str>)>,
}

impl Texts<'_> {
    fn of(&mut self, at: PartRef) -> &str {
        if self.last.as_ref().is_none_or(|(part, _)| *part != at) {
            let conversation = self.export.conversations.get(at.message.conversation as usize);
            let message = conversation.and_then(|inside| inside.messages.get(at.message.message as usize));
            let part = message.and_then(|message| message.parts.get(at.part as usize));
            self.last = Some((at, part.and_then(part_text).unwrap_or_default()));
        }
        self.last.as_ref().map(|(_, text)| &**text).unwrap_or_default()
    }
}

/// Whether a character is white space or punctuation. Signs that carry a meaning of their own (`+ < = > $ % ^ | ~`) are
/// not: where they are in and where they are out is no noise.
fn is_noise(character: char) -> bool {
    if character.is_whitespace() {
        return true;
    }
    if character.is_ascii() {
        return character.is_ascii_punctuation()
            && !matches!(character, '+' | '<' | '=' | '>' | '$' | '%' | '^' | '|' | '~' | '`');
    }
    matches!(character,
        '¡' | '§' | '«' | '¶' | '·' | '»' | '¿'
        // Hebrew, Arabic, Devanagari, Thai, Tibetan
        | '\u{5be}' | '\u{5f3}' | '\u{5f4}' | '،' | '؛' | '؟' | '۔' | '।' | '॥' | '๚' | '๛' | '་' | '།'
        // dashes, quotation marks, ellipses, invisible marks of direction and joining
        | '\u{200b}'..='\u{2043}' | '\u{2045}'..='\u{2051}' | '\u{2053}'..='\u{206f}' | '\u{feff}'
        // supplemental, ideographic, vertical and small forms, full and half width
        | '\u{2e00}'..='\u{2e7f}' | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301f}'
        | '・' | '\u{fe10}'..='\u{fe19}' | '\u{fe30}'..='\u{fe61}' | '！' | '＂' | '＇' | '（' | '）' | '，' | '－'
        | '．' | '／' | '：' | '；' | '？' | '［' | '］' | '｛' | '｝' | '\u{ff5f}'..='\u{ff65}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_and_punctuation_are_noise() {
        for character in " \n\u{a0}\u{3000}.,;:!?()[]\"'-–—…“”’、。！？，،؟।«»".chars()
        {
            assert!(is_noise(character), "{character:?}");
        }
        for character in "aZ0é中عा💊+=<>$%€".chars() {
            assert!(!is_noise(character), "{character:?}");
        }
    }
}
