//! Shares the short strings that repeat throughout an export.

use crate::domain::{Name, SeededSet};
use std::sync::Arc;

/// The names met so far.
#[derive(Debug)]
pub(super) struct Names {
    met: SeededSet<Name>,
    /// Those among them that were not taken yet.
    new: Vec<Name>,
    /// Names met lately, each in the place that its length and three of its bytes give it: most names are found here,
    /// unhashed.
    lately: [Option<Name>; LATELY],
    /// The list of names last shared.
    last_list: Arc<[Name]>,
}

const LATELY: usize = 64;

impl Default for Names {
    fn default() -> Self {
        Names {
            met: SeededSet::default(),
            new: Vec::new(),
            lately: [const { None }; LATELY],
            last_list: Arc::default(),
        }
    }
}

impl Names {
    /// The one shared name that reads `text`.
    pub(super) fn share(&mut self, text: &str) -> Name {
        let place = self.lately.get_mut(place(text));
        if let Some(Some(name)) = &place
            && **name == *text
        {
            return name.clone();
        }
        let name = match self.met.get(text) {
            Some(name) => name.clone(),
            None => {
                let name = Name::from(text);
                self.met.insert(name.clone());
                self.new.push(name.clone());
                name
            }
        };
        if let Some(place) = place {
            *place = Some(name.clone());
        }
        name
    }
}

impl Names {
    /// Takes the names that were met since the last time.
    pub(super) fn take_new(&mut self) -> impl Iterator<Item = Name> + '_ {
        self.new.drain(..)
    }

    /// A list of shared names, itself shared where the one before it was the same.
    pub(super) fn share_list(&mut self, names: &[Name]) -> Arc<[Name]> {
        if *self.last_list != *names {
            self.last_list = names.into();
        }
        self.last_list.clone()
    }
}

/// Where among the names met lately `text` would be.
fn place(text: &str) -> usize {
    let bytes = text.as_bytes();
    let some = [bytes.first(), bytes.get(bytes.len() / 2), bytes.last()];
    let mixed = some
        .into_iter()
        .flatten()
        .fold(bytes.len(), |place, byte| place.wrapping_mul(31) ^ usize::from(*byte));
    mixed % LATELY
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_texts_share_one_name() {
        let mut names = Names::default();
        let texts: Vec<_> = (0..200).map(|i| format!("label{}", i % 100)).chain([String::new()]).collect();
        let shared: Vec<_> = texts.iter().map(|text| names.share(text)).collect();
        assert_eq!((names.take_new().count(), names.take_new().count()), (101, 0));
        for (text, name) in texts.iter().zip(&shared) {
            assert_eq!(**name, **text);
            assert!(Name::ptr_eq(name, &names.share(text)));
        }
        assert!(Name::ptr_eq(&shared[3], &shared[103]));
    }
}
