//! Labelscope: opens the export of a labeling project, shows every message with the spans that three tiers marked,
//! tells where they differ, and hands the export back as a file.
//!
//! The house, from the edge inward:
//!
//! ```text
//! browser ─bytes─▶ ui::opening ─▶ core::export ─▶ core::domain ─▶ core::logic ─▶ state ─▶ ui
//! ```
//!
//! * `labelscope_core` (in `core/`): the domain, the reader of the JSON, and every computation. Knows no browser.
//! * [`state`]: signals and the values behind them: which export is open, what the address says, how far an opening is.
//!   No DOM; runs natively.
//! * [`browser`]: the only folder that names web-sys, js-sys, gloo or wasm-bindgen.
//! * `boot.js`: what a person is told where WebAssembly cannot speak for itself: missing, not arrived, stopped.
//! * [`ui`]: thin components, a file each, and the only folder where `browser` meets `state`: `ui/app.rs` ties the address
//!   bar to it, `ui/opening.rs` the bytes that arrive.
//!
//! Invariants. Held by `tests/native/layering.rs`: arrows are `ui → state → core`, `ui → core` and `ui → browser`, none
//! points back; no `style` attribute is ever written as text (the content policy blocks it); nothing makes markup of text.
//! Held by whoever writes here: derived values are computed, never set.

pub mod state;

#[cfg(target_arch = "wasm32")]
pub mod browser;
#[cfg(target_arch = "wasm32")]
pub mod ui;
