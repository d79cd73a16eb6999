//! What is drawn over one part, as elements.

use super::gap::gap_view;
use super::lens::drawn_mark;
use super::pieces::LONG;
use crate::state::filter::Filtered;
use crate::state::labels::letter;
use crate::state::{Drawing, Opened};
use crate::ui::verbatim::verbatim;
use labelscope_core::domain::{PartRef, SeededMap, Span, Tier, Utf8Bytes};
use labelscope_core::logic::align::{FindingIndex, Mark, Verdict};
use labelscope_core::logic::direction::Direction;
use labelscope_core::logic::excerpt::{Gap, gaps};
use labelscope_core::logic::overlay::{Overlay, OverlaySegment, overlay_in};
use labelscope_core::logic::pieces::{Block, Piece, blocks, pieces, together};
use labelscope_core::logic::score::TierPair;
use labelscope_core::logic::segments::{Caret, DrawnMark, UNKNOWN};
use labelscope_core::logic::signs::{Signs, signs as stand};
use labelscope_core::logic::sort::{sort, sort_and_dedup};
use leptos::prelude::*;
use std::fmt::{Display, Write};
use std::ops::Range;
use std::sync::Arc;

/// How many segments are drawn in one frame: making, styling and painting them takes some 15 ms.
const SEGMENTS: usize = 48;

/// How many of each column are, which stand side by side.
const SEGMENTS_IN_COLUMN: usize = SEGMENTS / Tier::ALL.len();

/// What is drawn over one part.
pub struct Drawn {
    at: PartRef,
    text: Arc<str>,
    /// The text cut for drawing: one piece, where it is short.
    pub pieces: Vec<Piece>,
    /// In which direction the text is set.
    pub direction: Direction,
    /// Where, and in which lanes.
    pub overlay: Overlay,
    opened: Arc<Opened>,
    /// The marks by their indices in the overlay.
    marks: Vec<DrawnOf>,
    /// The zero-length marks whose halves are drawn on a segment, by its place.
    carets_beside: SeededMap<Span<Utf8Bytes>, Vec<u32>>,
    /// The signs that stand on segments.
    signs: Signs<Sign>,
    /// The letters of labels that stand on segments, beside the signs.
    letters: Signs<Letter>,
    /// What of the text is left out.
    gaps: Vec<Gap>,
    /// Whether it is one of the texts that stand side by side.
    is_column: bool,
}

/// The sign of a difference, once for each finding.
type Sign = (FindingIndex, Verdict);

/// The letter of a label, by its place in the schema or [`UNKNOWN`], once for each finding that has the label.
type Letter = (FindingIndex, usize);

/// What is asked of a mark that is drawn.
struct DrawnOf {
    finding: FindingIndex,
    bytes: Span<Utf8Bytes>,
    /// Which of the alignment's annotations it merges.
    annotations: Range<u32>,
}

impl Drawn {
    /// Draws the marks that `drawing` and the filters let through, and those of the finding `outside` of the filters, over a
    /// text set in this direction.
    pub fn new(
        opened: &Arc<Opened>,
        at: PartRef,
        (text, direction): (&Arc<str>, Direction),
        drawing: &Drawing,
        filtered: &Filtered,
        outside: Option<FindingIndex>,
    ) -> Self {
        let marks = opened.marks_drawn(at, drawing, filtered, outside);
        let drawn: Vec<DrawnMark> = marks.iter().map(|mark| drawn_mark(opened, mark)).collect();
        let gaps = match drawing {
            Drawing::Differences { .. } => {
                gaps(text, &marks.iter().map(|mark| mark.bytes).collect::<Vec<_>>())
            }
            Drawing::Tracks(_) | Drawing::Column(_) => Vec::new(),
        };
        let pieces = in_pieces(text, &gaps, &marks);
        let breaks: Vec<_> = pieces.iter().map(|piece| piece.bytes.end).collect();
        let overlay = overlay_in(direction, text, &drawn, &breaks);
        let signs = match *drawing {
            Drawing::Differences { pair, .. } => {
                stand(text, &overlay, |_| 0, |mark| sign_of(opened, marks.get(mark as usize)?, pair))
            }
            Drawing::Tracks(_) | Drawing::Column(_) => Signs::default(),
        };
        let letter = |mark: u32| {
            let (mark, drawn) = marks.get(mark as usize).zip(drawn.get(mark as usize))?;
            Some((mark.finding, drawn.label))
        };
        let letters = stand(text, &overlay, |at| signs.on(at).len(), letter);
        let carets_beside = carets_beside(&overlay);
        let of = |mark: &&Mark| DrawnOf {
            finding: mark.finding,
            bytes: mark.bytes,
            annotations: mark.annotations.clone(),
        };
        let is_column = matches!(drawing, Drawing::Column(_));
        let (text, marks, opened) = (text.clone(), marks.iter().map(of).collect(), opened.clone());
        Drawn {
            at,
            text,
            direction,
            pieces,
            overlay,
            opened,
            marks,
            carets_beside,
            signs,
            letters,
            gaps,
            is_column,
        }
    }

    /// Whether there is nothing to draw.
    pub fn is_empty(&self) -> bool {
        self.marks.is_empty()
    }

    /// The pieces in blocks that can be shown as plain text. Where something is left out of the text, each is one by itself.
    pub fn blocks(&self) -> Vec<Block> {
        let alone = |(index, piece): (usize, &Piece)| Block { whole: *piece, pieces: index..index + 1 };
        match self.gaps.is_empty() {
            true => blocks(&self.pieces),
            false => self.pieces.iter().enumerate().map(alone).collect(),
        }
    }

    /// A piece of the text.
    pub fn text_of(&self, bytes: Span<Utf8Bytes>) -> &str {
        self.text.get(bytes.as_range()).unwrap_or_default()
    }

    /// Whether anything but text stands in a piece.
    pub fn has_marks(&self, bytes: Span<Utf8Bytes>) -> bool {
        let is_bare = |(_, segment): (usize, &OverlaySegment)| self.overlay.is_bare(segment);
        !self.segments_in(bytes).all(is_bare)
            || !self.carets_in(bytes).is_empty()
            || self.gaps.iter().any(|gap| bytes.start <= gap.bytes.start && gap.bytes.end <= bytes.end)
    }

    /// The indices of those of `places` that a finding's marks stand in; where these are very many, of those at the ends.
    pub fn places_of(&self, finding: FindingIndex, places: &[Span<Utf8Bytes>]) -> Vec<usize> {
        /// More are not drawn at once.
        const MOST: usize = 24;
        let marks: Vec<_> = self.marks.iter().filter(|mark| mark.finding == finding).collect();
        let holds = |place: &Span<Utf8Bytes>, mark: &DrawnOf| {
            let (start, end) = (mark.bytes.start, mark.bytes.end.max(Utf8Bytes(mark.bytes.start.0 + 1)));
            start < place.end && place.start < end
        };
        let found =
            places.iter().enumerate().filter(|(_, place)| marks.iter().any(|mark| holds(place, mark)));
        let found: Vec<usize> = found.map(|(index, _)| index).collect();
        match found.as_slice() {
            [.., _] if found.len() <= MOST => found,
            [first @ .., last] => first.iter().take(MOST - 1).copied().chain([*last]).collect(),
            [] => found,
        }
    }

    /// All of the text in steps that can each be drawn in a frame: so many segments at a time.
    pub fn steps(&self) -> Vec<Span<Utf8Bytes>> {
        let most = if self.is_column { SEGMENTS_IN_COLUMN } else { SEGMENTS };
        let step = |segments: &[OverlaySegment]| match segments {
            [first, .., last] => Some(Span { start: first.bytes.start, end: last.bytes.end }),
            [one] => Some(one.bytes),
            [] => None,
        };
        self.overlay.segments.chunks(most).filter_map(step).collect()
    }

    /// The segments of a piece, with their indices.
    fn segments_in(&self, bytes: Span<Utf8Bytes>) -> impl Iterator<Item = (usize, &OverlaySegment)> {
        let first = self.overlay.segments.partition_point(|segment| segment.bytes.start < bytes.start);
        let rest = self.overlay.segments.iter().enumerate().skip(first);
        rest.take_while(move |(_, segment)| segment.bytes.start < bytes.end)
    }

    /// The zero-length marks of a piece. Those at the end of the text are of the last one.
    fn carets_in(&self, bytes: Span<Utf8Bytes>) -> &[Caret] {
        let carets = &self.overlay.carets;
        let is_last = bytes.end.0 as usize >= self.text.len();
        let first = carets.partition_point(|caret| caret.at < bytes.start);
        let end = if is_last { carets.len() } else { carets.partition_point(|caret| caret.at < bytes.end) };
        carets.get(first..end).unwrap_or_default()
    }

    /// A piece of the text cut into plain pieces and marked ones, with empty elements where zero-length marks sit.
    pub fn views_in(&self, bytes: Span<Utf8Bytes>) -> Vec<AnyView> {
        let text = &*self.text;
        let mut carets = self.carets_in(bytes).iter().peekable();
        let mut views = Vec::new();
        for (index, segment) in self.segments_in(bytes) {
            while let Some(caret) = carets.next_if(|caret| caret.at <= segment.bytes.start) {
                views.push(self.caret(caret.mark));
            }
            if self.overlay.is_bare(segment) {
                self.bare(&mut views, segment.bytes);
                continue;
            }
            let piece = verbatim(text.get(segment.bytes.as_range()).unwrap_or_default());
            let (findings, annotations) = self.named(self.overlay.covering(segment));
            let (carets_beside, _) =
                self.named(self.carets_beside.get(&segment.bytes).map(Vec::as_slice).unwrap_or_default());
            views.push(
                view! {
                    <mark
                        class=class_of(segment)
                        data-f=(!findings.is_empty()).then_some(findings)
                        data-annotation=(!annotations.is_empty()).then_some(annotations)
                        data-caret=(!carets_beside.is_empty()).then_some(carets_beside)
                        style:--bars=self.overlay.bars(segment)
                        style:--sign=self.signs_on(index)
                        style:--letters=self.letters_on(index)
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

    /// The same before it is drawn: all but the marks.
    pub fn without_marks_in(&self, bytes: Span<Utf8Bytes>) -> AnyView {
        let mut views = Vec::new();
        self.bare(&mut views, bytes);
        views.into_any()
    }

    /// A piece that nobody marked, with what of it is left out behind a line that says so.
    fn bare(&self, views: &mut Vec<AnyView>, bytes: Span<Utf8Bytes>) {
        let (at, text) = (self.at, &*self.text);
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

    /// The value of `--sign` on a segment.
    fn signs_on(&self, segment: usize) -> Option<String> {
        let signs = self.signs.on(segment);
        let picture = |(_, verdict): &Sign| format!("sign-{}", verdict.key());
        (signs.len() > 0).then(|| layers(signs.map(picture), 0))
    }

    /// The value of `--letters` on a segment.
    fn letters_on(&self, segment: usize) -> Option<String> {
        let letters = self.letters.on(segment);
        let picture = |(_, place): &Letter| match *place {
            UNKNOWN => "letter-x".to_owned(),
            place => format!("letter-{}", letter(Some(place))),
        };
        let before = self.signs.on(segment).len();
        (letters.len() > 0).then(|| layers(letters.map(picture), before))
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
        let mut annotations = String::new();
        for mark in marks() {
            let range = mark.annotations.start as usize..mark.annotations.end as usize;
            let merged = self.opened.alignment.annotations.get(range).unwrap_or_default();
            let ids = merged.iter().filter_map(|&at| self.opened.annotation(at)?.id.as_ref());
            ids.for_each(|id| spaced(&mut annotations, id));
        }
        let mut indices = String::new();
        findings.iter().for_each(|finding| spaced(&mut indices, finding));
        (indices, annotations)
    }
}

/// Appends a word to a list of words with a space between them.
fn spaced(words: &mut String, word: &impl Display) {
    let space = if words.is_empty() { "" } else { " " };
    // Writing to a string does not fail.
    let _ = write!(words, "{space}{word}");
}

/// The classes of a marked segment, in one attribute: there may be hundreds in view.
fn class_of(segment: &OverlaySegment) -> &'static str {
    match (segment.whitespace, segment.against) {
        (false, false) => "sg",
        (true, false) => "sg ws",
        (false, true) => "sg against",
        (true, true) => "sg ws against",
    }
}

/// A text in pieces, if it is long.
fn in_pieces(text: &str, gaps: &[Gap], marks: &[&Mark]) -> Vec<Piece> {
    if text.len() < LONG {
        let end = Utf8Bytes(u32::try_from(text.len()).unwrap_or(u32::MAX));
        let bytes = Span { start: Utf8Bytes(0), end };
        // How long it is, is asked of the pieces of long texts only.
        return vec![Piece { bytes, characters: 0, breaks: 0, goes_on: false }];
    }
    let apart = pieces(text, &gaps.iter().map(|gap| gap.bytes).collect::<Vec<_>>());
    let mut starts: Vec<_> = marks.iter().map(|mark| mark.bytes.start).collect();
    sort(&mut starts);
    together(&apart, &starts)
}

/// The zero-length marks whose halves are drawn on a piece of the text.
fn carets_beside(overlay: &Overlay) -> SeededMap<Span<Utf8Bytes>, Vec<u32>> {
    let mut beside: SeededMap<Span<Utf8Bytes>, Vec<u32>> = SeededMap::default();
    for caret in &overlay.carets {
        for half in [caret.before, caret.after] {
            beside.entry(half).or_default().push(caret.mark);
        }
    }
    beside
}

/// The sign that the finding of a mark has between two tiers: that of the first verdict.
fn sign_of(opened: &Opened, mark: &Mark, pair: TierPair) -> Option<Sign> {
    let finding = opened.alignment.finding(mark.finding)?;
    let verdict = opened.verdicts_between(finding, pair).iter().find(|verdict| verdict.is_difference())?;
    Some((mark.finding, verdict))
}

/// A layer of a background for each of these pictures, one beside the other from the place of this number on, each with
/// the comma that lets more follow.
fn layers(pictures: impl Iterator<Item = String>, from: usize) -> String {
    let layer = |(picture, nth): (String, usize)| {
        format!("var(--{picture}) calc(var(--S) + {nth} * var(--sx)) 0 / min(11px, 100%) 11px no-repeat,")
    };
    pictures.zip(from..).map(layer).collect()
}
