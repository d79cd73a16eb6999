//! Whether an export may be too much for the device, and what is asked before it is read.
//!
//! Belongs here: sizes, what they need, and the sentences. Does not belong here: waiting for the answer (`ui::opening`).

use super::load::LoadId;

/// From this size of the JSON on a small device asks, in bytes. Read, that takes 40 to 70 MB of memory, see
/// [`Weight::needs`], and the page as much again or more while it is aligned and drawn; a choice, not a measurement.
const HEAVY: u64 = 30_000_000;

/// Up to this much memory a device is small, in GiB.
const SMALL_MEMORY: f64 = 4.0;

/// How many times larger the JSON in a compressed file is assumed to be: real exports were four to eight times larger.
const UNPACKED: u64 = 8;

/// What is known of how much there is to read, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// JSON that lies in a file, and stays there.
    File(u64),
    /// JSON that a server announced, and that is kept once it has come.
    Sent(u64),
    /// A compressed file, of which nobody knows how much is in it.
    Packed(u64),
}

/// A question that waits for an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Which opening waits.
    pub id: LoadId,
    /// What is to be opened, as a person knows it.
    pub title: String,
    /// How much there is to read.
    pub weight: Weight,
}

impl Weight {
    /// Whether it is much for a small device.
    pub const fn is_heavy(self) -> bool {
        self.json() >= HEAVY
    }

    /// How many bytes of JSON, for a compressed file by estimate.
    pub const fn json(self) -> u64 {
        match self {
            Weight::File(bytes) | Weight::Sent(bytes) => bytes,
            Weight::Packed(bytes) => bytes.saturating_mul(UNPACKED),
        }
    }

    /// How much memory it needs at least, in bytes: 1.4 times the JSON to read it (BENCHMARKS.md: 1.39), and the JSON itself
    /// where no file keeps it.
    pub const fn needs(self) -> u64 {
        let read = self.json().saturating_mul(14) / 10;
        match self {
            Weight::File(_) => read,
            Weight::Sent(_) | Weight::Packed(_) => read.saturating_add(self.json()),
        }
    }
}

/// Whether a device is small: its window is that of a phone, or it says that it has little memory, in GiB.
pub fn is_small(is_narrow: bool, memory: Option<f64>) -> bool {
    is_narrow || memory.is_some_and(|memory| memory <= SMALL_MEMORY)
}

impl Question {
    /// What is known of its size and what it needs; `bytes` writes a size.
    pub fn words(&self, bytes: impl Fn(u64) -> String) -> String {
        let needs = bytes(self.weight.needs());
        match self.weight {
            Weight::File(size) | Weight::Sent(size) => {
                format!("It is {} large, and needs at least {needs} of memory.", bytes(size))
            }
            Weight::Packed(size) => format!(
                "It is {} compressed. How large it is unpacked is not known before; exports were four to eight times \
                 larger, which needs some {needs} of memory.",
                bytes(size)
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_large_on_what_is_small_is_asked_about() {
        assert!(is_small(true, None) && is_small(false, Some(4.0)) && is_small(true, Some(8.0)));
        assert!(!is_small(false, None) && !is_small(false, Some(8.0)));
        let heavy = [Weight::File(HEAVY), Weight::Sent(HEAVY), Weight::Packed(HEAVY / UNPACKED)];
        assert!(heavy.iter().all(|weight| weight.is_heavy()));
        let light = [Weight::File(HEAVY - 1), Weight::Sent(0), Weight::Packed(HEAVY / UNPACKED - 1)];
        assert!(!light.iter().any(|weight| weight.is_heavy()));
        assert!(Weight::Packed(u64::MAX).is_heavy() && Weight::Sent(u64::MAX).needs() == u64::MAX);
    }

    #[test]
    fn what_it_needs_follows_from_where_it_comes_from() {
        let said = |weight: Weight| {
            let question = Question { id: LoadId::default(), title: String::new(), weight };
            question.words(|bytes| format!("{} MB", bytes / 1_000_000))
        };
        assert_eq!(said(Weight::File(40_000_000)), "It is 40 MB large, and needs at least 56 MB of memory.");
        assert_eq!(said(Weight::Sent(40_000_000)), "It is 40 MB large, and needs at least 96 MB of memory.");
        assert!(said(Weight::Packed(5_000_000)).ends_with("which needs some 96 MB of memory."));
    }
}
