//! `test`: what CI runs, in steps. Does not belong here: how cargo's output is read (`report`).

use crate::process::{cargo, executable, line_of, root, seconds};
use crate::report::Report;
use crate::tools::{BundleTools, WASM};
use crate::{axe, bundle, deny, dist, system, tools};
use anyhow::{Context, Result, bail};
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

/// Name of a step and what it does.
type Step = (&'static str, fn(&mut Report) -> Result<()>);

/// In this order: what fails fast and needs no tools first.
const STEPS: [Step; 14] = [
    ("format", |report| {
        tools::rust_components()?;
        watched(report, cargo().args(["fmt", "--all", "--check"]))
    }),
    ("lints, native", |report| {
        watched(
            report,
            cargo().args(["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"]),
        )
    }),
    ("dependencies", |report| deny::check(report, watched)),
    ("lints, wasm32", lints_wasm32),
    ("native tests, core", |report| watched(report, &mut test_of("labelscope-core", &[]))),
    ("native tests, app", |report| watched(report, &mut test_of("labelscope", &["--lib"]))),
    ("native tests, generator", |report| watched(report, &mut test_of("labelscope-generator", &[]))),
    ("native tests, xtask", |report| watched(report, &mut test_of("xtask", &[]))),
    ("browser and driver", |_| system::chromedriver().map(drop)),
    ("browser tests", browser_tests),
    ("bundle", |_| {
        bundle::build(&BundleTools::get()?)?;
        bundle::compress()?;
        dist::keep_to_budget()
    }),
    ("journeys, Chromium", |report| journeys(report, "chromium", "CHROMEDRIVER", &system::chromedriver()?)),
    ("journeys, Firefox", |report| match system::firefox().and_then(|()| tools::geckodriver()) {
        Ok(driver) => journeys(report, "firefox", "GECKODRIVER", &driver),
        Err(error) => go_without(report, "journeys, Firefox", &error),
    }),
    ("journeys, WebKit", |report| match system::webkit_driver() {
        Ok(driver) => journeys(report, "webkit", "WEBKITDRIVER", &driver),
        Err(error) => go_without(report, "journeys, WebKit", &error),
    }),
];

/// Steps that `--quick` leaves out: whole-program optimisation takes minutes after every change.
const SLOW: [&str; 4] = ["bundle", "journeys, Chromium", "journeys, Firefox", "journeys, WebKit"];

/// Steps that are left out, and said to be, where those before them took longer than [`PATIENCE`]: on a slow machine three
/// engines would take longer than a run may.
const IF_TIME_IS_LEFT: [&str; 2] = ["journeys, Firefox", "journeys, WebKit"];
const PATIENCE: Duration = Duration::from_secs(35 * 60);

/// Runs the steps up to the first that fails; whether none did.
pub(crate) fn run(quick: bool) -> Result<bool> {
    let start = Instant::now();
    let mut report = Report::default();
    let mut times = Vec::new();
    let mut failure = None;
    for (name, act) in STEPS {
        if quick && SLOW.contains(&name) {
            report.skip(name, "left out by --quick");
            continue;
        }
        if IF_TIME_IS_LEFT.contains(&name) && start.elapsed() > PATIENCE && !walks_all() {
            report.skip(
                name,
                "the steps before took more than 35 minutes; LABELSCOPE_JOURNEYS=all walks it all the same",
            );
            times.push((name, true, Duration::ZERO));
            continue;
        }
        println!("\n── {name}");
        let begun = Instant::now();
        let failed_before = report.failed;
        let result = act(&mut report);
        times.push((name, result.is_ok(), begun.elapsed()));
        if let Err(error) = result {
            // A step that failed without a failing test, such as one that does not compile, counts as one.
            report.failed = report.failed.max(failed_before + 1);
            failure = Some(format!("{error:#}"));
            break;
        }
    }
    println!("\n── summary");
    for (name, ok, time) in &times {
        let ending = match ok {
            true if report.skips(name) => "skipped",
            true => "ok",
            false => "FAILED",
        };
        println!("{ending:<7} {name:<22} {:>12}", seconds(*time));
    }
    for (name, _) in STEPS.iter().skip(times.len()).filter(|(name, _)| !(quick && SLOW.contains(name))) {
        println!("not run {name}");
    }
    println!("{:<30} {:>12}", "all", seconds(start.elapsed()));
    if let Some(failure) = &failure {
        println!("\n{failure}");
    }
    print!("\n{report}");
    Ok(failure.is_none())
}

/// Whether every journey was asked for in every engine.
fn walks_all() -> bool {
    std::env::var_os("LABELSCOPE_JOURNEYS").is_some_and(|asked| asked == "all")
}

/// Of what is built for the browser: unit tests of the app run natively and use crates that are not there for it.
fn lints_wasm32(report: &mut Report) -> Result<()> {
    tools::wasm_target()?;
    let mut clippy = cargo();
    clippy.args(["clippy", "--package", "labelscope", "--target", WASM, "--lib", "--bins", "--locked"]);
    if has_target("browser") {
        clippy.args(["--test", "browser"]);
    }
    watched(report, clippy.args(["--", "-D", "warnings"]))
}

/// Whether there is such a target in `tests/`.
fn has_target(name: &str) -> bool {
    root().join("tests").join(name).join("main.rs").is_file()
}

/// `cargo test` of a package, going on after a failing binary, with what tests print shown: it is where they say that
/// they were skipped.
fn test_of(package: &str, targets: &[&str]) -> Command {
    let mut cargo = cargo();
    cargo.args(["test", "--package", package, "--locked", "--no-fail-fast"]).args(targets);
    cargo.args(["--", "--nocapture"]);
    cargo
}

fn browser_tests(report: &mut Report) -> Result<()> {
    if !has_target("browser") {
        report.skip("browser tests", "there is no tests/browser/main.rs");
        return Ok(());
    }
    let runner = tools::wasm_bindgen()?.join(executable("wasm-bindgen-test-runner"));
    let mut test = test_of("labelscope", &["--target", WASM, "--test", "browser"]);
    test.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner);
    test.env("CHROMEDRIVER", system::chromedriver()?);
    test.env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", root().join("tests/webdriver.json"));
    watched(report, &mut test)
}

/// Journeys find the bundle by `LABELSCOPE_DIST`, the engine by `LABELSCOPE_ENGINE`, its driver by a variable of its own,
/// web servers by `LABELSCOPE_NGINX` and `LABELSCOPE_CADDY`, axe-core by `LABELSCOPE_AXE`; those that need what is not to be
/// had skip themselves.
fn journeys(report: &mut Report, engine: &str, variable: &str, driver: &Path) -> Result<()> {
    let mut test = test_of("labelscope", &["--test", "e2e"]);
    test.env("LABELSCOPE_DIST", bundle::folder()).env("LABELSCOPE_ENGINE", engine).env(variable, driver);
    for (variable, found) in [
        ("LABELSCOPE_NGINX", system::nginx()),
        ("LABELSCOPE_CADDY", system::caddy()),
        ("LABELSCOPE_AXE", axe::script()),
    ] {
        match found {
            Ok(path) => _ = test.env(variable, path),
            Err(error) => println!("no {variable}: {error:#}"),
        }
    }
    watched(report, &mut test)
}

/// Skips a step for want of its engine.
fn go_without(report: &mut Report, step: &str, error: &anyhow::Error) -> Result<()> {
    report.skip(step, &format!("{error:#}"));
    Ok(())
}

/// Runs a command, shows what it writes as it comes, and reads it for the report.
fn watched(report: &mut Report, command: &mut Command) -> Result<()> {
    let line = line_of(command);
    println!("$ {line}");
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().with_context(|| format!("could not start `{line}`"))?;
    let (sender, lines) = mpsc::channel();
    if let Some(stdout) = child.stdout.take() {
        send_lines(stdout, sender.clone());
    }
    if let Some(stderr) = child.stderr.take() {
        send_lines(stderr, sender);
    }
    for line in lines {
        println!("{line}");
        report.read(&line);
    }
    let status = child.wait().with_context(|| format!("lost `{line}`"))?;
    if !status.success() {
        bail!("`{line}` failed ({status})");
    }
    Ok(())
}

/// Sends each line until the other end is closed. What is no text is shown as far as it is.
fn send_lines(output: impl Read + Send + 'static, sender: mpsc::Sender<String>) {
    thread::spawn(move || {
        for line in BufReader::new(output).split(b'\n').map_while(std::io::Result::ok) {
            if sender.send(String::from_utf8_lossy(&line).into_owned()).is_err() {
                return;
            }
        }
    });
}
