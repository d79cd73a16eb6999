//! Bytes under an address that only this page knows, for an image or a player; given back on drop.

use super::words_of;
use js_sys::{Array, Uint8Array};
use web_sys::{Blob, BlobPropertyBag, Url};

/// The address of some bytes, `blob:…`, valid as long as this lives.
#[derive(Debug)]
pub struct BlobAddress(String);

impl BlobAddress {
    /// Puts `bytes` of the MIME type `kind` under an address.
    ///
    /// # Errors
    /// In the browser's words, where memory ends.
    pub fn of(bytes: &[u8], kind: &str) -> Result<Self, String> {
        let blob = blob(bytes, kind).map_err(|thrown| words_of(&thrown))?;
        Url::create_object_url_with_blob(&blob).map(BlobAddress).map_err(|thrown| words_of(&thrown))
    }

    /// The address.
    pub fn text(&self) -> &str {
        &self.0
    }
}

impl Drop for BlobAddress {
    fn drop(&mut self) {
        let _ = Url::revoke_object_url(&self.0);
    }
}

pub(super) fn blob(bytes: &[u8], kind: &str) -> Result<Blob, wasm_bindgen::JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    Blob::new_with_u8_array_sequence_and_options(&Array::of1(&Uint8Array::from(bytes)), &options)
}
