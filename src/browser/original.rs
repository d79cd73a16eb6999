//! The one copy of the bytes of an export: the file on disk, or the chunks as they came over the network.

use super::files::GivenFile;
use super::words_of;
use js_sys::{Array, Uint8Array};
use std::rc::Rc;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

/// The bytes of an export, decompressed.
#[derive(Clone)]
pub struct Original(Kept);

#[derive(Clone)]
enum Kept {
    /// In a file, which stays where it is.
    File(Blob),
    /// In the chunks that came. A blob is made of them only when one is wanted: to hand each over to the browser while
    /// they come would take a quarter of the time that reading them does.
    Chunks(Rc<Chunks>),
}

#[derive(Default)]
struct Chunks {
    chunks: Vec<Uint8Array>,
    /// Where each ends in the bytes of the export.
    ends: Vec<u64>,
}

impl Original {
    /// The bytes of a file that stays where it is.
    pub fn of_file(file: &GivenFile) -> Self {
        Original(Kept::File(file.blob().clone()))
    }

    /// The bytes `[start, end)` as text; what is not UTF-8 becomes U+FFFD.
    ///
    /// # Errors
    /// In the browser's words, where the file is no longer there.
    pub async fn slice_text(&self, start: u64, end: u64) -> Result<String, String> {
        let bytes = match &self.0 {
            Kept::File(blob) => slice_of(blob, start, end).await.map_err(|thrown| words_of(&thrown))?,
            Kept::Chunks(chunks) => chunks.slice(start, end),
        };
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// All bytes in the browser's keeping.
    pub(super) fn blob(&self) -> Result<Blob, JsValue> {
        match &self.0 {
            Kept::File(blob) => Ok(blob.clone()),
            Kept::Chunks(chunks) => {
                Blob::new_with_u8_array_sequence(&chunks.chunks.iter().collect::<Array>())
            }
        }
    }
}

async fn slice_of(blob: &Blob, start: u64, end: u64) -> Result<Vec<u8>, JsValue> {
    // Offsets in a file are below 2^53.
    let slice = blob.slice_with_f64_and_f64(start as f64, end as f64)?;
    let buffer = JsFuture::from(slice.array_buffer()).await?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

impl Chunks {
    fn len(&self) -> u64 {
        self.ends.last().copied().unwrap_or_default()
    }

    fn slice(&self, start: u64, end: u64) -> Vec<u8> {
        let mut bytes = Vec::new();
        let first = self.ends.partition_point(|chunk_end| *chunk_end <= start);
        for (chunk, chunk_end) in self.chunks.iter().zip(&self.ends).skip(first) {
            let chunk_start = chunk_end - u64::from(chunk.length());
            if chunk_start >= end {
                break;
            }
            // Both lie in the chunk, whose length is of 32 bits.
            let inside = |at: u64| (at.clamp(chunk_start, *chunk_end) - chunk_start) as u32;
            bytes.extend(chunk.subarray(inside(start), inside(end)).to_vec());
        }
        bytes
    }
}

/// An [`Original`] that grows while chunks arrive.
#[derive(Default)]
pub struct GrowingOriginal(Chunks);

impl GrowingOriginal {
    /// Appends a chunk, which must not be changed afterwards.
    pub fn push(&mut self, chunk: &Uint8Array) {
        let end = self.0.len() + u64::from(chunk.length());
        self.0.chunks.push(chunk.clone());
        self.0.ends.push(end);
    }

    /// All bytes so far.
    pub fn finish(self) -> Original {
        Original(Kept::Chunks(Rc::new(self.0)))
    }
}
