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
//! * [`browser`]: the only folder (with `main.rs`) that names web-sys, js-sys, gloo or wasm-bindgen.
//! * `boot.js`: what a person is told where WebAssembly cannot speak for itself: missing, not arrived, stopped.
//! * [`ui`]: thin components, a file each. `ui/app.rs` and `ui/opening.rs` are the places where `browser` meets `state`.
//!
//! Invariants, held by `tests/native/layering.rs`: arrows are `ui → state → core` and `ui → browser`, none points
//! back; derived values are computed, never set; no `style` attribute is ever written as text (the content policy
//! blocks it); nothing from an export ever becomes markup.

pub mod state;

#[cfg(target_arch = "wasm32")]
pub mod browser;
#[cfg(target_arch = "wasm32")]
pub mod ui;
