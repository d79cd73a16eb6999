//! Journeys through the optimised bundle in a real browser, against a real HTTP server that can misbehave.
//!
//! Belongs here: what a person does and sees, in plain steps. Does not belong here: what a function returns (`native`),
//! what a component does alone (`browser`).
//!
//! `cargo xtask test` builds the bundle and runs them; alone they need `LABELSCOPE_DIST`, a folder with a bundle and its
//! headers, and `chromedriver`; `LABELSCOPE_ENGINE` names another engine. A console error fails a journey. A picture of
//! the page where one failed is kept in `target/e2e`.

#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a step that fails ends its journey"
)]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "each journey says how it went")]

#[path = "../support/mod.rs"]
mod support;

mod acts;
mod agreement;
mod axe;
mod boot;
mod browser;
mod by_keyboard;
mod copying;
mod core;
mod crowded;
mod download;
mod downloads;
mod filters;
mod find;
mod findings;
mod fits;
mod handing_on;
mod handover;
mod heavy;
mod help;
mod hostile;
mod hosting;
mod ids;
mod journey;
mod keyboard;
mod keys;
mod layouts;
mod links;
mod loading;
mod locales;
mod many;
mod opening;
mod page;
mod pictures;
mod print;
mod privacy;
mod problems;
mod reading;
mod real_files;
mod refresh;
mod screens;
mod search;
mod second_day;
mod share;
mod tree;
mod walk;
mod window;
