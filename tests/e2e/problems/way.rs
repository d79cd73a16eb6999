//! What happens on the way: redirects, origins that keep to themselves, answers that break off, stall or lie.

use super::{KEY, fetch_and_fail, problem};
use crate::browser::{Engine, debug};
use crate::journey::{Need, journey, journey_with};
use crate::page::Page;
use crate::support::answer::{Answer, Gate, Step};
use crate::support::exports::{SAMPLE_PROJECT, compressed, sample, sample_path};
use crate::support::generated::Generated;
use serde_json::json;
use std::time::Duration;

#[tokio::test]
async fn a_redirect_is_not_followed() {
    journey("a_redirect_is_not_followed", async |page| {
        let answer = Answer::new(302, "text/plain", "").with("location", "/v1/login");
        page.server.on(SAMPLE_PROJECT, answer);
        let text = fetch_and_fail(page).await;
        assert!(text.contains("sends the browser to another address in place of an export"), "{text}");
        assert_eq!(page.server.seen().len(), 1, "a key must not go where the redirect points");
    })
    .await;
}

#[tokio::test]
async fn an_origin_that_keeps_to_itself() {
    journey("an_origin_that_keeps_to_itself", async |page| {
        page.expect_on_console("blocked by CORS policy");
        page.expect_on_console("net::ERR_FAILED");
        page.server.close_to_others();
        page.open("/").await;
        page.fetch(&page.server.elsewhere, SAMPLE_PROJECT, KEY, "").await;
        let text = problem(page).await;
        assert!(text.contains("CORS") && text.contains(&page.server.origin), "{text}");
        assert!(text.contains("curl") && text.contains("$API_KEY"), "{text}");
        // And on with the file that curl wrote.
        page.choose_file(&sample_path()).await;
        page.see("I forgot my Velmorin").await;
    })
    .await;
}

#[tokio::test]
async fn a_server_that_is_not_there() {
    journey("a_server_that_is_not_there", async |page| {
        page.expect_on_console("net::ERR_CONNECTION_REFUSED");
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        drop(listener);
        page.open("/").await;
        page.fetch(&address, SAMPLE_PROJECT, KEY, "").await;
        let text = problem(page).await;
        assert!(
            text.contains("The browser could not read an answer from") && text.contains("curl"),
            "{text}"
        );
        page.drop_file("export.json", &String::from_utf8(sample()).unwrap()).await;
        page.see("I forgot my Velmorin").await;
    })
    .await;
}

/// Time for what was sent to leave, since a connection that ends takes along what it still holds.
fn on_its_way() -> Step {
    Step::Pause(Duration::from_millis(200))
}

/// The sample's first half, then something else.
fn half_and_then(step: Step) -> Answer {
    let sent = sample();
    let half = sent.len() / 2;
    Answer::steps(vec![Step::Send(sent[..half].to_vec().into()), on_its_way(), step])
}

/// Waits until what was read stands there, marked as incomplete for this reason.
async fn incomplete(page: &Page, reason: &str) {
    page.ready().await;
    page.see(reason).await;
    page.see("I forgot my Velmorin").await;
    page.click("Overview").await;
    page.see("The end of this export is missing").await;
}

#[tokio::test]
async fn an_answer_that_breaks_off() {
    journey("an_answer_that_breaks_off", async |page| {
        page.expect_on_console("net::ERR_");
        page.server.on(SAMPLE_PROJECT, half_and_then(Step::Break));
        page.open("/").await;
        page.fetch("", SAMPLE_PROJECT, KEY, "").await;
        // WebKit's network library takes it for the end, but the last bracket is missing.
        let reason = match page.browser.engine {
            Engine::WebKit => format!("is cut off after {} bytes", sample().len() / 2),
            Engine::Chromium | Engine::Firefox => "The answer broke off before its end".to_owned(),
        };
        incomplete(page, &reason).await;
    })
    .await;
}

#[tokio::test]
async fn an_answer_that_breaks_off_before_anything_can_be_shown() {
    journey("an_answer_that_breaks_off_before_anything_can_be_shown", async |page| {
        page.expect_on_console("net::ERR_");
        let steps = vec![Step::Send("{\"project\":{".into()), on_its_way(), Step::Break];
        page.server.on(SAMPLE_PROJECT, Answer::steps(steps));
        let text = fetch_and_fail(page).await;
        assert!(text.contains("The answer broke off before its end"), "{text}");
    })
    .await;
}

#[tokio::test]
async fn an_answer_that_stalls() {
    journey("an_answer_that_stalls", async |page| {
        page.server.on(SAMPLE_PROJECT, half_and_then(Step::Hold(Gate::default())));
        page.open("/").await;
        move_clock_on_demand(page).await;
        page.fetch("", SAMPLE_PROJECT, KEY, "").await;
        page.see("I forgot my Velmorin").await;
        page.ask("window.clockAhead = 61000", json!(null)).await;
        incomplete(page, "Nothing came for 60 seconds").await;
    })
    .await;
}

#[tokio::test]
async fn an_answer_that_never_begins() {
    journey("an_answer_that_never_begins", async |page| {
        page.server.on(SAMPLE_PROJECT, Answer::json(sample()).after(&Gate::default()));
        page.open("/").await;
        move_clock_on_demand(page).await;
        page.fetch("", SAMPLE_PROJECT, KEY, "").await;
        page.see("Asking for the export").await;
        page.ask("window.clockAhead = 301000", json!(null)).await;
        let text = problem(page).await;
        assert!(text.contains("No answer came for 300 seconds"), "{text}");
    })
    .await;
}

/// Lets the page's clock be moved on, since nobody waits for minutes.
async fn move_clock_on_demand(page: &Page) {
    let script = "window.clockAhead = 0;
        const now = performance.now.bind(performance);
        performance.now = () => now() + window.clockAhead;";
    page.ask(script, json!(null)).await;
}

#[tokio::test]
async fn a_length_that_says_too_much() {
    journey("a_length_that_says_too_much", async |page| {
        page.expect_on_console("net::ERR_");
        let sent = sample();
        let length = (sent.len() + 1_000).to_string();
        let answer = Answer::steps(vec![Step::Send(sent.into()), on_its_way()]);
        page.server.on(SAMPLE_PROJECT, answer.with("content-length", length));
        page.open("/").await;
        page.fetch("", SAMPLE_PROJECT, KEY, "").await;
        incomplete(page, "The answer broke off before its end").await;
    })
    .await;
}

#[tokio::test]
async fn a_length_that_says_too_little() {
    journey("a_length_that_says_too_little", async |page| {
        let sent = sample();
        let length = sent.len() / 2;
        page.server.on(SAMPLE_PROJECT, Answer::json(sent).with("content-length", length.to_string()));
        page.open("/").await;
        page.fetch("", SAMPLE_PROJECT, KEY, "").await;
        incomplete(page, &format!("is cut off after {length} bytes")).await;
    })
    .await;
}

#[tokio::test]
async fn an_encoding_that_was_only_claimed() {
    journey("an_encoding_that_was_only_claimed", async |page| {
        page.expect_on_console("net::ERR_CONTENT_DECODING_FAILED");
        page.server.on(SAMPLE_PROJECT, Answer::json(sample()).with("content-encoding", "gzip"));
        if page.browser.engine == Engine::WebKit {
            // Its network library hands over what came as it came, which is an export.
            page.open("/").await;
            page.fetch("", SAMPLE_PROJECT, KEY, "").await;
            page.see("I forgot my Velmorin").await;
            return page.ready().await;
        }
        let text = fetch_and_fail(page).await;
        // Some engines notice before there is an answer, some while they read it.
        let said = ["The answer broke off before its end", "The browser could not read an answer"];
        assert!(said.iter().any(|said| text.contains(said)), "{text}");
    })
    .await;
}

#[tokio::test]
async fn an_encoding_too_many() {
    journey("an_encoding_too_many", async |page| {
        let twice = compressed(&compressed(&sample()));
        page.server.on(SAMPLE_PROJECT, Answer::json(twice).with("content-encoding", "gzip"));
        let text = fetch_and_fail(page).await;
        assert!(text.contains("The server’s answer is no text"), "{text}");
    })
    .await;
}

#[tokio::test]
async fn a_body_in_single_bytes() {
    journey("a_body_in_single_bytes", async |page| {
        let sent = sample();
        // The first thousand one by one, and what comes after in pieces that cut letters in two.
        let (head, rest) = sent.split_at(1_000);
        let single = head.iter().map(|byte| Step::Send(vec![*byte].into()));
        let pieces = rest.chunks(1_021).map(|piece| Step::Send(piece.to_vec().into()));
        page.server.on(SAMPLE_PROJECT, Answer::steps(single.chain(pieces).collect()));
        page.open("/").await;
        page.fetch("", SAMPLE_PROJECT, KEY, "").await;
        page.see("I forgot my Velmorin").await;
        page.ready().await;
        assert!(!page.shows("The end of this export is missing").await);
    })
    .await;
}

#[tokio::test]
async fn a_body_that_stops_being_text() {
    journey("a_body_that_stops_being_text", async |page| {
        let mut sent = sample();
        let at = sent.len() / 2;
        sent[at] = 0xff;
        page.server.on(SAMPLE_PROJECT, Answer::json(sent));
        page.open("/").await;
        page.fetch("", SAMPLE_PROJECT, KEY, "").await;
        incomplete(page, &format!("stops being UTF-8 text at byte {at}")).await;
    })
    .await;
}

#[tokio::test]
async fn a_memory_that_runs_out() {
    journey_with(&[Need::Debugging], "a_memory_that_runs_out", async |page| {
        let large = Generated { conversations: 2_000 };
        page.server.on(Generated::PROJECT, Answer::steps(vec![Step::Generate(large, 0..large.pieces())]));
        let source = "for (const name of ['instantiate', 'instantiateStreaming']) {
            const real = WebAssembly[name].bind(WebAssembly);
            WebAssembly[name] = async (...given) => {
                const made = await real(...given);
                window.memory = (made.instance ?? made).exports.memory;
                return made;
            };
        }";
        debug(&page.browser.client, "Page.addScriptToEvaluateOnNewDocument", json!({ "source": source }))
            .await;
        page.open("/").await;
        // All of the memory that WebAssembly can have but 150 MB is taken by something else.
        let left = 150 << 20;
        let take = "const pages = 65536 - window.memory.buffer.byteLength / 65536 - given / 65536;
            window.memory.grow(Math.floor(pages)); return window.memory.buffer.byteLength";
        let taken = page.ask(take, json!(left)).await;
        assert!(taken.as_u64().is_some_and(|taken| taken > 3 << 30), "{taken}");
        page.fetch("", Generated::PROJECT, KEY, "").await;
        page.ready().await;
        page.see("There is no memory for more of this export").await;
        assert!(page.see_any("[data-part]").await > 0, "what was read stays");
        page.press("j").await;
        page.click("Overview").await;
        page.see("The end of this export is missing").await;
    })
    .await;
}
