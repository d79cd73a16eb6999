//! Hands files to the person: through an object URL and a click on a link that is nowhere on the page.

use super::media;
use super::original::Original;
use super::timing;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

/// How long the address of a download stays valid, in milliseconds: a browser may ask where to put it first.
const KEPT_MS: i32 = 60_000;

/// Offers the bytes of `original`, unchanged, as a file called `name`. `false` where the browser refuses.
pub fn save_original(original: &Original, name: &str) -> bool {
    original.blob().and_then(|blob| save(&blob, name)).is_ok()
}

/// Offers `text` in UTF-8 as a file called `name` of the MIME type `kind`. `false` where the browser refuses.
pub fn save_text(text: &str, kind: &str, name: &str) -> bool {
    let parts = js_sys::Array::of1(&JsValue::from_str(text));
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    Blob::new_with_str_sequence_and_options(&parts, &options).and_then(|blob| save(&blob, name)).is_ok()
}

/// A text file that is made piece by piece, so that the whole of it never stands in the page's memory.
#[derive(Default)]
pub struct GrowingFile {
    pieces: js_sys::Array,
    waiting: usize,
}

impl GrowingFile {
    /// How many bytes wait in the page's memory before the browser is given them.
    const PORTION: usize = 4 << 20;

    /// Appends `text` in UTF-8.
    pub fn push(&mut self, text: &str) {
        self.pieces.push(&JsValue::from_str(text));
        self.waiting += text.len();
        if self.waiting >= Self::PORTION
            && let Ok(blob) = Blob::new_with_str_sequence(&self.pieces)
        {
            self.pieces = js_sys::Array::of1(&blob);
            self.waiting = 0;
        }
    }

    /// Offers it under the name `name` as of the MIME type `kind`. `false` where the browser refuses.
    pub fn save(&self, kind: &str, name: &str) -> bool {
        let options = BlobPropertyBag::new();
        options.set_type(kind);
        let blob = Blob::new_with_blob_sequence_and_options(&self.pieces, &options);
        blob.and_then(|blob| save(&blob, name)).is_ok()
    }
}

/// Offers `bytes` as a file called `name`, of no type that a browser would open by itself. `false` where it refuses.
pub fn save_bytes(bytes: &[u8], name: &str) -> bool {
    media::blob(bytes, "application/octet-stream").and_then(|blob| save(&blob, name)).is_ok()
}

fn save(blob: &Blob, name: &str) -> Result<(), JsValue> {
    let document = web_sys::window().and_then(|window| window.document()).ok_or(JsValue::NULL)?;
    let anchor: HtmlAnchorElement = document.create_element("a")?.unchecked_into();
    let url = Url::create_object_url_with_blob(blob)?;
    anchor.set_href(&url);
    anchor.set_download(name);
    anchor.click();
    timing::after(KEPT_MS, move || {
        let _ = Url::revoke_object_url(&url);
    });
    Ok(())
}
