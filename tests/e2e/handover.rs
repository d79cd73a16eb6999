//! Exports that another page hands over: the very example of `deploy/`, in a new tab and in a frame, and pages that the
//! deployment does not list.

use super::journey::{Need, journey_with};
use super::page::Page;
use super::support::answer::{Answer, Step};
use super::support::exports::{SAMPLE_PROJECT, root, sample, sha256};
use super::support::generated::Generated;
use serde_json::json;

/// Words of the sample's first message.
const FIRST_WORDS: &str = "I forgot my Velmorin this morning";

const UNLISTED: &str = r#"name="labelscope-handover" content="""#;

/// Lists origins as a deployment does.
fn list(page: &Page, origins: &str) {
    page.server.replace_in_page(UNLISTED, &format!(r#"name="labelscope-handover" content="{origins}""#));
}

/// Opens the example page, which hands over the export of a project.
async fn open_example(page: &Page, project: &str) {
    let example = std::fs::read_to_string(root().join("deploy/hand-over.html")).expect("the example");
    let viewer = "https://labelscope.example.org/";
    let nobody = "00000000-0000-0000-0000-000000000000";
    assert!(example.contains(viewer) && example.contains(nobody), "the example is filled in");
    let example = example.replace(viewer, &format!("{}/", page.server.origin)).replace(nobody, project);
    page.server.page_elsewhere("/labels", example);
    let address = format!("{}/labels", page.server.elsewhere);
    page.browser.client.goto(&address).await.expect("the example");
}

#[tokio::test]
async fn a_listed_page_hands_an_export_over() {
    journey_with(&[Need::Debugging, Need::Downloads], "a_listed_page_hands_an_export_over", async |page| {
        page.server.on(SAMPLE_PROJECT, Answer::json(sample()));
        list(page, &format!("https://labels.example {}", page.server.elsewhere));
        open_example(page, SAMPLE_PROJECT).await;
        page.click("Open in a new tab").await;
        page.see("Handed over.").await;
        page.go_to_new_window().await;
        page.see(FIRST_WORDS).await;
        page.ready().await;
        // A link cannot lead to what another page held.
        assert!(!page.address().await.contains("source="), "{}", page.address().await);
        page.press("d").await;
        let file = page.downloaded("leaflet-answers-round-2-export-2025-03-18.json").await;
        assert_eq!(sha256(&file), sha256(&sample()));
        // The page that opened it is still there after a reload, and hands over once more.
        page.browser.client.refresh().await.expect("a reload");
        page.see(FIRST_WORDS).await;
        assert_eq!(page.server.exports_asked_for().len(), 1, "the viewer asked for nothing itself");
    })
    .await;
}

#[tokio::test]
async fn a_listed_page_holds_the_viewer_in_a_frame() {
    journey_with(&[Need::Debugging], "a_listed_page_holds_the_viewer_in_a_frame", async |page| {
        let large = Generated { conversations: 1_000 };
        let steps = vec![Step::Generate(large, 0..large.pieces())];
        page.server.on(Generated::PROJECT, Answer::steps(steps));
        list(page, &page.server.elsewhere);
        // Without this the browser shows nothing in the frame.
        let ancestors = format!("frame-ancestors {}", page.server.elsewhere);
        page.server.replace_in_page("frame-ancestors 'none'", &ancestors);
        open_example(page, Generated::PROJECT).await;
        // As bytes: some 20 MB in one buffer.
        page.ask(
            "const fetch = window.fetch; window.fetch = async (...given) => {
            const answer = await fetch(...given);
            return { ok: answer.ok, blob: () => answer.arrayBuffer() };
        };",
            json!(null),
        )
        .await;
        page.click("Open in this page").await;
        page.see("Handed over.").await;
        page.browser.client.enter_frame(0).await.expect("the frame");
        page.see(Generated::NAME).await;
        page.ready().await;
        page.see("1,000 conversations").await;
    })
    .await;
}

#[tokio::test]
async fn nobody_else_can_hold_the_viewer_in_a_frame() {
    journey_with(&[Need::Debugging], "nobody_else_can_hold_the_viewer_in_a_frame", async |page| {
        page.expect_on_console("frame-ancestors 'none'");
        page.expect_on_console("chrome-error://chromewebdata/");
        page.server.on(SAMPLE_PROJECT, Answer::json(sample()));
        list(page, &page.server.elsewhere);
        open_example(page, SAMPLE_PROJECT).await;
        page.click("Open in this page").await;
        page.see_any("iframe").await;
        let refused =
            async || page.console().await.iter().any(|line| line.message.contains("frame-ancestors"));
        for _ in 0..100 {
            if refused().await {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        assert!(refused().await, "the browser did not refuse the frame");
        assert!(!page.shows("Handed over.").await);
    })
    .await;
}

#[tokio::test]
async fn nothing_is_taken_from_a_page_that_is_not_listed() {
    journey_with(&[Need::Debugging], "nothing_is_taken_from_a_page_that_is_not_listed", async |page| {
        page.server.on(SAMPLE_PROJECT, Answer::json(sample()));
        list(page, "https://labels.example");
        open_example(page, SAMPLE_PROJECT).await;
        page.click("Open in a new tab").await;
        page.go_to_new_window().await;
        page.see("Open the sample project").await;
        let sentence = format!("Labelscope takes no export from {}", page.server.elsewhere);
        let said = async || page.console().await.iter().any(|line| line.message.contains(&sentence));
        for _ in 0..100 {
            if said().await {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        assert!(said().await, "{:?}", page.console().await);
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        assert!(page.shows("Open the sample project").await && !page.shows(FIRST_WORDS).await);
    })
    .await;
}

#[tokio::test]
async fn where_no_page_is_listed_nobody_is_heard() {
    journey_with(&[Need::Debugging], "where_no_page_is_listed_nobody_is_heard", async |page| {
        page.server.on(SAMPLE_PROJECT, Answer::json(sample()));
        open_example(page, SAMPLE_PROJECT).await;
        page.ask(
            "window.heard = []; addEventListener('message', event => window.heard.push(event.data))",
            json!(null),
        )
        .await;
        page.click("Open in a new tab").await;
        let here = page.browser.client.window().await.expect("a window");
        page.go_to_new_window().await;
        page.see("Open the sample project").await;
        // Long enough for what would be sent to be sent.
        page.frames(30).await;
        page.browser.client.switch_to_window(here).await.expect("the first window");
        // Not even a greeting: the page that opened the viewer cannot tell that it is there.
        assert_eq!(page.ask("return window.heard", json!(null)).await, json!([]));
    })
    .await;
}
