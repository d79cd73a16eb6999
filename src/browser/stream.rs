//! Bytes in chunks, wherever they come from: the body of an answer, a file, or either of them decompressed.

use super::fetch::Abort;
use super::files::GivenFile;
use super::words_of;
use js_sys::{Function, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, ReadableStream, ReadableStreamDefaultReader};

/// Bytes that are still to come. Dropped, it stops where they come from.
pub struct Chunks(Inner);

enum Inner {
    /// Nothing comes.
    Empty,
    /// A stream of the browser; the handle stops the request that feeds it.
    Stream { reader: ReadableStreamDefaultReader, _abort: Option<Abort> },
    /// A file or blob, read slice by slice.
    Blob { blob: Blob, at: f64 },
}

/// Why no more bytes come although there should be more, in the browser's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken(pub String);

/// Why a compressed file cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CannotDecompress {
    /// The browser has no `DecompressionStream`.
    NotInThisBrowser,
    /// It has one and refuses, in its words.
    Refused(String),
}

/// A piece of the bytes, in the browser's memory.
pub struct Chunk(Uint8Array);

impl Chunk {
    /// How many bytes it holds.
    pub fn len(&self) -> u32 {
        self.0.length()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Copies the bytes from `start` into the front of `buffer`, as many as both have; says how many.
    pub fn copy_from(&self, start: u32, buffer: &mut [u8]) -> usize {
        let left = self.len().saturating_sub(start);
        let count = left.min(u32::try_from(buffer.len()).unwrap_or(u32::MAX));
        let Some(target) = buffer.get_mut(..count as usize) else { return 0 };
        self.0.subarray(start, start + count).copy_to(target);
        target.len()
    }

    /// A copy of all its bytes.
    pub fn to_vec(&self) -> Vec<u8> {
        self.0.to_vec()
    }

    /// The bytes as the browser holds them, for [`super::original::GrowingOriginal`].
    pub fn array(&self) -> &Uint8Array {
        &self.0
    }
}

impl Chunks {
    /// How much of a file is read at a time, in bytes.
    const SLICE: f64 = 1_048_576.0;

    /// The bytes of a file, which is never copied whole into the page's memory.
    pub fn of_file(file: &GivenFile) -> Self {
        Chunks(Inner::Blob { blob: file.blob().clone(), at: 0.0 })
    }

    /// The bytes that a gzip file holds compressed.
    ///
    /// # Errors
    /// Where the browser cannot decompress.
    pub fn decompressed(file: &GivenFile) -> Result<Self, CannotDecompress> {
        let constructor = Reflect::get(&js_sys::global(), &JsValue::from_str("DecompressionStream"));
        let Some(constructor) = constructor.ok().and_then(|found| found.dyn_into::<Function>().ok()) else {
            return Err(CannotDecompress::NotInThisBrowser);
        };
        let read = || {
            let gzip = js_sys::Array::of1(&JsValue::from_str("gzip"));
            let decompression = Reflect::construct(&constructor, &gzip)?;
            let compressed = file.blob().stream();
            let pipe: Function = Reflect::get(&compressed, &JsValue::from_str("pipeThrough"))?.dyn_into()?;
            let stream: ReadableStream = pipe.call1(&compressed, &decompression)?.dyn_into()?;
            ReadableStreamDefaultReader::new(&stream)
        };
        match read() {
            Ok(reader) => Ok(Chunks(Inner::Stream { reader, _abort: None })),
            Err(thrown) => Err(CannotDecompress::Refused(words_of(&thrown))),
        }
    }

    /// The body of an answer; `abort` stops it.
    pub(super) fn of_body(body: Option<ReadableStream>, abort: Abort) -> Self {
        let reader = body.and_then(|body| ReadableStreamDefaultReader::new(&body).ok());
        Chunks(reader.map_or(Inner::Empty, |reader| Inner::Stream { reader, _abort: Some(abort) }))
    }

    /// The next chunk; `None` after the last.
    ///
    /// # Errors
    /// Where the connection broke, the request was aborted, or the file is gone or broken.
    pub async fn next(&mut self) -> Result<Option<Chunk>, Broken> {
        let next = match &mut self.0 {
            Inner::Empty => Ok(None),
            Inner::Stream { reader, .. } => next_of_stream(reader).await,
            Inner::Blob { blob, at } => next_of_blob(blob, at).await,
        };
        next.map_err(|thrown| Broken(words_of(&thrown)))
    }
}

impl Drop for Chunks {
    fn drop(&mut self) {
        if let Inner::Stream { reader, .. } = &self.0 {
            // The promise of an ended or broken stream is rejected, and nobody waits for it.
            let ignored = reader.cancel();
            wasm_bindgen_futures::spawn_local(async {
                let _ = JsFuture::from(ignored).await;
            });
        }
    }
}

async fn next_of_stream(reader: &ReadableStreamDefaultReader) -> Result<Option<Chunk>, JsValue> {
    let read = JsFuture::from(reader.read()).await?;
    if Reflect::get(&read, &JsValue::from_str("done"))?.is_truthy() {
        return Ok(None);
    }
    let value = Reflect::get(&read, &JsValue::from_str("value"))?;
    Ok(Some(Chunk(value.dyn_into()?)))
}

async fn next_of_blob(blob: &Blob, at: &mut f64) -> Result<Option<Chunk>, JsValue> {
    if *at >= blob.size() {
        return Ok(None);
    }
    let end = *at + Chunks::SLICE;
    let slice = blob.slice_with_f64_and_f64(*at, end)?;
    let buffer = JsFuture::from(slice.array_buffer()).await?;
    *at = end;
    Ok(Some(Chunk(Uint8Array::new(&buffer))))
}

/// Whether a file begins as gzip files do.
pub async fn is_gzip(file: &GivenFile) -> bool {
    let read = async {
        let slice = file.blob().slice_with_f64_and_f64(0.0, 2.0)?;
        JsFuture::from(slice.array_buffer()).await
    };
    read.await.is_ok_and(|buffer| Uint8Array::new(&buffer).to_vec() == [0x1f, 0x8b])
}
