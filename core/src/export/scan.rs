//! Where a JSON string stops being plain text, looked for many bytes at a time. Belongs here: bytes; what stops a
//! string, and what that means, is for `token`.

/// Bytes that are looked at together.
const BLOCK: usize = 16;

/// The first byte at or after `at` that no JSON string holds as it is: a quote, a backslash or a control character.
/// The length of `bytes` where there is none.
#[inline]
pub(super) fn plain_until(bytes: &[u8], mut at: usize) -> usize {
    let mut rest = bytes.get(at..).unwrap_or_default();
    while let Some((block, after)) = rest.split_first_chunk::<BLOCK>() {
        if let Some(stop) = first_stop(block) {
            return at + stop;
        }
        at += BLOCK;
        rest = after;
    }
    at + rest.iter().position(|byte| is_stop(*byte)).unwrap_or(rest.len())
}

const fn is_stop(byte: u8) -> bool {
    matches!(byte, b'"' | b'\\' | 0..0x20)
}

/// Where in a block the first byte is that stops a string.
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
#[inline]
fn first_stop(block: &[u8; BLOCK]) -> Option<usize> {
    use core::arch::wasm32::{u8x16_bitmask, u8x16_eq, u8x16_lt, u8x16_splat, u64x2, v128_or};
    let [low, high] = halves(block);
    let bytes = u64x2(low, high);
    let quotes = u8x16_eq(bytes, u8x16_splat(b'"'));
    let backslashes = u8x16_eq(bytes, u8x16_splat(b'\\'));
    let controls = u8x16_lt(bytes, u8x16_splat(0x20));
    let stops = u8x16_bitmask(v128_or(v128_or(quotes, backslashes), controls));
    (stops != 0).then(|| stops.trailing_zeros() as usize)
}

/// Where in a block the first byte is that stops a string.
#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
#[inline]
fn first_stop(block: &[u8; BLOCK]) -> Option<usize> {
    const EACH: u64 = 0x0101_0101_0101_0101;
    const TOP_BITS: u64 = 0x80 * EACH;
    // Subtracting sets the top bit of a byte that is smaller, and may go on to borrow from the bytes above it; the
    // lowest bit that is set is always right, and only that one is used.
    let smaller = |bytes: u64, than: u8| bytes.wrapping_sub(u64::from(than) * EACH) & !bytes;
    let equal = |bytes: u64, to: u8| smaller(bytes ^ (u64::from(to) * EACH), 1);
    let [low, high] = halves(block)
        .map(|bytes| (equal(bytes, b'"') | equal(bytes, b'\\') | smaller(bytes, 0x20)) & TOP_BITS);
    let byte = |bits: u64| bits.trailing_zeros() as usize / 8;
    match (low, high) {
        (0, 0) => None,
        (0, high) => Some(BLOCK / 2 + byte(high)),
        (low, _) => Some(byte(low)),
    }
}

/// A block as two numbers, the first byte lowest.
#[inline]
fn halves(block: &[u8; BLOCK]) -> [u64; 2] {
    let whole = u128::from_le_bytes(*block);
    [whole as u64, (whole >> 64) as u64]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn the_first_stop_is_found(
            bytes in prop::collection::vec(prop_oneof![8 => Just(b'a'), 8 => Just(0xE9), 1 => any::<u8>()], 0..80),
            at in 0..90_usize,
        ) {
            let rest = bytes.get(at..).unwrap_or_default();
            let expected = at + rest.iter().position(|byte| is_stop(*byte)).unwrap_or(rest.len());
            prop_assert_eq!(plain_until(&bytes, at), expected);
        }
    }
}
