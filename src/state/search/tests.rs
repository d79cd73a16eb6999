use super::*;
use crate::state::findings::tests::sample;
use labelscope_core::domain::{MessageRef, PartRef, Span};
use labelscope_core::logic::search::{Query, Scope, Searching};
use proptest::prelude::*;

fn hit(conversation: u32, nth: u32) -> Hit {
    let part = PartRef { message: MessageRef { conversation, message: nth / 3 }, part: 0 };
    Hit { site: Site::Text(part), bytes: Span::bytes(nth, nth + 1) }
}

/// A search for `x` that found these hits.
fn searched(hits: &[Hit]) -> Search {
    let mut search = Search::default();
    let id = search.ask("x", Options::default());
    assert!(search.take(id, hits, 1, 1) && search.finish(id));
    search
}

#[test]
fn an_older_search_is_refused() {
    let mut search = Search::default();
    let older = search.ask("x", Options::default());
    assert!(search.take(older, &[hit(0, 0)], 1, 3));
    let newer = search.ask("xy", Options::default());
    assert!(!search.take(older, &[hit(1, 0)], 2, 3) && !search.finish(older));
    assert_eq!(search.found().count(), 1, "what was found stays while there is nothing to take its place");
    assert!(search.take(newer, &[], 1, 3));
    assert_eq!((search.found().count(), search.progress()), (1, Progress::Running(1, 3)));
    assert!(search.finish(newer));
    assert_eq!((search.found().count(), search.progress()), (0, Progress::Done));
    assert!(!search.finish(newer));
    search.ask("", Options::default());
    assert_eq!(search.progress(), Progress::Idle);
}

#[test]
fn steps_go_around() {
    let hits = [hit(0, 0), hit(0, 4), hit(2, 0)];
    let mut search = searched(&hits);
    assert_eq!(search.visit(), None);
    let on: Vec<_> = (0..4).map(|_| search.step(Step::On).unwrap()).collect();
    assert_eq!(on, [hits[0], hits[1], hits[2], hits[0]]);
    let back: Vec<_> = (0..2).map(|_| search.step(Step::Back).unwrap()).collect();
    assert_eq!(back, [hits[2], hits[1]]);
    assert_eq!(search.visit(), Some((6, hits[1])));
    assert_eq!(searched(&hits).step(Step::Back), Some(hits[2]), "before the first comes the last");
    assert_eq!(searched(&[]).step(Step::On), None);
    let mut one = searched(&hits[..1]);
    assert_eq!((one.step(Step::On), one.step(Step::On)), (Some(hits[0]), Some(hits[0])));
    assert_eq!(one.visit(), Some((2, hits[0])), "going to the same once more is something new");
    one.leave();
    assert_eq!((one.visit(), one.current()), (None, Some(0)));
}

#[test]
fn a_step_that_comes_before_the_first_hit_is_taken_then() {
    let mut search = searched(&[hit(0, 0)]);
    let id = search.ask("xy", Options::default());
    assert_eq!(search.step(Step::On), None, "the hit of the older search is none");
    assert_eq!(search.take_awaited(), None);
    search.take(id, &[hit(3, 0)], 1, 3);
    assert_eq!(search.take_awaited(), Some(hit(3, 0)));
    assert_eq!(search.take_awaited(), None);
    search.finish(id);
    let id = search.ask("xyz", Options::default());
    search.step(Step::On);
    search.finish(id);
    assert_eq!((search.step(Step::On), search.take_awaited()), (None, None));
}

#[test]
fn the_current_hit_stays_current_when_the_same_is_searched_anew() {
    let mut search = searched(&[hit(0, 0), hit(1, 0)]);
    search.go_to(1);
    let id = search.ask("x", Options::default());
    assert_eq!(search.current_hit(), Some(hit(1, 0)));
    search.take(id, &[hit(0, 0)], 1, 2);
    assert_eq!(search.current(), None);
    // Begun anew before it came there.
    let id = search.ask("x", Options::default());
    search.take(id, &[hit(0, 0), hit(0, 1), hit(1, 0)], 2, 2);
    assert_eq!(search.current(), Some(2));
    let id = search.ask("x", Options { match_case: true, ..Options::default() });
    search.take(id, &[hit(1, 0)], 2, 2);
    assert_eq!(search.current(), None);
}

#[test]
fn counts_are_exact_and_kept_hits_bounded() {
    let kept = u32::try_from(Found::KEPT).unwrap();
    let mut hits: Vec<Hit> = (0..kept - 1).map(|nth| hit(0, nth)).collect();
    hits.extend([hit(1, 0), hit(1, 1), hit(2, 0), hit(2, 1), hit(4, 0)]);
    let mut search = searched(&hits);
    let found = search.found();
    assert_eq!((found.count(), found.hits().len()), (u64::from(kept) + 4, Found::KEPT));
    assert_eq!(found.conversations(), 4);
    let group = found.group(1).unwrap();
    assert_eq!((group.scope, group.count), (Scope::Conversation(1), 2));
    assert_eq!(found.rows(), Found::KEPT + 2 + 1);
    assert_eq!(found.row(found.rows() - 1), Some(Row::More { hits: 4, groups: 2 }));
    assert_eq!(found.row(found.rows()), None);
    assert_eq!(search.step(Step::Back), Some(hit(1, 0)), "only what is kept is gone to");
}

proptest! {
    #[test]
    fn rows_are_heads_and_hits_in_their_order(counts in proptest::collection::vec(1_u32..5, 0..12)) {
        let mut found = Found::default();
        let mut expected = Vec::new();
        let mut rows_before = 0;
        for (group, &count) in counts.iter().enumerate() {
            expected.push(Row::Group(group));
            for nth in 0..count {
                let index = found.add(hit(u32::try_from(group).unwrap(), nth)).unwrap();
                expected.push(Row::Hit(index));
                prop_assert_eq!(found.row_of(index), expected.len() - 1);
                prop_assert!(found.rows() > rows_before);
                rows_before = found.rows();
            }
        }
        let rows: Vec<Row> = (0..found.rows()).filter_map(|row| found.row(row)).collect();
        prop_assert_eq!(rows, expected);
        prop_assert_eq!(found.row(found.rows()), None);
    }
}

#[test]
fn every_hit_of_the_sample_has_words_for_its_kind_and_a_place_to_go_to() {
    let opened = sample();
    let owner = Owner::new();
    owner.set();
    let state = AppState::new(Default::default(), Default::default());
    let opened = std::sync::Arc::new(opened);
    state.conversations.set(opened.export.conversations.clone());
    state.opened.set(Some(opened.clone()));
    let mut hits = Vec::new();
    let mut searching = Searching::new(Query::new("e", Options::default()).unwrap());
    while !state.with_searched(|searched| searching.step(searched, 1000, |hit| hits.push(hit))) {}
    let mut kinds = std::collections::BTreeSet::new();
    for hit in &hits {
        kinds.insert(state.with_searched(|searched| kind_in_words(hit.site, searched)));
    }
    expect_test::expect![[r#"
        Automated explanation
        Automated id
        Automated label
        Automated quote
        Primary explanation
        Primary id
        Primary label
        Primary quote
        Review explanation
        Review id
        Review label
        Review quote
        address
        conversation id
        description of a label
        field approved
        field filename
        field kind
        field language
        field mime_type
        field modality
        field name
        field printable
        field reason
        field rows
        field server_tool_call
        field server_tool_call_response
        label of the schema
        message id
        name of a field
        project id
        project name
        project slug
        reasoning
        summary
        text
        tool arguments
        tool name
        tool response
    "#]]
    .assert_eq(&kinds.into_iter().map(|kind| kind + "\n").collect::<String>());
    // One for each text is enough.
    hits.dedup_by_key(|hit| hit.site);
    for hit in hits {
        let before = state.route.get_untracked();
        state.go_to_hit(hit);
        let selected = state.selected_now();
        match hit.site {
            Site::Project(_) => assert_eq!(state.route.get_untracked(), before),
            Site::Conversation(index) => assert_eq!(selected.conversation.index(), Some(index)),
            Site::Annotation(annotation, message, _) => {
                assert_eq!((selected.annotation, selected.message), (Some(annotation), message));
            }
            site => assert_eq!(selected.message, site.message()),
        }
    }
}
