//! The table of findings: which rows an address asks for, in which order, and what each says.
//!
//! Belongs here: rows and orders over what was computed once. Does not belong here: which findings are let through
//! (`filter`), the geometry of the table, the rows of a score (`agreement`).

mod order;
mod row;
#[cfg(test)]
pub(crate) mod tests;

pub use order::{Column, Order};
pub use row::{TableRow, anchors, detail, quote_in_context, rows, statuses};

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
