//! axe-core, which journeys check every screen with: a script that npm has, in the cache of the tools. Does not belong
//! here: what is checked with it (`tests/e2e/axe`).

use crate::process::{command, find_on_path, run, timed};
use crate::{system, tools};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::PathBuf;

const VERSION: &str = "4.14.1";

/// The script: as cached, else by npm.
pub(crate) fn script() -> Result<PathBuf> {
    let folder = tools::cache()?.join(format!("axe-core-{VERSION}"));
    let script = folder.join("node_modules").join("axe-core").join("axe.min.js");
    if script.is_file() {
        return Ok(script);
    }
    system::node()?;
    let npm = find_on_path("npm").context("npm is not on PATH")?;
    fs::create_dir_all(&folder).with_context(|| format!("could not create {}", folder.display()))?;
    let package = format!("axe-core@{VERSION}");
    timed(&format!("npm install {package}"), || {
        let mut install = command(npm);
        install.arg("install").arg("--prefix").arg(&folder);
        run(install.args(["--no-audit", "--no-fund", "--ignore-scripts", &package]))
    })?;
    if !script.is_file() {
        bail!("npm's {package} has no axe.min.js");
    }
    Ok(script)
}
