//! What is searched: every text of an export once, in the order of the document.

use super::searching::Searched;
use crate::domain::{
    Annotation, AnnotationRef, Conversation, Id, Json, Media, Message, MessageRef, Part, PartKind, PartRef,
    PartText, Place, Project, Unplaced,
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
            Text::Paged(text) => Cow::Borrowed(text),
            Text::Json(json) => Cow::Owned(Serialised::shown(json).text),
            Text::Id(id) => id.text(),
        })
    }
}

/// A text, as it is kept.
#[derive(Clone, Copy, Debug)]
pub(super) enum Text<'e> {
    Plain(&'e str),
    /// Shares a page with others.
    Paged(&'e crate::domain::Text),
    /// Shown serialised.
    Json(&'e Json),
    Id(&'e Id),
}

/// What a walk comes to.
pub(super) enum Here<'e> {
    /// A text.
    Text(Site, Text<'e>),
    /// The texts of a conversation, which may be passed at once.
    Conversation(u32),
}

/// What has some texts of its own, or stands for some.
#[derive(Clone, Copy, Debug)]
enum Item {
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
    fn text<'e>(self, searched: Searched<'e>, nth: usize) -> Option<Option<(Site, Text<'e>)>> {
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

/// Every text of a conversation but those of its annotations.
pub(super) fn texts_of(conversation: &Conversation) -> impl Iterator<Item = Text<'_>> {
    let ids = conversation.id.iter().map(Text::Id);
    let messages = conversation.messages.iter().flat_map(|message| {
        let parts =
            message.parts.iter().flat_map(|part| (0..).map_while(|nth| part_text(part, nth)).flatten());
        message.id.iter().map(Text::Id).chain(parts.map(|(_, text)| text))
    });
    ids.chain(messages)
}

/// Every text of an annotation.
pub(super) fn texts_of_annotation(annotation: &Annotation) -> impl Iterator<Item = Text<'_>> {
    (0..).map_while(|nth| annotation_text(annotation, nth)).filter_map(|(_, text)| text)
}

/// The text of this number, of the part itself or of a field of it.
fn part_text(part: &Part, nth: usize) -> Option<Option<(Option<PartField>, Text<'_>)>> {
    fn beside<'e>(field: PartField, text: Option<Text<'e>>) -> Option<Option<(Option<PartField>, Text<'e>)>> {
        Some(text.map(|text| (Some(field), text)))
    }
    match (nth, &part.kind) {
        (0, _) => Some(part.text.as_ref().map(|text| match text {
            PartText::Verbatim(text) => (None, Text::Paged(text)),
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
        1 => (AnnotationField::Quote, annotation.text.as_ref().map(Text::Paged)),
        2 => (AnnotationField::Explanation, annotation.explanation.as_ref().map(Text::Paged)),
        3 => (AnnotationField::Id, annotation.id.as_ref().map(Text::Id)),
        _ => return None,
    })
}

/// A walk along all texts of an export: the project, then each conversation with its messages, each message with its
/// parts and then its annotations, those that are placed first, and last the annotations that belong to no message.
#[derive(Clone, Debug)]
pub(super) struct Walk {
    item: Item,
    nth: usize,
    /// How many of the places, and of the annotations that are not placed, were walked past.
    placed: usize,
    unplaced: usize,
}

impl Walk {
    /// Before the first text.
    pub(super) fn new() -> Self {
        Walk { item: Item::Project, nth: 0, placed: 0, unplaced: 0 }
    }

    /// What the walk has come to; `None` where all that there is was walked past. There may be more later: conversations
    /// that arrive at the end, as long as there are no annotations.
    pub(super) fn here<'e>(&mut self, searched: Searched<'e>) -> Option<Here<'e>> {
        loop {
            if let Item::Undecided(index) = self.item {
                return Some(Here::Conversation(index));
            }
            match self.item.text(searched, self.nth) {
                Some(Some((site, text))) => return Some(Here::Text(site, text)),
                Some(None) => self.nth += 1,
                None => {
                    self.item = self.next_item(searched)?;
                    self.nth = 0;
                }
            }
        }
    }

    /// Goes into the conversation that the walk has come to.
    pub(super) fn enter(&mut self) {
        if let Item::Undecided(index) = self.item {
            self.item = Item::Conversation(index);
        }
    }

    /// Passes the conversation that the walk has come to, with its annotations.
    pub(super) fn pass_conversation(&mut self, searched: Searched<'_>) {
        let Item::Undecided(index) = self.item else { return };
        self.placed += self.places_of(searched, index).len();
        self.unplaced += self.unplaced_of(searched, index).len();
        self.item = Item::Passed(index);
    }

    /// The annotations of the conversation that the walk has come to.
    pub(super) fn annotations_of<'e>(
        &self,
        searched: Searched<'e>,
        index: u32,
    ) -> impl Iterator<Item = &'e Annotation> + use<'e> {
        let placed = self.places_of(searched, index).iter().map(|place| place.annotation);
        let unplaced = self.unplaced_of(searched, index).iter().map(|unplaced| unplaced.annotation);
        placed.chain(unplaced).filter_map(move |annotation| searched.annotation(annotation))
    }

    /// The places in a conversation of which none was walked past.
    fn places_of<'e>(&self, searched: Searched<'e>, index: u32) -> &'e [Place] {
        let Some((_, placement)) = searched.annotations else { return &[] };
        let rest = placement.places.get(self.placed..).unwrap_or_default();
        let count = rest.iter().take_while(|place| place.part.message.conversation == index).count();
        rest.get(..count).unwrap_or_default()
    }

    /// The annotations without a place of a conversation of which none was walked past.
    fn unplaced_of<'e>(&self, searched: Searched<'e>, index: u32) -> &'e [Unplaced] {
        let Some((_, placement)) = searched.annotations else { return &[] };
        let rest = placement.unplaced.get(self.unplaced..).unwrap_or_default();
        let is_in = |unplaced: &&Unplaced| unplaced.message.is_some_and(|at| at.conversation == index);
        let count = rest.iter().take_while(is_in).count();
        rest.get(..count).unwrap_or_default()
    }

    /// Leaves the text that the walk has come to behind.
    pub(super) fn pass(&mut self) {
        self.nth += 1;
    }

    /// Index of the conversation that the walk is in, 0 before and the last after.
    pub(super) fn conversation(&self) -> u32 {
        match self.item {
            Item::Project => 0,
            Item::Undecided(index) | Item::Passed(index) | Item::Conversation(index) => index,
            Item::Message(at) | Item::Part(PartRef { message: at, .. }) => at.conversation,
            Item::Annotation(_, at) => at.map_or(u32::MAX, |at| at.conversation),
        }
    }

    fn next_item(&mut self, searched: Searched<'_>) -> Option<Item> {
        let next = match self.item {
            Item::Project => None,
            Item::Undecided(index) | Item::Passed(index) => {
                return self.conversation_at(searched, index.saturating_add(1));
            }
            Item::Conversation(index) => Some((MessageRef { conversation: index, message: 0 }, None)),
            Item::Message(at) => Some((at, Some(0))),
            Item::Part(at) => Some((at.message, Some(at.part + 1))),
            Item::Annotation(_, Some(at)) => Some((at, Some(u32::MAX))),
            Item::Annotation(_, None) => return self.next_annotation(searched, None),
        };
        let Some((at, part)) = next else {
            return self.conversation_at(searched, 0);
        };
        let message = match part {
            None => at,
            Some(part) => {
                let at_part = PartRef { message: at, part };
                if searched.part(at_part).is_some() {
                    return Some(Item::Part(at_part));
                }
                if let Some(annotation) = self.next_annotation(searched, Some(at)) {
                    return Some(annotation);
                }
                MessageRef { message: at.message + 1, ..at }
            }
        };
        match searched.message(message) {
            Some(_) => Some(Item::Message(message)),
            None => self.conversation_at(searched, at.conversation + 1),
        }
    }

    /// The conversation of this index, else what comes after all conversations.
    fn conversation_at(&mut self, searched: Searched<'_>, index: u32) -> Option<Item> {
        match searched.conversation(index) {
            Some(_) => Some(Item::Undecided(index)),
            None => self.next_annotation(searched, None),
        }
    }

    /// The next annotation of `message`, or of no message.
    fn next_annotation(&mut self, searched: Searched<'_>, message: Option<MessageRef>) -> Option<Item> {
        let (_, placement) = searched.annotations?;
        let place = placement.places.get(self.placed).filter(|place| Some(place.part.message) == message);
        if let Some(place) = place {
            self.placed += 1;
            return Some(Item::Annotation(place.annotation, message));
        }
        let unplaced =
            placement.unplaced.get(self.unplaced).filter(|unplaced| unplaced.message == message)?;
        self.unplaced += 1;
        Some(Item::Annotation(unplaced.annotation, message))
    }
}

impl<'e> Searched<'e> {
    fn conversation(self, index: u32) -> Option<&'e Conversation> {
        self.conversations.get(index as usize).map(AsRef::as_ref)
    }

    fn message(self, at: MessageRef) -> Option<&'e Message> {
        self.conversation(at.conversation)?.messages.get(at.message as usize)
    }

    fn part(self, at: PartRef) -> Option<&'e Part> {
        self.message(at.message)?.parts.get(at.part as usize)
    }

    fn annotation(self, at: AnnotationRef) -> Option<&'e Annotation> {
        let (tiers, _) = self.annotations?;
        tiers[at.tier].annotations.get(at.index as usize)
    }
}
