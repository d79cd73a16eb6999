//! Where one annotation sits among the parts of one message, or the messages of one conversation.

use super::PartIndexRule;
use crate::domain::{Annotation, Conversation, Message, Part, PartText, Reason};
use crate::logic::anchor::{Claim, Fits, Likeness, MappedText, Spans, Standing, TextMap};
use crate::logic::serialise::{Escapes, Serialised, Style, translate};
use std::ops::Range;
use std::sync::OnceLock;

/// Where an annotation sits in a message, as far as can be told without its tier's usual unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Seat {
    /// In the part of this index, where its text stands between its offsets.
    Verified(u32, Fits),
    /// In the part of this index, between its offsets; there is no text to check them.
    Unverified(u32, Fits),
    /// In the part of this index, where its text was found, more or less exactly.
    Relocated(u32, Spans, Likeness),
    /// Nowhere.
    Nowhere(Reason),
}

/// What is made of a part when it is needed, once for all annotations of the message.
#[derive(Debug, Default)]
struct PartMap {
    shown: OnceLock<TextMap>,
    /// The shown text itself, where the part does not hold it.
    serialised: OnceLock<Serialised>,
    /// The other styles, large and seldom needed.
    others: OnceLock<Box<[Other; Style::OTHERS.len()]>>,
}

/// A part in another style, where that is of use.
type Other = OnceLock<Option<(Serialised, TextMap)>>;

/// A part and its map.
#[derive(Clone, Copy)]
struct MappedPart<'a> {
    part: &'a Part,
    map: &'a PartMap,
}

impl<'a> MappedPart<'a> {
    fn text(&self) -> Option<MappedText<'a>> {
        let map = self.map;
        let text = match self.part.text.as_ref()? {
            PartText::Verbatim(text) => text,
            PartText::Json(json) => map.serialised.get_or_init(|| Serialised::shown(json)).text.as_str(),
        };
        Some(map.shown.get_or_init(|| TextMap::new(text)).on(text))
    }

    /// The ranges of the text in which the annotation's quote stands between its offsets, in the first serialisation
    /// in which there are any.
    fn verify(&self, claim: &Claim<'_>) -> Option<Fits> {
        let shown = self.text()?;
        shown.verify(claim).or_else(|| self.verify_elsewhere(shown, claim))
    }

    fn verify_elsewhere(&self, shown: MappedText<'_>, claim: &Claim<'_>) -> Option<Fits> {
        let Some(PartText::Json(json)) = &self.part.text else { return None };
        claim.searchable()?;
        for (style, other) in Style::OTHERS.into_iter().zip(self.map.others.get_or_init(Box::default).iter())
        {
            let other = other.get_or_init(|| {
                if style.escapes == Escapes::Ascii && is_plain(json.as_str()) {
                    return None;
                }
                let serialised = Serialised::new(json, style)?;
                let map = TextMap::new(&serialised.text);
                Some((serialised, map))
            });
            let Some((other, map)) = other else { continue };
            let Some(fits) = map.on(&other.text).verify(claim) else { continue };
            let to = self.map.serialised.get_or_init(|| Serialised::shown(json)).laid();
            return fits
                .filter_map(|spans| Some(shown.spans(translate(spans.bytes.as_range(), other.laid(), to)?)));
        }
        None
    }

    fn find(&self, quote: &str, start: Option<i64>, likeness: Likeness) -> Standing {
        self.text().map_or(Standing::Nowhere, |text| text.find(quote, start, likeness))
    }

    fn relocated(&self, index: u32, found: Range<usize>, likeness: Likeness) -> Seat {
        self.text().map_or(Seat::Nowhere(Reason::PartWithoutText), |text| {
            Seat::Relocated(index, text.spans(found), likeness)
        })
    }
}

/// Whether nothing in this JSON is or could be escaped, so that its strings are written in one way only.
fn is_plain(json: &str) -> bool {
    json.bytes().all(|byte| byte.is_ascii() && !matches!(byte, b'\\' | 0x7f))
}

/// What is made of the parts of one message, as annotations ask for them. Holds nothing of the message.
#[derive(Debug)]
pub(super) struct MessageMap {
    parts: Vec<PartMap>,
    rule: PartIndexRule,
}

impl MessageMap {
    /// The map of `message`, with nothing on it yet. Its parts are named by `rule`.
    pub(super) fn new(message: &Message, rule: PartIndexRule) -> Self {
        MessageMap { parts: message.parts.iter().map(|_| PartMap::default()).collect(), rule }
    }

    /// The map laid on its message.
    pub(super) fn on<'a>(&'a self, message: &'a Message) -> MappedMessage<'a> {
        MappedMessage { parts: &message.parts, maps: &self.parts, rule: self.rule }
    }
}

/// A message and its map.
#[derive(Clone, Copy)]
pub(super) struct MappedMessage<'a> {
    parts: &'a [Part],
    maps: &'a [PartMap],
    rule: PartIndexRule,
}

impl<'a> MappedMessage<'a> {
    /// Where `annotation` sits, given that this is its message.
    pub(super) fn seat(&self, annotation: &Annotation) -> Seat {
        let claim = Claim::of(annotation);
        match annotation.part_index {
            Some(index) => self.seat_by_index(index, &claim),
            None => self.seat_by_text(&claim),
        }
    }

    fn numbered(&self) -> impl Iterator<Item = (u32, MappedPart<'a>)> {
        let parts = self.parts.iter().zip(self.maps).map(|(part, map)| MappedPart { part, map });
        (0..).zip(parts)
    }

    fn named(&self, index: i64) -> Option<(u32, MappedPart<'a>)> {
        let at = self.rule.named(self.parts, index)?;
        let (part, map) = (self.parts.get(at)?, self.maps.get(at)?);
        Some((u32::try_from(at).ok()?, MappedPart { part, map }))
    }

    fn seat_by_index(&self, index: i64, claim: &Claim<'_>) -> Seat {
        let Some((index, part)) = self.named(index) else {
            return self.seat_by_search(None, claim).unwrap_or(Seat::Nowhere(Reason::PartOutOfRange));
        };
        let Some(text) = part.text() else {
            return self.seat_by_search(None, claim).unwrap_or(Seat::Nowhere(Reason::PartWithoutText));
        };
        if let Some(fits) = part.verify(claim) {
            return Seat::Verified(index, fits);
        }
        if claim.searchable().is_some() {
            let found = self.seat_by_search(Some((index, part)), claim);
            return found.unwrap_or(Seat::Nowhere(Reason::TextNotFound));
        }
        match text.unverified(claim) {
            Ok(fits) => Seat::Unverified(index, fits),
            Err(reason) => Seat::Nowhere(reason),
        }
    }

    /// Where the quote stands: in the part that the annotation names, else in the first other part that has it.
    fn seat_by_search(&self, named: Option<(u32, MappedPart<'a>)>, claim: &Claim<'_>) -> Option<Seat> {
        let quote = claim.searchable()?;
        for likeness in Likeness::of_use_for(quote) {
            let others = self.numbered().filter(|(other, _)| named.is_none_or(|(index, _)| index != *other));
            for (index, part) in named.into_iter().chain(others) {
                match part.find(quote, claim.start, *likeness) {
                    Standing::At(found) => return Some(part.relocated(index, found, *likeness)),
                    Standing::Ambiguous => return Some(Seat::Nowhere(Reason::Ambiguous)),
                    Standing::Nowhere => {}
                }
            }
        }
        None
    }

    /// For an annotation that names no part: the only part where it verifies, else the only one where its quote stands.
    fn seat_by_text(&self, claim: &Claim<'_>) -> Seat {
        let mut verifying = self.numbered().filter_map(|(index, part)| Some((index, part.verify(claim)?)));
        let otherwise = match (verifying.next(), verifying.next()) {
            (Some((index, fits)), None) => return Seat::Verified(index, fits),
            (Some(_), Some(_)) => Reason::Ambiguous,
            (None, _) if claim.searchable().is_some() => Reason::TextNotFound,
            (None, _) => self.why_offsets_do_not_do(claim),
        };
        let Some(quote) = claim.searchable() else { return Seat::Nowhere(otherwise) };
        for likeness in Likeness::of_use_for(quote) {
            let mut standing = self.numbered().filter_map(|(index, part)| {
                let standing = part.find(quote, claim.start, *likeness);
                (standing != Standing::Nowhere).then_some((index, part, standing))
            });
            match (standing.next(), standing.next()) {
                (None, _) => {}
                (Some((index, part, Standing::At(found))), None) => {
                    let verified = part.verify(claim).map(|fits| Seat::Verified(index, fits));
                    return verified.unwrap_or_else(|| part.relocated(index, found, *likeness));
                }
                _ => return Seat::Nowhere(Reason::Ambiguous),
            }
        }
        Seat::Nowhere(otherwise)
    }

    /// Why an annotation that names no part and has no text sits nowhere: offsets that are wrong in every part say
    /// so themselves, others do not say which part they are of.
    fn why_offsets_do_not_do(&self, claim: &Claim<'_>) -> Reason {
        let mut outcomes = self.numbered().filter_map(|(_, part)| Some(part.text()?.unverified(claim)));
        match outcomes.next() {
            Some(Err(reason)) if outcomes.all(|outcome| outcome == Err(reason)) => reason,
            _ => Reason::NothingToGoBy,
        }
    }

    /// Where `annotation` verifies: in the part that it names, or in the only part where it does.
    fn verified_seat(&self, annotation: &Annotation) -> Option<Seat> {
        let claim = Claim::of(annotation);
        if let Some(index) = annotation.part_index {
            let (index, part) = self.named(index)?;
            return Some(Seat::Verified(index, part.verify(&claim)?));
        }
        let mut verifying = self.numbered().filter_map(|(index, part)| Some((index, part.verify(&claim)?)));
        let (index, fits) = verifying.next()?;
        verifying.next().is_none().then_some(Seat::Verified(index, fits))
    }

    /// Where `quote` stands if it stands once in all parts together.
    fn only_seat(&self, quote: &str, likeness: Likeness) -> Option<Seat> {
        let mut standing = self.numbered().filter_map(|(index, part)| {
            let standing = part.find(quote, None, likeness);
            (standing != Standing::Nowhere).then_some((index, part, standing))
        });
        match (standing.next(), standing.next()) {
            (Some((index, part, Standing::At(found))), None) => Some(part.relocated(index, found, likeness)),
            _ => None,
        }
    }
}

/// The maps of the assistant's messages of a conversation, for annotations that are keyed by the conversation.
#[derive(Debug)]
pub(super) struct ConversationMap {
    messages: Vec<(u32, MessageMap)>,
}

impl ConversationMap {
    /// The map of `conversation`, with nothing on it yet. Parts are named by `rule`.
    pub(super) fn new(conversation: &Conversation, rule: PartIndexRule) -> Self {
        let messages = (0..).zip(&conversation.messages);
        let by_assistant = messages.filter(|(_, message)| message.role.as_deref() == Some("assistant"));
        let map = |(index, message): (u32, &Message)| (index, MessageMap::new(message, rule));
        ConversationMap { messages: by_assistant.map(map).collect() }
    }

    /// The index of the message that `annotation` goes to and where it sits there: the first in which it verifies, else
    /// the first in which its text stands once. `conversation` must be the one that this is the map of.
    pub(super) fn seat(
        &self,
        conversation: &Conversation,
        annotation: &Annotation,
    ) -> Result<(u32, Seat), Reason> {
        let messages = || {
            self.messages.iter().filter_map(|(index, map)| {
                Some((*index, map.on(conversation.messages.get(*index as usize)?)))
            })
        };
        let verified =
            messages().find_map(|(index, message)| Some((index, message.verified_seat(annotation)?)));
        if let Some(seat) = verified {
            return Ok(seat);
        }
        let quote = Claim::of(annotation).searchable().ok_or(Reason::NothingToGoBy)?;
        let found = Likeness::of_use_for(quote).iter().find_map(|likeness| {
            messages().find_map(|(index, message)| Some((index, message.only_seat(quote, *likeness)?)))
        });
        found.ok_or_else(|| {
            let stands =
                |part: MappedPart<'_>| part.find(quote, Some(0), Likeness::WhiteSpace) != Standing::Nowhere;
            let somewhere = messages().any(|(_, message)| message.numbered().any(|(_, part)| stands(part)));
            if somewhere { Reason::Ambiguous } else { Reason::TextNotFound }
        })
    }
}
