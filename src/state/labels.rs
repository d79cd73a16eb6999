//! Which colour a label has, and which letter stands for it: both follow from its place in the label schema.

use labelscope_core::domain::{BySeed, Name, Project, SeededMap};

/// How many colours there are for labels; after the last comes the first again.
pub const LABEL_COLORS: usize = 12;

/// The letter that stands for a label where colours cannot: `A` for the first of the schema, after `Z` again `A`; `?`
/// for one outside the schema, whose place is `None`. With the colour it tells 156 labels apart, alone 26.
pub fn letter(place: Option<usize>) -> &'static str {
    const LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    let at = place.map(|place| place % LETTERS.len());
    at.and_then(|at| LETTERS.get(at..=at)).unwrap_or("?")
}

/// The places of the labels in the schema of one project.
#[derive(Clone, Debug, Default)]
pub struct LabelPlaces(SeededMap<Name, usize>);

impl LabelPlaces {
    /// The places of the labels of `project`; where a name repeats, the first.
    pub fn of(project: &Project) -> Self {
        let mut places = SeededMap::with_capacity_and_hasher(project.label_schema.len(), BySeed::default());
        for (place, label) in project.label_schema.iter().enumerate() {
            places.entry(label.name.clone()).or_insert(place);
        }
        LabelPlaces(places)
    }

    /// The place of a label, counted from 0; `None` for no label and for one outside the schema.
    pub fn place(&self, label: Option<&Name>) -> Option<usize> {
        label.and_then(|label| self.place_of(label))
    }

    /// The place of the label of this name, counted from 0; `None` for one outside the schema.
    pub fn place_of(&self, name: &str) -> Option<usize> {
        self.0.get(name).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use labelscope_core::domain::LabelDefinition;

    #[test]
    fn letters_follow_the_schema_and_start_over() {
        assert_eq!([Some(0), Some(25), Some(26), None].map(letter), ["A", "Z", "A", "?"]);
        let both: std::collections::HashSet<_> =
            (0..156).map(|at| (at % LABEL_COLORS, letter(Some(at)))).collect();
        assert_eq!(both.len(), 156);
    }

    #[test]
    fn labels_are_compared_exactly_and_the_first_of_a_name_counts() {
        let schema =
            ["b", "a", "b"].map(|name| LabelDefinition { name: name.into(), description: String::new() });
        let places = LabelPlaces::of(&Project { label_schema: schema.to_vec(), ..Project::default() });
        assert_eq!(places.place(Some(&"b".into())), Some(0));
        assert_eq!(places.place(Some(&"a".into())), Some(1));
        assert_eq!(places.place(Some(&"A".into())), None);
        assert_eq!(places.place(None), None);
    }
}
