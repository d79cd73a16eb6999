//! What kind of text a hit is in.

use labelscope_core::domain::{Part, PartKind, PartRef};
use labelscope_core::logic::search::{AnnotationField, PartField, ProjectField, Searched, Site};

/// The words for the text that a hit is in: "tool response", "Review explanation".
pub fn kind_in_words(site: Site, searched: Searched<'_>) -> String {
    match site {
        Site::Project(ProjectField::Name) => "project name".to_owned(),
        Site::Project(ProjectField::Slug) => "project slug".to_owned(),
        Site::Project(ProjectField::Id) => "project id".to_owned(),
        Site::Project(ProjectField::Label(_)) => "label of the schema".to_owned(),
        Site::Project(ProjectField::Description(_)) => "description of a label".to_owned(),
        Site::Conversation(_) => "conversation id".to_owned(),
        Site::Message(_) => "message id".to_owned(),
        Site::Text(at) => text_in_words(part(searched, at)).to_owned(),
        Site::Part(at, field) => match field {
            PartField::Value => "value".to_owned(),
            PartField::ToolName => "tool name".to_owned(),
            PartField::CallId => "id of the call".to_owned(),
            PartField::Address => "address".to_owned(),
            PartField::Name(_) => "name of a field".to_owned(),
            PartField::Other(index) => {
                let name = part(searched, at).and_then(|part| part.extra.get(index as usize));
                format!("field {}", name.map_or("", |field| &*field.name))
            }
        },
        Site::Annotation(annotation, _, field) => {
            let word = match field {
                AnnotationField::Label => "label",
                AnnotationField::Quote => "quote",
                AnnotationField::Explanation => "explanation",
                AnnotationField::Id => "id",
            };
            format!("{} {word}", annotation.tier)
        }
    }
}

fn part(searched: Searched<'_>, at: PartRef) -> Option<&Part> {
    let conversation = searched.conversations.get(at.message.conversation as usize)?;
    conversation.messages.get(at.message.message as usize)?.parts.get(at.part as usize)
}

fn text_in_words(part: Option<&Part>) -> &'static str {
    match part.map(|part| &part.kind) {
        Some(PartKind::Reasoning) => "reasoning",
        Some(PartKind::ToolCall { .. }) => "tool arguments",
        Some(PartKind::ToolCallResponse { .. }) => "tool response",
        Some(PartKind::Compaction) => "summary",
        _ => "text",
    }
}
