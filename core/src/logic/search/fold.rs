//! Characters without case.

use std::sync::OnceLock;

/// What a character folds to: one to three characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Folded {
    chars: [char; 3],
    len: u8,
}

impl Folded {
    const fn one(c: char) -> Self {
        Folded { chars: [c, '\0', '\0'], len: 1 }
    }

    /// The characters.
    pub(super) fn as_slice(&self) -> &[char] {
        self.chars.get(..usize::from(self.len)).unwrap_or_default()
    }
}

/// The full case folding of a character, up to which character stands for those that are the same without case: the
/// lower case of the upper case of its lower case, but for dotless i, which Unicode folds to itself.
fn computed(c: char) -> Folded {
    const DOTLESS_I: char = 'ı';
    if c == DOTLESS_I {
        return Folded::one(c);
    }
    let mut folded = Folded { chars: ['\0'; 3], len: 0 };
    let upper = c.to_lowercase().flat_map(char::to_uppercase);
    for (place, c) in folded.chars.iter_mut().zip(upper.flat_map(char::to_lowercase)) {
        *place = c;
        folded.len += 1;
    }
    folded
}

/// Every character that folds to anything but itself, ascending, with what it folds to.
pub(super) fn unfolded() -> &'static [(char, Folded)] {
    /// No character from here on has a case.
    const END: char = '\u{20000}';
    static UNFOLDED: OnceLock<Box<[(char, Folded)]>> = OnceLock::new();
    UNFOLDED.get_or_init(|| {
        let all = ('\0'..END).map(|c| (c, computed(c)));
        all.filter(|(c, folded)| folded.as_slice() != [*c]).collect()
    })
}

/// What a character folds to.
pub(super) fn folded(c: char) -> Folded {
    if c.is_ascii() {
        return Folded::one(c.to_ascii_lowercase());
    }
    let table = unfolded();
    let found = table.binary_search_by_key(&c, |(c, _)| *c).ok().and_then(|at| table.get(at));
    found.map_or(Folded::one(c), |(_, folded)| *folded)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fold(text: &str) -> String {
        text.chars().flat_map(|c| folded(c).as_slice().to_vec()).collect()
    }

    #[test]
    fn what_is_the_same_without_case() {
        let same = [
            ("STRASSE", "Straße"),
            ("STRASSE", "STRAẞE"),
            ("ΣΊΣΥΦΟΣ", "σίσυφος"),
            ("K", "\u{212a}"),
            ("å", "\u{212b}"),
            ("ω", "\u{2126}"),
            ("s", "ſ"),
            ("μ", "µ"),
            ("ffi", "ﬃ"),
            ("st", "ﬅ"),
            ("İ", "i\u{307}"),
            ("ŉ", "ʼN"),
            ("ǰ", "J\u{30c}"),
            ("ΐ", "Ι\u{308}\u{301}"),
            ("ᾳ", "ΑΙ"),
            ("\u{345}", "ι"),
            ("ǅ", "ǆ"),
            ("Ꭰ", "ꭰ"),
            ("Ა", "ა"),
            ("Ϩ", "ϩ"),
            ("𞤀", "𞤢"),
            ("ᲀ", "В"),
            ("θ", "ϴ"),
        ];
        for (one, other) in same {
            assert_eq!(fold(one), fold(other), "{one} {other}");
        }
        for (one, other) in [("ı", "i"), ("I", "ı"), ("İ", "i"), ("é", "e"), ("é", "e\u{301}"), ("ø", "o")]
        {
            assert_ne!(fold(one), fold(other), "{one} {other}");
        }
    }

    #[test]
    fn folding_what_is_folded_changes_nothing_and_no_character_folds_to_more_than_three() {
        for c in '\0'..=char::MAX {
            let once = computed(c);
            let upper = c.to_lowercase().flat_map(char::to_uppercase);
            assert_eq!(
                upper.flat_map(char::to_lowercase).count(),
                if c == 'ı' { 1 } else { once.as_slice().len() },
                "{c:?}"
            );
            assert_eq!(folded(c), once, "{c:?}");
            for &c in once.as_slice() {
                assert_eq!(folded(c).as_slice(), [c], "{c:?}");
            }
        }
    }
}
