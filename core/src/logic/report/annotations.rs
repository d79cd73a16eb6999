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
    let mut fates: PerTier<Vec<Option<Fate<'_>>>> =
        PerTier::from_fn(|tier| vec![None; export.tiers[tier].annotations.len()]);
    let placed = placement.places.iter().map(|place| (place.annotation, Fate::Placed(place)));
    let unplaced = placement.unplaced.iter().map(|unplaced| (unplaced.annotation, Fate::Unplaced(unplaced)));
    for (annotation, fate) in placed.chain(unplaced) {
        if let Some(slot) = fates[annotation.tier].get_mut(annotation.index as usize) {
            *slot = Some(fate);
        }
    }
    let mut lines = String::new();
    for (tier, map) in export.tiers.iter() {
        for ((index, annotation), fate) in (0u32..).zip(&map.annotations).zip(&fates[tier]) {
            if let Some(fate) = fate.filter(|_| is_included(AnnotationRef { tier, index })) {
                // Strings and numbers cannot fail to be written.
                lines.push_str(
                    &serde_json::to_string(&line(export, tier, annotation, fate)).unwrap_or_default(),
                );
                lines.push('\n');
            }
        }
    }
    lines
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
