//! The health of an export: what is odd about it, and what had to be assumed to read it.
//!
//! Belongs here: finding and counting oddities, the evidence for assumptions, JSON paths of annotations. Not here: how
//! it is shown or written (`report`), what the reader itself noted beyond passing it on.
//!
//! Invariant: nothing that is odd is dropped: each kind is counted in full, with a few examples and their paths.

mod anomalies;
mod assumptions;
mod path;

pub use anomalies::{Anomaly, AnomalyKind, EXAMPLES, Example, anomalies};
pub use assumptions::{Assumption, assumptions};
pub use path::annotation_path;
