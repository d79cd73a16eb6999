//! Before the app is there, and after it has stopped: what a person is told.

use super::browser::debug;
use super::journey::{Need, journey, journey_with};
use super::page::Page;
use serde_json::json;

/// Opens the page without waiting for the app.
async fn go_to(page: &Page, fragment: &str) {
    let address = format!("{}/{fragment}", page.server.origin);
    page.browser.client.goto(&address).await.expect("the page");
}

/// Runs a script before any of the page's own.
async fn run_first(page: &Page, source: &str) {
    debug(&page.browser.client, "Page.addScriptToEvaluateOnNewDocument", json!({ "source": source })).await;
}

#[tokio::test]
async fn a_panic_leaves_a_message_and_a_way_on() {
    journey("a_panic_leaves_a_message_and_a_way_on", async |page| {
        page.expect_on_console("a specimen of a fault");
        page.expect_on_console("unreachable");
        page.expect_on_console("Unreachable code");
        page.open("/#/specimens").await;
        page.see_any(".case").await;
        page.click("Fail").await;
        page.see("Labelscope has stopped").await;
        page.see("a specimen of a fault").await;
        page.see_focus_on("Reload").await;
        page.click("Copy the message").await;
        page.see("Copied").await;
        if page.can(Need::Clipboard, "what is copied in a_panic_leaves_a_message_and_a_way_on") {
            assert!(page.clipboard().await.contains("src/ui/specimens.rs"));
        }
        page.click("Reload").await;
        page.until("page without the banner", "return !document.getElementById('stopped')", json!(null))
            .await;
        page.see_any(".case").await;
    })
    .await;
}

#[tokio::test]
async fn without_webassembly_a_sentence_says_what_is_needed() {
    journey_with(&[Need::Debugging], "without_webassembly_a_sentence_says_what_is_needed", async |page| {
        page.expect_on_console("WebAssembly");
        run_first(page, "delete globalThis.WebAssembly").await;
        go_to(page, "").await;
        page.see("This browser cannot run Labelscope").await;
        page.see("It needs WebAssembly").await;
        page.see_no("#boot").await;
    })
    .await;
}

#[tokio::test]
async fn a_part_that_does_not_arrive_is_said() {
    journey_with(&[Need::Debugging], "a_part_that_does_not_arrive_is_said", async |page| {
        page.expect_on_console("ERR_BLOCKED_BY_CLIENT");
        page.expect_on_console("Failed to fetch");
        debug(&page.browser.client, "Network.enable", json!({})).await;
        debug(&page.browser.client, "Network.setBlockedURLs", json!({ "urls": ["*.wasm"] })).await;
        go_to(page, "").await;
        page.see("Labelscope did not start").await;
        page.see("Reload the page to try again").await;
        debug(&page.browser.client, "Network.setBlockedURLs", json!({ "urls": [] })).await;
        page.click("Reload").await;
        page.see("Open a labeling export").await;
        page.see_no("#boot").await;
    })
    .await;
}

#[tokio::test]
async fn without_javascript_a_sentence_says_what_is_needed() {
    journey_with(&[Need::Debugging], "without_javascript_a_sentence_says_what_is_needed", async |page| {
        debug(&page.browser.client, "Emulation.setScriptExecutionDisabled", json!({ "value": true })).await;
        go_to(page, "").await;
        let picture = page.browser.client.screenshot().await.expect("a picture");
        debug(&page.browser.client, "Emulation.setScriptExecutionDisabled", json!({ "value": false })).await;
        // What was drawn without scripts is still what is on the page.
        page.see("it needs JavaScript and WebAssembly").await;
        assert_eq!(page.ask("return !seen(document.getElementById('boot'))", json!(null)).await, json!(true));
        assert!(picture.len() > 5_000, "a picture of {} bytes", picture.len());
    })
    .await;
}
