//! Which documents are read, which are not, and what is said of those.

use super::{read, read_cut};
use expect_test::{Expect, expect};
use proptest::prelude::*;
use serde_json::value::RawValue;

/// Reads each document and prints what is said of it; where it is cut must not matter.
fn check(documents: &[&[u8]], expected: Expect) {
    let said = documents.iter().map(|document| {
        let said = said(document, &[]);
        for cut in 0..document.len() {
            assert_eq!(self::said(document, &[cut]), said, "cut at {cut}");
        }
        said + "\n"
    });
    expected.assert_eq(&said.collect::<String>());
}

fn said(document: &[u8], cuts: &[usize]) -> String {
    read_cut(document, cuts).1.map_or_else(|error| error.to_string(), |()| "an export".into())
}

#[test]
fn what_is_no_export_is_named() {
    check(
        &[
            b"",
            b" \n",
            b"\xEF\xBB\xBF",
            b"\xEF\xBB",
            b"{}",
            br#"{"a":1,"b":{"project":1},"c":[],"d":0,"e":0,"f":0}"#,
            br#"{"detail":"Not authenticated"}"#,
            br#"{"detail":{"code":7}}"#,
            br#"{"detail":[{"loc":["path","project_id"],"msg":"Input should be a valid UUID","type":"uuid_parsing"},{"loc":["body",1],"msg":"bad","type":"x"}]}"#,
            b"\n<!doctype html><p>Log in</p>",
            b"[{\"id\":1}]",
            b"{\"id\":1}\n{\"id\":2}\n",
            b"{\"project\":{}}\n{\"project\":{}}\n",
            b"Internal Server Error",
            b"\"text\"",
            b"12",
            b"null",
            b"\x1F\x8B\x08\x00\x00",
            b"\xFF\xFE{\x00",
        ],
        expect![[r#"
            This is not an export of a labeling project: it is empty.
            This is not an export of a labeling project: it is empty.
            This is not an export of a labeling project: it is empty.
            This is not an export of a labeling project: it is not text in UTF-8.
            This is not an export of a labeling project: it is a JSON object without any key.
            This is not an export of a labeling project: it is a JSON object without project, conversations and annotations; its keys are a, b, c, d, e.
            This is not an export of a labeling project: the server says “Not authenticated”.
            This is not an export of a labeling project: the server says “{"code":7}”.
            This is not an export of a labeling project: the server says that the request is wrong (path.project_id: Input should be a valid UUID; body.1: bad).
            This is not an export of a labeling project: it is a web page, perhaps one to log in.
            This is not an export of a labeling project: it is a JSON array.
            This is not an export of a labeling project: it holds one JSON value after another (JSON Lines).
            This is not an export of a labeling project: it holds one JSON value after another (JSON Lines).
            This is not an export of a labeling project: it is text that begins with “Internal Server Error”.
            This is not an export of a labeling project: all it holds is a string.
            This is not an export of a labeling project: all it holds is a number.
            This is not an export of a labeling project: all it holds is null.
            This is not an export of a labeling project: it is not text in UTF-8.
            This is not an export of a labeling project: it is not text in UTF-8.
        "#]],
    );
}

#[test]
fn broken_json_is_named_with_its_place() {
    check(
        &[
            br#"{"project":{}}"#,
            b" \xEF\xBB\xBF{\"project\":{}}",
            br#"{"project":{}} x"#,
            br#"{"project":{},}"#,
            br#"{"project" {}}"#,
            br#"{"project":}"#,
            br#"{"project":{} "conversations":[]}"#,
            br#"{project:{}}"#,
            br#"{,"project":{}}"#,
            br#"{"project":{"a":1]}"#,
            b"{\"project\":{\n\"a\": 01}}",
            br#"{"project":nul}"#,
            br#"{"conversations":[,]}"#,
            br#"{"conversations":[{},]}"#,
            br#"{"conversations":[{} {}]}"#,
            br#"{"conversations":[{}}"#,
            br#"{"annotations":{"review":{"k":[]],"x":1}}}"#,
            br#"{"annotations":{"review":{"k":[] "l":[]}}}"#,
            br#"{"annotations":{"review":[]}]}"#,
            b"{\"a\nb\":1,\"project\":{}}",
            b"{\"project\":\"\\x\"}",
            b"{\"project\":\"\xFF\"}",
            b"{\"pro\xFFject\":1}",
            b"{\"project\":{}\x00}",
            b"{\"project\":{}\xC3\xA9}",
        ],
        expect![[r#"
            an export
            This is not an export of a labeling project: it is text that begins with “﻿{"project":{}}”.
            The JSON is broken at byte 15: expected the end of the document, found `x`.
            The JSON is broken at byte 14: expected a key, found `}`.
            The JSON is broken at byte 11: expected a colon, found `{`.
            The JSON is broken at byte 11: expected a value, found `}`.
            The JSON is broken at byte 14: expected a comma or }, found `"`.
            The JSON is broken at byte 1: expected a key or }, found `p`.
            The JSON is broken at byte 1: expected a key or }, found `,`.
            The JSON is broken at byte 17: expected a comma or }, found `]`.
            The JSON is broken at byte 19: expected a comma or }, found `1`.
            The JSON is broken at byte 14: expected true, false or null, found `}`.
            The JSON is broken at byte 18: expected a value or ], found `,`.
            The JSON is broken at byte 21: expected a value, found `]`.
            The JSON is broken at byte 21: expected a comma or ], found `{`.
            The JSON is broken at byte 20: expected a comma or ], found `}`.
            The JSON is broken at byte 32: expected a comma or }, found `]`.
            The JSON is broken at byte 33: expected a comma or }, found `"`.
            The JSON is broken at byte 28: expected a comma or }, found `]`.
            The JSON is broken at byte 3: expected the rest of a string, found the byte 0x0A.
            The JSON is broken at byte 13: expected the letter of an escape, found `x`.
            The text is not UTF-8 at byte 12.
            The text is not UTF-8 at byte 5.
            The JSON is broken at byte 13: expected a comma or }, found the byte 0x00.
            The JSON is broken at byte 13: expected a comma or }, found the byte 0xC3.
        "#]],
    );
}

#[test]
fn what_is_cut_off_is_named_with_its_length_and_kept() {
    let whole = br#"{"project":{"name":"P"},"conversations":[{"id":"c","messages":[]}],"annotations":{"review":{"k":[]}}}"#;
    for end in 1..whole.len() {
        let (export, result) = read(&whole[..end]);
        let said = result.unwrap_err().to_string();
        assert_eq!(
            said,
            format!("The document is cut off: it ends after {end} bytes, before its last bracket.")
        );
        assert_eq!(export.conversations.len(), usize::from(end > 64));
    }
}

/// A document with some bytes of it changed.
fn mutated() -> impl Strategy<Value = Vec<u8>> {
    let seeds: &[&str] = &[
        r#"{"project":{"id":"a","n":[1.5e-3,-0,true,null]},"conversations":[{"id":"\u00e9\ud800","messages":[]}],"annotations":{"review":{"k":[{"id":"é"}]},"x":"y"}, "z" : [ ] }"#,
        r#"{"project":1}"#,
        r#"{"annotations":{"primary":{"a":[],"b":[1,2]},"automated":{}}}"#,
    ];
    let byte = prop_oneof![
        proptest::sample::select(br#"{}[],:"\ 0129-+.eEtfnu/x"#.to_vec()),
        any::<u8>(),
        Just(b'\n'),
        Just(0x1F),
    ];
    let edit = (any::<proptest::sample::Index>(), 0..3_u8, byte);
    (proptest::sample::select(seeds), prop::collection::vec(edit, 1..4)).prop_map(|(seed, edits)| {
        let mut document = seed.as_bytes().to_vec();
        for (index, kind, byte) in edits {
            let at = index.index(document.len());
            match kind {
                0 => document[at] = byte,
                1 => document.insert(at, byte),
                _ if document.len() > 1 => _ = document.remove(at),
                _ => {}
            }
        }
        document
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8_000))]

    /// Whatever serde_json reads into a `RawValue`, and is an object with one of the keys, is an export; nothing else.
    #[test]
    fn serde_json_is_the_judge(document in mutated()) {
        let is_json = serde_json::from_slice::<&RawValue>(&document).is_ok();
        let outer: Option<std::collections::HashMap<String, &RawValue>> = serde_json::from_slice(&document).ok();
        let has_key = |keys: std::collections::HashMap<String, &RawValue>| {
            ["project", "conversations", "annotations"].iter().any(|key| keys.contains_key(*key))
        };
        // A key with half of a surrogate pair is JSON to `RawValue`, but no `String`.
        let expected = is_json && outer.is_none_or(has_key);
        prop_assert_eq!(read(&document).1.is_ok(), expected, "{}", String::from_utf8_lossy(&document));
    }
}
