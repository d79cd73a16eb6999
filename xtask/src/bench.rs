//! `bench`: the table of BENCHMARKS.md, measured in one run. Does not belong here: measuring (`tests/bench`), how the
//! table is laid out (`table`).

mod table;

use crate::process::{cargo, line_of, root, timed};
use crate::tools::{self, BundleTools};
use crate::{bundle, dist, generate, system};
use anyhow::{Context, Result, bail};
use labelscope_generator::Plan;
use serde_json::{Value, json};
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use table::Table;

/// What `bench` was asked for.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Options {
    /// One small size and two runs.
    pub(crate) quick: bool,
    /// One figure.
    pub(crate) only: Option<String>,
    /// One engine.
    pub(crate) engine: Option<String>,
    /// Exports to open beside the generated ones.
    pub(crate) files: Vec<PathBuf>,
}

/// The figures by their names on the command line.
const FIGURES: [&str; 7] = ["opening", "blocks", "scroll", "search", "long-part", "bundle", "native"];
/// The benchmarks of the core, and whether they take an export to run with.
const NATIVE: [(&str, bool); 3] = [("reader", true), ("stages", false), ("search", true)];
/// The size of that export, in megabytes.
const NATIVE_SIZE: u32 = 40;
const ENGINES: [&str; 2] = ["chromium", "firefox"];

/// Sizes of the generated exports, in megabytes.
const SIZES: [u32; 4] = [1, 10, 40, 112];
const QUICK_SIZES: [u32; 1] = [10];
/// Of how many runs the medians are.
const RUNS: usize = 5;
const QUICK_RUNS: usize = 2;
const SEED: u64 = 1;

/// Measures, prints the table and leaves it in `target/bench`.
pub(crate) fn run(options: &Options) -> Result<()> {
    let only = options.only.as_deref();
    if only != Some("native") {
        bundle::build(&BundleTools::get()?)?;
    }
    let mut table = Table::new(&command_line(options));
    if is_wanted(options, "bundle") {
        table.add("", &bundle_row()?);
    }
    if is_wanted(options, "native") && !options.quick {
        native(&mut table)?;
    }
    if only != Some("bundle") && only != Some("native") {
        let inputs = Inputs::make(options)?;
        for engine in ENGINES.into_iter().filter(|name| options.engine.as_deref().is_none_or(|e| e == *name))
        {
            let measured =
                driver(engine).and_then(|driver| measure(options, engine, &driver, &inputs, &mut table));
            if let Err(error) = measured {
                table.skip(engine, &format!("{error:#}"));
            }
        }
    }
    let folder = root().join("target").join("bench");
    fs::create_dir_all(&folder).with_context(|| format!("could not create {}", folder.display()))?;
    let markdown = table.to_string();
    println!("\n{markdown}");
    for (name, text) in [("bench.md", markdown), ("bench.json", format!("{:#}\n", table.to_json()))] {
        let path = folder.join(name);
        fs::write(&path, text).with_context(|| format!("could not write {}", path.display()))?;
    }
    println!("The same is in {} as Markdown and as JSON.", folder.display());
    if table.is_cut_short() {
        bail!("not everything could be measured; the table says what not");
    }
    Ok(())
}

fn is_wanted(options: &Options, figure: &str) -> bool {
    options.only.as_deref().is_none_or(|only| only == figure)
}

/// The command as one would type it.
fn command_line(options: &Options) -> String {
    let mut line = String::from("cargo xtask bench");
    if options.quick {
        line.push_str(" --quick");
    }
    for (name, value) in [("only", &options.only), ("engine", &options.engine)] {
        if let Some(value) = value {
            line.push_str(&format!(" --{name} {value}"));
        }
    }
    for file in &options.files {
        line.push_str(&format!(" --file {}", file.file_name().unwrap_or_default().to_string_lossy()));
    }
    line
}

/// Runs the benchmarks of the core.
fn native(table: &mut Table) -> Result<()> {
    let input = std::env::temp_dir().join(format!("labelscope-bench-{}.json", std::process::id()));
    timed("measuring the core", || {
        generate::make(Plan::Mixed { bytes: u64::from(NATIVE_SIZE) * 1_000_000 }, SEED, &input)?;
        for (name, takes_export) in NATIVE {
            let mut bench = cargo();
            bench.args(["bench", "--quiet", "--package", "labelscope-core", "--locked", "--bench", name]);
            let mut shown = line_of(&bench);
            if takes_export {
                bench.arg("--").arg(&input);
                shown.push_str(&format!(" -- {NATIVE_SIZE}MB.json"));
            }
            let output = bench.stdin(Stdio::null()).stderr(Stdio::inherit()).output();
            let output = output.with_context(|| format!("could not start `{shown}`"))?;
            if output.status.success() {
                table.add_native(&shown, &String::from_utf8_lossy(&output.stdout));
            } else {
                table.skip(&shown, &format!("failed ({})", output.status));
            }
        }
        Ok(())
    })?;
    fs::remove_file(&input).with_context(|| format!("could not remove {}", input.display()))
}

fn bundle_row() -> Result<Value> {
    let kilobytes = dist::download_size()? as f64 / 1000.0;
    Ok(json!({ "figure": "bundle", "with": "wasm + js + css, brotli", "unit": "kB", "value": kilobytes }))
}

/// The variable that the bench finds its driver by, and the driver.
fn driver(engine: &str) -> Result<(&'static str, PathBuf)> {
    if engine == "firefox" {
        system::firefox()?;
        Ok(("GECKODRIVER", tools::geckodriver()?))
    } else {
        Ok(("CHROMEDRIVER", system::chromedriver()?))
    }
}

/// Runs `tests/bench` in one engine and takes its rows.
fn measure(
    options: &Options,
    engine: &str,
    (variable, driver): &(&str, PathBuf),
    inputs: &Inputs,
    table: &mut Table,
) -> Result<()> {
    let runs = if options.quick { QUICK_RUNS } else { RUNS };
    let mut bench = cargo();
    // Its own code is no part of what is measured, so it need not be optimised, which would take minutes.
    bench.args(["bench", "--quiet", "--package", "labelscope", "--locked", "--profile", "dev"]);
    bench.args(["--bench", "page", "--", engine, &runs.to_string()]).args(options.only.iter());
    bench.env("LABELSCOPE_DIST", bundle::folder()).env("LABELSCOPE_INPUTS", &inputs.folder);
    bench.env(variable, driver).stdin(Stdio::null()).stdout(Stdio::piped());
    let line = line_of(&bench);
    timed(&format!("measuring in {engine}"), || {
        let mut child = bench.spawn().with_context(|| format!("could not start `{line}`"))?;
        let rows = child.stdout.take().into_iter().flat_map(|output| BufReader::new(output).lines());
        // Each row as it comes: what was measured before a failure counts.
        for row in rows.map_while(std::io::Result::ok).filter(|line| line.starts_with('{')) {
            eprintln!("{row}");
            table.add(engine, &serde_json::from_str(&row).with_context(|| format!("no row: {row}"))?);
        }
        let status = child.wait().with_context(|| format!("lost `{line}`"))?;
        if !status.success() {
            bail!("`{line}` failed ({status})");
        }
        Ok(())
    })
}

/// The exports to measure with, in a folder that goes when this does.
struct Inputs {
    folder: PathBuf,
}

impl Inputs {
    fn make(options: &Options) -> Result<Self> {
        let folder = std::env::temp_dir().join(format!("labelscope-bench-{}", std::process::id()));
        fs::create_dir_all(&folder).with_context(|| format!("could not create {}", folder.display()))?;
        let inputs = Inputs { folder };
        timed("making the inputs", || {
            let sizes: &[u32] = if options.quick { &QUICK_SIZES } else { &SIZES };
            for size in sizes {
                let plan = Plan::Mixed { bytes: u64::from(*size) * 1_000_000 };
                generate::make(plan, SEED, &inputs.path(&format!("{size} MB")))?;
            }
            for count in [1_000, 100_000] {
                generate::make(Plan::Messages { count }, SEED, &inputs.path(&format!("{count} messages")))?;
            }
            generate::make(Plan::LONG_PART, SEED, &inputs.path("long part"))?;
            options.files.iter().try_for_each(|file| inputs.copy(file))
        })?;
        Ok(inputs)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.join(format!("{name}.json"))
    }

    fn copy(&self, file: &Path) -> Result<()> {
        let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let megabytes = fs::metadata(file).map(|data| data.len() as f64 / 1e6);
        let megabytes = megabytes.with_context(|| format!("could not open {}", file.display()))?;
        fs::copy(file, self.path(&format!("{name}, {megabytes:.1} MB")))
            .with_context(|| format!("could not copy {}", file.display()))?;
        Ok(())
    }
}

impl Drop for Inputs {
    fn drop(&mut self) {
        // What stays behind lies in the temporary folder.
        fs::remove_dir_all(&self.folder).ok();
    }
}

/// Reads the words after `bench`. `None` where they ask for help.
pub(crate) fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Option<Options>> {
    let mut options = Options::default();
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().with_context(|| format!("{argument} needs a value"));
        match argument.as_str() {
            "--quick" => options.quick = true,
            "--only" => options.only = Some(one_of(&FIGURES, value()?)?),
            "--engine" => options.engine = Some(one_of(&ENGINES, value()?)?),
            "--file" => options.files.push(PathBuf::from(value()?)),
            "--help" | "-h" => return Ok(None),
            other => bail!("bench does not know {other:?}"),
        }
    }
    Ok(Some(options))
}

fn one_of(known: &[&str], word: String) -> Result<String> {
    if known.contains(&word.as_str()) {
        return Ok(word);
    }
    bail!("{word:?} is none of {}", known.join(", "))
}
