//! The server: the page and its API on one port, the API alone, as of another origin, on a second one.

use super::answer::{Answer, Sent, body};
use super::bundle::Bundle;
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::response::Response;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// A server that ends when dropped.
pub struct Server {
    /// Where the page is, and the API of the same origin: `http://127.0.0.1:1234`.
    pub origin: String,
    /// Where the API is as another origin.
    pub elsewhere: String,
    shared: Arc<Shared>,
    tasks: Vec<JoinHandle<()>>,
}

/// A request that was made of the API.
#[derive(Clone, Debug)]
pub struct Seen {
    /// Its method.
    pub method: String,
    /// Its path and query.
    pub path: String,
    /// Its headers, names in lower case.
    pub headers: HashMap<String, String>,
    /// How far its answer's body came.
    pub sent: Arc<Mutex<Sent>>,
}

impl Seen {
    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(String::as_str)
    }

    /// How far the answer came by now.
    pub fn sent(&self) -> Sent {
        *self.sent.lock().expect("nobody panics with it")
    }
}

/// What all connections share.
struct Shared {
    bundle: Arc<Bundle>,
    script: Mutex<Script>,
}

/// How the API behaves, and what it saw.
#[derive(Default)]
struct Script {
    answers: HashMap<String, Answer>,
    seen: Vec<Seen>,
    is_closed_to_others: bool,
    /// Pages of the other origin, by their paths.
    pages: HashMap<String, String>,
    /// What stands in the page and its headers in place of something else.
    replaced: Vec<(String, String)>,
}

impl Server {
    /// Starts one with this bundle on two free ports.
    pub async fn start(bundle: Arc<Bundle>) -> Self {
        let shared = Arc::new(Shared { bundle, script: Mutex::default() });
        let mut origins = Vec::new();
        let mut tasks = Vec::new();
        for has_page in [true, false] {
            let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
            origins.push(format!("http://{}", listener.local_addr().expect("its address")));
            let app = Router::new().fallback(respond).with_state((shared.clone(), has_page));
            tasks.push(tokio::spawn(async move { axum::serve(listener, app).await.expect("to serve") }));
        }
        let elsewhere = origins.pop().expect("two origins");
        Server { origin: origins.pop().expect("two origins"), elsewhere, shared, tasks }
    }

    fn script(&self) -> MutexGuard<'_, Script> {
        self.shared.script.lock().expect("nobody panics with it")
    }

    /// Answers for this project from now on.
    pub fn on(&self, project: &str, answer: Answer) {
        self.script().answers.insert(project.to_owned(), answer);
    }

    /// Lets no page of another origin read what the API answers.
    pub fn close_to_others(&self) {
        self.script().is_closed_to_others = true;
    }

    /// Has a page of its own on the other origin from now on.
    #[allow(dead_code, reason = "the bench does not use it")]
    pub fn page_elsewhere(&self, path: &str, html: String) {
        self.script().pages.insert(path.to_owned(), html);
    }

    /// Puts something in place of something else in the page and in its headers, as a deployment does.
    #[allow(dead_code, reason = "the bench does not use it")]
    pub fn replace_in_page(&self, what: &str, with: &str) {
        self.script().replaced.push((what.to_owned(), with.to_owned()));
    }

    /// What was asked of the API, preflights included.
    pub fn seen(&self) -> Vec<Seen> {
        self.script().seen.clone()
    }

    /// The requests for exports, preflights left out.
    pub fn exports_asked_for(&self) -> Vec<Seen> {
        self.seen().into_iter().filter(|seen| seen.method == "GET").collect()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.tasks.iter().for_each(JoinHandle::abort);
    }
}

async fn respond(State((shared, has_page)): State<(Arc<Shared>, bool)>, request: Request) -> Response {
    let (request, _) = request.into_parts();
    let path = request.uri.path();
    if path == "/v1" || path.starts_with("/v1/") {
        return of_api(&shared, &request).await;
    }
    if has_page { of_bundle(&shared, path) } else { of_other_page(&shared, path) }
}

fn of_bundle(shared: &Shared, path: &str) -> Response {
    let Some((content_type, bytes)) = shared.bundle.file(path) else { return not_found() };
    let replaced = shared.script.lock().expect("nobody panics with it").replaced.clone();
    let replace = |text: &str| {
        replaced.iter().fold(text.to_owned(), |text, (what, with)| text.replace(what.as_str(), with))
    };
    let is_page = matches!(path, "/" | "/index.html") && !replaced.is_empty();
    let body = match std::str::from_utf8(&bytes) {
        Ok(html) if is_page => Body::from(replace(html)),
        _ => Body::from(bytes),
    };
    let mut response = response(StatusCode::OK, &[("content-type", content_type.to_owned())], body);
    for (name, value) in shared.bundle.headers(path) {
        insert(response.headers_mut(), name, &replace(value));
    }
    response
}

fn of_other_page(shared: &Shared, path: &str) -> Response {
    let page = shared.script.lock().expect("nobody panics with it").pages.get(path).cloned();
    let Some(html) = page else { return not_found() };
    response(StatusCode::OK, &[("content-type", "text/html; charset=utf-8".to_owned())], Body::from(html))
}

fn not_found() -> Response {
    response(StatusCode::NOT_FOUND, &[], Body::from("404 Not Found\n"))
}

fn response(status: StatusCode, headers: &[(&'static str, String)], body: Body) -> Response {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    headers.iter().for_each(|(name, value)| insert(response.headers_mut(), name, value));
    response
}

fn insert(headers: &mut HeaderMap, name: &str, value: &str) {
    let name = HeaderName::from_bytes(name.as_bytes()).expect("the name of a header");
    headers.insert(name, HeaderValue::from_str(value).expect("the value of a header"));
}

async fn of_api(shared: &Shared, request: &Parts) -> Response {
    let sent = Arc::<Mutex<Sent>>::default();
    let (answer, is_closed) = {
        let mut script = shared.script.lock().expect("nobody panics with it");
        script.seen.push(seen(request, sent.clone()));
        let answer = if request.method == Method::OPTIONS {
            Answer { status: 204, headers: Vec::new(), steps: Vec::new(), after: None }
        } else {
            answer(&script, request)
        };
        (answer, script.is_closed_to_others)
    };
    if let Some(gate) = &answer.after {
        gate.passed().await;
    }
    let status = StatusCode::from_u16(answer.status).expect("a status");
    let mut response = response(status, &answer.headers, Body::from_stream(body(answer.steps, sent)));
    if let Some(origin) = request.headers.get("origin").filter(|_| !is_closed) {
        allow(response.headers_mut(), origin);
    }
    response
}

fn seen(request: &Parts, sent: Arc<Mutex<Sent>>) -> Seen {
    let headers = request.headers.iter();
    let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    Seen {
        method: request.method.to_string(),
        path: request.uri.to_string(),
        headers: headers.map(|(name, value)| (name.as_str().to_owned(), text(value))).collect(),
        sent,
    }
}

/// As the real API answers.
fn answer(script: &Script, request: &Parts) -> Answer {
    let path = request.uri.path();
    let project = path.strip_prefix("/v1/labeling-projects/").and_then(|rest| rest.strip_suffix("/export"));
    let Some(project) = project.filter(|project| !project.contains('/')) else {
        return Answer::detail(404, "Not Found");
    };
    if request.method != Method::GET {
        return Answer::detail(405, "Method Not Allowed");
    }
    let known = script.answers.get(&project.to_lowercase());
    known.cloned().unwrap_or_else(|| Answer::detail(404, "Labeling project not found"))
}

/// Lets pages of `origin` read the answer.
fn allow(headers: &mut HeaderMap, origin: &HeaderValue) {
    headers.insert("access-control-allow-origin", origin.clone());
    for (name, value) in [
        ("vary", "Origin"),
        ("access-control-allow-credentials", "true"),
        ("access-control-allow-methods", "GET"),
        ("access-control-allow-headers", "accept, authorization, x-workspace-id"),
        ("access-control-expose-headers", "content-encoding, retry-after"),
    ] {
        insert(headers, name, value);
    }
}
