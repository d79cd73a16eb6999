//! The page as the hosts of `deploy/` serve it: Debian's nginx and Caddy, started for real with those very files.

mod host;
mod http;

use crate::journey::journey;
use crate::support::answer::{Answer, Gate, Step};
use crate::support::bundle::{self, Bundle};
use crate::support::exports::{SAMPLE_PROJECT, sample};
use crate::support::server::Server;
use flate2::read::GzDecoder;
use futures_util::StreamExt;
use host::{Host, Place, Program};
use http::{get, send};
use serde_json::json;
use std::io::Read;
use std::sync::Arc;

/// Words of the sample's first message.
const FIRST_WORDS: &str = "I forgot my Velmorin this morning";

/// A host with an API behind it, checked without a browser.
async fn check(name: &str, program: Program, place: Place) {
    let Some(folder) = bundle::folder() else {
        eprintln!("skipped: {name}: LABELSCOPE_DIST names no bundle; cargo xtask test builds one");
        return;
    };
    let Some(path) = program.find(name) else { return };
    let bundle = Arc::new(Bundle::read(&folder));
    let server = Server::start(bundle.clone()).await;
    let host = program.start(&path, place, &server.origin).await;
    sends_each_file_with_its_headers(&host, &bundle).await;
    sends_the_copies_that_a_browser_takes(&host, &bundle).await;
    says_what_is_not_there(&host).await;
    hands_the_api_on(&host, &server).await;
    hands_bytes_on_as_they_come(&host, &server).await;
}

async fn sends_each_file_with_its_headers(host: &Host, bundle: &Bundle) {
    for path in bundle.paths() {
        let address = format!("{}{}", host.page, &path[1..]);
        let got = get(&address, &[]).await;
        assert_eq!(got.status, 200, "{address}");
        let file = if path == "/" { "index.html" } else { &path[1..] };
        assert_eq!(got.body, std::fs::read(host.files.join(file)).unwrap(), "{address}");
        for (name, value) in bundle.headers(path) {
            assert_eq!(got.header(name), value, "{name} of {address}");
        }
        let (content_type, _) = bundle.file(path).expect("a file");
        // What the page itself never asks for may be called otherwise.
        if content_type != "application/octet-stream" {
            assert_eq!(got.header("content-type"), content_type, "{address}");
        }
        assert_eq!(got.header("content-encoding"), "", "{address}");
        let known = get(&address, &[("if-none-match", got.header("etag"))]).await;
        assert_eq!((known.status, known.body.len()), (304, 0), "{address}");
    }
}

async fn sends_the_copies_that_a_browser_takes(host: &Host, bundle: &Bundle) {
    let mut copies = 0;
    for path in bundle.paths() {
        for (ending, encoding, taken) in [("br", "br", "gzip, deflate, br"), ("gz", "gzip", "gzip, deflate")]
        {
            let Some((_, copy)) = bundle.file(&format!("{path}.{ending}")) else { continue };
            let got = get(&format!("{}{}", host.page, &path[1..]), &[("accept-encoding", taken)]).await;
            assert_eq!((got.status, got.header("content-encoding")), (200, encoding), "{path}");
            assert_eq!(got.body, copy, "{path}");
            let whole = get(&format!("{}{}", host.page, &path[1..]), &[]).await;
            assert_eq!(got.header("content-type"), whole.header("content-type"), "{path}.{ending}");
            // Or a cache in between would hand the compressed one to whoever cannot read it.
            assert!(got.header("vary").eq_ignore_ascii_case("accept-encoding"), "{path}.{ending}");
            copies += 1;
        }
    }
    assert!(copies >= 6, "wasm, js and css have copies: {copies}");
    let index = get(&host.page, &[("accept-encoding", "gzip")]).await;
    let mut html = Vec::new();
    GzDecoder::new(&*index.body).read_to_end(&mut html).expect("gzip");
    assert_eq!(html, std::fs::read(host.files.join("index.html")).unwrap());
}

async fn says_what_is_not_there(host: &Host) {
    for name in ["_headers", "nothing.js", "nothing-0123456789abcdef.js", "samples/"] {
        let got = get(&format!("{}{name}", host.page), &[]).await;
        assert!((403..=404).contains(&got.status), "{name}: {}", got.status);
        assert!(!got.header("cache-control").contains("immutable"), "{name} may come to be there");
    }
    // What lies beside the folder of the files; Caddy answers with nothing where it has nothing.
    for name in ["%2e%2e/log", "..%2flog", "samples/%2e%2e/%2e%2e/log"] {
        let got = get(&format!("{}{name}", host.page), &[]).await;
        assert!(got.status >= 400 || got.body.is_empty(), "{name}: {:?}", got.body);
    }
    if host.page != format!("{}/", host.origin) {
        let got = get(host.page.trim_end_matches('/'), &[]).await;
        assert_eq!((got.status, got.header("location")), (301, "/labels/"));
    }
}

async fn hands_the_api_on(host: &Host, server: &Server) {
    server.on(SAMPLE_PROJECT, Answer::json(sample()).with("x-from", "the API"));
    let path = format!("v1/labeling-projects/{SAMPLE_PROJECT}/export");
    let address = format!("{}{path}?a=1", host.page);
    let got = get(&address, &[("authorization", "Bearer sk-1"), ("x-workspace-id", "w")]).await;
    assert_eq!((got.status, got.header("x-from")), (200, "the API"));
    assert_eq!(got.body, sample());
    let asked = server.exports_asked_for();
    assert_eq!(asked.len(), 1);
    assert_eq!(asked[0].path, format!("/{path}?a=1"));
    assert_eq!(asked[0].header("authorization"), Some("Bearer sk-1"));
    assert_eq!(asked[0].header("x-workspace-id"), Some("w"));
    // A redirect is the page's to report.
    server.on(
        SAMPLE_PROJECT,
        Answer::new(302, "text/plain", "").with("location", format!("{}/v1/login", server.origin)),
    );
    let got = get(&address, &[]).await;
    assert_eq!((got.status, got.header("location")), (302, format!("{}/v1/login", server.origin).as_str()));
    // Nobody changes anything through the page's host.
    let before = server.seen().len();
    for method in ["POST", "PUT", "PATCH", "DELETE"] {
        let status = send(method, &address, &[]).await.status().as_u16();
        assert!((400..500).contains(&status), "{method}: {status}");
    }
    assert_eq!(server.seen().len(), before);
}

/// Progress is shown of what has come; a host that gathers an answer first would show none.
async fn hands_bytes_on_as_they_come(host: &Host, server: &Server) {
    let gate = Gate::default();
    let steps = vec![Step::Send("{\"project\":".into()), Step::Hold(gate.clone()), Step::Send("{}}".into())];
    server.on(SAMPLE_PROJECT, Answer::steps(steps));
    let address = format!("{}v1/labeling-projects/{SAMPLE_PROJECT}/export", host.page);
    let answer = send("GET", &address, &[]).await;
    let mut body = answer.into_body().into_data_stream();
    let first = body.next().await.expect("bytes").expect("bytes");
    assert_eq!(first, "{\"project\":");
    gate.open();
    let mut rest = Vec::new();
    while let Some(bytes) = body.next().await {
        rest.extend_from_slice(&bytes.expect("bytes"));
    }
    assert_eq!(rest, b"{}}");
}

/// Opens the sample, then a project from the API behind the host.
async fn walk(name: &str, program: Program, place: Place) {
    let Some(path) = program.find(name) else { return };
    journey(name, async |page| {
        page.server.on(SAMPLE_PROJECT, Answer::json(sample()));
        let host = program.start(&path, place, &page.server.elsewhere).await;
        page.open(&host.page).await;
        page.click("Open the sample project").await;
        page.see(FIRST_WORDS).await;
        page.ready().await;
        assert!(page.address().await.starts_with(&format!("{}#/", host.page)), "{}", page.address().await);
        page.click("Open another export").await;
        page.fetch("", SAMPLE_PROJECT, "sk-hosted", "").await;
        page.see_in_address("source=api").await;
        page.ready().await;
        let asked = page.server.seen();
        assert_eq!(asked.len(), 1, "one request and no preflight: {asked:?}");
        assert_eq!(asked[0].path, format!("/v1/labeling-projects/{SAMPLE_PROJECT}/export"));
        assert_eq!(asked[0].header("authorization"), Some("Bearer sk-hosted"));
        let compressed = page
            .ask("return performance.getEntriesByType('resource').filter(e => /\\.(wasm|css|js)$/.test(e.name))
                .map(e => [e.name, e.encodedBodySize < e.decodedBodySize])", json!(null))
            .await;
        let compressed: Vec<(String, bool)> = serde_json::from_value(compressed).unwrap();
        assert!(compressed.iter().any(|(name, _)| name.ends_with(".wasm")), "{compressed:?}");
        let large = |name: &str| !name.contains("/start-");
        assert!(compressed.iter().all(|(name, smaller)| *smaller || !large(name)), "{compressed:?}");
    })
    .await;
}

#[tokio::test]
async fn nginx_at_the_root() {
    check("nginx_at_the_root", Program::Nginx, Place::Root).await;
}

#[tokio::test]
async fn nginx_under_a_path() {
    check("nginx_under_a_path", Program::Nginx, Place::SubPath).await;
}

#[tokio::test]
async fn caddy_at_the_root() {
    check("caddy_at_the_root", Program::Caddy, Place::Root).await;
}

#[tokio::test]
async fn caddy_under_a_path() {
    check("caddy_under_a_path", Program::Caddy, Place::SubPath).await;
}

#[tokio::test]
async fn opens_through_nginx() {
    walk("opens_through_nginx", Program::Nginx, Place::Root).await;
}

#[tokio::test]
async fn opens_through_nginx_under_a_path() {
    walk("opens_through_nginx_under_a_path", Program::Nginx, Place::SubPath).await;
}

#[tokio::test]
async fn opens_through_caddy() {
    walk("opens_through_caddy", Program::Caddy, Place::Root).await;
}

#[tokio::test]
async fn opens_through_caddy_under_a_path() {
    walk("opens_through_caddy_under_a_path", Program::Caddy, Place::SubPath).await;
}
