//! Where keys and data go: nowhere but to the address that was typed, and away when the export is closed.

use super::browser::debug;
use super::journey::{Need, journey, journey_with};
use super::keys::ESCAPE;
use super::page::Page;
use super::support::answer::Answer;
use super::support::exports::{SAMPLE_PROJECT, sample, sample_path};
use serde_json::json;

const KEY: &str = "sk-live-7c41e9";
const WORKSPACE: &str = "9f3c1a77-2b64-4c0e-8d15-6a7e0b9c2d31";

/// Words of the sample's first message.
const FIRST_WORDS: &str = "I forgot my Velmorin this morning";

#[tokio::test]
async fn one_request_leaves_the_page() {
    journey_with(&[Need::Requests, Need::Downloads], "one_request_leaves_the_page", async |page| {
        page.server.on(SAMPLE_PROJECT, Answer::json(sample()));
        page.open("/").await;
        page.see("Open the sample project").await;
        let files = page.requests().await;
        let own = format!("{}/", page.server.origin);
        let is_own = |address: &String| address.starts_with(&own) || address == "data:,";
        assert!(
            files.len() > 4 && files.iter().all(is_own),
            "the page loads its own files alone: {files:#?}"
        );
        page.fetch(&page.server.elsewhere, SAMPLE_PROJECT, KEY, WORKSPACE).await;
        page.see(FIRST_WORDS).await;
        page.ready().await;
        // Everything that a person may do with it.
        for screen in ["Overview", "Findings", "Agreement", "Conversations"] {
            page.click(screen).await;
            let script =
                "return words(document.querySelector('.tabs [aria-current=page]')).startsWith(given)";
            page.until(screen, script, json!(screen)).await;
        }
        for key in ["j", "j", "n", "n", "l", "l", "l", "/"] {
            page.press(key).await;
        }
        page.press("dose").await;
        page.press(ESCAPE).await;
        page.press("d").await;
        page.downloaded("leaflet-answers-round-2-export-2025-03-18.json").await;
        let asked = page.requests().await;
        let export = format!("{}/v1/labeling-projects/{SAMPLE_PROJECT}/export", page.server.elsewhere);
        // A download is a blob that the page made itself, a sign a drawing inside the style sheet.
        let is_inside = |address: &str| address.starts_with("blob:") || address.starts_with("data:image/");
        let left: Vec<_> = asked.iter().filter(|address| !is_inside(address)).collect();
        let (preflight, get) = (2, 1);
        assert!(left.iter().all(|address| **address == export), "{left:#?}");
        assert!((get..=preflight).contains(&left.len()), "{left:#?}");
        let methods: Vec<_> = page.server.seen().into_iter().map(|seen| seen.method).collect();
        assert_eq!(methods, ["OPTIONS", "GET"]);
    })
    .await;
}

#[tokio::test]
async fn closing_forgets_the_key_and_the_export() {
    journey("closing_forgets_the_key_and_the_export", async |page| {
        page.server.on(SAMPLE_PROJECT, Answer::json(sample()));
        page.open("/").await;
        page.click("Remember for this tab").await;
        page.fetch(&page.server.elsewhere, SAMPLE_PROJECT, KEY, WORKSPACE).await;
        page.see(FIRST_WORDS).await;
        page.ready().await;
        let remembered = "return Object.values(sessionStorage).join()";
        let stored = page.ask(remembered, json!(null)).await;
        assert!(stored.as_str().unwrap().contains(KEY), "{stored}");
        page.click("Close the export").await;
        page.see("Open the sample project").await;
        assert_eq!(page.ask(remembered, json!(null)).await, "");
        page.keeps_to_itself(KEY).await;
        let fields =
            "return ['Address', 'Project ID', 'API key', 'Workspace ID'].map(name => field(name).value)";
        assert_eq!(page.ask(fields, json!(null)).await, json!(["", "", "", ""]));
        let ticked = "return field('Remember for this tab').checked";
        assert_eq!(page.ask(ticked, json!(null)).await, json!(false));
        assert!(!page.address().await.contains(SAMPLE_PROJECT), "{}", page.address().await);
        assert_eq!(page.ask("return document.title", json!(null)).await, "Labelscope");
        assert!(!page.shows("Back to what was open").await && !page.shows(FIRST_WORDS).await);
        page.until("keyboard on the page", "return document.activeElement.id === 'main'", json!(null)).await;
        // The page is as at its start: another export opens, and without the key.
        page.fetch(&page.server.elsewhere, SAMPLE_PROJECT, "", "").await;
        page.see(FIRST_WORDS).await;
        let last = page.server.exports_asked_for().pop().unwrap();
        assert_eq!(last.header("authorization"), None);
    })
    .await;
}

#[tokio::test]
async fn closing_stops_what_still_arrives() {
    use super::support::answer::{End, Gate, Step};
    journey("closing_stops_what_still_arrives", async |page| {
        let sent = sample();
        let half = sent[..sent.len() / 2].to_vec();
        page.server
            .on(SAMPLE_PROJECT, Answer::steps(vec![Step::Send(half.into()), Step::Hold(Gate::default())]));
        page.open("/").await;
        page.fetch("", SAMPLE_PROJECT, KEY, "").await;
        page.see(FIRST_WORDS).await;
        page.click("Close the export").await;
        page.see("Open the sample project").await;
        page.until_true("the end of the connection", || {
            page.server.exports_asked_for()[0].sent().end == Some(End::Lost)
        })
        .await;
        assert!(!page.shows(FIRST_WORDS).await);
    })
    .await;
}

#[tokio::test]
async fn the_key_stays_out_of_errors_and_files() {
    journey_with(&[Need::Downloads], "the_key_stays_out_of_errors_and_files", async |page| {
        page.expect_on_console("500 (Internal Server Error)");
        page.server.on(SAMPLE_PROJECT, Answer::detail(500, "no luck"));
        page.open("/").await;
        page.fetch("", SAMPLE_PROJECT, KEY, "").await;
        page.see("no luck").await;
        page.keeps_to_itself(KEY).await;
        page.server.on(SAMPLE_PROJECT, Answer::json(sample()));
        page.click("Try again").await;
        page.see(FIRST_WORDS).await;
        page.ready().await;
        for (entry, name) in FILES {
            download(page, entry).await;
            let file = page.downloaded(name).await;
            assert!(file.len() > 100, "{name}");
            assert!(!String::from_utf8_lossy(&file).contains(KEY), "{name} holds the key");
        }
        page.keeps_to_itself(KEY).await;
    })
    .await;
}

/// The entries of the menu and what they save.
const FILES: [(&str, &str); 4] = [
    ("Export as received", "leaflet-answers-round-2-export-2025-03-18.json"),
    ("Findings CSV", "leaflet-answers-round-2-findings.csv"),
    ("Annotations JSONL", "leaflet-answers-round-2-annotations.jsonl"),
    ("Scores CSV", "leaflet-answers-round-2-scores.csv"),
];

async fn download(page: &Page, entry: &str) {
    page.click("Download").await;
    page.click(entry).await;
}

#[tokio::test]
async fn once_loaded_files_open_without_a_network() {
    journey_with(
        &[Need::Debugging, Need::Downloads],
        "once_loaded_files_open_without_a_network",
        async |page| {
            page.expect_on_console("net::ERR_INTERNET_DISCONNECTED");
            page.open("/").await;
            page.see("Open the sample project").await;
            debug(&page.browser.client, "Network.enable", json!({})).await;
            let gone =
                json!({ "offline": true, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
            debug(&page.browser.client, "Network.emulateNetworkConditions", gone).await;
            let asked = page.ask("return navigator.onLine", json!(null)).await;
            assert_eq!(asked, json!(false), "the network is gone");
            page.choose_file(&sample_path()).await;
            page.see(FIRST_WORDS).await;
            page.ready().await;
            for (screen, words) in [
                ("Overview", "Label schema"),
                ("Findings", "findings"),
                ("Agreement", "Precision"),
                ("Conversations", FIRST_WORDS),
            ] {
                page.click(screen).await;
                page.see(words).await;
            }
            page.press("d").await;
            page.downloaded("leaflet-answers-round-2-export-2025-03-18.json").await;
            // What does need the network says so, and the file stays.
            page.press("o").await;
            page.fetch("", SAMPLE_PROJECT, KEY, "").await;
            page.see("The browser could not read an answer").await;
            page.press(ESCAPE).await;
            page.see(FIRST_WORDS).await;
        },
    )
    .await;
}
