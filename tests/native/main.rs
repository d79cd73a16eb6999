//! Native tests across modules of the core.

mod segments;
