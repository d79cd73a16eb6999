//! Every shape of a part that emitters send: what it is read as, its text, and what else is kept.

use super::{notices, read};
use expect_test::{Expect, expect};
use labelscope_core::domain::{Media, Part, PartKind, PartText, Source};
use std::ops::Deref;

/// Reads `parts`, one JSON value a line, each as the only part of a message, and prints what came of them.
fn check(parts: &str, expected: Expect) {
    let printed = parts.trim().lines().map(|part| {
        let head = r#"{"conversations":[{"id":"c","messages":[{"id":"m","parts":["#;
        let json = format!("{head}{}]}}]}}],\"project\":{{}},\"annotations\":{{}}}}", part.trim());
        let (export, result) = read(&json);
        assert_eq!(result, Ok(()), "{part}");
        let conversation = export.conversations.first().unwrap();
        let parts = &conversation.messages.first().unwrap().parts;
        assert_eq!(parts.len(), 1);
        let part = parts.first().unwrap();
        assert_eq!(slice(&json, part.source).trim(), slice(&json, part.source));
        format!("{}{}", print(part, &json), notices(&export))
    });
    expected.assert_eq(&printed.collect::<String>());
}

fn slice(json: &str, source: Source) -> &str {
    &json[usize::try_from(source.start).unwrap()..usize::try_from(source.end).unwrap()]
}

fn print(part: &Part, json: &str) -> String {
    let detail = match &part.kind {
        PartKind::ToolCall { id, name } | PartKind::ToolCallResponse { id, name } => {
            format!(" id={} name={}", or_dash(id), or_dash(name))
        }
        PartKind::Media(Media::Blob { mime_type, content }) => {
            let content = content.map_or("-", |source| slice(json, source));
            format!(" {} at {content}", or_dash(mime_type))
        }
        PartKind::Media(Media::Uri { mime_type, uri }) => format!(" {} {uri:?}", or_dash(mime_type)),
        PartKind::Media(Media::File { mime_type, file_id }) => {
            format!(" {} {}", or_dash(mime_type), or_dash(file_id))
        }
        PartKind::Foreign(json) => format!(" {}", json.as_str()),
        _ => String::new(),
    };
    let text = match &part.text {
        None => "-".to_owned(),
        Some(PartText::Verbatim(text)) => format!("{text:?}"),
        Some(PartText::Json(json)) => format!("json {}", json.as_str()),
    };
    let extra: String =
        part.extra.iter().map(|field| format!(" {}={}", field.name, field.value.as_str())).collect();
    let type_name = part.type_name.as_deref().unwrap_or("-");
    format!("{type_name} → {}{detail} | {text} |{extra}\n", part.kind.key())
}

fn or_dash<T: Deref<Target = str>>(text: &Option<T>) -> &str {
    text.as_deref().unwrap_or("-")
}

#[test]
fn texts() {
    check(
        r#"
        {"type":"text","content":"Take one tablet."}
        {"content":"a \"b\"\n\u00e9\ud83d\udc8a","type":"text","annotations":[]}
        {"type":"reasoning","content":""}
        {"type":"thinking","thinking":"Twice?","signature":"c2ln"}
        {"type":"redacted_thinking","data":"b3BhcXVl"}
        {"type":"input_text","text":"hi"}
        {"type":"Output-Text","text":"hi"}
        {"type":"refusal","refusal":"no"}
        {"type":"text","content":"first","text":"second"}
        {"type":"text","content":null,"text":"second"}
        {"type":"text","content":["a"],"text":"second"}
        {"type":"text"}
        {"type":"text","content":null}
        {"type":"text","content":[{"type":"text","text":"inner"}]}
        {"type":"text","content":7.50}
        {"type":"compaction","id":"k1","content":"Earlier turns, shortened."}
        {"type":"compaction","id":"k1"}
        "#,
        expect![[r#"
            text → text | "Take one tablet." |
            text → text | "a \"b\"\né💊" | annotations=[]
            reasoning → reasoning | "" |
            thinking → reasoning | "Twice?" | signature="c2ln"
            redacted_thinking → reasoning | - | data="b3BhcXVl"
            input_text → text | "hi" |
            Output-Text → text | "hi" |
            refusal → text | "no" |
            text → text | "first" | text="second"
            text → text | "second" | content=null
            text → text | "second" | content=["a"]
            text → text | - |
            text → text | - | content=null
            text → text | - | content=[{"type":"text","text":"inner"}]
            $.conversations[0].messages[0].parts[0].content should be a string, but is an array (59..117)
            text → text | - | content=7.50
            $.conversations[0].messages[0].parts[0].content should be a string, but is a number (59..89)
            compaction → compaction | "Earlier turns, shortened." | id="k1"
            compaction → compaction | - | id="k1"
        "#]],
    );
}

#[test]
fn tools() {
    check(
        r#"
        {"type":"tool_call","id":"c1","name":"find_leaflet","arguments":{"drug":"aspirin", "n":1.50}}
        {"type":"tool_call","name":"find_leaflet"}
        {"type":"tool_call","name":"f","arguments":null,"id":null}
        {"type":"tool_call","name":"f","arguments":null,"input":"{\"a\":1}"}
        {"type":"tool_call","name":"f","arguments":false}
        {"type":"tool_call","id":7,"name":"f","arguments":{},"builtin":true,"code_arg_name":"code"}
        {"type":"tool-call","toolCallId":"t1","toolName":"f","input":{"a":1}}
        {"type":"tool_use","id":"u1","name":"f","input":{"a":1}}
        {"type":"function_call","id":"fc_1","call_id":"call_1","name":"f","arguments":"{\"a\": 1}"}
        {"type":"tool_call_response","id":"c1","response":"Max 4 g per day"}
        {"type":"tool_call_response","id":"c1","response":null}
        {"type":"tool_call_response","id":"c1","name":"f","result":[1,2]}
        {"type":"tool_call_response","id":"c1","response":{"denied":true,"reason":"no"},"response_format":"x"}
        {"type":"tool-result","toolCallId":"t1","toolName":"f","output":{"type":"text","value":"v"}}
        {"type":"tool_result","tool_use_id":"u1","content":[{"type":"text","text":"v"}],"is_error":false}
        {"type":"tool_result","tool_use_id":"u1","content":"v"}
        {"type":"function_call_output","call_id":"call_1","output":"v"}
        {"type":"server_tool_call","id":"s1","name":"web_search","server_tool_call":{"type":"web_search","query":"dose"}}
        {"type":"server_tool_call_response","id":"s1","server_tool_call_response":{"type":"web_search","hits":2}}
        {"type":"server_tool_use","id":"s1","name":"web_search","input":{"query":"dose"}}
        {"type":"web_search_tool_result","tool_use_id":"s1","content":"hits"}
        {"type":"tool_approval_request","approval_id":"a1","tool_call_id":"c1"}
        {"type":"tool-approval-response","approval_id":"a1","approved":false,"reason":"no"}
        "#,
        expect![[r#"
            tool_call → tool_call id=c1 name=find_leaflet | json {"drug":"aspirin", "n":1.50} |
            tool_call → tool_call id=- name=find_leaflet | - |
            tool_call → tool_call id=- name=f | - | arguments=null id=null
            tool_call → tool_call id=- name=f | "{\"a\":1}" | arguments=null
            tool_call → tool_call id=- name=f | json false |
            tool_call → tool_call id=7 name=f | json {} | builtin=true code_arg_name="code"
            $.conversations[0].messages[0].parts[0].id should be a string, but is a number (59..150)
            tool-call → tool_call id=t1 name=f | json {"a":1} |
            tool_use → tool_call id=u1 name=f | json {"a":1} |
            function_call → tool_call id=call_1 name=f | "{\"a\": 1}" | id="fc_1"
            tool_call_response → tool_call_response id=c1 name=- | "Max 4 g per day" |
            tool_call_response → tool_call_response id=c1 name=- | - | response=null
            tool_call_response → tool_call_response id=c1 name=f | json [1,2] |
            tool_call_response → tool_call_response id=c1 name=- | json {"denied":true,"reason":"no"} | response_format="x"
            tool-result → tool_call_response id=t1 name=f | json {"type":"text","value":"v"} |
            tool_result → tool_call_response id=u1 name=- | json [{"type":"text","text":"v"}] | is_error=false
            tool_result → tool_call_response id=u1 name=- | "v" |
            function_call_output → tool_call_response id=call_1 name=- | "v" |
            server_tool_call → server_tool_call | - | id="s1" name="web_search" server_tool_call={"type":"web_search","query":"dose"}
            server_tool_call_response → server_tool_call_response | - | id="s1" server_tool_call_response={"type":"web_search","hits":2}
            server_tool_use → server_tool_call | - | id="s1" name="web_search" input={"query":"dose"}
            web_search_tool_result → server_tool_call_response | - | tool_use_id="s1" content="hits"
            tool_approval_request → approval | - | approval_id="a1" tool_call_id="c1"
            tool-approval-response → approval | - | approval_id="a1" approved=false reason="no"
        "#]],
    );
}

#[test]
fn media() {
    check(
        r#"
        {"type":"blob","modality":"document","mime_type":"application/pdf","content":"JVBERi0=","filename":"leaflet.pdf"}
        {"type":"blob","modality":"image","mime_type":"image/png","content":"iVBORw0=","detail":"low"}
        {"type":"blob","modality":"image"}
        {"type":"blob","modality":"image","mime_type":null,"content":null,"asset_id":"9f"}
        {"type":"uri","modality":"image","uri":"https://example.org/pill.png"}
        {"type":"uri","uri":"data:image/png;base64,iVBO"}
        {"type":"file","modality":"file","file_id":"file-77"}
        {"type":"file","data":"JVBERi0=","mediaType":"application/pdf"}
        {"type":"file","data":"https://example.org/a.pdf","mediaType":"application/pdf"}
        {"type":"file","file":{"filename":"a.pdf","file_data":"data:application/pdf;base64,JVBE"}}
        {"type":"file"}
        {"type":"image-url","url":"https://example.org/pill.png"}
        {"type":"document-url"}
        {"type":"image_url","image_url":{"url":"data:image\/png;base64,iVBO","detail":"low"}}
        {"type":"image_url","image_url":{"url":"https://example.org/pill.png"}}
        {"type":"input_image","image_url":"https://example.org/pill.png","detail":"auto"}
        {"type":"input_audio","input_audio":{"data":"UklG","format":"wav"}}
        {"type":"binary","media_type":"image/png","content":"iVBORw0="}
        {"type":"base64_attachment","content":"data:image/png;base64,iVBO"}
        {"type":"image","source":{"type":"base64","media_type":"image/png","data":"iVBO"},"cache_control":null}
        {"type":"image","source":{"type":"url","url":"https://example.org/pill.png"}}
        {"type":"document","source":{"type":"file","file_id":"file-77"}}
        {"type":"image","image":"iVBORw0="}
        {"type":"reasoning-file","data":"AAAA","mediaType":"image/png"}
        "#,
        expect![[r#"
            blob → blob application/pdf at "JVBERi0=" | - | modality="document" mime_type="application/pdf" filename="leaflet.pdf"
            blob → blob image/png at "iVBORw0=" | - | modality="image" mime_type="image/png" detail="low"
            blob → blob - at - | - | modality="image"
            blob → blob - at - | - | modality="image" mime_type=null content=null asset_id="9f"
            uri → uri - "https://example.org/pill.png" | - | modality="image"
            uri → blob image/png at "data:image/png;base64,iVBO" | - |
            file → file - file-77 | - | modality="file"
            file → blob application/pdf at "JVBERi0=" | - | mediaType="application/pdf"
            file → uri application/pdf "https://example.org/a.pdf" | - | mediaType="application/pdf"
            file → blob application/pdf at "data:application/pdf;base64,JVBE" | - | file.filename="a.pdf"
            file → file - - | - |
            image-url → uri - "https://example.org/pill.png" | - |
            document-url → uri - "" | - |
            image_url → blob image/png at "data:image\/png;base64,iVBO" | - | image_url.detail="low"
            image_url → uri - "https://example.org/pill.png" | - |
            input_image → uri - "https://example.org/pill.png" | - | detail="auto"
            input_audio → blob - at "UklG" | - | input_audio.format="wav"
            binary → blob image/png at "iVBORw0=" | - | media_type="image/png"
            base64_attachment → blob image/png at "data:image/png;base64,iVBO" | - |
            image → blob image/png at "iVBO" | - | source.type="base64" source.media_type="image/png" cache_control=null
            image → uri - "https://example.org/pill.png" | - | source.type="url"
            document → file - file-77 | - | source.type="file"
            image → blob - at "iVBORw0=" | - |
            reasoning-file → blob image/png at "AAAA" | - | mediaType="image/png"
        "#]],
    );
}

#[test]
fn unknown_and_foreign() {
    check(
        r#"
        "bare \ud83d string"
        null
        7.50
        ["a",{"type":"text"}]
        {}
        {"type":null}
        {"type":7,"content":"typed by a number"}
        {"type":"custom","kind":"x","content":"shown","deep":{"a":[1]}}
        {"type":"Step-Start"}
        {"type":"function","function":{"name":"f","arguments":"{}"}}
        {"content":"no type"}
        {"text":"no type"}
        {"thinking":"no type"}
        {"name":"f","arguments":{"a":1}}
        {"id":"c1","response":{"a":1}}
        {"uri":"https://example.org"}
        {"modality":"image","content":"iVBO"}
        {"file_id":"file-77"}
        {"server_tool_call":{"type":"web_search"}}
        {"version":1,"messages":[]}
        {"type":"text","content":"a","content":"b","x":1,"y":2,"x":3}
        {"t\u0079pe":"te\u0078t","c\u006fntent":"escaped keys","\ud800":1}
        "#,
        expect![[r#"
            - → text | "bare � string" |
            $.conversations[0].messages[0].parts[0] should be an object, but is a string (59..79)
            $.conversations[0].messages[0].parts[0] holds half of a surrogate pair, read as U+FFFD (59..79)
            - → other null | - |
            $.conversations[0].messages[0].parts[0] should be an object, but is null (59..63)
            - → other 7.50 | - |
            $.conversations[0].messages[0].parts[0] should be an object, but is a number (59..63)
            - → other ["a",{"type":"text"}] | - |
            $.conversations[0].messages[0].parts[0] should be an object, but is an array (59..80)
            - → other | - |
            - → other | - | type=null
            - → text | "typed by a number" | type=7
            $.conversations[0].messages[0].parts[0].type should be a string, but is a number (59..99)
            custom → other | "shown" | kind="x" deep={"a":[1]}
            Step-Start → other | - |
            function → other | - | function={"name":"f","arguments":"{}"}
            - → text | "no type" |
            - → text | "no type" |
            - → reasoning | "no type" |
            - → tool_call id=- name=f | json {"a":1} |
            - → tool_call_response id=c1 name=- | json {"a":1} |
            - → uri - "https://example.org" | - |
            - → blob - at "iVBO" | - | modality="image"
            - → file - file-77 | - |
            - → server_tool_call | - | server_tool_call={"type":"web_search"}
            - → other | - | version=1 messages=[]
            text → text | "b" | y=2 x=3
            $.conversations[0].messages[0].parts[0].x repeats a key (59..120)
            $.conversations[0].messages[0].parts[0].content repeats a key (59..120)
            text → text | "escaped keys" | �=1
            $.conversations[0].messages[0].parts[0]["�"] holds half of a surrogate pair, read as U+FFFD (59..125)
        "#]],
    );
}
