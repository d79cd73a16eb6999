//! Shares the short strings that repeat throughout an export.

use crate::domain::Name;
use std::collections::HashSet;

/// The names met so far.
#[derive(Debug, Default)]
pub(super) struct Names {
    met: HashSet<Name>,
}

impl Names {
    /// The one shared name that reads `text`.
    pub(super) fn share(&mut self, text: &str) -> Name {
        if let Some(name) = self.met.get(text) {
            return name.clone();
        }
        let name = Name::from(text);
        self.met.insert(name.clone());
        name
    }
}
