//! Bytes, addresses and files, in every shape that emitters send. Nothing here copies the bytes: only where they
//! stand is kept.

use super::decoder::Decoder;
use super::fields::Fields;
use super::path::Path;
use super::unescape::unescape;
use super::value::Value;
use crate::domain::{Media, Shape};

/// Keys of base64 content or a data URL. Dotted ones were inside an object.
const CONTENT_KEYS: [&str; 9] = [
    "content",
    "data",
    "file_data",
    "source.data",
    "input_audio.data",
    "file.file_data",
    "file.data",
    "image.data",
    "image",
];
/// Keys of an address or a data URL.
const URI_KEYS: [&str; 12] = [
    "uri",
    "url",
    "image_url",
    "audio_url",
    "video_url",
    "document_url",
    "file_url",
    "image_url.url",
    "audio_url.url",
    "video_url.url",
    "document_url.url",
    "source.url",
];
const FILE_KEYS: [&str; 3] = ["file_id", "file.file_id", "source.file_id"];
const MIME_KEYS: [&str; 6] =
    ["mime_type", "media_type", "mediaType", "mimeType", "source.media_type", "source.mime_type"];
/// Objects whose fields say what their part holds.
const HOLDERS: [&str; 8] =
    ["source", "image_url", "audio_url", "video_url", "document_url", "input_audio", "file", "image"];

/// Whether a part without a type holds media.
pub(super) fn holds_media(fields: &Fields) -> bool {
    let any = |keys: &[&str]| keys.iter().any(|key| fields.has(key));
    any(&["uri", "url", "file_id", "image_url", "audio_url", "video_url", "document_url", "input_audio"])
        || (any(&["data", "modality"]) && any(&["modality", "mime_type", "media_type", "mediaType"]))
}

/// What the media part with these fields holds; `type_name` is normalised. Takes content, address or file id and
/// leaves what describes it.
pub(super) fn read_media(
    fields: &mut Fields,
    type_name: Option<&str>,
    path: &Path,
    decoder: &mut Decoder,
) -> Media {
    for holder in HOLDERS {
        if fields.peek(holder).is_some_and(|value| value.shape() == Shape::Object) {
            fields.unfold(holder, path, decoder);
        }
    }
    let mime_type = mime_type(fields, path, decoder);
    if let Some((key, content)) = fields.take(&CONTENT_KEYS, &[Shape::String]) {
        return match address(&content) {
            Some(Address::Data(mime)) => blob(mime_type.or(mime), content),
            Some(Address::Remote) => uri(mime_type, key, content, path, decoder),
            None => blob(mime_type, content),
        };
    }
    if let Some((key, address_value)) = fields.take(&URI_KEYS, &[Shape::String]) {
        return match address(&address_value) {
            Some(Address::Data(mime)) => blob(mime_type.or(mime), address_value),
            _ => uri(mime_type, key, address_value, path, decoder),
        };
    }
    if let Some((key, id)) = fields.take(&FILE_KEYS, &[Shape::String, Shape::Number]) {
        let file_id = decoder.id_text(Some(id), &path.key(key)).map(|id| decoder.keep(&id));
        return Media::File { mime_type, file_id };
    }
    match type_name {
        Some("file" | "input_file" | "reasoning_file") => Media::File { mime_type, file_id: None },
        Some("uri" | "image_url" | "audio_url" | "video_url" | "document_url") => {
            Media::Uri { mime_type, uri: "".into() }
        }
        _ => Media::Blob { mime_type, content: None },
    }
}

fn blob(mime_type: Option<Box<str>>, content: Value) -> Media {
    Media::Blob { mime_type, content: Some(content.source()) }
}

fn uri(mime_type: Option<Box<str>>, key: &str, value: Value, path: &Path, decoder: &mut Decoder) -> Media {
    let uri = decoder.written(Some(value), &path.key(key)).unwrap_or_else(|| "".into());
    Media::Uri { mime_type, uri }
}

/// The MIME type as sent; it stays among the extra fields too.
fn mime_type(fields: &Fields, path: &Path, decoder: &mut Decoder) -> Option<Box<str>> {
    MIME_KEYS.iter().find_map(|key| {
        let raw = fields.peek(key)?.string()?;
        Some(decoder.string(raw, &path.key(key)).into())
    })
}

/// What the string that should be content or an address turns out to be.
enum Address {
    /// A data URL, with the MIME type that it names.
    Data(Option<Box<str>>),
    /// An address on the web.
    Remote,
}

/// Looks at the beginning of a string only, since the rest may be megabytes.
fn address(value: &Value) -> Option<Address> {
    const LONGEST_HEAD: usize = 256;
    let inner = value.string()?.inner;
    let mut end = inner.len().min(LONGEST_HEAD);
    while !inner.is_char_boundary(end) {
        end -= 1;
    }
    let head = inner.get(..end)?;
    let head = unescape(head.split_once(',').map_or(head, |(head, _)| head)).to_ascii_lowercase();
    if let Some(rest) = head.strip_prefix("data:") {
        let mime = rest.split(';').next().filter(|mime| !mime.is_empty());
        return Some(Address::Data(mime.map(Box::from)));
    }
    (head.starts_with("https://") || head.starts_with("http://")).then_some(Address::Remote)
}
