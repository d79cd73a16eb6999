//! Positions in a part's text. Offsets in different units are different types, so that they cannot be mixed.

use std::fmt;
use std::ops::Range;

/// The unit that an export counts its offsets in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// Unicode code points (scalar values), as Python counts.
    CodePoints,
    /// UTF-16 code units, as JavaScript counts.
    Utf16,
    /// UTF-8 bytes.
    Utf8,
}

impl Unit {
    /// All units, in the order in which they are tried.
    pub const ALL: [Unit; 3] = [Unit::CodePoints, Unit::Utf16, Unit::Utf8];

    /// The word for it in files: `code_points`, `utf16`, `utf8`.
    pub const fn key(self) -> &'static str {
        match self {
            Unit::CodePoints => "code_points",
            Unit::Utf16 => "utf16",
            Unit::Utf8 => "utf8",
        }
    }

    /// The words that a person reads.
    pub const fn title(self) -> &'static str {
        match self {
            Unit::CodePoints => "code points",
            Unit::Utf16 => "UTF-16 units",
            Unit::Utf8 => "UTF-8 bytes",
        }
    }
}

/// A count of Unicode code points from the start of a part's text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CodePoints(pub u32);

/// A count of UTF-16 code units from the start of a part's text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Utf16Units(pub u32);

/// A count of UTF-8 bytes from the start of a part's text; where one of these leaves `export` or `logic` it lies on
/// a character boundary.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Utf8Bytes(pub u32);

/// A half-open range `[start, end)` in one unit; `start <= end`.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span<U> {
    /// First position inside.
    pub start: U,
    /// First position after.
    pub end: U,
}

impl Span<CodePoints> {
    /// The range `[start, end)` in code points.
    pub const fn points(start: u32, end: u32) -> Self {
        Span { start: CodePoints(start), end: CodePoints(end) }
    }

    /// How many code points it holds.
    pub const fn len(self) -> u32 {
        self.end.0 - self.start.0
    }

    /// Whether it holds none.
    pub const fn is_empty(self) -> bool {
        self.end.0 == self.start.0
    }
}

/// As the export counts, in the same digits for everyone, so that it can be found there: `12034–12050`.
impl fmt::Display for Span<CodePoints> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}–{}", self.start.0, self.end.0)
    }
}

impl Span<Utf8Bytes> {
    /// The range `[start, end)` in bytes.
    pub const fn bytes(start: u32, end: u32) -> Self {
        Span { start: Utf8Bytes(start), end: Utf8Bytes(end) }
    }

    /// As the range that a `str` is sliced by.
    pub const fn as_range(self) -> Range<usize> {
        self.start.0 as usize..self.end.0 as usize
    }
}

impl<U: fmt::Debug> fmt::Debug for Span<U> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}..{:?}", self.start, self.end)
    }
}
