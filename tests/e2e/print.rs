//! Paper: the pages of numbers are printed whole and in light, with what they are of; what is not whole says so.

use super::journey::{Need, journey_with};
use super::page::Page;
use super::window::{set_feature, set_print};
use fantoccini::wd::PrintConfiguration;
use lopdf::Document;
use serde_json::json;

/// The inner width of a sheet of A4, in CSS pixels.
const SHEET: u32 = 703;

/// How many sheets a page takes, and their text with white space folded.
async fn printed(page: &Page) -> (usize, String) {
    let pdf = page.browser.client.print(PrintConfiguration::default()).await.expect("a document");
    let document = Document::load_mem(&pdf).expect("a PDF");
    let sheets: Vec<u32> = document.get_pages().keys().copied().collect();
    let text = document.extract_text(&sheets).expect("its text");
    (sheets.len(), text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The letters of a text. Where lines end, and which letters are drawn as one, is the printer's matter.
fn packed(text: &str) -> String {
    let mut text = text.to_owned();
    for (one, letters) in [('ﬀ', "ff"), ('ﬁ', "fi"), ('ﬂ', "fl"), ('ﬃ', "ffi"), ('ﬄ', "ffl")] {
        text = text.replace(one, letters);
    }
    text.retain(char::is_alphanumeric);
    text
}

/// What stands in all elements that a selector finds, without what is only spoken.
async fn drawn(page: &Page, selector: &str) -> Vec<String> {
    let script = r"const text = node => node.nodeType === 3 ? node.data
            : node.classList?.contains('vh') ? '' : [...node.childNodes].map(text).join('');
        return all(given).map(text)";
    serde_json::from_value(page.ask(script, json!(selector)).await).expect("texts")
}

/// Fails where a text is not on paper.
fn assert_on_paper(text: &str, words: &[String]) {
    let paper = packed(text);
    let missing: Vec<&String> = words.iter().filter(|words| !paper.contains(&packed(words))).collect();
    assert!(missing.is_empty(), "not on paper: {missing:?}\n{text}");
}

/// Fails where one of these texts is on paper, as what can only be used on a screen.
fn assert_not_on_paper(text: &str, words: &[&str]) {
    let paper = packed(text);
    let there: Vec<&&str> = words.iter().filter(|words| paper.contains(&packed(words))).collect();
    assert!(there.is_empty(), "on paper: {there:?}\n{text}");
}

/// Fails where something on the page, as paper shows it, is wider than where it stands, or stays dark.
async fn assert_nothing_is_cut(page: &Page) {
    page.resize(SHEET, 1000).await;
    set_feature(page, "prefers-color-scheme", "dark").await;
    let dark = page.ask("return getComputedStyle(document.body).color", json!(null)).await;
    set_print(page, true).await;
    let script = r"
        const cut = all('.pg, .pg *').filter(e => seen(e) && !e.closest('.vh') && e.getClientRects()[0].width > 1
            && e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0 && getComputedStyle(e).overflowX !== 'visible');
        const wide = all('.pg *').filter(e => seen(e) && !e.closest('.vh')
            && e.getBoundingClientRect().right > innerWidth + 1);
        return [...cut, ...wide].map(e => `${e.tagName}.${e.className} ${words(e).slice(0, 40)}`)";
    assert_eq!(page.ask(script, json!(null)).await, json!([]));
    let light = page.ask("return getComputedStyle(document.body).color", json!(null)).await;
    assert_ne!(light, dark, "ink on paper is dark");
    set_print(page, false).await;
    page.resize(1440, 900).await;
}

#[tokio::test]
async fn the_overview_is_printed_whole() {
    journey_with(&[Need::Debugging], "the_overview_is_printed_whole", async |page| {
        page.open("/#/overview?source=sample").await;
        page.ready().await;
        page.see("Nothing is dropped").await;
        page.see_any("[aria-labelledby=health] table").await;
        page.settled().await;
        let mut words = drawn(page, ".pg h1, .pg h2, .pg th, .pg td:not(:has(select)), .pg dt, .pg dd").await;
        words.push("Leaflet answers, round 2, export of ".to_owned());
        words.push("All of the export is counted.".to_owned());
        assert!(words.len() > 150, "{} texts", words.len());
        let (sheets, text) = printed(page).await;
        assert_on_paper(&text, &words);
        assert!((2..=8).contains(&sheets), "{sheets} sheets");
        assert_not_on_paper(&text, &["Download", "Open another", "Copy table"]);
        assert_nothing_is_cut(page).await;
    })
    .await;
}

#[tokio::test]
async fn agreement_is_printed_whole() {
    journey_with(&[Need::Debugging], "agreement_is_printed_whole", async |page| {
        page.open("/#/agreement?source=sample&rejected=1").await;
        page.ready().await;
        page.see_any(".perlabel").await;
        page.see_any(".scores .ci").await;
        page.settled().await;
        let mut words = drawn(page, ".pg h1, .pg h2, .pg th, .pg td:not(.cic)").await;
        words.push("Leaflet answers, round 2, export of ".to_owned());
        words.push("Counted on 22 of 66 messages. Rejected marks count like any other".to_owned());
        assert!(words.len() > 150, "{} texts", words.len());
        let (sheets, text) = printed(page).await;
        assert_on_paper(&text, &words);
        assert!((1..=6).contains(&sheets), "{sheets} sheets");
        assert_not_on_paper(&text, &["Download", "Copy table", "Count rejected marks"]);
        assert_nothing_is_cut(page).await;
    })
    .await;
}

#[tokio::test]
async fn what_is_not_printed_whole_says_so() {
    journey_with(&[Need::Debugging], "what_is_not_printed_whole_says_so", async |page| {
        for (screen, selector) in [("findings", ".grid .row"), ("conversations", ".ledger")] {
            page.open(&format!("/#/{screen}?source=sample")).await;
            page.ready().await;
            page.see_any(selector).await;
            let (_, text) = printed(page).await;
            assert_on_paper(&text, &["Printed here: the".to_owned(), " on screen".to_owned()]);
        }
    })
    .await;
}
