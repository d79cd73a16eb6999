//! The geometry of a virtual list: which rows stand in the viewport, and how it stays still while rows are measured.
//!
//! Belongs here: sums of heights and what follows from them. Does not belong here: what a row is, the elements that are
//! scrolled.
//!
//! All lengths are CSS pixels. There are two scales: *content*, in which every row has its true height, and *scroll*, in
//! which the browser counts; [`Spacer`] leads from one to the other. Only lists that are too high for a browser know the
//! difference.

use std::ops::Range;

/// The height of the tallest spacer. Engines stop short of heights beyond some 17 million pixels, each elsewhere.
pub const MAX_SPACER: f64 = 16_000_000.0;

/// Heights are kept in steps of this, the finest that engines lay out in: sums of them are exact, in whatever order
/// rows are measured.
const STEP: f64 = 1.0 / 64.0;

/// No row is higher than this, so that no sum loses its steps.
const MAX_ROW: f64 = 1e9;

/// The heights of all rows, estimated until they are measured. Sums and searches take the logarithm of the row count.
#[derive(Clone, Debug)]
pub struct Heights {
    rows: Vec<f64>,
    /// Which of them were measured.
    is_measured: Vec<bool>,
    /// A Fenwick tree, counted from 1: the entry at n holds the sum of as many rows up to row n as n's lowest bit says.
    sums: Vec<f64>,
}

/// A place in the list that outlives changes of heights.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Anchor {
    /// The row at the viewport's top.
    pub row: usize,
    /// How far below the row's top the viewport's top lies; negative where the viewport starts above all rows.
    pub below: f64,
}

impl Heights {
    /// Rows of these heights, for a start. What is no height (negative, not a number) counts as 0.
    pub fn estimated(heights: impl IntoIterator<Item = f64>) -> Self {
        let mut all = Heights { rows: Vec::new(), is_measured: Vec::new(), sums: vec![0.0] };
        heights.into_iter().for_each(|height| all.push(height));
        all
    }

    /// Adds rows of this height at the end, or takes rows away there, until there are `count`. Takes the logarithm of the
    /// row count for each of them, and nothing for the others.
    pub fn resize(&mut self, count: usize, estimate: f64) {
        self.rows.truncate(count);
        self.is_measured.truncate(count);
        self.sums.truncate(count + 1);
        while self.len() < count {
            self.push(estimate);
        }
    }

    fn push(&mut self, height: f64) {
        let height = whole_steps(height);
        self.rows.push(height);
        self.is_measured.push(false);
        let at = self.len();
        // What of the entries before it the new one takes in.
        let (mut sum, mut below) = (height, at - 1);
        while below > at - lowest_bit(at) {
            sum += self.sums.get(below).copied().unwrap_or_default();
            below -= lowest_bit(below);
        }
        self.sums.push(sum);
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The height of a row; 0 for one that is not there.
    pub fn height(&self, row: usize) -> f64 {
        self.rows.get(row).copied().unwrap_or_default()
    }

    /// Where a row starts: the sum of all heights above it. For rows that are not there, the total.
    pub fn top(&self, row: usize) -> f64 {
        let mut at = row.min(self.len());
        let mut sum = 0.0;
        while at > 0 {
            sum += self.sums.get(at).copied().unwrap_or_default();
            at -= lowest_bit(at);
        }
        sum
    }

    /// The sum of all heights.
    pub fn total(&self) -> f64 {
        self.top(self.len())
    }

    /// The row at `offset` from the top of the list: the last one that starts at or above it, so that of rows without
    /// height the one that follows them is found. The first row above the list, the last below; `None` without rows.
    pub fn row_at(&self, offset: f64) -> Option<usize> {
        let last = self.len().checked_sub(1)?;
        Some(self.rows_while(|top| top <= offset).min(last))
    }

    /// The rows to render: all that share a pixel with the viewport, widened by `overscan` above and below, at least
    /// one. `top` is in content pixels.
    pub fn visible(&self, top: f64, viewport: f64, overscan: f64) -> Range<usize> {
        let Some(first) = self.row_at(top - overscan) else { return 0..0 };
        let bottom = top + viewport + overscan;
        let end = self.rows_while(|row_top| row_top < bottom) + 1;
        first..end.clamp(first + 1, self.len())
    }

    /// Sets the height of a row to what was measured. Returns by how much the content has moved at the viewport's top:
    /// what must be added to `top`, the viewport's content offset, before the next row is measured, so that nothing is
    /// seen to jump. That is the change of height for a row above the one at the viewport's top, else 0. The row that the
    /// viewport's top cuts counts as above where it is measured for the first time: of it nothing has been seen, so what
    /// stands below it stays.
    pub fn measure(&mut self, row: usize, height: f64, top: f64) -> f64 {
        let Anchor { row: at_top, below } = self.anchor(top);
        let Some((current, is_measured)) = self.rows.get_mut(row).zip(self.is_measured.get_mut(row)) else {
            return 0.0;
        };
        let is_above = row < at_top || (row == at_top && below > 0.0 && !*is_measured);
        *is_measured = true;
        let change = whole_steps(height) - *current;
        *current += change;
        let mut at = row + 1;
        while let Some(sum) = self.sums.get_mut(at) {
            *sum += change;
            at += lowest_bit(at);
        }
        // Nothing is above the first row.
        if is_above { change.max(-top.max(0.0)) } else { 0.0 }
    }

    /// The place at content offset `top`.
    pub fn anchor(&self, top: f64) -> Anchor {
        let row = self.row_at(top).unwrap_or_default();
        Anchor { row, below: top - self.top(row) }
    }

    /// The content offset of a place, whatever has been measured since.
    pub fn offset(&self, anchor: Anchor) -> f64 {
        self.top(anchor.row) + anchor.below
    }

    /// The greatest row, or row count, whose top passes; tops ascend, and 0 is taken to pass.
    fn rows_while(&self, passes: impl Fn(f64) -> bool) -> usize {
        let (mut at, mut sum) = (0, 0.0);
        let mut step = (self.len() + 1).next_power_of_two();
        while step > 0 {
            if let Some(further) = self.sums.get(at + step).map(|part| sum + part)
                && passes(further)
            {
                (at, sum) = (at + step, further);
            }
            step /= 2;
        }
        at
    }
}

/// The height of the element that is scrolled, and the way between scroll and content pixels. One to one up to
/// [`MAX_SPACER`]; beyond, scrolling covers the content faster, so that both ends are still reached.
///
/// Rows are never scaled: those in view are placed by [`Spacer::place`]. What lies outside the spacer then has to be
/// clipped, lest it lengthen the scroll.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spacer {
    content: f64,
    viewport: f64,
}

impl Spacer {
    /// The spacer for content of this height in a viewport of this height.
    pub fn new(content: f64, viewport: f64) -> Self {
        Spacer { content: content.max(0.0), viewport: viewport.clamp(0.0, MAX_SPACER / 2.0) }
    }

    /// Its height.
    pub fn height(self) -> f64 {
        self.content.min(MAX_SPACER)
    }

    /// Whether the content is higher than it.
    pub fn is_capped(self) -> bool {
        self.content > MAX_SPACER
    }

    /// Content pixels for one pixel of scrolling, at least 1.
    pub fn factor(self) -> f64 {
        if !self.is_capped() {
            return 1.0;
        }
        (self.content - self.viewport) / (MAX_SPACER - self.viewport)
    }

    /// The content offset that is seen at this scroll offset.
    pub fn to_content(self, scroll: f64) -> f64 {
        scroll * self.factor()
    }

    /// The content offset that is seen after scrolling from one scroll offset to another, where it was `top` before.
    ///
    /// Under a capped spacer, what is measured on the way changes how high the content is, and by [`Spacer::to_content`] all
    /// in view would jump by a part of that, the larger the further down. So what is left of the content up to the end that
    /// is scrolled towards is covered in proportion to what is left of the spacer: nothing jumps, and both ends are reached.
    pub fn scrolled(self, top: f64, from: f64, to: f64) -> f64 {
        let end = self.height() - self.viewport;
        if !self.is_capped() || to <= 0.0 || to >= end {
            return self.to_content(to);
        }
        match to <= from {
            true => top * (to / from),
            false => top + (self.content - self.viewport - top) * ((to - from) / (end - from)),
        }
    }

    /// Whether at this content offset the end of the content is seen.
    pub fn is_at_end(self, top: f64) -> bool {
        top >= self.content - self.viewport
    }

    /// The scroll offset at which this content offset is seen.
    pub fn to_scroll(self, content: f64) -> f64 {
        content / self.factor()
    }

    /// Where in the spacer to put what stands at content offset `row_top`, so that it is seen in its true distance from
    /// the viewport's top, which is at `top` in the content and at `scroll` in the spacer. A browser may round the
    /// scroll offset that it is given; taking the one it reports here keeps rows still all the same.
    pub fn place(row_top: f64, top: f64, scroll: f64) -> f64 {
        scroll + (row_top - top)
    }
}

/// The rows to render next, where those of `now` are and those of `wanted` are to be: what of them is not wanted is left
/// out, and one row more is there. Rows in `view` come first, from the top; then those below, then those above. Rendered
/// rows are always neighbours.
pub fn with_one_more(now: &Range<usize>, view: &Range<usize>, wanted: &Range<usize>) -> Range<usize> {
    let kept = now.start.max(wanted.start)..now.end.min(wanted.end);
    if kept.is_empty() {
        let first = if wanted.contains(&view.start) { view.start } else { wanted.start };
        return first..(first + 1).min(wanted.end);
    }
    let (above, below) = (kept.start - 1.min(kept.start)..kept.end, kept.start..kept.end + 1);
    match () {
        () if kept.end < view.end.min(wanted.end) => below,
        () if kept.start > view.start.max(wanted.start) => above,
        () if kept.end < wanted.end => below,
        () if kept.start > wanted.start => above,
        () => kept,
    }
}

/// An element of the content that has turned out to be of another height than it was.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Regrown {
    /// Where it begins now, all changes of that moment made.
    pub top: f64,
    /// How high it was.
    pub before: f64,
    /// How high it is.
    pub after: f64,
    /// Whether it changes for the first time: until now it was as high as it was taken to be.
    pub is_first: bool,
}

/// By how much what is seen at `shown` and below has moved, where elements of the same content are of another height: those
/// that ended above it moved it, all that began below did not. The one that reached over it is what is seen, unless it
/// changes for the first time: nothing of it was seen before, so what stands below it is. What counts as the same place may
/// differ by `tolerance`. All in pixels from the same origin; `changed` in the order in which they stand.
pub fn moved_at(changed: &[Regrown], shown: f64, tolerance: f64) -> f64 {
    let mut moved = 0.0;
    for &Regrown { top, before, after, is_first } in changed {
        // Where it began and ended before any of them changed.
        let (began, ended) = (top - moved, top - moved + before);
        let is_above = ended <= shown + tolerance || (is_first && began < shown - tolerance);
        if !is_above {
            break;
        }
        moved += after - before;
    }
    moved
}

fn whole_steps(height: f64) -> f64 {
    let height = if height.is_nan() { 0.0 } else { height.clamp(0.0, MAX_ROW) };
    (height / STEP).round() * STEP
}

fn lowest_bit(number: usize) -> usize {
    number & number.wrapping_neg()
}
