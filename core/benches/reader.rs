//! How the reader compares with what serde_json does with the same bytes in the same run. Prints ratios.
//!
//! `cargo bench -p labelscope-core --bench reader -- EXPORT.json`

#![allow(clippy::print_stdout, clippy::print_stderr, missing_docs)]

use labelscope_core::domain::Export;
use labelscope_core::export::Reader;
use serde::Deserialize;
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::hint::black_box;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// The export as serde derives it, borrowing what it can, parts left as text.
#[derive(Deserialize)]
#[allow(dead_code, reason = "decoded to be timed")]
struct Wire<'a> {
    #[serde(borrow)]
    project: &'a RawValue,
    #[serde(borrow)]
    conversations: Vec<WireConversation<'a>>,
    #[serde(borrow)]
    annotations: BTreeMap<Cow<'a, str>, BTreeMap<Cow<'a, str>, Vec<WireAnnotation<'a>>>>,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "decoded to be timed")]
struct WireConversation<'a> {
    #[serde(borrow)]
    id: Cow<'a, str>,
    #[serde(borrow)]
    messages: Vec<WireMessage<'a>>,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "decoded to be timed")]
struct WireMessage<'a> {
    #[serde(borrow)]
    id: Cow<'a, str>,
    #[serde(borrow)]
    role: Cow<'a, str>,
    #[serde(borrow)]
    parts: Vec<&'a RawValue>,
    #[serde(borrow, rename = "gen_ai.request.model")]
    model: Option<Cow<'a, str>>,
    #[serde(borrow, rename = "gen_ai.provider.name")]
    provider: Option<Cow<'a, str>>,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "decoded to be timed")]
struct WireAnnotation<'a> {
    #[serde(borrow)]
    id: Cow<'a, str>,
    #[serde(borrow)]
    label: Cow<'a, str>,
    #[serde(borrow)]
    status: Option<Cow<'a, str>>,
    #[serde(borrow)]
    text: Option<Cow<'a, str>>,
    #[serde(borrow)]
    explanation: Option<Cow<'a, str>>,
    start_offset: Option<i64>,
    end_offset: Option<i64>,
    message_part_index: Option<i64>,
}

fn main() -> ExitCode {
    let Some(path) = std::env::args().skip(1).find(|argument| !argument.starts_with("--")) else {
        println!("skipped: reader: no EXPORT.json was named after --");
        return ExitCode::SUCCESS;
    };
    let bytes = match std::fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) => {
            eprintln!("{path}: {error}");
            return ExitCode::FAILURE;
        }
    };
    type Candidate<'b> = (&'b str, Box<dyn Fn() + 'b>);
    let candidates: Vec<Candidate> = vec![
        (
            "serde_json::Value",
            Box::new(|| drop(black_box(serde_json::from_slice::<serde_json::Value>(&bytes)))),
        ),
        (
            "serde derive, borrowed, parts raw",
            Box::new(|| drop(black_box(serde_json::from_slice::<Wire>(&bytes)))),
        ),
        ("reader, whole file at once", Box::new(|| drop(black_box(read(&bytes, bytes.len()))))),
        ("reader, chunks of 64 KiB", Box::new(|| drop(black_box(read(&bytes, 1 << 16))))),
        (
            "validate only (RawValue)",
            Box::new(|| drop(black_box(serde_json::from_slice::<&RawValue>(&bytes)))),
        ),
        ("UTF-8 only", Box::new(|| _ = black_box(std::str::from_utf8(&bytes)))),
        ("copy only", Box::new(|| drop(black_box(bytes.clone())))),
    ];
    let times: Vec<_> = candidates.iter().map(|(_, run)| median(run)).collect();
    let base = times.first().map_or(1.0, Duration::as_secs_f64);
    for ((name, _), time) in candidates.iter().zip(&times) {
        println!("{:>6.3}  {name}", time.as_secs_f64() / base);
    }
    ExitCode::SUCCESS
}

/// Reads a whole export in chunks of `size` bytes; dropping it is timed too, as it is for the others.
fn read(bytes: &[u8], size: usize) -> Export {
    let mut export = Export::default();
    let mut reader = Reader::new();
    for chunk in bytes.chunks(size.max(1)) {
        if let Err(error) = reader.feed(chunk, &mut export) {
            eprintln!("{error}");
        }
    }
    if let Err(error) = reader.finish(&mut export) {
        eprintln!("{error}");
    }
    export
}

/// The median of seven runs.
fn median(run: &dyn Fn()) -> Duration {
    let start = Instant::now();
    let mut times: Vec<_> = (0..7)
        .map(|_| {
            let before = time_used(start);
            run();
            time_used(start).saturating_sub(before)
        })
        .collect();
    times.sort_unstable();
    times.get(3).copied().unwrap_or_default()
}

/// The time that this thread has had on a processor, where the system tells that, so that what else runs on the
/// machine does not count; else the time since `start`.
fn time_used(start: Instant) -> Duration {
    let used = std::fs::read_to_string("/proc/thread-self/schedstat");
    let used = used.ok().and_then(|used| used.split(' ').next()?.parse().ok());
    used.map_or_else(|| start.elapsed(), Duration::from_nanos)
}
