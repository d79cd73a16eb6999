//! The one copy of the bytes of an export: the file on disk, or a blob that the browser keeps outside the page's memory.

use super::files::GivenFile;
use super::words_of;
use js_sys::{Array, Uint8Array};
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

/// The bytes of an export, decompressed, in the browser's keeping.
#[derive(Clone)]
pub struct Original(Blob);

impl Original {
    /// The bytes of a file that stays where it is.
    pub fn of_file(file: &GivenFile) -> Self {
        Original(file.blob().clone())
    }

    /// The bytes `[start, end)` as text; what is not UTF-8 becomes U+FFFD.
    ///
    /// # Errors
    /// In the browser's words, where the file is no longer there or memory ends.
    pub async fn slice_text(&self, start: u64, end: u64) -> Result<String, String> {
        // Offsets in a file are below 2^53.
        let read = async {
            let slice = self.0.slice_with_f64_and_f64(start as f64, end as f64)?;
            JsFuture::from(slice.array_buffer()).await
        };
        let buffer = read.await.map_err(|thrown| words_of(&thrown))?;
        Ok(String::from_utf8_lossy(&Uint8Array::new(&buffer).to_vec()).into_owned())
    }

    pub(super) fn blob(&self) -> &Blob {
        &self.0
    }
}

/// An [`Original`] that grows while chunks arrive.
#[derive(Default)]
pub struct GrowingOriginal {
    blob: Option<Blob>,
    waiting: Array,
    waiting_bytes: u32,
}

impl GrowingOriginal {
    /// How many bytes wait in the page's memory before the browser is given them.
    const PORTION: u32 = 4 << 20;

    /// Appends a chunk, which must not be changed afterwards.
    ///
    /// # Errors
    /// In the browser's words, where memory ends.
    pub fn push(&mut self, chunk: &Uint8Array) -> Result<(), String> {
        self.waiting.push(chunk);
        self.waiting_bytes = self.waiting_bytes.saturating_add(chunk.length());
        if self.waiting_bytes < Self::PORTION { Ok(()) } else { self.hand_over() }
    }

    /// All bytes so far.
    ///
    /// # Errors
    /// In the browser's words, where memory ends.
    pub fn finish(mut self) -> Result<Original, String> {
        self.hand_over()?;
        match self.blob {
            Some(blob) => Ok(Original(blob)),
            None => Blob::new().map(Original).map_err(|thrown| words_of(&thrown)),
        }
    }

    fn hand_over(&mut self) -> Result<(), String> {
        let parts = Array::new();
        if let Some(blob) = &self.blob {
            parts.push(blob);
        }
        let parts = parts.concat(&self.waiting);
        let grown = Blob::new_with_blob_sequence(&parts).map_err(|thrown| words_of(&thrown))?;
        self.blob = Some(grown);
        self.waiting = Array::new();
        self.waiting_bytes = 0;
        Ok(())
    }
}
