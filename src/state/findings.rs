//! The table of findings: which findings an address lets into it, in which order, and how many bear which verdict.
//!
//! Belongs here: filters, orders and counts over what was computed once. Does not belong here: what a row shows, the
//! geometry of the table, the rows of a score (`agreement`).

mod chips;
mod filter;
mod order;
mod row;
#[cfg(test)]
pub(crate) mod tests;

pub use chips::{Chip, chips, flow_in_words, heading};
pub use filter::{Choices, FindingFacts, FindingFilter, choices};
pub use order::{Column, Order};
pub use row::{ANCHORS, TableRow, anchors, detail, quote_in_context, rows, statuses};

use super::route::Route;

/// Where a person was in the table, to come back to.
#[derive(Clone, Debug, PartialEq)]
pub struct FindingsPlace {
    /// What the table showed, nothing selected.
    pub route: Route,
    /// How far it was scrolled, in scroll pixels.
    pub scroll: f64,
    /// The row that was opened, if one was.
    pub row: Option<usize>,
}
