//! The real files beside the checkout, where they are there.

use super::{notices, read, read_cut};
use flate2::read::GzDecoder;
use labelscope_core::domain::Tier;
use std::io::Read;
use std::path::Path;

/// Conversations, messages, and annotations of each tier, as the README of the files says.
const COUNTS: [(&str, [usize; 5]); 5] = [
    ("small", [7, 55, 12, 27, 5]),
    ("small_strict", [7, 55, 12, 27, 5]),
    ("mid", [116, 304, 690, 1_858, 340]),
    ("agents", [100, 2_962, 96, 0, 0]),
    ("large", [7_747, 38_123, 14_799, 44_595, 9_887]),
];

/// A file of `../shared/data`, unpacked; says so where there is none.
fn unpacked(test: &str, name: &str) -> Option<Vec<u8>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../shared/data/{name}.json.gz"));
    let file = match std::fs::File::open(&path) {
        Ok(file) => file,
        Err(error) => {
            eprintln!("skipped: {test}: {}: {error}", path.display());
            return None;
        }
    };
    let mut bytes = Vec::new();
    GzDecoder::new(file).read_to_end(&mut bytes).unwrap();
    Some(bytes)
}

#[test]
fn real_files_hold_what_their_readme_says() {
    for (name, counts) in COUNTS {
        let Some(bytes) = unpacked("real_files_hold_what_their_readme_says", name) else { return };
        let (export, result) = read(&bytes);
        assert_eq!(result, Ok(()), "{name}");
        let tier = |tier| export.tiers[tier].annotations.len();
        let read = [
            export.conversations.len(),
            export.conversations.iter().map(|conversation| conversation.messages.len()).sum(),
            tier(Tier::Automated),
            tier(Tier::Primary),
            tier(Tier::Review),
        ];
        assert_eq!(read, counts, "{name}");
        assert_eq!(notices(&export), "", "{name}");
    }
}

#[test]
fn real_files_read_alike_in_chunks() {
    for name in ["small", "mid", "agents"] {
        let Some(bytes) = unpacked("real_files_read_alike_in_chunks", name) else { return };
        let whole = format!("{:?}", read(&bytes));
        for step in [997, 65_536] {
            let cuts: Vec<_> = (step..bytes.len()).step_by(step).collect();
            assert!(whole == format!("{:?}", read_cut(&bytes, &cuts)), "{name} in chunks of {step}");
        }
    }
}
