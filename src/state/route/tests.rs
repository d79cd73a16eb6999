//! The grammar of the address, by tables and by round trips.

use super::words::Word;
use super::*;
use labelscope_core::domain::PartKind;
use proptest::prelude::*;
use std::fmt;

const VERDICTS: &[&str] =
    &["agreed", "added", "removed", "rejected", "relabeled", "resized", "covered", "uncompared"];

const PROJECT: &str = "7b1c02d4-55e0-4a57-9d8e-0f3f8a2c91be";

fn parsed(fragment: &str) -> Route {
    let (route, problems) = Route::parse(fragment);
    assert_eq!(problems, [], "{fragment}");
    route
}

#[test]
fn fragments_are_read() {
    let route = Route::default();
    let cases = [
        ("", route.clone()),
        ("#", route.clone()),
        ("#/", route.clone()),
        ("#/conversations", route.clone()),
        ("#/conversations?v=1", route.clone()),
        ("#/help", Route { screen: Screen::Help, ..route.clone() }),
        ("#/overview?", Route { screen: Screen::Overview, ..route.clone() }),
        (
            "/findings?differences=1&v=1",
            Route { screen: Screen::Findings, differences: true, ..route.clone() },
        ),
        (
            "#/conversations?v=1&message=M-1&source=sample",
            Route { source: Some(Source::Sample), message: Some(Id::new("M-1")), ..route.clone() },
        ),
        (
            "#/findings?labels=a%26b&labels=c+d&labels=%E5%89%82",
            Route {
                screen: Screen::Findings,
                labels: vec!["a&b".into(), "c d".into(), "剂".into()],
                ..route.clone()
            },
        ),
        (
            "#/agreement?pair=pr&outcome=fn&from=&to=dosage&criterion=any_label&rejected=1",
            Route {
                screen: Screen::Agreement,
                pair: Some((Tier::Primary, Tier::Review)),
                outcome: Some(Outcome::FalseNegative),
                from: Some(CellLabel::Nothing),
                to: Some(CellLabel::Label("dosage".into())),
                criterion: Some(Criterion::AnyLabel),
                rejected: true,
                ..route.clone()
            },
        ),
        (
            "#/conversations?ids=a%2Cb&verdicts=added&ids=C&kinds=tool_call&anchors=unanchored&unreviewed=1",
            Route {
                ids: vec!["a,b".into(), "C".into()],
                verdicts: vec!["added".into()],
                kinds: vec!["tool_call".into()],
                anchors: vec!["unanchored".into()],
                unreviewed: true,
                ..route.clone()
            },
        ),
        ("#/conversations?tiers=ra", Route { tiers: Some(PerTier([true, false, true])), ..route.clone() }),
        ("#/conversations?tiers=", Route { tiers: Some(PerTier([false; 3])), ..route.clone() }),
        ("#/conversations?new=x%20y", Route { unknown: vec![("new".into(), "x y".into())], ..route }),
    ];
    for (fragment, expected) in cases {
        assert_eq!(parsed(fragment), expected, "{fragment}");
    }
    assert_eq!(parsed(&format!("#/overview?project={PROJECT}")).project, Uuid::try_parse(PROJECT).ok());
}

#[test]
fn what_is_wrong_is_reported_and_left_out() {
    let cases = [
        ("#/nowhere", "screen", "nowhere"),
        ("#main", "screen", "main"),
        ("#/overview?project=7b1c", "project", "7b1c"),
        ("#/overview?layout=rows", "layout", "rows"),
        ("#/overview?source=disk", "source", "disk"),
        ("#/overview?tiers=apx", "tiers", "apx"),
        ("#/overview?pair=ra", "pair", "ra"),
        ("#/overview?outcome=tn", "outcome", "tn"),
        ("#/overview?criterion=exact", "criterion", "exact"),
        ("#/overview?differences=yes", "differences", "yes"),
        ("#/overview?unreviewed=", "unreviewed", ""),
        ("#/overview?verdicts=wrong", "verdicts", "wrong"),
        ("#/overview?verdicts=Added", "verdicts", "Added"),
        ("#/overview?kinds=image", "kinds", "image"),
        ("#/overview?anchors=", "anchors", ""),
        ("#/overview?sort=size", "sort", "size"),
        ("#/overview?sort=-most-differences", "sort", "-most-differences"),
        ("#/overview?ids=", "ids", ""),
        ("#/overview?ids=%20%09", "ids", " \t"),
        ("#/overview?ids=%c3", "ids", "%c3"),
        ("#/overview?labels=%zz", "labels", "%zz"),
        ("#/overview?labels=%ff", "labels", "%ff"),
        ("#/overview?v=2", "v", "2"),
        ("#/overview?message=a&message=b", "message", "b"),
    ];
    for (fragment, parameter, value) in cases {
        let (route, problems) = Route::parse(fragment);
        let [problem] = problems.as_slice() else { panic!("{fragment}: {problems:?}") };
        assert_eq!((problem.parameter.as_str(), problem.value.as_str()), (parameter, value), "{fragment}");
        let kept = Route { message: route.message.clone(), screen: route.screen, ..Route::default() };
        assert_eq!(route, kept, "{fragment}");
    }
}

#[test]
fn version_is_always_written() {
    assert_eq!(Route::default().to_string(), "#/conversations?v=1");
    let route = Route {
        screen: Screen::Findings,
        source: Some(Source::Api),
        project: Uuid::try_parse(PROJECT).ok(),
        labels: vec!["a b".into(), "ü".into()],
        from: Some(CellLabel::Nothing),
        ..Route::default()
    };
    let expected = format!("#/findings?source=api&project={PROJECT}&labels=a%20b&labels=%C3%BC&from=&v=1");
    assert_eq!(route.fragment(), expected);
}

#[test]
fn a_link_keeps_its_place_in_its_own_project_only() {
    let [own, other] = [1, 2].map(|id| Some(Uuid::from_u128(id)));
    let place = Route { screen: Screen::Findings, message: Some(Id::new("m")), ..Route::default() };
    let link = Route { project: own, source: Some(Source::Api), ..place.clone() };
    assert_eq!(link.in_export(own, None), Route { project: own, ..place.clone() });
    assert_eq!(place.in_export(own, None), Route { project: own, ..place.clone() });
    let elsewhere = Route { project: other, source: Some(Source::Sample), ..Route::default() };
    assert_eq!(link.in_export(other, Some(Source::Sample)), elsewhere);
    assert_eq!(link.in_export(None, None), Route::default());
}

fn word<T: Word + fmt::Debug>() -> impl Strategy<Value = Option<T>> {
    prop::option::of(prop::sample::select(T::WORDS).prop_map(|(value, _)| value))
}

fn id() -> impl Strategy<Value = Option<Id>> {
    prop::option::of(any::<String>().prop_map(|text| Id::new(&text)))
}

fn list() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(any::<String>(), 0..3)
}

/// Some of the words of a list that knows all of its words.
fn some(words: &'static [&'static str]) -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(prop::sample::select(words).prop_map(str::to_owned), 0..3)
}

fn ids() -> impl Strategy<Value = Vec<String>> {
    let id = any::<String>().prop_filter("an id is not blank", |id| !id.trim().is_empty());
    prop::collection::vec(id, 0..3)
}

fn sort() -> impl Strategy<Value = Option<String>> {
    const SORTS: &[&str] = &["verdict", "-verdict", "tiers", "-text", "place", "-place", "most-differences"];
    prop::option::of(prop::sample::select(SORTS).prop_map(str::to_owned))
}

fn cell() -> impl Strategy<Value = Option<CellLabel>> {
    prop::option::of(any::<String>().prop_map(CellLabel::read))
}

prop_compose! {
    fn routes()(
        (screen, source, project) in (word::<Screen>(), word(), prop::option::of(any::<u128>())),
        (conversation, message, annotation, finding) in (id(), id(), id(), id()),
        (labels, statuses, roles) in (list(), list(), list()),
        (models, finish, providers, ids) in (list(), list(), list(), ids()),
        (verdicts, kinds, anchors) in (some(VERDICTS), some(&PartKind::KEYS), some(&ANCHORS)),
        (tiers, [differences, unreviewed, rejected, both, noise, changed]) in (any::<Option<[bool; 3]>>(), any::<[bool; 6]>()),
        (sort, layout, pair) in (sort(), word(), word()),
        (criterion, outcome, from, to, flow) in (word(), word(), cell(), cell(), word()),
        unknown in prop::collection::vec(("x[a-z&= ]{0,4}", any::<String>()), 0..3),
    ) -> Route {
        Route {
            screen: screen.unwrap_or_default(), source, project: project.map(Uuid::from_u128),
            conversation, message, annotation, finding, tiers: tiers.map(PerTier),
            labels, verdicts, statuses, roles, kinds, models, finish, providers, anchors, ids,
            differences, unreviewed, sort, layout, pair, criterion, outcome, from, to, rejected, both, noise, changed, flow,
            unknown,
        }
    }
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(route in routes()) {
        let fragment = route.fragment();
        prop_assert!(fragment.is_ascii() && fragment.ends_with("v=1"));
        prop_assert_eq!(Route::parse(&fragment), (route, vec![]));
    }

    #[test]
    fn any_fragment_is_read(fragment in any::<String>()) {
        let (route, _) = Route::parse(&fragment);
        prop_assert_eq!(Route::parse(&route.fragment()).0, route);
    }
}

#[path = "../../../fuzz/checks/route.rs"]
mod fuzzed;

/// The corpus of the fuzz target, without a fuzzer.
#[test]
fn kept_corpus_holds() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus/route");
    let names: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert!(names.len() >= 3);
    names.iter().for_each(|name| fuzzed::check(&std::fs::read(name).unwrap()));
}
