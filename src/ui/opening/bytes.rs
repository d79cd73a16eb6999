//! Where the bytes of an export come from, and what keeps them.

use super::OpenWhat;
use crate::browser::fetch::{Abort, Answer, Get, NoAnswer, send};
use crate::browser::files::GivenFile;
use crate::browser::original::{GrowingOriginal, Original};
use crate::browser::page;
use crate::browser::stream::{CannotDecompress, Chunk, Chunks, is_gzip};
use crate::state::problem::{Body, Problem, Refusal};
use crate::state::request::ApiRequest;

/// Where the sample stands, relative to the page.
const SAMPLE: &str = "samples/leaflet-assistant.json";

/// The bytes of an export, about to be read.
pub(super) struct Incoming {
    /// The bytes, decompressed.
    pub(super) chunks: Chunks,
    /// How many there will be, where that is known.
    pub(super) total: Option<u64>,
    /// `content-type` as sent, or nothing.
    pub(super) content_type: String,
    /// Why they might end too early.
    pub(super) way: Way,
    /// What keeps them.
    pub(super) keeper: Keeper,
}

/// How bytes come, which decides what their breaking off means.
pub(super) enum Way {
    /// Over the network.
    Network,
    /// From a file of this name.
    File(String),
    /// From a compressed file of this name.
    Compressed(String),
}

impl Way {
    /// What it means that no more bytes come after `received`. `words` is what the browser reported.
    pub(super) fn broken(&self, words: &str, received: u64, announced: Option<u64>) -> Problem {
        match self {
            Way::Network => Problem::broken_off(words, received, announced),
            Way::File(name) => Problem::file_unreadable(name, words),
            Way::Compressed(name) => Problem::file_not_decompressed(name, words),
        }
    }
}

/// What keeps the one copy of the bytes.
pub(super) enum Keeper {
    /// They lie in a file.
    Kept(Original),
    /// They are gathered as they arrive.
    Gathering(GrowingOriginal),
}

impl Keeper {
    /// Keeps a chunk.
    pub(super) fn keep(&mut self, chunk: &Chunk) {
        match self {
            Keeper::Kept(_) => {}
            Keeper::Gathering(growing) => growing.push(chunk.array()),
        }
    }

    /// All bytes.
    pub(super) fn finish(self) -> Original {
        match self {
            Keeper::Kept(original) => original,
            Keeper::Gathering(growing) => growing.finish(),
        }
    }
}

/// Gets at the bytes of `what`: waits for the head of an answer, or opens a file.
pub(super) async fn incoming(what: &OpenWhat, abort: Abort) -> Result<Incoming, Problem> {
    match what {
        OpenWhat::Api(request) => {
            let get = Get {
                url: &request.url,
                key: request.key.as_deref(),
                workspace: request.workspace.as_deref(),
            };
            of_answer(send(get, abort).await, Some(request)).await
        }
        OpenWhat::Sample => {
            let get = Get { url: SAMPLE, key: None, workspace: None };
            of_answer(send(get, abort).await, None).await
        }
        OpenWhat::File(file) | OpenWhat::Pasted(file) | OpenWhat::Handed { file, .. } => of_file(file).await,
    }
}

async fn of_answer(
    answer: Result<Answer, NoAnswer>,
    request: Option<&ApiRequest>,
) -> Result<Incoming, Problem> {
    let answer = match answer {
        Ok(answer) => answer,
        Err(NoAnswer::Redirected) => return Err(Problem::redirected(request)),
        Err(NoAnswer::Unreachable(words)) => {
            return Err(Problem::unreachable(&words, request, &page::origin()));
        }
        Err(NoAnswer::Aborted) => return Err(Problem::unreachable("", request, &page::origin())),
    };
    if !(200..300).contains(&answer.status) {
        return Err(refused(answer, request).await);
    }
    Ok(Incoming {
        total: answer.length,
        content_type: answer.content_type.clone(),
        way: Way::Network,
        keeper: Keeper::Gathering(GrowingOriginal::default()),
        chunks: answer.into_chunks(),
    })
}

async fn refused(answer: Answer, request: Option<&ApiRequest>) -> Problem {
    let (status, status_text) = (answer.status, answer.status_text.clone());
    let (content_type, retry_after) = (answer.content_type.clone(), answer.retry_after.clone());
    let body = answer.into_bytes(Body::KEPT).await;
    let refusal = Refusal {
        status,
        status_text: &status_text,
        content_type: &content_type,
        retry_after: retry_after.as_deref(),
        body: &body,
    };
    Problem::of_refusal(refusal, request)
}

async fn of_file(file: &GivenFile) -> Result<Incoming, Problem> {
    let name = file.name().to_owned();
    if !is_gzip(file).await {
        return Ok(Incoming {
            chunks: Chunks::of_file(file),
            total: Some(file.size()),
            content_type: String::new(),
            way: Way::File(name),
            keeper: Keeper::Kept(Original::of_file(file)),
        });
    }
    match Chunks::decompressed(file) {
        Ok(chunks) => Ok(Incoming {
            chunks,
            total: None,
            content_type: String::new(),
            way: Way::Compressed(name),
            keeper: Keeper::Gathering(GrowingOriginal::default()),
        }),
        Err(CannotDecompress::NotInThisBrowser) => Err(Problem::cannot_decompress(&name)),
        Err(CannotDecompress::Refused(words)) => Err(Problem::file_not_decompressed(&name, &words)),
    }
}
