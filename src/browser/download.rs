//! Hands files to the person: through an object URL and a click on a link that is nowhere on the page; on a device that is
//! touched by its sheet for sharing, where it has one that takes the file.

use super::media;
use super::original::Original;
use super::timing;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    Blob, BlobPropertyBag, DomException, File, FilePropertyBag, HtmlAnchorElement, ShareData, Url,
};

/// How long the address of a download stays valid, in milliseconds: a browser may ask where to put it first.
const KEPT_MS: i32 = 60_000;

/// Offers the bytes of `original`, unchanged, as a file called `name`. `false` where the browser refuses.
pub fn save_original(original: &Original, name: &str) -> bool {
    // A sheet for sharing goes by the type.
    let typed =
        |blob: Blob| blob.slice_with_f64_and_f64_and_content_type(0.0, blob.size(), "application/json");
    original.blob().and_then(typed).and_then(|blob| save(&blob, name)).is_ok()
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
    let Some(sharing) = share(blob, name) else { return save_by_link(blob, name) };
    let (blob, name) = (blob.clone(), name.to_owned());
    spawn_local(async move {
        // Not where the person closed the sheet; but where the browser would not open it.
        if let Err(refused) = JsFuture::from(sharing).await
            && refused.dyn_ref::<DomException>().is_none_or(|refused| refused.name() != "AbortError")
        {
            let _ = save_by_link(&blob, &name);
        }
    });
    Ok(())
}

/// Opens the sheet for sharing; `None` where there is none for this file.
fn share(blob: &Blob, name: &str) -> Option<js_sys::Promise> {
    let window = web_sys::window()?;
    let is_touched = window.match_media("(pointer: coarse)").ok()??.matches();
    let navigator = window.navigator();
    if !is_touched || !js_sys::Reflect::has(&navigator, &"canShare".into()).unwrap_or(false) {
        return None;
    }
    let options = FilePropertyBag::new();
    options.set_type(&blob.type_());
    let file = File::new_with_blob_sequence_and_options(&js_sys::Array::of1(blob), name, &options).ok()?;
    let data = ShareData::new();
    data.set_files(&js_sys::Array::of1(&file));
    navigator.can_share_with_data(&data).then(|| navigator.share_with_data(&data))
}

fn save_by_link(blob: &Blob, name: &str) -> Result<(), JsValue> {
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
