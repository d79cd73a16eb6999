//! What is odd about an export.

use super::path::{annotation_path, key_path};
use crate::domain::{
    Annotation, AnnotationRef, BySeed, Conversation, Export, How, Id, Message, MessageRef, NoticeKind,
    Notices, PerTier, Place, SeededMap, SeededSet, Tier, Unit, Unplaced,
};
use crate::logic::place::Placement;
use crate::logic::serialise::part_text;
use std::collections::BTreeMap;

/// How many examples of each kind are kept.
pub const EXAMPLES: usize = 20;

/// What is odd.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AnomalyKind {
    /// An annotation that sits nowhere.
    Unanchored,
    /// An annotation whose text stands elsewhere than its offsets say.
    Relocated,
    /// An annotation whose offsets fit in another unit only than those of most of its tier.
    MixedUnits,
    /// A label that the schema lacks.
    LabelOutsideSchema,
    /// A label that differs from one of the schema only by case, space, `-` or `_`.
    LabelSpelledOtherwise,
    /// A tier's key that names no message and no conversation.
    KeyWithoutMessage,
    /// A part index that its message does not have.
    PartOutOfRange,
    /// An id that an earlier conversation, message or annotation of the tier has.
    DuplicateId,
    /// A start after the end.
    Reversed,
    /// An end past the end of the part, counted in the tier's usual unit.
    PastTheEnd,
    /// A text without characters.
    EmptyText,
    /// What the reader noted: something is missing.
    Missing,
    /// What the reader noted: a value of another type.
    Foreign,
    /// What the reader noted: a number that does not fit.
    NumberOutOfRange,
    /// What the reader noted: half of a surrogate pair.
    LoneSurrogate,
    /// What the reader noted: a key that repeats.
    RepeatedKey,
}

impl AnomalyKind {
    /// The word for it in files: `unanchored`, ….
    pub const fn key(self) -> &'static str {
        match self {
            AnomalyKind::Unanchored => "unanchored",
            AnomalyKind::Relocated => "relocated",
            AnomalyKind::MixedUnits => "mixed_units",
            AnomalyKind::LabelOutsideSchema => "label_outside_schema",
            AnomalyKind::LabelSpelledOtherwise => "label_spelled_otherwise",
            AnomalyKind::KeyWithoutMessage => "key_without_message",
            AnomalyKind::PartOutOfRange => "part_out_of_range",
            AnomalyKind::DuplicateId => "duplicate_id",
            AnomalyKind::Reversed => "reversed",
            AnomalyKind::PastTheEnd => "past_the_end",
            AnomalyKind::EmptyText => "empty_text",
            AnomalyKind::Missing => "missing",
            AnomalyKind::Foreign => "foreign_type",
            AnomalyKind::NumberOutOfRange => "number_out_of_range",
            AnomalyKind::LoneSurrogate => "lone_surrogate",
            AnomalyKind::RepeatedKey => "repeated_key",
        }
    }

    const fn of_notice(kind: NoticeKind) -> Self {
        match kind {
            NoticeKind::Missing => AnomalyKind::Missing,
            NoticeKind::Foreign { .. } => AnomalyKind::Foreign,
            NoticeKind::NumberOutOfRange => AnomalyKind::NumberOutOfRange,
            NoticeKind::LoneSurrogate => AnomalyKind::LoneSurrogate,
            NoticeKind::RepeatedKey => AnomalyKind::RepeatedKey,
        }
    }
}

/// One kind of oddity in an export.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anomaly {
    /// What is odd.
    pub kind: AnomalyKind,
    /// How often.
    pub count: usize,
    /// The first of them, at most [`EXAMPLES`].
    pub examples: Vec<Example>,
}

/// Where something odd stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// JSON path in the export.
    pub path: String,
    /// The message that it belongs to, if any.
    pub message: Option<MessageRef>,
    /// The annotation that it is about, if any.
    pub annotation: Option<AnnotationRef>,
}

/// All that is odd about an export, by kind; what does not occur is not listed.
pub fn anomalies(export: &Export, placement: &Placement) -> Vec<Anomaly> {
    let mut tally = Tally { export, found: BTreeMap::new() };
    tally.unplaced(placement);
    tally.placed(placement);
    tally.labels(placement);
    tally.keys(placement);
    tally.repeated_ids(placement);
    tally.notices();
    tally.found.into_values().collect()
}

struct Tally<'e> {
    export: &'e Export,
    found: BTreeMap<AnomalyKind, Anomaly>,
}

impl<'e> Tally<'e> {
    /// What the reader noted; it knows the places of the first of each kind only.
    fn notices(&mut self) {
        let notices = &self.export.notices;
        for notice in notices.iter() {
            let path = notice.path.to_string();
            self.add(AnomalyKind::of_notice(notice.kind), || Example {
                path,
                message: None,
                annotation: None,
            });
        }
        for (kind, count) in notices.counts() {
            if let Some(anomaly) = self.found.get_mut(&AnomalyKind::of_notice(kind)) {
                anomaly.count += count.saturating_sub(Notices::KEPT);
            }
        }
    }

    fn add(&mut self, kind: AnomalyKind, example: impl FnOnce() -> Example) {
        let anomaly =
            self.found.entry(kind).or_insert_with(|| Anomaly { kind, count: 0, examples: Vec::new() });
        anomaly.count += 1;
        if anomaly.examples.len() < EXAMPLES {
            anomaly.examples.push(example());
        }
    }

    fn add_annotation(&mut self, kind: AnomalyKind, annotation: AnnotationRef, message: Option<MessageRef>) {
        let export = self.export;
        let path = || annotation_path(export, annotation);
        self.add(kind, || Example { path: path(), message, annotation: Some(annotation) });
    }

    fn annotation(&self, annotation: AnnotationRef) -> Option<&'e Annotation> {
        self.export.tiers[annotation.tier].annotations.get(annotation.index as usize)
    }

    fn unplaced(&mut self, placement: &Placement) {
        for &Unplaced { annotation, message, .. } in &placement.unplaced {
            self.add_annotation(AnomalyKind::Unanchored, annotation, message);
            self.as_sent(placement, annotation, message, false);
        }
    }

    fn placed(&mut self, placement: &Placement) {
        let usual = PerTier::from_fn(|tier| placement.units[tier].usual());
        for &Place { annotation, part, how, .. } in &placement.places {
            let message = Some(part.message);
            match how {
                How::Relocated => self.add_annotation(AnomalyKind::Relocated, annotation, message),
                // Where the units agree, code points are named; the other two are named only where they alone fit.
                How::Verified(unit) if unit != Unit::CodePoints && usual[annotation.tier] != Some(unit) => {
                    self.add_annotation(AnomalyKind::MixedUnits, annotation, message);
                }
                How::Verified(_) | How::Unverified => {}
            }
            self.as_sent(placement, annotation, message, matches!(how, How::Verified(_)));
        }
    }

    /// What is odd about the numbers and the text of an annotation, wherever it sits.
    fn as_sent(
        &mut self,
        placement: &Placement,
        at: AnnotationRef,
        message: Option<MessageRef>,
        is_verified: bool,
    ) {
        let Some(annotation) = self.annotation(at) else { return };
        if annotation.text.as_deref() == Some("") {
            self.add_annotation(AnomalyKind::EmptyText, at, message);
        }
        let (start, end) = (annotation.start_offset, annotation.end_offset);
        if start.zip(end).is_some_and(|(start, end)| start > end) {
            self.add_annotation(AnomalyKind::Reversed, at, message);
        }
        let Some(parts) =
            message.and_then(|message| message_at(self.export, message)).map(|found| &found.parts)
        else {
            return;
        };
        let Some(index) = annotation.part_index else { return };
        let Some(part) = placement.rules.part_index.named(parts, index).and_then(|at| parts.get(at)) else {
            return self.add_annotation(AnomalyKind::PartOutOfRange, at, message);
        };
        if is_verified {
            return; // what was verified ends inside the text, in whichever way that was written out
        }
        let unit = placement.units[at.tier].usual().unwrap_or(Unit::CodePoints);
        let is_past = |end: i64| {
            part_text(part)
                .is_some_and(|text| usize::try_from(end).is_ok_and(|end| is_longer(end, &text, unit)))
        };
        if annotation.end_offset.is_some_and(is_past) {
            self.add_annotation(AnomalyKind::PastTheEnd, at, message);
        }
    }

    fn labels(&mut self, placement: &Placement) {
        let schema: SeededSet<&str> = self.export.project.label_schema.iter().map(|one| &*one.name).collect();
        let folded: SeededSet<String> = schema.iter().map(|name| fold(name)).collect();
        let mut kinds: SeededMap<&str, Option<AnomalyKind>> = SeededMap::default();
        let message_of = messages_of_annotations(self.export, placement);
        for (tier, map) in self.export.tiers.iter() {
            for ((index, annotation), &message) in (0u32..).zip(&map.annotations).zip(&message_of[tier]) {
                let Some(label) = annotation.label.as_deref() else { continue };
                let kind = *kinds.entry(label).or_insert_with(|| {
                    match (schema.contains(label), folded.contains(&fold(label))) {
                        (true, _) => None,
                        (false, true) => Some(AnomalyKind::LabelSpelledOtherwise),
                        (false, false) => Some(AnomalyKind::LabelOutsideSchema),
                    }
                });
                if let Some(kind) = kind {
                    self.add_annotation(kind, AnnotationRef { tier, index }, message);
                }
            }
        }
    }

    fn keys(&mut self, placement: &Placement) {
        for (tier, map) in self.export.tiers.iter() {
            for list in &map.lists {
                let is_known = placement.messages.message(&list.key).is_some()
                    || placement.messages.conversation(&list.key).is_some();
                if !is_known {
                    let path = || key_path(tier, &list.key);
                    self.add(AnomalyKind::KeyWithoutMessage, || Example {
                        path: path(),
                        message: None,
                        annotation: None,
                    });
                }
            }
        }
    }

    fn repeated_ids(&mut self, placement: &Placement) {
        for &conversation in placement.messages.repeated_conversations() {
            let path = || format!("$.conversations[{conversation}]");
            self.add(AnomalyKind::DuplicateId, || Example { path: path(), message: None, annotation: None });
        }
        for &message in placement.messages.repeated_messages() {
            let path = || format!("$.conversations[{}].messages[{}]", message.conversation, message.message);
            self.add(AnomalyKind::DuplicateId, || Example {
                path: path(),
                message: Some(message),
                annotation: None,
            });
        }
        let message_of = messages_of_annotations(self.export, placement);
        for (tier, map) in self.export.tiers.iter() {
            let mut seen: SeededSet<&Id> =
                SeededSet::with_capacity_and_hasher(map.annotations.len(), BySeed::default());
            for ((index, annotation), &message) in (0u32..).zip(&map.annotations).zip(&message_of[tier]) {
                if annotation.id.as_ref().is_some_and(|id| !seen.insert(id)) {
                    self.add_annotation(AnomalyKind::DuplicateId, AnnotationRef { tier, index }, message);
                }
            }
        }
    }
}

/// The message of each annotation, tier by tier.
fn messages_of_annotations(export: &Export, placement: &Placement) -> PerTier<Vec<Option<MessageRef>>> {
    let mut messages = PerTier::from_fn(|tier: Tier| vec![None; export.tiers[tier].annotations.len()]);
    let placed = placement.places.iter().map(|place| (place.annotation, Some(place.part.message)));
    for (annotation, message) in
        placed.chain(placement.unplaced.iter().map(|one| (one.annotation, one.message)))
    {
        if let Some(slot) = messages[annotation.tier].get_mut(annotation.index as usize) {
            *slot = message;
        }
    }
    messages
}

fn message_at(export: &Export, message: MessageRef) -> Option<&Message> {
    let conversation: &Conversation = export.conversations.get(message.conversation as usize)?;
    conversation.messages.get(message.message as usize)
}

/// Whether `end` is more than the text holds in this unit.
fn is_longer(end: usize, text: &str, unit: Unit) -> bool {
    end > text.len()
        || match unit {
            Unit::Utf8 => false,
            _ if text.is_ascii() => false,
            Unit::CodePoints => end > text.chars().count(),
            Unit::Utf16 => end > text.encode_utf16().count(),
        }
}

/// A label without what people spell differently: case, white space, `-` and `_`.
fn fold(label: &str) -> String {
    let kept = label.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '_'));
    kept.flat_map(char::to_lowercase).collect()
}
