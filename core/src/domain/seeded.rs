//! Look-up by ids and names that strangers wrote, which they cannot make slow.
//!
//! Belongs here: the hash. Who knows how keys are hashed can write keys that all fall together, and then each look-up goes
//! through all of them; so the hash depends on a number that a page draws when it starts. Nothing else may depend on it.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, Hasher};
use std::sync::atomic::{AtomicU64, Ordering};

/// What is drawn; until then, and where nobody draws, always the same.
static SEED: AtomicU64 = AtomicU64::new(0x243f_6a88_85a3_08d3);

/// Takes a number that nobody outside can know. Maps made before keep what they were made with.
pub fn seed(drawn: u64) {
    SEED.store(drawn, Ordering::Relaxed);
}

/// A map whose keys strangers wrote.
pub type SeededMap<K, V> = HashMap<K, V, BySeed>;
/// A set whose members strangers wrote.
pub type SeededSet<T> = HashSet<T, BySeed>;

/// Makes hashers with the number that was drawn before it was made.
#[derive(Clone, Copy, Debug)]
pub struct BySeed(u64);

impl Default for BySeed {
    fn default() -> Self {
        BySeed(SEED.load(Ordering::Relaxed))
    }
}

impl BuildHasher for BySeed {
    type Hasher = SeededHasher;

    fn build_hasher(&self) -> SeededHasher {
        // Two numbers out of one; neither can be told from the other without it.
        let other = folded(self.0 ^ 0x4528_21e6_38d0_1377, 0xbe54_66cf_34e9_0c6d);
        SeededHasher { state: self.0, key: other | 1 }
    }
}

/// Multiplies what it is given by what nobody knows.
#[derive(Debug)]
pub struct SeededHasher {
    state: u64,
    key: u64,
}

/// Both halves of the product over each other.
fn folded(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    product as u64 ^ (product >> 64) as u64
}

impl Hasher for SeededHasher {
    // Where it is inlined, each map of texts has a copy.
    #[inline(never)]
    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        for word in words {
            self.write_u64(u64::from_le_bytes(*word));
        }
        let mut last = [0; 8];
        last.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
        // The length keeps apart what zeros would make the same.
        self.write_u64(u64::from_le_bytes(last));
        self.write_u64(bytes.len() as u64);
    }

    fn write_u8(&mut self, byte: u8) {
        self.write_u64(byte.into());
    }

    fn write_u64(&mut self, word: u64) {
        self.state = folded(self.state ^ word, self.key).wrapping_add(self.key);
    }

    fn write_u128(&mut self, both: u128) {
        self.write_u64(both as u64);
        self.write_u64((both >> 64) as u64);
    }

    fn write_usize(&mut self, number: usize) {
        self.write_u64(number as u64);
    }

    fn finish(&self) -> u64 {
        self.state
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Id;
    use std::collections::BTreeSet;

    /// The place of an id in a table of 4,096, as maps choose it.
    fn place(id: &Id, seed: u64) -> u64 {
        BySeed(seed).hash_one(id) % 4_096
    }

    #[test]
    fn ids_that_fall_together_do_not_with_another_seed() {
        for spell in [
            |nth: u64| Id::new(&format!("{:08x}-0000-4000-8000-{:012x}", nth, nth * 7)),
            |nth: u64| Id::new(&format!("message {nth}")),
        ] {
            let (known, drawn) = (1, 0x9d5c_17a3_44e1_0b2f);
            let together: Vec<Id> = (0..400_000).map(spell).filter(|id| place(id, known) == 77).collect();
            assert!(together.len() > 60, "{}", together.len());
            let apart: BTreeSet<u64> = together.iter().map(|id| place(id, drawn)).collect();
            assert!(apart.len() * 10 > together.len() * 9, "{} of {}", apart.len(), together.len());
        }
    }

    #[test]
    fn places_are_spread_evenly() {
        let mut counts = vec![0; 4_096];
        for nth in 0..409_600_u64 {
            let id = Id::new(&format!("00000000-0000-4000-8000-{nth:012x}"));
            counts[place(&id, 1) as usize] += 1;
        }
        // A hundred on average; by chance none has twice as many.
        assert!(counts.iter().all(|count| (30..200).contains(count)), "{:?}", counts.iter().max());
    }

    #[test]
    fn equal_keys_have_equal_hashes() {
        let hash = |text: &str| BySeed(5).hash_one(Id::new(text));
        assert_eq!(
            hash("497F6ECA-6276-4993-BFEB-53CBBBBA6F08"),
            hash("497f6eca-6276-4993-bfeb-53cbbbba6f08")
        );
        assert_eq!(hash("Message"), hash("mESSAGE"));
        let texts = ["", "\0", "\0\0", "a", "a\0", "aaaaaaaa", "aaaaaaaa\0", "b"];
        let all: BTreeSet<u64> = texts.iter().map(|text| hash(text)).collect();
        assert_eq!(all.len(), texts.len());
    }
}
