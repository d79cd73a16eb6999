//! Requests: one GET, its answer with the body as chunks, aborted when dropped.

use super::stream::Chunks;
use super::words_of;
use gloo_net::http::{Request, Response};
use std::rc::Rc;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, AbortSignal, RequestCredentials, RequestRedirect, ResponseType};

/// What is asked for.
#[derive(Clone, Copy)]
pub struct Get<'a> {
    /// The whole address, or one relative to the page.
    pub url: &'a str,
    /// Sent as `Authorization: Bearer …`; without it the browser's own session is used.
    pub key: Option<&'a str>,
    /// Sent as `x-workspace-id`.
    pub workspace: Option<&'a str>,
}

/// Stops a request, its body included. Clones stop the same request; the last one dropped stops it too.
/// A new one belongs to no request yet.
#[derive(Clone)]
pub struct Abort(Rc<Controller>);

/// `None` where the browser has no such thing; then a request runs to its end.
struct Controller(Option<AbortController>);

impl Drop for Controller {
    fn drop(&mut self) {
        self.abort();
    }
}

impl Controller {
    fn abort(&self) {
        if let Some(controller) = &self.0 {
            controller.abort();
        }
    }
}

impl Default for Abort {
    fn default() -> Self {
        Abort(Rc::new(Controller(AbortController::new().ok())))
    }
}

impl Abort {
    /// Stops the request now.
    pub fn abort(&self) {
        self.0.abort();
    }

    fn signal(&self) -> Option<AbortSignal> {
        self.0.0.as_ref().map(AbortController::signal)
    }

    fn is_aborted(&self) -> bool {
        self.signal().is_some_and(|signal| signal.aborted())
    }
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoAnswer {
    /// The server sends the browser elsewhere, mostly to a page to log in; followed, that would be no export.
    Redirected,
    /// The request was aborted.
    Aborted,
    /// No network, no such server, or the server does not allow this page to read its answer (CORS); a page is never
    /// told which. In the browser's words.
    Unreachable(String),
}

/// An answer whose body has not been read.
pub struct Answer {
    /// The status, such as 200.
    pub status: u16,
    /// The words after it; empty under HTTP/2.
    pub status_text: String,
    /// `content-type`, or empty.
    pub content_type: String,
    /// `content-length`, where it is readable and counts the bytes that will be read.
    pub length: Option<u64>,
    /// `retry-after`, where it is readable.
    pub retry_after: Option<String>,
    response: Response,
    abort: Abort,
}

impl Answer {
    /// The body. Dropped, it aborts the request.
    pub fn into_chunks(self) -> Chunks {
        Chunks::of_body(self.response.body(), self.abort)
    }

    /// The body's first bytes, at most `limit`; what an error says is short. What fails to arrive is left out.
    pub async fn into_bytes(self, limit: usize) -> Vec<u8> {
        let mut chunks = self.into_chunks();
        let mut bytes = Vec::new();
        while let Ok(Some(chunk)) = chunks.next().await {
            bytes.extend(chunk.to_vec());
            if bytes.len() >= limit {
                bytes.truncate(limit);
                break;
            }
        }
        bytes
    }
}

/// Sends a request and waits for the head of its answer.
///
/// # Errors
/// Where there is none that could be read, whatever its status would have been.
pub async fn send(get: Get<'_>, abort: Abort) -> Result<Answer, NoAnswer> {
    let credentials = if get.key.is_some() { RequestCredentials::Omit } else { RequestCredentials::Include };
    let mut builder = Request::get(get.url)
        .header("Accept", "application/json")
        .credentials(credentials)
        .redirect(RequestRedirect::Manual)
        .abort_signal(abort.signal().as_ref());
    if let Some(key) = get.key {
        builder = builder.header("Authorization", &format!("Bearer {key}"));
    }
    if let Some(workspace) = get.workspace {
        builder = builder.header("x-workspace-id", workspace);
    }
    let request = builder.build().map_err(|error| NoAnswer::Unreachable(error.to_string()))?;
    let request: web_sys::Request = request.into();
    let window = web_sys::window().ok_or(NoAnswer::Aborted)?;
    // Awaited here and not by gloo-net, which panics on a rejection that is no Error.
    let response = match JsFuture::from(window.fetch_with_request(&request)).await {
        Ok(response) => web_sys::Response::from(response),
        Err(_) if abort.is_aborted() => return Err(NoAnswer::Aborted),
        Err(thrown) => return Err(NoAnswer::Unreachable(words_of(&thrown))),
    };
    if response.type_() == ResponseType::Opaqueredirect {
        return Err(NoAnswer::Redirected);
    }
    Ok(answer(response.into(), abort))
}

fn answer(response: Response, abort: Abort) -> Answer {
    let headers = response.headers();
    let is_encoded = headers.get("content-encoding").is_some_and(|encoding| encoding != "identity");
    let length = headers.get("content-length").and_then(|length| length.parse().ok());
    Answer {
        status: response.status(),
        status_text: response.status_text(),
        content_type: headers.get("content-type").unwrap_or_default(),
        // Under content encoding the length counts compressed bytes, which a page never sees.
        length: length.filter(|_| !is_encoded),
        retry_after: headers.get("retry-after"),
        response,
        abort,
    }
}
