//! Reading: the text is exact, marks lie where they belong, overlaps can be reached, tiers come and go.

use super::journey::{Need, journey, journey_with};
use super::keys::ENTER;
use super::page::Page;
use super::support::answer::Answer;
use super::support::exports::SAMPLE_PROJECT;
use super::walk::{open_conversation, sample_export, see_conversation, walk};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

#[tokio::test]
async fn every_text_is_exact_and_every_mark_lies_over_its_quote() {
    journey("every_text_is_exact_and_every_mark_lies_over_its_quote", async |page| {
        let export = sample_export();
        open_conversation(page, 1, "").await;
        let count = export["conversations"].as_array().unwrap().len();
        let (mut marks, mut trays) = (BTreeMap::new(), BTreeSet::new());
        let mut compared = 0;
        for number in 1..=count {
            see_conversation(page, number).await;
            let seen = walk(page).await;
            for message in export["conversations"][number - 1]["messages"].as_array().unwrap() {
                let id = message["id"].as_str().unwrap_or_default();
                for (index, part) in message["parts"].as_array().unwrap().iter().enumerate() {
                    if let Some(text) = text_of(part) {
                        let shown = seen.texts.get(&format!("{id}/{index}"));
                        assert_eq!(shown, Some(&vec![text.to_owned()]), "part {index} of message {id}");
                        compared += 1;
                    }
                }
            }
            marks.extend(seen.marks);
            trays.extend(seen.trays);
            page.press("j").await;
        }
        assert!(compared > 50, "{compared}");
        quotes_are_marked(&export, &marks, &trays);
    })
    .await;
}

/// The text of a part that is sent as a string under its usual name.
fn text_of(part: &Value) -> Option<&str> {
    match part["type"].as_str() {
        Some("text") => part["content"].as_str().or(part["text"].as_str()),
        _ => part.as_str(),
    }
}

/// Fails unless every annotation of the sample lies over its quote or in a tray.
fn quotes_are_marked(export: &Value, marks: &BTreeMap<String, String>, trays: &BTreeSet<String>) {
    let mut elsewhere = Vec::new();
    for (tier, map) in export["annotations"].as_object().unwrap() {
        for (key, list) in map.as_object().unwrap() {
            for annotation in list.as_array().unwrap() {
                let id = annotation["id"].as_str().unwrap();
                let quote = annotation["text"].as_str().unwrap_or_default();
                // A drawing widens to whole grapheme clusters; white space and escapes of a quote may be others.
                let folded = |text: &str| text.split_whitespace().collect::<String>();
                let plain =
                    serde_json::from_str(&format!("\"{quote}\"")).unwrap_or_else(|_| quote.to_owned());
                let is_marked = marks.get(id).is_some_and(|text| folded(text).contains(&folded(&plain)));
                if !is_marked && !trays.contains(id) {
                    elsewhere.push(format!("{tier} {key} {id} {quote:?}: {:?}", marks.get(id)));
                }
            }
        }
    }
    // One key of the sample names no message.
    assert!(elsewhere.len() <= 1, "{elsewhere:#?}");
}

#[tokio::test]
async fn an_annotation_under_two_others_can_be_selected() {
    journey("an_annotation_under_two_others_can_be_selected", async |page| {
        let export = sample_export();
        // Six marks of one tier over one word.
        open_conversation(page, 12, "").await;
        let message = export["conversations"][11]["messages"][2]["id"].as_str().unwrap();
        let review = export["annotations"]["review"][message].as_array().unwrap();
        let (x, y) = middle_of(page, "you should not").await;
        let mut visited = Vec::new();
        for _ in 0..review.len() {
            page.click_at(x, y).await;
            let before = visited.last().cloned();
            let script = "const finding = new URLSearchParams(location.hash.split('?')[1]).get('finding');
                return finding !== null && finding !== given ? finding : null";
            let finding = page.until("next finding", script, json!(before)).await;
            visited.push(finding.as_str().unwrap().to_owned());
        }
        let distinct: BTreeSet<&String> = visited.iter().collect();
        assert_eq!(distinct.len(), visited.len(), "each click goes on to the next: {visited:?}");
        page.click_at(x, y).await;
        page.see_in_address(&visited[0]).await;

        // The one that lies under all others is the longest, and so the last.
        let widest = &review[0];
        page.click_at(x, y).await;
        for _ in 0..review.len() {
            if page.shows_in_inspector(widest["id"].as_str().unwrap()).await {
                break;
            }
            page.click_at(x, y).await;
        }
        for key in ["id", "label", "status"] {
            page.see_in_inspector(widest[key].as_str().unwrap()).await;
        }
        page.see_in_inspector(&format!("{}–{}", widest["start_offset"], widest["end_offset"])).await;
        page.see_in_inspector(widest["explanation"].as_str().unwrap()).await;
    })
    .await;
}

/// The middle of the first piece of marked text that contains these words, in the window.
async fn middle_of(page: &Page, words: &str) -> (f64, f64) {
    let script = "const mark = all('.msgs mark.sg').find(e => e.textContent.includes(given));
        if (!mark) return null;
        mark.scrollIntoView({ block: 'center' });
        const box = mark.getClientRects()[0];
        return [box.left + box.width / 2, box.top + 8]";
    page.until("marked text", script, json!(words)).await;
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    let place = page.until("marked text", script, json!(words)).await;
    (place[0].as_f64().unwrap(), place[1].as_f64().unwrap())
}

/// Where the lines of every text on the page begin, and the texts.
const LINES: &str = "return all('.msgs [data-part]').map(part => {
    const starts = [], walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    let at = 0, left = Infinity;
    for (let node; (node = walker.nextNode()); ) {
        for (let i = 0; i < node.length; i++, at++) {
            const range = document.createRange();
            range.setStart(node, i);
            range.setEnd(node, i + 1);
            const box = range.getClientRects()[0];
            if (!box || box.width === 0) continue;
            if (box.left < left - 1 && (starts.length === 0 || box.left - left < -100)) starts.push(at);
            left = box.left;
        }
    }
    return [part.textContent, starts];
})";

#[tokio::test]
async fn a_tier_switched_off_takes_its_tracks_and_leaves_the_text() {
    journey("a_tier_switched_off_takes_its_tracks_and_leaves_the_text", async |page| {
        let export = sample_export();
        open_conversation(page, 1, "").await;
        page.see_any(".part.marked").await;
        let tracks = "return all('.msgs .part.marked').map(e =>
            ['--la', '--lp', '--lr'].map(name => Number(e.style.getPropertyValue(name)) > 0).join())";
        let before = page.ask(LINES, json!(null)).await;
        let shown = page.words_of(".msgs [data-finding]").await.len();
        let are = format!(
            "const all_tracks = (() => {{ {tracks} }})();
            return all_tracks.length > 0 && all_tracks.every(one => one === given)"
        );
        page.until("tracks of all tiers", &are, json!("true,true,true")).await;

        page.press("1").await;
        page.press("3").await;
        page.see_in_address("tiers=p").await;
        page.see_any(".tiers [aria-pressed=false]").await;
        page.until("tracks of Primary alone", &are, json!("false,true,false")).await;
        page.settled().await;
        let after = page.ask(LINES, json!(null)).await;
        assert_eq!(before, after, "the text and its lines stay as they are");
        let ids = "return all('.msgs mark[data-annotation]').flatMap(e => e.dataset.annotation.split(' '))";
        let ids: BTreeSet<String> = serde_json::from_value(page.ask(ids, json!(null)).await).unwrap();
        let primary = export["annotations"]["primary"].to_string();
        assert!(
            !ids.is_empty() && ids.iter().all(|id| primary.contains(id.as_str())),
            "only primary is left"
        );

        page.press("2").await;
        page.until("text without tracks", "return all('.msgs mark').length === 0", json!(null)).await;
        page.see_no(".msgs [data-finding]").await;
        page.settled().await;
        assert_eq!(page.ask(LINES, json!(null)).await, before);
        page.press("1").await;
        page.see_any(".msgs [data-finding]").await;
        page.settled().await;
        let automated = page.count(".msgs [data-finding]").await;
        assert!(automated < shown, "only findings that the tier has a mark in");
        page.press("2").await;
        page.press("3").await;
        page.until("address without tiers", "return !location.hash.includes('tiers=')", json!(null)).await;
        page.see_count(".msgs [data-finding]", shown).await;
        page.settled().await;
        assert_eq!(page.ask(LINES, json!(null)).await, before);
    })
    .await;
}

#[tokio::test]
async fn selected_text_is_the_text_alone() {
    journey("selected_text_is_the_text_alone", async |page| {
        open_conversation(page, 11, "").await;
        page.see_any(".part.marked").await;
        let script = "return all('.msgs .part.marked').map(part => {
            getSelection().selectAllChildren(part);
            const text = getSelection().toString();
            getSelection().removeAllRanges();
            return [text, part.textContent];
        })";
        let texts: Vec<(String, String)> =
            serde_json::from_value(page.ask(script, json!(null)).await).unwrap();
        assert!(!texts.is_empty());
        for (selected, text) in texts {
            assert_eq!(selected, text);
        }
    })
    .await;
}

#[tokio::test]
async fn reads_on_a_phone() {
    journey_with(&[Need::Debugging], "reads_on_a_phone", async |page| {
        page.resize(390, 844).await;
        open_conversation(page, 1, "").await;
        page.see("I forgot my Velmorin").await;
        let width = "return document.documentElement.scrollWidth";
        assert_eq!(page.ask(width, json!(null)).await, json!(390), "nothing sticks out at the side");
        page.press("n").await;
        page.see_in_inspector("Difference 1 of").await;
        let box_of = "const box = document.querySelector('.inspect').getBoundingClientRect();
            return [box.left >= 0, box.right <= innerWidth, box.top < innerHeight, box.height > 40]";
        let is_in_view = format!("const box = (() => {{ {box_of} }})(); return box.every(Boolean)");
        page.until("sheet in the window", &is_in_view, json!(null)).await;
        assert_eq!(page.ask(width, json!(null)).await, json!(390));
    })
    .await;
}

#[tokio::test]
async fn a_long_text_folds_and_stays_as_it_was_left() {
    journey("a_long_text_folds_and_stays_as_it_was_left", async |page| {
        let mut export = sample_export();
        let text = "A line of a long answer.\n".repeat(300);
        let part = json!({ "type": "text", "content": text });
        let message = json!({ "id": "long", "role": "assistant", "parts": [part] });
        let conversations = export["conversations"].as_array_mut().unwrap();
        conversations.insert(0, json!({ "id": "c-long", "messages": [message] }));
        page.server.on(SAMPLE_PROJECT, Answer::json(serde_json::to_vec(&export).unwrap()));
        page.open(&format!("/#/conversations?source=api&project={SAMPLE_PROJECT}&conversation=c-long")).await;
        page.ready().await;
        page.see("7,500 characters").await;
        page.see_no("details.fold[open]").await;
        // All of the text is there, folded or not.
        let exact = "return document.querySelector('[data-part]').textContent === given";
        page.until("exact text", exact, json!(text)).await;
        page.tab_to("A line of a long answer.").await;
        page.press(ENTER).await;
        page.see_any("details.fold[open]").await;
        page.press("j").await;
        see_conversation(page, 2).await;
        page.press("k").await;
        see_conversation(page, 1).await;
        page.see_any("details.fold[open]").await;
    })
    .await;
}

#[tokio::test]
async fn a_conversation_is_found_where_it_was_left() {
    journey("a_conversation_is_found_where_it_was_left", async |page| {
        open_conversation(page, 1, "").await;
        // Rows that come in above the view would move it.
        page.frames(30).await;
        let line = "const root = document.querySelector('.msgs'), top = root.getBoundingClientRect().top;
            const row = [...root.querySelectorAll('[data-index]')].find(e => e.getBoundingClientRect().bottom > top);
            return row && `${row.dataset.index} ${Math.round(row.getBoundingClientRect().top - top)}`";
        page.ask("document.querySelector('.msgs').scrollTop = 400", json!(null)).await;
        page.until("a place", "return document.querySelector('.msgs').scrollTop === 400", json!(null)).await;
        let left = page.ask(line, json!(null)).await;
        page.press("j").await;
        see_conversation(page, 2).await;
        page.until("its beginning", "return document.querySelector('.msgs').scrollTop === 0", json!(null)).await;
        page.press("k").await;
        see_conversation(page, 1).await;
        let is_back = format!("const line = () => {{ {line} }}; return line() === given");
        page.until("the place where it was left", &is_back, left.clone()).await;
        // The other screens keep it too.
        page.press("f").await;
        page.until("the findings", "return document.querySelector('.gbody') !== null", json!(null)).await;
        page.press("f").await;
        page.until("the place where it was left", &is_back, left).await;
    })
    .await;
}
