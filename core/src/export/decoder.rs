//! Reads single fields, tolerantly: what is missing, foreign or odd becomes a notice. Belongs here: what every kind
//! of element needs. What an element is made of stands in the file named after it.

use super::names::Names;
use super::number::whole_number;
use super::path::Path;
use super::unescape::{RawString, unescape_onto};
use super::value::Value;
use crate::domain::{
    Id, Json, JsonWithin, Name, NoticeKind, Notices, Passage, SeededSet, Shape, Source, Text, TextWriter,
};
use std::borrow::Cow;
use std::sync::Arc;

/// What reading an element needs beside its text.
#[derive(Debug)]
pub(super) struct Decoder<'r> {
    names: &'r mut Names,
    texts: &'r mut TextWriter,
    notices: &'r mut Notices,
    /// How much stood on the page when the element began.
    start: usize,
    /// Whether a text of the element stands on a page of its own.
    has_text_elsewhere: bool,
    json: JsonWithin,
    has_other_ids: bool,
}

/// How many notices were kept when an element began.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark(usize);

impl<'r> Decoder<'r> {
    /// Adds notices to `notices`, takes shared names from `names` and writes texts to `texts`.
    pub(super) const fn new(
        names: &'r mut Names,
        texts: &'r mut TextWriter,
        notices: &'r mut Notices,
    ) -> Self {
        let start = texts.position();
        let (has_text_elsewhere, json, has_other_ids) = (false, JsonWithin::Nothing, false);
        Decoder { names, texts, notices, start, has_text_elsewhere, json, has_other_ids }
    }

    /// All texts of the element so far in one piece, if none of them stands elsewhere.
    pub(super) fn passage(&self) -> Option<Passage> {
        let text = self.texts.since(self.start).filter(|_| !self.has_text_elsewhere)?;
        Some(Passage { text, json: self.json, has_other_ids: self.has_other_ids })
    }

    /// Notes something odd about the element under way; [`Decoder::seal`] says later where that element stands.
    pub(super) fn note(&mut self, kind: NoticeKind, path: &Path) {
        self.notices.add(kind, || (path.text(), Source::default()));
    }

    /// Notes that a value is not of the type `expected`.
    pub(super) fn note_foreign(&mut self, expected: Shape, value: &Value, path: &Path) {
        self.note(NoticeKind::Foreign { expected, found: value.shape() }, path);
    }

    /// Marks the beginning of an element.
    pub(super) fn mark(&self) -> Mark {
        Mark(self.notices.kept())
    }

    /// Says of the notices since `mark` that lie in no smaller element that theirs stands at `source`.
    pub(super) fn seal(&mut self, mark: Mark, source: Source) {
        self.notices.place(mark.0, |place| {
            if place.end == 0 {
                *place = source;
            }
        });
    }

    /// Walks the object that comes next and gives the values of `keys`, the last one where a key repeats.
    pub(super) fn known<'a, const N: usize>(
        &mut self,
        object: Value<'a>,
        keys: &[&str; N],
        path: &Path,
    ) -> [Option<Value<'a>>; N] {
        let mut values = [None; N];
        let mut unknown = SeededSet::default();
        let mut next = 0;
        for (raw, value) in object.fields() {
            // What writes exports writes its keys in one order.
            if let (Some(key), Some(slot @ None)) = (keys.get(next), values.get_mut(next))
                && raw.is(key)
            {
                *slot = Some(value);
                next += 1;
                continue;
            }
            let key = self.key(raw, path);
            let index = keys.iter().position(|known| *known == key);
            let repeats = match index.and_then(|index| values.get_mut(index)) {
                Some(slot) => slot.replace(value).is_some(),
                None => !unknown.insert(key.clone()),
            };
            if repeats {
                self.note(NoticeKind::RepeatedKey, &path.key(&key));
            }
            next = index.map_or(next, |index| index + 1);
        }
        values
    }

    /// A key of the object at `path`, decoded.
    pub(super) fn key<'a>(&mut self, raw: RawString<'a>, path: &Path) -> Cow<'a, str> {
        if !raw.escaped {
            return Cow::Borrowed(raw.inner);
        }
        let mut key = String::new();
        if unescape_onto(&mut key, raw.inner) {
            self.note(NoticeKind::LoneSurrogate, &path.key(&key));
        }
        Cow::Owned(key)
    }

    /// A string, decoded.
    pub(super) fn string<'a>(&mut self, raw: RawString<'a>, path: &Path) -> Cow<'a, str> {
        if !raw.escaped {
            return Cow::Borrowed(raw.inner);
        }
        let mut string = String::new();
        if unescape_onto(&mut string, raw.inner) {
            self.note(NoticeKind::LoneSurrogate, path);
        }
        Cow::Owned(string)
    }

    /// A string, decoded, to be kept.
    pub(super) fn write(&mut self, raw: RawString, path: &Path) -> Text {
        if !raw.escaped {
            return self.keep(raw.inner);
        }
        let mut lone_surrogate = false;
        let text = self.texts.write_by(|page| lone_surrogate = unescape_onto(page, raw.inner));
        self.has_text_elsewhere |= !self.texts.holds(&text);
        if lone_surrogate {
            self.note(NoticeKind::LoneSurrogate, path);
        }
        text
    }

    /// A string that is already decoded, to be kept.
    pub(super) fn keep(&mut self, text: &str) -> Text {
        let text = self.texts.write(text);
        self.has_text_elsewhere |= !self.texts.holds(&text);
        text
    }

    /// A value as JSON, to be kept.
    pub(super) fn json(&mut self, value: Value) -> Json {
        let sent = value.text();
        let json = if value.has_escape() { JsonWithin::of(sent) } else { JsonWithin::AsShown };
        self.json = self.json.max(json);
        Json::trusted_text(self.keep(sent))
    }

    /// An optional string; missing and null are silent.
    pub(super) fn text<'a>(&mut self, value: Option<Value<'a>>, path: &Path) -> Option<Cow<'a, str>> {
        let raw = self.raw_text(value, path)?;
        Some(self.string(raw, path))
    }

    /// An optional string, to be kept; missing and null are silent.
    pub(super) fn written(&mut self, value: Option<Value>, path: &Path) -> Option<Text> {
        let raw = self.raw_text(value, path)?;
        Some(self.write(raw, path))
    }

    fn raw_text<'a>(&mut self, value: Option<Value<'a>>, path: &Path) -> Option<RawString<'a>> {
        let value = value.filter(|value| value.shape() != Shape::Null)?;
        let raw = value.string();
        if raw.is_none() {
            self.note_foreign(Shape::String, &value, path);
        }
        raw
    }

    /// An optional string that repeats throughout the export; missing and null are silent.
    pub(super) fn name(&mut self, value: Option<Value>, path: &Path) -> Option<Name> {
        let text = self.text(value, path)?;
        Some(self.names.share(&text))
    }

    /// A name that should be there.
    pub(super) fn expected_name(&mut self, value: Option<Value>, path: &Path) -> Option<Name> {
        self.note_missing(value.as_ref(), path);
        self.name(value, path)
    }

    /// A name that is already decoded.
    pub(super) fn share(&mut self, text: &str) -> Name {
        self.names.share(text)
    }

    /// A list of names that are already shared.
    pub(super) fn share_list(&mut self, names: &[Name]) -> Arc<[Name]> {
        self.names.share_list(names)
    }

    /// An optional id; a number is taken by its digits, with a notice.
    pub(super) fn id_text<'a>(&mut self, value: Option<Value<'a>>, path: &Path) -> Option<Cow<'a, str>> {
        match value {
            Some(number) if number.shape() == Shape::Number => {
                self.note_foreign(Shape::String, &number, path);
                Some(Cow::Borrowed(number.text()))
            }
            other => self.text(other, path),
        }
    }

    /// An id that should be there.
    pub(super) fn id(&mut self, value: Option<Value>, path: &Path) -> Option<Id> {
        self.note_missing(value.as_ref(), path);
        let id = self.id_text(value, path).map(|text| Id::new(&text))?;
        self.has_other_ids |= !id.is_uuid();
        Some(id)
    }

    /// Notes where a value that should be there is not, or is null.
    pub(super) fn note_missing(&mut self, value: Option<&Value>, path: &Path) {
        if value.is_none_or(|value| value.shape() == Shape::Null) {
            self.note(NoticeKind::Missing, path);
        }
    }

    /// An optional whole number that fits `N`; missing and null are silent.
    pub(super) fn number<N: TryFrom<i128>>(&mut self, value: Option<Value>, path: &Path) -> Option<N> {
        let value = value.filter(|value| value.shape() != Shape::Null)?;
        if value.shape() != Shape::Number {
            self.note_foreign(Shape::Number, &value, path);
            return None;
        }
        let number = whole_number(value.text()).and_then(|number| N::try_from(number).ok());
        if number.is_none() {
            self.note(NoticeKind::NumberOutOfRange, path);
        }
        number
    }

    /// What `make` makes of the items of an array and their paths; what is no array becomes a notice, null and missing
    /// too.
    pub(super) fn items<'a, T>(
        &mut self,
        value: Option<Value<'a>>,
        path: &Path,
        mut make: impl FnMut(&mut Self, Value<'a>, &Path) -> T,
    ) -> Vec<T> {
        // Most lists hold one or two; a list that grew by itself would keep room for four.
        let count =
            value.filter(|value| value.shape() == Shape::Array).map_or(0, |list| list.items().count());
        let mut made = Vec::with_capacity(count);
        self.each_item(value, path, |decoder, item, path| made.push(make(decoder, item, path)));
        made
    }

    /// Calls `each` with the items of an array and their paths; what is no array becomes a notice, null and missing too.
    pub(super) fn each_item<'a>(
        &mut self,
        value: Option<Value<'a>>,
        path: &Path,
        mut each: impl FnMut(&mut Self, Value<'a>, &Path),
    ) {
        self.note_missing(value.as_ref(), path);
        let Some(value) = value.filter(|value| value.shape() != Shape::Null) else { return };
        if value.shape() != Shape::Array {
            return self.note_foreign(Shape::Array, &value, path);
        }
        for (index, item) in value.items().enumerate() {
            each(self, item, &path.index(index));
        }
    }
}
