//! Exports as a stranger may send them: to be opened or refused with a sentence, never to be run, fetched or choked on.
//!
//! Belongs here: making their bytes. Does not belong here: what must become of them, which the tests say that share them.

#![allow(dead_code, reason = "each test binary uses some of these")]

use serde_json::{Value, json};
use std::fmt::Write;

/// The id of the project of each of them.
pub const PROJECT: &str = "00000000-0000-4000-8000-0000000000e1";

/// Where nothing may ever be asked for.
pub const ELSEWHERE: &str = "https://tracker.invalid";

/// Sets `window.ran` where it is taken for more than text.
pub const MARKUP: &str = "<img src=\"https://tracker.invalid/pixel.gif\" onerror=\"window.ran=1\">\
    <script>window.ran=1</script><svg onload=\"window.ran=1\"><style>*{display:none}</style>\
    <a href=\"javascript:window.ran=1\">here</a><iframe src=\"https://tracker.invalid/\"></iframe>{{7*7}}${7*7}";

/// Text that moves a terminal, ends a string, or turns the letters after it around.
pub const CONTROLS: &str = "NUL \0 bell \u{7} \u{1b}[31mred\u{1b}[0m \u{9b}2J \u{1b}]8;;https://tracker.invalid\u{7}link\u{1b}]8;;\u{7} \
    over \u{202e}gnp.exe\u{202c} isolate \u{2067}abc\u{2069} mark \u{feff} line \u{2028} end";

/// Never closed: what turned the letters around reaches as far as it is let.
pub const UNCLOSED: &str = "\u{202e}\u{2067}\u{202e} turned around";

/// How deep the JSON of [`strange`] goes.
pub const DEEP: usize = 10_000;

/// How long its longest line is, in bytes.
pub const LINE: usize = 5_000_000;

/// One of everything that a stranger may write, in an export that is one.
pub fn strange() -> Vec<u8> {
    let names = [MARKUP, CONTROLS, UNCLOSED, "__proto__", "constructor", "javascript:window.ran=1"];
    let schema: Vec<Value> = names
        .iter()
        .map(|name| json!({ "name": name, "description": name, "__proto__": { "ran": 1 } }))
        .collect();
    let project = json!({ "id": PROJECT, "name": UNCLOSED, "slug": MARKUP, "status": CONTROLS,
        "updated_at": "javascript:window.ran=1", "label_schema": schema, "__proto__": { "polluted": true },
        "homepage": "javascript:window.ran=1" });
    let mut conversations: Vec<String> = names
        .iter()
        .zip(0..)
        .map(|(name, nth)| {
            json!({ "id": format!("c{nth}"), "messages": [
                { "id": format!("m{nth}"), "role": name, "gen_ai.request.model": name, "parts": [{ "type": "text", "content": name }] },
                { "id": format!("n{nth}"), "role": "assistant", "parts": [{ "type": name, "content": name, "__proto__": name }] },
            ]})
            .to_string()
        })
        .collect();
    conversations.push(media());
    conversations.push(long_values());
    let annotations: Vec<String> = names
        .iter()
        .zip(0..)
        .map(|(name, nth)| {
            let annotation = json!([{ "id": format!("a{nth}"), "label": name, "status": name, "text": name, "explanation": name,
                "start_offset": 0, "end_offset": name.chars().count(), "message_part_index": 0 }]);
            format!(r#""m{nth}":{annotation}"#)
        })
        .collect();
    let annotations = annotations.join(",");
    format!(
        r#"{{"project":{project},"__proto__":{{"polluted":true}},"conversations":[{}],"annotations":{{"automated":{{{annotations}}},"primary":{{}},"review":{{{annotations},{}}}}}}}"#,
        conversations.join(","),
        repeated_key(),
    )
    .into_bytes()
}

/// What shows pictures and sounds, near and far, safe and not.
fn media() -> String {
    let pixel = "R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==";
    let blob = |mime: &str, data: &str| json!({ "type": "blob", "modality": "image", "mime_type": mime, "content": data });
    let svg = "PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIG9ubG9hZD0id2luZG93LnJhbj0xIi8+";
    let uri = |uri: String, mime: &str| json!({ "type": "uri", "modality": "image", "mime_type": mime, "uri": uri });
    json!({ "id": "media", "messages": [{ "id": "media", "role": "assistant", "parts": [
        blob("image/gif", pixel),
        blob("image/svg+xml", svg),
        blob("text/html", "PHNjcmlwdD53aW5kb3cucmFuPTE8L3NjcmlwdD4="),
        uri(format!("{ELSEWHERE}/far.png"), "image/png"),
        uri("javascript:window.ran=1".to_owned(), "image/png"),
        uri(format!("data:text/html,{MARKUP}"), "text/html"),
        json!({ "type": "file", "modality": "video", "mime_type": "video/mp4", "file_id": format!("{ELSEWHERE}/film.mp4") }),
    ]}]})
    .to_string()
}

/// JSON that is deep, numbers that no type holds, halves of pairs, and a line of megabytes.
fn long_values() -> String {
    let deep = format!("{}\"needle\"{}", "[".repeat(DEEP), "]".repeat(DEEP));
    let digits = "9".repeat(400);
    let line = "0123456789".repeat(LINE / 10);
    format!(
        r#"{{"id":"long","messages":[
        {{"id":"deep","role":"tool","parts":[{{"type":"tool_call_response","response":{deep}}}]}},
        {{"id":"numbers","role":"assistant","parts":[{{"type":"tool_call","name":"count","arguments":{{"big":{digits},"exponent":1e{digits},"\ud800":"\udfff"}}}}]}},
        {{"id":"line","role":"assistant","parts":[{{"type":"text","content":"{line}"}}]}}]}}"#
    )
}

/// The same key ten thousand times inside a tier.
fn repeated_key() -> String {
    let mut keys = String::new();
    for nth in 0..10_000 {
        let comma = if nth > 0 { "," } else { "" };
        let _ = write!(keys, r#"{comma}"line":[{{"id":"r{nth}","label":"__proto__","text":"89012"}}]"#);
    }
    keys
}

/// How many annotations lie on the one message of [`crowded`].
pub const ANNOTATIONS: usize = 50_000;
/// How many labels its schema has; each annotation bears another.
pub const LABELS: usize = 100_000;

/// A message with [`ANNOTATIONS`] annotations in each of two tiers, in a project with [`LABELS`] labels.
pub fn crowded() -> Vec<u8> {
    let text = "All work and no play makes a dull text. ".repeat(500);
    let mut document = format!(r#"{{"project":{{"id":"{PROJECT}","name":"Crowded","label_schema":["#);
    for nth in 0..LABELS {
        let comma = if nth > 0 { "," } else { "" };
        let _ =
            write!(document, r#"{comma}{{"name":"label {nth}","description":"the label of number {nth}"}}"#);
    }
    let _ = write!(
        document,
        r#"]}},"conversations":[{{"id":"c","messages":[{{"id":"m","role":"assistant","parts":[{{"type":"text","content":"{text}"}}]}}]}}],"annotations":{{"automated":"#
    );
    for (tier, shift) in [("automated", 0), ("review", 1)] {
        if shift > 0 {
            let _ = write!(document, r#","primary":{{}},"{tier}":"#);
        }
        document.push_str(r#"{"m":["#);
        for nth in 0..ANNOTATIONS {
            let comma = if nth > 0 { "," } else { "" };
            let start = nth * 7 % 19_000;
            let end = start + 1 + nth % 400;
            let label = nth * (1 + shift);
            let _ = write!(
                document,
                r#"{comma}{{"id":"{tier}-{nth}","label":"label {label}","start_offset":{start},"end_offset":{end},"message_part_index":0}}"#
            );
        }
        document.push_str("]}");
    }
    document.push_str("}}");
    document.into_bytes()
}

/// An export of nothing.
pub fn empty() -> Vec<u8> {
    format!(r#"{{"project":{{"id":"{PROJECT}","name":"Nothing yet"}},"conversations":[],"annotations":{{"automated":{{}},"primary":{{}},"review":{{}}}}}}"#)
        .into_bytes()
}
