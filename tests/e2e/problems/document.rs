//! Answers and files that are no export, or not a whole one.

use super::{fetch_and_fail, raw_body};
use crate::journey::journey;
use crate::support::answer::Answer;
use crate::support::exports::SAMPLE_PROJECT;
use serde_json::json;

#[tokio::test]
async fn a_raw_body_is_shown_as_text() {
    journey("a_raw_body_is_shown_as_text", async |page| {
        page.expect_on_console("status of 502");
        let body = "<script>document.title = 'run'</script><b>bold</b>";
        page.server.on(SAMPLE_PROJECT, Answer::new(502, "text/html", body));
        fetch_and_fail(page).await;
        assert_eq!(raw_body(page).await, body);
        assert_ne!(page.ask("return document.title", json!(null)).await, "run");
    })
    .await;
}

#[tokio::test]
async fn a_web_page_in_place_of_an_export() {
    journey("a_web_page_in_place_of_an_export", async |page| {
        let html = "<!doctype html><title>Sign in</title><h1>Sign in</h1>";
        page.server.on(SAMPLE_PROJECT, Answer::new(200, "text/html", html));
        let text = fetch_and_fail(page).await;
        assert!(text.contains("The server answered with a web page in place of an export"), "{text}");
        assert_eq!(raw_body(page).await, html);
    })
    .await;
}

#[tokio::test]
async fn files_that_are_no_export() {
    journey("files_that_are_no_export", async |page| {
        page.open("/").await;
        for (text, said) in [
            ("[1, 2]", "is a JSON array, no export"),
            ("{\"a\": 1}\n{\"a\": 2}", "holds one JSON value after another"),
            ("{\"a\": 1}", "is JSON, but no export of a labeling project"),
            ("<!doctype html><p>Sign in", "is a web page, no export"),
            ("", "is empty"),
            ("{\"detail\": \"Not authenticated\"}", "is a server’s error, no export"),
            ("{\"project\": {\"name\": \"x\"}, \"conversations\": [", "is cut off after"),
            ("{\"project\": {\"name\": \"x\"}, \"conversations\": [}", "stops being JSON at byte"),
        ] {
            page.drop_file("wrong.json", text).await;
            page.see(said).await;
        }
        page.click("Open something else").await;
        page.see("Open the sample project").await;
    })
    .await;
}

#[tokio::test]
async fn a_broken_gzip_file() {
    journey("a_broken_gzip_file", async |page| {
        let path = page.downloads.join("broken.json.gz");
        std::fs::write(&path, b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03nothing of the kind").unwrap();
        page.open("/").await;
        page.choose_file(&path).await;
        page.see("could not be decompressed").await;
    })
    .await;
}

#[tokio::test]
async fn a_browser_that_cannot_decompress() {
    journey("a_browser_that_cannot_decompress", async |page| {
        let path = page.downloads.join("export.json.gz");
        std::fs::write(&path, b"\x1f\x8b\x08\x00").unwrap();
        page.open("/").await;
        page.ask("delete window.DecompressionStream", json!(null)).await;
        page.choose_file(&path).await;
        page.see("This browser cannot decompress “export.json.gz”").await;
        page.see("Decompress the file first").await;
    })
    .await;
}
