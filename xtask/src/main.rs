//! `cargo xtask serve | test | dist | screenshots | bench | generate | conformance`: the commands of the README.
//!
//! Belongs here: reading the command line, and one module for each thing that the commands do. Does not belong here:
//! anything the app or its tests link.
//!
//! * [`tools`], [`wasm_opt`], [`axe`], [`system`]: what the commands need and where it comes from.
//! * [`bundle`] with [`index`], [`styles`] and [`compress`], [`headers`]: the optimised bundle in `dist/` and the headers
//!   that it is served with.
//! * [`process`]: running other programs.
//! * [`serve`] with [`api`], [`test`] with [`report`] and [`deny`], [`dist`], [`screenshots`], [`bench`], [`generate`],
//!   [`conformance`]: the commands.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "telling what goes on is what these commands are for"
)]

mod api;
mod axe;
mod bench;
mod bundle;
mod compress;
mod conformance;
mod deny;
mod dist;
mod generate;
mod headers;
mod index;
mod process;
mod report;
mod screenshots;
mod serve;
mod styles;
mod system;
mod test;
mod tools;
mod wasm_opt;

use anyhow::{Context, Result, bail};
use std::path::PathBuf;
use std::process::ExitCode;

const HELP: &str = "\
Usage: cargo xtask <command>

  serve [--port N] [--api URL] [--dev]
      Builds the optimised bundle and serves it on 127.0.0.1 (port 8080) with the headers of a deployment. The
      sample export answers at the API's own path. --api hands /v1 on to a real API; --dev watches the sources
      and serves a debug build instead.
  test [--quick]
      What CI runs: format, lints on both targets, the dependencies, native tests, tests in a browser, journeys
      against the optimised bundle. --quick leaves out the bundle and the journeys.
  dist
      Leaves the folder to deploy in dist/, headers in dist/_headers.
  screenshots
      Stores the pictures that journeys compare every screen with anew, in tests/screenshots.
  bench [--quick] [--only FIGURE] [--engine chromium|firefox] [--file EXPORT]
      Measures the optimised bundle beside what the engine does with the same bytes, in Chromium and Firefox; prints
      the table of BENCHMARKS.md. FIGURE is opening, blocks, scroll, search, long-part, bundle or native; --quick takes one
      small export and two runs and leaves the core out; --file opens a real export as well.
  generate (--mb N | --messages N | --long-part) [--seed N] --out FILE
      Makes an export to try or to measure with: conversations of all kinds, N MB of them; one conversation of N
      messages; one part of 1 MB with 5,000 annotations. The same bytes for the same words.
  conformance DIR
      Judges every .json file in DIR, a public corpus of JSON (y_ is JSON, n_ is not, i_ may be either), by our reader
      and by serde_json, and names each file on which they disagree.

Tools are kept in $LABELSCOPE_TOOLS, else in labelscope/tools in the user's cache folder.";

/// What the command line asks for.
#[derive(Debug, PartialEq, Eq)]
enum Command {
    Help,
    Serve(serve::Options),
    Test { quick: bool },
    Dist,
    Screenshots,
    Bench(bench::Options),
    Generate(generate::Options),
    Conformance(PathBuf),
}

fn main() -> ExitCode {
    match parse(std::env::args().skip(1)).and_then(run) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Runs a command; false if what it checks does not hold and it has said so.
fn run(command: Command) -> Result<bool> {
    match command {
        Command::Help => println!("{HELP}"),
        Command::Serve(options) => serve::run(options)?,
        Command::Test { quick } => return test::run(quick),
        Command::Dist => dist::run()?,
        Command::Screenshots => screenshots::run()?,
        Command::Bench(options) => bench::run(&options)?,
        Command::Generate(options) => generate::run(&options)?,
        Command::Conformance(folder) => return conformance::run(&folder),
    }
    Ok(true)
}

fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Command> {
    let name = arguments.next().unwrap_or_else(|| "--help".to_owned());
    let command = match name.as_str() {
        "help" | "--help" | "-h" => return Ok(Command::Help),
        "serve" => return parse_serve(arguments),
        "test" => match arguments.next().as_deref() {
            None => Command::Test { quick: false },
            Some("--quick") => Command::Test { quick: true },
            Some("--help" | "-h") => Command::Help,
            Some(other) => bail!("test does not know {other:?}\n\n{HELP}"),
        },
        "dist" => match arguments.next().as_deref() {
            None => Command::Dist,
            Some("--help" | "-h") => Command::Help,
            Some(other) => bail!("dist does not know {other:?}\n\n{HELP}"),
        },
        "screenshots" => match arguments.next().as_deref() {
            None => Command::Screenshots,
            Some("--help" | "-h") => Command::Help,
            Some(other) => bail!("screenshots does not know {other:?}\n\n{HELP}"),
        },
        "bench" => return or_help(bench::parse(arguments), Command::Bench),
        "conformance" => match arguments.next().as_deref() {
            None => bail!("conformance needs the folder of a corpus\n\n{HELP}"),
            Some("--help" | "-h") => Command::Help,
            Some(folder) => Command::Conformance(folder.into()),
        },
        "generate" => return or_help(generate::parse(arguments), Command::Generate),
        other => bail!("there is no command {other:?}\n\n{HELP}"),
    };
    match arguments.next() {
        None => Ok(command),
        Some(extra) => bail!("{name} does not know {extra:?}\n\n{HELP}"),
    }
}

/// The command of these options; that for help where they ask for it.
fn or_help<T>(parsed: Result<Option<T>>, command: fn(T) -> Command) -> Result<Command> {
    match parsed {
        Ok(options) => Ok(options.map_or(Command::Help, command)),
        Err(error) => bail!("{error:#}\n\n{HELP}"),
    }
}

fn parse_serve(mut arguments: impl Iterator<Item = String>) -> Result<Command> {
    let mut options = serve::Options { port: 8080, api: None, dev: false };
    while let Some(argument) = arguments.next() {
        // Both `--port 1` and `--port=1`.
        let (name, attached) = match argument.split_once('=') {
            Some((name, value)) => (name, Some(value.to_owned())),
            None => (argument.as_str(), None),
        };
        let mut value =
            || attached.clone().or_else(|| arguments.next()).with_context(|| format!("{name} needs a value"));
        match name {
            "--port" => options.port = value()?.parse().context("--port needs a number from 0 to 65535")?,
            "--api" => options.api = Some(api::Upstream::new(&value()?)?),
            "--dev" if attached.is_none() => options.dev = true,
            "--help" | "-h" => return Ok(Command::Help),
            other => bail!("serve does not know {other:?}\n\n{HELP}"),
        }
    }
    Ok(Command::Serve(options))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> String {
        match parse(line.split_whitespace().map(str::to_owned)) {
            Ok(command) => format!("{command:?}"),
            Err(error) => format!("{error}").lines().next().unwrap_or_default().to_owned(),
        }
    }

    #[test]
    fn command_lines() {
        let lines = [
            "",
            "serve",
            "serve --port 9000 --dev",
            "serve --api=https://api.example.org/v1/ --port=0",
            "serve --port many",
            "serve --api",
            "serve --api ftp://example.org",
            "serve --dev=yes",
            "test",
            "test --quick",
            "test --quick again",
            "dist",
            "dist --help",
            "screenshots",
            "screenshots now",
            "bench",
            "bench --quick --only scroll --engine firefox --file a.json",
            "bench --only everything",
            "generate --mb 10 --out a.json",
            "generate --messages=100 --seed=2 --out=a.json",
            "generate --long-part --mb 1 --out a.json",
            "generate --out a.json",
            "generate --mb 10",
            "conformance",
            "conformance a/b",
            "conformance a b",
            "deploy",
        ];
        let table: String = lines.iter().map(|line| format!("{line:?}\n  {}\n", parsed(line))).collect();
        expect_test::expect![[r#"
            ""
              Help
            "serve"
              Serve(Options { port: 8080, api: None, dev: false })
            "serve --port 9000 --dev"
              Serve(Options { port: 9000, api: None, dev: true })
            "serve --api=https://api.example.org/v1/ --port=0"
              Serve(Options { port: 0, api: Some(Upstream { address: "https://api.example.org" }), dev: false })
            "serve --port many"
              --port needs a number from 0 to 65535
            "serve --api"
              --api needs a value
            "serve --api ftp://example.org"
              the address of an API begins with https:// or http://, not as in "ftp://example.org"
            "serve --dev=yes"
              serve does not know "--dev"
            "test"
              Test { quick: false }
            "test --quick"
              Test { quick: true }
            "test --quick again"
              test does not know "again"
            "dist"
              Dist
            "dist --help"
              Help
            "screenshots"
              Screenshots
            "screenshots now"
              screenshots does not know "now"
            "bench"
              Bench(Options { quick: false, only: None, engine: None, files: [] })
            "bench --quick --only scroll --engine firefox --file a.json"
              Bench(Options { quick: true, only: Some("scroll"), engine: Some("firefox"), files: ["a.json"] })
            "bench --only everything"
              "everything" is none of opening, blocks, scroll, search, long-part, bundle, native
            "generate --mb 10 --out a.json"
              Generate(Options { plan: Mixed { bytes: 10000000 }, seed: 1, out: "a.json" })
            "generate --messages=100 --seed=2 --out=a.json"
              Generate(Options { plan: Messages { count: 100 }, seed: 2, out: "a.json" })
            "generate --long-part --mb 1 --out a.json"
              generate makes one of --mb, --messages and --long-part at a time
            "generate --out a.json"
              generate needs one of --mb N, --messages N and --long-part
            "generate --mb 10"
              generate needs --out FILE
            "conformance"
              conformance needs the folder of a corpus
            "conformance a/b"
              Conformance("a/b")
            "conformance a b"
              conformance does not know "b"
            "deploy"
              there is no command "deploy"
        "#]].assert_eq(&table);
    }
}
