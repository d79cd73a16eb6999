//! Ids as they were sent, compared without case.

use std::borrow::Cow;
use std::fmt;
use std::hash::{Hash, Hasher};
use uuid::Uuid;

/// The id of a project, conversation, message or annotation.
///
/// Shown and exported exactly as sent; equal, ordered and hashed without regard to case, since systems that pass UUIDs on
/// differ in the case they write. Almost every id is a lower-case UUID, which is held in 16 bytes.
#[derive(Clone)]
pub struct Id(Repr);

#[derive(Clone)]
enum Repr {
    /// A UUID whose text is exactly the lower-case, hyphenated form.
    Uuid(Uuid),
    Other(Box<str>),
}

impl Id {
    /// The id that was sent as `text`.
    pub fn new(text: &str) -> Self {
        match canonical(text) {
            Some(uuid) => Id(Repr::Uuid(uuid)),
            None => Id(Repr::Other(text.into())),
        }
    }

    /// The text as sent.
    pub fn text(&self) -> Cow<'_, str> {
        match &self.0 {
            Repr::Uuid(uuid) => Cow::Owned(uuid.hyphenated().to_string()),
            Repr::Other(text) => Cow::Borrowed(text),
        }
    }

    /// Whether it is a UUID in lower case with hyphens.
    pub fn is_uuid(&self) -> bool {
        matches!(self.0, Repr::Uuid(_))
    }

    /// Looks at the text as sent, without an allocation.
    pub fn with_text<T>(&self, look: impl FnOnce(&str) -> T) -> T {
        match &self.0 {
            Repr::Uuid(uuid) => look(uuid.hyphenated().encode_lower(&mut Uuid::encode_buffer())),
            Repr::Other(text) => look(text),
        }
    }

    /// What the id is compared by: its text in lower case.
    fn key(&self) -> Key {
        match &self.0 {
            Repr::Uuid(uuid) => Key::Uuid(*uuid),
            Repr::Other(text) => {
                let lower = text.to_lowercase();
                canonical(&lower).map_or(Key::Other(lower), Key::Uuid)
            }
        }
    }
}

#[derive(PartialEq, Eq)]
enum Key {
    Uuid(Uuid),
    Other(String),
}

impl Key {
    fn text(&self) -> Cow<'_, str> {
        match self {
            Key::Uuid(uuid) => Cow::Owned(uuid.hyphenated().to_string()),
            Key::Other(text) => Cow::Borrowed(text),
        }
    }
}

/// The UUID that `text` spells in lower case with hyphens, the only spelling that it can be given back from. By hand,
/// since an export holds as many ids as annotations and messages.
fn canonical(text: &str) -> Option<Uuid> {
    const PAIRS: [usize; 16] = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34];
    let text: &[u8; 36] = text.as_bytes().try_into().ok()?;
    if [text[8], text[13], text[18], text[23]] != [b'-'; 4] {
        return None;
    }
    let mut all = 0;
    let bytes = PAIRS.map(|at| {
        let (high, low) = (DIGITS[usize::from(text[at])], DIGITS[usize::from(text[at + 1])]);
        all |= high | low;
        high << 4 | low
    });
    (all < NO_DIGIT).then(|| Uuid::from_bytes(bytes))
}

/// More than any digit.
const NO_DIGIT: u8 = 0x10;

/// What each byte is worth as a lower-case hexadecimal digit.
const DIGITS: [u8; 256] = {
    let (mut digits, mut byte) = ([NO_DIGIT; 256], 0);
    while byte < 16 {
        digits[b"0123456789abcdef"[byte] as usize] = byte as u8;
        byte += 1;
    }
    digits
};

impl PartialEq for Id {
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Repr::Uuid(a), Repr::Uuid(b)) => a == b,
            _ => self.key() == other.key(),
        }
    }
}

impl Eq for Id {}

impl Hash for Id {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match self.key() {
            Key::Uuid(uuid) => state.write_u128(uuid.as_u128()),
            Key::Other(text) => text.hash(state),
        }
    }
}

impl PartialOrd for Id {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Id {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        match (&self.0, &other.0) {
            // The order of the bytes is the order of the hexadecimal text.
            (Repr::Uuid(a), Repr::Uuid(b)) => a.cmp(b),
            _ => self.key().text().cmp(&other.key().text()),
        }
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Repr::Uuid(uuid) => uuid.hyphenated().fmt(f),
            Repr::Other(text) => f.write_str(text),
        }
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Id({self})")
    }
}

impl From<&str> for Id {
    fn from(text: &str) -> Self {
        Id::new(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::HashSet;

    #[test]
    fn text_is_kept_and_case_ignored() {
        let cases =
            ["497f6eca-6276-4993-bfeb-53cbbbba6f08", "497F6ECA-6276-4993-BFEB-53CBBBBA6F08", "Task-Ä", ""];
        for text in cases {
            assert_eq!(Id::new(text).text(), text);
            assert_eq!(Id::new(text).to_string(), text);
        }
        assert_eq!(Id::new(cases[0]), Id::new(cases[1]));
        assert_eq!(Id::new("Task-Ä"), Id::new("task-ä"));
        assert_ne!(Id::new("497f6eca62764993bfeb53cbbbba6f08"), Id::new(cases[0]));
        let set: HashSet<Id> = cases.iter().map(|text| Id::new(text)).collect();
        assert_eq!(set.len(), 3);
    }

    proptest! {
        /// What is held in 16 bytes is given back as sent, and nothing that it could be held for is missed.
        #[test]
        fn canonical_ids_are_those_that_uuid_writes(
            bytes in any::<[u8; 16]>(),
            change in (0..36_usize, prop_oneof![any::<u8>(), prop::sample::select(b"09afAFg/:`@-G".to_vec())]),
        ) {
            let sent = Uuid::from_bytes(bytes).hyphenated().to_string();
            prop_assert_eq!(canonical(&sent), Some(Uuid::from_bytes(bytes)));
            let mut changed = sent.into_bytes();
            changed[change.0] = change.1;
            let changed = String::from_utf8_lossy(&changed);
            let written = Uuid::try_parse(&changed).ok().filter(|uuid| uuid.hyphenated().to_string() == changed);
            prop_assert_eq!(canonical(&changed), written);
        }
    }

    #[test]
    fn order_is_that_of_the_lower_case_text() {
        let mut ids =
            ["b", "A", "497F6ECA-6276-4993-BFEB-53CBBBBA6F08", "497f6eca-6276-4993-bfeb-53cbbbba6f07"]
                .map(Id::new);
        ids.sort();
        assert_eq!(
            ids.map(|id| id.to_string().to_lowercase()),
            ["497f6eca-6276-4993-bfeb-53cbbbba6f07", "497f6eca-6276-4993-bfeb-53cbbbba6f08", "a", "b"]
        );
    }
}
