//! A conversation of a hundred thousand messages: higher than an engine lets anything be, and right all the same at both ends
//! and in between.

use super::journey::journey;
use super::page::Page;
use super::support::answer::Answer;
use super::support::exports::SAMPLE_PROJECT;
use serde_json::{Value, json};

const MESSAGES: usize = 100_000;

/// Messages of one line up to nine, in an order without a pattern, so that none is as high as is estimated.
fn export() -> Vec<u8> {
    let text = |nth: usize| format!("Message {nth}.{}", "\nOne line more.".repeat(nth * 7919 % 9));
    let message = |nth: usize| json!({ "id": format!("m{nth}"), "role": "user", "parts": [{ "type": "text", "content": text(nth) }] });
    let messages: Vec<Value> = (0..MESSAGES).map(message).collect();
    let export = json!({
        "project": { "id": SAMPLE_PROJECT, "name": "Many" },
        "conversations": [{ "id": "c", "messages": messages }],
        "annotations": { "automated": {}, "primary": {}, "review": {} },
    });
    serde_json::to_vec(&export).unwrap()
}

/// Goes to a fraction of the scroll, and waits until the view is full of messages that follow one another without a gap,
/// each with its own text. Gives the first and the last that begin or end in view.
async fn see_full_at(page: &Page, fraction: f64) -> (usize, usize) {
    let go = "const list = document.querySelector('.msgs');
        list.scrollTop = given * (list.scrollHeight - list.clientHeight); return null";
    page.ask(go, json!(fraction)).await;
    page.frames(10).await;
    let full = "const view = document.querySelector('.msgs').getBoundingClientRect();
        const rows = all('.msgs [data-row]').map(row => [Number(row.dataset.row), row.getBoundingClientRect(), row]);
        const isRow = ([nth, , row]) => row.querySelector('[data-part]')?.textContent.startsWith(`Message ${nth}.`);
        const follows = ([nth, place], at) =>
            at === 0 || (nth === rows[at - 1][0] + 1 && Math.abs(place.top - rows[at - 1][1].bottom) < 1);
        const seen = rows.filter(([, place]) => place.bottom > view.top && place.top < view.bottom);
        // What is at the end has room below it.
        const isLast = seen.at(-1)?.[0] === given - 1;
        const isFull = seen.length > 0 && seen[0][1].top <= view.top + 1
            && (isLast || seen.at(-1)[1].bottom >= view.bottom - 1);
        return isFull && rows.every(isRow) && rows.every(follows) && [seen[0][0], seen.at(-1)[0]]";
    let seen = page.until("a full view", full, json!(MESSAGES)).await;
    serde_json::from_value(seen).expect("two numbers")
}

/// Scrolls by so many pixels, frame after frame, and gives by how much what was in view has moved in each.
async fn moves(page: &Page, pixels: i32) -> Vec<f64> {
    let step = "delete document.body.dataset.moves;
        const list = document.querySelector('.msgs');
        const places = () => new Map(all('.msgs [data-row]').map(row => [row.dataset.row, row.getBoundingClientRect().top]));
        const moves = [];
        let before;
        const { port1, port2 } = new MessageChannel();
        // Told after the frame is drawn: before that, rows that were just made are not measured yet.
        const drawn = () => requestAnimationFrame(() => port2.postMessage(null));
        port1.onmessage = () => {
            const now = places();
            const stayed = [...before ?? []].find(([row]) => now.has(row));
            if (before) moves.push(stayed ? stayed[1] - now.get(stayed[0]) : null);
            if (moves.length === 40) { document.body.dataset.moves = JSON.stringify(moves); return; }
            before = now;
            list.scrollTop += given;
            drawn();
        };
        drawn();
        return null";
    page.ask(step, json!(pixels)).await;
    let moves =
        page.until("moves", "return JSON.parse(document.body.dataset.moves ?? 'null')", json!(null)).await;
    serde_json::from_value(moves).expect("a move in each frame")
}

#[tokio::test]
async fn a_hundred_thousand_messages_are_right_and_none_jumps() {
    journey("a_hundred_thousand_messages_are_right_and_none_jumps", async |page| {
        page.server.on(SAMPLE_PROJECT, Answer::json(export()));
        page.open(&format!("/#/conversations?source=api&project={SAMPLE_PROJECT}")).await;
        page.ready().await;
        let (first, _) = see_full_at(page, 0.0).await;
        assert_eq!(first, 0);
        for (fraction, ways) in [(0.5, [90, -90]), (0.9, [90, -90]), (1.0, [-90, 90])] {
            let (first, _) = see_full_at(page, fraction).await;
            let expected = fraction * MESSAGES as f64;
            assert!((first as f64 - expected).abs() < 1_000.0, "{first} at {fraction}");
            for pixels in ways {
                let moves = moves(page, pixels).await;
                // That far down Firefox places things in whole pixels only: each place is off by up to one.
                let jumps: Vec<_> = moves.windows(2).filter(|two| (two[1] - two[0]).abs() > 4.0).collect();
                assert!(jumps.is_empty(), "by {pixels} at {fraction}: {moves:?}");
            }
        }
        let (_, last) = see_full_at(page, 1.0).await;
        assert_eq!(last, MESSAGES - 1);
        page.open(&format!("/#/conversations?source=api&project={SAMPLE_PROJECT}&message=m77777")).await;
        page.ready().await;
        let is_in_view =
            "const row = document.querySelector('.msgs [data-row=\"77777\"]')?.getBoundingClientRect();
            const view = document.querySelector('.msgs').getBoundingClientRect();
            return row && row.top >= view.top - 2 && row.top < view.bottom";
        page.until("the message that a link names", is_in_view, json!(null)).await;
    })
    .await;
}
