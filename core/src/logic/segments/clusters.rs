//! Grapheme cluster boundaries around given positions, without segmenting the text between them.
//!
//! Belongs here: finding boundaries. Does not belong here: what is cut at them (`super`).

use unicode_segmentation::GraphemeCursor;

/// Finds the cluster around positions that are asked for in ascending order.
///
/// Segmentation can be taken up at any boundary, since no rule of it looks back past one but the pairing of regional
/// indicators, whose pairs start there too. So each look starts at the last boundary found: a text that is one
/// cluster, or nothing but flags, is walked once and not once for each position.
pub(in crate::logic) struct Clusters<'t> {
    text: &'t str,
    /// The last three boundaries found, the furthest first; 0 where there are fewer.
    known: [usize; 3],
}

impl<'t> Clusters<'t> {
    pub(in crate::logic) fn new(text: &'t str) -> Self {
        Clusters { text, known: [0; 3] }
    }

    /// Start and end of the cluster that `position` lies inside of; twice `position` where it is a boundary.
    /// Bytes; `position` is a character boundary and not below the last one asked for.
    pub(in crate::logic) fn around(&mut self, position: usize) -> (usize, usize) {
        let [newest, older, _] = self.known;
        if position == newest {
            return (position, position);
        }
        if position < newest {
            // Only the end of a cluster is noted ahead of the positions, and this one lies before it.
            return (older, newest);
        }
        if position == self.text.len() || breaks_in_ascii(self.text, position) {
            self.note(position);
            return (position, position);
        }
        let base = newest;
        let (tail, at) = (self.tail(base), position - base);
        let cursor = GraphemeCursor::new(at, tail.len(), true);
        if cursor.clone().is_boundary(tail, 0) == Ok(true) {
            self.note(position);
            return (position, position);
        }
        // The whole tail is at hand, so that the cursor never asks for more; were it to, the text's ends are boundaries.
        let start = cursor.clone().prev_boundary(tail, 0).ok().flatten().unwrap_or(0) + base;
        let end = cursor.clone().next_boundary(tail, 0).ok().flatten().unwrap_or(tail.len()) + base;
        self.note(start);
        self.note(end);
        (start, end)
    }

    /// Start of the cluster that ends at `boundary`, the first of the two that `around` gave last; 0 at the start.
    pub(super) fn before(&self, boundary: usize) -> usize {
        if boundary == 0 || (boundary > 1 && breaks_in_ascii(self.text, boundary - 1)) {
            return boundary.saturating_sub(1);
        }
        // Where `boundary` starts a cluster that has been looked into, it is the second of those known.
        let base = self.known.into_iter().find(|known| *known < boundary).unwrap_or(0);
        let tail = self.tail(base);
        let mut cursor = GraphemeCursor::new(boundary - base, tail.len(), true);
        cursor.prev_boundary(tail, 0).ok().flatten().unwrap_or(0) + base
    }

    /// End of the cluster that starts at `boundary`; the text's length at its end.
    pub(super) fn after(&self, boundary: usize) -> usize {
        if breaks_in_ascii(self.text, boundary + 1) {
            return boundary + 1;
        }
        let tail = self.tail(boundary);
        GraphemeCursor::new(0, tail.len(), true).next_boundary(tail, 0).ok().flatten().unwrap_or(tail.len())
            + boundary
    }

    fn tail(&self, from: usize) -> &'t str {
        self.text.get(from..).unwrap_or_default()
    }

    fn note(&mut self, boundary: usize) {
        let [newest, older, _] = self.known;
        if boundary > newest {
            self.known = [boundary, newest, older];
        }
    }
}

/// Whether ASCII stands on both sides of `position`, other than CR LF: a boundary whatever else the text holds.
fn breaks_in_ascii(text: &str, position: usize) -> bool {
    let pair = position.checked_sub(1).and_then(|start| text.as_bytes().get(start..=position));
    matches!(pair, Some([left, right]) if left.is_ascii() && right.is_ascii() && (*left, *right) != (b'\r', b'\n'))
}
