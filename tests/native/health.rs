//! What is odd about an export, and what had to be assumed.
#![allow(clippy::unwrap_used, reason = "what cannot be built here fails the test")]

use crate::report::read_and_aligned;
use expect_test::expect;
use labelscope_core::domain::Export;
use labelscope_core::export::Reader;
use labelscope_core::logic::health::anomalies;
use labelscope_core::logic::place::place_all;
use labelscope_core::logic::report::health;

#[test]
fn health_as_json() {
    let (export, placement, alignment) = read_and_aligned();
    expect![[r#"
        {
          "export": {
            "conversations": 1,
            "messages": 2,
            "annotations": {
              "automated": 1,
              "primary": 3,
              "review": 2
            },
            "findings": 2,
            "differences": 2,
            "labels": [
              {
                "name": "=cmd",
                "in_schema": false,
                "annotations": {
                  "automated": 0,
                  "primary": 1,
                  "review": 0
                }
              },
              {
                "name": "dose",
                "in_schema": false,
                "annotations": {
                  "automated": 1,
                  "primary": 2,
                  "review": 0
                }
              },
              {
                "name": "x",
                "in_schema": false,
                "annotations": {
                  "automated": 0,
                  "primary": 0,
                  "review": 2
                }
              }
            ],
            "statuses": [
              {
                "name": "accepted",
                "annotations": {
                  "automated": 0,
                  "primary": 2,
                  "review": 0
                }
              },
              {
                "name": "pending",
                "annotations": {
                  "automated": 0,
                  "primary": 1,
                  "review": 0
                }
              },
              {
                "name": null,
                "annotations": {
                  "automated": 1,
                  "primary": 0,
                  "review": 2
                }
              }
            ]
          },
          "tiers": {
            "automated": {
              "verified": 1,
              "relocated": 0,
              "unverified": 0,
              "unanchored": 0,
              "unit": null
            },
            "primary": {
              "verified": 2,
              "relocated": 1,
              "unverified": 0,
              "unanchored": 0,
              "unit": null
            },
            "review": {
              "verified": 0,
              "relocated": 0,
              "unverified": 0,
              "unanchored": 2,
              "unit": null
            }
          },
          "assumptions": [
            {
              "what": "map_key",
              "evidence": "Of the keys of the tiers 4 are ids of messages, 0 of conversations, 1 of neither.",
              "value": "message"
            },
            {
              "what": "unit_automated",
              "evidence": "0 annotations fit in code points only, 0 in UTF-16 units only, 0 in UTF-8 bytes only.",
              "value": "code_points"
            },
            {
              "what": "unit_primary",
              "evidence": "1 annotations fit in code points only, 1 in UTF-16 units only, 0 in UTF-8 bytes only.",
              "value": "code_points"
            },
            {
              "what": "unit_review",
              "evidence": "0 annotations fit in code points only, 0 in UTF-16 units only, 0 in UTF-8 bytes only.",
              "value": "code_points"
            },
            {
              "what": "part_index",
              "evidence": "3 of 3 verified annotations that name a part sit in it, counted from 0.",
              "value": "position in the array as sent, from 0"
            },
            {
              "what": "looked",
              "evidence": "1 of 5 lists are empty.",
              "value": "a tier looked at the messages that it has a key of"
            },
            {
              "what": "review_is_complete",
              "evidence": "Review repeats 0 of the 2 primary marks on the messages that it looked at.",
              "value": "what review does not repeat, it removed"
            }
          ],
          "anomalies": [
            {
              "kind": "unanchored",
              "count": 2,
              "examples": [
                {
                  "path": "$.annotations.review[\"m2\"][0]",
                  "conversation_id": "c",
                  "message_id": "m2",
                  "annotation_id": "r1"
                },
                {
                  "path": "$.annotations.review[\"lost\"][0]",
                  "conversation_id": null,
                  "message_id": null,
                  "annotation_id": "r2"
                }
              ]
            },
            {
              "kind": "relocated",
              "count": 1,
              "examples": [
                {
                  "path": "$.annotations.primary[\"m1\"][2]",
                  "conversation_id": "c",
                  "message_id": "m1",
                  "annotation_id": "p3"
                }
              ]
            },
            {
              "kind": "mixed_units",
              "count": 1,
              "examples": [
                {
                  "path": "$.annotations.primary[\"m1\"][0]",
                  "conversation_id": "c",
                  "message_id": "m1",
                  "annotation_id": "p2"
                }
              ]
            },
            {
              "kind": "label_outside_schema",
              "count": 6,
              "examples": [
                {
                  "path": "$.annotations.automated[\"m1\"][0]",
                  "conversation_id": "c",
                  "message_id": "m1",
                  "annotation_id": "a1"
                },
                {
                  "path": "$.annotations.primary[\"m1\"][0]",
                  "conversation_id": "c",
                  "message_id": "m1",
                  "annotation_id": "p2"
                },
                {
                  "path": "$.annotations.primary[\"m1\"][1]",
                  "conversation_id": "c",
                  "message_id": "m1",
                  "annotation_id": "P1"
                },
                {
                  "path": "$.annotations.primary[\"m1\"][2]",
                  "conversation_id": "c",
                  "message_id": "m1",
                  "annotation_id": "p3"
                },
                {
                  "path": "$.annotations.review[\"m2\"][0]",
                  "conversation_id": "c",
                  "message_id": "m2",
                  "annotation_id": "r1"
                },
                {
                  "path": "$.annotations.review[\"lost\"][0]",
                  "conversation_id": null,
                  "message_id": null,
                  "annotation_id": "r2"
                }
              ]
            },
            {
              "kind": "key_without_message",
              "count": 1,
              "examples": [
                {
                  "path": "$.annotations.review[\"lost\"]",
                  "conversation_id": null,
                  "message_id": null,
                  "annotation_id": null
                }
              ]
            },
            {
              "kind": "past_the_end",
              "count": 1,
              "examples": [
                {
                  "path": "$.annotations.primary[\"m1\"][2]",
                  "conversation_id": "c",
                  "message_id": "m1",
                  "annotation_id": "p3"
                }
              ]
            }
          ]
        }
    "#]].assert_eq(&health(&export, &placement, &alignment));
}

/// Kind and count of every oddity of an export that has them all, with the first path.
#[test]
fn anomalies_of_every_kind_are_found() {
    const ODD: &str = r#"{"project": {"label_schema": [{"name": "dosage_error"}, {"name": "x"}]},
        "conversations": [
            {"id": "c", "messages": [{"id": "m", "role": "user", "parts": [{"type": "text", "content": "abc é abc"}]}]},
            {"id": "C", "messages": [{"id": "M", "role": "user", "parts": [7, "\ud800"]}]}],
        "annotations": {"automated": {"m": [
            {"id": "1", "label": "Dosage error", "text": "abc", "start_offset": 0, "end_offset": 3, "message_part_index": 0},
            {"id": "1", "label": "other", "text": "", "start_offset": 0, "end_offset": 0, "message_part_index": 0},
            {"id": "2", "label": "x", "text": "abc", "start_offset": 7, "end_offset": 10, "message_part_index": 0},
            {"id": "3", "label": "x", "text": "abc", "start_offset": 9, "end_offset": 3, "message_part_index": 5},
            {"id": "4", "label": "x", "start_offset": 0, "end_offset": 11, "message_part_index": 0},
            {"id": "5", "label": "x", "text": "abc", "start_offset": 1.5, "end_offset": 3, "message_part_index": 0}]},
        "primary": {"nobody": [], "nobody": []}, "review": []}}"#;
    let (mut reader, mut export) = (Reader::new(), Export::default());
    reader.feed(ODD.as_bytes(), &mut export).unwrap();
    reader.finish(&mut export).unwrap();
    let found = anomalies(&export, &place_all(&export));
    let lines =
        found.iter().map(|one| format!("{} {} {}\n", one.count, one.kind.key(), one.examples[0].path));
    expect![[r#"
        2 unanchored $.annotations.automated["m"][4]
        1 relocated $.annotations.automated["m"][3]
        1 label_outside_schema $.annotations.automated["m"][1]
        1 label_spelled_otherwise $.annotations.automated["m"][0]
        2 key_without_message $.annotations.primary["nobody"]
        1 part_out_of_range $.annotations.automated["m"][3]
        3 duplicate_id $.conversations[1]
        1 reversed $.annotations.automated["m"][3]
        1 past_the_end $.annotations.automated["m"][4]
        1 empty_text $.annotations.automated["m"][1]
        3 foreign_type $.conversations[1].messages[0].parts[0]
        1 number_out_of_range $.annotations.automated.m[5].start_offset
        1 lone_surrogate $.conversations[1].messages[0].parts[1]
        1 repeated_key $.annotations.primary.nobody
    "#]]
    .assert_eq(&lines.collect::<String>());
}
