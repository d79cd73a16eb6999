//! wasm-opt, which is no Rust program and comes in three ways: the project's release, its npm package, or a crate
//! that compiles it. Does not belong here: how it is called, which trunk decides.

use crate::process::{command, executable, find_on_path, run, timed};
use crate::system;
use crate::tools::{CargoTool, Release, cache, cargo_tool, download, runs_as};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};

/// Binaryen up to 108 builds without an error a bundle that does not start, so a system's own is never taken.
const BINARYEN_VERSION: &str = "132";
const NPM_VERSION: &str = "132.0.0";
/// The newest that a crate carries, for machines with neither the release nor npm.
const CRATE_VERSION: &str = "0.116.1";
const CRATE_BINARYEN_VERSION: &str = "116";

/// A wasm-opt.
pub(crate) struct WasmOpt {
    /// Its folder.
    pub(crate) folder: PathBuf,
    /// Binaryen's version, a whole number.
    pub(crate) version: &'static str,
}

/// The cached one, else the first that can be had.
pub(crate) fn get() -> Result<WasmOpt> {
    let cache = cache()?;
    let release = cache.join(format!("binaryen-{BINARYEN_VERSION}"));
    let npm = cache.join(format!("binaryen-npm-{NPM_VERSION}"));
    let npm_bin = npm.join("node_modules").join(".bin");
    let built = cache.join(format!("wasm-opt-{CRATE_VERSION}")).join("bin");
    let known = [
        (release.join("bin"), BINARYEN_VERSION),
        (npm_bin.clone(), BINARYEN_VERSION),
        (built, CRATE_BINARYEN_VERSION),
    ];
    for (folder, version) in known {
        // Running it also tells whether the Node that npm's needs is still there.
        if runs_as(&folder.join(executable("wasm-opt")), version) {
            return Ok(WasmOpt { folder, version });
        }
    }
    if let Some(archive) = binaryen_release()
        && download(&archive, &release, "wasm-opt", BINARYEN_VERSION)?
    {
        return Ok(WasmOpt { folder: release.join("bin"), version: BINARYEN_VERSION });
    }
    match timed(&format!("npm install binaryen@{NPM_VERSION}"), || from_npm(&npm)) {
        Ok(()) => Ok(WasmOpt { folder: npm_bin, version: BINARYEN_VERSION }),
        Err(error) => {
            eprintln!("· {error:#}; building the crate's instead");
            from_crate()
        }
    }
}

fn from_npm(folder: &Path) -> Result<()> {
    system::node()?;
    let npm = find_on_path("npm").context("npm is not on PATH")?;
    fs::create_dir_all(folder).with_context(|| format!("could not create {}", folder.display()))?;
    let package = format!("binaryen@{NPM_VERSION}");
    run(command(npm).arg("install").arg("--prefix").arg(folder).args(["--no-audit", "--no-fund", &package]))?;
    if !runs_as(&folder.join("node_modules").join(".bin").join(executable("wasm-opt")), BINARYEN_VERSION) {
        bail!("npm's wasm-opt does not run here");
    }
    Ok(())
}

fn from_crate() -> Result<WasmOpt> {
    let folder = cargo_tool(&CargoTool {
        package: "wasm-opt",
        version: CRATE_VERSION,
        programs: &["wasm-opt"],
        arguments: &[],
        release: None,
    })?;
    Ok(WasmOpt { folder, version: CRATE_BINARYEN_VERSION })
}

fn binaryen_release() -> Option<Release> {
    let platform = match (std::env::consts::OS, std::env::consts::ARCH) {
        ("linux", "x86_64") => "x86_64-linux",
        ("linux", "aarch64") => "aarch64-linux",
        ("macos", "x86_64") => "x86_64-macos",
        ("macos", "aarch64") => "arm64-macos",
        _ => return None,
    };
    let page = "https://github.com/WebAssembly/binaryen/releases/download";
    let url =
        format!("{page}/version_{BINARYEN_VERSION}/binaryen-version_{BINARYEN_VERSION}-{platform}.tar.gz");
    Some(Release { url, strip: 1, into: "" })
}
