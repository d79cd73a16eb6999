//! Requests as a browser's cache or a script makes them, without a browser.

use axum::body::{Body, Bytes, to_bytes};
use http::{HeaderMap, Request, Response};
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;

/// An answer, its body as sent.
pub struct Got {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Got {
    /// The value of a header; empty where it is not sent.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}

/// The head of the answer to `method address`, with its body still to come.
pub async fn send(method: &str, address: &str, headers: &[(&str, &str)]) -> Response<Body> {
    let mut request = Request::builder().method(method).uri(address);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request.body(Body::empty()).expect("a request");
    let answer = Client::builder(TokioExecutor::new()).build_http().request(request).await;
    answer.expect("an answer").map(Body::new)
}

/// The whole answer to `GET address`.
pub async fn get(address: &str, headers: &[(&str, &str)]) -> Got {
    let (head, body) = send("GET", address, headers).await.into_parts();
    let body = to_bytes(body, usize::MAX).await.expect("a body");
    Got { status: head.status.as_u16(), headers: head.headers, body }
}
