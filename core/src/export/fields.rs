//! The fields of an object of which nothing may be dropped: what is not taken by name is left over, in the order sent.

use super::decoder::Decoder;
use super::path::Path;
use super::value::Value;
use crate::domain::{BySeed, Field, NoticeKind, SeededSet, Shape};
use smallvec::SmallVec;
use std::borrow::Cow;

/// How many fields are kept without an allocation; parts seldom have more.
const USUAL: usize = 8;

/// The fields of one object.
#[derive(Debug, Default)]
pub(super) struct Fields<'a> {
    entries: SmallVec<[Entry<'a>; USUAL]>,
}

#[derive(Debug)]
struct Entry<'a> {
    name: Cow<'a, str>,
    value: Value<'a>,
    taken: bool,
}

impl<'a> Fields<'a> {
    /// The fields of `object`; the last one where a key repeats.
    pub(super) fn read(object: Value<'a>, path: &Path, decoder: &mut Decoder) -> Self {
        let mut entries = SmallVec::new();
        for (raw, value) in object.fields() {
            entries.push(Entry { name: decoder.key(raw, path), value, taken: false });
        }
        let mut fields = Fields { entries };
        if fields.may_repeat() {
            fields.keep_the_last(path, decoder);
        }
        fields
    }

    /// Whether two keys are equal, or there are too many to compare each with each.
    fn may_repeat(&self) -> bool {
        const FEW: usize = 16;
        let mut rest = self.entries.as_slice();
        if rest.len() > FEW {
            return true;
        }
        while let Some((first, others)) = rest.split_first() {
            if others.iter().any(|other| other.name == first.name) {
                return true;
            }
            rest = others;
        }
        false
    }

    /// Of equal keys keeps the last.
    fn keep_the_last(&mut self, path: &Path, decoder: &mut Decoder) {
        let mut met: SeededSet<Cow<str>> =
            SeededSet::with_capacity_and_hasher(self.entries.len(), BySeed::default());
        let mut kept = SmallVec::with_capacity(self.entries.len());
        while let Some(entry) = self.entries.pop() {
            if met.insert(entry.name.clone()) {
                kept.push(entry);
            } else {
                decoder.note(NoticeKind::RepeatedKey, &path.key(&entry.name));
            }
        }
        kept.reverse();
        self.entries = kept;
    }

    /// Whether there is a field of that name, taken or not.
    pub(super) fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|entry| entry.name == name)
    }

    /// The value of `name`, which stays left over.
    pub(super) fn peek(&self, name: &str) -> Option<Value<'a>> {
        self.entries.iter().find(|entry| entry.name == name).map(|entry| entry.value)
    }

    /// Takes the first of `names`, in their order, whose value is of one of `shapes`.
    pub(super) fn take<'n>(&mut self, names: &[&'n str], shapes: &[Shape]) -> Option<(&'n str, Value<'a>)> {
        names.iter().find_map(|name| {
            let entry = self
                .entries
                .iter_mut()
                .find(|entry| entry.name == *name && !entry.taken && shapes.contains(&entry.value.shape()))?;
            entry.taken = true;
            Some((*name, entry.value))
        })
    }

    /// Takes the value of `name`, if it is a string.
    pub(super) fn take_string(&mut self, name: &str) -> Option<Value<'a>> {
        self.take(&[name], &[Shape::String]).map(|(_, value)| value)
    }

    /// Puts the fields of the object `name` in its place, named `name.…`.
    pub(super) fn unfold(&mut self, name: &str, path: &Path, decoder: &mut Decoder) {
        let Some(at) = self.entries.iter().position(|entry| entry.name == name) else { return };
        let Some(object) = self.entries.get(at).map(|entry| entry.value) else { return };
        let mut inner = Fields::read(object, &path.key(name), decoder).entries;
        for entry in &mut inner {
            entry.name = Cow::Owned([name, ".", &entry.name].concat());
        }
        self.entries.remove(at);
        self.entries.insert_many(at, inner);
    }

    /// What was not taken, in the order sent.
    pub(super) fn left_over(&self, decoder: &mut Decoder) -> Vec<Field> {
        let left = self.entries.iter().filter(|entry| !entry.taken);
        left.map(|entry| Field { name: decoder.keep(&entry.name), value: decoder.json(entry.value) })
            .collect()
    }
}
