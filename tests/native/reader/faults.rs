//! What can befall the bytes on their way: cut, changed, cut into single bytes, encoded once too often. What was read
//! before stays, and the rest is named. The table of `docs/faults.md` names these tests.

use super::{read, read_cut};
use labelscope_core::domain::Export;
use labelscope_core::export::{Found, ReadError};
use std::path::Path;

fn sample() -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../samples/leaflet-assistant.json");
    std::fs::read(path).unwrap()
}

/// The byte at each 1 % of `length`, both ends left out.
fn percents(length: usize) -> impl Iterator<Item = usize> {
    (1..100).map(move |percent| length * percent / 100)
}

/// Fails unless what was read is the beginning of the whole, nothing changed; gives how many conversations it holds.
fn is_beginning_of(read: &Export, whole: &Export) -> usize {
    let count = read.conversations.len();
    assert_eq!(format!("{:?}", read.conversations), format!("{:?}", &whole.conversations[..count]));
    for (tier, map) in read.tiers.iter() {
        let whole = &whole.tiers[tier];
        let beginning = &whole.annotations[..map.annotations.len()];
        assert_eq!(format!("{:?}", map.annotations), format!("{beginning:?}"));
    }
    count
}

#[test]
fn a_body_cut_at_every_percent_keeps_what_was_read() {
    let bytes = sample();
    let (whole, result) = read(&bytes);
    assert_eq!(result, Ok(()));
    let mut counts = Vec::new();
    for cut in percents(bytes.len()) {
        let (export, result) = read(&bytes[..cut]);
        assert_eq!(result, Err(ReadError::CutOff { at: cut as u64 }));
        counts.push(is_beginning_of(&export, &whole));
    }
    assert!(counts.is_sorted(), "a longer beginning holds no less: {counts:?}");
    assert_eq!(counts.last(), Some(&whole.conversations.len()));
    assert!(counts.iter().filter(|count| **count > 0).count() > 80, "{counts:?}");
}

#[test]
fn a_byte_changed_at_every_percent_is_named() {
    let bytes = sample();
    let (whole, _) = read(&bytes);
    for at in percents(bytes.len()) {
        let mut changed = bytes.clone();
        changed[at] = 0xff;
        let (export, result) = read(&changed);
        let named = match result {
            Err(ReadError::InvalidUtf8 { at } | ReadError::Syntax { at, .. }) => at,
            other => panic!("{other:?} for a byte that no text holds, at {at}"),
        };
        // Of a letter of several bytes the first is named.
        assert!((at as u64).abs_diff(named) < 4, "{named} is named, {at} was changed");
        is_beginning_of(&export, &whole);
    }
}

#[test]
fn single_bytes_are_read_as_the_whole() {
    let bytes = sample();
    let every: Vec<usize> = (1..bytes.len()).collect();
    let (whole, in_bytes) = (read(&bytes), read_cut(&bytes, &every));
    assert_eq!(in_bytes.1, Ok(()));
    assert_eq!(format!("{whole:?}"), format!("{in_bytes:?}"));
}

#[test]
fn what_was_encoded_once_too_often_is_named() {
    // As gzip and brotli begin, and zstd.
    for head in [&b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03"[..], b"\x8b\xff\x07\x80", b"\x28\xb5\x2f\xfd"] {
        let (export, result) = read([head, &[0x80; 200]].concat());
        assert_eq!(result, Err(ReadError::NotAnExport { found: Found::Binary }), "{head:?}");
        assert!(export.conversations.is_empty());
    }
    // UTF-16, both ways round, with and without a mark.
    let text = "{\"project\":{}}";
    let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    for bytes in
        [little.clone(), big.clone(), [&b"\xff\xfe"[..], &little].concat(), [&b"\xfe\xff"[..], &big].concat()]
    {
        let (_, result) = read(&bytes);
        assert!(result.is_err(), "{bytes:?}");
    }
}
