//! The core of Labelscope: what an export is, how it is read, and everything that is computed from it.
//!
//! Data flows one way, and each thing is decoded once, at the edge:
//!
//! ```text
//! bytes ──export──▶ domain::Export ──logic──▶ places, segments, findings, scores, windows
//! ```
//!
//! * [`domain`]: what a labeling project is, as plain immutable values. No serde, no JSON of the wire.
//! * [`export`]: the only code that knows the JSON. Bytes in, [`domain::Export`] and notices out.
//! * [`logic`]: pure functions over the domain.
//!
//! Invariants: nothing here knows a browser or a clock; nothing panics on input; `domain` names neither of the
//! other two, `logic` and `export` do not name each other. `tests/native/layering.rs` holds them to it.
//!
//! This is a crate of its own because it is built for speed and the views for size, and because its tests then
//! link in seconds.

pub mod domain;
pub mod export;
pub mod logic;
