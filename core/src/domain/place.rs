//! Where an annotation sits, once that has been found out. `logic::place` makes these.

use super::{AnnotationRef, CodePoints, MessageRef, PartRef, Span, Unit, Utf8Bytes};

/// An annotation that sits in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Which annotation.
    pub annotation: AnnotationRef,
    /// The part whose text it sits in.
    pub part: PartRef,
    /// The range in code points of that part's text: what is compared, shown and exported.
    pub points: Span<CodePoints>,
    /// The same range in bytes of that text: what slices it.
    pub bytes: Span<Utf8Bytes>,
    /// How that is known.
    pub how: How,
}

/// How an annotation's range is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum How {
    /// The slice equals the annotation's `text`, with the offsets read in this unit.
    Verified(Unit),
    /// Found elsewhere, by its text.
    Relocated,
    /// The offsets lie inside the part, and there is no `text` to check them.
    Unverified,
}

impl How {
    /// The word for it in files and on screen: `verified`, `relocated`, `unverified`.
    pub const fn key(self) -> &'static str {
        match self {
            How::Verified(_) => "verified",
            How::Relocated => "relocated",
            How::Unverified => "unverified",
        }
    }
}

/// An annotation that sits nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unplaced {
    /// Which annotation.
    pub annotation: AnnotationRef,
    /// The message that it belongs to; `None` where its key matches nothing, or names a conversation in no message of
    /// which it was found.
    pub message: Option<MessageRef>,
    /// Why.
    pub reason: Reason,
}

/// Why an annotation could not be anchored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// Its key is no message's and no conversation's id.
    WithoutMessage,
    /// The message has no part of that index, and its text stands in no other part.
    PartOutOfRange,
    /// The part has no text that could be marked, and its text stands in no other part.
    PartWithoutText,
    /// Its text stands nowhere in the message.
    TextNotFound,
    /// No start offset, and its text stands more than once (or verifies in several parts).
    Ambiguous,
    /// The start lies after the end, and there is no text to look for.
    Reversed,
    /// The end lies past the end of the part, and there is no text to look for.
    PastTheEnd,
    /// Neither a text nor both offsets.
    NothingToGoBy,
}

impl Reason {
    /// The word for it in files: `text_not_found`, ….
    pub const fn key(self) -> &'static str {
        match self {
            Reason::WithoutMessage => "without_message",
            Reason::PartOutOfRange => "part_out_of_range",
            Reason::PartWithoutText => "part_without_text",
            Reason::TextNotFound => "text_not_found",
            Reason::Ambiguous => "ambiguous",
            Reason::Reversed => "reversed",
            Reason::PastTheEnd => "past_the_end",
            Reason::NothingToGoBy => "nothing_to_go_by",
        }
    }
}
