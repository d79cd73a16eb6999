//! The filter against a slow one that reads the rules off its header; every count against the list that it leads to;
//! chips, ids, and what is a step back.

use super::named::Named;
use super::*;
use crate::state::findings::rows;
use crate::state::findings::tests::{exports, sample};
use crate::state::overview::{flow_of, flows};
use crate::state::route::{Screen, value_of, word_of};
use crate::state::{Opened, Preparing};
use labelscope_core::domain::{
    AnnotationRef, Conversation, Export, Id, Message, MessageRef, PartRef, Tier, Unplaced,
};
use labelscope_core::logic::align::{Finding, FindingIndex, Verdict};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::sync::LazyLock;

static SAMPLE: LazyLock<Opened> = LazyLock::new(sample);

fn parsed(fragment: &str) -> Route {
    let (route, problems) = Route::parse(fragment);
    assert_eq!(problems, []);
    // What is written into a link is what is read from it.
    assert_eq!(Route::parse(&route.fragment()).0, route);
    route
}

fn filtered(opened: &Opened, route: &Route) -> Filtered {
    Filtered::of(opened, Filter::of(route))
}

mod slow;

/// Some of the words that a facet has in the sample, or one that it has not.
fn words(facet: Facet) -> impl Strategy<Value = Vec<String>> {
    let mut words: Vec<String> =
        SAMPLE.facets().values(facet).iter().map(|value| value.word.clone()).collect();
    if !matches!(facet, Facet::Verdict | Facet::Anchor | Facet::Kind) {
        words.push("no such thing".to_owned());
    }
    let some = prop::collection::vec(prop::sample::select(words), 1..3);
    prop_oneof![3 => Just(Vec::new()), 1 => some]
}

fn ids() -> impl Strategy<Value = Vec<String>> {
    let export = &SAMPLE.export;
    let conversations = export.conversations.iter().filter_map(|one| one.id.as_ref());
    let messages =
        export.conversations.iter().flat_map(|one| &one.messages).filter_map(|one| one.id.as_ref());
    let annotations =
        export.tiers.iter().flat_map(|(_, map)| &map.annotations).filter_map(|one| one.id.as_ref());
    let all: Vec<String> =
        conversations.chain(messages).chain(annotations).map(|id| id.to_string().to_uppercase()).collect();
    prop_oneof![4 => Just(Vec::new()), 1 => prop::collection::vec(prop::sample::select(all), 1..6)]
}

prop_compose! {
    fn routes()(
        (labels, verdicts, statuses, anchors) in
            (words(Facet::Label), words(Facet::Verdict), words(Facet::Status), words(Facet::Anchor)),
        (kinds, roles, models, providers, finish) in (
            words(Facet::Kind), words(Facet::Role), words(Facet::Model), words(Facet::Provider), words(Facet::Finish),
        ),
        (differences, unreviewed) in (prop::bool::weighted(0.2), prop::bool::weighted(0.2)),
        tiers in prop::option::weighted(0.3, any::<[bool; 3]>()),
        ids in ids(),
        noise in prop::bool::weighted(0.1),
        flow in prop::option::weighted(0.1, prop::sample::select(flows(&SAMPLE.alignment).into_keys().collect::<Vec<_>>())),
    ) -> Route {
        Route {
            labels, verdicts, statuses, anchors, kinds, roles, models, providers, finish,
            differences, unreviewed, tiers: tiers.map(PerTier), ids, noise, flow, ..Route::default()
        }
    }
}

#[test]
fn facets_made_in_steps_of_any_size_are_the_same() {
    let whole = format!("{:?}", Facets::of(&SAMPLE));
    for budget in [1, 7, 100] {
        let mut under_way = FacetsUnderWay::of(&SAMPLE);
        while !under_way.step(budget) {}
        assert_eq!(format!("{:?}", under_way.finish()), whole);
    }
}

fn tiers_alone() -> impl Strategy<Value = Route> {
    any::<[bool; 3]>().prop_map(|tiers| Route { tiers: Some(PerTier(tiers)), ..Route::default() })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_let_through_is_what_the_rules_say(route in prop_oneof![4 => routes(), 1 => tiers_alone()]) {
        let opened = &*SAMPLE;
        let filtered = filtered(opened, &route);
        let all = || (0..opened.alignment.findings.len()).map(FindingIndex::new);
        for index in all() {
            prop_assert_eq!(filtered.finding(index), slow::finding(opened, &route, index));
        }
        let differences: Vec<_> = opened.differences.iter().copied().filter(|&one| filtered.finding(one)).collect();
        prop_assert_eq!(filtered.differences(opened), differences.as_slice());
        for one in &opened.placement.unplaced {
            prop_assert_eq!(filtered.shows(one.annotation), slow::unplaced(opened, &route, one));
        }
        for mark in &opened.alignment.marks {
            let is_shown = route.shown_tiers()[mark.tier];
            prop_assert_eq!(filtered.draws(mark), is_shown && filtered.finding(mark.finding));
            for &annotation in opened.alignment.annotations_of(mark) {
                prop_assert_eq!(filtered.shows(annotation), filtered.draws(mark));
            }
        }
        let listed: Option<BTreeSet<u32>> = filtered.conversations().map(|all| all.iter().copied().collect());
        let expected: BTreeSet<u32> = (0..opened.export.conversations.len() as u32)
            .filter(|&index| slow::conversation(opened, &route, index))
            .collect();
        // Which tiers are shown is no reason to leave a conversation out.
        let narrows = Filter::of(&route).narrows();
        prop_assert_eq!(listed.is_some(), narrows);
        if let Some(listed) = listed {
            prop_assert_eq!(listed, expected);
        }
    }

    #[test]
    fn a_count_is_as_long_as_the_list_that_its_choice_leads_to(route in routes()) {
        let opened = &*SAMPLE;
        let counts = FacetCounts::of(opened, &Filter::of(&route));
        for facet in Facet::ALL {
            for (place, value) in opened.facets().values(facet).iter().enumerate() {
                let mut alone = route.clone();
                match facet {
                    Facet::Tier => alone.tiers = Some(PerTier([false; 3])),
                    Facet::Difference => (alone.differences, alone.verdicts) = (false, Vec::new()),
                    Facet::Unreviewed => alone.unreviewed = false,
                    _ => facet.list(&mut alone).unwrap().clear(),
                }
                facet.toggle(&mut alone, &value.word);
                let filtered = filtered(opened, &alone);
                let findings = (0..opened.alignment.findings.len()).map(FindingIndex::new);
                let findings = findings.filter(|&index| filtered.finding(index)).count();
                prop_assert_eq!(counts.findings(facet, place), findings, "{:?} {:?}", facet, value);
                // Which tiers are shown leaves no conversation out by itself.
                let is_listed_by = facet != Facet::Tier || Filter::of(&alone).asks_for_findings();
                if let Some(conversations) = filtered.conversations().filter(|_| is_listed_by) {
                    prop_assert_eq!(counts.conversations(facet, place), conversations.len(), "{:?} {:?}", facet, value);
                }
            }
        }
    }
}

#[test]
fn every_count_by_verdict_opens_as_many_rows() {
    for (name, opened) in exports("every_count_by_verdict_opens_as_many_rows") {
        let list = |route: &Route| rows(&opened, &filtered(&opened, route), route, None).len();
        let verdicts = opened.facets().values(Facet::Verdict);
        for filter in
            ["", "roles=assistant&", "tiers=ar&", "statuses=accepted&", "anchors=verified&", "tiers=&"]
        {
            let base = parsed(&format!("#/findings?{filter}v=1"));
            let counts = FacetCounts::of(&opened, &Filter::of(&base));
            assert_eq!(list(&base), counts.findings_of_any_verdict(), "{name} {filter}");
            let differences = Route { differences: true, ..base.clone() };
            assert_eq!(list(&differences), counts.findings(Facet::Difference, 0), "{name} {filter}");
            for (place, verdict) in verdicts.iter().enumerate() {
                let route = Route { verdicts: vec![verdict.word.clone()], ..base.clone() };
                assert_eq!(
                    list(&route),
                    counts.findings(Facet::Verdict, place),
                    "{name} {filter} {verdict:?}"
                );
            }
        }
        assert_eq!(list(&parsed("#/findings?v=1")), opened.alignment.findings.len());
        assert_eq!(list(&parsed("#/findings?differences=1")), opened.differences.len());
        assert_eq!(list(&parsed("#/findings?noise=1")), opened.noisy_findings().len());
        for (flow, count) in flows(&opened.alignment) {
            assert_eq!(list(&Route { flow: Some(flow), ..Route::default() }), count, "{name} {flow:?}");
        }
    }
}

#[test]
fn all_values_of_a_facet_let_all_through() {
    for (name, opened) in exports("all_values_of_a_facet_let_all_through") {
        let all = opened.alignment.findings.len();
        for facet in [
            Facet::Label,
            Facet::Status,
            Facet::Anchor,
            Facet::Kind,
            Facet::Role,
            Facet::Model,
            Facet::Finish,
        ] {
            let mut route = Route::default();
            for value in opened.facets().values(facet) {
                facet.toggle(&mut route, &value.word);
            }
            assert!(!Filter::of(&route).is_empty(), "{name} {facet:?}");
            let filtered = filtered(&opened, &parsed(&route.fragment()));
            let through = (0..all).filter(|&at| filtered.finding(FindingIndex::new(at))).count();
            assert_eq!(through, all, "{name} {facet:?}");
        }
        let unknown = filtered(&opened, &parsed("#/findings?labels=no%20such%20label"));
        assert_eq!(unknown.differences(&opened), []);
        assert_eq!(unknown.conversations(), Some(&[][..]));
    }
}

#[test]
fn values_stand_in_the_order_of_the_schema_then_by_name_what_is_missing_last() {
    let opened = sample();
    let words = |facet: Facet| -> Vec<&str> {
        opened.facets().values(facet).iter().map(|value| value.words.as_str()).collect()
    };
    let schema = opened.export.project.label_schema.iter().map(|label| &*label.name);
    let labels = words(Facet::Label);
    assert!(
        schema
            .filter(|name| labels.contains(name))
            .eq(labels.iter().copied().take_while(|name| { opened.labels.place_of(name).is_some() }))
    );
    assert_eq!(words(Facet::Role).last(), Some(&"user"));
    assert_eq!(words(Facet::Finish).last(), Some(&"without a finish reason"));
    assert!(words(Facet::Kind).starts_with(&["text"]));
}

#[test]
fn ids_are_found_in_whatever_was_pasted() {
    let cases: [(&str, &[&str]); 7] = [
        ("", &[]),
        ("a1, b2;c3\n\td4|e5", &["a1", "b2", "c3", "d4", "e5"]),
        ("[\"x-1\", 'x-2', «x-3»]", &["x-1", "x-2", "x-3"]),
        ("A-Ä a-ä a-Ä", &["A-Ä"]),
        ("-- , ... #a7", &["#a7"]),
        ("\u{feff}\"id\"\r\n=\"b1\",\"c=\"\r\n", &["id", "b1", "c="]),
        ("a1\tsome words\ta2", &["a1", "some", "words", "a2"]),
    ];
    for (text, expected) in cases {
        assert_eq!(ids_in(text), expected, "{text}");
    }
}

#[test]
fn heads_of_columns_are_no_ids_unless_something_is_called_so() {
    let opened = sample();
    let first = opened.export.conversations[0].id.clone().unwrap().text().into_owned();
    let pasted = format!("conversation_id,Annotation_IDs_review,ids\n{first},nowhere_1,\n");
    assert_eq!(pasted_ids(&opened, &pasted), [first.as_str(), "nowhere_1"]);
    let called_so = Conversation { id: Some(Id::new("ids")), ..Conversation::default() };
    let export = Export { conversations: vec![called_so.into()], ..Export::default() };
    let opened = Preparing::new(export, 0, None).finish();
    assert_eq!(pasted_ids(&opened, &pasted), ["ids", first.as_str(), "nowhere_1"]);
}

#[test]
fn ids_let_through_what_they_name_and_those_of_nothing_are_named() {
    let opened = sample();
    let conversation = opened.export.conversations[3].id.clone().unwrap();
    let route = |ids: &[String]| Route { ids: ids.to_vec(), ..Route::default() };
    let ids = [conversation.to_string().to_uppercase(), "Nowhere-1".to_owned()];
    let through = filtered(&opened, &parsed(&route(&ids).fragment()));
    assert_eq!(through.conversations(), Some(&[3][..]));
    assert_eq!(through.missing(), ["Nowhere-1"]);
    // An annotation lets through the finding that it is in, with the marks of all tiers.
    let index = opened
        .differences
        .iter()
        .copied()
        .find(|&one| opened.alignment.finding(one).unwrap().marks().count() > 1);
    let finding = opened.alignment.finding(index.unwrap()).unwrap();
    let mark = opened.mark(finding.last_mark().unwrap()).unwrap();
    let annotation = opened.annotation(opened.alignment.annotations_of(mark)[0]).unwrap();
    let through = filtered(&opened, &route(&[annotation.id.as_ref().unwrap().to_string()]));
    assert_eq!(through.differences(&opened), [index.unwrap()]);
    assert!(finding.marks().all(|mark| through.draws(opened.mark(mark).unwrap())));
    assert_eq!(through.conversations(), Some(&[finding.part.message.conversation][..]));
    let named = Named::of(&opened, &[]);
    assert_eq!((named.around(&opened), named.missing), (vec![], Vec::<String>::new()));
}

#[test]
fn each_chip_takes_away_one_filter_and_all_of_them_every_one() {
    let route = parsed(
        "#/findings?verdicts=added&verdicts=removed&labels=a&labels=b&tiers=ap&statuses=%00&roles=user&noise=1&flow=kept\
         &kinds=tool_call&finish=stop&unreviewed=1&ids=x&ids=y&sort=text&finding=f",
    );
    let words: Vec<String> = chips(&route).into_iter().map(|chip| chip.words).collect();
    assert_eq!(
        words,
        [
            "Label: a",
            "Label: b",
            "Verdict: added",
            "Verdict: removed",
            "Status: none",
            "Marked by Automated or Primary",
            "Part: tool call",
            "Role: user",
            "Finish reason: stop",
            "Not reviewed",
            "Boundary noise only",
            "Automated mark kept",
            "2 ids",
        ]
    );
    let mut left = route.clone();
    for remaining in (0..words.len()).rev() {
        left = chips(&left)[0].without.clone();
        assert_eq!(chips(&left).len(), remaining);
    }
    let unfiltered = parsed("#/findings?sort=text&finding=f");
    assert_eq!((left, route.cleared()), (unfiltered.clone(), unfiltered));
    assert_eq!(chips(&route.without_filters()), []);
    let score = parsed("#/findings?pair=pr&criterion=strict&outcome=fp&labels=a&rejected=1&differences=1");
    let words: Vec<String> = chips(&score).into_iter().map(|chip| chip.words).collect();
    assert_eq!(words, ["Primary against Review, strict: only Primary (fp), rejected counted", "Label: a"]);
    assert_eq!(chips(&score.cleared()), []);
    // The reader follows no number of a score, and filters by what its rows are filtered by.
    let reader = Route { screen: Screen::Conversations, ..score };
    assert_eq!(chips(&reader).into_iter().map(|chip| chip.words).collect::<Vec<_>>(), ["Label: a"]);
    assert_eq!(Filter::of(&reader), Filter::of(&parsed("#/conversations?labels=a")));
}

#[test]
fn another_filter_is_a_step_back_and_a_tier_is_not() {
    let route = parsed("#/conversations?labels=a&tiers=ap");
    for (next, is_step) in [
        ("#/conversations?labels=a&tiers=ap&finding=x", false),
        ("#/conversations?labels=a&tiers=ap&sort=most-differences", false),
        ("#/conversations?labels=a", false),
        ("#/conversations?labels=a&tiers=a", false),
        ("#/conversations?labels=a&tiers=r", true),
        ("#/conversations?labels=b&tiers=ap", true),
        ("#/conversations?labels=a&tiers=ap&ids=x", true),
        ("#/conversations", true),
    ] {
        assert_eq!(route.is_step_to(&parsed(next)), is_step, "{next}");
    }
}

#[test]
fn verdicts_and_differences_take_each_others_place() {
    let mut route = Route::default();
    Facet::Verdict.toggle(&mut route, Verdict::Added.key());
    Facet::Difference.toggle(&mut route, "1");
    assert_eq!((route.verdicts.len(), route.differences), (0, true));
    Facet::Verdict.toggle(&mut route, Verdict::Added.key());
    assert_eq!((route.verdicts.len(), route.differences), (1, false));
    assert_eq!(word_of(None), "\0");
}
