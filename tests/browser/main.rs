//! Components in a real page, without a server: what a text and a list do in a browser's layout.
//!
//! Belongs here: what needs a DOM and no network. Does not belong here: journeys (`e2e`), what a function returns
//! (`native`).

#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a step that fails ends its test")]

mod marked_text;
mod page;
mod scripts;
mod virtual_list;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
