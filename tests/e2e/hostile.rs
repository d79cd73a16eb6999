//! Exports of strangers in the page: nothing of them is run, fetched or choked on, and what shows nothing is drawn.

use super::browser::debug;
use super::journey::{Need, journey_with};
use super::page::Page;
use super::support::answer::Answer;
use super::support::hostile;
use serde_json::{Value, json};

/// Opens an export from the API.
async fn open(page: &Page, bytes: Vec<u8>) {
    // Before anything of the page: what would show that something was run.
    let source = "for (const name of ['alert', 'confirm', 'prompt', 'open', 'eval']) window[name] = () => { window.ran = name; };";
    debug(&page.browser.client, "Page.addScriptToEvaluateOnNewDocument", json!({ "source": source })).await;
    page.server.on(hostile::PROJECT, Answer::json(bytes));
    page.open("/").await;
    page.fetch("", hostile::PROJECT, "sk-1", "").await;
    page.ready().await;
}

/// Fails if anything was run, or asked for that is not of the page itself or the export.
async fn nothing_got_out(page: &Page) {
    let ran = "return [window.ran ?? null, {}.polluted ?? null, {}.ran ?? null, all('script[src=\"\"], iframe, object, embed, base').length]";
    assert_eq!(page.ask(ran, json!(null)).await, json!([null, null, null, 0]));
    let links = "return all('[href], [src], [action], [srcdoc], [style]').map(e => e.getAttribute('href') ?? e.getAttribute('src') ??
        e.getAttribute('action') ?? 'srcdoc').filter(to => /^\\s*(javascript|https?|data:text|vbscript)/i.test(to))";
    assert_eq!(page.ask(links, json!(null)).await, json!([]), "links that lead out");
    let own = format!("{}/", page.server.origin);
    let asked = page.requests().await;
    let others: Vec<_> = asked
        .iter()
        .filter(|address| {
            !address.starts_with(&own)
                && *address != "data:,"
                && !address.starts_with("data:image/svg+xml,<svg xmlns")
        })
        .filter(|address| !address.starts_with(&format!("blob:{}", own.trim_end_matches('/'))))
        .collect();
    assert!(others.is_empty(), "{others:?}");
    assert!(!asked.iter().any(|address| address.contains("tracker")));
    let exports = page.server.exports_asked_for();
    assert_eq!(exports.len(), 1);
}

/// The page answers: it goes to a screen and shows it.
async fn lives(page: &Page) {
    for screen in ["Overview", "Findings", "Agreement", "Conversations"] {
        page.click(screen).await;
        let script = "return words(document.querySelector('.tabs [aria-current=page]')).startsWith(given)";
        page.until(screen, script, json!(screen)).await;
        page.until("rows", "return !document.querySelector('main [aria-busy=true]')", json!(null)).await;
        page.settled().await;
        no_letters_leak(page).await;
    }
}

/// What turns letters around stands in a box of its own, wherever it is written.
async fn no_letters_leak(page: &Page) {
    let script = r"const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), leaks = [];
        while (walker.nextNode()) {
            const text = walker.currentNode, element = text.parentElement;
            if (!/[\u202a-\u202e\u2066-\u2069]/.test(text.data) || element.getClientRects().length === 0) continue;
            if (getComputedStyle(element).display === 'inline' || !element.matches('.unseen')) {
                leaks.push(element.outerHTML.slice(0, 200));
            }
        }
        return leaks;";
    assert_eq!(page.ask(script, json!(null)).await, json!([]), "letters that reach out");
}

/// Goes to a conversation.
async fn go_to(page: &Page, conversation: &str, message: &str) {
    let fragment = format!(
        "#/conversations?conversation={conversation}&message={message}&project={}&v=1",
        hostile::PROJECT
    );
    page.ask("location.hash = given", json!(fragment)).await;
    let script = "return document.querySelector(`[data-message=\"${given}\"]`)";
    page.until("message", &format!("{script} !== null"), json!(message)).await;
}

/// The text of a message's first part, as the page holds it.
async fn text_of(page: &Page, message: &str) -> Value {
    let script =
        "return document.querySelector(`[data-message=\"${given}\"] [data-part]`)?.textContent ?? null";
    page.until("text", script, json!(message)).await
}

#[tokio::test]
async fn one_of_everything_stays_text() {
    journey_with(&[Need::Debugging, Need::Requests], "one_of_everything_stays_text", async |page| {
        open(page, hostile::strange()).await;
        lives(page).await;
        let texts = [hostile::MARKUP, hostile::CONTROLS, hostile::UNCLOSED, "__proto__", "constructor"];
        for (nth, text) in texts.into_iter().enumerate() {
            let message = format!("m{nth}");
            go_to(page, &format!("c{nth}"), &message).await;
            assert_eq!(text_of(page, &message).await, json!(text), "{message}");
            page.settled().await;
            no_letters_leak(page).await;
        }
        nothing_got_out(page).await;
    })
    .await;
}

#[tokio::test]
async fn what_shows_nothing_is_drawn() {
    journey_with(&[Need::Debugging, Need::Requests], "what_shows_nothing_is_drawn", async |page| {
        open(page, hostile::strange()).await;
        go_to(page, "c1", "m1").await;
        let signs = "const signs = all('[data-message=m1] [data-part] .unseen').map(e => [e.dataset.sign, e.title, getComputedStyle(e, '::before').content]);
            return signs.length >= 12 && signs";
        let signs = page.until("twelve signs", signs, json!(null)).await;
        let signs = signs.as_array().cloned().unwrap_or_default();
        for (sign, name) in [
            ("NUL", "U+0000 null"),
            ("ESC", "U+001B escape"),
            ("CSI", "U+009B control sequence"),
            ("RLO", "U+202E right-to-left override"),
            ("BOM", "U+FEFF byte-order mark"),
        ] {
            assert!(signs.contains(&json!([sign, name, format!("\"{sign}\"")])), "{sign}: {signs:?}");
        }
        // What is selected is the text, and so is what is copied.
        let select = "const part = document.querySelector('[data-message=m1] [data-part]');
            getSelection().selectAllChildren(part); return getSelection().toString()";
        assert_eq!(page.ask(select, json!(null)).await, json!(hostile::CONTROLS));
        // What turns letters around has no power: the letters after it stand one right of the other.
        let order = "const part = document.querySelector('[data-message=m1] [data-part]');
            const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
            while (walker.nextNode() && !walker.currentNode.data.includes('gnp.exe')) {}
            const at = walker.currentNode.data.indexOf('gnp.exe'), range = document.createRange();
            return [0, 1, 2, 3, 4, 5, 6].map(n => { range.setStart(walker.currentNode, at + n); range.setEnd(walker.currentNode, at + n + 1);
                return range.getBoundingClientRect().left; })";
        let lefts: Vec<f64> = serde_json::from_value(page.ask(order, json!(null)).await).unwrap();
        assert!(lefts.is_sorted_by(|a, b| a < b), "{lefts:?}");
        nothing_got_out(page).await;
    })
    .await;
}

#[tokio::test]
async fn media_show_on_a_click_or_not_at_all() {
    journey_with(&[Need::Debugging, Need::Requests], "media_show_on_a_click_or_not_at_all", async |page| {
        open(page, hostile::strange()).await;
        go_to(page, "media", "media").await;
        assert_eq!(page.count("[data-message=media] :is(img, audio, video, picture, source)").await, 0);
        page.click("Show").await;
        page.see_any("[data-message=media] img").await;
        let shown = page
            .ask(
                "return all('[data-message=media] :is(img, audio, video)').map(e => e.src.split(':')[0])",
                json!(null),
            )
            .await;
        assert_eq!(shown, json!(["blob"]), "the gif alone, from the export's own bytes");
        let offered = page.ask("return all('[data-message=media] button').map(words)", json!(null)).await;
        let shows =
            offered.as_array().unwrap().iter().filter(|words| words.as_str().unwrap().starts_with("Show"));
        assert_eq!(shows.count(), 0, "nothing else of it can be shown: {offered}");
        nothing_got_out(page).await;
    })
    .await;
}

#[tokio::test]
async fn depth_numbers_and_a_line_of_megabytes() {
    journey_with(&[Need::Debugging, Need::Requests], "depth_numbers_and_a_line_of_megabytes", async |page| {
        open(page, hostile::strange()).await;
        go_to(page, "long", "deep").await;
        let brackets = text_of(page, "deep").await.as_str().unwrap().matches('[').count();
        assert_eq!(brackets, hostile::DEEP);
        go_to(page, "long", "numbers").await;
        assert!(text_of(page, "numbers").await.as_str().unwrap().contains(&"9".repeat(400)));
        go_to(page, "long", "line").await;
        let length =
            "return document.querySelector('[data-message=line] [data-part]')?.textContent.length ?? null";
        let length = page.until("line", length, json!(null)).await;
        assert_eq!(length, json!(hostile::LINE));
        lives(page).await;
        nothing_got_out(page).await;
    })
    .await;
}

#[tokio::test]
async fn a_crowd_leaves_the_page_alive() {
    journey_with(&[Need::Debugging, Need::Requests], "a_crowd_leaves_the_page_alive", async |page| {
        open(page, hostile::crowded()).await;
        lives(page).await;
        page.see_any("[data-finding]").await;
        page.press("n").await;
        page.see_in_address("finding=").await;
        let nodes = page.count("*").await;
        println!("a crowd: {nodes} elements");
        nothing_got_out(page).await;
    })
    .await;
}

#[tokio::test]
async fn an_export_of_nothing_opens() {
    journey_with(&[Need::Debugging, Need::Requests], "an_export_of_nothing_opens", async |page| {
        open(page, hostile::empty()).await;
        page.see("Nothing yet").await;
        lives(page).await;
        nothing_got_out(page).await;
    })
    .await;
}
