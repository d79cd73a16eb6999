//! Each kind of part: the text that is shown and marked, and what is shown beside it, laid out as on the page.
//!
//! The words around them (titles, buttons) stand in the components.

use super::read;
use expect_test::{Expect, expect};
use labelscope_core::domain::{Part, PartKind};
use labelscope_core::logic::serialise::{Serialised, part_text};

/// Reads `parts`, one JSON value a line, as the parts of one message, and prints each as it is laid out.
fn check(parts: &str, expected: Expect) {
    let parts = parts.trim().lines().map(str::trim).collect::<Vec<_>>().join(",");
    let json = format!(
        r#"{{"conversations":[{{"id":"c","messages":[{{"id":"m","parts":[{parts}]}}]}}],"project":{{}},"annotations":{{}}}}"#
    );
    let (export, result) = read(&json);
    assert_eq!(result, Ok(()));
    let message = export.conversations.first().unwrap().messages.first().unwrap();
    expected.assert_eq(&message.parts.iter().map(shown).collect::<String>());
}

fn shown(part: &Part) -> String {
    let text = match (&part.kind, part_text(part)) {
        (PartKind::Foreign(value), _) => format!("value:\n{}\n", Serialised::shown(value).text),
        (_, Some(text)) => format!("text:\n{text}\n"),
        (_, None) => String::new(),
    };
    let fields = part.extra.iter();
    let fields = fields.map(|field| format!("{}: {}\n", field.name, Serialised::shown(&field.value).text));
    format!("[{}]\n{text}{}", part.kind.key(), fields.collect::<String>())
}

#[test]
fn every_kind_shows_its_text_and_what_else_it_holds() {
    check(
        r#"
        {"type":"text","content":"Take\n  **one** tablet.","annotations":[]}
        "a bare string"
        {"type":"thinking","thinking":"Twice?","signature":"c2ln"}
        {"type":"redacted_thinking","data":"b3BhcXVl"}
        {"type":"refusal","refusal":"no"}
        {"type":"text","content":7.50}
        {"type":"compaction","id":"k1","content":"Earlier turns, shortened."}
        {"type":"tool_call","id":"c1","name":"f","arguments":{"z":1.50,"a":["é\u00e9",{}],"b":[]},"builtin":true}
        {"type":"tool_call","id":"c1","name":"f","arguments":"{\"z\": 1}"}
        {"type":"tool_call","name":"f"}
        {"type":"tool_call_response","id":"c1","response":"Max 4 g per day"}
        {"type":"tool_call_response","id":"c1","result":[1,2]}
        {"type":"tool_call_response","id":"c1","response":false}
        {"type":"server_tool_call","id":"s1","name":"web_search","server_tool_call":{"type":"web_search","query":"dose"}}
        {"type":"server_tool_call_response","id":"s1","server_tool_call_response":{"hits":2}}
        {"type":"blob","modality":"image","mime_type":"image/png","content":"iVBORw0="}
        {"type":"uri","modality":"image","uri":"https://example.org/pill.png"}
        {"type":"file","modality":"file","file_id":"file-77"}
        {"type":"tool_approval_request","approval_id":"a1","tool_call_id":"c1"}
        {"type":"custom","content":"shown","deep":{"a":[1]}}
        {"content":"no type"}
        {}
        ["a",{"type":"text"}]
        "#,
        expect![[r#"
            [text]
            text:
            Take
              **one** tablet.
            annotations: []
            [text]
            text:
            a bare string
            [reasoning]
            text:
            Twice?
            signature: "c2ln"
            [reasoning]
            data: "b3BhcXVl"
            [text]
            text:
            no
            [text]
            content: 7.50
            [compaction]
            text:
            Earlier turns, shortened.
            id: "k1"
            [tool_call]
            text:
            {
              "z": 1.50,
              "a": [
                "éé",
                {}
              ],
              "b": []
            }
            builtin: true
            [tool_call]
            text:
            {"z": 1}
            [tool_call]
            [tool_call_response]
            text:
            Max 4 g per day
            [tool_call_response]
            text:
            [
              1,
              2
            ]
            [tool_call_response]
            text:
            false
            [server_tool_call]
            id: "s1"
            name: "web_search"
            server_tool_call: {
              "type": "web_search",
              "query": "dose"
            }
            [server_tool_call_response]
            id: "s1"
            server_tool_call_response: {
              "hits": 2
            }
            [blob]
            modality: "image"
            mime_type: "image/png"
            [uri]
            modality: "image"
            [file]
            modality: "file"
            [approval]
            approval_id: "a1"
            tool_call_id: "c1"
            [other]
            text:
            shown
            deep: {
              "a": [
                1
              ]
            }
            [text]
            text:
            no type
            [other]
            [other]
            value:
            [
              "a",
              {
                "type": "text"
              }
            ]
        "#]],
    );
}
