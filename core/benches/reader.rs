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
use std::error::Error;
use std::hint::black_box;
use std::process::{Command, ExitCode};
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

/// A way to read the bytes of an export, timed.
type Candidate = (&'static str, fn(&[u8]) -> Duration);

const CANDIDATES: [Candidate; 7] = [
    ("serde_json::Value", |bytes| time(|| serde_json::from_slice::<serde_json::Value>(bytes))),
    ("serde derive, borrowed, parts raw", |bytes| time(|| serde_json::from_slice::<Wire>(bytes))),
    ("reader, whole file at once", |bytes| time(|| read(bytes, bytes.len()))),
    ("reader, chunks of 64 KiB", |bytes| time(|| read(bytes, 1 << 16))),
    ("validate only (RawValue)", |bytes| time(|| serde_json::from_slice::<&RawValue>(bytes))),
    ("UTF-8 only", |bytes| time(|| std::str::from_utf8(bytes))),
    ("copy only", |bytes| time(|| bytes.to_vec())),
];

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let result = match arguments.as_slice() {
        [] => {
            println!("skipped: reader: no EXPORT.json was named after --");
            Ok(())
        }
        [path] => compare(path),
        [path, candidate, ..] => run_one(path, candidate),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Runs each candidate seven times, each time in a process of its own, since what one leaves of the heap would slow
/// the next; prints the medians as ratios to the first.
fn compare(path: &str) -> Result<(), Box<dyn Error>> {
    let mut base = None;
    let program = std::env::current_exe()?;
    let mut times = vec![Vec::new(); CANDIDATES.len()];
    for _ in 0..7 {
        for (index, times) in times.iter_mut().enumerate() {
            let output = Command::new(&program).args([path, &index.to_string()]).output()?;
            times.push(String::from_utf8(output.stdout)?.trim().parse::<f64>()?);
        }
    }
    for ((name, _), mut times) in CANDIDATES.iter().zip(times) {
        times.sort_by(f64::total_cmp);
        let median = times.get(3).copied().unwrap_or_default();
        println!("{:>6.3}  {name}", median / *base.get_or_insert(median));
    }
    Ok(())
}

/// Runs one candidate and prints its seconds.
fn run_one(path: &str, candidate: &str) -> Result<(), Box<dyn Error>> {
    let bytes = std::fs::read(path)?;
    let (_, run) = CANDIDATES.get(candidate.parse::<usize>()?).ok_or("no such candidate")?;
    println!("{}", run(&bytes).as_secs_f64());
    Ok(())
}

/// Reads a whole export in chunks of `size` bytes.
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

/// How long `make` takes; dropping what it makes is left out, since an open export stays.
fn time<T>(make: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    let before = time_used(start);
    let made = black_box(make());
    let time = time_used(start).saturating_sub(before);
    std::mem::forget(made);
    time
}

/// The time that this thread has had on a processor, where the system tells that, so that what else runs on the
/// machine does not count; else the time since `start`.
fn time_used(start: Instant) -> Duration {
    let used = std::fs::read_to_string("/proc/thread-self/schedstat");
    let used = used.ok().and_then(|used| used.split(' ').next()?.parse().ok());
    used.map_or_else(|| start.elapsed(), Duration::from_nanos)
}
