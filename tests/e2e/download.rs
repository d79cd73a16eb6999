//! What is handed back: the bytes as received.

use super::journey::{Need, journey_with};
use super::page::{Page, is_whole};
use super::support::answer::Answer;
use super::support::exports::{SAMPLE_PROJECT, real, real_path, sample, sha256};
use serde_json::json;

/// What the sample is called as a file.
const FILE: &str = "leaflet-answers-round-2-export-2025-03-18.json";

async fn download(page: &Page, name: &str) -> Vec<u8> {
    page.ready().await;
    page.click("Download").await;
    page.click("Export as received").await;
    page.downloaded(name).await
}

#[tokio::test]
async fn hands_back_what_the_api_sent() {
    journey_with(&[Need::Downloads], "hands_back_what_the_api_sent", async |page| {
        // White space, key order, escapes and digits that no writer of JSON would give back.
        let sent =
            String::from_utf8(sample()).unwrap().replacen('{', "\u{feff}\t{ \"extra\" : 1.50e+0,\r\n ", 1);
        let sent = sent.replacen("Leaflet", "\\u004ceaflet", 1);
        page.server.on(SAMPLE_PROJECT, Answer::json(sent.clone()));
        page.open("/").await;
        page.fetch("", SAMPLE_PROJECT, "sk-1", "").await;
        let received = download(page, FILE).await;
        assert_eq!(sha256(&received), sha256(sent.as_bytes()));
        // A second one is as good as the first.
        std::fs::remove_file(page.downloads.join(FILE)).unwrap();
        page.press("d").await;
        assert_eq!(sha256(&page.downloaded(FILE).await), sha256(sent.as_bytes()));
    })
    .await;
}

#[tokio::test]
async fn hands_back_a_compressed_file_decompressed() {
    const NAME: &str = "hands_back_a_compressed_file_decompressed";
    let (Some(path), Some(bytes)) = (real_path("mid"), real("mid")) else {
        eprintln!("skipped: {NAME}: ../shared/data is absent");
        return;
    };
    journey_with(&[Need::Downloads], NAME, async |page| {
        page.open("/").await;
        page.choose_file(&path).await;
        page.ready().await;
        page.click("Download").await;
        page.click("Export as received").await;
        let any = || {
            let paths = std::fs::read_dir(&page.downloads).unwrap().flatten().map(|entry| entry.path());
            paths.into_iter().find(|path| path.extension().is_some_and(|end| end == "json") && is_whole(path))
        };
        page.until_true("a download", || any().is_some()).await;
        assert_eq!(sha256(&std::fs::read(any().unwrap()).unwrap()), sha256(&bytes));
    })
    .await;
}

#[tokio::test]
async fn hands_nothing_back_before_all_has_arrived() {
    use super::support::answer::{Gate, Step};
    journey_with(&[Need::Downloads], "hands_nothing_back_before_all_has_arrived", async |page| {
        let (sent, gate) = (sample(), Gate::default());
        let (front, back) = sent.split_at(sent.len() / 2);
        let steps = vec![
            Step::Send(front.to_vec().into()),
            Step::Hold(gate.clone()),
            Step::Send(back.to_vec().into()),
        ];
        page.server.on(SAMPLE_PROJECT, Answer::steps(steps));
        page.open("/").await;
        page.fetch("", SAMPLE_PROJECT, "sk-1", "").await;
        page.see("The tiers come last in the file").await;
        page.click("Download").await;
        page.see("once all of it has arrived").await;
        let disabled = page.ask("return named('button', 'Export as received').disabled", json!(null)).await;
        assert_eq!(disabled, json!(true));
        page.click("Download").await;
        gate.open();
        assert_eq!(sha256(&download(page, FILE).await), sha256(&sent));
    })
    .await;
}
