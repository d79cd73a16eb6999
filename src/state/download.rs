//! The files of the Download menu beside the export itself, made piece by piece so that the page stays alive.
//!
//! Belongs here: which findings, annotations and messages go into a file, and the steps of making it. Does not belong
//! here: what a line of a file looks like (`labelscope_core::logic::report`), handing it over.
//!
//! Invariant: the pieces of an unfiltered file, joined, are byte for byte the file of the native report.

use super::Opened;
use super::agreement::Opening;
use super::filter::{Filter, Filtered, Messages, chips};
use super::findings::{TableRow, rows};
use super::route::{Route, Screen};
use labelscope_core::domain::{AnnotationRef, PerTier};
use labelscope_core::logic::align::FindingIndex;
use labelscope_core::logic::report::{
    AnnotationLines, ReportFile, ScoredComparison, file_name, findings_header, findings_rows, health,
    scores_header, scores_rows,
};
use labelscope_core::logic::score::{Bootstrap, Compared, Comparing, Comparison, Scores};
use labelscope_core::logic::sort::sort_and_dedup;

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
    /// The comparisons that are still to be made, the last one first, and the one that is being made.
    Scores { left: Vec<Comparison>, messages: Messages, step: ScoreStep },
    /// One piece.
    Health,
    /// Nothing is left.
    Done,
}

/// How far a comparison is.
enum ScoreStep {
    Header,
    Next,
    Comparing(Box<Comparing>),
    Drawing(Box<(Compared, Scores, Bootstrap)>),
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
            (ReportFile::Scores, extent) => Stage::Scores {
                left: ScoredComparison::all().collect::<Vec<_>>().into_iter().rev().collect(),
                messages: match extent {
                    Extent::Whole => Messages::of(opened, &Filter::default()),
                    Extent::Filtered { messages, .. } => Messages::of(opened, &messages),
                },
                step: ScoreStep::Header,
            },
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
            Stage::Scores { left, messages, step } => step_of_scores(opened, left, messages, step),
            Stage::Health => {
                self.stage = Stage::Done;
                Some(health(&opened.export, &opened.placement, &opened.alignment))
            }
            Stage::Done => None,
        }
    }
}

fn step_of_scores(
    opened: &Opened,
    left: &mut Vec<Comparison>,
    messages: &Messages,
    step: &mut ScoreStep,
) -> Option<String> {
    let (next, piece) = match std::mem::replace(step, ScoreStep::Next) {
        ScoreStep::Header => (ScoreStep::Next, scores_header()),
        ScoreStep::Next => {
            let comparing = Comparing::new(&opened.export, &opened.alignment, left.pop()?, |at| {
                messages.holds(opened, at)
            });
            (ScoreStep::Comparing(Box::new(comparing)), String::new())
        }
        ScoreStep::Comparing(mut comparing) => {
            if comparing.step(&opened.alignment, STEP) {
                let compared = comparing.finish();
                let scores = Scores::of(&opened.export, &opened.alignment, &compared);
                let bootstrap = Bootstrap::new(&opened.export, &opened.alignment, &compared, &scores);
                (ScoreStep::Drawing(Box::new((compared, scores, bootstrap))), String::new())
            } else {
                (ScoreStep::Comparing(comparing), String::new())
            }
        }
        ScoreStep::Drawing(mut drawing) => {
            if drawing.2.step(1) {
                let (compared, scores, bootstrap) = *drawing;
                let Compared { comparison, scope, .. } = compared;
                let scored = ScoredComparison { comparison, scope, scores, intervals: bootstrap.finish() };
                (ScoreStep::Next, scores_rows(&scored))
            } else {
                (ScoreStep::Drawing(drawing), String::new())
            }
        }
    };
    *step = next;
    Some(piece)
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
    use labelscope_core::logic::report::annotation_lines;

    const FILES: [ReportFile; 4] =
        [ReportFile::Findings, ReportFile::Annotations, ReportFile::Scores, ReportFile::Health];

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
            let expected = [
                findings_header() + &findings_rows(export, alignment, &alignment.findings),
                annotation_lines(export, placement, |_| true),
                scores_header() + &scores.collect::<String>(),
                health(export, placement, alignment),
            ];
            for (file, expected) in FILES.into_iter().zip(expected) {
                let (called, text) = made(&opened, file, Extent::Whole);
                assert_eq!(text, expected, "{name}");
                assert_eq!(called, file_name(&export.project, file, false));
            }
        }
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
