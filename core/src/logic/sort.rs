//! Sorting for everything but the hottest loops, with one copy of the algorithm for all callers.
//!
//! The standard library makes a copy of its sort for each type and comparison: some 7 kB of WebAssembly each, a tenth of
//! the bundle when there were forty. Here the places of the items are sorted, by a comparison that is called through a
//! pointer, and the items are moved once.

use std::cmp::Ordering;

/// Sorts as `slice::sort_by` does: what compares as equal keeps its order.
pub fn sort_by<T>(items: &mut [T], mut compare: impl FnMut(&T, &T) -> Ordering) {
    let mut order: Vec<usize> = (0..items.len()).collect();
    sort_places(&mut order, &mut |a, b| match (items.get(a), items.get(b)) {
        (Some(a), Some(b)) => compare(a, b),
        _ => Ordering::Equal,
    });
    permute(items, &order);
}

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

/// Sorts by keys that are made once for each item.
pub fn sort_by_cached_key<T, K: Ord>(items: &mut [T], key: impl FnMut(&T) -> K) {
    let keys: Vec<K> = items.iter().map(key).collect();
    let mut order: Vec<usize> = (0..items.len()).collect();
    sort_places(&mut order, &mut |a, b| keys.get(a).cmp(&keys.get(b)));
    permute(items, &order);
}

/// The one copy.
#[inline(never)]
fn sort_places(places: &mut [usize], compare: &mut dyn FnMut(usize, usize) -> Ordering) {
    places.sort_by(|&a, &b| compare(a, b));
}

/// Moves to each place the item whose place `order` names there.
fn permute<T>(items: &mut [T], order: &[usize]) {
    for at in 0..items.len() {
        let place = |at: usize| order.get(at).copied().unwrap_or(at);
        let mut from = place(at);
        // What stood there has been moved on to where the item that took its place came from.
        while from < at {
            from = place(from);
        }
        items.swap(at, from);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

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
