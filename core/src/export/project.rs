//! The project: its own fields, its label schema, its config. What has another type than it should stays among the
//! extra fields.

use super::decoder::Decoder;
use super::fields::Fields;
use super::path::Path;
use super::value::Value;
use crate::domain::{Config, Id, LabelDefinition, NoticeKind, Project, Shape};

/// The project that `value` is; empty where it is no object.
pub(super) fn read_project(value: Value, path: &Path, decoder: &mut Decoder) -> Project {
    let mark = decoder.mark();
    let mut project = Project::default();
    if value.shape() == Shape::Object {
        let mut fields = Fields::read(value, path, decoder);
        let mut object = Object { fields: &mut fields, path, decoder };
        project = Project {
            id: object.id("id"),
            name: object.text("name"),
            slug: object.text("slug"),
            source_type: object.text("source_type"),
            label_schema: object.label_schema("label_schema"),
            config: object.config("config"),
            status: object.text("status"),
            created_by: object.id("created_by"),
            created_by_name: object.text("created_by_name"),
            created_at: object.text("created_at"),
            updated_at: object.text("updated_at"),
            extra: Vec::new(),
        };
        project.extra = fields.left_over(decoder);
    } else {
        let found = value.shape();
        let foreign = NoticeKind::Foreign { expected: Shape::Object, found };
        decoder.note(if found == Shape::Null { NoticeKind::Missing } else { foreign }, path);
    }
    decoder.seal(mark, value.source());
    project
}

/// The object under way.
struct Object<'f, 'a, 'r> {
    fields: &'f mut Fields<'a>,
    path: &'f Path<'f>,
    decoder: &'f mut Decoder<'r>,
}

impl<'a> Object<'_, 'a, '_> {
    /// Takes the value of `name` if it is a `shape`; null is taken silently, anything else noted and left over.
    fn take(&mut self, name: &str, shape: Shape) -> Option<Value<'a>> {
        if self.fields.take(&[name], &[Shape::Null]).is_some() {
            return None;
        }
        let taken = self.fields.take(&[name], &[shape]).map(|(_, value)| value);
        if let (None, Some(value)) = (taken, self.fields.peek(name)) {
            self.decoder.note_foreign(shape, &value, &self.path.key(name));
        }
        taken
    }

    fn text(&mut self, name: &str) -> Option<String> {
        let value = self.take(name, Shape::String);
        self.decoder.text(value, &self.path.key(name)).map(String::from)
    }

    fn id(&mut self, name: &str) -> Option<Id> {
        let number = self.fields.take(&[name], &[Shape::Number]).map(|(_, value)| value);
        let value = number.or_else(|| self.take(name, Shape::String));
        self.decoder.id_text(value, &self.path.key(name)).map(|text| Id::new(&text))
    }

    /// Takes the number `name` if it fits.
    fn number(&mut self, name: &str) -> Option<u64> {
        let number = self.decoder.number(self.fields.peek(name), &self.path.key(name));
        if number.is_some() {
            self.fields.take(&[name], &[Shape::Number]);
        }
        number
    }

    fn label_schema(&mut self, name: &str) -> Vec<LabelDefinition> {
        let Some(list) = self.take(name, Shape::Array) else { return Vec::new() };
        let labels = self
            .decoder
            .items(Some(list), &self.path.key(name), |decoder, item, path| read_label(item, path, decoder));
        labels.into_iter().flatten().collect()
    }

    fn config(&mut self, name: &str) -> Config {
        let Some(value) = self.take(name, Shape::Object) else { return Config::default() };
        let path = self.path.key(name);
        let mut fields = Fields::read(value, &path, self.decoder);
        let mut object = Object { fields: &mut fields, path: &path, decoder: self.decoder };
        let labelers_per_task = object.number("labelers_per_task");
        let review = object.take("auto_create_review_tasks", Shape::Bool);
        Config {
            labelers_per_task,
            auto_create_review_tasks: review.map(|value| value.text() == "true"),
            extra: fields.left_over(self.decoder),
        }
    }
}

/// One label of the schema; a bare string is its name. `None` where there is no name.
fn read_label(value: Value, path: &Path, decoder: &mut Decoder) -> Option<LabelDefinition> {
    if value.shape() != Shape::Object {
        decoder.note_foreign(Shape::Object, &value, path);
        let value = Some(value).filter(|value| value.shape() == Shape::String);
        return decoder.name(value, path).map(|name| LabelDefinition { name, description: String::new() });
    }
    let [name, description] = decoder.known(value, &["name", "description"], path);
    let name = decoder.expected_name(name, &path.key("name"));
    let description = decoder.text(description, &path.key("description")).map(String::from);
    Some(LabelDefinition { name: name?, description: description.unwrap_or_default() })
}
