//! A large export on a small device: its size is said before it is read, and nothing is read before the person has chosen.

use super::journey::{Need, journey_with};
use super::keys::ESCAPE;
use super::page::Page;
use super::support::answer::{Answer, Step};
use super::support::exports::{SAMPLE_PROJECT, large_sample};
use super::window::set_size;
use serde_json::json;

/// Whether the question stands, and nothing of an export is behind it.
async fn see_question(page: &Page, size: &str) {
    page.see_any("dialog.asked[open]").await;
    page.see(size).await;
    // Long enough for what would be read to be read.
    page.frames(30).await;
    let marks = "return performance.getEntriesByName('labelscope:first-message').length";
    assert_eq!(page.ask(marks, json!(null)).await, json!(0), "something was read before the answer");
}

#[tokio::test]
async fn a_large_file_is_asked_about_on_a_phone() {
    journey_with(&[Need::Debugging], "a_large_file_is_asked_about_on_a_phone", async |page| {
        let path = page.downloads.join("large.json");
        std::fs::write(&path, large_sample()).expect("a file to open");
        set_size(page, 390, 844, true).await;
        page.open("/").await;
        page.see("Open the sample project").await;
        page.choose_file(&path).await;
        see_question(page, "It is 31 MB large, and needs at least 43.4 MB of memory").await;
        page.press(ESCAPE).await;
        page.see_no("dialog.asked[open]").await;
        page.see("Open the sample project").await;
        page.choose_file(&path).await;
        page.see_any("dialog.asked[open]").await;
        page.click("Read it").await;
        page.ready().await;
        page.see_any(".msgs .msg").await;
        // Where there is room nobody is asked.
        set_size(page, 1440, 900, false).await;
        page.press("o").await;
        page.choose_file(&path).await;
        page.see_any(".msgs .msg").await;
        assert_eq!(page.count("dialog.asked[open]").await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_large_answer_waits_for_the_person() {
    // How much of it the browser takes in by itself meanwhile is not the page's to say; Chromium takes in all.
    journey_with(&[Need::Debugging], "a_large_answer_waits_for_the_person", async |page| {
        let large = large_sample();
        let length = large.len().to_string();
        let chunks = large.chunks(1 << 20).map(|chunk| Step::Send(chunk.to_vec().into())).collect();
        let answer = Answer::steps(chunks).with("content-length", &length);
        page.server.on(SAMPLE_PROJECT, answer);
        set_size(page, 390, 844, true).await;
        page.open("/").await;
        page.fetch("", SAMPLE_PROJECT, "sk-1", "").await;
        see_question(page, "needs at least 74.4 MB of memory").await;
        page.click("Not now").await;
        page.see_no("dialog.asked[open]").await;
        page.see("Open the sample project").await;
        page.click("Fetch export").await;
        page.see_any("dialog.asked[open]").await;
        page.click("Read it").await;
        page.ready().await;
        page.see_any(".msgs .msg").await;
        assert_eq!(page.server.seen().len(), 2, "one request each time");
    })
    .await;
}
