//! `dist`: the folder to deploy, and how large it is.

use crate::bundle;
use crate::compress::brotli;
use crate::tools::BundleTools;
use anyhow::{Context, Result, bail};
use std::fmt::Write as _;
use std::fs;

/// Builds the bundle and prints its sizes.
pub(crate) fn run() -> Result<()> {
    bundle::build(&BundleTools::get()?)?;
    bundle::compress()?;
    println!("\n{}", sizes()?);
    println!(
        "{} is ready to deploy, with its headers in _headers; deploy/ holds examples of hosts.",
        bundle::folder().display()
    );
    Ok(())
}

/// Bytes that a browser downloads before the app is there, with brotli.
pub(crate) fn download_size() -> Result<usize> {
    let folder = bundle::folder();
    let mut total = 0;
    for file in bundle::files(&folder)?.iter().filter(|file| is_downloaded(file)) {
        let bytes = fs::read(folder.join(file)).with_context(|| format!("could not read {file}"))?;
        total += brotli(&bytes)?.len();
    }
    Ok(total)
}

/// What [`download_size`] may be: somewhat above what it was when this was last set. The goal is 300 kB; see
/// BENCHMARKS.md.
const BUDGET: usize = 695_000;

/// Fails where the bundle has outgrown its budget.
pub(crate) fn keep_to_budget() -> Result<()> {
    let size = download_size()?;
    println!("wasm + js + css: {} of {} kB (brotli)", size / 1000, BUDGET / 1000);
    if size > BUDGET {
        bail!(
            "the bundle is larger than its budget; make it smaller, or say in the commit why BUDGET is raised"
        );
    }
    Ok(())
}

/// Whether the app is not there before this file is.
fn is_downloaded(file: &str) -> bool {
    [".wasm", ".js", ".css"].iter().any(|kind| file.ends_with(kind))
}

/// What a browser downloads, and what of it before the app is there.
fn sizes() -> Result<String> {
    let folder = bundle::folder();
    let mut table = format!("{:<44} {:>10} {:>10} {:>10}\n", "kB", "raw", "gzip", "brotli");
    let mut total = [0; 3];
    for file in bundle::files(&folder)? {
        let size = |file: &str| fs::metadata(folder.join(file)).map(|data| data.len() as usize);
        let raw = size(&file).with_context(|| format!("could not read {file}"))?;
        // What has no copy is sent as it is.
        let row =
            [raw, size(&format!("{file}.gz")).unwrap_or(raw), size(&format!("{file}.br")).unwrap_or(raw)];
        writeln!(table, "{}", line(&file, row))?;
        if is_downloaded(&file) {
            total = [total[0] + row[0], total[1] + row[1], total[2] + row[2]];
        }
    }
    writeln!(table, "{}", line("wasm + js + css", total))?;
    Ok(table)
}

fn line(name: &str, [raw, gzip, brotli]: [usize; 3]) -> String {
    let kilobytes = |bytes: usize| format!("{}.{}", bytes / 1000, bytes % 1000 / 100);
    format!("{name:<44} {:>10} {:>10} {:>10}", kilobytes(raw), kilobytes(gzip), kilobytes(brotli))
}
