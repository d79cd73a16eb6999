//! The API as `serve` answers it: the sample export at the API's own path, or whatever a real API says. Does not
//! belong here: files of the bundle.

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use std::io::{Cursor, Read};
use std::path::Path;
use std::time::Duration;
use tiny_http::{Method, Request};
use ureq::http;
use uuid::Uuid;

/// An answer whose body may still be under way.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Box<dyn Read + Send>,
    /// Bytes of the body, where known.
    pub(crate) length: Option<usize>,
}

impl Answer {
    /// An answer with this body.
    pub(crate) fn new(status: u16, content_type: &str, bytes: Vec<u8>) -> Self {
        let length = Some(bytes.len());
        let answer = Answer { status, headers: Vec::new(), body: Box::new(Cursor::new(bytes)), length };
        answer.with("Content-Type", content_type)
    }

    /// With one more header.
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }
}

/// Who answers `/v1`.
pub(crate) enum Api {
    Sample(Sample),
    Upstream(Upstream, ureq::Agent),
}

impl Api {
    /// What hands on to this API.
    pub(crate) fn upstream(upstream: Upstream) -> Self {
        let tls = ureq::tls::TlsConfig::builder().root_certs(ureq::tls::RootCerts::PlatformVerifier).build();
        let config = ureq::Agent::config_builder()
            .tls_config(tls)
            // The app must see what the API says, be it an error or a redirect.
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_connect(Some(Duration::from_secs(15)))
            .build();
        Api::Upstream(upstream, config.new_agent())
    }

    /// Answers a request whose path begins with `/v1/`.
    pub(crate) fn answer(&self, request: &Request) -> Answer {
        let answer = match request.method() {
            Method::Options => {
                Answer { status: 204, headers: Vec::new(), body: Box::new(std::io::empty()), length: Some(0) }
            }
            Method::Get | Method::Head => match self {
                Api::Sample(sample) => sample.answer(request.url()),
                Api::Upstream(upstream, agent) => upstream.answer(agent, request),
            },
            // The app only ever reads, so nothing else goes through.
            _ => detail(405, "Method Not Allowed").with("Allow", "GET, HEAD, OPTIONS"),
        };
        let origin = request.headers().iter().find(|header| header.field.equiv("Origin"));
        let cors = cors(origin.map(|header| header.value.as_str()));
        cors.into_iter().fold(answer, |answer, (name, value)| answer.with(name, value))
    }
}

/// An export in a file, standing in for the project that it is of.
pub(crate) struct Sample {
    project: Uuid,
    body: Vec<u8>,
}

impl Sample {
    /// The export at `path`.
    pub(crate) fn read(path: &Path) -> Result<Self> {
        let name = path.display();
        let body = std::fs::read(path).with_context(|| format!("could not read {name}"))?;
        let export: Value =
            serde_json::from_slice(&body).with_context(|| format!("{name} does not hold JSON"))?;
        let id = export.pointer("/project/id").and_then(Value::as_str);
        let project = id.and_then(|id| Uuid::try_parse(id).ok());
        Ok(Sample { project: project.with_context(|| format!("{name} has no project id"))?, body })
    }

    /// Where it answers.
    pub(crate) fn path(&self) -> String {
        format!("/v1/labeling-projects/{}/export", self.project)
    }

    /// As the real one answers: in FastAPI's shapes.
    fn answer(&self, url: &str) -> Answer {
        let path = url.split('?').next().unwrap_or(url);
        let id = path.strip_prefix("/v1/labeling-projects/").and_then(|rest| rest.strip_suffix("/export"));
        match id.filter(|id| !id.contains('/')).map(|id| (id, Uuid::parse_str(id))) {
            None => detail(404, "Not Found"),
            Some((_, Ok(project))) if project == self.project => {
                Answer::new(200, "application/json", self.body.clone())
            }
            Some((_, Ok(_))) => detail(404, "Labeling project not found"),
            Some((id, Err(error))) => {
                let error = error.to_string();
                detail(
                    422,
                    json!([{
                        "type": "uuid_parsing",
                        "loc": ["path", "project_id"],
                        "msg": format!("Input should be a valid UUID, {error}"),
                        "input": id,
                        "ctx": {"error": error},
                    }]),
                )
            }
        }
    }
}

/// The address of a real API.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Upstream {
    address: String,
}

impl Upstream {
    /// The API at this address, with or without a trailing `/v1`.
    pub(crate) fn new(address: &str) -> Result<Self> {
        let trimmed = address.trim_end_matches('/');
        let trimmed = trimmed.strip_suffix("/v1").unwrap_or(trimmed).trim_end_matches('/');
        if !trimmed.starts_with("https://") && !trimmed.starts_with("http://") {
            bail!("the address of an API begins with https:// or http://, not as in {address:?}");
        }
        Ok(Upstream { address: trimmed.to_owned() })
    }

    /// What it is reached at, without `/v1`.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    fn answer(&self, agent: &ureq::Agent, request: &Request) -> Answer {
        let url = format!("{}{}", self.address, request.url());
        let mut call = match request.method() {
            Method::Head => agent.head(&url),
            _ => agent.get(&url),
        };
        for sent in request.headers() {
            if is_end_to_end(sent.field.as_str().as_str()) {
                call = call.header(sent.field.as_str().as_str(), sent.value.as_str());
            }
        }
        match call.call() {
            Ok(response) => pass_on(response),
            Err(error) => detail(502, format!("{} cannot be reached: {error}", self.address).as_str()),
        }
    }
}

/// The answer with its body streamed, as encoded as it came.
fn pass_on(response: http::Response<ureq::Body>) -> Answer {
    let (head, content) = response.into_parts();
    let kept = head
        .headers
        .iter()
        .filter(|(name, _)| is_end_to_end(name.as_str()) && !name.as_str().starts_with("access-control-"));
    // A value that is no text cannot be passed on.
    let headers = kept
        .filter_map(|(name, value)| Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned())))
        .collect();
    let length = head.headers.get(http::header::CONTENT_LENGTH);
    let length = length.and_then(|value| value.to_str().ok()).and_then(|digits| digits.parse().ok());
    Answer { status: head.status.as_u16(), headers, body: Box::new(content.into_reader()), length }
}

/// Whether a header is for the other end and not for this connection alone.
fn is_end_to_end(name: &str) -> bool {
    const OWN: [&str; 10] = [
        "connection",
        "content-length",
        "host",
        "keep-alive",
        "proxy-authenticate",
        "proxy-authorization",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    ];
    !OWN.iter().any(|own| own.eq_ignore_ascii_case(name))
}

/// The headers that let a page of `origin` read the answer. Only pages from this machine may: any other site that a
/// person has open could otherwise reach the API from inside their network.
fn cors(origin: Option<&str>) -> Vec<(&'static str, &str)> {
    let mut headers = vec![("Vary", "Origin")];
    if let Some(origin) = origin.filter(|origin| is_loopback(origin)) {
        headers.extend([
            ("Access-Control-Allow-Origin", origin),
            ("Access-Control-Allow-Credentials", "true"),
            ("Access-Control-Allow-Methods", "GET, HEAD"),
            ("Access-Control-Allow-Headers", "accept, authorization, x-workspace-id"),
            ("Access-Control-Expose-Headers", "Content-Encoding, Retry-After"),
            ("Access-Control-Max-Age", "600"),
        ]);
    }
    headers
}

fn is_loopback(origin: &str) -> bool {
    let Some(authority) = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://")) else {
        return false;
    };
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, port),
        _ => (authority, ""),
    };
    matches!(host, "localhost" | "127.0.0.1" | "[::1]") && port.bytes().all(|byte| byte.is_ascii_digit())
}

/// An error in FastAPI's shape.
fn detail(status: u16, detail: impl Into<Value>) -> Answer {
    Answer::new(status, "application/json", json!({ "detail": detail.into() }).to_string().into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pages_of_this_machine_may_read() {
        let loopback = ["http://localhost:8080", "http://127.0.0.1", "https://[::1]:1", "http://localhost"];
        let others =
            ["null", "https://example.org", "http://localhost.example.org", "http://localhost:x@y", ""];
        for origin in loopback {
            assert!(is_loopback(origin), "{origin}");
        }
        for origin in others {
            assert!(!is_loopback(origin), "{origin}");
            assert_eq!(cors(Some(origin)), [("Vary", "Origin")]);
        }
    }

    #[test]
    fn addresses_with_and_without_version() {
        for typed in ["https://api.example.org", "https://api.example.org/v1/", "https://api.example.org/"] {
            assert_eq!(Upstream::new(typed).unwrap().address(), "https://api.example.org");
        }
        assert_eq!(Upstream::new("http://localhost:9/api/v1").unwrap().address(), "http://localhost:9/api");
        assert!(Upstream::new("api.example.org").is_err());
    }
}
