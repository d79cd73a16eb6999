//! Coming back the next morning: the place, the ticks, and what is kept of them.

use super::journey::journey;
use super::page::Page;
use super::support::answer::Answer;
use super::support::exports::{SAMPLE_PROJECT, sample, sample_path};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::time::Duration;

/// Everything that the browser keeps for the page.
async fn kept(page: &Page) -> String {
    let script = "return JSON.stringify([{ ...localStorage }, { ...sessionStorage }])";
    page.ask(script, json!(null)).await.as_str().unwrap().to_owned()
}

async fn open_file(page: &Page) {
    page.choose_file(&sample_path()).await;
    page.ready().await;
}

#[tokio::test]
async fn a_reload_says_what_was_open_and_leads_back() {
    journey("a_reload_says_what_was_open_and_leads_back", async |page| {
        page.open("/").await;
        open_file(page).await;
        for _ in 0..4 {
            page.press("n").await;
        }
        page.see("Difference 4").await;
        let address = page.address().await;
        page.until(
            "a place in the storage",
            "return JSON.stringify(localStorage).includes('finding')",
            json!(null),
        )
        .await;
        page.browser.client.refresh().await.unwrap();
        page.see(&format!("You had project {SAMPLE_PROJECT} open last, from a file.")).await;
        open_file(page).await;
        page.see("Difference 4").await;
        assert_eq!(page.address().await, address);
        page.see_any("mark.sg.sel").await;

        // The next morning there is no address either.
        page.open("/").await;
        page.see("Choose its file again").await;
        open_file(page).await;
        page.see("Last time you were at conversation").await;
        page.click("Go there").await;
        page.see("Difference 4").await;
        page.see_any("mark.sg.sel").await;
        page.see_gone("Last time you were").await;

        // Who read on elsewhere finds the last difference again as well.
        page.press("j").await;
        let is_elsewhere = "return !JSON.stringify(localStorage).includes('finding=')";
        page.until("the next place in the storage", is_elsewhere, json!(null)).await;
        page.open("/").await;
        open_file(page).await;
        page.click("To the last difference").await;
        page.see("Difference 4").await;

        page.open("/").await;
        page.click("Forget").await;
        page.see_gone("You had project").await;
        open_file(page).await;
        page.frames(10).await;
        assert!(!page.shows("Last time you were").await);
    })
    .await;
}

#[tokio::test]
async fn what_was_forgotten_is_not_noted_again_by_itself() {
    journey("what_was_forgotten_is_not_noted_again_by_itself", async |page| {
        page.open("/").await;
        open_file(page).await;
        page.press("n").await;
        page.press("x").await;
        page.see_any(".seen[aria-pressed=true]").await;
        let is_noted = "return Object.keys(localStorage).some(name => name.endsWith(given))";
        page.until("the project in the storage", is_noted, json!(SAMPLE_PROJECT)).await;
        page.click("Help").await;
        page.click("Forget places and ticks").await;
        let is_gone = format!("{} === false", is_noted.trim_start_matches("return "));
        page.until("a storage without the project", &format!("return {is_gone}"), json!(SAMPLE_PROJECT))
            .await;
        // Longer than it takes to note a place.
        tokio::time::sleep(Duration::from_secs(1)).await;
        assert_eq!(page.ask(is_noted, json!(SAMPLE_PROJECT)).await, json!(false));
        page.browser.client.back().await.unwrap();
        page.see("Difference 1").await;
        page.until("the next place in the storage", is_noted, json!(SAMPLE_PROJECT)).await;
        assert_eq!(page.count(".seen[aria-pressed=true]").await, 0);
    })
    .await;
}

#[tokio::test]
async fn where_a_link_leads_is_noted_without_a_step() {
    journey("where_a_link_leads_is_noted_without_a_step", async |page| {
        let export: Value = serde_json::from_slice(&sample()).unwrap();
        let message = export["conversations"][1]["messages"][1]["id"].as_str().expect("an id");
        page.server.on(SAMPLE_PROJECT, Answer::json(sample()));
        page.open(&format!("/#/conversations?source=api&project={SAMPLE_PROJECT}&message={message}")).await;
        page.ready().await;
        let is_noted = "return JSON.stringify(localStorage).includes(given)";
        page.until("the place in the storage", is_noted, json!(format!("message={message}"))).await;
    })
    .await;
}

#[tokio::test]
async fn differences_are_ticked_as_seen_and_stay_so() {
    journey("differences_are_ticked_as_seen_and_stay_so", async |page| {
        page.server.on(SAMPLE_PROJECT, Answer::json(sample()));
        page.open("/").await;
        page.fetch("", SAMPLE_PROJECT, "sk-ticks", "").await;
        page.ready().await;
        page.press("n").await;
        page.see("Difference 1").await;
        page.press("x").await;
        page.see_any(".seen[aria-pressed=true]").await;
        page.see_any(".ledger [data-finding] .tick").await;
        page.press("n").await;
        page.see("Difference 2").await;
        page.press("x").await;
        let all: u64 = number(&page.words_of(".inspect .bar .n").await.concat());
        page.see(&format!("{} left", all - 2)).await;
        // A wrong tick is taken off by the same key.
        page.press("x").await;
        page.see(&format!("{} left", all - 1)).await;
        page.press("p").await;
        page.see("Difference 1").await;
        page.click(&format!("{} left", all - 1)).await;
        page.see("Difference 2").await;
        page.press("f").await;
        page.see_any(".gbody .tick").await;
        page.settled().await;
        assert_eq!(page.count(".gbody .tick").await, 1);
        page.press("f").await;

        // At once: what is not written yet is written on leaving.
        page.open("/").await;
        page.see("1 difference is ticked as seen").await;
        page.fetch("", SAMPLE_PROJECT, "sk-ticks", "").await;
        page.ready().await;
        page.press("n").await;
        page.see_any(".seen[aria-pressed=true]").await;

        // What is kept are ids: no word of a message, no key.
        let kept = kept(page).await;
        assert!(!kept.contains("sk-ticks"), "{kept}");
        let words = |text: &str| -> BTreeSet<String> {
            text.split(|c: char| !c.is_alphabetic()).filter(|word| word.chars().count() > 3).map(str::to_lowercase).collect()
        };
        let export: Value = serde_json::from_slice(&sample()).unwrap();
        let mut texts = String::new();
        collect(&export["conversations"], &mut texts);
        let of_the_app = words("labelscope project place conversations conversation message finding annotation difference seen last file api theme");
        let of_ids: BTreeSet<String> = words(&export["annotations"].to_string()).into_iter().filter(|word| word.chars().all(|c| c.is_ascii_hexdigit())).collect();
        let told: Vec<String> = words(&kept)
            .intersection(&words(&texts))
            .filter(|word| !of_the_app.contains(*word) && !of_ids.contains(*word))
            .cloned()
            .collect();
        assert!(told.is_empty(), "{told:?} in {kept}");
    })
    .await;
}

/// The last number in some words.
fn number(words: &str) -> u64 {
    let digits: Vec<&str> =
        words.split(|c: char| !c.is_ascii_digit()).filter(|word| !word.is_empty()).collect();
    digits.last().unwrap().parse().unwrap()
}

/// Every text of a part.
fn collect(value: &Value, texts: &mut String) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                match value {
                    Value::String(text) if ["content", "arguments", "response"].contains(&name.as_str()) => {
                        *texts += text;
                        texts.push(' ');
                    }
                    value => collect(value, texts),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, texts)),
        _ => {}
    }
}
