//! One part of a message, in every shape that emitters send. Belongs here: which type names mean what, and which
//! keys hold the text. Bytes, addresses and files stand in `media`.

use super::decoder::Decoder;
use super::fields::Fields;
use super::media::{holds_media, read_media};
use super::path::Path;
use super::value::Value;
use crate::domain::{Part, PartKind, PartText, Shape, Text};
use std::borrow::Cow;

/// The keys that hold the text of a part that is neither a tool's nor media, the first string counting.
const TEXT_KEYS: [&str; 5] = ["content", "text", "thinking", "reasoning", "refusal"];
const ARGUMENT_KEYS: [&str; 3] = ["arguments", "input", "args"];
const RESPONSE_KEYS: [&str; 4] = ["response", "result", "output", "content"];
/// The keys that join a call and its response. `call_id` is first since an emitter that sends it uses `id` for the
/// item that carries the call.
const CALL_ID_KEYS: [&str; 5] = ["call_id", "id", "tool_call_id", "toolCallId", "tool_use_id"];
const TOOL_NAME_KEYS: [&str; 3] = ["name", "toolName", "tool_name"];
const NOT_NULL: [Shape; 5] = [Shape::String, Shape::Object, Shape::Array, Shape::Number, Shape::Bool];

/// What a part is, before its fields have been looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Text,
    Reasoning,
    ToolCall,
    ToolCallResponse,
    ServerToolCall,
    ServerToolCallResponse,
    Media,
    Compaction,
    Approval,
    Other,
}

/// The part that `value` is.
pub(super) fn read_part(value: Value, path: &Path, decoder: &mut Decoder) -> Part {
    let mark = decoder.mark();
    if value.shape() != Shape::Object {
        decoder.note_foreign(Shape::Object, &value, path);
    }
    let part = read_any(value, path, decoder);
    decoder.seal(mark, part.source);
    part
}

/// The only part of a message that has something else than an array of parts, which was noted.
pub(super) fn read_only_part(value: Value, path: &Path, decoder: &mut Decoder) -> Part {
    let mark = decoder.mark();
    let part = read_any(value, path, decoder);
    decoder.seal(mark, part.source);
    part
}

/// A part of whatever shape: a string is text, what is neither that nor an object is shown whole.
fn read_any(value: Value, path: &Path, decoder: &mut Decoder) -> Part {
    if value.shape() == Shape::Object {
        return read_object(value, path, decoder);
    }
    let text = value.string().map(|raw| PartText::Verbatim(decoder.write(raw, path)));
    let kind = if text.is_some() { PartKind::Text } else { PartKind::Foreign(decoder.json(value)) };
    Part { kind, type_name: None, text, extra: Vec::new(), source: value.source() }
}

fn read_object(value: Value, path: &Path, decoder: &mut Decoder) -> Part {
    let mut fields = Fields::read(value, path, decoder);
    let type_path = path.key("type");
    let type_name = match fields.take_string("type").and_then(|value| value.string()) {
        Some(raw) => Some(decoder.string(raw, &type_path)),
        None => {
            decoder.text(fields.peek("type"), &type_path);
            None
        }
    };
    let normal = type_name.as_deref().map(normalised);
    let kind = normal.as_deref().map_or_else(|| guess(&fields), kind_of_type);
    let mut object = PartObject { fields, path, decoder };
    let (kind, text) = match kind {
        Kind::Text => (PartKind::Text, object.expected_text()),
        Kind::Reasoning => (PartKind::Reasoning, object.expected_text()),
        Kind::ToolCall => {
            let (id, name) = object.tool();
            (PartKind::ToolCall { id, name }, object.json_text(&ARGUMENT_KEYS))
        }
        Kind::ToolCallResponse => {
            let (id, name) = object.tool();
            (PartKind::ToolCallResponse { id, name }, object.json_text(&RESPONSE_KEYS))
        }
        Kind::ServerToolCall => (PartKind::ServerToolCall, None),
        Kind::ServerToolCallResponse => (PartKind::ServerToolCallResponse, None),
        Kind::Media => {
            let media = read_media(&mut object.fields, normal.as_deref(), path, object.decoder);
            (PartKind::Media(media), None)
        }
        Kind::Compaction => (PartKind::Compaction, object.text()),
        Kind::Approval => (PartKind::Approval, object.text()),
        Kind::Other => (PartKind::Other, object.text()),
    };
    let extra = object.fields.left_over(object.decoder);
    let type_name = type_name.map(|name| decoder.share(&name));
    Part { kind, type_name, text, extra, source: value.source() }
}

/// The object under way.
struct PartObject<'a, 'p, 'r> {
    fields: Fields<'a>,
    path: &'p Path<'p>,
    decoder: &'p mut Decoder<'r>,
}

impl PartObject<'_, '_, '_> {
    /// The first string among the text keys.
    fn text(&mut self) -> Option<PartText> {
        let (key, value) = self.fields.take(&TEXT_KEYS, &[Shape::String])?;
        Some(PartText::Verbatim(self.decoder.write(value.string()?, &self.path.key(key))))
    }

    /// The text of a part that is text by its type: where it is something else instead, that is noted.
    fn expected_text(&mut self) -> Option<PartText> {
        let text = self.text();
        if text.is_none() {
            let foreign = TEXT_KEYS.iter().find_map(|key| self.fields.peek(key).map(|value| (*key, value)));
            if let Some((key, value)) = foreign {
                self.decoder.text(Some(value), &self.path.key(key));
            }
        }
        text
    }

    /// The id that joins call and response, and the tool's name.
    fn tool(&mut self) -> (Option<Text>, Option<Text>) {
        let id = self.fields.take(&CALL_ID_KEYS, &[Shape::String, Shape::Number]);
        let id = id.and_then(|(key, value)| self.decoder.id_text(Some(value), &self.path.key(key)));
        let id = id.map(|id| self.decoder.keep(&id));
        let name = self.fields.take(&TOOL_NAME_KEYS, &[Shape::String]);
        let name = name.and_then(|(key, value)| self.decoder.written(Some(value), &self.path.key(key)));
        (id, name)
    }

    /// The first value among `keys` that is not null: a string as sent, else its JSON.
    fn json_text(&mut self, keys: &[&'static str]) -> Option<PartText> {
        let (key, value) = self.fields.take(keys, &NOT_NULL)?;
        Some(match value.string() {
            Some(raw) => PartText::Verbatim(self.decoder.write(raw, &self.path.key(key))),
            None => PartText::Json(self.decoder.json(value)),
        })
    }
}

/// The type in lower case with `_` for `-`.
fn normalised(type_name: &str) -> Cow<'_, str> {
    if type_name.bytes().any(|b| b.is_ascii_uppercase() || b == b'-') {
        Cow::Owned(type_name.to_ascii_lowercase().replace('-', "_"))
    } else {
        Cow::Borrowed(type_name)
    }
}

/// What a normalised type means.
fn kind_of_type(type_name: &str) -> Kind {
    match type_name {
        "text" | "input_text" | "output_text" | "refusal" => Kind::Text,
        "reasoning" | "thinking" | "redacted_thinking" => Kind::Reasoning,
        "tool_call" | "tool_use" | "function_call" => Kind::ToolCall,
        "tool_call_response"
        | "tool_call_result"
        | "tool_result"
        | "tool_response"
        | "function_call_output"
        | "function_response" => Kind::ToolCallResponse,
        "server_tool_call" | "server_tool_use" | "mcp_tool_use" => Kind::ServerToolCall,
        "server_tool_call_response" => Kind::ServerToolCallResponse,
        "blob" | "binary" | "base64_attachment" | "image" | "audio" | "video" | "document"
        | "input_image" | "input_audio" | "uri" | "image_url" | "audio_url" | "video_url"
        | "document_url" | "file" | "input_file" | "reasoning_file" => Kind::Media,
        "compaction" => Kind::Compaction,
        "tool_approval_request" | "tool_approval_response" => Kind::Approval,
        other if other.ends_with("_tool_result") => Kind::ServerToolCallResponse,
        _ => Kind::Other,
    }
}

/// What a part without a type is, by its keys.
fn guess(fields: &Fields) -> Kind {
    let any = |keys: &[&str]| keys.iter().any(|key| fields.has(key));
    let text = |key: &str| fields.peek(key).is_some_and(|value| value.shape() == Shape::String);
    if any(&["server_tool_call"]) {
        Kind::ServerToolCall
    } else if any(&["server_tool_call_response"]) {
        Kind::ServerToolCallResponse
    } else if any(&ARGUMENT_KEYS) && any(&TOOL_NAME_KEYS) {
        Kind::ToolCall
    } else if any(&["response", "result", "output", "tool_use_id", "tool_call_id", "toolCallId"]) {
        Kind::ToolCallResponse
    } else if any(&["approval_id"]) {
        Kind::Approval
    } else if holds_media(fields) {
        Kind::Media
    } else if ["content", "text", "refusal"].into_iter().any(text) {
        Kind::Text
    } else if ["thinking", "reasoning"].into_iter().any(text) {
        Kind::Reasoning
    } else {
        Kind::Other
    }
}
