//! `serve`: the optimised bundle on 127.0.0.1 with the headers of a deployment and an API beside it. Does not belong
//! here: what the API answers, what the headers are.

use crate::api::{Answer, Api, Sample, Upstream};
use crate::bundle;
use crate::headers::{self, Headers};
use crate::process::{root, run as run_command};
use crate::tools::BundleTools;
use anyhow::{Context, Result, anyhow};
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;
use tiny_http::{Header, Method, Request, Response, Server};

/// What `serve` was asked for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Options {
    /// 0: any free one.
    pub(crate) port: u16,
    /// Where `/v1` is handed on to, if not answered with the sample.
    pub(crate) api: Option<Upstream>,
    /// Watch the sources and serve a debug build.
    pub(crate) dev: bool,
}

/// Serves until it is stopped.
pub(crate) fn run(options: Options) -> Result<()> {
    let tools = BundleTools::get()?;
    let (api, hint) = match options.api {
        Some(upstream) => {
            let hint = format!("/v1 goes to {}", upstream.address());
            (Api::upstream(upstream), hint)
        }
        None => {
            let sample = Sample::read(&root().join("samples").join("leaflet-assistant.json"))?;
            let hint = format!("the sample answers at {}", sample.path());
            (Api::Sample(sample), hint)
        }
    };
    if options.dev {
        return watch(&tools, options.port, api, &hint);
    }
    // Before the build, which takes a while, so that a taken port is known at once.
    let server = listen(options.port)?;
    let site = Site { headers: bundle::build(&tools)?, folder: bundle::folder(), api };
    println!("\nLabelscope: {}\n({hint}; Ctrl-C ends it)", address(&server)?);
    site.serve(&server);
    Ok(())
}

/// Lets trunk serve a debug build, with the API on a port of its own behind it.
fn watch(tools: &BundleTools, port: u16, api: Api, hint: &str) -> Result<()> {
    bundle::fetch_crates()?;
    let server = listen(0)?;
    let backend = format!("{}v1/", address(&server)?);
    let site = Site { headers: Headers::default(), folder: bundle::folder(), api };
    thread::spawn(move || site.serve(&server));
    println!("\nLabelscope, debug build: http://127.0.0.1:{port}/\n({hint}; Ctrl-C ends it)\n");
    let port = port.to_string();
    run_command(tools.trunk()?.args(["serve", "--port", &port, "--proxy-backend", &backend]))
}

fn listen(port: u16) -> Result<Server> {
    let failed = |error| anyhow!("cannot listen on 127.0.0.1:{port}: {error} (another port: --port N)");
    Server::http(("127.0.0.1", port)).map_err(failed)
}

/// Where the server is reached.
fn address(server: &Server) -> Result<String> {
    let address = server.server_addr().to_ip().context("the server has no address")?;
    Ok(format!("http://{address}/"))
}

/// Everything that is answered.
struct Site {
    folder: PathBuf,
    headers: Headers,
    api: Api,
}

impl Site {
    /// Answers each request in a thread of its own, since a slow one may not hold up the others.
    fn serve(self, server: &Server) {
        let site = Arc::new(self);
        for request in server.incoming_requests() {
            let site = Arc::clone(&site);
            thread::spawn(move || {
                let answer = site.answer(&request);
                // Whoever asked may be gone, which is theirs to decide.
                request.respond(response(answer)).ok();
            });
        }
    }

    fn answer(&self, request: &Request) -> Answer {
        let path = request.url().split('?').next().unwrap_or("/");
        if path == "/v1" || path.starts_with("/v1/") {
            return self.api.answer(request);
        }
        if !matches!(request.method(), Method::Get | Method::Head) {
            return Answer::new(405, "text/plain", b"405 Method Not Allowed\n".into())
                .with("Allow", "GET, HEAD");
        }
        let answer = match self.read(path) {
            Some((content_type, bytes)) => Answer::new(200, content_type, bytes),
            // Not index.html, which would hide a wrong path in the bundle.
            None => Answer::new(404, "text/plain", b"404 Not Found\n".into()),
        };
        self.headers.of(path).fold(answer, |answer, (name, value)| answer.with(name, value))
    }

    /// Media type and content of the file at `path`, if it is one of the bundle's.
    fn read(&self, path: &str) -> Option<(&'static str, Vec<u8>)> {
        let relative = match path.strip_prefix('/')? {
            "" => "index.html",
            headers::FILE => return None,
            relative => relative,
        };
        // Names in a bundle are plain; anything else could lead out of it.
        let is_plain = |name: &str| {
            !name.starts_with('.')
                && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
        };
        if !relative.split('/').all(|name| !name.is_empty() && is_plain(name)) {
            return None;
        }
        let bytes = fs::read(self.folder.join(relative)).ok()?;
        Some((media_type(relative), bytes))
    }
}

fn media_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        // With any other type the browser cannot compile it while it arrives.
        "wasm" => "application/wasm",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

fn response(answer: Answer) -> Response<Box<dyn std::io::Read + Send>> {
    let header =
        |(name, value): &(String, String)| Header::from_bytes(name.as_bytes(), value.as_bytes()).ok();
    let headers = answer.headers.iter().filter_map(header).collect();
    Response::new(answer.status.into(), headers, answer.body, answer.length, None)
        // Or long bodies go in chunks, without the length that progress is shown by.
        .with_chunked_threshold(usize::MAX)
}

#[cfg(test)]
mod tests;
