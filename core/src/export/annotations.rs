//! The list under one key of a tier.

use super::decoder::Decoder;
use super::path::Path;
use super::value::Value;
use crate::domain::{Annotation, Id, KeyedList, ListsPassage, Passage, Shape, TierMap};

const KEYS: [&str; 8] =
    ["id", "label", "status", "text", "start_offset", "end_offset", "message_part_index", "explanation"];

/// Adds the list that stands under `key` to the tier.
pub(super) fn read_list(key: Id, list: Value, path: &Path, decoder: &mut Decoder, tier: &mut TierMap) {
    let mark = decoder.mark();
    let start = count(tier);
    if list.shape() == Shape::Array {
        for (index, item) in list.items().enumerate() {
            tier.annotations.push(read_annotation(item, &path.index(index), decoder));
        }
    } else {
        decoder.note_foreign(Shape::Array, &list, path);
    }
    decoder.seal(mark, list.source());
    let at = u32::try_from(tier.lists.len()).unwrap_or(u32::MAX);
    if let Some(passage) = decoder.passage() {
        add_passage(tier, at, passage);
    }
    tier.lists.push(KeyedList { key, annotations: start..count(tier), source: list.source() });
}

/// Adds the texts of the list at this index to those of the lists before it, up to as much as is worth a look of its
/// own.
fn add_passage(tier: &mut TierMap, at: u32, passage: Passage) {
    const ENOUGH: usize = 1 << 12;
    let last = tier.passages.last_mut();
    let last = last.filter(|last| last.lists.end == at && last.passage.text.len() < ENOUGH);
    if let Some(last) = last
        && last.passage.append(&passage)
    {
        last.lists.end += 1;
    } else {
        tier.passages.push(ListsPassage { lists: at..at + 1, passage });
    }
}

/// How many annotations the tier holds. More than `u32::MAX` do not fit into any memory that this runs in.
fn count(tier: &TierMap) -> u32 {
    u32::try_from(tier.annotations.len()).unwrap_or(u32::MAX)
}

/// One annotation; one that is no object keeps its place, empty.
fn read_annotation(value: Value, path: &Path, decoder: &mut Decoder) -> Annotation {
    let mark = decoder.mark();
    let source = value.source();
    let annotation = if value.shape() == Shape::Object {
        let [id, label, status, text, start, end, part, explanation] = decoder.known(value, &KEYS, path);
        Annotation {
            id: decoder.id(id, &path.key("id")),
            label: decoder.expected_name(label, &path.key("label")),
            status: decoder.name(status, &path.key("status")),
            text: decoder.written(text, &path.key("text")),
            start_offset: decoder.number(start, &path.key("start_offset")),
            end_offset: decoder.number(end, &path.key("end_offset")),
            part_index: decoder.number(part, &path.key("message_part_index")),
            explanation: decoder.written(explanation, &path.key("explanation")),
            source,
        }
    } else {
        decoder.note_foreign(Shape::Object, &value, path);
        Annotation { source, ..Annotation::default() }
    };
    decoder.seal(mark, source);
    annotation
}
