//! The browser: the only folder, with `main.rs`, that names web-sys, js-sys, gloo or wasm-bindgen.
//!
//! Belongs here: one file for each thing of the browser, with a small Rust face: bytes, numbers, strings and closures
//! in and out. Does not belong here: anything that knows what an export, a project or a screen is.
//!
//! Invariants: what is taken from the browser (a listener, an observer, a request, a lock) is given back on drop; what
//! a browser may refuse (storage, clipboard) is tolerated or reported, never a panic.

pub mod clipboard;
pub mod dialog;
pub mod download;
pub mod fetch;
pub mod files;
pub mod focus;
pub mod frame;
pub mod handover;
pub mod highlight;
pub mod line;
pub mod listener;
pub mod locale;
pub mod location;
pub mod media;
pub mod memory;
pub mod mutations;
pub mod original;
pub mod page;
pub mod paint;
pub mod panic;
pub mod pause;
pub mod query;
pub mod random;
pub mod resize;
pub mod roving;
pub mod scroll;
pub mod shortened;
pub mod sight;
pub mod storage;
pub mod stream;
pub mod timing;
pub mod view;

use wasm_bindgen::{JsCast, JsValue};

/// What a thrown value says of itself: `TypeError: Failed to fetch`.
fn words_of(thrown: &JsValue) -> String {
    match thrown.dyn_ref::<js_sys::Error>() {
        Some(error) => format!("{}: {}", String::from(error.name()), String::from(error.message())),
        None => format!("{thrown:?}"),
    }
}
