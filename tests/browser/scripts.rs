//! Texts of other scripts under marks, as they are laid out: what a mark cuts does not move, and each piece of a mark
//! stands in one place.

use super::page::{Mounted, until};
use serde_json::json;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{DomRect, Element, Node};

/// Texts, each with marks from and to in code points that cut words and clusters.
const TEXTS: [(&str, &[(usize, usize)]); 6] = [
    ("لا تتناول أكثر من ثلاثة أقراص في اليوم", &[(3, 6), (5, 14), (12, 20)]),
    ("भोजन के साथ दिन में दो बार दो गोलियाँ लें, क्षमता के अनुसार।", &[(1, 3), (12, 20), (41, 44)]),
    ("每日两次，每次两片，随餐服用。任何二十四小时内不得超过八片", &[(2, 8), (7, 9)]),
    ("The family 👨‍👩‍👧‍👦 may share it 👩🏽‍⚕️ says 🇫🇷.", &[(4, 14), (12, 20)]),
    ("Take לא יותר משלוש tablets a day", &[(2, 8), (5, 18), (10, 26)]),
    ("ṩ̂ắ̤ Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘!", &[(0, 5), (9, 20)]),
];

fn export() -> String {
    let mut parts = Vec::new();
    let mut annotations = Vec::new();
    for (part, (text, marks)) in TEXTS.iter().enumerate() {
        parts.push(json!({ "type": "text", "content": text }));
        for (number, (start, end)) in marks.iter().enumerate() {
            let slice: String = text.chars().skip(*start).take(end - start).collect();
            annotations.push(json!({
                "id": format!("{part}-{number}"), "label": "error", "status": "accepted",
                "message_part_index": part, "start_offset": start, "end_offset": end, "text": slice,
            }));
        }
    }
    json!({
        "project": { "name": "Scripts" },
        "conversations": [{ "id": "c", "messages": [{ "id": "m", "role": "assistant", "parts": parts }] }],
        "annotations": { "automated": {}, "primary": {}, "review": { "m": annotations } },
    })
    .to_string()
}

/// The text nodes of an element in the order of the text.
fn text_nodes(element: &Node) -> Vec<Node> {
    let children = element.child_nodes();
    let children = (0..children.length()).filter_map(|at| children.get(at));
    children
        .flat_map(|child| if child.node_type() == Node::TEXT_NODE { vec![child] } else { text_nodes(&child) })
        .collect()
}

/// Where the words of an element are, in the order of the text: what a range from start to end of each spans.
fn words(element: &Element) -> Vec<(String, DomRect)> {
    let nodes = text_nodes(element);
    let text = element.text_content().unwrap();
    let place = |at: usize| {
        let mut before = 0;
        for node in &nodes {
            let length = node.text_content().unwrap().encode_utf16().count();
            if at <= before + length {
                return (node, u32::try_from(at - before).unwrap());
            }
            before += length;
        }
        panic!("{at} is beyond the text");
    };
    let mut words = Vec::new();
    let mut at = 0;
    for word in text.split_inclusive([' ', '，', '。']) {
        let end = at + word.encode_utf16().count();
        let range = web_sys::window().unwrap().document().unwrap().create_range().unwrap();
        let ((first, from), (last, to)) = (place(at), place(end));
        range.set_start(first, from).unwrap();
        range.set_end(last, to).unwrap();
        words.push((word.to_owned(), range.get_bounding_client_rect()));
        at = end;
    }
    words
}

#[wasm_bindgen_test]
async fn marks_move_no_letter() {
    let page = Mounted::with(&export()).await;
    until("marks", || page.all("[data-part] mark.sg").len() > 12).await;
    for (part, (text, _)) in TEXTS.iter().enumerate() {
        let marked = page.find(&format!("[data-part='{part}']")).unwrap();
        assert_eq!(marked.text_content().unwrap(), *text);
        // The same element with nothing in it but the text, in the same place.
        let before = words(&marked);
        let plain: Element = marked.clone_node().unwrap().unchecked_into();
        plain.set_text_content(Some(text));
        marked.parent_element().unwrap().replace_child(&plain, &marked).unwrap();
        let after = words(&plain);
        plain.parent_element().unwrap().replace_child(&marked, &plain).unwrap();
        assert_eq!(before.len(), after.len());
        for ((word, one), (_, other)) in before.iter().zip(&after) {
            let apart = [one.left() - other.left(), one.right() - other.right(), one.top() - other.top()];
            assert!(apart.iter().all(|by| by.abs() < 0.6), "{word:?} of {text:?} moves by {apart:?}");
        }
    }
}

#[wasm_bindgen_test]
async fn each_piece_of_a_mark_stands_in_one_place() {
    let page = Mounted::with(&export()).await;
    until("marks", || page.all("[data-part] mark.sg").len() > 12).await;
    for segment in page.all("[data-part] mark.sg:not(.caret)") {
        let rects = segment.get_client_rects();
        let tops: Vec<f64> = (0..rects.length()).map(|at| rects.item(at).unwrap().top()).collect();
        let lines: std::collections::BTreeSet<String> = tops.iter().map(|top| format!("{top:.0}")).collect();
        assert_eq!(tops.len(), lines.len(), "{:?} stands in two places of a line", segment.text_content());
    }
    // What runs against its text says so, and begins where the others end.
    let against = page.all("[data-part='4'] mark.sg.against");
    assert!(!against.is_empty());
    for segment in against {
        let style = web_sys::window().unwrap().get_computed_style(&segment).unwrap().unwrap();
        assert_eq!(style.get_property_value("direction").unwrap(), "rtl");
        let hebrew = |character: char| ('\u{590}'..'\u{600}').contains(&character) || character == ' ';
        assert!(segment.text_content().unwrap().chars().all(hebrew));
    }
}
