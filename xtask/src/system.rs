//! What the system's package manager provides: browsers, a driver, Node, web servers. Does not belong here: tools that
//! are had from elsewhere.

use crate::process::{command, find_on_path, run, succeeds, timed};
use crate::tools::cache;
use anyhow::{Context, Result, bail};
use std::fs;
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

/// The WebDriver of WebKitGTK, with a browser beside it and `Xvfb` for its window; installed where that is allowed.
pub(crate) fn webkit_driver() -> Result<PathBuf> {
    if find_on_path("WebKitWebDriver").is_none() || find_on_path("Xvfb").is_none() {
        install(&["webkit2gtk-driver", "xvfb"])?;
    }
    find_on_path("WebKitWebDriver").context("WebKitWebDriver is not on PATH, though its package is installed")
}

/// Makes sure of `npm` and `node`; installed where that is allowed.
pub(crate) fn node() -> Result<()> {
    if find_on_path("npm").is_none() || find_on_path("node").is_none() {
        install(&["nodejs", "npm"])?;
    }
    Ok(())
}

/// Debian's nginx, with its module for brotli at `../lib/nginx/modules`.
pub(crate) fn nginx() -> Result<PathBuf> {
    let folder = unpacked("debian-nginx", &["nginx", "libnginx-mod-http-brotli-static"])?;
    let program = folder.join("usr").join("sbin").join("nginx");
    if !succeeds(command(&program).arg("-v")) {
        bail!("Debian's nginx does not run here");
    }
    Ok(program)
}

/// Debian's Caddy.
pub(crate) fn caddy() -> Result<PathBuf> {
    let program = unpacked("debian-caddy", &["caddy"])?.join("usr").join("bin").join("caddy");
    if !succeeds(command(&program).arg("version")) {
        bail!("Debian's Caddy does not run here");
    }
    Ok(program)
}

/// The folder that Debian packages are unpacked into. They are not installed: that would start a web server.
fn unpacked(name: &str, packages: &[&str]) -> Result<PathBuf> {
    let folder = cache()?.join(name);
    if folder.is_dir() {
        return Ok(folder);
    }
    if find_on_path("apt-get").is_none() || find_on_path("dpkg").is_none() {
        bail!("there is no apt-get here, which Debian's packages come by");
    }
    let staging = folder.with_file_name(format!("{name}.partial"));
    fs::remove_dir_all(&staging).ok();
    fs::create_dir_all(&staging).with_context(|| format!("could not create {}", staging.display()))?;
    timed(&format!("apt-get download {}", packages.join(" ")), || {
        if let Some(prefix) = apt_prefix() {
            update(&prefix);
        }
        run(command("apt-get").args(["--quiet=2", "download"]).args(packages).current_dir(&staging))?;
        let archives = fs::read_dir(&staging)?.collect::<std::io::Result<Vec<_>>>()?;
        archives.iter().try_for_each(|archive| {
            run(command("dpkg").arg("-x").arg(archive.path()).arg(staging.join("root")))
        })
    })
    .with_context(|| format!("could not get the packages {}", packages.join(" ")))?;
    fs::rename(staging.join("root"), &folder)
        .with_context(|| format!("could not create {}", folder.display()))?;
    fs::remove_dir_all(&staging).ok();
    Ok(folder)
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
        update(&prefix);
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

/// An outdated list of packages names files that are gone. A failing update may still leave a usable list.
fn update(prefix: &[&str]) {
    if let Err(error) = run(apt(prefix).arg("update")) {
        eprintln!("· {error}");
    }
}

fn apt(prefix: &[&str]) -> Command {
    let mut words = prefix.iter().copied().chain(["DEBIAN_FRONTEND=noninteractive", "apt-get", "--quiet=2"]);
    let mut apt = command(words.next().unwrap_or("env"));
    apt.args(words);
    apt
}
