//! Lanes: the rows of a tier's track, so that marks of one tier which overlap stay apart.
//!
//! Belongs here: which lane each mark takes. Does not belong here: where marks are drawn along the text
//! (`super::segments`), how a lane looks (`super::overlay`).

use super::segments::{DrawnMark, Segments};
use crate::domain::{PerTier, Utf8Bytes};

/// How many lanes of a track are drawn at most.
pub const MAX_LANES: usize = 16;

/// The lanes of the marks of one part.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lanes {
    /// The lane of each mark, in the order of the marks as given.
    pub lanes: Vec<Lane>,
    /// Lanes in use in each track, 0 to [`MAX_LANES`]: how many marks overlap at most; 0 where the tier has no mark here.
    pub used: PerTier<u32>,
    /// Marks of each tier that found all lanes taken: +n.
    pub beyond: PerTier<u32>,
}

/// Where a mark stands in its track.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lane {
    /// Counted from 0, below [`MAX_LANES`]; `None` where all are taken. Such a mark is not drawn, only listed.
    pub number: Option<u8>,
    /// Whether the next mark of the same lane starts right where this one ends.
    pub notched: bool,
}

/// What a lane holds last.
#[derive(Clone, Copy, Default)]
struct Tail {
    /// Up to where it is taken.
    end: Utf8Bytes,
    /// The mark that takes it up to there, unless that is a caret.
    mark: Option<u32>,
}

/// Gives each mark the lowest lane that is free from its start on, in the order of their starts, the longer first.
/// Widened ranges count; those that touch may share a lane. A caret takes the clusters beside it, which its two halves
/// are drawn on.
pub fn lanes(marks: &[DrawnMark], segments: &Segments) -> Lanes {
    let mut all = Lanes { lanes: vec![Lane::default(); marks.len()], ..Lanes::default() };
    let mut tracks = PerTier([[Tail::default(); MAX_LANES]; 3]);
    for &index in &segments.order {
        let (Some(mark), Some(extent)) = (marks.get(index as usize), segments.extents.get(index as usize))
        else {
            continue;
        };
        let free = (0u8..).zip(&mut tracks[mark.tier]).find(|(_, tail)| tail.end <= extent.bytes.start);
        let Some((number, tail)) = free else {
            all.beyond[mark.tier] += 1;
            continue;
        };
        let touched = tail.mark.filter(|_| tail.end == extent.bytes.start && !extent.caret);
        *tail = Tail { end: extent.bytes.end, mark: (!extent.caret).then_some(index) };
        all.used[mark.tier] = all.used[mark.tier].max(u32::from(number) + 1);
        if let Some(before) = touched.and_then(|before| all.lanes.get_mut(before as usize)) {
            before.notched = true;
        }
        if let Some(lane) = all.lanes.get_mut(index as usize) {
            lane.number = Some(number);
        }
    }
    all
}
