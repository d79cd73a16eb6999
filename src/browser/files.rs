//! Files that a person gives to the page: chosen in an input, dropped, or pasted as text.

use super::listener::Listener;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, DragEvent, Event, File, HtmlInputElement};

/// A file on this machine, or text that stands for one. Its bytes are read when they are needed.
#[derive(Clone)]
pub struct GivenFile {
    blob: Blob,
    name: String,
}

impl GivenFile {
    /// Text as if it had come from a file. `None` where the browser refuses, which it does when memory ends.
    pub fn of_text(text: &str) -> Option<Self> {
        GivenFile::of_part(&JsValue::from_str(text), String::new())
    }

    /// What another page gave: a string, a buffer or a view of one. `None` where the browser refuses.
    pub(super) fn of_part(part: &JsValue, name: String) -> Option<Self> {
        let parts = js_sys::Array::of1(part);
        Blob::new_with_blob_sequence(&parts).ok().map(|blob| GivenFile { blob, name })
    }

    /// Bytes that the browser keeps.
    pub(super) fn of_blob(blob: Blob, name: String) -> Self {
        GivenFile { blob, name }
    }

    /// The name, without a path; empty for text.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The size in bytes.
    pub fn size(&self) -> u64 {
        // Sizes are whole and below 2^53.
        self.blob.size() as u64
    }

    pub(super) fn blob(&self) -> &Blob {
        &self.blob
    }
}

impl From<File> for GivenFile {
    fn from(file: File) -> Self {
        GivenFile { name: file.name(), blob: file.into() }
    }
}

/// The file chosen in the input that `event` came from. The input is emptied, so that the same file can be chosen
/// again.
pub fn chosen(event: &Event) -> Option<GivenFile> {
    let input: HtmlInputElement = event.target()?.dyn_into().ok()?;
    let file = input.files()?.get(0)?;
    input.set_value("");
    Some(file.into())
}

/// Opens the dialog of the file input that `selector` finds.
pub fn browse(selector: &str) {
    let document = web_sys::window().and_then(|window| window.document());
    let found = document.and_then(|document| document.query_selector(selector).ok().flatten());
    if let Some(input) = found.and_then(|element| element.dyn_into::<HtmlInputElement>().ok()) {
        input.click();
    }
}

/// What a drag over the page does.
pub enum Drag {
    /// Files hang over the page.
    Over,
    /// They left it.
    Away,
    /// The first of them was dropped.
    Dropped(GivenFile),
}

/// Listens for files dragged anywhere onto the page, and keeps the browser from opening them in its own way. What is
/// dragged within the page, such as selected text, is left alone.
pub fn listen_for_drags(on_drag: impl Fn(Drag) + Clone + 'static) -> Vec<Listener> {
    let over = {
        let on_drag = on_drag.clone();
        Listener::on_window("dragover", move |event: DragEvent| {
            if carries_files(&event) {
                event.prevent_default();
                on_drag(Drag::Over);
            }
        })
    };
    let away = {
        let on_drag = on_drag.clone();
        Listener::on_window("dragleave", move |event: DragEvent| {
            // Leaving one element for another has a related target; leaving the page has none.
            if event.related_target().is_none() {
                on_drag(Drag::Away);
            }
        })
    };
    let dropped = Listener::on_window("drop", move |event: DragEvent| {
        if carries_files(&event) {
            event.prevent_default();
            let file = event.data_transfer().and_then(|data| data.files()).and_then(|files| files.get(0));
            on_drag(file.map_or(Drag::Away, |file| Drag::Dropped(file.into())));
        }
    });
    [over, away, dropped].into_iter().flatten().collect()
}

fn carries_files(event: &DragEvent) -> bool {
    let types = event.data_transfer().map(|data| data.types());
    types.is_some_and(|types| types.iter().any(|kind| kind.as_string().as_deref() == Some("Files")))
}
