//! Finding two bytes that stand side by side, each of which may be one of a few, many places at a time.

use std::ops::Range;

/// Two bytes side by side.
#[derive(Debug)]
pub(super) enum Pair {
    /// One byte each, or one letter in either case.
    Plain([Masked; 2]),
    /// Up to so many each.
    Several([[Masked; SEVERAL]; 2]),
}

const SEVERAL: usize = 4;

/// Places that are looked at together: two vectors.
const BLOCK: usize = 32;

/// The bytes that are `value` in the bits of `mask`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Masked {
    mask: u8,
    value: u8,
}

impl Masked {
    const fn is(self, byte: u8) -> bool {
        byte & self.mask == self.value
    }
}

impl Pair {
    /// One of `first` and then one of `second`; both ascend. `None` where they are too many.
    pub(super) fn new(first: &[u8], second: &[u8]) -> Option<Self> {
        let (first, second) = (masked(first)?, masked(second)?);
        Some(match (first, second) {
            ([first, None, ..], [second, None, ..]) => Pair::Plain([first?, second?]),
            (first, second) => Pair::Several([filled(first)?, filled(second)?]),
        })
    }

    /// The first place of the pair's first byte that lies `within`.
    pub(super) fn find(&self, bytes: &[u8], within: Range<usize>) -> Option<usize> {
        match self {
            Pair::Plain([first, second]) => find(&[*first], &[*second], bytes, within),
            Pair::Several([first, second]) => find(first, second, bytes, within),
        }
    }
}

/// The fewest that hold these bytes and no others.
fn masked(bytes: &[u8]) -> Option<[Option<Masked>; SEVERAL]> {
    let mut all = [None; SEVERAL];
    let mut slots = all.iter_mut();
    let mut rest = bytes.to_vec();
    while let Some(byte) = rest.pop() {
        // A letter in its other case differs in this bit.
        const CASE: u8 = 0x20;
        let other = rest.iter().position(|other| *other == byte ^ CASE);
        let mask = other.map_or(0xff, |other| {
            rest.swap_remove(other);
            !CASE
        });
        *slots.next()? = Some(Masked { mask, value: byte & mask });
    }
    Some(all)
}

/// The same without gaps: some stand there twice.
fn filled(some: [Option<Masked>; SEVERAL]) -> Option<[Masked; SEVERAL]> {
    let [first, ..] = some;
    let first = first?;
    Some(some.map(|one| one.unwrap_or(first)))
}

fn find<const N: usize>(
    first: &[Masked; N],
    second: &[Masked; N],
    bytes: &[u8],
    within: Range<usize>,
) -> Option<usize> {
    let is_any = |masked: &[Masked; N], byte: u8| masked.iter().any(|one| one.is(byte));
    let find_one = |places: Range<usize>| {
        let both = bytes.get(places.start..)?.iter().zip(bytes.get(places.start + 1..)?).take(places.len());
        let at = both.into_iter().position(|(one, next)| is_any(first, *one) && is_any(second, *next))?;
        Some(places.start + at)
    };
    let mut at = within.start;
    while at + BLOCK <= within.end {
        let Some(block) = bytes.get(at..at + BLOCK + 1) else { break };
        let (Some(ones), Some(nexts)) = (block.first_chunk(), block.last_chunk()) else { break };
        if let Some(place) = first_place(first, second, ones, nexts) {
            return Some(at + place);
        }
        at += BLOCK;
    }
    find_one(at..within.end)
}

/// The first of these places where the pair stands.
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
#[inline]
fn first_place<const N: usize>(
    first: &[Masked; N],
    second: &[Masked; N],
    ones: &[u8; BLOCK],
    nexts: &[u8; BLOCK],
) -> Option<usize> {
    use core::arch::wasm32::{
        u8x16_bitmask, u8x16_eq, u8x16_splat, u64x2, u64x2_splat, v128, v128_and, v128_any_true, v128_or,
    };
    let vector = |block: &[u8; BLOCK / 2]| {
        let whole = u128::from_le_bytes(*block);
        u64x2(whole as u64, (whole >> 64) as u64)
    };
    let is = |masked: &[Masked; N], bytes: v128| {
        masked.iter().fold(u64x2_splat(0), |found, Masked { mask, value }| {
            v128_or(found, u8x16_eq(v128_and(bytes, u8x16_splat(*mask)), u8x16_splat(*value)))
        })
    };
    let (ones, nexts) = (ones.as_chunks().0, nexts.as_chunks().0);
    let ([one, other], [next, other_next]) = (ones.first_chunk()?, nexts.first_chunk()?);
    let pair = |one, next| v128_and(is(first, vector(one)), is(second, vector(next)));
    let (here, there) = (pair(one, next), pair(other, other_next));
    // Hardly ever, and one question is cheaper than two.
    v128_any_true(v128_or(here, there)).then(|| {
        let places = u32::from(u8x16_bitmask(here)) | (u32::from(u8x16_bitmask(there)) << (BLOCK / 2));
        places.trailing_zeros() as usize
    })
}

/// The first of these places where the pair stands. Whether it stands at any is found out without a branch, which makes
/// a few vector instructions of it.
#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
#[inline]
fn first_place<const N: usize>(
    first: &[Masked; N],
    second: &[Masked; N],
    ones: &[u8; BLOCK],
    nexts: &[u8; BLOCK],
) -> Option<usize> {
    let bit = |masked: &[Masked; N], byte: u8| masked.iter().fold(0, |bit, one| bit | u8::from(one.is(byte)));
    let both = || ones.iter().zip(nexts).map(|(one, next)| bit(first, *one) & bit(second, *next));
    let is_anywhere = both().fold(0, |found, here| found | here) != 0;
    if is_anywhere { both().position(|here| here != 0) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn the_first_place_is_found(
            bytes in prop::collection::vec(prop_oneof![8 => Just(b'e'), 1 => prop::sample::select(b"aAbB1\xc3\xa4".to_vec())], 0..120),
            sets in prop::sample::select(vec![
                (&b"Aa"[..], &b"Bb"[..]), (b"1", b"Aa"), (b"Aa\xa4", b"Bb\xc3"), (b"1Aa", b"1"), (b"\xa4", b"\xc3"), (b"ABab", b"1"),
            ]),
            (start, len) in (0..60_usize, 0..120_usize),
        ) {
            let (first, second) = sets;
            let within = start..start + len;
            let expected = within.clone().find(|at| {
                let holds = |set: &[u8], at| bytes.get(at).is_some_and(|byte| set.contains(byte));
                holds(first, *at) && holds(second, at + 1)
            });
            prop_assert_eq!(Pair::new(first, second).unwrap().find(&bytes, within), expected);
        }
    }

    #[test]
    fn too_many_are_refused() {
        assert!(Pair::new(b"12345", b"1").is_none() && Pair::new(b"1", b"12345").is_none());
        assert!(Pair::new(b"1234", b"1Aa").is_some());
    }
}
