//! Where an annotation sits in the text of one part, and how that is known.
//!
//! Belongs here: reading offsets in the three units, checking them by the quote, finding a quote elsewhere.
//! Does not belong here: which message and part are meant, which unit a tier usually counts in (`place`), how the
//! JSON of a tool part is written (`serialise`).
//!
//! Invariants: ranges lie on character boundaries of the text; a range in bytes and its range in code points are the
//! same characters; no work is quadratic in the length of a text.

mod missed;
mod positions;
mod search;

pub use search::Standing;

use crate::domain::{Annotation, CodePoints, How, Reason, Span, Unit, Utf8Bytes};
use memchr::arch::all::is_prefix;
use missed::Missed;
use positions::{Counts, Positions, narrow};
use search::Collapsed;
use std::ops::Range;
use std::sync::OnceLock;

/// What an annotation says about where it sits inside its part.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Claim<'a> {
    /// `start_offset`, in a unit that is not said.
    pub start: Option<i64>,
    /// `end_offset`, in the same unit; one past the last.
    pub end: Option<i64>,
    /// The text that should stand there.
    pub quote: Option<&'a str>,
}

impl<'a> Claim<'a> {
    /// What `annotation` says.
    pub fn of(annotation: &'a Annotation) -> Self {
        Claim {
            start: annotation.start_offset,
            end: annotation.end_offset,
            quote: annotation.text.as_deref(),
        }
    }

    /// The quote, if it can be looked for. An empty one stands everywhere, so it says as little as none.
    pub fn searchable(&self) -> Option<&'a str> {
        self.quote.filter(|quote| !quote.is_empty())
    }

    /// Both offsets, if they could be counts: not negative and not reversed.
    fn counts(&self) -> Option<(u32, u32)> {
        let start = u32::try_from(self.start?).ok()?;
        let end = u32::try_from(self.end?).ok()?;
        (start <= end).then_some((start, end))
    }
}

/// A range of a text in the two units that are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spans {
    /// In code points.
    pub points: Span<CodePoints>,
    /// The same characters in bytes.
    pub bytes: Span<Utf8Bytes>,
}

/// The range that an annotation's offsets give in each unit in which they fit; at least one does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fits {
    by_unit: [Option<Spans>; 3],
}

impl Fits {
    /// The fit in each unit, as `fit` tells it; `None` if no unit fits.
    fn from_units(fit: impl FnMut(Unit) -> Option<Spans>) -> Option<Self> {
        let by_unit = Unit::ALL.map(fit);
        by_unit.iter().any(Option::is_some).then_some(Fits { by_unit })
    }

    /// The same units with every range as `change` makes it; `None` if none is left.
    pub fn filter_map(&self, mut change: impl FnMut(Spans) -> Option<Spans>) -> Option<Self> {
        Fits::from_units(|unit| change(self.get(unit)?))
    }

    /// The range in one unit.
    pub fn get(&self, unit: Unit) -> Option<Spans> {
        self.by_unit.get(unit as usize).copied().flatten()
    }

    /// The unit that fits, if it is the only one: evidence of what the tier counts in.
    pub fn sole_unit(&self) -> Option<Unit> {
        let mut units = Unit::ALL.into_iter().filter(|unit| self.get(*unit).is_some());
        units.next().filter(|_| units.next().is_none())
    }

    /// Whether units fit at different places, so that it matters which one the tier usually counts in.
    pub fn disagree(&self) -> bool {
        let mut places = self.by_unit.iter().flatten();
        places.next().is_some_and(|first| places.any(|other| other != first))
    }

    /// The range that counts, and its unit: where units disagree the tier's `usual` one if it fits, else code points
    /// before UTF-16 before UTF-8.
    pub fn choose(&self, usual: Option<Unit>) -> Option<(Unit, Spans)> {
        let usual = usual.filter(|_| self.disagree());
        usual.into_iter().chain(Unit::ALL).find_map(|unit| Some((unit, self.get(unit)?)))
    }
}

/// How much may differ between a quote and where it is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Likeness {
    /// Nothing.
    Exact,
    /// Runs of white space are all the same.
    WhiteSpace,
}

impl Likeness {
    /// The ways to look for `quote`, in the order in which they are tried. One word is found exactly or not at all.
    pub fn of_use_for(quote: &str) -> &'static [Likeness] {
        if quote.contains(char::is_whitespace) {
            &[Likeness::Exact, Likeness::WhiteSpace]
        } else {
            &[Likeness::Exact]
        }
    }
}

/// What it takes to find positions in one text, made once for all annotations of a part. Holds nothing of the text, so
/// that it can be kept while the text's owner is elsewhere.
#[derive(Debug)]
pub struct TextMap {
    positions: Positions,
    missed: Missed,
    collapsed: OnceLock<Collapsed>,
    missed_in_collapsed: Missed,
}

impl TextMap {
    /// Counts `text` once; what else is needed is made when it is.
    pub fn new(text: &str) -> Self {
        TextMap {
            positions: Positions::new(text),
            missed: Missed::default(),
            collapsed: OnceLock::new(),
            missed_in_collapsed: Missed::default(),
        }
    }

    /// The map laid on its text, which must be the one that it was made from.
    pub fn on<'a>(&'a self, text: &'a str) -> MappedText<'a> {
        MappedText { text, map: self }
    }
}

/// A text and its map.
#[derive(Clone, Copy, Debug)]
pub struct MappedText<'a> {
    text: &'a str,
    map: &'a TextMap,
}

impl<'a> MappedText<'a> {
    /// The text itself.
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// The units in which the slice between the offsets is exactly the quote. An empty quote is read in code points.
    pub fn verify(&self, claim: &Claim<'_>) -> Option<Fits> {
        let quote = claim.quote?;
        let (start, end) = claim.counts()?;
        if quote.is_empty() {
            let point = self.map.positions.byte_of_point(self.text, start).filter(|_| start == end)?;
            return Fits::from_units(|unit| (unit == Unit::CodePoints).then(|| self.spans(point..point)));
        }
        // The slice is the quote where the quote stands at the start and the offsets are as far apart as it is long.
        let counts = if self.map.positions.is_ascii() { Counts::of_ascii(quote) } else { Counts::of(quote) };
        let mut last: Option<Spans> = None;
        Fits::from_units(|unit| {
            let starts_at = self.byte_of(unit, start).filter(|_| counts.of_unit(unit) == end - start)?;
            // Units mostly agree.
            if last.is_none_or(|last| last.bytes.start.0 as usize != starts_at) {
                last =
                    self.stands_at(quote, starts_at).then(|| self.spans(starts_at..starts_at + quote.len()));
            }
            last
        })
    }

    fn stands_at(&self, quote: &str, byte: usize) -> bool {
        self.text.as_bytes().get(byte..).is_some_and(|rest| is_prefix(rest, quote.as_bytes()))
    }

    /// The ranges between the offsets of an annotation that has no text to check them by; an empty text is none, but
    /// has its offsets read in code points.
    pub fn unverified(&self, claim: &Claim<'_>) -> Result<Fits, Reason> {
        let (start, end) = match (claim.start, claim.end) {
            (Some(start), Some(end)) if start > end => return Err(Reason::Reversed),
            (Some(start), Some(_)) if start < 0 => return Err(Reason::NothingToGoBy),
            (Some(_), Some(_)) => claim.counts().ok_or(Reason::PastTheEnd)?,
            _ => return Err(Reason::NothingToGoBy),
        };
        Fits::from_units(|unit| {
            if claim.quote.is_some() && unit != Unit::CodePoints {
                return None;
            }
            Some(self.spans(self.byte_of(unit, start)?..self.byte_of(unit, end)?))
        })
        .ok_or(Reason::PastTheEnd)
    }

    /// Where the quote stands: nearest to `start` (in code points, however wrong), or without one where it stands
    /// once. `quote` must not be empty.
    pub fn find(&self, quote: &str, start: Option<i64>, likeness: Likeness) -> Standing {
        match likeness {
            Likeness::Exact => {
                self.find_in((self.text.as_bytes(), &self.map.missed), quote, start, |at| at, |at| at)
            }
            Likeness::WhiteSpace => {
                let collapsed = self.map.collapsed.get_or_init(|| Collapsed::new(self.text));
                self.find_in(
                    (collapsed.text.as_bytes(), &self.map.missed_in_collapsed),
                    &search::collapse(quote),
                    start,
                    |at| collapsed.at_or_after(at),
                    |at| collapsed.original(at),
                )
            }
        }
    }

    /// As `find`, in a haystack whose boundaries `here` and `there` carry over from and to the text.
    fn find_in(
        &self,
        (haystack, missed): (&[u8], &Missed),
        quote: &str,
        start: Option<i64>,
        here: impl Fn(usize) -> usize,
        there: impl Fn(usize) -> usize,
    ) -> Standing {
        if missed.rules_out(haystack, quote.as_bytes()) {
            return Standing::Nowhere;
        }
        let standing = self.search(haystack, quote, start, here, there);
        if standing == Standing::Nowhere {
            missed.note();
        }
        standing
    }

    fn search(
        &self,
        haystack: &[u8],
        quote: &str,
        start: Option<i64>,
        here: impl Fn(usize) -> usize,
        there: impl Fn(usize) -> usize,
    ) -> Standing {
        let Some(start) = start else {
            return match search::only(haystack, quote.as_bytes()) {
                Standing::At(range) => Standing::At(there(range.start)..there(range.end)),
                other => other,
            };
        };
        // From outside the text all occurrences lie on one side, so the end that is nearer orders them the same.
        let start = u32::try_from(start.max(0)).unwrap_or(u32::MAX).min(self.map.positions.points());
        let pivot = self.map.positions.byte_of_point(self.text, start).unwrap_or(self.text.len());
        let distance = |at| self.map.positions.point_of(self.text, there(at)).abs_diff(start);
        match search::nearest(haystack, quote.as_bytes(), here(pivot), distance) {
            Some(at) => Standing::At(there(at)..there(at + quote.len())),
            None => Standing::Nowhere,
        }
    }

    /// A range of bytes, on character boundaries, in both units.
    pub fn spans(&self, bytes: Range<usize>) -> Spans {
        let point = |byte| self.map.positions.point_of(self.text, byte);
        Spans {
            points: Span::points(point(bytes.start), point(bytes.end)),
            bytes: Span::bytes(narrow(bytes.start), narrow(bytes.end)),
        }
    }

    /// The byte that an offset stands for, if it lies in the text and between two characters.
    fn byte_of(&self, unit: Unit, offset: u32) -> Option<usize> {
        match unit {
            Unit::CodePoints => self.map.positions.byte_of_point(self.text, offset),
            Unit::Utf16 => self.map.positions.byte_of_utf16(self.text, offset),
            Unit::Utf8 => Some(offset as usize).filter(|byte| self.text.is_char_boundary(*byte)),
        }
    }
}

/// Where an annotation of a part with this text sits: as its offsets say if the text bears them out in some unit
/// (`usual` being what the annotation's tier mostly counts in), else where its quote is found, else nowhere.
pub fn anchor(text: &str, claim: &Claim<'_>, usual: Option<Unit>) -> Result<(Spans, How), Reason> {
    let map = TextMap::new(text);
    let text = map.on(text);
    if let Some((unit, spans)) = text.verify(claim).and_then(|fits| fits.choose(usual)) {
        return Ok((spans, How::Verified(unit)));
    }
    let Some(quote) = claim.searchable() else {
        let (_, spans) = text.unverified(claim)?.choose(usual).ok_or(Reason::PastTheEnd)?;
        return Ok((spans, How::Unverified));
    };
    for likeness in Likeness::of_use_for(quote) {
        match text.find(quote, claim.start, *likeness) {
            Standing::At(bytes) => return Ok((text.spans(bytes), How::Relocated)),
            Standing::Ambiguous => return Err(Reason::Ambiguous),
            Standing::Nowhere => {}
        }
    }
    Err(Reason::TextNotFound)
}
