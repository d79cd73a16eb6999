//! A part's text under its marks.

use super::page::{Mounted, until};
use serde_json::json;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

const TEXT: &str = "  A 👩‍⚕️ said:\n\ttwo  spaces, <b>no</b> &amp; no markup. \u{202b}نص\u{202c} end \n";

/// Name, start and end in code points, and where the drawing starts: before a start inside a grapheme cluster.
const MARKS: [(&str, usize, usize, usize); 7] = [
    ("whole", 0, 66, 0),
    ("outer", 2, 30, 2),
    ("nested", 5, 9, 4),
    ("crossing", 25, 40, 25),
    ("adjacent", 40, 44, 40),
    ("blank", 14, 16, 14),
    ("nothing", 20, 20, 20),
];

fn slice(start: usize, end: usize) -> String {
    TEXT.chars().skip(start).take(end - start).collect()
}

fn export() -> String {
    let annotations: Vec<_> = MARKS
        .iter()
        .map(|&(id, start, end, _)| {
            json!({
                "id": id, "label": "error", "status": "accepted", "message_part_index": 0,
                "start_offset": start, "end_offset": end, "text": slice(start, end),
            })
        })
        .collect();
    json!({
        "project": { "name": "Marks" },
        "conversations": [{ "id": "c", "messages": [
            { "id": "m", "role": "assistant", "parts": [{ "type": "text", "content": TEXT }] },
        ]}],
        "annotations": { "automated": {}, "primary": {}, "review": { "m": annotations } },
    })
    .to_string()
}

#[wasm_bindgen_test]
async fn text_is_exact_and_marks_lie_over_their_slices() {
    assert_eq!(MARKS[0].2, TEXT.chars().count());
    let page = Mounted::with(&export()).await;
    until("marks", || page.find("mark.sg").is_some()).await;
    let part = page.find("[data-part='0']").unwrap();
    assert_eq!(part.text_content().unwrap(), TEXT);
    assert!(page.all("[data-part] b").is_empty(), "text became markup");
    for (id, _, end, drawn) in MARKS {
        let segments = page.all(&format!("[data-part] [data-annotation~='{id}']"));
        assert!(!segments.is_empty(), "{id} is nowhere");
        let text: String = segments.iter().map(|segment| segment.text_content().unwrap()).collect();
        assert_eq!(text, slice(drawn, end), "{id}");
    }
    for segment in page.all("[data-part] mark.sg:not(.caret)") {
        let segment: HtmlElement = segment.unchecked_into();
        let bars = segment.style().get_property_value("--bars").unwrap();
        assert!(!bars.is_empty(), "a segment without bars");
    }
}

#[wasm_bindgen_test]
async fn what_is_clicked_is_selected_and_tinted() {
    let page = Mounted::with(&export()).await;
    until("marks", || page.find("mark.sg").is_some()).await;
    let nested: HtmlElement = page.find("[data-annotation~='nested']").unwrap().unchecked_into();
    nested.click();
    until("tint", || page.find("mark.sg.sel").is_some()).await;
    let tinted: String =
        page.all("mark.sg.sel").iter().map(|segment| segment.text_content().unwrap()).collect();
    let drawn: String = page
        .all("[data-part] [data-annotation~='nested']")
        .iter()
        .map(|one| one.text_content().unwrap())
        .collect();
    assert_eq!(tinted, drawn, "the shortest under the pointer comes first");
}

/// A part of 400 lines with a mark on each.
fn long_export() -> (String, String) {
    let line = |number: usize| format!("Line {number:03} says nothing that would be worth a second look.\n");
    let text: String = (0..400).map(line).collect();
    let length = line(0).len();
    let annotations: Vec<_> = (0..400)
        .map(|number| {
            json!({
                "id": format!("line-{number}"), "label": "error", "status": "accepted", "message_part_index": 0,
                "start_offset": number * length, "end_offset": number * length + 8, "text": &line(number)[..8],
            })
        })
        .collect();
    let export = json!({
        "project": { "name": "Long" },
        "conversations": [{ "id": "c", "messages": [
            { "id": "m", "role": "assistant", "parts": [{ "type": "text", "content": text }] },
        ]}],
        "annotations": { "automated": {}, "primary": {}, "review": { "m": annotations } },
    });
    (text, export.to_string())
}

#[wasm_bindgen_test]
async fn long_text_is_whole_and_marked_where_it_is_in_sight() {
    let (text, export) = long_export();
    let page = Mounted::with(&export).await;
    until("marks", || page.find("[data-part] mark.sg").is_some()).await;
    let part = page.find("[data-part='0']").unwrap();
    assert_eq!(part.text_content().unwrap(), text);
    let marks = || page.all("[data-part] mark.sg").len();
    assert!(marks() < 200, "{} marks are drawn at once", marks());
    assert!(page.find("[data-annotation~='line-390']").is_none(), "the end of the text is drawn");
    // What is selected is drawn wherever it is.
    let location = web_sys::window().unwrap().location();
    location.set_hash("#/conversations?annotation=line-390&v=1").unwrap();
    until("the last lines", || page.find("mark.sg.sel[data-annotation~='line-390']").is_some()).await;
    assert_eq!(page.find("[data-annotation~='line-390']").unwrap().text_content().unwrap(), "Line 390");
    until("the first lines without marks", || page.find("[data-annotation~='line-0']").is_none()).await;
    assert_eq!(part.text_content().unwrap(), text);
}
