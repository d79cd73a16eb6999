//! Going down a conversation: what it holds, although only what is near is on the page.

use super::page::Page;
use super::support::exports::sample;
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// What a conversation holds.
#[derive(Deserialize)]
pub struct Walked {
    /// The texts of each part, by message and index as `message/0`: one, where it stands once or the same each time.
    pub texts: BTreeMap<String, Vec<String>>,
    /// The text that each annotation lies over.
    pub marks: BTreeMap<String, String>,
    /// The annotations in the trays.
    pub trays: BTreeSet<String>,
}

const WALK: &str = r#"
    const done = arguments[arguments.length - 1];
    const pane = document.querySelector(".msgs");
    const texts = {}, marks = {}, trays = new Set();
    const frame = () => new Promise(resolve => requestAnimationFrame(resolve));
    // Rows are made a few in each frame: all are there once none has come for four frames.
    const allThere = async () => {
        for (let before = -1, still = 0; still < 4; ) {
            await frame();
            const now = pane.getElementsByTagName("*").length;
            still = now === before ? still + 1 : 0;
            before = now;
        }
    };
    (async () => {
        pane.scrollTop = 0;
        await allThere();
        for (let step = 0; step < 400; step++) {
            for (const part of pane.querySelectorAll("[data-part]")) {
                const message = part.closest("[data-message]")?.dataset.message ?? "";
                const there = (texts[message + "/" + part.dataset.part] ??= []);
                if (!there.includes(part.textContent)) there.push(part.textContent);
                const under = {};
                for (const mark of part.querySelectorAll("[data-annotation]")) {
                    for (const id of mark.dataset.annotation.split(" ")) under[id] = (under[id] ?? "") + mark.textContent;
                }
                Object.assign(marks, under);
            }
            for (const line of pane.querySelectorAll(".tray [data-annotation]")) trays.add(line.dataset.annotation);
            const before = pane.scrollTop;
            pane.scrollTop += pane.clientHeight / 2;
            await allThere();
            if (pane.scrollTop === before) break;
        }
        pane.scrollTop = 0;
        done({ texts, marks, trays: [...trays] });
    })();
"#;

/// Goes down the conversation that is shown, and back to its beginning.
pub async fn walk(page: &Page) -> Walked {
    let seen =
        page.browser.client.execute_async(WALK, vec![]).await.expect("a walk through the conversation");
    serde_json::from_value(seen).expect("what it holds")
}

/// The sample, as JSON.
pub fn sample_export() -> Value {
    serde_json::from_slice(&sample()).expect("JSON")
}

/// Opens the sample at the conversation of this number, counted from 1, with these parameters more.
pub async fn open_conversation(page: &Page, number: usize, more: &str) {
    let export = sample_export();
    let id = export["conversations"][number - 1]["id"].as_str().expect("an id");
    page.open(&format!("/#/conversations?source=sample&conversation={id}{more}")).await;
    page.ready().await;
    see_conversation(page, number).await;
    page.see_any(".msgs li").await;
    page.settled().await;
}

/// Waits until the conversation of this number is shown.
pub async fn see_conversation(page: &Page, number: usize) {
    let script = "return words(document.querySelector('.where')).startsWith(given)";
    page.until(&format!("conversation {number}"), script, json!(format!("{number} of "))).await;
}
