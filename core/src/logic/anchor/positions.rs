//! From one unit of offsets to another, for one text.

use crate::domain::Unit;

/// Bytes between two counts. Small enough that finishing by hand is cheap, large enough that the table is not.
const BLOCK: usize = 64;

/// Counts of a text's characters, so that offsets in any unit become bytes, and bytes code points, in logarithmic
/// time. Belongs to one text: its methods must be given the text that it was made from.
#[derive(Clone, Debug)]
pub(super) struct Positions {
    /// Empty for ASCII, where all units agree. Else one for each block of bytes, and one for the end of the text.
    blocks: Vec<Counts>,
    /// All of the text.
    total: Counts,
}

/// How long a text is in each unit; or how much of a text stands before a byte, a character counting as standing where
/// its first byte does.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Counts {
    points: u32,
    utf16: u32,
    utf8: u32,
}

impl Counts {
    /// The length of `text`.
    pub(super) fn of(text: &str) -> Self {
        Counts::default().and(text.as_bytes())
    }

    /// The length of `text`, if all of it is ASCII.
    pub(super) fn of_ascii(text: &str) -> Self {
        let length = narrow(text.len());
        Counts { points: length, utf16: length, utf8: length }
    }

    /// The length in one unit.
    pub(super) const fn of_unit(self, unit: Unit) -> u32 {
        match unit {
            Unit::CodePoints => self.points,
            Unit::Utf16 => self.utf16,
            Unit::Utf8 => self.utf8,
        }
    }

    /// What stands before the end of `more`, if these are the counts before it.
    fn and(self, more: &[u8]) -> Self {
        let starts = count_starts(more);
        Counts {
            points: self.points + starts,
            utf16: self.utf16 + starts + count(more, is_astral),
            utf8: self.utf8 + narrow(more.len()),
        }
    }
}

impl Positions {
    /// Counts `text`, once from start to end.
    pub(super) fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        if bytes.is_ascii() {
            return Positions { blocks: Vec::new(), total: Counts::of_ascii(text) };
        }
        let mut blocks = Vec::with_capacity(bytes.len() / BLOCK + 2);
        let mut before = Counts::default();
        let (whole, rest) = bytes.as_chunks::<BLOCK>();
        for block in whole {
            blocks.push(before);
            before = before.and(block);
        }
        blocks.push(before);
        before = before.and(rest);
        blocks.push(before);
        Positions { blocks, total: before }
    }

    /// Whether all of the text is ASCII, so that all units agree.
    pub(super) fn is_ascii(&self) -> bool {
        self.blocks.is_empty()
    }

    /// How many code points the text has.
    pub(super) fn points(&self) -> u32 {
        self.total.points
    }

    /// The code points before `byte`, which must be a boundary of `text`.
    pub(super) fn point_of(&self, text: &str, byte: usize) -> u32 {
        let block = byte / BLOCK;
        match self.blocks.get(block) {
            None => narrow(byte).min(self.total.points),
            Some(counts) => counts.points + text.as_bytes().get(block * BLOCK..byte).map_or(0, count_starts),
        }
    }

    /// The byte that code point `point` starts at; the text's length for the position after the last.
    pub(super) fn byte_of_point(&self, text: &str, point: u32) -> Option<usize> {
        self.byte_of(text, point, |counts| counts.points, |_| 1)
    }

    /// The byte that the character at UTF-16 unit `unit` starts at; `None` also between the halves of a pair.
    pub(super) fn byte_of_utf16(&self, text: &str, unit: u32) -> Option<usize> {
        self.byte_of(text, unit, |counts| counts.utf16, |first| if is_astral(first) { 2 } else { 1 })
    }

    /// Where `wanted` stands, counted by `count`, a character being as long as `length` says of its first byte.
    fn byte_of(
        &self,
        text: &str,
        wanted: u32,
        count: impl Fn(&Counts) -> u32,
        length: impl Fn(u8) -> u32,
    ) -> Option<usize> {
        if wanted >= count(&self.total) {
            return (wanted == count(&self.total)).then_some(text.len());
        }
        if self.blocks.is_empty() {
            return Some(wanted as usize);
        }
        let block = self.blocks.partition_point(|counts| count(counts) <= wanted).checked_sub(1)?;
        let mut before = count(self.blocks.get(block)?);
        let first_byte = block * BLOCK;
        for (at, byte) in text.as_bytes().iter().enumerate().skip(first_byte).take(BLOCK) {
            if is_start(*byte) {
                if before >= wanted {
                    return (before == wanted).then_some(at);
                }
                before += length(*byte);
            }
        }
        None
    }
}

/// Whether a character of UTF-8 starts with this byte.
fn is_start(byte: u8) -> bool {
    byte & 0b1100_0000 != 0b1000_0000
}

/// Whether a character that takes two units of UTF-16 starts with this byte.
fn is_astral(byte: u8) -> bool {
    byte >= 0b1111_0000
}

fn count_starts(bytes: &[u8]) -> u32 {
    count(bytes, is_start)
}

/// How many of the bytes are so. Counted in bytes, many of which are added at once; a block's count fits in one.
fn count(bytes: &[u8], is_so: impl Fn(u8) -> bool) -> u32 {
    let in_block = |block: &[u8]| u32::from(block.iter().map(|byte| u8::from(is_so(*byte))).sum::<u8>());
    let (blocks, rest) = bytes.as_chunks::<BLOCK>();
    blocks.iter().map(|block| in_block(block)).sum::<u32>() + in_block(rest)
}

/// A length as the 32 bits that offsets are kept in. No part is 4 GiB long: the documents that hold them are not.
pub(super) fn narrow(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_position_agrees_with_counting(text in "[a-cé你💊\u{200d}]{0,200}") {
            let positions = Positions::new(&text);
            prop_assert_eq!(positions.points() as usize, text.chars().count());
            let mut utf16 = 0;
            let ends = text.char_indices().map(|(at, c)| (at, c.len_utf16())).chain([(text.len(), 1)]);
            for (point, (byte, length)) in ends.enumerate() {
                let point = u32::try_from(point).unwrap();
                prop_assert_eq!(positions.point_of(&text, byte), point);
                prop_assert_eq!(positions.byte_of_point(&text, point), Some(byte));
                prop_assert_eq!(positions.byte_of_utf16(&text, utf16), Some(byte));
                if length == 2 {
                    prop_assert_eq!(positions.byte_of_utf16(&text, utf16 + 1), None);
                }
                utf16 += u32::try_from(length).unwrap();
            }
            prop_assert_eq!(positions.byte_of_point(&text, positions.points() + 1), None);
            prop_assert_eq!(positions.byte_of_utf16(&text, utf16), None);
            prop_assert_eq!(positions.byte_of_point(&text, u32::MAX), None);
        }
    }
}
