//! Whether two things are the same in everything but where they stand in the file.

use crate::domain::{Annotation, Json, Media, Message, Part, PartKind, PartText, Project, Source};

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
        && text_is_same(before.text.as_ref(), now.text.as_ref())
        && before.extra.len() == now.extra.len()
        && before
            .extra
            .iter()
            .zip(&now.extra)
            .all(|(before, now)| before.name == now.name && json_is_same(&before.value, &now.value))
}

fn text_is_same(before: Option<&PartText>, now: Option<&PartText>) -> bool {
    match (before, now) {
        (Some(PartText::Json(before)), Some(PartText::Json(now))) => json_is_same(before, now),
        (before, now) => before == now,
    }
}

/// White space between its tokens says nothing.
fn json_is_same(before: &Json, now: &Json) -> bool {
    before == now || before.tokens().map(|token| token.text).eq(now.tokens().map(|token| token.text))
}

/// Whether the fields of a project are as they were, but for the day of the last change, which any change moves.
pub(super) fn project_is_same(before: &Project, now: &Project) -> bool {
    let fields = |project: &Project| Project { updated_at: None, ..project.clone() };
    fields(before) == fields(now)
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
