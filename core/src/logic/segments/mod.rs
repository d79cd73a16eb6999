//! Cuts a part's text where what is drawn over it changes.
//!
//! Belongs here: where to cut, and which marks cover each piece. Does not belong here: lanes (`super::lanes`), what is
//! painted (`super::overlay`).
//!
//! Invariants: the segments concatenate to the exact text, none is empty, and every cut lies on a grapheme cluster
//! boundary, so that a range which starts or ends inside a cluster is drawn over all of it. Only the drawing widens;
//! the marks' own ranges are never changed.

mod clusters;

use crate::domain::{Span, Tier, Utf8Bytes};
use crate::logic::direction::Run;
use crate::logic::sort::{sort, sort_and_dedup, sort_by_key};
pub(super) use clusters::Clusters;
use std::cmp::Reverse;
use std::mem::{swap, take};
use std::ops::Range;

/// The [`DrawnMark::label`] of a label that the schema does not have.
pub const UNKNOWN: usize = usize::MAX;

/// A mark as far as drawing needs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DrawnMark {
    /// Whose mark it is.
    pub tier: Tier,
    /// Its range in bytes of the part's text.
    pub bytes: Span<Utf8Bytes>,
    /// The label's place in the schema, from 0, or [`UNKNOWN`]: it decides the colour.
    pub label: usize,
    /// How many annotations it merges: ×n.
    pub count: u32,
    /// Whether all of them are rejected.
    pub rejected: bool,
}

/// Where a mark is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Extent {
    /// The mark's range widened to grapheme clusters; of a caret, the cluster before and the one after it.
    pub bytes: Span<Utf8Bytes>,
    /// Whether the mark holds no character. It then covers no segment and is drawn as a [`Caret`].
    pub caret: bool,
}

/// A mark of length zero, drawn as two halves on the clusters beside it. Each half that is not empty is a segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Caret {
    /// Index of the mark.
    pub mark: u32,
    /// Where it stands; inside a cluster, that cluster's start.
    pub at: Utf8Bytes,
    /// The cluster before it; empty at the start of the text.
    pub before: Span<Utf8Bytes>,
    /// The cluster after it; empty at the end of the text.
    pub after: Span<Utf8Bytes>,
}

/// A piece of the text under one set of marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// Which piece; never empty.
    pub bytes: Span<Utf8Bytes>,
    /// Which of [`Segments::active`] cover it.
    pub marks: Range<usize>,
    /// Whether it runs against the direction in which the text is set; of a piece that no mark covers, whether it begins so.
    pub against: bool,
}

/// A text, cut.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Segments {
    /// In the order of the text, all of it.
    pub list: Vec<Segment>,
    /// The marks of each segment, one segment after the other: indices of marks in drawing order.
    pub active: Vec<u32>,
    /// Where each mark is drawn, in the order of the marks as given. A mark starts on the segment that its extent starts
    /// at, and likewise ends.
    pub extents: Vec<Extent>,
    /// Indices of all marks in drawing order: by tier, then by start, then the longer first. It does not depend on the
    /// order in which the marks were given, unless two are equal.
    pub order: Vec<u32>,
    /// The marks of length zero, by position, then in drawing order.
    pub carets: Vec<Caret>,
    /// Every position at which what is drawn may change, with both ends of the text, ascending.
    cuts: Vec<Utf8Bytes>,
    /// Where the text is cut for another reason than a mark, ascending.
    breaks: Vec<Utf8Bytes>,
}

impl Segments {
    /// The marks that cover `segment`: indices in drawing order.
    pub fn marks_of(&self, segment: &Segment) -> &[u32] {
        self.active.get(segment.marks.clone()).unwrap_or_default()
    }

    /// Whether `mark` is one that covers `segment` and starts with it.
    pub fn starts(&self, mark: u32, segment: &Segment) -> bool {
        self.extents.get(mark as usize).is_some_and(|extent| extent.bytes.start == segment.bytes.start)
    }

    /// Whether `mark` is one that covers `segment` and ends with it.
    pub fn ends(&self, mark: u32, segment: &Segment) -> bool {
        self.extents.get(mark as usize).is_some_and(|extent| extent.bytes.end == segment.bytes.end)
    }

    /// Has the text cut at these boundaries of grapheme clusters too.
    pub(super) fn break_at(&mut self, breaks: &[Utf8Bytes]) {
        self.breaks = breaks.to_vec();
        self.cuts.extend(breaks);
        sort_and_dedup(&mut self.cuts);
    }

    /// How long [`Segments::active`] would be if the text were cut at all marks; of marks that all lie over each other that
    /// is the square of their number.
    pub(super) fn listings(&self) -> usize {
        let covered = self.extents.iter().filter(|extent| !extent.caret).map(|extent| {
            let before = |position| self.cuts.partition_point(|cut| *cut < position);
            before(extent.bytes.end).saturating_sub(before(extent.bytes.start))
        });
        covered.sum()
    }

    /// Cuts the text at the marks that `is_drawn` lets through; the others are in no segment and no caret.
    pub(super) fn cut(&mut self, text: &str, is_drawn: impl Fn(u32) -> bool) {
        self.carets.retain(|caret| is_drawn(caret.mark));
        let drawn = || self.extents.iter().zip(0..).filter(|(_, mark)| is_drawn(*mark));
        if drawn().count() < self.extents.len() {
            let of_marks = drawn().flat_map(|(extent, _)| [extent.bytes.start, extent.bytes.end]);
            let of_carets = self.carets.iter().map(|caret| caret.at);
            self.cuts =
                ascending(text, of_marks.chain(of_carets).chain(self.breaks.iter().copied()).collect());
        }
        let order = self.order.iter().zip(0..).filter(|(mark, _)| is_drawn(**mark));
        (self.list, self.active) = sweep(&self.cuts, order, &self.extents);
    }

    /// Cuts what marks cover again where a run of the text ends, so that each segment of theirs stands in one place on its
    /// line and has one direction. `runs` are those of all of the text.
    pub(super) fn cut_at(&mut self, text: &str, runs: &[Run]) {
        let mut clusters = Clusters::new(text);
        let mut runs = runs.iter().peekable();
        let mut list = Vec::with_capacity(self.list.len());
        for segment in take(&mut self.list) {
            let Span { mut start, end } = segment.bytes;
            while start < end {
                while runs.next_if(|run| run.bytes.end <= start).is_some() {}
                let run = runs.peek();
                let turn =
                    run.map(|run| run.bytes.end).filter(|turn| *turn < end && !segment.marks.is_empty());
                let stop = turn.map_or(end, |turn| Utf8Bytes(as_u32(clusters.around(turn.0 as usize).1)));
                let against = run.is_some_and(|run| run.against);
                list.push(Segment { bytes: Span { start, end: stop }, against, ..segment.clone() });
                start = stop;
            }
        }
        self.list = list;
    }
}

/// Cuts `text` at every start and end of `marks`. Takes n log n for n marks, and the length of what it returns; the text
/// is read near the cuts only. A range that reaches past the text or is reversed is cut down to what there is of it.
pub fn segments(text: &str, marks: &[DrawnMark]) -> Segments {
    let mut segments = lay(text, marks);
    segments.cut(text, |_| true);
    segments
}

/// Where each mark is drawn and in which order; the text is not cut yet.
pub(super) fn lay(text: &str, marks: &[DrawnMark]) -> Segments {
    let Extents { extents, mut carets, cuts } = extents(text, marks);
    let key = |index: u32| drawing_key(index, marks, &extents);
    let mut order: Vec<u32> = (0..as_u32(marks.len())).collect();
    sort_by_key(&mut order, |index| key(*index));
    sort_by_key(&mut carets, |caret| (caret.at, key(caret.mark)));
    let cuts = ascending(text, cuts);
    Segments { extents, order, carets, cuts, ..Segments::default() }
}

/// What marks are ordered by. The widened range decides what is drawn; the rest keeps the order in which marks are given
/// out of it.
fn drawing_key(index: u32, marks: &[DrawnMark], extents: &[Extent]) -> impl Ord + use<> {
    let drawn = extents.get(index as usize).map(|extent| (extent.bytes.start, Reverse(extent.bytes.end)));
    let own = marks.get(index as usize).map(|mark| {
        (mark.bytes.start, Reverse(mark.bytes.end), mark.label, Reverse(mark.count), mark.rejected)
    });
    (marks.get(index as usize).map(|mark| mark.tier), drawn, own, index)
}

/// An end of a mark's range.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Edge {
    Caret,
    Start,
    End,
}

/// Where each mark is drawn, the marks of length zero, and where the text is cut for them, nearly in order.
struct Extents {
    extents: Vec<Extent>,
    carets: Vec<Caret>,
    cuts: Vec<Utf8Bytes>,
}

fn extents(text: &str, marks: &[DrawnMark]) -> Extents {
    let mut edges: Vec<(usize, Edge, u32)> = Vec::with_capacity(2 * marks.len());
    for (mark, index) in marks.iter().zip(0..) {
        let range = mark.bytes.as_range();
        let (start, end) = (text.floor_char_boundary(range.start), text.ceil_char_boundary(range.end));
        if start < end {
            edges.push((start, Edge::Start, index));
            edges.push((end, Edge::End, index));
        } else {
            edges.push((start, Edge::Caret, index));
        }
    }
    sort(&mut edges);

    let mut clusters = Clusters::new(text);
    let mut extents = vec![Extent::default(); marks.len()];
    let mut carets: Vec<Caret> = Vec::new();
    let mut cuts = Vec::with_capacity(edges.len() + 2);
    for (position, edge, index) in edges {
        let (floor, ceiling) = clusters.around(position);
        let Some(extent) = extents.get_mut(index as usize) else { continue };
        match edge {
            Edge::Start => {
                extent.bytes.start = Utf8Bytes(as_u32(floor));
                cuts.push(extent.bytes.start);
            }
            Edge::End => {
                extent.bytes.end = Utf8Bytes(as_u32(ceiling));
                cuts.push(extent.bytes.end);
            }
            Edge::Caret => {
                let here = Utf8Bytes(as_u32(floor));
                // Many carets at one place share one look at what may be a very long cluster.
                let caret = match carets.last() {
                    Some(last) if last.at == here => Caret { mark: index, ..*last },
                    _ => Caret {
                        mark: index,
                        at: here,
                        before: Span { start: Utf8Bytes(as_u32(clusters.before(floor))), end: here },
                        after: Span { start: here, end: Utf8Bytes(as_u32(clusters.after(floor))) },
                    },
                };
                let bytes = Span { start: caret.before.start, end: caret.after.end };
                *extent = Extent { bytes, caret: true };
                cuts.extend([bytes.start, here, bytes.end]);
                carets.push(caret);
            }
        }
    }
    Extents { extents, carets, cuts }
}

/// These positions and both ends of the text, ascending, each once.
fn ascending(text: &str, mut cuts: Vec<Utf8Bytes>) -> Vec<Utf8Bytes> {
    cuts.extend([Utf8Bytes(0), Utf8Bytes(as_u32(text.len()))]);
    sort_and_dedup(&mut cuts);
    cuts
}

/// The segments between `cuts` and the marks of each; `order` gives the marks that are drawn, with their rank. What it does
/// at a cut is no more than the size of the sets on both sides, which are written out anyway.
fn sweep<'m>(
    cuts: &[Utf8Bytes],
    order: impl Iterator<Item = (&'m u32, u32)>,
    extents: &[Extent],
) -> (Vec<Segment>, Vec<u32>) {
    let starting = order.filter_map(|(mark, rank)| {
        let extent = extents.get(*mark as usize).filter(|extent| !extent.caret)?;
        Some((extent.bytes.start, Covering { rank, mark: *mark, end: extent.bytes.end }))
    });
    let mut starting: Vec<(Utf8Bytes, Covering)> = starting.collect();
    sort_by_key(&mut starting, |(start, covering)| (*start, covering.rank));
    let mut starting = starting.into_iter().peekable();

    let mut list = Vec::with_capacity(cuts.len().saturating_sub(1));
    let mut active = Vec::new();
    let mut current: Vec<Covering> = Vec::new();
    let mut merged: Vec<Covering> = Vec::new();
    for (start, end) in cuts.iter().copied().zip(cuts.iter().copied().skip(1)) {
        current.retain(|covering| covering.end > start);
        let kept = current.len();
        while let Some((_, covering)) = starting.next_if(|(position, _)| *position <= start) {
            current.push(covering);
        }
        let (before, added) = current.split_at(kept);
        if let ([.., last], [first, ..]) = (before, added)
            && last.rank > first.rank
        {
            merge(before, added, &mut merged);
            swap(&mut current, &mut merged);
        }
        let from = active.len();
        active.extend(current.iter().map(|covering| covering.mark));
        list.push(Segment { bytes: Span { start, end }, marks: from..active.len(), against: false });
    }
    (list, active)
}

/// Puts two runs that ascend by rank together into one.
fn merge(one: &[Covering], other: &[Covering], merged: &mut Vec<Covering>) {
    merged.clear();
    let mut other = other.iter().copied().peekable();
    for covering in one {
        while let Some(lower) = other.next_if(|lower| lower.rank < covering.rank) {
            merged.push(lower);
        }
        merged.push(*covering);
    }
    merged.extend(other);
}

/// A mark over the place that a sweep has come to.
#[derive(Clone, Copy)]
struct Covering {
    /// Its place in drawing order.
    rank: u32,
    mark: u32,
    end: Utf8Bytes,
}

/// A length in bytes, or a count of marks. A part's text is far below 4 GiB, being held in memory whole.
fn as_u32(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
