//! The files of the Download menu beside the export itself, made piece by piece so that the page stays alive.
//!
//! Belongs here: which findings, annotations and messages go into a file, and the steps of making it. Does not belong
//! here: what a line of a file looks like (`labelscope_core::logic::report`), handing it over.
//!
//! Invariant: the pieces of an unfiltered file, joined, are byte for byte the file of the native report, as long as no
//! assumption is overridden.

mod errors;
mod scoring;

use super::Opened;
use super::agreement::Opening;
use super::assumptions::Overrides;
use super::filter::{Filter, Filtered, chips};
use super::findings::{TableRow, rows};
use super::route::{Route, Screen};
use errors::Errors;
use labelscope_core::domain::{AnnotationRef, PerTier};
use labelscope_core::logic::align::FindingIndex;
use labelscope_core::logic::report::{
    AnnotationLines, Quotes, ReportFile, ScoredComparison, file_name, findings_header, findings_rows, health,
    scores_header, scores_rows, shared_comparisons, shared_differences, shared_differences_head, shared_head,
    shared_scores,
};
use labelscope_core::logic::sort::sort_and_dedup;
use scoring::Scoring;

/// How many findings or annotations are written in a step, and how many marks are compared.
const STEP: usize = 200;

/// What of an export goes into the files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Extent {
    /// All of it.
    #[default]
    Whole,
    /// What the screen shows.
    Filtered {
        /// The findings let through, or those of the rows of a score; in document order, each once.
        findings: Vec<FindingIndex>,
        /// The annotations of these, and the unanchored ones that are let through.
        annotations: PerTier<Vec<bool>>,
        /// Which messages its scores count.
        messages: Box<Filter>,
    },
}

impl Extent {
    /// What the screen of an address shows; the whole where that filters nothing, or shows no findings.
    pub fn of(opened: &Opened, route: &Route) -> Self {
        if !is_filtered(route) {
            return Extent::Whole;
        }
        let filtered = Filtered::of(opened, Filter::of(route));
        let of_a_score = route.screen == Screen::Findings && Opening::of(route).is_some();
        let mut findings: Vec<FindingIndex> = Vec::new();
        for row in shown_rows(opened, &filtered, route) {
            findings.extend(row.finding(opened));
            findings.extend(row.other_finding(opened));
            if let TableRow::Characters(at, _) = row {
                let (first, of_message) = opened.alignment.findings_of(at);
                findings.extend((first.get()..).take(of_message.len()).map(FindingIndex::new));
            }
        }
        sort_and_dedup(&mut findings);
        let mut annotations = annotations_of(opened, &findings);
        let unplaced = opened.placement.unplaced.iter().map(|one| one.annotation);
        for AnnotationRef { tier, index } in unplaced.filter(|&one| !of_a_score && filtered.shows(one)) {
            if let Some(slot) = annotations[tier].get_mut(index as usize) {
                *slot = true;
            }
        }
        Extent::Filtered { findings, annotations, messages: Box::new(Filter::of_messages(route)) }
    }

    fn file_name(&self, opened: &Opened, file: ReportFile) -> String {
        file_name(&opened.export.project, file, *self != Extent::Whole)
    }
}

/// The rows of the table at an address, in document order; where the reader is shown, those that the table would have if
/// it named no number of a score, since the reader does not follow one.
fn shown_rows(opened: &Opened, filtered: &Filtered, route: &Route) -> Vec<TableRow> {
    let mut route = Route { sort: None, ..route.clone() };
    if route.screen != Screen::Findings {
        (route.criterion, route.outcome, route.from, route.to) = (None, None, None, None);
    }
    rows(opened, filtered, &route, None)
}

/// Whether an address shows findings, and not all of them.
pub fn is_filtered(route: &Route) -> bool {
    matches!(route.screen, Screen::Findings | Screen::Conversations) && !chips(route).is_empty()
}

/// A file under way.
pub struct Making<'o> {
    opened: &'o Opened,
    /// What it is called.
    pub name: String,
    stage: Stage<'o>,
}

enum Stage<'o> {
    /// The findings that are still to be written; the header first.
    Findings { findings: Vec<FindingIndex>, next: Option<usize> },
    /// The annotations that are still to be written, and which are.
    Annotations { lines: AnnotationLines<'o>, included: Option<PerTier<Vec<bool>>> },
    /// The comparisons.
    Scores(Scoring),
    /// The comparisons, then the differences of the messages from the next one on; their head first.
    Shared { quotes: Quotes, scoring: Scoring, next: Option<usize> },
    /// The errors of a tier.
    Errors(Errors),
    /// One piece.
    Health,
    /// Nothing is left.
    Done,
}

impl<'o> Making<'o> {
    /// A file, no piece of it made yet. The export as received is none of these: it is handed on as it came, and here
    /// it would be empty.
    pub fn new(opened: &'o Opened, file: ReportFile, extent: Extent) -> Self {
        let name = extent.file_name(opened, file);
        let all = || (0..opened.alignment.findings.len()).map(FindingIndex::new).collect();
        let stage = match (file, extent) {
            (ReportFile::Export, _) => Stage::Done,
            (ReportFile::Health, _) => Stage::Health,
            (ReportFile::Findings, Extent::Whole) => Stage::Findings { findings: all(), next: None },
            (ReportFile::Findings, Extent::Filtered { findings, .. }) => {
                Stage::Findings { findings, next: None }
            }
            (ReportFile::Annotations, extent) => Stage::Annotations {
                lines: AnnotationLines::new(&opened.export, &opened.placement),
                included: match extent {
                    Extent::Whole => None,
                    Extent::Filtered { annotations, .. } => Some(annotations),
                },
            },
            (ReportFile::Scores, extent) => {
                let messages = match extent {
                    Extent::Whole => Filter::default(),
                    Extent::Filtered { messages, .. } => *messages,
                };
                let all = ScoredComparison::all();
                Stage::Scores(Scoring::new(opened, &messages, scores_header(), all, scores_rows))
            }
            (ReportFile::Errors(pair), _) => Stage::Errors(Errors::Head(pair)),
            (ReportFile::Shared(quotes), _) => {
                let Opened { export, placement, alignment, .. } = opened;
                let head = shared_head(export, placement, alignment, quotes, &remarks(opened));
                let (all, every) = (Filter::default(), shared_comparisons());
                let scoring = Scoring::new(opened, &all, head, every, shared_scores);
                Stage::Shared { quotes, scoring, next: None }
            }
        };
        Making { opened, name, stage }
    }

    /// The next piece of the text, possibly empty; `None` once it is whole.
    pub fn step(&mut self) -> Option<String> {
        let opened = self.opened;
        match &mut self.stage {
            Stage::Findings { findings, next } => {
                let Some(first) = next else {
                    *next = Some(0);
                    return Some(findings_header());
                };
                let piece = findings.get(*first..findings.len().min(*first + STEP))?;
                *first += STEP;
                let piece = piece.iter().filter_map(|&index| opened.alignment.finding(index));
                Some(findings_rows(&opened.export, &opened.alignment, piece))
            }
            Stage::Annotations { lines, included } => lines.take(STEP, |one| {
                included.as_ref().is_none_or(|included| {
                    included[one.tier].get(one.index as usize).copied().unwrap_or_default()
                })
            }),
            Stage::Scores(scoring) => scoring.step(opened),
            Stage::Errors(errors) => errors.step(opened),
            Stage::Shared { quotes, scoring, next } => {
                if let Some(piece) = scoring.step(opened) {
                    return Some(piece);
                }
                let Some(first) = next else {
                    *next = Some(0);
                    return Some(shared_differences_head().to_owned());
                };
                let messages = *first..*first + STEP;
                *first = messages.end;
                let Opened { export, alignment, .. } = opened;
                (messages.start < alignment.messages.len())
                    .then(|| shared_differences(export, alignment, messages, *quotes))
            }
            Stage::Health => {
                self.stage = Stage::Done;
                Some(health(&opened.export, &opened.placement, &opened.alignment))
            }
            Stage::Done => None,
        }
    }
}

/// What whoever sees the numbers of an export and not the export has to know.
fn remarks(opened: &Opened) -> Vec<&'static str> {
    let incomplete = opened.incomplete.is_some();
    let assumed = opened.overrides != Overrides::default();
    [
        incomplete.then_some("The end of the export is missing: every number counts only what was read."),
        assumed.then_some("What the export does not say was assumed otherwise than it suggests, by choice."),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Which annotations are in these findings.
fn annotations_of(opened: &Opened, findings: &[FindingIndex]) -> PerTier<Vec<bool>> {
    let mut included = PerTier::from_fn(|tier| vec![false; opened.export.tiers[tier].annotations.len()]);
    let findings = findings.iter().filter_map(|&index| opened.alignment.finding(index));
    let marks = findings.flat_map(|finding| finding.marks()).filter_map(|mark| opened.mark(mark));
    for &AnnotationRef { tier, index } in marks.flat_map(|mark| opened.alignment.annotations_of(mark)) {
        if let Some(slot) = included[tier].get_mut(index as usize) {
            *slot = true;
        }
    }
    included
}

#[cfg(test)]
mod tests {
    use super::super::findings::tests::{exports, sample};
    use super::*;
    use crate::state::Preparing;
    use labelscope_core::logic::align::ReviewRule;
    use labelscope_core::logic::report::{annotation_lines, errors, shared_report};
    use labelscope_core::logic::score::TierPair;

    fn made(opened: &Opened, file: ReportFile, extent: Extent) -> (String, String) {
        let mut making = Making::new(opened, file, extent);
        let mut text = String::new();
        while let Some(piece) = making.step() {
            text += &piece;
        }
        (making.name, text)
    }

    #[test]
    fn whole_files_are_those_of_the_native_report() {
        for (name, opened) in exports("whole_files_are_those_of_the_native_report") {
            let (export, placement, alignment) = (&*opened.export, &opened.placement, &opened.alignment);
            let scores = ScoredComparison::all()
                .map(|comparison| scores_rows(&ScoredComparison::new(export, alignment, comparison)));
            let shared = |quotes: Quotes| {
                (ReportFile::Shared(quotes), shared_report(export, placement, alignment, quotes))
            };
            let errors_of = |pair| (ReportFile::Errors(pair), errors(export, alignment, pair));
            let expected = [
                (
                    ReportFile::Findings,
                    findings_header() + &findings_rows(export, alignment, &alignment.findings),
                ),
                (ReportFile::Annotations, annotation_lines(export, placement, |_| true)),
                (ReportFile::Scores, scores_header() + &scores.collect::<String>()),
                (ReportFile::Health, health(export, placement, alignment)),
                errors_of(TierPair::ALL[0]),
                errors_of(TierPair::ALL[2]),
                shared(Quotes::LeftOut),
                shared(Quotes::Masked),
            ];
            for (file, expected) in expected {
                let (called, text) = made(&opened, file, Extent::Whole);
                assert_eq!(text, expected, "{name}");
                assert_eq!(called, file_name(&export.project, file, false));
            }
        }
    }

    #[test]
    fn a_report_to_share_says_what_its_numbers_rest_on() {
        let opened = sample();
        let text = |opened: &Opened| made(opened, ReportFile::Shared(Quotes::LeftOut), Extent::Whole).1;
        let plain = text(&opened);
        assert!(!plain.contains("The end of the export") && !plain.contains("assumed otherwise"));
        let overrides = Overrides { review: ReviewRule::ChangesOnly, ..Overrides::default() };
        let assumed = text(&Preparing::again(&opened, overrides).finish());
        assert!(
            assumed.contains("\n\nWhat the export does not say was assumed otherwise") && assumed != plain
        );
    }

    #[test]
    fn filtered_files_hold_what_the_table_shows() {
        let opened = sample();
        let extent = |fragment: &str| Extent::of(&opened, &Route::parse(fragment).0);
        assert_eq!(extent("#/findings?sort=-text"), Extent::Whole);
        assert_eq!(extent("#/overview?differences=1"), Extent::Whole);
        let differences = extent("#/findings?differences=1&sort=text");
        let (name, text) = made(&opened, ReportFile::Findings, differences.clone());
        assert!(name.ends_with("-findings-filtered.csv"), "{name}");
        let listed = opened.differences.iter().filter_map(|&at| opened.alignment.finding(at));
        let expected = findings_header() + &findings_rows(&opened.export, &opened.alignment, listed);
        assert_eq!(text, expected);
        let (_, lines) = made(&opened, ReportFile::Annotations, differences);
        let marks = opened.differences.iter().filter_map(|&at| opened.alignment.finding(at));
        let marks = marks.flat_map(|finding| finding.marks()).filter_map(|mark| opened.mark(mark));
        assert_eq!(lines.lines().count(), marks.map(|mark| mark.annotations.len()).sum::<usize>());
        // A row of a score may stand for two findings; each is there once.
        for fragment in ["#/findings?criterion=any_label", "#/findings?criterion=character&outcome=tp"] {
            let Extent::Filtered { findings, .. } = extent(fragment) else { panic!("{fragment}") };
            assert!(!findings.is_empty() && findings.is_sorted_by(|a, b| a < b), "{fragment}");
        }
    }
}
