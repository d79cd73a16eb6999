//! The files that are handed out, as they come out for a small export.
#![allow(clippy::unwrap_used, reason = "what cannot be built here fails the test")]

use crate::alignment::{Given, aligned, any_marked};
use expect_test::expect;
use labelscope_core::domain::{Export, PerTier};
use labelscope_core::export::Reader;
use labelscope_core::logic::align::{Alignment, LookedRule, align_all};
use labelscope_core::logic::health::anomalies;
use labelscope_core::logic::place::{Placement, place_all};
use labelscope_core::logic::report::{
    ScoredComparison, annotation_lines, findings_header, findings_rows, health, scores_header, scores_rows,
};
use proptest::prelude::*;

const EXPORT: &str = r#"{"project": {"slug": "s"}, "conversations": [{"id": "c", "messages": [
    {"id": "m1", "role": "user", "parts": [{"type": "text", "content": "-5 mg 💊, \"daily\"\n=SUM(A1)"}]},
    {"id": "m2", "role": "assistant", "parts": [{"type": "tool_call", "name": "t", "arguments": {"a": "x"}}]}]}],
    "annotations": {
        "automated": {"m1": [
            {"id": "a1", "label": "dose", "status": null, "text": "-5 mg", "start_offset": 0, "end_offset": 5,
             "message_part_index": 0, "explanation": "too\nlow"}]},
        "primary": {"m1": [
            {"id": "p2", "label": "dose", "status": "accepted", "text": "-5 mg 💊", "start_offset": 0, "end_offset": 8,
             "message_part_index": 0},
            {"id": "P1", "label": "dose", "status": "pending", "text": "-5 mg 💊", "start_offset": 0, "end_offset": 7,
             "message_part_index": 0},
            {"id": "p3", "label": "=cmd", "status": "accepted", "text": "=SUM(A1)", "start_offset": 90, "end_offset": 99,
             "message_part_index": 0}]},
        "review": {"m1": [],
                   "m2": [{"id": "r1", "label": "x", "text": "absent", "start_offset": 0, "end_offset": 6}],
                   "lost": [{"id": "r2", "label": "x", "text": "-5"}]}}}"#;

fn read_and_aligned() -> (Export, Placement, Alignment) {
    let (mut reader, mut export) = (Reader::new(), Export::default());
    reader.feed(EXPORT.as_bytes(), &mut export).unwrap();
    reader.finish(&mut export).unwrap();
    let placement = place_all(&export);
    let alignment = align_all(&export, &placement, LookedRule::Key);
    (export, placement, alignment)
}

#[test]
fn the_columns_are_those_that_others_rely_on() {
    assert_eq!(
        findings_header(),
        "conversation_id,message_id,part_index,verdict,label_automated,label_primary,label_review,start_automated,\
         end_automated,start_primary,end_primary,start_review,end_review,status_automated,status_primary,status_review,\
         count_automated,count_primary,count_review,annotation_ids_automated,annotation_ids_primary,\
         annotation_ids_review,text\n"
    );
    assert_eq!(
        scores_header(),
        "candidate,reference,criterion,label,average,tp,candidate_count,reference_count,precision,recall,f1,f1_low,\
         f1_high,messages_in_scope,messages,rejected_counted\n"
    );
}

#[test]
fn findings_as_csv() {
    let (export, _, alignment) = read_and_aligned();
    expect![[r#"
        c,m1,0,removed+resized,dose,dose,,0,5,0,7,,,,pending|accepted,,1,2,,a1,P1|p2,,'-5 mg 💊
        c,m1,0,added+removed,,'=cmd,,,,17,25,,,,accepted,,,1,,,p3,,'=SUM(A1)
    "#]]
    .assert_eq(&findings_rows(&export, &alignment, &alignment.findings));
}

#[test]
fn annotations_as_lines() {
    let (export, placement, _) = read_and_aligned();
    expect![[r#"
        {"tier":"automated","conversation_id":"c","message_id":"m1","part_index":0,"annotation_id":"a1","label":"dose","status":null,"text":"-5 mg","explanation":"too\nlow","start":0,"end":5,"anchor":"verified","unit":"code_points","reason":null,"sent":{"start_offset":0,"end_offset":5,"message_part_index":0}}
        {"tier":"primary","conversation_id":"c","message_id":"m1","part_index":0,"annotation_id":"p2","label":"dose","status":"accepted","text":"-5 mg 💊","explanation":null,"start":0,"end":7,"anchor":"verified","unit":"utf16","reason":null,"sent":{"start_offset":0,"end_offset":8,"message_part_index":0}}
        {"tier":"primary","conversation_id":"c","message_id":"m1","part_index":0,"annotation_id":"P1","label":"dose","status":"pending","text":"-5 mg 💊","explanation":null,"start":0,"end":7,"anchor":"verified","unit":"code_points","reason":null,"sent":{"start_offset":0,"end_offset":7,"message_part_index":0}}
        {"tier":"primary","conversation_id":"c","message_id":"m1","part_index":0,"annotation_id":"p3","label":"=cmd","status":"accepted","text":"=SUM(A1)","explanation":null,"start":17,"end":25,"anchor":"relocated","unit":null,"reason":null,"sent":{"start_offset":90,"end_offset":99,"message_part_index":0}}
        {"tier":"review","conversation_id":"c","message_id":"m2","part_index":null,"annotation_id":"r1","label":"x","status":null,"text":"absent","explanation":null,"start":null,"end":null,"anchor":"unanchored","unit":null,"reason":"text_not_found","sent":{"start_offset":0,"end_offset":6,"message_part_index":null}}
        {"tier":"review","conversation_id":null,"message_id":null,"part_index":null,"annotation_id":"r2","label":"x","status":null,"text":"-5","explanation":null,"start":null,"end":null,"anchor":"unanchored","unit":null,"reason":"without_message","sent":{"start_offset":null,"end_offset":null,"message_part_index":null}}
    "#]].assert_eq(&annotation_lines(&export, &placement, |_| true));
    let only_two = annotation_lines(&export, &placement, |annotation| annotation.index == 2);
    assert_eq!(only_two.lines().count(), 1);
}

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

#[test]
fn scores_as_csv() {
    let given = |start, label: &str, status: Option<&str>| Given {
        part: 0,
        start,
        end: start + 5,
        label: Some(label.to_owned()),
        status: status.map(str::to_owned),
    };
    let marked = PerTier([
        Some(vec![given(0, "A", None), given(10, "@B", None)]),
        Some(vec![given(0, "A", Some("rejected"))]),
        None,
    ]);
    let (export, alignment) = aligned(&[vec![marked]]);
    let rows =
        ScoredComparison::all().map(|one| scores_rows(&ScoredComparison::new(&export, &alignment, one)));
    expect![[r#"
        automated,review,strict,,micro,0,0,0,,,,,,0,1,false
        automated,review,strict,,macro,,,,,,,,,0,1,false
        automated,review,overlap,,micro,0,0,0,,,,,,0,1,false
        automated,review,overlap,,macro,,,,,,,,,0,1,false
        automated,review,any_label,,micro,0,0,0,,,,,,0,1,false
        automated,review,character,,micro,0,0,0,,,,,,0,1,false
        automated,review,strict,,micro,0,0,0,,,,,,0,1,true
        automated,review,strict,,macro,,,,,,,,,0,1,true
        automated,review,overlap,,micro,0,0,0,,,,,,0,1,true
        automated,review,overlap,,macro,,,,,,,,,0,1,true
        automated,review,any_label,,micro,0,0,0,,,,,,0,1,true
        automated,review,character,,micro,0,0,0,,,,,,0,1,true
        automated,primary,strict,,micro,0,2,0,0,,0,,,1,1,false
        automated,primary,strict,,macro,,,,0,,0,,,1,1,false
        automated,primary,strict,'@B,,0,1,0,0,,0,,,1,1,false
        automated,primary,strict,A,,0,1,0,0,,0,,,1,1,false
        automated,primary,overlap,,micro,0,2,0,0,,0,,,1,1,false
        automated,primary,overlap,,macro,,,,0,,0,,,1,1,false
        automated,primary,overlap,'@B,,0,1,0,0,,0,,,1,1,false
        automated,primary,overlap,A,,0,1,0,0,,0,,,1,1,false
        automated,primary,any_label,,micro,0,2,0,0,,0,,,1,1,false
        automated,primary,character,,micro,0,10,0,0,,0,,,1,1,false
        automated,primary,strict,,micro,1,2,1,0.5,1,0.6666666666666666,,,1,1,true
        automated,primary,strict,,macro,,,,0.5,1,0.5,,,1,1,true
        automated,primary,strict,'@B,,0,1,0,0,,0,,,1,1,true
        automated,primary,strict,A,,1,1,1,1,1,1,,,1,1,true
        automated,primary,overlap,,micro,1,2,1,0.5,1,0.6666666666666666,,,1,1,true
        automated,primary,overlap,,macro,,,,0.5,1,0.5,,,1,1,true
        automated,primary,overlap,'@B,,0,1,0,0,,0,,,1,1,true
        automated,primary,overlap,A,,1,1,1,1,1,1,,,1,1,true
        automated,primary,any_label,,micro,1,2,1,0.5,1,0.6666666666666666,,,1,1,true
        automated,primary,character,,micro,5,10,5,0.5,1,0.6666666666666666,,,1,1,true
        primary,review,strict,,micro,0,0,0,,,,,,0,1,false
        primary,review,strict,,macro,,,,,,,,,0,1,false
        primary,review,overlap,,micro,0,0,0,,,,,,0,1,false
        primary,review,overlap,,macro,,,,,,,,,0,1,false
        primary,review,any_label,,micro,0,0,0,,,,,,0,1,false
        primary,review,character,,micro,0,0,0,,,,,,0,1,false
        primary,review,strict,,micro,0,0,0,,,,,,0,1,true
        primary,review,strict,,macro,,,,,,,,,0,1,true
        primary,review,overlap,,micro,0,0,0,,,,,,0,1,true
        primary,review,overlap,,macro,,,,,,,,,0,1,true
        primary,review,any_label,,micro,0,0,0,,,,,,0,1,true
        primary,review,character,,micro,0,0,0,,,,,,0,1,true
    "#]]
    .assert_eq(&rows.collect::<String>());
}

proptest! {
    /// However the findings are cut into pieces, the file is the same; every row has every column.
    #[test]
    fn findings_can_be_written_piece_by_piece(marked in any_marked(6), cut in 0..10usize) {
        let (export, alignment) = aligned(&[vec![marked]]);
        let whole = findings_rows(&export, &alignment, &alignment.findings);
        let (one, other) = alignment.findings.split_at(cut.min(alignment.findings.len()));
        let pieces = findings_rows(&export, &alignment, one) + &findings_rows(&export, &alignment, other);
        prop_assert_eq!(&pieces, &whole);
        let columns = findings_header().matches(',').count();
        prop_assert!(whole.lines().all(|line| line.matches(',').count() == columns));
        prop_assert_eq!(whole.lines().count(), alignment.findings.len());
    }
}
