//! Characters without case.

use std::ops::RangeInclusive;
use std::sync::OnceLock;

/// The blocks that hold every character with a case. To try all characters would take longer than a search does.
const WITH_CASE: [RangeInclusive<char>; 16] = [
    '\u{40}'..='\u{58f}',
    '\u{10a0}'..='\u{10ff}',
    '\u{13a0}'..='\u{13ff}',
    '\u{1c80}'..='\u{1cbf}',
    '\u{1e00}'..='\u{1fff}',
    '\u{2100}'..='\u{218f}',
    '\u{2460}'..='\u{24ff}',
    '\u{2c00}'..='\u{2cff}',
    '\u{a640}'..='\u{a7ff}',
    '\u{fb00}'..='\u{fb4f}',
    '\u{ff00}'..='\u{ffef}',
    '\u{10400}'..='\u{105ff}',
    '\u{10c80}'..='\u{10d8f}',
    '\u{118a0}'..='\u{118ff}',
    '\u{16e40}'..='\u{16edf}',
    '\u{1e900}'..='\u{1e95f}',
];

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
    static UNFOLDED: OnceLock<Box<[(char, Folded)]>> = OnceLock::new();
    UNFOLDED.get_or_init(|| {
        let all = WITH_CASE.into_iter().flatten().map(|c| (c, computed(c)));
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
