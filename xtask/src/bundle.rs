//! The optimised bundle in `dist/`. Does not belong here: how its tools are had, how it is served, what becomes of
//! `index.html`.

use crate::compress::{self, compressed};
use crate::headers::{self, Headers};
use crate::index::Index;
use crate::process::{cargo, root, run, timed};
use crate::styles;
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
    let Index { html, scripts } = Index::of(&html)?;
    for (name, text) in scripts {
        write(&dist.join(name), text.as_bytes())?;
    }
    let read =
        |file: &str| fs::read_to_string(dist.join(file)).with_context(|| format!("could not read {file}"));
    let joined = styles::join(&html, read)?;
    for file in &joined.parts {
        fs::remove_file(dist.join(file)).with_context(|| format!("could not remove {file}"))?;
    }
    write(&dist.join(&joined.name), joined.text.as_bytes())?;
    write(&index, joined.html.as_bytes())?;
    let written = Headers::for_bundle(&files(&dist)?);
    let path = dist.join(headers::FILE);
    write(&path, written.to_string().as_bytes())?;
    // Served as a host would read them, so that what is tested is the file.
    Headers::parse(&fs::read_to_string(&path)?)
}

/// Writes `.br` and `.gz` beside each file that they make smaller, so that hosts need not compress at each request.
///
/// `index.html` has none: a deployment may name its API in it, and a copy would go on saying otherwise.
pub(crate) fn compress() -> Result<()> {
    let dist = folder();
    timed("compressing", || {
        for file in files(&dist)?.iter().filter(|file| *file != "index.html") {
            let path = dist.join(file);
            let bytes = fs::read(&path).with_context(|| format!("could not read {}", path.display()))?;
            for (ending, smaller) in compressed(&bytes)? {
                write(&dist.join(format!("{file}.{ending}")), &smaller)?;
            }
        }
        Ok(())
    })
}

fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    fs::write(path, bytes).with_context(|| format!("could not write {}", path.display()))
}

/// Trunk runs cargo without a network, so that it cannot download tools either.
pub(crate) fn fetch_crates() -> Result<()> {
    run(cargo().args(["fetch", "--quiet", "--locked", "--target", WASM]))?;
    Ok(())
}

/// The files under `folder`, as sorted paths with `/`, those for the host left out: headers and compressed copies.
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
    let is_copy = |file: &str| compress::ENDINGS.iter().any(|ending| file.ends_with(&format!(".{ending}")));
    files.retain(|file| file != headers::FILE && !is_copy(file));
    files.sort();
    Ok(files)
}
