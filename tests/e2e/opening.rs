//! The ways in: the sample, the API, a file, a drop, pasted text.

use super::journey::{Need, journey, journey_with};
use super::support::answer::Answer;
use super::support::exports::{SAMPLE_PROJECT, compressed, sample, sample_path, sha256};
use serde_json::json;

/// Words of the sample's first message.
const FIRST_WORDS: &str = "I forgot my Velmorin this morning";

#[tokio::test]
async fn opens_the_sample() {
    journey("opens_the_sample", async |page| {
        page.open("/").await;
        page.click("Open the sample project").await;
        page.see(FIRST_WORDS).await;
        page.ready().await;
        page.see_in_address("source=sample").await;
        let title = page.ask("return document.title", json!(null)).await;
        assert_eq!(title, "Leaflet answers, round 2 · Labelscope");
        assert!(page.server.seen().is_empty(), "the API was asked for the sample");
        // And all that under the policy of a deployment.
        let script = "return fetch('/').then(answer => answer.headers.get('content-security-policy'))";
        let policy = page.ask(script, json!(null)).await;
        assert!(policy.as_str().is_some_and(|policy| policy.contains("default-src 'none'")), "{policy}");
    })
    .await;
}

#[tokio::test]
async fn opens_a_project_from_the_api() {
    const KEY: &str = "sk-live-1f9d4c";
    const WORKSPACE: &str = "9f3c1a77-2b64-4c0e-8d15-6a7e0b9c2d31";
    journey("opens_a_project_from_the_api", async |page| {
        page.server.on(SAMPLE_PROJECT, Answer::json(sample()));
        page.open("/").await;
        page.fetch("", SAMPLE_PROJECT, KEY, WORKSPACE).await;
        page.see(FIRST_WORDS).await;
        page.ready().await;
        let asked = page.server.exports_asked_for();
        assert_eq!(asked.len(), 1, "{asked:?}");
        assert_eq!(asked[0].path, format!("/v1/labeling-projects/{SAMPLE_PROJECT}/export"));
        assert_eq!(asked[0].header("authorization"), Some("Bearer sk-live-1f9d4c"));
        assert_eq!(asked[0].header("x-workspace-id"), Some(WORKSPACE));
        assert_eq!(asked[0].header("accept"), Some("application/json"));
        assert_eq!(asked[0].header("cookie"), None);
        page.see_in_address("source=api").await;
        page.keeps_to_itself(KEY).await;
    })
    .await;
}

#[tokio::test]
async fn opens_a_project_of_another_origin() {
    journey("opens_a_project_of_another_origin", async |page| {
        page.server.on(SAMPLE_PROJECT, Answer::json(sample()));
        page.open("/").await;
        let address = format!("{}/v1", page.server.elsewhere);
        page.fetch(&address, SAMPLE_PROJECT, "sk-elsewhere", "").await;
        page.see(FIRST_WORDS).await;
        page.ready().await;
        let asked = page.server.seen();
        let methods: Vec<&str> = asked.iter().map(|seen| seen.method.as_str()).collect();
        assert_eq!(methods, ["OPTIONS", "GET"]);
        assert_eq!(asked[1].header("authorization"), Some("Bearer sk-elsewhere"));
        assert_eq!(asked[1].header("x-workspace-id"), None);
        assert_eq!(asked[1].header("origin"), Some(page.server.origin.as_str()));
        // A link cannot hold an address that was typed, so it must not promise to fetch anew.
        assert!(!page.address().await.contains("source="), "{}", page.address().await);
        page.keeps_to_itself("sk-elsewhere").await;
    })
    .await;
}

#[tokio::test]
async fn opens_a_file() {
    journey("opens_a_file", async |page| {
        page.open("/").await;
        page.choose_file(&sample_path()).await;
        page.see(FIRST_WORDS).await;
        page.ready().await;
        assert!(page.server.seen().is_empty(), "a file is nobody else's business");
    })
    .await;
}

#[tokio::test]
async fn opens_a_compressed_file() {
    journey("opens_a_compressed_file", async |page| {
        let path = page.downloads.join("sample.json.gz");
        std::fs::write(&path, compressed(&sample())).unwrap();
        page.open("/").await;
        page.choose_file(&path).await;
        page.see(FIRST_WORDS).await;
        page.ready().await;
    })
    .await;
}

#[tokio::test]
async fn opens_an_answer_that_is_compressed_on_the_way() {
    journey_with(&[Need::Downloads], "opens_an_answer_that_is_compressed_on_the_way", async |page| {
        let answer = Answer::json(compressed(&sample())).with("content-encoding", "gzip");
        page.server.on(SAMPLE_PROJECT, answer);
        page.open("/").await;
        // Of another origin, where the length of what was compressed can be read.
        page.fetch(&page.server.elsewhere, SAMPLE_PROJECT, "sk-1", "").await;
        page.see(FIRST_WORDS).await;
        page.ready().await;
        page.press("d").await;
        let file = page.downloaded("leaflet-answers-round-2-export-2025-03-18.json").await;
        assert_eq!(sha256(&file), sha256(&sample()));
    })
    .await;
}

#[tokio::test]
async fn opens_what_is_dropped() {
    journey("opens_what_is_dropped", async |page| {
        let text = String::from_utf8(sample()).unwrap();
        page.open("/").await;
        page.drop_file("export.json", &text).await;
        page.see(FIRST_WORDS).await;
        page.ready().await;
        // Also onto an export that is open.
        page.drop_file("again.json", &text.replace("Leaflet answers", "Dropped answers")).await;
        page.see("Dropped answers").await;
    })
    .await;
}

#[tokio::test]
async fn opens_pasted_text() {
    journey("opens_pasted_text", async |page| {
        page.open("/").await;
        page.click("Paste the JSON instead").await;
        let text = String::from_utf8(sample()).unwrap();
        // The driver types a character at a time, which for a whole export takes minutes.
        page.ask("document.querySelector('textarea').value = given", json!(text)).await;
        page.click("Open the pasted text").await;
        page.see(FIRST_WORDS).await;
        page.ready().await;
    })
    .await;
}

#[tokio::test]
async fn fills_the_form_from_a_curl_line() {
    journey("fills_the_form_from_a_curl_line", async |page| {
        page.server.on(SAMPLE_PROJECT, Answer::json(sample()));
        page.open("/").await;
        let url = format!("{}/v1/labeling-projects/{SAMPLE_PROJECT}/export", page.server.elsewhere);
        let line = format!("curl -H 'Authorization: Bearer sk-pasted' '{url}'");
        page.paste("Project ID", &line).await;
        page.click("Fetch export").await;
        page.see(FIRST_WORDS).await;
        let asked = page.server.exports_asked_for();
        assert_eq!(asked[0].header("authorization"), Some("Bearer sk-pasted"));
    })
    .await;
}

#[tokio::test]
async fn names_a_bad_project_id_before_any_request() {
    journey("names_a_bad_project_id_before_any_request", async |page| {
        page.open("/").await;
        page.fetch("", "497f6eca-6276-4993-bfeb", "sk-1", "").await;
        page.see("A UUID has 32 digits, this one has 20.").await;
        let script = "const e = field('Project ID');
            return [e.getAttribute('aria-invalid'), document.getElementById(e.getAttribute('aria-describedby')) !== null,
                document.activeElement === e]";
        assert_eq!(page.ask(script, json!(null)).await, json!(["true", true, true]));
        assert!(page.server.seen().is_empty(), "{:?}", page.server.seen());
        page.fill("Project ID", SAMPLE_PROJECT).await;
        page.see_no("[aria-invalid=true]").await;
    })
    .await;
}

#[tokio::test]
async fn remembers_the_key_only_when_told_to() {
    const KEY: &str = "sk-remember-me";
    journey("remembers_the_key_only_when_told_to", async |page| {
        page.open("/").await;
        page.fill("API key", KEY).await;
        page.keeps_to_itself(KEY).await;
        page.browser.client.refresh().await.unwrap();
        page.see("Remember for this tab").await;
        assert_eq!(page.ask("return field('API key').value", json!(null)).await, "");
        page.fill("API key", KEY).await;
        page.click("Remember for this tab").await;
        let stored = page
            .ask(
                "return [Object.values(sessionStorage).join(), Object.values(localStorage).join()]",
                json!(null),
            )
            .await;
        assert!(
            stored[0].as_str().unwrap().contains(KEY) && !stored[1].as_str().unwrap().contains(KEY),
            "{stored}"
        );
        page.browser.client.refresh().await.unwrap();
        page.until("key that was remembered", "return field('API key')?.value === given", json!(KEY)).await;
        page.click("Remember for this tab").await;
        page.keeps_to_itself(KEY).await;
    })
    .await;
}

#[tokio::test]
async fn remembers_the_theme() {
    journey("remembers_the_theme", async |page| {
        page.open("/").await;
        let theme = "return document.documentElement.dataset.theme ?? 'system'";
        assert_eq!(page.ask(theme, json!(null)).await, "system");
        page.click("Theme: as the system has it").await;
        page.click("Theme: light").await;
        assert_eq!(page.ask(theme, json!(null)).await, "dark");
        page.browser.client.refresh().await.unwrap();
        page.see("Open the sample project").await;
        assert_eq!(page.ask(theme, json!(null)).await, "dark");
        page.click("Theme: dark").await;
        page.browser.client.refresh().await.unwrap();
        page.see("Open the sample project").await;
        assert_eq!(page.ask(theme, json!(null)).await, "system");
    })
    .await;
}

#[tokio::test]
async fn leaves_its_marks_on_the_timeline() {
    journey("leaves_its_marks_on_the_timeline", async |page| {
        page.open("/").await;
        page.click("Open the sample project").await;
        page.ready().await;
        let first = "return performance.getEntriesByName('labelscope:first-message').length > 0";
        page.until("mark labelscope:first-message", first, json!(null)).await;
        let script = "return ['open', 'first-message', 'ready'].map(name =>
            performance.getEntriesByName('labelscope:' + name).map(entry => entry.startTime))";
        let marks: Vec<Vec<f64>> = serde_json::from_value(page.ask(script, json!(null)).await).unwrap();
        assert!(marks.iter().all(|mark| mark.len() == 1), "each stands once: {marks:?}");
        assert!(marks[0] < marks[1] && marks[0] < marks[2], "{marks:?}");
    })
    .await;
}
