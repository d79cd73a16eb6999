//! Which texts are searched, by the site that each stands at.

use super::searching::Searched;
use crate::domain::{
    Annotation, AnnotationRef, Conversation, Id, Json, Media, Message, MessageRef, Part, PartKind, PartRef,
    PartText, Project,
};
use crate::logic::serialise::Serialised;
use std::borrow::Cow;

/// One text that is searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Site {
    /// A field of the project.
    Project(ProjectField),
    /// The id of a conversation.
    Conversation(u32),
    /// The id of a message.
    Message(MessageRef),
    /// The text of a part.
    Text(PartRef),
    /// What a part holds beside its text.
    Part(PartRef, PartField),
    /// A field of an annotation, and the message that the annotation belongs to.
    Annotation(AnnotationRef, Option<MessageRef>, AnnotationField),
}

/// A field of the project that is searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ProjectField {
    /// Its name.
    Name,
    /// Its slug.
    Slug,
    /// Its id.
    Id,
    /// The name of the label of this index in the schema.
    Label(u32),
    /// The description of that label.
    Description(u32),
}

/// What is searched of a part beside its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PartField {
    /// The whole part, where it is a value that is no object.
    Value,
    /// The name of the tool.
    ToolName,
    /// The id that joins a call and its response.
    CallId,
    /// An address, or the id of a file at the provider.
    Address,
    /// The name of the other field of this index.
    Name(u32),
    /// The value of that field, as it is shown.
    Other(u32),
}

/// A field of an annotation that is searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AnnotationField {
    /// Its label.
    Label,
    /// The text that it quotes.
    Quote,
    /// Its explanation.
    Explanation,
    /// Its id.
    Id,
}

/// What sites are grouped by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// The project.
    Project,
    /// A conversation, by its index, with the annotations of its messages.
    Conversation(u32),
    /// The annotations that belong to no message.
    WithoutMessage,
}

impl Site {
    /// What it is grouped under.
    pub fn scope(self) -> Scope {
        match self {
            Site::Project(_) => Scope::Project,
            Site::Conversation(conversation) => Scope::Conversation(conversation),
            Site::Annotation(_, None, _) => Scope::WithoutMessage,
            site => {
                site.message().map_or(Scope::Project, |message| Scope::Conversation(message.conversation))
            }
        }
    }

    /// The message that it is in, or that its annotation belongs to.
    pub fn message(self) -> Option<MessageRef> {
        match self {
            Site::Project(_) | Site::Conversation(_) => None,
            Site::Message(message) => Some(message),
            Site::Text(part) | Site::Part(part, _) => Some(part.message),
            Site::Annotation(_, message, _) => message,
        }
    }

    /// Its text, as it is shown. `None` where the export does not have it.
    pub fn text(self, searched: Searched<'_>) -> Option<Cow<'_, str>> {
        let item = match self {
            Site::Project(_) => Item::Project,
            Site::Conversation(conversation) => Item::Conversation(conversation),
            Site::Message(message) => Item::Message(message),
            Site::Text(part) | Site::Part(part, _) => Item::Part(part),
            Site::Annotation(annotation, message, _) => Item::Annotation(annotation, message),
        };
        let all = (0..).map_while(|nth| item.text(searched, nth));
        let text = all.flatten().find_map(|(site, text)| (site == self).then_some(text))?;
        Some(match text {
            Text::Plain(text) => Cow::Borrowed(text),
            Text::Json(json) => Cow::Owned(Serialised::shown(json).text),
            Text::Id(id) => id.text(),
        })
    }
}

/// A text, as it is kept.
#[derive(Clone, Copy, Debug)]
pub(super) enum Text<'e> {
    Plain(&'e str),
    /// Shown serialised.
    Json(&'e Json),
    Id(&'e Id),
}

/// What has some texts of its own, or stands for some.
#[derive(Clone, Copy, Debug)]
pub(super) enum Item {
    Project,
    /// A conversation that was not decided on.
    Undecided(u32),
    /// A conversation that was passed.
    Passed(u32),
    Conversation(u32),
    Message(MessageRef),
    Part(PartRef),
    Annotation(AnnotationRef, Option<MessageRef>),
}

impl Item {
    /// The text of this number, if it is there; `None` past the last.
    pub(super) fn text<'e>(self, searched: Searched<'e>, nth: usize) -> Option<Option<(Site, Text<'e>)>> {
        match self {
            Item::Project => project_text(searched.project?, nth),
            Item::Undecided(_) | Item::Passed(_) => None,
            Item::Conversation(index) => {
                let id = (nth == 0).then_some(&searched.conversation(index)?.id)?;
                Some(id.as_ref().map(|id| (Site::Conversation(index), Text::Id(id))))
            }
            Item::Message(at) => {
                let id = (nth == 0).then_some(&searched.message(at)?.id)?;
                Some(id.as_ref().map(|id| (Site::Message(at), Text::Id(id))))
            }
            Item::Part(at) => {
                let text = part_text(searched.part(at)?, nth)?;
                let site =
                    |field: Option<PartField>| field.map_or(Site::Text(at), |field| Site::Part(at, field));
                Some(text.map(|(field, text)| (site(field), text)))
            }
            Item::Annotation(at, message) => {
                let (field, text) = annotation_text(searched.annotation(at)?, nth)?;
                Some(text.map(|text| (Site::Annotation(at, message, field), text)))
            }
        }
    }
}

fn project_text(project: &Project, nth: usize) -> Option<Option<(Site, Text<'_>)>> {
    let (field, text) = match nth {
        0 => (ProjectField::Name, project.name.as_deref().map(Text::Plain)),
        1 => (ProjectField::Slug, project.slug.as_deref().map(Text::Plain)),
        2 => (ProjectField::Id, project.id.as_ref().map(Text::Id)),
        _ => {
            let index = (nth - 3) / 2;
            let label = project.label_schema.get(index)?;
            let index = u32::try_from(index).ok()?;
            match nth % 2 {
                1 => (ProjectField::Label(index), Some(Text::Plain(&label.name))),
                _ => (ProjectField::Description(index), Some(Text::Plain(&label.description))),
            }
        }
    };
    Some(text.map(|text| (Site::Project(field), text)))
}

/// The text of this number, of the part itself or of a field of it.
fn part_text(part: &Part, nth: usize) -> Option<Option<(Option<PartField>, Text<'_>)>> {
    fn beside<'e>(field: PartField, text: Option<Text<'e>>) -> Option<Option<(Option<PartField>, Text<'e>)>> {
        Some(text.map(|text| (Some(field), text)))
    }
    match (nth, &part.kind) {
        (0, _) => Some(part.text.as_ref().map(|text| match text {
            PartText::Verbatim(text) => (None, Text::Plain(text)),
            PartText::Json(json) => (None, Text::Json(json)),
        })),
        (1, PartKind::ToolCall { name, .. } | PartKind::ToolCallResponse { name, .. }) => {
            beside(PartField::ToolName, name.as_deref().map(Text::Plain))
        }
        (2, PartKind::ToolCall { id, .. } | PartKind::ToolCallResponse { id, .. }) => {
            beside(PartField::CallId, id.as_deref().map(Text::Plain))
        }
        (1, PartKind::Media(Media::Uri { uri, .. })) => beside(PartField::Address, Some(Text::Plain(uri))),
        (1, PartKind::Media(Media::File { file_id, .. })) => {
            beside(PartField::Address, file_id.as_deref().map(Text::Plain))
        }
        (1, PartKind::Foreign(value)) => beside(PartField::Value, Some(Text::Json(value))),
        (1 | 2, _) => Some(None),
        _ => {
            let index = (nth - 3) / 2;
            let field = part.extra.get(index)?;
            let index = u32::try_from(index).ok()?;
            match nth % 2 {
                1 => beside(PartField::Name(index), Some(Text::Plain(&field.name))),
                _ => beside(PartField::Other(index), Some(Text::Json(&field.value))),
            }
        }
    }
}

fn annotation_text(annotation: &Annotation, nth: usize) -> Option<(AnnotationField, Option<Text<'_>>)> {
    Some(match nth {
        0 => (AnnotationField::Label, annotation.label.as_deref().map(Text::Plain)),
        1 => (AnnotationField::Quote, annotation.text.as_deref().map(Text::Plain)),
        2 => (AnnotationField::Explanation, annotation.explanation.as_deref().map(Text::Plain)),
        3 => (AnnotationField::Id, annotation.id.as_ref().map(Text::Id)),
        _ => return None,
    })
}

impl<'e> Searched<'e> {
    pub(super) fn conversation(self, index: u32) -> Option<&'e Conversation> {
        self.conversations.get(index as usize).map(AsRef::as_ref)
    }

    pub(super) fn message(self, at: MessageRef) -> Option<&'e Message> {
        self.conversation(at.conversation)?.messages.get(at.message as usize)
    }

    pub(super) fn part(self, at: PartRef) -> Option<&'e Part> {
        self.message(at.message)?.parts.get(at.part as usize)
    }

    pub(super) fn annotation(self, at: AnnotationRef) -> Option<&'e Annotation> {
        let (tiers, _) = self.annotations?;
        tiers[at.tier].annotations.get(at.index as usize)
    }
}
