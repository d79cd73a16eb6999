//! The files that are handed out, as they come out for a small export.
#![allow(clippy::unwrap_used, reason = "what cannot be built here fails the test")]

use crate::marked::{Given, aligned, any_marked};
use expect_test::expect;
use labelscope_core::domain::{Export, PerTier};
use labelscope_core::export::Reader;
use labelscope_core::logic::align::{Alignment, LookedRule, align_all};
use labelscope_core::logic::place::{Placement, place_all};
use labelscope_core::logic::report::{
    ScoredComparison, annotation_lines, findings_header, findings_rows, scores_header, scores_rows,
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

/// A small export where one of each tier is odd, placed and aligned.
pub(crate) fn read_and_aligned() -> (Export, Placement, Alignment) {
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
