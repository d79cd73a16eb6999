//! Parts of a message: what stands in them, by kind.

use super::{Json, Source, Text};

/// One entry of a message's `parts`.
#[derive(Clone, Debug)]
pub struct Part {
    /// What it is, however its `type` spells it.
    pub kind: PartKind,
    /// `type` as sent, if it was a string.
    pub type_name: Option<super::Name>,
    /// The text that annotations of this part are anchored in. Media and server tool parts have none.
    pub text: Option<PartText>,
    /// Whatever else the part holds, in the order sent, to be shown outside its text.
    pub extra: Vec<Field>,
    /// Where it stands in the export.
    pub source: Source,
}

/// What a part is.
#[derive(Clone, Debug, PartialEq)]
pub enum PartKind {
    /// Text that a person or a model wrote; also a bare string.
    Text,
    /// A model's reasoning (also sent as `thinking`).
    Reasoning,
    /// A call of a tool; its text is the arguments.
    ToolCall {
        /// Joins it to its response.
        id: Option<Text>,
        /// The tool's name.
        name: Option<Text>,
    },
    /// What a tool answered; its text is the response.
    ToolCallResponse {
        /// Joins it to its call.
        id: Option<Text>,
        /// The tool's name, where the response repeats it.
        name: Option<Text>,
    },
    /// A call of a tool that ran on the provider's side; all fields are in `extra`.
    ServerToolCall,
    /// What a provider's tool answered; all fields are in `extra`.
    ServerToolCallResponse,
    /// A blob, an address or a file: never loaded by itself.
    Media(Media),
    /// A summary that stands for earlier turns.
    Compaction,
    /// A person's answer to a tool's request.
    Approval,
    /// An object of a type that is not known here, or of none that can be guessed.
    Other,
    /// Not an object and not a string: the whole value.
    Foreign(Json),
}

impl PartKind {
    /// Every word that [`key`](PartKind::key) may give.
    pub const KEYS: [&'static str; 12] = [
        "text",
        "reasoning",
        "tool_call",
        "tool_call_response",
        "server_tool_call",
        "server_tool_call_response",
        "blob",
        "uri",
        "file",
        "compaction",
        "approval",
        "other",
    ];

    /// The word for the kind in addresses, filters and class names, spelled as OpenTelemetry spells it.
    pub const fn key(&self) -> &'static str {
        match self {
            PartKind::Text => "text",
            PartKind::Reasoning => "reasoning",
            PartKind::ToolCall { .. } => "tool_call",
            PartKind::ToolCallResponse { .. } => "tool_call_response",
            PartKind::ServerToolCall => "server_tool_call",
            PartKind::ServerToolCallResponse => "server_tool_call_response",
            PartKind::Media(media) => match media {
                Media::Blob { .. } => "blob",
                Media::Uri { .. } => "uri",
                Media::File { .. } => "file",
            },
            PartKind::Compaction => "compaction",
            PartKind::Approval => "approval",
            PartKind::Other | PartKind::Foreign(_) => "other",
        }
    }
}

/// Bytes, an address or a file's id. Descriptive fields (`modality`, `mime_type`, `filename`, …) stay in
/// `Part::extra`, in the order sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Media {
    /// Base64 content or a data URL inside the export; possibly megabytes, so only its place is kept.
    Blob {
        /// MIME type as sent, or as the data URL says.
        mime_type: Option<Box<str>>,
        /// Where the JSON string with the content stands in the export, quotes included; `None` where there is none.
        content: Option<Source>,
    },
    /// An address elsewhere.
    Uri {
        /// MIME type as sent.
        mime_type: Option<Box<str>>,
        /// The address, never fetched.
        uri: Text,
    },
    /// A file that the provider holds.
    File {
        /// MIME type as sent.
        mime_type: Option<Box<str>>,
        /// Its id at the provider.
        file_id: Option<Text>,
    },
}

/// The text of a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PartText {
    /// A string, exactly as sent (escapes decoded).
    Verbatim(Text),
    /// A tool's arguments or response that is not a string. Shown and counted in its serialisation indented by two,
    /// which `logic::serialise` makes.
    Json(Json),
}

/// A key of an object and its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// The key.
    pub name: Text,
    /// The value.
    pub value: Json,
}
