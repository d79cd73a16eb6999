//! Texts under many marks: drawn over some frames, or near the view only, and in the end as if they had not been.

use super::journey::journey;
use super::page::Page;
use super::support::answer::Answer;
use super::support::exports::{SAMPLE_PROJECT, sample};
use serde_json::{Value, json};

/// How long each mark is, in characters.
const LENGTH: usize = 24;

/// The sample with a conversation before all others whose one message says `text`, with a mark at each of these places.
fn marked(text: &str, places: impl Iterator<Item = usize>) -> Vec<u8> {
    let mut export: Value = serde_json::from_slice(&sample()).unwrap();
    let message = json!({
        "id": "crowded", "role": "assistant", "parts": [{ "type": "text", "content": text }],
    });
    let conversations = export["conversations"].as_array_mut().unwrap();
    conversations.insert(0, json!({ "id": "c-crowded", "messages": [message] }));
    let label = export["project"]["label_schema"][0]["name"].clone();
    let mark = |(nth, start): (usize, usize)| {
        let end = start + LENGTH;
        json!({
            "id": format!("crowded-{nth}"), "label": label, "status": "approved", "part_index": 0,
            "start_offset": start, "end_offset": end, "text": &text[start..end],
        })
    };
    let marks: Vec<Value> = places.enumerate().map(mark).collect();
    export["annotations"]["review"]["crowded"] = json!(marks);
    serde_json::to_vec(&export).unwrap()
}

/// Opens it at one of its marks, and waits until that and the exact text are there.
async fn open(page: &Page, text: &str, places: impl Iterator<Item = usize>, selected: usize) {
    page.server.on(SAMPLE_PROJECT, Answer::json(marked(text, places)));
    let address =
        format!("/#/conversations?source=api&project={SAMPLE_PROJECT}&annotation=crowded-{selected}");
    page.open(&address).await;
    page.ready().await;
    page.until("what is selected", "return all('mark.sg.sel').length > 0", json!(null)).await;
    page.until("exact text", EXACT, json!(text)).await;
}

/// Waits until the mark that starts here lies over its quote.
async fn see_over_quote(page: &Page, text: &str, nth: usize, start: usize) {
    page.until("a mark over its quote", UNDER, json!([nth, &text[start..start + LENGTH]])).await;
}

/// The text that an annotation lies over, put together from its segments.
const UNDER: &str = "return all(`[data-part] mark[data-annotation~='crowded-${given[0]}']`)
    .map(mark => mark.textContent).join('') === given[1]";

/// Whether the text is exact.
const EXACT: &str = "return document.querySelector('[data-part]').textContent === given";

#[tokio::test]
async fn a_message_full_of_marks_is_drawn_whole() {
    journey("a_message_full_of_marks_is_drawn_whole", async |page| {
        let text: String = (0..480).map(|nth| format!("w{nth:03} ")).collect();
        let places = || (0..450).map(|nth| nth * 5);
        open(page, &text, places(), 400).await;
        for (nth, start) in places().enumerate().step_by(30) {
            see_over_quote(page, &text, nth, start).await;
        }
        let edges = "const painted = all('mark.sg.sel');
            return painted.length > 1 && painted[0].matches('.sel-s') && painted.at(-1).matches('.sel-e')
                && painted.map(mark => mark.textContent).join('') === given";
        page.until("the selected mark's edges", edges, json!(&text[2_000..2_000 + LENGTH])).await;
    })
    .await;
}

#[tokio::test]
async fn a_long_text_is_marked_where_one_looks() {
    journey("a_long_text_is_marked_where_one_looks", async |page| {
        let text: String = (0..2_000).map(|nth| format!("Line {nth:04} of a long answer.\n")).collect();
        let places = || (0..1_000).map(|nth| nth * 56);
        // What is selected stands at the end; so that is where the text is shown.
        open(page, &text, places(), 999).await;
        let drawn = "return all('[data-part] mark').length";
        let elements = page.ask(drawn, json!(null)).await.as_u64().unwrap();
        assert!(elements < 500, "{elements} marks are drawn");
        for nth in [999, 990] {
            see_over_quote(page, &text, nth, nth * 56).await;
        }
        page.ask("document.querySelector('.msgs').scrollTop = 0; return null", json!(null)).await;
        // Wherever one is, what is selected stands.
        for nth in [0, 10, 999] {
            see_over_quote(page, &text, nth, nth * 56).await;
        }
        page.until("exact text", EXACT, json!(text)).await;
    })
    .await;
}

#[tokio::test]
async fn a_long_text_moves_by_as_much_as_it_is_scrolled() {
    journey("a_long_text_moves_by_as_much_as_it_is_scrolled", async |page| {
        // Lines of many lengths, so that no piece is as high as it is taken to be.
        let line = |nth: usize| format!("Line {nth:05}{}\n", " of a very long answer".repeat(nth * 7 % 23));
        let text: String = (0..1_200).map(line).collect();
        let places = || (0..600).map(|nth| nth * text.len() / 600);
        open(page, &text, places(), 599).await;
        page.frames(20).await;
        // Up through what was never laid out, past where plain text is cut into pieces, and down again.
        let hold = "const body = document.querySelector('.msgs'), { left, top, width, height } = body.getBoundingClientRect();
            const under = [0, 40, 80].map(down => document.elementFromPoint(left + width / 2, top + height / 2 + down));
            window.held = under.map(element => element?.closest('.piece')).find(Boolean);
            if (!held) return null;
            window.wasAt = held.getBoundingClientRect().top;
            body.scrollTop += given;
            return body.scrollTop";
        let moved = "return held.isConnected ? held.getBoundingClientRect().top - wasAt : null";
        for (step, pixels) in std::iter::repeat_n(-230, 60).chain(std::iter::repeat_n(230, 20)).enumerate() {
            let at = page.ask(hold, json!(pixels)).await;
            assert!(!at.is_null(), "no piece in the middle of step {step}");
            page.frames(4).await;
            let moved = page.ask(moved, json!(null)).await.as_f64().expect("the piece that was held");
            assert!((moved + f64::from(pixels)).abs() <= 2.0, "step {step}: {pixels} were asked for, {moved} seen");
        }
        page.until("exact text", EXACT, json!(text)).await;
        assert!(page.count(".piece").await > 12);
    })
    .await;
}
