//! Requests sent over TCP to a site that is made up, and what comes back.

use super::*;
use expect_test::{Expect, expect};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicU32, Ordering};

const PROJECT: &str = "497f6eca-6276-4993-bfeb-53cbbbba6f08";

/// A site with a file of each kind, its sample as the API.
fn sample_site() -> Site {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let name = format!("labelscope-serve-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
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
    let export = format!("GET /v1/labeling-projects/{PROJECT}/export HTTP/1.1\nOrigin: http://localhost:1");
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
