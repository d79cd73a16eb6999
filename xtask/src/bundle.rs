//! The optimised bundle in `dist/`. Does not belong here: how its tools are had, how it is served.

use crate::headers::{self, Headers};
use crate::process::{cargo, root, run, timed};
use crate::tools::{BundleTools, WASM};
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};

/// The folder of the bundle.
pub(crate) fn folder() -> PathBuf {
    root().join("dist")
}

/// Builds the bundle and writes its headers.
pub(crate) fn build(tools: &BundleTools) -> Result<Headers> {
    timed("building the optimised bundle", || {
        fetch_crates()?;
        run(tools.trunk()?.args(["build", "--release"]))
    })?;
    let dist = folder();
    // Left by trunk, of no use to a host.
    fs::remove_file(dist.join(".trunk-lock")).ok();
    let index = dist.join("index.html");
    let html = fs::read_to_string(&index).with_context(|| format!("could not read {}", index.display()))?;
    let written = Headers::for_bundle(&html, &files(&dist)?);
    let path = dist.join(headers::FILE);
    fs::write(&path, written.to_string()).with_context(|| format!("could not write {}", path.display()))?;
    // Served as a host would read them, so that what is tested is the file.
    Headers::parse(&fs::read_to_string(&path)?)
}

/// Trunk runs cargo without a network, so that it cannot download tools either.
pub(crate) fn fetch_crates() -> Result<()> {
    run(cargo().args(["fetch", "--quiet", "--locked", "--target", WASM]))?;
    Ok(())
}

/// The files under `folder`, as sorted paths with `/`, those for the host left out.
pub(crate) fn files(folder: &Path) -> Result<Vec<String>> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(current) = folders.pop() {
        let entries =
            fs::read_dir(&current).with_context(|| format!("could not read {}", current.display()))?;
        for entry in entries {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(relative) = path.strip_prefix(folder) {
                let names = relative.iter().map(|name| name.to_string_lossy());
                files.push(names.collect::<Vec<_>>().join("/"));
            }
        }
    }
    files.retain(|file| file != headers::FILE);
    files.sort();
    Ok(files)
}
