//! What a person opened and closed by hand, as long as the export is on screen.
//!
//! Belongs here: the choices. Does not belong here: what stands open before any choice, which each view decides from
//! what it holds.

use labelscope_core::domain::{MessageRef, PartRef, SeededMap};

/// Something that can be opened and closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fold {
    /// A long part.
    Part(PartRef),
    /// A message in which two tiers do not differ.
    Message(MessageRef),
    /// Parts in which two tiers do not differ, by the first of them.
    Same(PartRef),
    /// A piece of a part without a difference, by the byte of the text that it starts at.
    Gap(PartRef, u32),
}

/// Which of the folds of a conversation are opened or closed together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Folding {
    /// Long parts.
    Parts,
    /// What is without a difference.
    Same,
}

impl Fold {
    /// What it is opened and closed together with.
    fn together(self) -> (u32, Folding) {
        match self {
            Fold::Part(at) => (at.message.conversation, Folding::Parts),
            Fold::Message(at) => (at.conversation, Folding::Same),
            Fold::Same(at) | Fold::Gap(at, _) => (at.message.conversation, Folding::Same),
        }
    }
}

/// What was chosen, fold by fold or for a whole conversation at once; the later choice holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folds {
    chosen: SeededMap<Fold, bool>,
    together: SeededMap<(u32, Folding), bool>,
}

impl Folds {
    /// Whether the person wants `fold` open (`true`) or closed; `None` where they never said.
    pub fn chosen(&self, fold: Fold) -> Option<bool> {
        self.chosen.get(&fold).or_else(|| self.together.get(&fold.together())).copied()
    }

    /// Opens or closes one.
    pub fn choose(&mut self, fold: Fold, is_open: bool) {
        self.chosen.insert(fold, is_open);
    }

    /// Opens or closes all of one sort in a conversation, those never seen as well.
    pub fn choose_all(&mut self, conversation: u32, folding: Folding, is_open: bool) {
        self.chosen.retain(|fold, _| fold.together() != (conversation, folding));
        self.together.insert((conversation, folding), is_open);
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
        folds.choose_all(0, Folding::Parts, false);
        assert_eq!((folds.chosen(part(0, 0)), folds.chosen(part(0, 1))), (Some(false), Some(false)));
        assert_eq!(folds.chosen(part(1, 0)), Some(true), "another conversation is left alone");
        let message = Fold::Message(MessageRef { conversation: 0, message: 0 });
        assert_eq!(folds.chosen(message), None, "and what is folded for another reason");
        folds.choose(part(0, 1), true);
        assert_eq!((folds.chosen(part(0, 0)), folds.chosen(part(0, 1))), (Some(false), Some(true)));
    }
}
