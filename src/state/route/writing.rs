//! Values in, the parameters of a fragment out.

use super::percent;
use super::words::Word;
use labelscope_core::domain::PerTier;

/// A fragment while it is written.
pub(super) struct Writing {
    pub(super) text: String,
}

impl Writing {
    pub(super) fn one(&mut self, name: &str, value: Option<&str>) {
        let Some(value) = value else { return };
        if !self.text.ends_with('?') {
            self.text.push('&');
        }
        percent::encode(name, &mut self.text);
        self.text.push('=');
        percent::encode(value, &mut self.text);
    }

    pub(super) fn word<T: Word>(&mut self, name: &str, value: Option<T>) {
        self.one(name, value.map(T::word));
    }

    pub(super) fn flag(&mut self, name: &str, value: bool) {
        self.one(name, value.then_some("1"));
    }
}

/// The letters of the tiers that are shown.
pub(super) fn tier_letters(shown: &PerTier<bool>) -> String {
    shown.iter().filter(|(_, shown)| **shown).map(|(tier, _)| tier.letter()).collect()
}
