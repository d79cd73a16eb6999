//! One conversation with its messages.

use super::decoder::Decoder;
use super::part::{read_only_part, read_part};
use super::path::Path;
use super::value::Value;
use crate::domain::{Conversation, Generation, Message, Name, Part, Shape};
use smallvec::SmallVec;
use std::sync::Arc;

const MESSAGE_KEYS: [&str; 8] = [
    "id",
    "role",
    "parts",
    "gen_ai.request.model",
    "gen_ai.provider.name",
    "gen_ai.usage.input_tokens",
    "gen_ai.usage.output_tokens",
    "gen_ai.response.finish_reasons",
];

/// The conversation that `value` is; one that is no object keeps its place, empty.
pub(super) fn read_conversation(value: Value, path: &Path, decoder: &mut Decoder) -> Conversation {
    let mark = decoder.mark();
    let mut conversation = Conversation { source: value.source(), ..Conversation::default() };
    if value.shape() == Shape::Object {
        let [id, messages] = decoder.known(value, &["id", "messages"], path);
        conversation.id = decoder.id(id, &path.key("id"));
        conversation.messages = decoder
            .items(messages, &path.key("messages"), |decoder, item, path| read_message(item, path, decoder));
    } else {
        decoder.note_foreign(Shape::Object, &value, path);
    }
    conversation.passage = decoder.passage();
    decoder.seal(mark, conversation.source);
    conversation
}

/// One message; one that is no object keeps its place, empty.
fn read_message(value: Value, path: &Path, decoder: &mut Decoder) -> Message {
    let mark = decoder.mark();
    let source = value.source();
    let message = if value.shape() == Shape::Object {
        let [id, role, parts, model, provider, input, output, reasons] =
            decoder.known(value, &MESSAGE_KEYS, path);
        let [_, role_key, parts_key, model_key, provider_key, input_key, output_key, reasons_key] =
            MESSAGE_KEYS;
        Message {
            id: decoder.id(id, &path.key("id")),
            role: decoder.name(role, &path.key(role_key)),
            parts: read_parts(parts, &path.key(parts_key), decoder),
            generation: Generation {
                model: decoder.name(model, &path.key(model_key)),
                provider: decoder.name(provider, &path.key(provider_key)),
                input_tokens: decoder.number(input, &path.key(input_key)),
                output_tokens: decoder.number(output, &path.key(output_key)),
                finish_reasons: read_finish_reasons(reasons, &path.key(reasons_key), decoder),
            },
            source,
        }
    } else {
        decoder.note_foreign(Shape::Object, &value, path);
        Message { source, ..Message::default() }
    };
    decoder.seal(mark, source);
    message
}

/// The parts of a message. What stands in their place without being an array is one part, so that it stays visible.
fn read_parts(value: Option<Value>, path: &Path, decoder: &mut Decoder) -> Vec<Part> {
    match value {
        Some(value) if !matches!(value.shape(), Shape::Array | Shape::Null) => {
            decoder.note_foreign(Shape::Array, &value, path);
            vec![read_only_part(value, path, decoder)]
        }
        value => decoder.items(value, path, |decoder, item, path| read_part(item, path, decoder)),
    }
}

/// The finish reasons; one that stands there by itself is a list of one.
fn read_finish_reasons(value: Option<Value>, path: &Path, decoder: &mut Decoder) -> Arc<[Name]> {
    let Some(value) = value.filter(|value| value.shape() != Shape::Null) else { return Arc::default() };
    if value.shape() == Shape::String {
        decoder.note_foreign(Shape::Array, &value, path);
        let reason = decoder.name(Some(value), path);
        return decoder.share_list(reason.as_slice());
    }
    let mut reasons: SmallVec<[Name; 4]> = SmallVec::new();
    decoder
        .each_item(Some(value), path, |decoder, item, path| reasons.extend(decoder.name(Some(item), path)));
    decoder.share_list(&reasons)
}
