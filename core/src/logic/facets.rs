//! Facets: which of many things are let through by what is chosen of their properties, and how many would be if
//! something else were chosen.
//!
//! Belongs here: columns of values, and walking over them. Does not belong here: what the properties are, what the
//! things are, how a choice is written into an address.
//!
//! Values are numbers, so that a change of choices costs no comparison of strings however many things there are.

use crate::domain::SeededMap;

/// One property of a row of things: for each thing, the numbers of its values.
#[derive(Clone, Debug, Default)]
pub struct Column {
    /// Where the values of each thing start in `values`, and where the last one's end; empty as long as each has one.
    starts: Vec<u32>,
    values: Vec<u32>,
    /// How many values can be told apart.
    width: usize,
}

impl Column {
    /// A column with room for so many things of one value each.
    pub fn with_room_for(things: usize) -> Self {
        Column { values: Vec::with_capacity(things), ..Column::default() }
    }

    /// Appends a thing with these values, possibly none; one that repeats counts once.
    pub fn push(&mut self, values: impl IntoIterator<Item = u32>) {
        let start = self.values.len();
        for value in values {
            if !self.values.get(start..).unwrap_or_default().contains(&value) {
                self.values.push(value);
                self.width = self.width.max(value as usize + 1);
            }
        }
        let end = u32::try_from(self.values.len()).unwrap_or(u32::MAX);
        if self.starts.is_empty() && self.values.len() != start + 1 {
            self.starts.reserve(self.values.capacity() + 1);
            self.starts.extend(0..=u32::try_from(start).unwrap_or(u32::MAX));
        }
        if !self.starts.is_empty() {
            self.starts.push(end);
        }
    }

    /// The values of a thing; none past the end.
    pub fn of(&self, thing: usize) -> &[u32] {
        let next = thing.saturating_add(1);
        if self.starts.is_empty() {
            return self.values.get(thing..next).unwrap_or_default();
        }
        let bound = |at: usize| self.starts.get(at).copied().unwrap_or_default() as usize;
        self.values.get(bound(thing)..bound(next)).unwrap_or_default()
    }

    /// Numbers the values anew: `order` holds the old numbers in their new order, each once.
    pub fn renumber(&mut self, order: &[u32]) {
        let mut new = vec![0; self.width.max(order.len())];
        for (to, &from) in order.iter().enumerate() {
            if let Some(slot) = new.get_mut(from as usize) {
                *slot = u32::try_from(to).unwrap_or(u32::MAX);
            }
        }
        for value in &mut self.values {
            *value = new.get(*value as usize).copied().unwrap_or_default();
        }
        self.width = new.len();
    }
}

/// Numbers for words, in the order in which they are met.
#[derive(Clone, Debug)]
pub struct Numbers<'w> {
    words: Vec<Option<&'w str>>,
    by_text: SeededMap<Option<&'w str>, u32>,
    /// Words met lately, by where they stand in memory and how long they are, each in the slot that its place gives it:
    /// the names of an export are shared, so that almost none has to be hashed.
    lately: [Option<((usize, usize), u32)>; LATELY],
}

/// How many words are known by their place.
const LATELY: usize = 64;

impl Default for Numbers<'_> {
    fn default() -> Self {
        Numbers { words: Vec::new(), by_text: SeededMap::default(), lately: [None; LATELY] }
    }
}

impl<'w> Numbers<'w> {
    /// The number of a word, or of the lack of one.
    pub fn of(&mut self, word: Option<&'w str>) -> u32 {
        let place = word.map_or((0, 0), |text| (text.as_ptr().addr(), text.len()));
        // Allocations stand on multiples of eight.
        let slot = self.lately.get_mut((place.0 >> 3 ^ place.0 >> 9) % LATELY);
        if let Some(Some((known, number))) = &slot
            && *known == place
        {
            return *number;
        }
        let next = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
        let number = *self.by_text.entry(word).or_insert_with(|| {
            self.words.push(word);
            next
        });
        if let Some(slot) = slot {
            *slot = Some((place, number));
        }
        number
    }

    /// The words, by number.
    pub fn words(&self) -> &[Option<&'w str>] {
        &self.words
    }
}

/// One facet as it is asked: the property, and what is chosen of it.
#[derive(Clone, Debug)]
pub struct Asked<'a> {
    /// The property.
    pub column: &'a Column,
    /// The row of the column that each thing has, where the column is that of other things; past its end a thing has no
    /// value.
    pub rows: Option<&'a [u32]>,
    /// For each value whether it is chosen; `None` where nothing is, which lets everything through.
    pub chosen: Option<Vec<bool>>,
    /// Which facets are left out while this one's values are counted, as bits by their place; this one, mostly.
    pub apart_from: u32,
}

impl Asked<'_> {
    fn values(&self, thing: usize) -> &[u32] {
        match self.rows {
            None => self.column.of(thing),
            Some(rows) => rows.get(thing).map_or(&[], |&row| self.column.of(row as usize)),
        }
    }

    fn holds(&self, thing: usize) -> bool {
        let is_chosen = |chosen: &[bool], value: u32| chosen.get(value as usize).copied().unwrap_or_default();
        self.chosen
            .as_ref()
            .is_none_or(|chosen| self.values(thing).iter().any(|&value| is_chosen(chosen, value)))
    }
}

/// How many things have a value, and in how many groups they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Things, of those that are counted.
    pub things: u32,
    /// Groups with one of them, counted or not.
    pub groups: u32,
}

/// Things in a row, the facets that they are asked by, and how they are counted.
#[derive(Clone, Debug)]
pub struct Sieve<'a> {
    /// At most 32.
    pub facets: Vec<Asked<'a>>,
    /// For each thing the group that it is in, ascending; `NO_GROUP` last, for those in none.
    pub groups: &'a [u32],
    /// Which things are counted as things; `None` for all.
    pub counted: Option<&'a [bool]>,
    /// Which things can be let through at all; `None` for all.
    pub eligible: Option<&'a [bool]>,
}

/// The group of things that are in none.
pub const NO_GROUP: u32 = u32::MAX;

impl Sieve<'_> {
    /// For each thing which facets keep it out, as bits by their place: 0 where it is let through. What cannot be let
    /// through at all is kept out by everything.
    pub fn kept_out(&self) -> Vec<u32> {
        let chosen: Vec<(usize, &Asked<'_>)> =
            self.facets.iter().enumerate().filter(|(_, facet)| facet.chosen.is_some()).collect();
        let things = 0..self.groups.len();
        things
            .map(|thing| {
                let is_eligible = self.eligible.is_none_or(|all| all.get(thing).copied().unwrap_or_default());
                if !is_eligible {
                    return u32::MAX;
                }
                chosen.iter().filter(|(_, facet)| !facet.holds(thing)).fold(0, |bits, (at, _)| bits | 1 << at)
            })
            .collect()
    }

    /// For each facet and each of its values how many things have it, of those that the other facets let through.
    pub fn counts(&self) -> Vec<Vec<Count>> {
        let kept_out = self.kept_out();
        self.facets.iter().map(|facet| self.counts_of(facet, &kept_out)).collect()
    }

    fn counts_of(&self, facet: &Asked<'_>, kept_out: &[u32]) -> Vec<Count> {
        let mut counts = vec![Count::default(); facet.column.width];
        let mut last = vec![NO_GROUP; facet.column.width];
        for (thing, (&bits, &group)) in kept_out.iter().zip(self.groups).enumerate() {
            if bits & !facet.apart_from != 0 {
                continue;
            }
            let is_counted = self.counted.is_none_or(|all| all.get(thing).copied().unwrap_or_default());
            for &value in facet.values(thing) {
                let (Some(count), Some(last)) =
                    (counts.get_mut(value as usize), last.get_mut(value as usize))
                else {
                    continue;
                };
                count.things += u32::from(is_counted);
                count.groups += u32::from(group != NO_GROUP && *last != group);
                *last = group;
            }
        }
        counts
    }

    /// How many things are let through by all facets but those of these bits.
    pub fn count_apart_from(&self, bits: u32) -> Count {
        let mut count = Count::default();
        let mut last = NO_GROUP;
        for (thing, (&kept_out, &group)) in self.kept_out().iter().zip(self.groups).enumerate() {
            if kept_out & !bits == 0 {
                let is_counted = self.counted.is_none_or(|all| all.get(thing).copied().unwrap_or_default());
                count.things += u32::from(is_counted);
                count.groups += u32::from(group != NO_GROUP && last != group);
                last = group;
            }
        }
        count
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn column(things: &[Vec<u32>]) -> Column {
        let mut column = Column::default();
        things.iter().for_each(|values| column.push(values.iter().copied()));
        column
    }

    #[test]
    fn values_are_renumbered_and_counted_once() {
        let mut some = column(&[vec![2, 0, 2], vec![], vec![1]]);
        some.renumber(&[2, 0, 1]);
        assert_eq!([some.of(0), some.of(1), some.of(2), some.of(3)], [&[0, 1][..], &[], &[2], &[]]);
        let late = column(&[vec![3], vec![3, 3], vec![], vec![1]]);
        assert_eq!(
            [late.of(0), late.of(1), late.of(2), late.of(3), late.of(4)],
            [&[3][..], &[3], &[], &[1], &[]]
        );
    }

    #[test]
    fn equal_words_have_one_number_wherever_they_stand() {
        let long = "tool_call_response".to_owned();
        let again = long.clone();
        // A word may begin where another does.
        let words =
            [Some(long.as_str()), long.get(..9), None, Some(again.as_str()), Some(""), None, long.get(..9)];
        let mut numbers = Numbers::default();
        assert_eq!(words.map(|word| numbers.of(word)), [0, 1, 2, 0, 3, 2, 1]);
        assert_eq!(numbers.words(), [Some("tool_call_response"), Some("tool_call"), None, Some("")]);
    }

    /// Things with their values of three facets, their groups, and what is chosen.
    type Case = (Vec<([Vec<u32>; 3], u32, bool, bool)>, [Option<Vec<bool>>; 3]);

    fn cases() -> impl Strategy<Value = Case> {
        let values = || prop::collection::vec(0u32..4, 0..3);
        let thing = ([values(), values(), values()], 0u32..5, any::<bool>(), any::<bool>());
        let chosen = || prop::option::of(prop::collection::vec(any::<bool>(), 0..5));
        (prop::collection::vec(thing, 0..30), [chosen(), chosen(), chosen()])
    }

    proptest! {
        /// A count is what would be let through if its value alone were chosen, by trying it.
        #[test]
        fn a_count_is_what_choosing_leads_to((mut things, chosen) in cases()) {
            things.sort_by_key(|thing| thing.1);
            let columns: Vec<Column> = (0..3)
                .map(|facet| column(&things.iter().map(|thing| thing.0[facet].clone()).collect::<Vec<_>>()))
                .collect();
            let groups: Vec<u32> = things.iter().map(|thing| if thing.1 == 4 { NO_GROUP } else { thing.1 }).collect();
            let counted: Vec<bool> = things.iter().map(|thing| thing.2).collect();
            let eligible: Vec<bool> = things.iter().map(|thing| thing.3).collect();
            let sieve = |chosen: &[Option<Vec<bool>>; 3]| Sieve {
                facets: columns.iter().zip(chosen).enumerate().map(|(at, (column, chosen))| Asked {
                    column, rows: None, chosen: chosen.clone(), apart_from: 1 << at,
                }).collect(),
                groups: &groups,
                counted: Some(&counted),
                eligible: Some(&eligible),
            };
            let all = sieve(&chosen);
            for (facet, counts) in all.counts().into_iter().enumerate() {
                for (value, count) in counts.into_iter().enumerate() {
                    let mut alone = chosen.clone();
                    alone[facet] = Some((0..4).map(|one| one == value).collect());
                    let through: Vec<usize> = sieve(&alone)
                        .kept_out()
                        .into_iter()
                        .enumerate()
                        .filter(|(_, bits)| *bits == 0)
                        .map(|(thing, _)| thing)
                        .collect();
                    let number = through.iter().filter(|&&thing| counted[thing]).count();
                    let mut in_groups: Vec<u32> = through.iter().map(|&thing| groups[thing]).collect();
                    in_groups.retain(|group| *group != NO_GROUP);
                    in_groups.dedup();
                    prop_assert_eq!((count.things as usize, count.groups as usize), (number, in_groups.len()));
                }
            }
            let through = all.kept_out().iter().zip(&counted).filter(|(bits, counted)| **bits == 0 && **counted).count();
            prop_assert_eq!(all.count_apart_from(0).things as usize, through);
        }
    }
}
