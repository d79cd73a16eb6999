//! What is drawn over one part, as elements.

use super::gap::gap_view;
use super::lens::drawn_mark;
use crate::state::filter::Filtered;
use crate::state::{Drawing, Opened};
use crate::ui::verbatim::verbatim;
use labelscope_core::domain::{Id, PartRef, Span, Utf8Bytes};
use labelscope_core::logic::align::{FindingIndex, Mark, Verdict};
use labelscope_core::logic::excerpt::{Gap, gaps};
use labelscope_core::logic::overlay::{Overlay, overlay};
use labelscope_core::logic::score::TierPair;
use labelscope_core::logic::segments::DrawnMark;
use labelscope_core::logic::signs::signs;
use labelscope_core::logic::sort::sort_and_dedup;
use leptos::prelude::*;
use std::collections::HashMap;
use std::ops::Range;

/// What is drawn over one part.
pub struct Drawn {
    /// Where, and in which lanes.
    pub overlay: Overlay,
    /// The findings of the marks, and their annotations' ids, in the order of the marks in the overlay.
    marks: Vec<DrawnIds>,
    /// The signs that stand on segments, by the segments' indices.
    signs: HashMap<usize, Vec<Sign>>,
    /// What of the text is left out.
    gaps: Vec<Gap>,
}

/// The sign of a difference, once for each finding.
type Sign = (FindingIndex, Verdict);

struct DrawnIds {
    finding: FindingIndex,
    /// Ids of the annotations, separated by spaces.
    annotations: String,
}

impl Drawn {
    /// Draws the marks that `drawing` and the filters let through, and those of the finding `outside` of the filters.
    pub fn new(
        opened: &Opened,
        at: PartRef,
        text: &str,
        drawing: &Drawing,
        filtered: &Filtered,
        outside: Option<FindingIndex>,
    ) -> Self {
        let marks = opened.marks_drawn(at, drawing, filtered, outside);
        let drawn: Vec<DrawnMark> = marks.iter().map(|mark| drawn_mark(opened, mark)).collect();
        let ids = marks.iter().map(|mark| DrawnIds { finding: mark.finding, annotations: ids(opened, mark) });
        let overlay = overlay(text, &drawn);
        let (signs, gaps) = match *drawing {
            Drawing::Differences { pair, .. } => {
                let sign = |mark: u32| sign_of(opened, marks.get(mark as usize)?, pair);
                let spans: Vec<_> = marks.iter().map(|mark| mark.bytes).collect();
                (signs(text, &overlay, sign), gaps(text, &spans))
            }
            Drawing::Tracks(_) | Drawing::Column(_) => Default::default(),
        };
        Drawn { overlay, marks: ids.collect(), signs, gaps }
    }

    /// Whether there is nothing to draw.
    pub fn is_empty(&self) -> bool {
        self.marks.is_empty()
    }

    /// The text cut into plain pieces and marked ones, with empty elements where zero-length marks sit.
    pub fn views(&self, at: PartRef, text: &str) -> Vec<AnyView> {
        let mut carets = self.overlay.carets.iter().peekable();
        let beside = self.carets_beside();
        let mut views = Vec::with_capacity(self.overlay.segments.len() + self.overlay.carets.len());
        for (index, segment) in self.overlay.segments.iter().enumerate() {
            while let Some(caret) = carets.next_if(|caret| caret.at <= segment.bytes.start) {
                views.push(self.caret(caret.mark));
            }
            if segment.bars.is_empty() {
                self.bare(&mut views, at, text, segment.bytes);
                continue;
            }
            let piece = verbatim(text.get(segment.bytes.as_range()).unwrap_or_default());
            let marks = self.overlay.marks.get(segment.marks.clone()).unwrap_or_default();
            let (findings, annotations) = self.named(marks);
            let (carets_beside, _) =
                self.named(beside.get(&segment.bytes).map(Vec::as_slice).unwrap_or_default());
            views.push(
                view! {
                    <mark
                        class="sg"
                        class:ws=segment.whitespace
                        data-f=(!findings.is_empty()).then_some(findings)
                        data-annotation=(!annotations.is_empty()).then_some(annotations)
                        data-caret=(!carets_beside.is_empty()).then_some(carets_beside)
                        style:--bars=segment.bars.clone()
                        style:--sign=self.signs.get(&index).map(|signs| signs_as_layers(signs))
                    >
                        {piece}
                    </mark>
                }
                .into_any(),
            );
        }
        views.extend(carets.map(|caret| self.caret(caret.mark)));
        views
    }

    /// A piece that nobody marked, with what of it is left out behind a line that says so.
    fn bare(&self, views: &mut Vec<AnyView>, at: PartRef, text: &str, bytes: Span<Utf8Bytes>) {
        let Range { mut start, end } = bytes.as_range();
        let show = |views: &mut Vec<AnyView>, piece: Range<usize>| {
            let piece = text.get(piece).unwrap_or_default();
            if !piece.is_empty() {
                views.push(verbatim(piece));
            }
        };
        let within = |gap: &&Gap| bytes.start <= gap.bytes.start && gap.bytes.end <= bytes.end;
        for gap in self.gaps.iter().filter(within) {
            let left_out = gap.bytes.as_range();
            show(views, start..left_out.start);
            views.push(gap_view(at, gap, text.get(left_out.clone()).unwrap_or_default()));
            start = left_out.end;
        }
        show(views, start..end);
    }

    /// The zero-length marks whose halves are drawn on a piece of the text.
    fn carets_beside(&self) -> HashMap<Span<Utf8Bytes>, Vec<u32>> {
        let mut beside: HashMap<Span<Utf8Bytes>, Vec<u32>> = HashMap::new();
        for caret in &self.overlay.carets {
            for half in [caret.before, caret.after] {
                beside.entry(half).or_default().push(caret.mark);
            }
        }
        beside
    }

    fn caret(&self, mark: u32) -> AnyView {
        let (findings, annotations) = self.named(&[mark]);
        view! { <mark class="sg caret" data-f=findings data-annotation=annotations></mark> }.into_any()
    }

    /// The findings and annotation ids of the marks at these indices, each separated by spaces.
    fn named(&self, marks: &[u32]) -> (String, String) {
        let marks = || marks.iter().filter_map(|&mark| self.marks.get(mark as usize));
        let mut findings: Vec<usize> = marks().map(|mark| mark.finding.get()).collect();
        sort_and_dedup(&mut findings);
        let findings: Vec<String> = findings.iter().map(usize::to_string).collect();
        let annotations: Vec<&str> = marks().map(|mark| mark.annotations.as_str()).collect();
        (findings.join(" "), annotations.join(" "))
    }
}

/// The sign that the finding of a mark has between two tiers: that of the first verdict.
fn sign_of(opened: &Opened, mark: &Mark, pair: TierPair) -> Option<Sign> {
    let finding = opened.alignment.finding(mark.finding)?;
    let verdict = opened.verdicts_between(finding, pair).iter().find(|verdict| verdict.is_difference())?;
    Some((mark.finding, verdict))
}

/// The value of `--sign`: a layer of a background for each, one beside the other, with the comma that lets more follow.
fn signs_as_layers(signs: &[Sign]) -> String {
    let layer = |(nth, (_, verdict)): (usize, &Sign)| {
        let sign = verdict.key();
        format!("var(--sign-{sign}) calc(var(--S) + {nth} * var(--sx)) 0 / min(11px, 100%) 11px no-repeat,")
    };
    signs.iter().enumerate().map(layer).collect()
}

fn ids(opened: &Opened, mark: &Mark) -> String {
    let annotations = opened.alignment.annotations_of(mark).iter();
    let ids = annotations.filter_map(|&annotation| opened.annotation(annotation)?.id.as_ref());
    ids.map(Id::to_string).collect::<Vec<_>>().join(" ")
}
