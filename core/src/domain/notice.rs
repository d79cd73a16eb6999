//! What was odd about an export. Nothing that is odd is dropped: it is read as far as it goes and noted here.

use super::Source;
use std::fmt;

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
