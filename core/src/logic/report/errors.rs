//! errors.csv: what one tier marked wrongly and what it missed, by another; with the text around.

use super::cells::Line;
use super::{by_id, ids_of, joined, text_in};
use crate::domain::{Annotation, AnnotationRef, Export, PartRef, Utf8Bytes};
use crate::logic::align::{Alignment, Mark};
use crate::logic::score::{Compared, Comparison, Criterion, Outcome, ScoreRow, TierPair, compare_all};
use std::borrow::Cow;
use unicode_segmentation::UnicodeSegmentation;

/// How many characters of the text before and after a mark are given, at most.
const AROUND: usize = 80;

/// By which criteria a mark can be wrong here, in the order of the file.
pub const ERROR_CRITERIA: [Criterion; 2] = [Criterion::Strict, Criterion::Overlap];

/// The line of column names.
pub fn errors_header() -> String {
    const NAMES: [&str; 20] = [
        "candidate",
        "reference",
        "criterion",
        "outcome",
        "conversation_id",
        "message_id",
        "part_index",
        "label",
        "start",
        "end",
        "status",
        "annotation_ids",
        "other_label",
        "other_start",
        "other_end",
        "other_annotation_ids",
        "candidate_looked",
        "before",
        "text",
        "after",
    ];
    let mut line = Line::new();
    NAMES.iter().for_each(|name| line.cell(name));
    line.end();
    line.text()
}

/// The lines of some rows of a comparison by a criterion, in their order: of a pair that is not right one for the
/// candidate's mark, a false positive, and one for the reference's, a false negative.
pub fn errors_rows(
    export: &Export,
    alignment: &Alignment,
    compared: &Compared,
    criterion: Criterion,
    rows: &[ScoreRow],
) -> String {
    let mut lines = Lines { line: Line::new(), export, alignment, compared, criterion, text: None };
    for row in rows.iter().filter(|row| !row.is_right(alignment, criterion)) {
        let [candidate, reference] =
            [row.candidate, row.reference].map(|mark| mark.and_then(|mark| alignment.mark(mark)));
        if let Some(mark) = candidate {
            lines.add(Outcome::FalsePositive, mark, reference);
        }
        if let Some(mark) = reference {
            lines.add(Outcome::FalseNegative, mark, candidate);
        }
    }
    lines.line.text()
}

/// The whole file: the default scope, rejected marks in neither tier.
pub fn errors(export: &Export, alignment: &Alignment, pair: TierPair) -> String {
    let compared = compare_all(export, alignment, errors_comparison(pair));
    let rows = |criterion| errors_rows(export, alignment, &compared, criterion, &compared.rows);
    errors_header() + &ERROR_CRITERIA.map(rows).concat()
}

/// The comparison whose errors the file holds.
pub fn errors_comparison(pair: TierPair) -> Comparison {
    Comparison { pair, rejected_counted: false, only_where_both_looked: false }
}

struct Lines<'e> {
    line: Line,
    export: &'e Export,
    alignment: &'e Alignment,
    compared: &'e Compared,
    criterion: Criterion,
    /// That of the part of the last line: marks of one part stand together, and a tool's text has to be written out.
    text: Option<(PartRef, Cow<'e, str>)>,
}

impl Lines<'_> {
    fn add(&mut self, outcome: Outcome, mark: &Mark, other: Option<&Mark>) {
        let Lines { export, alignment, .. } = *self;
        if self.text.as_ref().is_none_or(|(part, _)| *part != mark.part) {
            self.text = text_in(export, mark.part).map(|text| (mark.part, text));
        }
        let line = &mut self.line;
        let pair = self.compared.comparison.pair;
        for key in [pair.candidate.key(), pair.reference.key(), self.criterion.key(), outcome.key()] {
            line.cell(key);
        }
        let (conversation, message) = ids_of(export, mark.part.message);
        line.cell(&conversation);
        line.cell(&message);
        line.number(Some(mark.part.part));
        place(line, Some(mark));
        let annotations = annotations_of(export, alignment, mark);
        line.cell(&joined(annotations.iter().map(|one| one.status.as_deref().unwrap_or_default())));
        line.cell(&ids(&annotations));
        place(line, other);
        line.cell(&other.map(|other| ids(&annotations_of(export, alignment, other))).unwrap_or_default());
        let looked = alignment.message(mark.part.message).is_some_and(|one| one.looked[pair.candidate]);
        line.cell(if looked { "true" } else { "false" });
        let text = self.text.as_ref().map(|(_, text)| &**text).unwrap_or_default();
        let Utf8Bytes(start) = mark.bytes.start;
        let Utf8Bytes(end) = mark.bytes.end;
        line.cell(end_of(text.get(..start as usize).unwrap_or_default()));
        line.cell(text.get(mark.bytes.as_range()).unwrap_or_default());
        line.cell(beginning_of(text.get(end as usize..).unwrap_or_default()));
        line.end();
    }
}

/// Label, start and end of a mark; three empty cells where there is none.
fn place(line: &mut Line, mark: Option<&Mark>) {
    line.cell(mark.and_then(|mark| mark.label.as_deref()).unwrap_or_default());
    line.number(mark.map(|mark| mark.points.start.0));
    line.number(mark.map(|mark| mark.points.end.0));
}

fn annotations_of<'e>(export: &'e Export, alignment: &Alignment, mark: &Mark) -> Vec<&'e Annotation> {
    let sent = |one: AnnotationRef| export.tiers[one.tier].annotations.get(one.index as usize);
    by_id(export, alignment, mark).into_iter().filter_map(sent).collect()
}

fn ids(annotations: &[&Annotation]) -> String {
    let id = |annotation: &&Annotation| annotation.id.as_ref().map(|id| id.text().into_owned());
    joined(annotations.iter().map(|annotation| id(annotation).unwrap_or_default()))
}

/// The last grapheme clusters of a text that have no more than 80 characters together.
fn end_of(text: &str) -> &str {
    // Clusters are found in a little more than is needed; the first of it may be half of one, and is not.
    let window = text.char_indices().rev().take(2 * AROUND).last().map_or(text.len(), |(at, _)| at);
    let window = text.get(window..).unwrap_or_default();
    let (mut characters, mut start) = (0, window.len());
    for (at, cluster) in window.grapheme_indices(true).rev() {
        characters += cluster.chars().count();
        if characters > AROUND {
            break;
        }
        start = at;
    }
    window.get(start..).unwrap_or_default()
}

/// The first grapheme clusters of a text that have no more than 80 characters together.
fn beginning_of(text: &str) -> &str {
    let window = text.char_indices().nth(2 * AROUND).map_or(text, |(at, _)| text.get(..at).unwrap_or(text));
    let (mut characters, mut end) = (0, 0);
    for (at, cluster) in window.grapheme_indices(true) {
        characters += cluster.chars().count();
        if characters > AROUND {
            break;
        }
        end = at + cluster.len();
    }
    window.get(..end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_stands_around_is_cut_at_clusters() {
        assert_eq!((end_of(""), beginning_of("")), ("", ""));
        assert_eq!((end_of("a\nb "), beginning_of("\n b")), ("a\nb ", "\n b"));
        let long = "0123456789".repeat(10);
        assert_eq!(end_of(&long), &long[20..]);
        assert_eq!(beginning_of(&long), &long[..80]);
        // A family of seven characters: eleven of them are 77, and no twelfth is begun.
        let family = "👨\u{200d}👩\u{200d}👧\u{200d}👦";
        let families = family.repeat(20);
        assert_eq!(end_of(&families), family.repeat(11));
        assert_eq!(beginning_of(&families), family.repeat(11));
        // Where the first cluster alone is longer, none of it is given.
        let tall = format!("e{}", "\u{301}".repeat(100));
        assert_eq!((end_of(&tall), beginning_of(&tall)), ("", ""));
    }

    proptest! {
        #[test]
        fn both_ends_are_of_the_text_and_no_longer(text in "[a🇩é\u{301}\n 👨\u{200d}]{0,200}") {
            let (end, beginning) = (end_of(&text), beginning_of(&text));
            prop_assert!(text.ends_with(end) && text.starts_with(beginning));
            prop_assert!(end.chars().count() <= AROUND && beginning.chars().count() <= AROUND);
            prop_assert!(text.chars().count() > AROUND || (end == text && beginning == text));
        }
    }
}
