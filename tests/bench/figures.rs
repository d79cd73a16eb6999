//! The figures, each with its floor.

use super::browser::Engine;
use super::input::{Input, named, sizes};
use super::page::Page;
use super::row::{Row, median};
use futures_util::FutureExt;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, resume_unwind};

/// The figures by their names on the command line.
const FIGURES: [&str; 5] = ["opening", "blocks", "scroll", "search", "long-part"];

/// Measures all figures, or one. Each has a browser of its own: what one leaves behind does not weigh on the next, and
/// where one cannot be measured, the others are. Whether all could be.
pub async fn measure(engine: Engine, runs: usize, only: Option<&str>) -> bool {
    let mut is_whole = true;
    for figure in only.map_or(FIGURES.to_vec(), |only| vec![only]) {
        let measured = AssertUnwindSafe(in_own_browser(engine, runs, figure)).catch_unwind().await;
        if measured.is_err() {
            eprintln!("{figure} could not be measured");
            is_whole = false;
        }
    }
    is_whole
}

/// Measures one figure. The browser ends with it, however that ends.
async fn in_own_browser(engine: Engine, runs: usize, figure: &str) {
    let page = Page::start(engine).await;
    let measured = AssertUnwindSafe(one_figure(&page, runs, figure)).catch_unwind().await;
    page.close().await;
    if let Err(panic) = measured {
        resume_unwind(panic);
    }
}

async fn one_figure(page: &Page, runs: usize, figure: &str) {
    match figure {
        "opening" => opening(page, runs).await,
        "blocks" => blocks(page, runs).await,
        "scroll" => scroll(page, runs).await,
        "search" => search(page, runs).await,
        "long-part" => long_part(page, runs).await,
        other => panic!("there is no figure {other:?}"),
    }
}

fn number(value: &Value, key: &str) -> f64 {
    value[key].as_f64().unwrap_or(f64::NAN)
}

/// What several runs gave for a key.
fn all<'a>(runs: &'a [Value], key: &'a str) -> impl Iterator<Item = f64> + 'a {
    runs.iter().map(move |run| number(run, key))
}

/// First message, whole opening, growth and memory, for each size.
async fn opening(page: &Page, runs: usize) {
    let mut first = Vec::new();
    let mut per_megabyte = Vec::new();
    for input in sizes() {
        let mut results = Vec::new();
        for run in 0..runs {
            eprintln!("· opening {}: {} of {runs}", input.name, run + 1);
            results.push(open_once(page, &input).await);
        }
        let with = input.name.as_str();
        let first_ms = median(all(&results, "firstMessage"));
        let row = |figure, key: &str| {
            let ratios = results.iter().map(|run| number(run, key) / number(run, "floor"));
            let (floor, ratio) = (median(all(&results, "floor")), median(ratios));
            let value = median(all(&results, key));
            Row { figure, with, unit: "ms", floor: Some(floor), value, ratio: Some(ratio) }
        };
        Row { figure: "first message", with, unit: "ms", floor: None, value: first_ms, ratio: None }.print();
        row("whole open, own slices", "slices").print();
        if results.iter().all(|run| run["script"].is_number()) {
            row("whole open, all script", "script").print();
        }
        row("whole open, by the clock", "clock").print();
        let memory = results.iter().map(|run| number(run, "wasmBytes") + number(run, "heldBytes"));
        let (size, memory) = (input.bytes.len() as f64 / 1e6, median(memory) / 1e6);
        let ratio = Some(memory / size);
        Row { figure: "memory", with, unit: "MB", floor: Some(size), value: memory, ratio }.print();
        first.push((input.name.clone(), first_ms));
        per_megabyte.push((input.megabytes(), median(all(&results, "slices")) / input.megabytes()));
    }
    if let [(small, floor), .., (large, value)] = first.as_slice() {
        let with = format!("{large} over {small}");
        let ratio = Some(value / floor);
        Row {
            figure: "first message, growth",
            with: &with,
            unit: "ms",
            floor: Some(*floor),
            value: *value,
            ratio,
        }
        .print();
    }
    let tenth = per_megabyte.iter().find(|(size, _)| *size > 9.0);
    if let (Some((small, floor)), Some((large, value))) = (tenth, per_megabyte.last())
        && small < large
    {
        let with = format!("{large:.0} MB over {small:.0} MB");
        let ratio = Some(value / floor);
        Row { figure: "growth", with: &with, unit: "ms per MB", floor: Some(*floor), value: *value, ratio }
            .print();
    }
}

/// Opens an export in a fresh page, then lets the engine parse the same bytes there.
async fn open_once(page: &Page, input: &Input) -> Value {
    page.fresh(input).await;
    let before = page.script_ms().await;
    let mut run = page.open(input, false).await;
    let after = page.script_ms().await;
    run["script"] = json!(before.zip(after).map(|(before, after)| after - before));
    let floor = page.call("floor", json!({ "path": Page::export_path() })).await;
    run["floor"] = floor["ms"].clone();
    run
}

/// The longest time that the main thread was blocked, in an opening and in what a person does after it; and the most
/// elements that the page had meanwhile.
async fn blocks(page: &Page, runs: usize) {
    let Some(input) = sizes().pop() else { return };
    let mut names = vec!["opening".to_owned()];
    let mut longest: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    let mut idle = Vec::new();
    let mut nodes = 0.0_f64;
    for run in 0..runs {
        eprintln!("· blocks, {}: {} of {runs}", input.name, run + 1);
        page.fresh(&input).await;
        let opened = page.open(&input, true).await;
        longest.entry("opening".to_owned()).or_default().push(number(&opened, "longest"));
        nodes = nodes.max(number(&opened, "nodes")).max(number(&opened, "nodesNow"));
        idle.push(number(&page.call("idle", json!(null)).await, "longest"));
        let steps = page.call("stepNames", json!(null)).await;
        for name in steps.as_array().into_iter().flatten().filter_map(Value::as_str) {
            if !names.iter().any(|known| known == name) {
                names.push(name.to_owned());
            }
            let seen = page.call("step", json!({ "name": name })).await;
            longest.entry(name.to_owned()).or_default().push(number(&seen, "longest"));
            nodes = nodes.max(number(&seen, "nodes"));
        }
    }
    let idle = median(idle);
    for name in &names {
        let value = median(longest.remove(name).unwrap_or_default());
        let floor = Some(idle);
        Row { figure: "longest block", with: name, unit: "ms", floor, value, ratio: None }.print();
    }
    let with = format!("{}, all of these", input.name);
    Row { figure: "nodes", with: &with, unit: "elements", floor: None, value: nodes, ratio: None }.print();
}

/// Late frames over a thousand messages and, without a floor, among a hundred thousand; and elements.
async fn scroll(page: &Page, runs: usize) {
    for (name, with_floor) in [("1000 messages", true), ("100000 messages", false)] {
        let Some(input) = named(name) else { continue };
        let mut results = Vec::new();
        for run in 0..runs {
            eprintln!("· scrolling {name}: {} of {runs}", run + 1);
            page.fresh(&input).await;
            page.open(&input, false).await;
            let path = Page::export_path();
            let given = json!({ "path": path, "frames": 600, "pixels": 240, "withFloor": with_floor });
            results.push(page.call("scrolling", given).await);
        }
        let value = median(all(&results, "app"));
        let floor = with_floor.then(|| median(all(&results, "still")));
        // Where the static page drops no frame at all, one stands for it.
        let ratios = results.iter().map(|run| number(run, "app") / number(run, "still").max(1.0));
        let ratio = with_floor.then(|| median(ratios));
        let unit = "of 600 frames";
        Row { figure: "scroll, late frames", with: name, unit, floor, value, ratio }.print();
        let nodes = all(&results, "nodes").fold(0.0, f64::max);
        Row { figure: "nodes", with: name, unit: "elements", floor: None, value: nodes, ratio: None }.print();
    }
}

/// All hits of a rare word, over the engine's own search of the parsed strings.
async fn search(page: &Page, runs: usize) {
    let Some(input) = sizes().pop() else { return };
    let mut results = Vec::new();
    for run in 0..runs {
        eprintln!("· search, {}: {} of {runs}", input.name, run + 1);
        page.fresh(&input).await;
        page.open(&input, false).await;
        results.push(page.call("searching", json!({ "path": Page::export_path() })).await);
    }
    let with = input.name.as_str();
    let ratio = median(results.iter().map(|run| number(run, "app") / number(run, "floor")));
    let (value, floor) = (median(all(&results, "app")), median(all(&results, "floor")));
    Row { figure: "search", with, unit: "ms", floor: Some(floor), value, ratio: Some(ratio) }.print();
}

/// A part of 1 MB with 5,000 marks, from the click until it is drawn.
async fn long_part(page: &Page, runs: usize) {
    let Some(input) = named("long part") else { return };
    let mut results = Vec::new();
    for run in 0..runs {
        eprintln!("· long part: {} of {runs}", run + 1);
        page.fresh(&input).await;
        page.open(&input, false).await;
        results.push(page.call("longPart", json!({ "path": Page::export_path() })).await);
    }
    let with = input.name.as_str();
    let ratio = median(results.iter().map(|run| number(run, "app") / number(run, "naive")));
    let (value, floor) = (median(all(&results, "app")), median(all(&results, "naive")));
    Row { figure: "long part", with, unit: "ms", floor: Some(floor), value, ratio: Some(ratio) }.print();
    let longest = median(all(&results, "longest"));
    Row {
        figure: "longest block",
        with: "showing the long part",
        unit: "ms",
        floor: None,
        value: longest,
        ratio: None,
    }
    .print();
    let nodes = all(&results, "nodes").fold(0.0, f64::max);
    Row { figure: "nodes", with, unit: "elements", floor: None, value: nodes, ratio: None }.print();
}
