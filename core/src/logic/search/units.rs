//! Hits in the unit that a browser counts text in.

use crate::domain::{Span, Utf8Bytes, Utf16Units};

/// Ranges of bytes of a text, on character boundaries, ascending and not overlapping, in UTF-16 units. Counts the text
/// once.
pub fn in_utf16(
    text: &str,
    ranges: impl IntoIterator<Item = Span<Utf8Bytes>>,
) -> impl Iterator<Item = Span<Utf16Units>> {
    let mut bytes = 0;
    let mut units = 0;
    let mut units_to = move |end: Utf8Bytes| {
        let end = end.0 as usize;
        let piece = text.get(bytes..end).unwrap_or_default();
        units += if piece.is_ascii() { piece.len() } else { piece.chars().map(char::len_utf16).sum() };
        bytes = end;
        Utf16Units(u32::try_from(units).unwrap_or(u32::MAX))
    };
    ranges.into_iter().map(move |range| {
        let start = units_to(range.start);
        Span { start, end: units_to(range.end) }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_counted_from_range_to_range() {
        let text = "aé😀b字c";
        let ranges = [(0, 1), (1, 3), (3, 7), (8, 11), (12, 12)].map(|(start, end)| Span::bytes(start, end));
        let units: Vec<_> = in_utf16(text, ranges).map(|range| (range.start.0, range.end.0)).collect();
        assert_eq!(units, [(0, 1), (1, 2), (2, 4), (5, 6), (7, 7)]);
    }
}
