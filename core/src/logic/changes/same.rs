//! Whether two things are the same in everything but where they stand in the file.

use crate::domain::{Annotation, Media, Message, Part, PartKind, Source};

/// Whether an annotation is as it was.
pub(super) fn annotation_is_same(before: &Annotation, now: &Annotation) -> bool {
    let fields = |one: &Annotation| (one.start_offset, one.end_offset, one.part_index);
    fields(before) == fields(now)
        && (&before.label, &before.status) == (&now.label, &now.status)
        && before.text == now.text
        && before.explanation == now.explanation
}

/// Whether a message is as it was.
pub(super) fn message_is_same(before: &Message, now: &Message) -> bool {
    before.role == now.role
        && before.generation == now.generation
        && before.parts.len() == now.parts.len()
        && before.parts.iter().zip(&now.parts).all(|(before, now)| part_is_same(before, now))
}

fn part_is_same(before: &Part, now: &Part) -> bool {
    kind_is_same(&before.kind, &now.kind)
        && before.type_name == now.type_name
        && before.text == now.text
        && before.extra == now.extra
}

/// The bytes of media are not held, so those of the same length count as the same.
fn kind_is_same(before: &PartKind, now: &PartKind) -> bool {
    match (before, now) {
        (
            PartKind::Media(Media::Blob { mime_type: before, content: old }),
            PartKind::Media(Media::Blob { mime_type: now, content: new }),
        ) => before == now && old.map(length) == new.map(length),
        (before, now) => before == now,
    }
}

/// In bytes.
fn length(source: Source) -> u64 {
    source.end.saturating_sub(source.start)
}
