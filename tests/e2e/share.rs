//! The sheet for sharing, on a device that is touched: a file goes there in place of a folder. No engine has the sheet
//! without a person in front of it, so that the page is given one.

use super::browser::debug;
use super::journey::{Need, journey_with};
use super::page::Page;
use super::support::exports::{sample, sha256};
use super::window::set_size;
use serde_json::json;

const FILE: &str = "leaflet-answers-round-2-export-2025-03-18.json";

/// Gives every page a sheet that keeps what it is handed, and refuses where `refuses` is the name of an error.
async fn give_sheet(page: &Page, refuses: &str) {
    let source = "window.shared = [];
        navigator.canShare = data => !!data?.files?.length;
        navigator.share = async data => {
            for (const file of data.files) window.shared.push({ name: file.name, type: file.type, text: await file.text() });
            if ('REFUSES') throw new DOMException('no', 'REFUSES');
        };"
    .replace("REFUSES", refuses);
    debug(&page.browser.client, "Page.addScriptToEvaluateOnNewDocument", json!({ "source": source })).await;
}

async fn download(page: &Page) {
    page.open("/#/conversations?source=sample").await;
    page.ready().await;
    page.click("Download").await;
    page.click("Export as received").await;
}

#[tokio::test]
async fn a_file_goes_to_the_sheet_where_there_is_one() {
    journey_with(
        &[Need::Debugging, Need::Downloads],
        "a_file_goes_to_the_sheet_where_there_is_one",
        async |page| {
            set_size(page, 390, 844, true).await;
            give_sheet(page, "").await;
            download(page).await;
            let shared = page.until("shared file", "return window.shared[0] ?? null", json!(null)).await;
            assert_eq!(shared["name"], FILE);
            assert_eq!(shared["type"], "application/json");
            assert_eq!(sha256(shared["text"].as_str().unwrap().as_bytes()), sha256(&sample()));
            assert!(!page.downloads.join(FILE).exists(), "it is not saved as well");
            // A window with a mouse saves, though the browser has a sheet.
            set_size(page, 1440, 900, false).await;
            download(page).await;
            assert_eq!(sha256(&page.downloaded(FILE).await), sha256(&sample()));
        },
    )
    .await;
}

#[tokio::test]
async fn a_file_that_the_sheet_refuses_is_saved() {
    journey_with(
        &[Need::Debugging, Need::Downloads],
        "a_file_that_the_sheet_refuses_is_saved",
        async |page| {
            set_size(page, 390, 844, true).await;
            give_sheet(page, "NotAllowedError").await;
            download(page).await;
            assert_eq!(sha256(&page.downloaded(FILE).await), sha256(&sample()));
        },
    )
    .await;
}
