//! Which marks are drawn over a text.
//!
//! Belongs here: the choice, the same for the text and whatever is drawn of it elsewhere. Does not belong here: how a
//! mark is drawn (`labelscope_core::logic::overlay`), which findings a ledger lists (`lookup`).

use super::Opened;
use labelscope_core::domain::{PartRef, PerTier};
use labelscope_core::logic::align::Mark;

/// Which marks are drawn over a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drawing {
    /// Those of the tiers that are switched on, a track for each.
    Tracks(PerTier<bool>),
}

impl Drawing {
    /// The tiers that a track is kept open for.
    pub fn tracks(&self) -> PerTier<bool> {
        let Drawing::Tracks(shown) = *self;
        shown
    }
}

impl Opened {
    /// The marks that are drawn over a part, by tier, start, end and label.
    pub fn marks_drawn(&self, at: PartRef, drawing: &Drawing) -> Vec<&Mark> {
        let Drawing::Tracks(shown) = drawing;
        self.marks_of(at).iter().filter(|mark| shown[mark.tier]).collect()
    }
}
