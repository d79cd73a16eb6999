//! Builders: exports with given marks, any marks for properties, and the real files beside the checkout.
#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "these are tests")]

use labelscope_core::domain::{
    Annotation, AnnotationRef, Conversation, Export, How, Id, KeyedList, Message, MessageRef, PartRef,
    PerTier, Place, Source, Span, Unit,
};
use labelscope_core::export::Reader;
use labelscope_core::logic::align::{Alignment, LookedRule, MessageToAlign, ReviewRule, align_all};
use labelscope_core::logic::place::place_all;
use proptest::prelude::*;
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::sync::{Arc, OnceLock};

/// An annotation to be made: part, start, end (code points), label, status.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Given {
    pub(crate) part: u32,
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) label: Option<String>,
    pub(crate) status: Option<String>,
}

/// What each tier marked on a message; `None` where it did not look.
pub(crate) type Marked = PerTier<Option<Vec<Given>>>;

/// An export with one conversation for each entry of `conversations` and one message for each entry of that, and its
/// alignment. Ids say where things stand before any shuffling: `c0m1` and `a3` for the tier's fourth annotation.
pub(crate) fn aligned(conversations: &[Vec<Marked>]) -> (Export, Alignment) {
    aligned_taking(ReviewRule::default(), conversations)
}

/// The same where what review lacks means what `review` says.
pub(crate) fn aligned_taking(review: ReviewRule, conversations: &[Vec<Marked>]) -> (Export, Alignment) {
    let mut export = Export::default();
    let mut alignment = Alignment::taking_review_as(review);
    for (at, messages) in conversations.iter().enumerate() {
        let conversation = Conversation {
            id: Some(Id::new(&format!("c{at}"))),
            messages: (0..messages.len())
                .map(|nth| Message { id: Some(Id::new(&format!("c{at}m{nth}"))), ..Message::default() })
                .collect(),
            ..Conversation::default()
        };
        export.conversations.push(Arc::new(conversation));
    }
    for (at, messages) in conversations.iter().enumerate() {
        for (nth, marked) in messages.iter().enumerate() {
            let message = MessageRef { conversation: at as u32, message: nth as u32 };
            let places = add_annotations(&mut export, message, marked);
            let looked = PerTier::from_fn(|tier| marked[tier].is_some());
            alignment.add(&export, MessageToAlign { message, places: &places, unplaced: &[], looked });
        }
    }
    (export, alignment)
}

fn add_annotations(export: &mut Export, message: MessageRef, marked: &Marked) -> Vec<Place> {
    let mut places = Vec::new();
    for (tier, given) in marked.iter() {
        let Some(given) = given else { continue };
        let map = &mut export.tiers[tier];
        let first = map.annotations.len() as u32;
        for one in given {
            let index = map.annotations.len() as u32;
            map.annotations.push(Annotation {
                id: Some(Id::new(&format!("{}{index}", tier.letter()))),
                label: one.label.as_deref().map(Arc::from),
                status: one.status.as_deref().map(Arc::from),
                ..Annotation::default()
            });
            places.push(Place {
                annotation: AnnotationRef { tier, index },
                part: PartRef { message, part: one.part },
                points: Span::points(one.start, one.end),
                bytes: Span::bytes(one.start, one.end),
                how: How::Verified(Unit::CodePoints),
            });
        }
        let end = map.annotations.len() as u32;
        let key = Id::new(&format!("c{}m{}", message.conversation, message.message));
        let annotations = first..end;
        map.lists.push(KeyedList { key, annotations, source: Source::default() });
    }
    places.sort_by_key(|place| (place.part, place.points, place.annotation));
    places
}

/// A file of `../shared/data`, read, and its alignment, made once for all tests; says so where there is no such file.
pub(crate) fn real_export(test: &str, name: &str) -> Option<&'static (Export, Alignment)> {
    static MADE: [OnceLock<(Export, Alignment)>; 4] = [const { OnceLock::new() }; 4];
    let at = ["small", "mid", "agents", "large"].iter().position(|one| *one == name).unwrap();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../shared/data/{name}.json.gz"));
    let Ok(file) = File::open(&path) else {
        eprintln!("skipped: {test}: there is no ../shared/data/{name}.json.gz");
        return None;
    };
    Some(MADE[at].get_or_init(|| {
        let mut bytes = Vec::new();
        flate2::read::GzDecoder::new(file).read_to_end(&mut bytes).unwrap();
        let (mut reader, mut export) = (Reader::new(), Export::default());
        reader.feed(&bytes, &mut export).unwrap();
        reader.finish(&mut export).unwrap();
        let alignment = align_all(&export, &place_all(&export), LookedRule::Key);
        (export, alignment)
    }))
}

/// Any annotations on short texts of two parts, so that they often meet.
pub(crate) fn any_given(longest: usize) -> impl Strategy<Value = Vec<Given>> {
    let label = prop_oneof![Just(Some("A")), Just(Some("B")), Just(None)];
    let status = prop_oneof![4 => Just(None), 3 => Just(Some("rejected")), 1 => Just(Some("accepted"))];
    let one =
        (0..2u32, 0..24u32, 0..12u32, label, status).prop_map(|(part, start, length, label, status)| Given {
            part,
            start,
            end: start + length,
            label: label.map(str::to_owned),
            status: status.map(str::to_owned),
        });
    prop::collection::vec(one, 0..longest)
}

/// Any message.
pub(crate) fn any_marked(longest: usize) -> impl Strategy<Value = Marked> {
    let tier = || prop::option::weighted(0.85, any_given(longest));
    (tier(), tier(), tier()).prop_map(|(automated, primary, review)| PerTier([automated, primary, review]))
}
