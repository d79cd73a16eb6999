//! The reader from bytes to export: what it accepts, where it may be cut, what becomes of odd things, real files.

#![cfg(test)]

mod cuts;
mod faults;
mod files;
mod grammar;
mod hostile;
mod oddities;
mod parts;
mod shown;

use labelscope_core::domain::{Export, ListsPassage};
use labelscope_core::export::{ReadError, Reader};

/// Feeds `bytes` to a reader, cut at `cuts` (ascending). Which lists have their texts in one piece is left out of what is
/// read: that alone follows from the cuts.
fn read_cut(bytes: &[u8], cuts: &[usize]) -> (Export, Result<(), ReadError>) {
    let (mut export, result) = feed_cut(bytes, cuts);
    for tier in &mut export.tiers.0 {
        for ListsPassage { lists, passage } in std::mem::take(&mut tier.passages) {
            let lists = &tier.lists[lists.start as usize..lists.end as usize];
            let annotations = lists[0].annotations.start..lists[lists.len() - 1].annotations.end;
            let annotations = &tier.annotations[annotations.start as usize..annotations.end as usize];
            let texts = annotations.iter().flat_map(|one| [&one.text, &one.explanation]).flatten();
            assert_eq!(*passage.text, *texts.map(|text| &**text).collect::<String>());
        }
    }
    (export, result)
}

fn feed_cut(bytes: &[u8], cuts: &[usize]) -> (Export, Result<(), ReadError>) {
    let mut export = Export::default();
    let mut reader = Reader::new();
    let mut from = 0;
    for to in cuts.iter().copied().chain([bytes.len()]) {
        if let Err(error) = reader.feed(&bytes[from..to], &mut export) {
            return (export, Err(error));
        }
        from = to;
    }
    let result = reader.finish(&mut export);
    (export, result)
}

/// Reads a whole document at once.
pub(crate) fn read(bytes: impl AsRef<[u8]>) -> (Export, Result<(), ReadError>) {
    read_cut(bytes.as_ref(), &[])
}

/// The notices, one a line.
fn notices(export: &Export) -> String {
    export
        .notices
        .iter()
        .map(|notice| {
            let source = notice.source;
            format!("{} {} ({}..{})\n", notice.path, notice.kind, source.start, source.end)
        })
        .collect()
}
