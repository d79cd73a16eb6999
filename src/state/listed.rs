//! Which conversations are listed, and in which order.
//!
//! Belongs here: the list of the Conversations screen as positions and indices, and what is typed into its field. Does
//! not belong here: what a filter lets through (`filter`), what an entry shows.

use super::Opened;
use super::filter::{Filtered, Named, pasted_ids};
use labelscope_core::domain::Conversation;
use labelscope_core::logic::sort::sort_by_key;
use labelscope_core::logic::totals::first_words;
use std::sync::Arc;

/// The order of the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ListOrder {
    /// As the export has them.
    #[default]
    Export,
    /// The most differences first, of those that the filters let through; in the order of the export where equal.
    MostDifferences,
}

impl ListOrder {
    /// All orders, as they are offered.
    pub const ALL: [ListOrder; 2] = [ListOrder::Export, ListOrder::MostDifferences];

    /// The order that `sort` of an address names; that of the export where it names none of this list.
    pub fn of(sort: Option<&str>) -> Self {
        let named = ListOrder::ALL.into_iter().find(|order| order.word().as_deref() == sort);
        named.unwrap_or_default()
    }

    /// The word for it in an address; none for the order of the export.
    pub fn word(self) -> Option<String> {
        match self {
            ListOrder::Export => None,
            ListOrder::MostDifferences => Some("most-differences".to_owned()),
        }
    }

    /// The words that a person reads.
    pub const fn title(self) -> &'static str {
        match self {
            ListOrder::Export => "Export order",
            ListOrder::MostDifferences => "Most differences",
        }
    }
}

/// The conversations of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Listed {
    /// So many, from the first of the export on.
    All(u32),
    /// These, by index, in the order of the list.
    These(Arc<[u32]>),
}

impl Listed {
    /// What is listed of the conversations read so far. `opened` is the export once it is all read, and what the filters
    /// let through of it; `typed` is what stands in the field.
    pub fn of(
        read: &[Arc<Conversation>],
        opened: Option<(&Opened, &Filtered)>,
        order: ListOrder,
        typed: &str,
    ) -> Self {
        let all = u32::try_from(read.len()).unwrap_or(u32::MAX);
        let through = opened.and_then(|(_, filtered)| filtered.conversations());
        let typed = Typed::of(typed, opened.map(|(opened, _)| opened));
        if through.is_none() && typed.is_none() && order == ListOrder::Export {
            return Listed::All(all);
        }
        let mut listed: Vec<u32> = through.map_or_else(|| (0..all).collect(), <[u32]>::to_vec);
        if let Some(typed) = typed {
            let mut lower = String::new();
            listed.retain(|&index| {
                read.get(index as usize).is_some_and(|one| typed.fits(index, one, &mut lower))
            });
        }
        if let Some((opened, filtered)) = opened.filter(|_| order == ListOrder::MostDifferences) {
            let differences = filtered.differences_by_conversation(opened);
            let of = |index: u32| differences.get(index as usize).copied().unwrap_or_default();
            sort_by_key(&mut listed, |&index| std::cmp::Reverse(of(index)));
        }
        Listed::These(listed.into())
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        match self {
            Listed::All(count) => *count as usize,
            Listed::These(these) => these.len(),
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The index of the conversation at a position of the list.
    pub fn at(&self, position: usize) -> Option<u32> {
        match self {
            Listed::All(count) => u32::try_from(position).ok().filter(|index| index < count),
            Listed::These(these) => these.get(position).copied(),
        }
    }

    /// The position of a conversation in the list.
    pub fn position(&self, index: u32) -> Option<usize> {
        match self {
            Listed::All(count) => (index < *count).then_some(index as usize),
            Listed::These(these) => these.iter().position(|one| *one == index),
        }
    }

    /// The conversation after this one; where this one is not listed, the next of the export that is.
    pub fn after(&self, index: u32) -> Option<u32> {
        match self.position(index) {
            Some(position) => self.at(position + 1),
            None => self.indices().filter(|one| *one > index).min(),
        }
    }

    /// The conversation before this one; where this one is not listed, the last of the export before it that is.
    pub fn before(&self, index: u32) -> Option<u32> {
        match self.position(index) {
            Some(position) => self.at(position.checked_sub(1)?),
            None => self.indices().filter(|one| *one < index).max(),
        }
    }

    fn indices(&self) -> impl Iterator<Item = u32> {
        (0..self.len()).filter_map(|position| self.at(position))
    }
}

/// The fewest characters of a word that is looked up as an id of a message or annotation: below, a word that a person
/// types would look through the whole export.
const SHORTEST_ID: usize = 8;

/// What is typed into the field of the list: words that all stand in the first words of a conversation or in its id, or
/// the id of something in it. Case is ignored.
struct Typed {
    /// In lower case.
    words: Vec<String>,
    /// The conversations around what an id names, ascending.
    named: Vec<u32>,
}

impl Typed {
    /// `None` where nothing is typed.
    fn of(typed: &str, opened: Option<&Opened>) -> Option<Self> {
        let words: Vec<String> = typed.split_whitespace().map(str::to_lowercase).collect();
        if words.is_empty() {
            return None;
        }
        let id = words.first().filter(|word| words.len() == 1 && word.len() >= SHORTEST_ID);
        let named =
            id.zip(opened).map(|(id, opened)| Named::of(opened, std::slice::from_ref(id)).around(opened));
        Some(Typed { words, named: named.unwrap_or_default() })
    }

    /// `lower` is room for the text in lower case, the same for every conversation.
    fn fits(&self, index: u32, conversation: &Conversation, lower: &mut String) -> bool {
        let mut stands = |text: &str| {
            lower.clear();
            match text.is_ascii() {
                true => {
                    lower.push_str(text);
                    lower.make_ascii_lowercase();
                }
                false => lower.push_str(&text.to_lowercase()),
            }
            self.words.iter().all(|word| lower.contains(word.as_str()))
        };
        stands(first_words(conversation))
            || conversation.id.as_ref().is_some_and(|id| stands(&id.text()))
            || self.named.binary_search(&index).is_ok()
    }
}

/// The ids in what is typed, where they are to be offered as a filter: two or more, at least one of which names something
/// in the export.
pub fn offered_ids(opened: &Opened, typed: &str) -> Option<Vec<String>> {
    let ids = pasted_ids(opened, typed);
    (ids.len() > 1 && Named::of(opened, &ids).missing.len() < ids.len()).then_some(ids)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::filter::Filter;
    use crate::state::findings::tests::sample;
    use crate::state::route::Route;

    fn listed(opened: &Opened, fragment: &str, typed: &str) -> Listed {
        let route = Route::parse(fragment).0;
        let filtered = Filtered::of(opened, Filter::of(&route));
        let order = ListOrder::of(route.sort.as_deref());
        Listed::of(&opened.export.conversations, Some((opened, &filtered)), order, typed)
    }

    fn indices(listed: &Listed) -> Vec<u32> {
        listed.indices().collect()
    }

    #[test]
    fn a_list_is_filtered_by_first_words_and_by_ids() {
        let opened = sample();
        let conversations = &opened.export.conversations;
        let all = Listed::All(conversations.len() as u32);
        assert_eq!(listed(&opened, "", " "), all);
        assert_eq!(listed(&opened, "#/conversations?tiers=r&sort=text", ""), all);
        let words: Vec<&str> = first_words(&conversations[5]).split_whitespace().take(4).collect();
        assert!(indices(&listed(&opened, "", &words.join(" ").to_uppercase())).contains(&5));
        let id = conversations[7].id.as_ref().unwrap().to_string();
        assert_eq!(indices(&listed(&opened, "", &id.to_uppercase())), [7]);
        let message = conversations[9].messages[0].id.as_ref().unwrap().to_string();
        assert_eq!(indices(&listed(&opened, "", &message)), [9]);
        assert!(listed(&opened, "", "no conversation begins so").is_empty());
        let ids = format!("{id},{message}");
        assert_eq!(offered_ids(&opened, &ids).map(|ids| ids.len()), Some(2));
        assert_eq!(offered_ids(&opened, &id), None);
        assert_eq!(offered_ids(&opened, "can I"), None);
    }

    #[test]
    fn most_differences_come_first_as_the_filters_let_them_through() {
        let opened = sample();
        for filter in ["", "verdicts=resized&", "tiers=ap&"] {
            let fragment = format!("#/conversations?{filter}sort=most-differences");
            let filtered = Filtered::of(&opened, Filter::of(&Route::parse(&fragment).0));
            let listed = indices(&listed(&opened, &fragment, ""));
            let counts: Vec<usize> =
                listed.iter().map(|&one| filtered.differences_of(&opened, one)).collect();
            assert!(counts.is_sorted_by(|a, b| a >= b), "{counts:?}");
            let is_in_order = |two: &[u32]| {
                let [a, b] = [two[0], two[1]].map(|one| filtered.differences_of(&opened, one));
                a > b || two[0] < two[1]
            };
            assert!(listed.windows(2).all(is_in_order), "{listed:?}");
        }
        for order in ListOrder::ALL {
            let route = Route { sort: order.word(), ..Route::default() };
            assert_eq!(Route::parse(&route.fragment()), (route.clone(), vec![]));
            assert_eq!(ListOrder::of(route.sort.as_deref()), order);
        }
    }

    #[test]
    fn steps_go_along_the_list_and_into_it_from_outside() {
        let these = Listed::These([7, 2, 5].into());
        assert_eq!(
            (these.after(7), these.after(5), these.before(7), these.before(5)),
            (Some(2), None, None, Some(2))
        );
        assert_eq!((these.after(3), these.before(3)), (Some(5), Some(2)));
        assert_eq!((these.after(8), these.before(1)), (None, None));
        let all = Listed::All(3);
        assert_eq!((all.after(1), all.after(2), all.before(0), all.position(3)), (Some(2), None, None, None));
    }
}
