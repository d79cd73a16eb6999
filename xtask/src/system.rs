//! What the system's package manager provides: Chromium with its driver, Firefox, and Node. Does not belong here: tools that
//! are kept in the cache.

use crate::process::{command, find_on_path, run, succeeds, timed};
use anyhow::{Context, Result, bail};
use std::path::PathBuf;
use std::process::Command;

/// The WebDriver of Chromium, with Chromium beside it; installed where that is allowed.
pub(crate) fn chromedriver() -> Result<PathBuf> {
    if let Some(path) = std::env::var_os("CHROMEDRIVER").map(PathBuf::from) {
        return Ok(path);
    }
    let browsers = ["chromium", "chromium-browser", "google-chrome"];
    if !browsers.iter().any(|name| find_on_path(name).is_some()) || find_on_path("chromedriver").is_none() {
        install(&["chromium", "chromium-driver"]).context("the tests need Chromium and its driver")?;
    }
    find_on_path("chromedriver").context("chromedriver is not on PATH, though its package is installed")
}

/// Makes sure of Firefox; installed where that is allowed.
pub(crate) fn firefox() -> Result<()> {
    if !["firefox", "firefox-esr"].iter().any(|name| find_on_path(name).is_some()) {
        install(&["firefox-esr"])?;
    }
    Ok(())
}

/// Makes sure of `npm` and `node`; installed where that is allowed.
pub(crate) fn node() -> Result<()> {
    if find_on_path("npm").is_none() || find_on_path("node").is_none() {
        install(&["nodejs", "npm"])?;
    }
    Ok(())
}

/// Installs Debian packages if this may; otherwise an error that names them.
fn install(packages: &[&str]) -> Result<()> {
    let names = packages.join(" ");
    let Some(prefix) = apt_prefix() else {
        bail!(
            "install the packages that Debian calls `{names}` (for instance: sudo apt-get install {names})"
        );
    };
    timed(&format!("apt-get install {names}"), || {
        // An outdated list of packages names files that are gone. A failing update may still leave a usable list.
        if let Err(error) = run(apt(&prefix).arg("update")) {
            eprintln!("· {error}");
        }
        run(apt(&prefix).args(["install", "--yes", "--no-install-recommends"]).args(packages))
    })
    .with_context(|| format!("could not install the packages {names}"))
}

/// The words before `apt-get` with which packages can be installed without asking anyone.
fn apt_prefix() -> Option<Vec<&'static str>> {
    find_on_path("apt-get")?;
    let is_root = crate::process::output(command("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    if is_root {
        Some(vec!["env"])
    } else if succeeds(command("sudo").args(["-n", "true"])) {
        Some(vec!["sudo", "-n", "env"])
    } else {
        None
    }
}

fn apt(prefix: &[&str]) -> Command {
    let mut words = prefix.iter().copied().chain(["DEBIAN_FRONTEND=noninteractive", "apt-get", "--quiet=2"]);
    let mut apt = command(words.next().unwrap_or("env"));
    apt.args(words);
    apt
}
