//! How a search of a whole export compares with the least that finding anything takes: looking for the same bytes in every
//! text, laid ready, in the same run. Prints ratios.
//!
//! `cargo bench -p labelscope-core --bench search -- EXPORT.json [QUERY…]`

#![allow(clippy::print_stdout, clippy::print_stderr, missing_docs)]

use labelscope_core::domain::Export;
use labelscope_core::export::Reader;
use labelscope_core::logic::place::{Placement, place_all};
use labelscope_core::logic::search::{Options, Query, Searched, Searching};
use labelscope_core::logic::serialise::part_text;
use std::error::Error;
use std::hint::black_box;
use std::time::{Duration, Instant};

/// Queries to compare where none are named: rare, common, everywhere, found by no rare letter, of no script with case.
const QUERIES: [&str; 6] = ["zugzwang", "the patient", "e", "ss", "\": ", "字"];

/// How often each is measured.
const RUNS: usize = 7;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let Some((path, queries)) = arguments.split_first() else {
        println!("skipped: search: no EXPORT.json was named after --");
        return Ok(());
    };
    let bytes = std::fs::read(path)?;
    let (mut reader, mut export) = (Reader::new(), Export::default());
    // In pieces as the page feeds them, which is what texts share pages by.
    for piece in bytes.chunks(256 * 1024) {
        reader.feed(piece, &mut export)?;
    }
    reader.finish(&mut export)?;
    let placement = place_all(&export);
    let texts = texts(&export);
    println!("{} texts, {} bytes of them", texts.len(), texts.iter().map(|text| text.len()).sum::<usize>());
    println!(
        "{:>14} {:>9} {:>9} {:>9} {:>9} {:>9}  over str::contains",
        "", "hits", "folded", "exact", "word", "memmem"
    );
    let named: Vec<&str> = queries.iter().map(String::as_str).collect();
    for query in if named.is_empty() { &QUERIES[..] } else { &named } {
        compare(&export, &placement, &texts, query);
    }
    Ok(())
}

fn compare(export: &Export, placement: &Placement, texts: &[String], query: &str) {
    let floor = median(|| texts.iter().filter(|text| text.contains(query)).count());
    let finder = memchr::memmem::Finder::new(query);
    let memmem = median(|| texts.iter().filter(|text| finder.find(text.as_bytes()).is_some()).count());
    let search = |match_case, whole_word| {
        let mut hits = 0;
        let time = median(|| {
            hits = 0;
            let Some(query) = Query::new(query, Options { match_case, whole_word }) else { return };
            Searching::new(query).step(Searched::whole(export, placement), usize::MAX, |_| hits += 1);
        });
        (hits, time.as_secs_f64() / floor.as_secs_f64())
    };
    let ((hits, folded), (_, exact), (_, word)) =
        (search(false, false), search(true, false), search(false, true));
    let memmem = memmem.as_secs_f64() / floor.as_secs_f64();
    println!("{query:>14} {hits:>9} {folded:>9.2} {exact:>9.2} {word:>9.2} {memmem:>9.2}  {floor:.1?}");
}

/// Every text that is searched and not short, tool JSON as it is shown.
fn texts(export: &Export) -> Vec<String> {
    let messages = export.conversations.iter().flat_map(|conversation| &conversation.messages);
    let parts = messages.flat_map(|message| &message.parts).filter_map(part_text).map(String::from);
    let annotations = export.tiers.iter().flat_map(|(_, tier)| &tier.annotations);
    let said = annotations.flat_map(|one| [one.text.as_deref(), one.explanation.as_deref()]);
    parts.chain(said.flatten().map(str::to_owned)).collect()
}

fn median<T>(mut run: impl FnMut() -> T) -> Duration {
    let mut times: Vec<Duration> = (0..RUNS)
        .map(|_| {
            let start = Instant::now();
            black_box(run());
            start.elapsed()
        })
        .collect();
    times.sort();
    times.get(RUNS / 2).copied().unwrap_or_default()
}
