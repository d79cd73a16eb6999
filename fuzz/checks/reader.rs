//! The reader agrees with serde_json's `RawValue`, wherever its input is cut, and what it reads can be placed.

use super::taken::Taken;
use labelscope_core::domain::Export;
use labelscope_core::export::{ReadError, Reader};
use labelscope_core::logic::place::place_all;
use serde_json::value::RawValue;
use std::collections::HashMap;

/// The first byte says how many cuts follow, two bytes each; the rest is the document.
pub fn check(bytes: &[u8]) {
    let mut taken = Taken::new(bytes);
    let cuts = taken.byte() % 8;
    let cuts: Vec<u32> = (0..cuts).map(|_| taken.below(1 << 16)).collect();
    let document = bytes.get(1 + 2 * cuts.len()..).unwrap_or_default();
    let whole = read(document, &[]);
    agrees_with_serde_json(document, whole.1.as_ref().err());
    let mut cuts: Vec<usize> = cuts.iter().map(|cut| *cut as usize % (document.len() + 1)).collect();
    cuts.sort_unstable();
    assert_eq!(format!("{whole:?}"), format!("{:?}", read(document, &cuts)), "cut at {cuts:?}");
    let every: Vec<usize> = (1..document.len().min(400)).collect();
    assert_eq!(format!("{whole:?}"), format!("{:?}", read(document, &every)), "byte by byte");
    let annotations: usize = whole.0.tiers.iter().map(|(_, tier)| tier.annotations.len()).sum();
    let placement = place_all(&whole.0);
    assert_eq!(placement.places.len() + placement.unplaced.len(), annotations);
}

fn read(document: &[u8], cuts: &[usize]) -> (Export, Result<(), ReadError>) {
    let (mut reader, mut export) = (Reader::new(), Export::default());
    let mut from = 0;
    for to in cuts.iter().copied().chain([document.len()]) {
        if let Err(error) = reader.feed(&document[from..to], &mut export) {
            return (export, Err(error));
        }
        from = to;
    }
    let result = reader.finish(&mut export);
    (export, result)
}

fn agrees_with_serde_json(document: &[u8], error: Option<&ReadError>) {
    let document = document.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(document);
    let is_json = serde_json::from_slice::<&RawValue>(document).is_ok();
    match error {
        None => assert!(is_json, "the reader takes what is no JSON"),
        Some(ReadError::NotAnExport { .. }) => {
            let object: Option<HashMap<String, &RawValue>> = serde_json::from_slice(document).ok();
            let is_export = |object: &HashMap<String, &RawValue>| {
                ["project", "conversations", "annotations"].iter().any(|key| object.contains_key(*key))
            };
            assert!(!object.as_ref().is_some_and(is_export), "the reader refuses an export");
        }
        Some(error) => assert!(!is_json, "the reader refuses JSON: {error}"),
    }
}
