//! The corpora of the fuzz targets, through the same checks, without a fuzzer.
#![allow(clippy::expect_used, clippy::print_stderr, reason = "the file that fails is the last one printed")]

#[path = "../../fuzz/checks/mod.rs"]
mod checks;

use std::path::Path;

/// Runs a check on each file that is kept for a target.
fn each(target: &str, check: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus").join(target);
    let entries = std::fs::read_dir(&folder).expect("a corpus");
    let mut names: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    names.sort();
    assert!(names.len() >= 3, "{target} has a corpus");
    for name in names {
        eprintln!("{}", name.display());
        check(&std::fs::read(name).expect("a file of the corpus"));
    }
}

#[test]
fn kept_corpora_hold() {
    each("reader", checks::reader::check);
    each("parts", checks::parts::check);
    each("anchors", checks::anchors::check);
    each("segments", checks::segments::check);
    each("alignment", checks::alignment::check);
    each("csv", checks::csv::check);
}
