//! Pure functions over the domain.

pub mod align;
pub mod lanes;
pub mod overlay;
pub mod segments;
