//! What follows the reader, each stage beside what serde_json takes for the same bytes in the same run, and a text cut
//! into segments beside walking its characters. Prints ratios; medians of seven.
//!
//! `cargo bench -p labelscope-core --bench stages [-- MEGABYTES]`

#![allow(clippy::print_stdout, clippy::print_stderr, missing_docs)]

use labelscope_core::domain::{Export, MessageRef, PartRef, PartText, Place};
use labelscope_core::export::Reader;
use labelscope_core::logic::align::{LookedRule, align_all};
use labelscope_core::logic::overlay::overlay;
use labelscope_core::logic::place::place_all;
use labelscope_core::logic::score::{Comparison, Scores, TierPair, compare_all};
use labelscope_core::logic::segments::{DrawnMark, segments};
use labelscope_core::logic::totals::totals;
use labelscope_generator::{Plan, write};
use std::hint::black_box;
use std::process::ExitCode;
use std::time::{Duration, Instant};

const RUNS: usize = 7;

fn main() -> ExitCode {
    let megabytes = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(20_u64);
    let bytes = made(Plan::Mixed { bytes: megabytes * 1_000_000 });
    println!("{megabytes} MB of mixed conversations, over serde_json::Value");
    let floor = time(|| serde_json::from_slice::<serde_json::Value>(&bytes));
    let ratio =
        |what: &str, time: Duration| println!("{:>7.3}  {what}", time.as_secs_f64() / floor.as_secs_f64());
    ratio("reading", time(|| read(&bytes)));
    let export = read(&bytes);
    ratio("anchoring", time(|| place_all(&export)));
    let placement = place_all(&export);
    ratio("aligning", time(|| align_all(&export, &placement, LookedRule::default())));
    let alignment = align_all(&export, &placement, LookedRule::default());
    ratio("totals", time(|| totals(&export)));
    let [pair, ..] = TierPair::ALL;
    let comparison = Comparison { pair, rejected_counted: false, only_where_both_looked: false };
    ratio(
        "scoring",
        time(|| {
            let compared = compare_all(&export, &alignment, comparison);
            Scores::of(&export, &alignment, &compared)
        }),
    );
    one_part()
}

/// A part of 1 MB with 5,000 marks.
fn one_part() -> ExitCode {
    let export = read(&made(Plan::LONG_PART));
    let at = PartRef { message: MessageRef { conversation: 1, message: 1 }, part: 0 };
    let message = export.conversations.get(1).and_then(|conversation| conversation.messages.get(1));
    let Some(PartText::Verbatim(text)) = message.and_then(|message| message.parts.first()?.text.as_ref())
    else {
        eprintln!("the generated export has no long part");
        return ExitCode::FAILURE;
    };
    let placement = place_all(&export);
    let drawn = |place: &Place| DrawnMark {
        tier: place.annotation.tier,
        bytes: place.bytes,
        label: 0,
        count: 1,
        rejected: false,
    };
    let marks: Vec<DrawnMark> = placement.of_part(at).iter().map(drawn).collect();
    println!("{} bytes of text with {} marks, over walking its characters", text.len(), marks.len());
    let floor = time(|| text.chars().filter(|c| c.is_whitespace()).count());
    for (what, time) in [
        ("segments", time(|| segments(text, &marks))),
        ("overlay (segments, lanes, what is painted)", time(|| overlay(text, &marks))),
    ] {
        println!("{:>7.3}  {what}", time.as_secs_f64() / floor.as_secs_f64());
    }
    ExitCode::SUCCESS
}

fn made(plan: Plan) -> Vec<u8> {
    let mut bytes = Vec::new();
    if let Err(error) = write(plan, 1, &mut bytes) {
        eprintln!("{error}");
    }
    bytes
}

fn read(bytes: &[u8]) -> Export {
    let (mut reader, mut export) = (Reader::new(), Export::default());
    let read = reader.feed(bytes, &mut export).and_then(|()| reader.finish(&mut export));
    if let Err(error) = read {
        eprintln!("{error}");
    }
    export
}

/// The median of the times that `make` takes; dropping what it makes is left out.
fn time<T>(mut make: impl FnMut() -> T) -> Duration {
    let mut times: Vec<Duration> = (0..RUNS)
        .map(|_| {
            let start = Instant::now();
            let made = black_box(make());
            let time = start.elapsed();
            drop(made);
            time
        })
        .collect();
    times.sort_unstable();
    times.get(RUNS / 2).copied().unwrap_or_default()
}
