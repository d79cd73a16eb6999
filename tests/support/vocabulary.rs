//! Which words an export holds, and which of them got into a file that is to hold none. Does not belong here: what such a
//! file looks like.

use labelscope_core::domain::{Export, Id, Tier};
use labelscope_core::export::Reader;
use labelscope_core::logic::align::{LookedRule, Verdict, align_all};
use labelscope_core::logic::place::place_all;
use labelscope_core::logic::report::{Quotes, shared_report};
use labelscope_core::logic::score::Criterion;
use labelscope_core::logic::serialise::part_text;
use std::collections::BTreeSet;

/// Words without case, of at least two letters.
pub type Words = BTreeSet<String>;

/// The words of a text; UUIDs are none.
pub fn words(text: &str) -> Words {
    let pieces = text.split(|c: char| c.is_whitespace() || "|,`".contains(c));
    let without_id = |piece| match piece {
        piece if uuid_at_start(piece) => &piece[UUID..],
        piece => piece,
    };
    let words = pieces.map(without_id).flat_map(|piece| piece.split(|c: char| !c.is_alphabetic()));
    words.map(str::to_lowercase).filter(|word| word.chars().nth(1).is_some()).collect()
}

/// How many characters a UUID has.
const UUID: usize = 36;

fn uuid_at_start(text: &str) -> bool {
    text.get(..UUID).is_some_and(|start| Id::new(start).is_uuid())
}

/// The words of everything in an export that people or models wrote, and of every name but those of labels and statuses.
pub fn vocabulary(export: &Export) -> Words {
    let project = &export.project;
    let mut all: Words = [&project.name, &project.slug, &project.created_by_name]
        .into_iter()
        .flatten()
        .flat_map(|name| words(name))
        .collect();
    for message in export.conversations.iter().flat_map(|conversation| &conversation.messages) {
        for part in &message.parts {
            all.extend(words(&part_text(part).unwrap_or_default()));
            part.extra.iter().for_each(|field| all.extend(words(field.value.as_str())));
        }
        let names = [&message.generation.model, &message.generation.provider];
        names.into_iter().flatten().for_each(|name| all.extend(words(name)));
    }
    for annotation in export.tiers.iter().flat_map(|(_, map)| &map.annotations) {
        for text in [&annotation.text, &annotation.explanation].into_iter().flatten() {
            all.extend(words(text));
        }
    }
    all
}

/// An export in which no text, no label, no status and no id has a letter, with a difference of every tier. Whatever
/// word is in a report of it, the report has from nowhere but itself.
const LETTERLESS: &str = r#"{"project": {"name": "1", "updated_at": "2025-03-18"}, "conversations": [{"id": "1", "messages": [
    {"id": "2", "role": "3", "parts": [{"type": "text", "content": "1 2 3 4"}]}]}],
    "annotations": {
        "automated": {"2": [{"id": "3", "label": "4", "status": "5", "text": "1 2", "start_offset": 0, "end_offset": 3}]},
        "primary": {"2": [{"id": "5", "label": null, "text": "2 3", "start_offset": 2, "end_offset": 5}]},
        "review": {"2": [{"id": "6", "label": "7", "status": "8", "text": "4", "start_offset": 6, "end_offset": 7}]}}}"#;

/// The words of the report's own sentences, and those of tiers, verdicts and criteria.
fn own_words() -> Words {
    let (mut reader, mut export) = (Reader::new(), Export::default());
    reader.feed(LETTERLESS.as_bytes(), &mut export).expect("an export");
    reader.finish(&mut export).expect("a whole export");
    let placement = place_all(&export);
    let alignment = align_all(&export, &placement, LookedRule::Key);
    let mut own = words(&shared_report(&export, &placement, &alignment, Quotes::Masked));
    own.extend(Tier::ALL.into_iter().flat_map(|tier| words(tier.key())));
    own.extend(Verdict::ALL.into_iter().flat_map(|verdict| words(verdict.key())));
    own.extend(Criterion::ALL.into_iter().flat_map(|criterion| words(criterion.title())));
    own
}

/// The words of an export that got into `shared`, but for those that are names of its labels or statuses or that the
/// report has of itself.
pub fn leaked(export: &Export, shared: &str) -> Words {
    let mut allowed = own_words();
    for annotation in export.tiers.iter().flat_map(|(_, map)| &map.annotations) {
        for name in [&annotation.label, &annotation.status].into_iter().flatten() {
            allowed.extend(words(name));
        }
    }
    let vocabulary = vocabulary(export);
    words(shared).into_iter().filter(|word| vocabulary.contains(word) && !allowed.contains(word)).collect()
}
