//! The tools that build and test the app, at pinned versions, in a cache outside the checkout, never built again when
//! there: `<cache>/<tool>-<version>/bin/<program>`. Does not belong here: what the package manager provides.

use crate::process::{cargo, command, executable, output, root, run, succeeds, timed};
use crate::wasm_opt::{self, WasmOpt};
use anyhow::{Context, Result};
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Trunk 0.22 declares a newer compiler than it needs.
const TRUNK_VERSION: &str = "0.22.1";

/// The WebDriver of Firefox.
const GECKODRIVER_VERSION: &str = "0.37.1";

/// The target of the app.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";

/// Where the tools of a bundle are.
pub(crate) struct BundleTools {
    trunk: PathBuf,
    wasm_bindgen: PathBuf,
    wasm_opt: WasmOpt,
}

impl BundleTools {
    /// Gets what is missing.
    pub(crate) fn get() -> Result<Self> {
        wasm_target()?;
        let wasm_bindgen = wasm_bindgen()?;
        let trunk = cargo_tool(&CargoTool {
            package: "trunk",
            version: TRUNK_VERSION,
            programs: &["trunk"],
            arguments: &["--ignore-rust-version"],
            release: trunk_release(),
        })?;
        Ok(BundleTools { trunk, wasm_bindgen, wasm_opt: wasm_opt::get()? })
    }

    /// Trunk, in the root of the workspace, finding the other tools.
    pub(crate) fn trunk(&self) -> Result<Command> {
        let mut trunk = command(self.trunk.join(executable("trunk")));
        trunk.env("PATH", path_with(&[&self.wasm_bindgen, &self.wasm_opt.folder])?);
        trunk.env("TRUNK_TOOLS_WASM_OPT", format!("version_{}", self.wasm_opt.version));
        // Its errors are those of the app's sources; where they went through trunk tells nothing.
        trunk.env("RUST_BACKTRACE", "0");
        Ok(trunk)
    }
}

/// The folder of `wasm-bindgen` and `wasm-bindgen-test-runner`, of the version that the app links.
pub(crate) fn wasm_bindgen() -> Result<PathBuf> {
    let lock = fs::read_to_string(root().join("Cargo.lock")).context("could not read Cargo.lock")?;
    let version = locked_version(&lock, "wasm-bindgen").context("Cargo.lock holds no wasm-bindgen")?;
    cargo_tool(&CargoTool {
        package: "wasm-bindgen-cli",
        version,
        programs: &["wasm-bindgen", "wasm-bindgen-test-runner"],
        arguments: &[],
        release: wasm_bindgen_release(version),
    })
}

/// The WebDriver of Firefox.
pub(crate) fn geckodriver() -> Result<PathBuf> {
    if let Some(path) = std::env::var_os("GECKODRIVER").map(PathBuf::from) {
        return Ok(path);
    }
    let bin = cargo_tool(&CargoTool {
        package: "geckodriver",
        version: GECKODRIVER_VERSION,
        programs: &["geckodriver"],
        // It passes words on, and is built sooner without optimisation.
        arguments: &["--debug"],
        release: geckodriver_release(),
    })?;
    Ok(bin.join(executable("geckodriver")))
}

/// Rust's own parts: rustfmt and clippy.
pub(crate) fn rust_components() -> Result<()> {
    for (component, subcommand) in [("rustfmt", "fmt"), ("clippy", "clippy")] {
        if !succeeds(cargo().args([subcommand, "--version"])) {
            run(command("rustup").args(["component", "add", component]))?;
        }
    }
    Ok(())
}

/// The standard library of the app's target.
pub(crate) fn wasm_target() -> Result<()> {
    let print = ["--print", "target-libdir", "--target", WASM];
    let folder = output(command("rustc").args(print))?;
    if !Path::new(folder.trim()).is_dir() {
        run(command("rustup").args(["target", "add", WASM]))?;
    }
    Ok(())
}

/// The cache: `$LABELSCOPE_TOOLS`, else `labelscope/tools` in the user's cache folder.
pub(crate) fn cache() -> Result<PathBuf> {
    let set = |name| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let user = || {
        set("XDG_CACHE_HOME")
            .or_else(|| set("LOCALAPPDATA"))
            .or_else(|| set("HOME").map(|home| home.join(".cache")))
            .map(|folder| folder.join("labelscope").join("tools"))
    };
    let folder =
        set("LABELSCOPE_TOOLS").or_else(user).context("set LABELSCOPE_TOOLS to a folder for tools")?;
    fs::create_dir_all(&folder).with_context(|| format!("could not create {}", folder.display()))?;
    folder.canonicalize().with_context(|| format!("could not open {}", folder.display()))
}

/// PATH with these folders first.
pub(crate) fn path_with(folders: &[&Path]) -> Result<OsString> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let all = folders.iter().map(|folder| folder.to_path_buf()).chain(std::env::split_paths(&path));
    std::env::join_paths(all).context("a folder's name cannot stand in PATH")
}

/// A tool that its project releases as a crate and as a prebuilt archive.
pub(crate) struct CargoTool<'a> {
    /// The crate. The cache calls it by its first program.
    pub(crate) package: &'a str,
    pub(crate) version: &'a str,
    /// What it installs, without the system's suffix; not empty.
    pub(crate) programs: &'a [&'a str],
    /// For `cargo install`, beyond the obvious.
    pub(crate) arguments: &'a [&'a str],
    pub(crate) release: Option<Release>,
}

/// An archive on the project's release page.
pub(crate) struct Release {
    pub(crate) url: String,
    /// How many folders at the front of each path in it are dropped.
    pub(crate) strip: u8,
    /// Where in the tool's folder its content goes, so that programs end up in `bin`.
    pub(crate) into: &'static str,
}

/// The folder of the tool's programs: as cached, else downloaded, else built.
pub(crate) fn cargo_tool(tool: &CargoTool) -> Result<PathBuf> {
    let name = tool.programs.first().copied().unwrap_or(tool.package);
    let folder = cache()?.join(format!("{name}-{}", tool.version));
    let bin = folder.join("bin");
    let there = |bin: &Path| tool.programs.iter().all(|program| bin.join(executable(program)).is_file());
    if there(&bin) {
        return Ok(bin);
    }
    if let Some(release) = &tool.release
        && download(release, &folder, name, tool.version)?
    {
        return Ok(bin);
    }
    timed(&format!("building {name} {} (once; kept in {})", tool.version, folder.display()), || {
        let build = cache()?.join(format!("build-{name}-{}", tool.version));
        let built = install(tool, &folder, &build, true).or_else(|error| {
            // The lock that came with a tool can name versions that a registry does not have.
            eprintln!("· {error}; once more without the tool's own lock");
            install(tool, &folder, &build, false)
        });
        fs::remove_dir_all(&build).ok();
        built
    })?;
    Ok(bin)
}

fn install(tool: &CargoTool, folder: &Path, build: &Path, locked: bool) -> Result<()> {
    let mut cargo = cargo();
    cargo.args(["install", tool.package, "--version", tool.version, "--force", "--root"]).arg(folder);
    cargo.args(tool.arguments);
    if locked {
        cargo.arg("--locked");
    }
    // These tools ask for whole-program optimisation, which takes minutes and gains nothing here.
    cargo.env("CARGO_PROFILE_RELEASE_LTO", "off").env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16");
    cargo.env("CARGO_TARGET_DIR", build);
    run(&mut cargo)
}

/// Downloads a release into `folder`; false if it cannot be had or does not run here.
pub(crate) fn download(release: &Release, folder: &Path, program: &str, version: &str) -> Result<bool> {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let staging = folder.with_file_name(format!("{name}.partial"));
    fs::remove_dir_all(&staging).ok();
    let target = staging.join("tool").join(release.into);
    fs::create_dir_all(&target).with_context(|| format!("could not create {}", target.display()))?;
    let archive = staging.join("archive");
    let curl =
        ["--silent", "--fail", "--location", "--connect-timeout", "8", "--max-time", "600", "--output"];
    let strip = format!("--strip-components={}", release.strip);
    let arrived = succeeds(command("curl").args(curl).arg(&archive).arg(&release.url))
        && succeeds(command("tar").args([&strip, "-xzf"]).arg(&archive).arg("-C").arg(&target))
        && runs_as(&staging.join("tool").join("bin").join(executable(program)), version);
    if arrived {
        fs::remove_dir_all(folder).ok();
        fs::rename(staging.join("tool"), folder)
            .with_context(|| format!("could not create {}", folder.display()))?;
        eprintln!("· downloaded {program} {version} into {}", folder.display());
    } else {
        eprintln!("· no prebuilt {program} {version} to be had here");
    }
    fs::remove_dir_all(&staging).ok();
    Ok(arrived)
}

/// Whether the program starts and says that it is of this version.
pub(crate) fn runs_as(program: &Path, version: &str) -> bool {
    output(command(program).arg("--version"))
        .is_ok_and(|said| said.split([' ', '\n', '(', ')']).any(|word| word == version))
}

/// The version of `package` in the text of a Cargo.lock.
fn locked_version<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name);
    lines.nth(1)?.strip_prefix("version = \"")?.strip_suffix('"')
}

fn trunk_release() -> Option<Release> {
    let platform = match (std::env::consts::OS, std::env::consts::ARCH) {
        ("linux", "x86_64") => "x86_64-unknown-linux-gnu",
        ("linux", "aarch64") => "aarch64-unknown-linux-gnu",
        ("macos", "x86_64") => "x86_64-apple-darwin",
        ("macos", "aarch64") => "aarch64-apple-darwin",
        _ => return None,
    };
    let page = "https://github.com/trunk-rs/trunk/releases/download";
    Some(Release { url: format!("{page}/v{TRUNK_VERSION}/trunk-{platform}.tar.gz"), strip: 0, into: "bin" })
}

fn geckodriver_release() -> Option<Release> {
    let platform = match (std::env::consts::OS, std::env::consts::ARCH) {
        ("linux", "x86_64") => "linux64",
        ("linux", "aarch64") => "linux-aarch64",
        ("macos", "x86_64") => "macos",
        ("macos", "aarch64") => "macos-aarch64",
        _ => return None,
    };
    let page = "https://github.com/mozilla/geckodriver/releases/download";
    let version = GECKODRIVER_VERSION;
    let url = format!("{page}/v{version}/geckodriver-v{version}-{platform}.tar.gz");
    Some(Release { url, strip: 0, into: "bin" })
}

fn wasm_bindgen_release(version: &str) -> Option<Release> {
    let platform = match (std::env::consts::OS, std::env::consts::ARCH) {
        ("linux", "x86_64") => "x86_64-unknown-linux-musl",
        ("linux", "aarch64") => "aarch64-unknown-linux-gnu",
        ("macos", "x86_64") => "x86_64-apple-darwin",
        ("macos", "aarch64") => "aarch64-apple-darwin",
        _ => return None,
    };
    let page = "https://github.com/wasm-bindgen/wasm-bindgen/releases/download";
    let url = format!("{page}/{version}/wasm-bindgen-{version}-{platform}.tar.gz");
    Some(Release { url, strip: 1, into: "bin" })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An archive as projects release them: a program in a folder, which says its version.
    #[cfg(unix)]
    fn archive(folder: &Path, says: &str) -> Release {
        use std::os::unix::fs::PermissionsExt;
        let program = folder.join("tool-1.2.3-linux").join("tool");
        fs::create_dir_all(program.parent().unwrap()).unwrap();
        fs::write(&program, format!("#!/bin/sh\necho '{says}'\n")).unwrap();
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
        let archive = folder.join("tool.tar.gz");
        run(command("tar").arg("-czf").arg(&archive).arg("-C").arg(folder).arg("tool-1.2.3-linux")).unwrap();
        Release { url: format!("file://{}", archive.display()), strip: 1, into: "bin" }
    }

    #[cfg(unix)]
    #[test]
    fn prebuilt_tools_are_taken_only_if_they_run() {
        if crate::process::find_on_path("curl").is_none() {
            eprintln!("skipped: prebuilt_tools_are_taken_only_if_they_run: curl is not on PATH");
            return;
        }
        let folder = std::env::temp_dir().join(format!("labelscope-tools-{}", std::process::id()));
        let tool = folder.join("tool-1.2.3");
        let absent = Release { url: format!("file://{}/absent", folder.display()), strip: 0, into: "" };
        assert!(!download(&absent, &tool, "tool", "1.2.3").unwrap());
        assert!(!download(&archive(&folder, "tool 1.2.30"), &tool, "tool", "1.2.3").unwrap());
        assert!(!tool.exists());
        assert!(download(&archive(&folder, "tool 1.2.3 (abc)"), &tool, "tool", "1.2.3").unwrap());
        assert!(runs_as(&tool.join("bin").join("tool"), "1.2.3"));
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn version_in_the_lock() {
        let lock = "[[package]]\nname = \"wasm-bindgen-futures\"\nversion = \"0.4.80\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\nsource = \"x\"\n";
        assert_eq!(locked_version(lock, "wasm-bindgen"), Some("0.2.130"));
        assert_eq!(locked_version(lock, "wasm"), None);
    }
}
