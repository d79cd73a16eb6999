//! Native tests across modules of the core.

mod alignment;
mod anchors;
mod assumed;
mod between;
mod colors;
mod corpora;
mod errors;
mod excerpt;
mod files;
mod findings;
mod health;
mod layering;
mod marked;
mod noise;
mod place;
mod reader;
mod repeats;
mod report;
mod sample;
mod scores;
mod search;
mod segments;
mod shared;
mod strangers;
mod totals;
mod window;
