//! Answers with a status that is no success.

use super::{KEY, fetch_and_fail, problem};
use crate::journey::journey;
use crate::support::answer::Answer;
use crate::support::exports::{SAMPLE_PROJECT, sample};
use serde_json::json;

/// One status with a body, and what the page must say of it.
async fn status(name: &str, answer: Answer, headline: &str, words: Option<&str>) {
    journey(name, async |page| {
        page.expect_on_console(&format!("status of {}", answer.status));
        page.server.on(SAMPLE_PROJECT, answer.clone());
        let text = fetch_and_fail(page).await;
        assert!(text.starts_with(&answer.status.to_string()), "{text}");
        assert!(text.contains(headline), "{text}");
        if let Some(words) = words {
            assert!(text.contains(words), "{text}");
        }
        // Trying again works once the server does.
        page.server.on(SAMPLE_PROJECT, Answer::json(sample()));
        page.click("Try again").await;
        page.see("I forgot my Velmorin").await;
    })
    .await;
}

/// A status as JSON, with the server's words.
async fn detail(name: &str, code: u16, headline: &str) {
    let words = "The server’s own words, 7 of them";
    status(name, Answer::detail(code, words), headline, Some(words)).await;
}

#[tokio::test]
async fn status_400() {
    detail("status_400", 400, "The server could not make sense of the request").await;
}

#[tokio::test]
async fn status_402() {
    detail("status_402", 402, "The workspace has no credits for this").await;
}

#[tokio::test]
async fn status_403() {
    detail("status_403", 403, "This key may not read the project").await;
}

#[tokio::test]
async fn status_404_of_a_project() {
    detail("status_404_of_a_project", 404, "The server has no such project").await;
}

#[tokio::test]
async fn status_404_of_an_address() {
    let answer = Answer::detail(404, "Not Found");
    status("status_404_of_an_address", answer, "There is no such address on this server", Some("Not Found"))
        .await;
}

#[tokio::test]
async fn status_405() {
    detail("status_405", 405, "The server does not hand out exports at this address").await;
}

#[tokio::test]
async fn status_409() {
    detail("status_409", 409, "The project is being changed just now").await;
}

#[tokio::test]
async fn status_429_with_a_time_to_wait() {
    let answer = Answer::detail(429, "Rate limit exceeded").with("retry-after", "30");
    status(
        "status_429_with_a_time_to_wait",
        answer,
        "The server asks for a pause",
        Some("Try again in 30 seconds."),
    )
    .await;
}

#[tokio::test]
async fn status_429_of_another_origin() {
    journey("status_429_of_another_origin", async |page| {
        page.expect_on_console("status of 429");
        let answer = Answer::detail(429, "Rate limit exceeded").with("retry-after", "3601");
        page.server.on(SAMPLE_PROJECT, answer);
        page.open("/").await;
        page.fetch(&page.server.elsewhere, SAMPLE_PROJECT, KEY, "").await;
        // Readable only because the server exposes the header.
        assert!(problem(page).await.contains("Try again in 61 minutes."));
    })
    .await;
}

#[tokio::test]
async fn status_500_as_text() {
    let answer = Answer::new(500, "text/plain; charset=utf-8", "Internal Server Error");
    let headline = "The server failed while it made the export";
    status("status_500_as_text", answer, headline, Some("Internal Server Error")).await;
}

#[tokio::test]
async fn status_500_without_a_body() {
    let answer = Answer::new(500, "text/plain", "");
    status("status_500_without_a_body", answer, "The server failed while it made the export", None).await;
}

#[tokio::test]
async fn status_502_as_html() {
    let page =
        "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1>nginx</body></html>";
    let answer = Answer::new(502, "text/html", page);
    let words = Some("it comes from something in front of the API");
    status("status_502_as_html", answer, "The server behind this address gave no good answer", words).await;
}

#[tokio::test]
async fn status_503() {
    detail("status_503", 503, "The server is not available just now").await;
}

#[tokio::test]
async fn status_504() {
    let answer = Answer::new(504, "text/html", "<h1>504 Gateway Time-out</h1>");
    status("status_504", answer, "The server took too long to make the export", None).await;
}

#[tokio::test]
async fn status_401_asks_for_the_key_alone() {
    const WORKSPACE: &str = "9f3c1a77-2b64-4c0e-8d15-6a7e0b9c2d31";
    journey("status_401_asks_for_the_key_alone", async |page| {
        page.expect_on_console("status of 401");
        page.server.on(SAMPLE_PROJECT, Answer::detail(401, "Invalid API key"));
        page.open("/").await;
        page.fetch("", SAMPLE_PROJECT, KEY, WORKSPACE).await;
        let text = problem(page).await;
        assert!(
            text.contains("The server does not accept this key") && text.contains("Invalid API key"),
            "{text}"
        );
        page.server.on(SAMPLE_PROJECT, Answer::json(sample()));
        page.fill("API key", "sk-second").await;
        page.click("Try again with this key").await;
        page.see("I forgot my Velmorin").await;
        let asked = page.server.exports_asked_for();
        assert_eq!(asked[1].header("authorization"), Some("Bearer sk-second"));
        assert_eq!(asked[1].header("x-workspace-id"), Some(WORKSPACE));
    })
    .await;
}

#[tokio::test]
async fn status_401_without_a_key() {
    journey("status_401_without_a_key", async |page| {
        page.expect_on_console("status of 401");
        page.server.on(SAMPLE_PROJECT, Answer::detail(401, "Not authenticated"));
        page.open("/").await;
        page.fetch("", SAMPLE_PROJECT, "", "").await;
        assert!(problem(page).await.contains("The server wants a key"));
        assert_eq!(page.server.exports_asked_for()[0].header("authorization"), None);
    })
    .await;
}

#[tokio::test]
async fn a_key_that_expires_leaves_what_is_open() {
    journey("a_key_that_expires_leaves_what_is_open", async |page| {
        page.expect_on_console("status of 401");
        page.server.on(SAMPLE_PROJECT, Answer::json(sample()));
        page.open("/").await;
        page.fetch("", SAMPLE_PROJECT, KEY, "").await;
        page.ready().await;
        page.server.on(SAMPLE_PROJECT, Answer::detail(401, "Token has expired"));
        page.click("Open another export").await;
        page.click("Fetch export").await;
        assert!(problem(page).await.contains("Token has expired"));
        page.click("Back to what was open").await;
        page.see("I forgot my Velmorin").await;
        page.see_any("mark.sg").await;
    })
    .await;
}

#[tokio::test]
async fn status_422_is_a_table_and_stands_at_the_fields() {
    journey("status_422_is_a_table_and_stands_at_the_fields", async |page| {
        page.expect_on_console("status of 422");
        let body = json!({ "detail": [
            { "type": "uuid_parsing", "loc": ["path", "project_id"], "msg": "Input should be a valid UUID" },
            { "type": "missing", "loc": ["header", "x-workspace-id"], "msg": "Field required" },
        ]});
        page.server.on(SAMPLE_PROJECT, Answer::new(422, "application/json", body.to_string()));
        fetch_and_fail(page).await;
        let cells = page.words_of("main.trouble th, main.trouble td").await;
        assert_eq!(
            cells,
            [
                "Field",
                "Message",
                "Type",
                "path › project_id",
                "Input should be a valid UUID",
                "uuid_parsing",
                "header › x-workspace-id",
                "Field required",
                "missing",
            ]
        );
        page.click("Change the values").await;
        page.see("The server says: Input should be a valid UUID").await;
        page.see("The server says: Field required").await;
        let focused = "return document.activeElement === field('Project ID')";
        page.until("focus on the field", focused, json!(null)).await;
        let typed = page.ask("return field('Project ID').value", json!(null)).await;
        assert_eq!(typed, SAMPLE_PROJECT);
    })
    .await;
}
