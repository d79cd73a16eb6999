//! What the app knows, without a DOM: signals, the address, how far an opening is. Runs natively.
//!
//! Belongs here: values that outlive one component, and pure functions from them to what a screen says.
//! Does not belong here: anything that touches the browser, anything that renders.
//!
//! Invariants: signals live in [`AppState`], made once under the root owner; what can be computed is not stored.

pub mod agreement;
mod app;
pub mod assumptions;
pub mod differences;
pub mod download;
mod drawn;
pub mod explained;
pub mod filter;
pub mod findings;
pub mod folds;
pub mod handover;
pub mod heavy;
mod help;
pub mod labels;
pub mod links;
pub mod listed;
pub mod load;
mod lookup;
pub mod map;
pub mod navigate;
mod opened;
pub mod overview;
pub mod problem;
pub mod reading;
pub mod refresh;
pub mod remembered;
pub mod request;
pub mod route;
pub mod search;
pub mod selection;
pub mod table;

pub use app::AppState;
pub use drawn::Drawing;
pub use labels::{LABEL_COLORS, LabelPlaces};
pub use lookup::StripRun;
pub use opened::{Opened, Preparing};
