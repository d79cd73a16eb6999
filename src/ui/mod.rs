//! What a person sees: thin components over `state`, a file each.
//!
//! Belongs here: views, and what ties `browser` to `state`: the address bar in [`app`], bytes in [`opening`], the rest beside
//! the view that needs it. Does not belong here: anything that can be computed without a page.
//!
//! Invariants: no HTML from data, ever; no `style` attribute written as text; selections live in the address alone.

mod agreement;
mod announced;
mod app;
mod asked;
mod assumptions;
mod chips;
mod conversations;
mod copy_table;
mod download;
mod explained;
mod filters;
mod findings;
mod gradual;
mod header;
mod help;
mod icons;
mod keys;
mod later;
mod linked_table;
mod live;
mod loading;
mod menu;
mod open;
mod opening;
mod overview;
mod printed;
mod problem;
mod reading;
mod refresh;
mod remembering;
mod search;
mod section;
mod specimens;
mod strap;
mod theme;
mod turns;
mod verbatim;
mod virtual_list;
mod watching;
mod wide;

pub use app::App;
