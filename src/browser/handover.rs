//! Messages between this window and the one that opened it or holds it in a frame.
//!
//! What is said, by `postMessage`, are objects with the field `labelscope`: from here `ready` (no data, to whoever opened
//! this page), `taken` and `refused` (to the page that handed something over); from there `hello` (answered by `ready`)
//! and `export`, with the export as a `Blob`, an `ArrayBuffer`, bytes or a string in the field `export` and the name of a
//! file in `name`.

use super::files::GivenFile;
use super::listener::Listener;
use js_sys::{ArrayBuffer, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, MessageEvent, Window};

/// The field of a message that says what it is.
const KIND: &str = "labelscope";

/// What a page hands over.
pub struct Handed {
    /// The export; `None` where the message holds nothing that could be one.
    pub export: Option<GivenFile>,
    /// The origin of the page, as the browser vouches for it.
    pub from: String,
}

/// The page that opened this one, or holds it in a frame; both, if there are both.
fn others() -> Vec<JsValue> {
    let Some(window) = web_sys::window() else { return Vec::new() };
    let opener = window.opener().ok();
    let parent = window.parent().ok().flatten().filter(|parent| *parent != window).map(JsValue::from);
    let others = opener.into_iter().chain(parent);
    others.filter(|other| !other.is_null() && !other.is_undefined()).collect()
}

/// Listens for exports from the window that opened this one or holds it in a frame, and tells it that it may send. Of a
/// page whose origin `is_listed` does not know, nothing is read but that it wants to hand something over, which is left
/// on the console.
pub fn listen(
    is_listed: impl Fn(&str) -> bool + 'static,
    on_export: impl Fn(Handed) + 'static,
) -> Option<Listener> {
    let listener = Listener::on_window("message", move |event: MessageEvent| {
        let Some(kind) = field(&event.data(), KIND).and_then(|kind| kind.as_string()) else { return };
        let from = event.origin();
        let Some(source) = event.source().map(JsValue::from).filter(|source| others().contains(source))
        else {
            return;
        };
        if !is_listed(&from) {
            warn(&format!(
                "Labelscope takes no export from {from}: this deployment does not list it in \
                 <meta name=\"labelscope-handover\">."
            ));
            return;
        }
        match kind.as_str() {
            "hello" => say(&source, "ready", &from),
            "export" => {
                let export = field(&event.data(), "export").and_then(|given| file_of(&given, &event.data()));
                say(&source, if export.is_some() { "taken" } else { "refused" }, &from);
                on_export(Handed { export, from });
            }
            _ => {}
        }
    });
    // To whoever it is: the other page's origin is not known yet, and nothing is told but that this page is here.
    for other in others() {
        say(&other, "ready", "*");
    }
    listener
}

/// Leaves a sentence on the console, for whoever sets up the two pages.
pub fn warn(sentence: &str) {
    web_sys::console::warn_1(&JsValue::from_str(sentence));
}

fn field(message: &JsValue, name: &str) -> Option<JsValue> {
    if !message.is_object() {
        return None;
    }
    Reflect::get(message, &JsValue::from_str(name)).ok().filter(|value| !value.is_undefined())
}

fn file_of(given: &JsValue, message: &JsValue) -> Option<GivenFile> {
    let name = field(message, "name").and_then(|name| name.as_string()).unwrap_or_default();
    if let Some(blob) = given.dyn_ref::<Blob>() {
        return Some(GivenFile::of_blob(blob.clone(), name));
    }
    let holds_bytes = given.is_instance_of::<ArrayBuffer>() || ArrayBuffer::is_view(given);
    (holds_bytes || given.is_string()).then(|| GivenFile::of_part(given, name)).flatten()
}

/// Posts a message without data. A window of another origin is a `Window` only by its methods.
fn say(to: &JsValue, kind: &str, origin: &str) {
    let message = Object::new();
    let _ = Reflect::set(&message, &JsValue::from_str(KIND), &JsValue::from_str(kind));
    let _ = to.unchecked_ref::<Window>().post_message(&message, origin);
}
