//! annotations.jsonl: one object for each annotation, anchored or not.

use crate::domain::{
    Annotation, AnnotationRef, Export, How, Id, MessageRef, PerTier, Place, Reason, Tier, Unplaced,
};
use crate::logic::place::Placement;
use serde::Serialize;

/// An annotation as a line. Offsets are code points, half-open, of the part that it sits in.
#[derive(Serialize)]
struct AnnotationLine<'e> {
    tier: &'static str,
    conversation_id: Option<String>,
    message_id: Option<String>,
    part_index: Option<u32>,
    annotation_id: Option<String>,
    label: Option<&'e str>,
    status: Option<&'e str>,
    text: Option<&'e str>,
    explanation: Option<&'e str>,
    start: Option<u32>,
    end: Option<u32>,
    anchor: &'static str,
    unit: Option<&'static str>,
    reason: Option<&'static str>,
    sent: Sent,
}

/// The three numbers as sent.
#[derive(Serialize)]
struct Sent {
    start_offset: Option<i64>,
    end_offset: Option<i64>,
    message_part_index: Option<i64>,
}

/// Where an annotation is, or why nowhere.
#[derive(Clone, Copy)]
enum Fate<'p> {
    Placed(&'p Place),
    Unplaced(&'p Unplaced),
}

/// A line for each annotation that `is_included`: tier by tier, in each in the order of the file.
pub fn annotation_lines(
    export: &Export,
    placement: &Placement,
    is_included: impl Fn(AnnotationRef) -> bool,
) -> String {
    AnnotationLines::new(export, placement).take(usize::MAX, is_included).unwrap_or_default()
}

/// The lines under way, made piece by piece.
pub struct AnnotationLines<'e> {
    export: &'e Export,
    fates: PerTier<Vec<Option<Fate<'e>>>>,
    /// The tier and the index of the next annotation.
    next: (usize, usize),
}

impl<'e> AnnotationLines<'e> {
    /// No line made yet.
    pub fn new(export: &'e Export, placement: &'e Placement) -> Self {
        let mut fates: PerTier<Vec<Option<Fate<'_>>>> =
            PerTier::from_fn(|tier| vec![None; export.tiers[tier].annotations.len()]);
        let placed = placement.places.iter().map(|place| (place.annotation, Fate::Placed(place)));
        let unplaced =
            placement.unplaced.iter().map(|unplaced| (unplaced.annotation, Fate::Unplaced(unplaced)));
        for (annotation, fate) in placed.chain(unplaced) {
            if let Some(slot) = fates[annotation.tier].get_mut(annotation.index as usize) {
                *slot = Some(fate);
            }
        }
        AnnotationLines { export, fates, next: (0, 0) }
    }

    /// The lines of the next `budget` annotations, as far as they are included; `None` once all are made.
    pub fn take(&mut self, budget: usize, is_included: impl Fn(AnnotationRef) -> bool) -> Option<String> {
        let mut lines = String::new();
        let mut spent = 0;
        while let Some(&tier) = Tier::ALL.get(self.next.0) {
            let Some(annotation) = self.export.tiers[tier].annotations.get(self.next.1) else {
                self.next = (self.next.0 + 1, 0);
                continue;
            };
            if spent >= budget {
                return Some(lines);
            }
            let index = u32::try_from(self.next.1).unwrap_or(u32::MAX);
            let fate = self.fates[tier].get(self.next.1).copied().flatten();
            if let Some(fate) = fate.filter(|_| is_included(AnnotationRef { tier, index })) {
                // Strings and numbers cannot fail to be written.
                let line = line(self.export, tier, annotation, fate);
                lines.push_str(&serde_json::to_string(&line).unwrap_or_default());
                lines.push('\n');
            }
            spent += 1;
            self.next.1 += 1;
        }
        (spent > 0).then_some(lines)
    }
}

fn line<'e>(
    export: &'e Export,
    tier: Tier,
    annotation: &'e Annotation,
    fate: Fate<'_>,
) -> AnnotationLine<'e> {
    let (message, place) = match fate {
        Fate::Placed(place) => (Some(place.part.message), Some(place)),
        Fate::Unplaced(unplaced) => (unplaced.message, None),
    };
    let id = |id: Option<&Id>| id.map(|id| id.text().into_owned());
    let conversation_of = |message: MessageRef| export.conversations.get(message.conversation as usize);
    let conversation = message.and_then(conversation_of);
    let message = message
        .and_then(|message| conversation.and_then(|inside| inside.messages.get(message.message as usize)));
    AnnotationLine {
        tier: tier.key(),
        conversation_id: id(conversation.and_then(|conversation| conversation.id.as_ref())),
        message_id: id(message.and_then(|message| message.id.as_ref())),
        part_index: place.map(|place| place.part.part),
        annotation_id: id(annotation.id.as_ref()),
        label: annotation.label.as_deref(),
        status: annotation.status.as_deref(),
        text: annotation.text.as_deref(),
        explanation: annotation.explanation.as_deref(),
        start: place.map(|place| place.points.start.0),
        end: place.map(|place| place.points.end.0),
        anchor: place.map_or("unanchored", |place| place.how.key()),
        unit: place.and_then(|place| match place.how {
            How::Verified(unit) => Some(unit.key()),
            How::Relocated | How::Unverified => None,
        }),
        reason: match fate {
            Fate::Placed(_) => None,
            Fate::Unplaced(unplaced) => Some(Reason::key(unplaced.reason)),
        },
        sent: Sent {
            start_offset: annotation.start_offset,
            end_offset: annotation.end_offset,
            message_part_index: annotation.part_index,
        },
    }
}
