//! What a person opened and closed by hand, as long as the export is on screen.
//!
//! Belongs here: the choices. Does not belong here: what stands open before any choice, which each view decides from
//! what it holds.

use labelscope_core::domain::{MessageRef, PartRef};
use std::collections::HashMap;

/// Something that can be opened and closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fold {
    /// A long part.
    Part(PartRef),
}

impl Fold {
    /// Index of the conversation that it is in.
    fn conversation(self) -> u32 {
        let Fold::Part(PartRef { message: MessageRef { conversation, .. }, .. }) = self;
        conversation
    }
}

/// What was chosen, fold by fold or for a whole conversation at once; the later choice holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folds {
    chosen: HashMap<Fold, bool>,
    conversations: HashMap<u32, bool>,
}

impl Folds {
    /// Whether the person wants `fold` open (`true`) or closed; `None` where they never said.
    pub fn chosen(&self, fold: Fold) -> Option<bool> {
        self.chosen.get(&fold).or_else(|| self.conversations.get(&fold.conversation())).copied()
    }

    /// Opens or closes one.
    pub fn choose(&mut self, fold: Fold, is_open: bool) {
        self.chosen.insert(fold, is_open);
    }

    /// Opens or closes all of a conversation, those never seen as well.
    pub fn choose_all(&mut self, conversation: u32, is_open: bool) {
        self.chosen.retain(|fold, _| fold.conversation() != conversation);
        self.conversations.insert(conversation, is_open);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(conversation: u32, message: u32) -> Fold {
        Fold::Part(PartRef { message: MessageRef { conversation, message }, part: 0 })
    }

    #[test]
    fn the_later_choice_holds() {
        let mut folds = Folds::default();
        assert_eq!(folds.chosen(part(0, 0)), None);
        folds.choose(part(0, 0), true);
        folds.choose(part(1, 0), true);
        assert_eq!((folds.chosen(part(0, 0)), folds.chosen(part(0, 1))), (Some(true), None));
        folds.choose_all(0, false);
        assert_eq!((folds.chosen(part(0, 0)), folds.chosen(part(0, 1))), (Some(false), Some(false)));
        assert_eq!(folds.chosen(part(1, 0)), Some(true), "another conversation is left alone");
        folds.choose(part(0, 1), true);
        assert_eq!((folds.chosen(part(0, 0)), folds.chosen(part(0, 1))), (Some(false), Some(true)));
    }
}
