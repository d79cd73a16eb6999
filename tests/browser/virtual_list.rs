//! A list that renders what is in view, of rows whose heights it learns as it goes.

use super::page::{Mounted, frame, scroll_to, until};
use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Element;

/// How many messages the conversation has.
const MESSAGES: usize = 500;

/// Messages of one line up to sixty, in an order without a pattern.
fn export() -> String {
    let text =
        |index: usize| (0..index * 7919 % 60 + 1).map(|line| format!("line {line}\n")).collect::<String>();
    let messages: Vec<_> = (0..MESSAGES)
        .map(|index| json!({ "id": format!("m{index}"), "role": "user", "parts": [{ "type": "text", "content": text(index) }] }))
        .collect();
    json!({
        "project": { "name": "Long" },
        "conversations": [{ "id": "c", "messages": messages }],
        "annotations": { "automated": {}, "primary": {}, "review": {} },
    })
    .to_string()
}

/// A row that is rendered: its index, and where it begins and ends in the window.
struct Row {
    index: usize,
    top: f64,
    bottom: f64,
}

fn rows(page: &Mounted) -> Vec<Row> {
    let row = |row: &Element| {
        let place = row.get_bounding_client_rect();
        let index = row.get_attribute("data-row").unwrap().parse().unwrap();
        Row { index, top: place.top(), bottom: place.bottom() }
    };
    page.all(".msgs [data-row]").iter().map(row).collect()
}

/// Whether each row that is rendered says to a screen reader which of how many it is.
fn all_say_their_place(page: &Mounted) -> bool {
    let number =
        |row: &Element, name: &str| row.get_attribute(name).and_then(|text| text.parse::<usize>().ok());
    page.all(".msgs [data-row]").iter().all(|row| {
        number(row, "aria-posinset") == number(row, "data-row").map(|index| index + 1)
            && number(row, "aria-setsize") == Some(MESSAGES)
    })
}

#[wasm_bindgen_test]
async fn only_what_is_in_view_is_rendered_and_all_can_be_reached() {
    let page = Mounted::with(&export()).await;
    until("rows", || rows(&page).len() > 1).await;
    let scroller = page.find(".msgs").unwrap();
    assert!(scroller.client_height() > 100 && scroller.scroll_height() > 10 * scroller.client_height());
    assert_eq!(rows(&page)[0].index, 0);
    assert!(rows(&page).len() < 40, "{}", rows(&page).len());
    assert!(all_say_their_place(&page));
    // Down to the end, whose place is known only once rows on the way are measured.
    for _ in 0..100 {
        scroll_to(&scroller, scroller.scroll_height()).await;
    }
    assert!(all_say_their_place(&page));
    let rows = rows(&page);
    assert!(rows.len() < 40, "{}", rows.len());
    let last = rows.last().unwrap();
    assert_eq!(last.index, MESSAGES - 1);
    assert!(last.bottom <= scroller.get_bounding_client_rect().bottom() + 1.0, "its end is in view");
}

#[wasm_bindgen_test]
async fn nothing_jumps_when_rows_above_are_measured() {
    let page = Mounted::with(&export()).await;
    until("rows", || rows(&page).len() > 1).await;
    let scroller = page.find(".msgs").unwrap();
    // Into the middle, over rows that were never measured.
    scroll_to(&scroller, scroller.scroll_height() / 2).await;
    for _ in 0..10 {
        frame().await;
    }
    const STEP: i32 = 60;
    let top_edge = scroller.get_bounding_client_rect().top();
    for step in 0..60 {
        let before = rows(&page).into_iter().find(|row| row.bottom > top_edge).expect("a row in view");
        scroll_to(&scroller, scroller.scroll_top() - STEP).await;
        let after =
            rows(&page).into_iter().find(|row| row.index == before.index).expect("the row, still there");
        let moved = after.top - before.top;
        assert!((moved - f64::from(STEP)).abs() <= 2.0, "step {step}: row {} moved by {moved}", before.index);
    }
}
