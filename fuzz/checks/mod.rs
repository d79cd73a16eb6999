//! What must hold whatever bytes come. Run by the fuzz targets with bytes that they make up, and by the native tests with
//! the corpora that are kept.
//!
//! Belongs here: one module for each target, with a function `check` that panics where something does not hold. Does not
//! belong here: known cases, which stand in the tests of what they are about.

#![allow(dead_code, reason = "each fuzz target uses one of these")]
#![allow(clippy::expect_used, clippy::panic, reason = "what does not hold has to stop the fuzzer")]

pub mod alignment;
pub mod anchors;
pub mod csv;
pub mod parts;
pub mod reader;
pub mod segments;
pub mod taken;
