//! Sorting, with one copy of the algorithm for all callers.
//!
//! The standard library makes a copy of its sort for each type and comparison: some 7 kB of WebAssembly each, a tenth of
//! the bundle when there were forty. Here the places of the items are sorted, by a comparison that is called through a
//! pointer, and the items are moved once.

use std::cmp::Ordering;

/// Sorts as `slice::sort_by` does: what compares as equal keeps its order.
pub fn sort_by<T>(items: &mut [T], mut compare: impl FnMut(&T, &T) -> Ordering) {
    let order = sorted_places(items.len(), |a, b| match (items.get(a), items.get(b)) {
        (Some(a), Some(b)) => compare(a, b),
        _ => Ordering::Equal,
    });
    permute(items, order);
}

/// Sorts as `slice::sort_by` does, and without a detour where items are few, as those of one message mostly are.
pub fn sort_few_by<T>(items: &mut [T], mut compare: impl FnMut(&T, &T) -> Ordering) {
    if items.len() > FEW {
        return sort_by(items, compare);
    }
    for end in 1..items.len() {
        for at in (0..end).rev() {
            match items.get_mut(at..at + 2) {
                Some([before, after]) if compare(before, after).is_gt() => std::mem::swap(before, after),
                _ => break,
            }
        }
    }
}

/// Up to so many, each item is let down to its place: moving them costs less than what any other way begins with.
const FEW: usize = 20;

/// Sorts as `slice::sort_by_key` does.
pub fn sort_by_key<T, K: Ord>(items: &mut [T], mut key: impl FnMut(&T) -> K) {
    sort_by(items, |a, b| key(a).cmp(&key(b)));
}

/// Sorts as `slice::sort` does.
pub fn sort<T: Ord>(items: &mut [T]) {
    sort_by(items, T::cmp);
}

/// Sorts and leaves each value once.
pub fn sort_and_dedup<T: Ord>(items: &mut Vec<T>) {
    sort(items);
    items.dedup();
}

/// The places 0 to `count`, sorted by a comparison of what stands there.
pub fn sorted_places(count: usize, mut compare: impl FnMut(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..count).collect();
    sort_places(&mut places, &mut compare);
    places
}

/// Sorts by keys that are made once for each item.
pub fn sort_by_cached_key<T, K: Ord>(items: &mut [T], key: impl FnMut(&T) -> K) {
    let keys: Vec<K> = items.iter().map(key).collect();
    let order = sorted_places(items.len(), |a, b| keys.get(a).cmp(&keys.get(b)));
    permute(items, order);
}

/// The one copy.
#[inline(never)]
fn sort_places(places: &mut [usize], compare: &mut dyn FnMut(usize, usize) -> Ordering) {
    places.sort_by(|&a, &b| compare(a, b));
}

/// Moves to each place the item whose place `order` names there, one circle of places after the other; gives how many
/// places were looked at, which is at most twice as many as there are.
fn permute<T>(items: &mut [T], mut order: Vec<usize>) -> usize {
    let mut looked_at = 0;
    for first in 0..items.len() {
        let mut at = first;
        while let Some(place) = order.get_mut(at) {
            looked_at += 1;
            // From now on this place is where it takes its item from: it is done.
            let from = std::mem::replace(place, at);
            if from == at || from == first {
                break;
            }
            items.swap(at, from);
            at = from;
        }
    }
    looked_at
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn each_place_is_looked_at_twice_at_most() {
        const COUNT: usize = 10_000;
        let rotated: Vec<usize> = (0..COUNT).map(|at| (at + 1) % COUNT).collect();
        let strided: Vec<usize> = (0..COUNT).map(|at| (at * 7_919) % COUNT).collect();
        let reversed: Vec<usize> = (0..COUNT).rev().collect();
        for order in [rotated, strided, reversed] {
            let mut items: Vec<usize> = (0..COUNT).collect();
            let looked_at = permute(&mut items, order.clone());
            assert_eq!(items, order);
            assert!(looked_at <= 2 * COUNT, "{looked_at}");
        }
    }

    proptest! {
        #[test]
        fn sorts_as_the_standard_library_does(items: Vec<(u8, u32)>) {
            let sorted = |sort: fn(&mut Vec<(u8, u32)>)| {
                let mut items = items.clone();
                sort(&mut items);
                items
            };
            prop_assert_eq!(sorted(|items| sort(items)), sorted(|items| items.sort()));
            prop_assert_eq!(
                sorted(|items| sort_few_by(items, |a, b| a.0.cmp(&b.0))),
                sorted(|items| items.sort_by_key(|item| item.0))
            );
            prop_assert_eq!(
                sorted(|items| sort_by_key(items, |item| item.0)),
                sorted(|items| items.sort_by_key(|item| item.0))
            );
            prop_assert_eq!(
                sorted(|items| sort_by_cached_key(items, |item| item.0 / 16)),
                sorted(|items| items.sort_by_key(|item| item.0 / 16))
            );
            prop_assert_eq!(
                sorted(sort_and_dedup),
                sorted(|items| { items.sort(); items.dedup(); })
            );
        }
    }
}
