//! Every number of a score is as long as the list that its address opens.

use super::super::Opened;
use super::super::filter::{Filter, Filtered};
use super::super::findings::tests::{exports, sample};
use super::super::findings::{TableRow, rows};
use super::*;
use expect_test::expect;
use labelscope_core::domain::Tier;
use labelscope_core::logic::score::TierPair;
use labelscope_core::logic::score::{Counts, Scores, noisy_pairs};

/// How many the list behind an address holds: rows, or characters over its messages.
fn length(opened: &Opened, route: &Route) -> u64 {
    let (read, problems) = Route::parse(&route.fragment());
    assert_eq!((&read, problems.len()), (route, 0));
    let listed = rows(opened, &Filtered::of(opened, Filter::of(&read)), &read, None);
    let characters = |row: &TableRow| if let TableRow::Characters(_, count) = row { *count } else { 1 };
    listed.iter().map(characters).sum()
}

fn outcomes(counts: Counts) -> [(Outcome, u64); 5] {
    [
        (Outcome::TruePositive, counts.true_positives),
        (Outcome::FalsePositive, counts.false_positives()),
        (Outcome::FalseNegative, counts.false_negatives()),
        (Outcome::Candidate, counts.candidate),
        (Outcome::Reference, counts.reference),
    ]
}

#[test]
fn every_number_opens_as_many_rows() {
    for (name, opened) in exports("every_number_opens_as_many_rows") {
        let list = |route: &Route| length(&opened, route);
        for scope in [
            "",
            "pair=pr",
            "pair=ap&rejected=1",
            "both=1",
            "roles=assistant",
            "finish=stop",
            "pair=ap&unreviewed=1",
            "pair=pr&verdicts=added&sort=text",
        ] {
            let here = Route::parse(&format!("#/agreement?{scope}")).0;
            let request = Request::of(&here);
            let compared = request.compare(&opened);
            let scores = Scores::of(&opened.export, &opened.alignment, &compared);
            for criterion in Criterion::ALL {
                for (outcome, count) in outcomes(scores.micro(criterion)) {
                    let route = here.to_outcome(criterion, outcome, None);
                    assert_eq!(list(&route), count, "{name} {scope} {criterion:?} {outcome:?}");
                }
                for label in &scores.labels {
                    let Some(counts) = label.counts(criterion) else { continue };
                    for (outcome, count) in outcomes(counts) {
                        let route = here.to_outcome(criterion, outcome, Some(&label.label));
                        assert_eq!(list(&route), count, "{name} {scope} {:?} {outcome:?}", label.label);
                    }
                }
            }
            let noisy = noisy_pairs(&opened.export, &opened.alignment, &compared).len();
            for (outcome, count) in outcomes(scores.micro(Criterion::Strict).forgiving(noisy)) {
                let route = Route { noise: true, ..here.to_outcome(Criterion::Strict, outcome, None) };
                assert_eq!(list(&route), count, "{name} {scope} forgiving {outcome:?}");
            }
            let label = |at: Option<usize>| at.map(|at| &scores.labels[at].label);
            let sides = || (0..scores.labels.len()).map(Some).chain([None]);
            for (from, to) in sides().flat_map(|from| sides().map(move |to| (from, to))) {
                let count = scores.matrix.get(&(from, to)).copied().unwrap_or_default();
                assert_eq!(
                    list(&here.to_cell(label(from), label(to))),
                    count,
                    "{name} {scope} {from:?} {to:?}"
                );
            }
            for by in Breakdown::ALL {
                let groups = breakdowns(&opened, &request, &compared, by);
                let sum = |figure: fn(&Group) -> u64| groups.iter().map(figure).sum::<u64>();
                assert_eq!(sum(|group| group.messages as u64), compared.scope.messages as u64);
                assert_eq!(sum(|group| group.strict.reference), scores.micro(Criterion::Strict).reference);
                for group in &groups {
                    let here = here.narrowed(by, group.value.as_deref());
                    for (criterion, counts) in
                        [(Criterion::Strict, group.strict), (Criterion::Overlap, group.overlap)]
                    {
                        for (outcome, count) in outcomes(counts) {
                            let route = here.to_outcome(criterion, outcome, None);
                            assert_eq!(list(&route), count, "{name} {scope} {group:?} {outcome:?}");
                        }
                    }
                    let scope = Request::of(&here).compare(&opened).scope;
                    assert_eq!((scope.messages, scope.of_messages), (group.messages, group.of_messages));
                }
            }
        }
    }
}

#[test]
fn rows_of_a_score_open_one_finding_or_two() {
    for (name, opened) in exports("rows_of_a_score_open_one_finding_or_two") {
        for pair in TierPair::ALL {
            let route = Route::parse(&format!("#/findings?pair={}&criterion=any_label", pair.key())).0;
            for row in rows(&opened, &Filtered::of(&opened, Filter::of(&route)), &route, None) {
                assert!(row.finding(&opened).is_some() && row.message(&opened).is_some(), "{name}");
                assert_ne!(row.finding(&opened), row.other_finding(&opened), "{name}");
            }
        }
    }
}

#[test]
fn tables_as_text() {
    let opened = sample();
    let request = Request::of(&Route::default());
    let compared = request.compare(&opened);
    let scores = Scores::of(&opened.export, &opened.alignment, &compared);
    expect![[r#"
        criterion	average	tp	candidate_count	reference_count	precision	recall	f1	f1_low	f1_high	messages_in_scope	messages
        strict	micro	29	63	64	0.4603	0.4531	0.4567			22	66
        strict	macro				0.4452	0.6395	0.4718			22	66
        overlap	micro	39	63	64	0.6190	0.6094	0.6142			22	66
        overlap	macro				0.5352	0.7148	0.5537			22	66
        any label	micro	46	63	64	0.7302	0.7188	0.7244			22	66
        character	micro	765	1433	1610	0.5338	0.4752	0.5028			22	66
    "#]]
    .assert_eq(scores_table(&compared, &scores, None).text());
    expect![[r#"
        automated \ review	fabrication	context_misattribution	reasoning_error	incorrect_refusal	dosage_error	citation_missing	nothing
        fabrication	9	0	0	0	1	0	5
        context_misattribution	1	5	0	0	1	0	2
        reasoning_error	1	0	5	0	1	0	2
        incorrect_refusal	0	0	0	1	0	0	1
        dosage_error	2	0	0	0	18	0	1
        citation_missing	0	0	0	0	0	1	6
        nothing	4	8	3	0	3	0	0
    "#]].assert_eq(matrix_table(&scores, Tier::Automated, Tier::Review).text());
    expect![[r#"
        label	criterion	tp	candidate_count	reference_count	precision	recall	f1	f1_low	f1_high
        fabrication	strict	9	15	17	0.6000	0.5294	0.5625		
        fabrication	overlap	9	15	17	0.6000	0.5294	0.5625		
        context_misattribution	strict	4	9	13	0.4444	0.3077	0.3636		
        context_misattribution	overlap	5	9	13	0.5556	0.3846	0.4545		
        reasoning_error	strict	5	9	8	0.5556	0.6250	0.5882		
        reasoning_error	overlap	5	9	8	0.5556	0.6250	0.5882		
        incorrect_refusal	strict	1	2	1	0.5000	1.0000	0.6667		
        incorrect_refusal	overlap	1	2	1	0.5000	1.0000	0.6667		
        dosage_error	strict	9	21	24	0.4286	0.3750	0.4000		
        dosage_error	overlap	18	21	24	0.8571	0.7500	0.8000		
        citation_missing	strict	1	7	1	0.1429	1.0000	0.2500		
        citation_missing	overlap	1	7	1	0.1429	1.0000	0.2500		
    "#]]
    .assert_eq(labels_table(&scores, None).text());
    let roles = breakdowns(&opened, &request, &compared, Breakdown::Role);
    expect![[r#"
        role	messages_in_scope	messages	criterion	tp	candidate_count	reference_count	precision	recall	f1
        assistant	22	24	strict	29	63	64	0.4603	0.4531	0.4567
        assistant	22	24	overlap	39	63	64	0.6190	0.6094	0.6142
    "#]]
    .assert_eq(groups_table(Breakdown::Role, &roles).text());
}

#[test]
fn a_matrix_of_many_labels_is_a_list() {
    let opened = sample();
    let compared = Request::of(&Route::default()).compare(&opened);
    let mut scores = Scores::of(&opened.export, &opened.alignment, &compared);
    let cells = scores.matrix.values().filter(|count| **count > 0).count();
    let last = scores.labels.last().cloned().unwrap();
    scores.labels.resize(LISTED, last);
    let table = matrix_table(&scores, Tier::Automated, Tier::Review);
    assert_eq!(table.rows(), cells, "{table:?}");
    assert!(table.text().starts_with("automated\treview\tcount\nnothing\tfabrication\t4\n"), "{table:?}");
}

#[test]
fn what_is_left_out_is_counted_in_scope() {
    for (name, opened) in exports("what_is_left_out_is_counted_in_scope") {
        let request = Request::of(&Route::default());
        let tallies = left_out(&opened, &request);
        for tier in Tier::ALL {
            let (inside, all) = (tallies[tier], opened.placement.tally(tier));
            assert!(inside.unanchored <= all.unanchored && inside.verified <= all.verified, "{name}");
        }
        // The default reference looked at every message that it marked.
        assert_eq!(tallies[Tier::Review].verified, opened.placement.tally(Tier::Review).verified, "{name}");
    }
}
