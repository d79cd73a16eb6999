//! errors.csv: what a tier got wrong and missed, as many lines as the scores count.
#![allow(clippy::unwrap_used, reason = "what cannot be built here fails the test")]

use crate::marked::{aligned, any_marked, real_export};
use crate::report::read_and_aligned;
use expect_test::expect;
use labelscope_core::domain::Export;
use labelscope_core::logic::align::Alignment;
use labelscope_core::logic::report::{ERROR_CRITERIA, errors, errors_comparison, errors_header, errors_rows};
use labelscope_core::logic::score::{Criterion, Scores, TierPair, compare_all};
use proptest::prelude::*;

#[test]
fn errors_as_csv() {
    let (export, _, alignment) = read_and_aligned();
    let pair = TierPair::from_key("ap").unwrap();
    expect![[r#"
        candidate,reference,criterion,outcome,conversation_id,message_id,part_index,label,start,end,status,annotation_ids,other_label,other_start,other_end,other_annotation_ids,candidate_looked,before,text,after
        automated,primary,strict,fp,c,m1,0,dose,0,5,,a1,dose,0,7,P1|p2,true,,'-5 mg," 💊, ""daily""
        =SUM(A1)"
        automated,primary,strict,fn,c,m1,0,dose,0,7,pending|accepted,P1|p2,dose,0,5,a1,true,,'-5 mg 💊,", ""daily""
        =SUM(A1)"
        automated,primary,strict,fn,c,m1,0,'=cmd,17,25,accepted,p3,,,,,true,"'-5 mg 💊, ""daily""
        ",'=SUM(A1),
        automated,primary,overlap,fn,c,m1,0,'=cmd,17,25,accepted,p3,,,,,true,"'-5 mg 💊, ""daily""
        ",'=SUM(A1),
    "#]]
    .assert_eq(&errors(&export, &alignment, pair));
}

/// The first cells of each line of the rows by a criterion, of one outcome.
fn lines(export: &Export, alignment: &Alignment, pair: TierPair, criterion: Criterion, outcome: &str) -> u64 {
    let compared = compare_all(export, alignment, errors_comparison(pair));
    let rows = errors_rows(export, alignment, &compared, criterion, &compared.rows);
    let begins = format!("{},{},{},{outcome},", pair.candidate.key(), pair.reference.key(), criterion.key());
    rows.lines().filter(|line| line.starts_with(&begins)).count() as u64
}

/// There is a line for every false positive and every false negative that the scores count.
fn check_counts(export: &Export, alignment: &Alignment) {
    for pair in TierPair::ALL {
        let compared = compare_all(export, alignment, errors_comparison(pair));
        let scores = Scores::of(export, alignment, &compared);
        for criterion in ERROR_CRITERIA {
            let counts = scores.micro(criterion);
            let lines = |outcome| lines(export, alignment, pair, criterion, outcome);
            assert_eq!(lines("fp"), counts.false_positives(), "{pair:?} {criterion:?}");
            assert_eq!(lines("fn"), counts.false_negatives(), "{pair:?} {criterion:?}");
        }
    }
}

#[test]
fn every_error_of_the_scores_is_there() {
    let (export, _, alignment) = read_and_aligned();
    check_counts(&export, &alignment);
    for name in ["small", "mid", "agents"] {
        if let Some((export, alignment)) = real_export("every_error_of_the_scores_is_there", name) {
            check_counts(export, alignment);
        }
    }
}

proptest! {
    #[test]
    fn errors_are_counted_as_scores_do_and_can_be_written_piece_by_piece(marked in any_marked(6), cut in 0..12usize) {
        let (export, alignment) = aligned(&[vec![marked]]);
        check_counts(&export, &alignment);
        for pair in TierPair::ALL {
            let compared = compare_all(&export, &alignment, errors_comparison(pair));
            let (one, other) = compared.rows.split_at(cut.min(compared.rows.len()));
            let rows = |rows| errors_rows(&export, &alignment, &compared, Criterion::Strict, rows);
            prop_assert_eq!(rows(one) + &rows(other), rows(&compared.rows));
            let columns = errors_header().matches(',').count();
            prop_assert!(rows(&compared.rows).lines().all(|line| line.matches(',').count() == columns));
        }
    }
}
