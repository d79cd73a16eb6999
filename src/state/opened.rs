//! The export on screen, whole: what was read and everything computed from it once.
//!
//! Belongs here: the values that every screen reads, and their preparation in steps. Does not belong here: how any of
//! them is computed (the core does), or what a screen selects.

use super::problem::Problem;
use labelscope_core::domain::Export;

/// An export that is read, placed, aligned and counted. Made once, never changed.
#[derive(Debug)]
pub struct Opened {
    /// What was read.
    pub export: Export,
    /// Size of the JSON in bytes, decompressed.
    pub size: u64,
    /// Why the end of it is missing; `None` where all of it was read.
    pub incomplete: Option<Problem>,
}
