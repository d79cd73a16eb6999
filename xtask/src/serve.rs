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
mod tests {
    use super::*;
    use expect_test::{Expect, expect};
    use std::io::{Read, Write};
    use std::net::TcpStream;
    use std::sync::atomic::{AtomicU32, Ordering};

    const PROJECT: &str = "497f6eca-6276-4993-bfeb-53cbbbba6f08";

    /// A site with a file of each kind, its sample as the API.
    fn sample_site() -> Site {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name =
            format!("labelscope-serve-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let folder = std::env::temp_dir().join(name);
        fs::create_dir_all(folder.join("samples")).unwrap();
        let sample = folder.join("samples").join("sample.json");
        let export = format!(r#"{{"project":{{"id":"{PROJECT}"}}}}"#);
        for (file, content) in [("index.html", "<p>"), ("app_bg.wasm", "wasm"), ("_headers", "/*")] {
            fs::write(folder.join(file), content).unwrap();
        }
        fs::write(&sample, export).unwrap();
        let headers = Headers::parse("/*\n  X-Everywhere: yes\n/\n  Cache-Control: no-cache\n").unwrap();
        let api = Api::Sample(Sample::read(&sample).unwrap());
        Site { folder, headers, api }
    }

    /// Starts the site; where it listens.
    fn start(site: Site) -> String {
        let server = listen(0).unwrap();
        let address = server.server_addr().to_ip().unwrap().to_string();
        thread::spawn(move || site.serve(&server));
        address
    }

    /// What comes back for a request, without the lines that differ each time.
    fn ask(address: &str, request: &str) -> String {
        let mut stream = TcpStream::connect(address).unwrap();
        let head = request.replace('\n', "\r\n");
        write!(stream, "{head}\r\nHost: {address}\r\nConnection: close\r\n\r\n").unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let text = String::from_utf8(answer).unwrap().replace('\r', "").replace(address, "ADDRESS");
        let mut lines: Vec<_> = text.lines().collect();
        let differs =
            |line: &str| ["date: ", "server: "].iter().any(|name| line.to_lowercase().starts_with(name));
        lines.retain(|line| !differs(line));
        lines.join("\n")
    }

    fn check(address: &str, requests: &[&str], expected: Expect) {
        let answers = requests.iter().map(|request| format!("> {request}\n{}\n\n", ask(address, request)));
        expected.assert_eq(&answers.collect::<String>());
    }

    #[test]
    fn files_of_the_bundle() {
        let requests = [
            "GET / HTTP/1.1",
            "GET /app_bg.wasm?v=1 HTTP/1.1",
            "GET /missing.js HTTP/1.1",
            "GET /_headers HTTP/1.1",
            "GET /samples/../app_bg.wasm HTTP/1.1",
            "GET /%2e%2e/app_bg.wasm HTTP/1.1",
            "POST / HTTP/1.1\nContent-Length: 0",
        ];
        check(
            &start(sample_site()),
            &requests,
            expect![[r#"
                > GET / HTTP/1.1
                HTTP/1.1 200 OK
                Content-Type: text/html; charset=utf-8
                X-Everywhere: yes
                Cache-Control: no-cache
                Content-Length: 3

                <p>

                > GET /app_bg.wasm?v=1 HTTP/1.1
                HTTP/1.1 200 OK
                Content-Type: application/wasm
                X-Everywhere: yes
                Content-Length: 4

                wasm

                > GET /missing.js HTTP/1.1
                HTTP/1.1 404 Not Found
                Content-Type: text/plain
                X-Everywhere: yes
                Content-Length: 14

                404 Not Found

                > GET /_headers HTTP/1.1
                HTTP/1.1 404 Not Found
                Content-Type: text/plain
                X-Everywhere: yes
                Content-Length: 14

                404 Not Found

                > GET /samples/../app_bg.wasm HTTP/1.1
                HTTP/1.1 404 Not Found
                Content-Type: text/plain
                X-Everywhere: yes
                Content-Length: 14

                404 Not Found

                > GET /%2e%2e/app_bg.wasm HTTP/1.1
                HTTP/1.1 404 Not Found
                Content-Type: text/plain
                X-Everywhere: yes
                Content-Length: 14

                404 Not Found

                > POST / HTTP/1.1
                Content-Length: 0
                HTTP/1.1 405 Method Not Allowed
                Content-Type: text/plain
                Allow: GET, HEAD
                Content-Length: 23

                405 Method Not Allowed

            "#]],
        );
    }

    #[test]
    fn sample_as_the_api() {
        let requests = [
            "GET /v1/labeling-projects/497F6ECA-6276-4993-BFEB-53CBBBBA6F08/export HTTP/1.1",
            "GET /v1/labeling-projects/00000000-0000-0000-0000-000000000000/export HTTP/1.1",
            "GET /v1/labeling-projects/abc/export HTTP/1.1",
            "GET /v1/conversations HTTP/1.1",
            "DELETE /v1/labeling-projects/abc/export HTTP/1.1",
            "OPTIONS /v1/labeling-projects/abc/export HTTP/1.1\nOrigin: http://localhost:3000",
        ];
        check(
            &start(sample_site()),
            &requests,
            expect![[r#"
                > GET /v1/labeling-projects/497F6ECA-6276-4993-BFEB-53CBBBBA6F08/export HTTP/1.1
                HTTP/1.1 200 OK
                Content-Type: application/json
                Vary: Origin
                Content-Length: 57

                {"project":{"id":"497f6eca-6276-4993-bfeb-53cbbbba6f08"}}

                > GET /v1/labeling-projects/00000000-0000-0000-0000-000000000000/export HTTP/1.1
                HTTP/1.1 404 Not Found
                Content-Type: application/json
                Vary: Origin
                Content-Length: 39

                {"detail":"Labeling project not found"}

                > GET /v1/labeling-projects/abc/export HTTP/1.1
                HTTP/1.1 422 Unprocessable Entity
                Content-Type: application/json
                Vary: Origin
                Content-Length: 182

                {"detail":[{"ctx":{"error":"invalid length: found 3"},"input":"abc","loc":["path","project_id"],"msg":"Input should be a valid UUID, invalid length: found 3","type":"uuid_parsing"}]}

                > GET /v1/conversations HTTP/1.1
                HTTP/1.1 404 Not Found
                Content-Type: application/json
                Vary: Origin
                Content-Length: 22

                {"detail":"Not Found"}

                > DELETE /v1/labeling-projects/abc/export HTTP/1.1
                HTTP/1.1 405 Method Not Allowed
                Content-Type: application/json
                Allow: GET, HEAD, OPTIONS
                Vary: Origin
                Content-Length: 31

                {"detail":"Method Not Allowed"}

                > OPTIONS /v1/labeling-projects/abc/export HTTP/1.1
                Origin: http://localhost:3000
                HTTP/1.1 204 No Content
                Vary: Origin
                Access-Control-Allow-Origin: http://localhost:3000
                Access-Control-Allow-Credentials: true
                Access-Control-Allow-Methods: GET, HEAD
                Access-Control-Allow-Headers: accept, authorization, x-workspace-id
                Access-Control-Expose-Headers: Content-Encoding, Retry-After
                Access-Control-Max-Age: 600
                Content-Length: 0


            "#]],
        );
    }

    #[test]
    fn real_api_behind() {
        let upstream = start(sample_site());
        let mut site = sample_site();
        site.api = Api::upstream(Upstream::new(&format!("http://{upstream}/v1")).unwrap());
        let export =
            format!("GET /v1/labeling-projects/{PROJECT}/export HTTP/1.1\nOrigin: http://localhost:1");
        let requests = [export.as_str(), "GET /v1/labeling-projects/abc/export HTTP/1.1"];
        check(
            &start(site),
            &requests,
            expect![[r#"
                > GET /v1/labeling-projects/497f6eca-6276-4993-bfeb-53cbbbba6f08/export HTTP/1.1
                Origin: http://localhost:1
                HTTP/1.1 200 OK
                content-type: application/json
                vary: Origin
                Vary: Origin
                Access-Control-Allow-Origin: http://localhost:1
                Access-Control-Allow-Credentials: true
                Access-Control-Allow-Methods: GET, HEAD
                Access-Control-Allow-Headers: accept, authorization, x-workspace-id
                Access-Control-Expose-Headers: Content-Encoding, Retry-After
                Access-Control-Max-Age: 600
                Content-Length: 57

                {"project":{"id":"497f6eca-6276-4993-bfeb-53cbbbba6f08"}}

                > GET /v1/labeling-projects/abc/export HTTP/1.1
                HTTP/1.1 422 Unprocessable Entity
                content-type: application/json
                vary: Origin
                Vary: Origin
                Content-Length: 182

                {"detail":[{"ctx":{"error":"invalid length: found 3"},"input":"abc","loc":["path","project_id"],"msg":"Input should be a valid UUID, invalid length: found 3","type":"uuid_parsing"}]}

            "#]],
        );
    }

    #[test]
    fn api_that_is_not_there() {
        let free = listen(0).unwrap().server_addr().to_ip().unwrap();
        let mut site = sample_site();
        site.api = Api::upstream(Upstream::new(&format!("http://{free}")).unwrap());
        let answer = ask(&start(site), "GET /v1/labeling-projects/abc/export HTTP/1.1");
        assert!(answer.starts_with("HTTP/1.1 502 ") && answer.contains("cannot be reached"), "{answer}");
    }
}
