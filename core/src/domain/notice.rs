//! What was odd about an export. Nothing that is odd is dropped: it is read as far as it goes and noted here.

use super::Source;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

/// All that was odd about an export: the first of each kind in full, in the order in which they were met, of the rest how
/// many there were. An export of nothing but oddities takes no more memory for it than one with a few.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notices {
    kept: Vec<Notice>,
    counts: BTreeMap<NoticeKind, usize>,
}

impl Notices {
    /// How many of each kind are kept in full.
    pub const KEPT: usize = 100;

    /// Takes note of something odd; `make` says where, if that is to be kept.
    pub fn add(&mut self, kind: NoticeKind, make: impl FnOnce() -> (Box<str>, Source)) {
        let count = self.counts.entry(kind).or_default();
        *count += 1;
        if *count <= Self::KEPT {
            let (path, source) = make();
            self.kept.push(Notice { kind, path, source });
        }
    }

    /// Those that are kept in full.
    pub fn iter(&self) -> impl Iterator<Item = &Notice> {
        self.kept.iter()
    }

    /// How many there were of each kind, kept or not; none is 0.
    pub fn counts(&self) -> impl Iterator<Item = (NoticeKind, usize)> {
        self.counts.iter().map(|(kind, count)| (*kind, *count))
    }

    /// Whether nothing was odd.
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// How many are kept so far.
    pub fn kept(&self) -> usize {
        self.kept.len()
    }

    /// Changes where the notices stand that were kept from the `first` on.
    pub fn place(&mut self, first: usize, change: impl Fn(&mut Source)) {
        self.kept.iter_mut().skip(first).for_each(|notice| change(&mut notice.source));
    }
}

/// A key as it stands in a path: cut off after 100 characters, since a hundred paths could each repeat one of megabytes.
pub fn shortened(key: &str) -> Cow<'_, str> {
    const SHOWN: usize = 100;
    match key.char_indices().nth(SHOWN) {
        Some((end, _)) => Cow::Owned([key.get(..end).unwrap_or_default(), "…"].concat()),
        None => Cow::Borrowed(key),
    }
}

/// One oddity and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// What is odd.
    pub kind: NoticeKind,
    /// JSON path of the value, such as `$.conversations[3].messages[0].parts[1].content`.
    pub path: Box<str>,
    /// Where the nearest enclosing element stands in the export.
    pub source: Source,
}

/// What is odd about a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NoticeKind {
    /// A field that identifies or describes the thing is not there, or null.
    Missing,
    /// The value is of another type than the field is meant to hold; it is shown as JSON and otherwise ignored.
    Foreign {
        /// The type it should have.
        expected: Shape,
        /// The type it has.
        found: Shape,
    },
    /// A number that does not fit: negative, fractional or too large.
    NumberOutOfRange,
    /// A string holds half of a surrogate pair; it was read as U+FFFD.
    LoneSurrogate,
    /// An object repeats a key. In a tier the lists are joined; elsewhere the last one counts.
    RepeatedKey,
}

/// The six types of JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Shape {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool,
    /// A number.
    Number,
    /// A string.
    String,
    /// An array.
    Array,
    /// An object.
    Object,
}

impl Shape {
    /// With its article: `a number`, `an object`.
    pub const fn title(self) -> &'static str {
        match self {
            Shape::Null => "null",
            Shape::Bool => "true or false",
            Shape::Number => "a number",
            Shape::String => "a string",
            Shape::Array => "an array",
            Shape::Object => "an object",
        }
    }
}

impl fmt::Display for NoticeKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NoticeKind::Missing => f.write_str("is missing"),
            NoticeKind::Foreign { expected, found } => {
                write!(f, "should be {}, but is {}", expected.title(), found.title())
            }
            NoticeKind::NumberOutOfRange => f.write_str("is a number that does not fit"),
            NoticeKind::LoneSurrogate => f.write_str("holds half of a surrogate pair, read as U+FFFD"),
            NoticeKind::RepeatedKey => f.write_str("repeats a key"),
        }
    }
}
