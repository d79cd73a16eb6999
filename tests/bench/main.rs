//! How the optimised bundle compares with what the engine itself does with the same bytes, in the same page and run.
//!
//! Belongs here: what is measured, how often, over which floor. Does not belong here: clocks and acting (`page.js`),
//! making the bundle and the inputs, goals and the table (`cargo xtask bench`, which runs this).
//!
//! `LABELSCOPE_DIST` names the bundle, `LABELSCOPE_INPUTS` a folder of exports, `CHROMEDRIVER` or `GECKODRIVER` the
//! driver. Rows of the table go to standard output, a JSON object each; what goes on to standard error.

#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a measurement that cannot be taken ends the run"
)]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "its output is what it is for")]
#![allow(dead_code, reason = "what is shared with the journeys is not all used here")]

#[path = "../e2e/browser.rs"]
mod browser;
mod figures;
mod input;
mod page;
mod row;
#[path = "../support/mod.rs"]
mod support;

use std::process::ExitCode;

/// `page [--bench] chromium|firefox RUNS [FIGURE]`
#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let engine = match arguments.first().map(String::as_str) {
        Some("chromium") => browser::Engine::Chromium,
        Some("firefox") => browser::Engine::Firefox,
        _ => {
            println!("skipped: page: cargo xtask bench runs it with a bundle, inputs and a driver");
            return ExitCode::SUCCESS;
        }
    };
    let runs = arguments.get(1).and_then(|runs| runs.parse().ok()).expect("how many runs");
    let only = arguments.get(2).map(String::as_str);
    match figures::measure(engine, runs, only).await {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    }
}
