//! Annotations by id.

use crate::domain::{AnnotationRef, BySeed, Export, Id, SeededSet, Tier};
use hashbrown::HashTable;
use std::hash::BuildHasher;

/// The annotations of an export by their ids, compared without case; of several with one id the first by tier and index
/// counts. It holds no ids, which are many: they are looked at in the export, which must be the one that it was made of.
#[derive(Clone, Debug, Default)]
pub struct AnnotationIndex {
    first: HashTable<AnnotationRef>,
    repeated: SeededSet<Id>,
    hasher: BySeed,
}

impl AnnotationIndex {
    /// The index of a whole export.
    pub fn new(export: &Export) -> Self {
        let mut index = AnnotationIndex::for_annotations_of(export);
        for tier in Tier::ALL {
            index.add(export, tier, 0, usize::MAX);
        }
        index
    }

    /// An empty index with room for an export, so that nothing is moved while it fills.
    pub(super) fn for_annotations_of(export: &Export) -> Self {
        let count = export.tiers.iter().map(|(_, map)| map.annotations.len()).sum();
        AnnotationIndex { first: HashTable::with_capacity(count), ..AnnotationIndex::default() }
    }

    /// Takes in the annotations of a tier from the one at `next` on, at most `count`. Tiers must come in their order, and
    /// annotations in theirs. How many there were.
    pub(super) fn add(&mut self, export: &Export, tier: Tier, next: usize, count: usize) -> usize {
        let rest = export.tiers[tier].annotations.get(next..).unwrap_or_default();
        let taken = rest.len().min(count);
        for (annotation, index) in rest.iter().take(taken).zip(next..) {
            let (Some(id), Ok(index)) = (&annotation.id, u32::try_from(index)) else { continue };
            let hasher = self.hasher;
            let hash_of = |at: &AnnotationRef| id_of(export, *at).map_or(0, |id| hasher.hash_one(id));
            let is_same = |at: &AnnotationRef| id_of(export, *at) == Some(id);
            match self.first.find(hasher.hash_one(id), is_same) {
                Some(_) => drop(self.repeated.insert(id.clone())),
                None => {
                    let annotation = AnnotationRef { tier, index };
                    self.first.insert_unique(hasher.hash_one(id), annotation, hash_of);
                }
            }
        }
        taken
    }

    /// The first annotation with this id in the export that the index was made of.
    pub fn annotation(&self, export: &Export, id: &Id) -> Option<AnnotationRef> {
        let is_same = |at: &AnnotationRef| id_of(export, *at) == Some(id);
        self.first.find(self.hasher.hash_one(id), is_same).copied()
    }

    /// Whether several annotations have this id.
    pub fn is_repeated(&self, id: &Id) -> bool {
        !self.repeated.is_empty() && self.repeated.contains(id)
    }
}

fn id_of(export: &Export, at: AnnotationRef) -> Option<&Id> {
    export.tiers[at.tier].annotations.get(at.index as usize)?.id.as_ref()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Annotation;
    use proptest::prelude::*;

    fn export(ids: &[Vec<Option<String>>; 3]) -> Export {
        let mut export = Export::default();
        for (tier, ids) in Tier::ALL.into_iter().zip(ids) {
            let annotation =
                |id: &Option<String>| Annotation { id: id.as_deref().map(Id::new), ..Annotation::default() };
            export.tiers[tier].annotations = ids.iter().map(annotation).collect();
        }
        export
    }

    fn ids() -> impl Strategy<Value = Vec<Option<String>>> {
        prop::collection::vec(prop::option::of("[abAB]{1,2}"), 0..12)
    }

    proptest! {
        /// What is found is what a walk from the first annotation of the first tier on comes to, however it was filled.
        #[test]
        fn finds_what_a_walk_finds(ids in [ids(), ids(), ids()], asked in "[abAB]{1,3}", count in 1..5_usize) {
            let export = export(&ids);
            let mut index = AnnotationIndex::for_annotations_of(&export);
            for tier in Tier::ALL {
                let mut next = 0;
                loop {
                    let taken = index.add(&export, tier, next, count);
                    next += taken;
                    if taken < count {
                        break;
                    }
                }
                prop_assert_eq!(next, export.tiers[tier].annotations.len());
            }
            let asked = Id::new(&asked);
            let all = Tier::ALL.into_iter().flat_map(|tier| {
                let count = export.tiers[tier].annotations.len() as u32;
                (0..count).map(move |index| AnnotationRef { tier, index })
            });
            let with_id: Vec<_> = all.filter(|at| id_of(&export, *at) == Some(&asked)).collect();
            prop_assert_eq!(index.annotation(&export, &asked), with_id.first().copied());
            prop_assert_eq!(index.is_repeated(&asked), with_id.len() > 1);
        }
    }
}
