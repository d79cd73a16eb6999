//! Everything that can go wrong on the way: each has its own sentence, the server's words and something to try.

mod document;
mod status;
mod way;

use crate::page::Page;
use crate::support::exports::SAMPLE_PROJECT;
use serde_json::json;

/// A key that may stand nowhere on the page.
const KEY: &str = "sk-never-shown";

/// Fetches the sample's project from the page's own origin, and waits for the Problem screen; its text.
async fn fetch_and_fail(page: &Page) -> String {
    page.open("/").await;
    page.fetch("", SAMPLE_PROJECT, KEY, "").await;
    problem(page).await
}

/// The Problem screen, whole.
async fn problem(page: &Page) -> String {
    let text = page.until(
        "Problem screen",
        "const e = document.querySelector('main.trouble [role=alert]');
        return e && words(e.closest('main'))",
        json!(null),
    );
    let text = text.await.as_str().unwrap().to_owned();
    assert!(text.contains("What to try"), "{text}");
    let page_holds_key =
        page.ask("return document.documentElement.outerHTML.includes(given)", json!(KEY)).await;
    assert_eq!(page_holds_key, json!(false), "the key stands on the page");
    text
}

/// The body as received, once it is asked for.
async fn raw_body(page: &Page) -> String {
    page.click("The body as received").await;
    let text = page.until(
        "raw body",
        "return document.querySelector('details.raw[open] pre')?.textContent ?? null",
        json!(null),
    );
    text.await.as_str().unwrap().to_owned()
}
