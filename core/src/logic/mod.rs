//! Pure functions over the domain.

pub mod align;
pub mod anchor;
pub mod changes;
pub mod direction;
pub mod excerpt;
pub mod facets;
pub mod health;
pub mod lanes;
pub mod overlay;
pub mod pieces;
pub mod place;
pub mod repeats;
pub mod report;
pub mod score;
pub mod search;
pub mod segments;
pub mod serialise;
pub mod signs;
pub mod sort;
pub mod totals;
pub mod unseen;
pub mod window;
