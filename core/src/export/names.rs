//! Shares the short strings that repeat throughout an export.

use crate::domain::Name;
use std::collections::HashSet;

/// The names met so far.
#[derive(Debug, Default)]
pub(super) struct Names {
    met: HashSet<Name>,
    /// Names met lately, each in the place that its length and ends give it: most names are found here, unhashed.
    lately: [Option<Name>; LATELY],
}

const LATELY: usize = 32;

impl Names {
    /// The one shared name that reads `text`.
    pub(super) fn share(&mut self, text: &str) -> Name {
        let place = self.lately.get_mut(place(text));
        if let Some(Some(name)) = &place
            && **name == *text
        {
            return name.clone();
        }
        let name = self.met.get(text).cloned().unwrap_or_else(|| Name::from(text));
        self.met.insert(name.clone());
        if let Some(place) = place {
            *place = Some(name.clone());
        }
        name
    }
}

/// Where among the names met lately `text` would be.
fn place(text: &str) -> usize {
    let ends = [text.bytes().next(), text.bytes().next_back()];
    ends.into_iter().flatten().fold(text.len(), |place, byte| place.wrapping_mul(7) ^ usize::from(byte))
        % LATELY
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_texts_share_one_name() {
        let mut names = Names::default();
        let texts: Vec<_> = (0..200).map(|i| format!("label{}", i % 100)).chain([String::new()]).collect();
        let shared: Vec<_> = texts.iter().map(|text| names.share(text)).collect();
        for (text, name) in texts.iter().zip(&shared) {
            assert_eq!(**name, **text);
            assert!(Name::ptr_eq(name, &names.share(text)));
        }
        assert!(Name::ptr_eq(&shared[3], &shared[103]));
    }
}
