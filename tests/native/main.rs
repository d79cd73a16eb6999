//! Native tests across modules of the core.

mod alignment;
mod findings;
mod segments;
