//! Every count that filters is as long as the list that it leads to; orders, chips and the way back.

use super::*;
use crate::state::overview::{flows, verdicts};
use crate::state::route::Route;
use crate::state::{Opened, Preparing};
use labelscope_core::export::Reader;
use labelscope_core::logic::align::{FindingIndex, Verdict};
use std::io::Read;
use std::path::Path;

/// The sample, and the real exports that lie beside the checkout.
pub(crate) fn exports(test: &str) -> Vec<(&'static str, Opened)> {
    let mut all = vec![("sample", sample())];
    for name in ["small", "mid"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../shared/data/{name}.json.gz"));
        match std::fs::File::open(&path) {
            Ok(file) => {
                let mut bytes = Vec::new();
                flate2::read::GzDecoder::new(file).read_to_end(&mut bytes).unwrap();
                all.push((name, opened(&bytes)));
            }
            #[allow(clippy::print_stderr, reason = "a skipped test says so")]
            Err(_) => eprintln!("skipped: {test}: there is no ../shared/data/{name}.json.gz"),
        }
    }
    all
}

/// The sample.
pub(crate) fn sample() -> Opened {
    opened(include_bytes!("../../../samples/leaflet-assistant.json"))
}

fn opened(bytes: &[u8]) -> Opened {
    let (mut reader, mut export) = (Reader::new(), Default::default());
    reader.feed(bytes, &mut export).unwrap();
    reader.finish(&mut export).unwrap();
    Preparing::new(export, bytes.len() as u64, None).finish()
}

fn parsed(fragment: &str) -> Route {
    let (route, problems) = Route::parse(fragment);
    assert_eq!(problems, []);
    // What is written into a link is what is read from it.
    assert_eq!(Route::parse(&route.fragment()).0, route);
    route
}

#[test]
fn every_count_by_verdict_opens_as_many_rows() {
    for (name, opened) in exports("every_count_by_verdict_opens_as_many_rows") {
        let facts = FindingFacts::of(&opened);
        let list = |route: &Route| rows(&opened, &facts, route, None).len();
        for filter in
            ["", "roles=assistant&", "tiers=ar&", "statuses=accepted&", "anchors=verified&", "tiers=&"]
        {
            let base = parsed(&format!("#/findings?{filter}v=1"));
            let counted = FindingFilter::of(&base).for_every_verdict();
            let findings = opened.alignment.findings.iter().enumerate();
            let counts = verdicts(
                findings
                    .filter(|(at, _)| counted.holds(&opened, &facts, FindingIndex::new(*at)))
                    .map(|(_, one)| one),
            );
            assert_eq!(list(&base), counts.findings, "{name} {filter}");
            let differences = Route { differences: true, ..base.clone() };
            assert_eq!(list(&differences), counts.differences, "{name} {filter}");
            for verdict in Verdict::ALL {
                let route = Route { verdicts: vec![verdict.key().to_owned()], ..base.clone() };
                assert_eq!(list(&route), counts.of(verdict), "{name} {filter} {verdict:?}");
            }
        }
        assert_eq!(list(&parsed("#/findings?v=1")), opened.alignment.findings.len());
        assert_eq!(list(&parsed("#/findings?differences=1")), opened.differences.len());
        assert_eq!(list(&parsed("#/findings?noise=1")), facts.noisy().len());
        for (flow, count) in flows(&opened.alignment) {
            assert_eq!(list(&Route { flow: Some(flow), ..Route::default() }), count, "{name} {flow:?}");
        }
    }
}

#[test]
fn a_filter_lets_through_what_bears_one_of_its_values() {
    for (name, opened) in exports("a_filter_lets_through_what_bears_one_of_its_values") {
        let facts = FindingFacts::of(&opened);
        let list = |fragment: &str| rows(&opened, &facts, &parsed(fragment), None);
        let all = list("#/findings").len();
        let choices = choices(&opened);
        for (parameter, values) in [
            ("labels", &choices.labels),
            ("statuses", &choices.statuses),
            ("anchors", &choices.anchors),
            ("roles", &choices.roles),
            ("models", &choices.models),
            ("providers", &choices.providers),
        ] {
            let with = |chosen: &[&str]| {
                let mut route = Route::default();
                let list = match parameter {
                    "labels" => &mut route.labels,
                    "statuses" => &mut route.statuses,
                    "anchors" => &mut route.anchors,
                    "roles" => &mut route.roles,
                    "models" => &mut route.models,
                    _ => &mut route.providers,
                };
                list.extend(chosen.iter().map(|word| (*word).to_owned()));
                rows(&opened, &facts, &parsed(&route.fragment()), None)
            };
            let words: Vec<&str> = values.iter().map(|(word, _)| word.as_str()).collect();
            let each: Vec<Vec<TableRow>> = words.iter().map(|word| with(&[*word])).collect();
            // Every annotation, and every message, has one of the values, be it none.
            if !words.is_empty() {
                assert_eq!(with(&words).len(), all, "{name} {parameter}");
            }
            if let [first, second, ..] = words.as_slice() {
                let both = with(&[*first, *second]);
                assert!(both.iter().all(|row| each[0].contains(row) || each[1].contains(row)));
                assert!(each[0].iter().chain(&each[1]).all(|row| both.contains(row)), "{name} {parameter}");
            }
        }
        assert_eq!(list("#/findings?labels=no%20such%20label"), []);
        assert_eq!(list("#/findings?verdicts=no-such-verdict").len(), all);
    }
}

#[test]
fn orders_rearrange_and_their_words_come_back() {
    for (name, opened) in exports("orders_rearrange_and_their_words_come_back") {
        let facts = FindingFacts::of(&opened);
        let sorted =
            |order: Order| rows(&opened, &facts, &Route { sort: order.word(), ..Route::default() }, None);
        let document_order = sorted(Order::default());
        for column in Column::ALL {
            let up = Order::default().toggled(Column::Text).toggled(column);
            let up = Order { descends: false, ..up };
            let down = up.toggled(column);
            assert!(down.descends);
            for order in [up, down] {
                assert_eq!(Order::of(order.word().as_deref()), order);
                let mut rows = sorted(order);
                rows.sort_by_key(|row| row.finding(&opened));
                assert_eq!(rows, document_order, "{name} {order:?}");
            }
        }
        let ranges: Vec<_> = sorted(Order { column: Column::Range, descends: true })
            .iter()
            .filter_map(|row| row.last_mark(&opened).map(|mark| mark.points))
            .collect();
        assert!(ranges.is_sorted_by(|a, b| a >= b), "{name}");
        let labels: Vec<_> = sorted(Order { column: Column::Label, descends: false })
            .iter()
            .filter_map(|row| row.last_mark(&opened).and_then(|mark| mark.label.clone()))
            .collect();
        assert!(labels.is_sorted(), "{name}");
    }
    assert_eq!(Order::of(Some("most-differences")), Order::default());
}

#[test]
fn each_chip_takes_away_one_filter_and_all_of_them_every_one() {
    let route = parsed(
        "#/findings?verdicts=added&verdicts=removed&labels=a&labels=b&tiers=ap&statuses=%00&roles=user&noise=1&flow=kept",
    );
    let words: Vec<String> = chips(&route).into_iter().map(|chip| chip.words).collect();
    assert_eq!(
        words,
        [
            "Verdict: added",
            "Verdict: removed",
            "Boundary noise only",
            "Automated mark kept",
            "Marked by Automated or Primary",
            "Status: none",
            "Label: a",
            "Label: b",
            "Role: user",
        ]
    );
    let mut left = route.clone();
    for remaining in (0..words.len()).rev() {
        left = chips(&left)[0].without.clone();
        assert_eq!(chips(&left).len(), remaining);
    }
    assert_eq!(chips(&route.without_filters()), []);
    let score = parsed("#/findings?pair=pr&criterion=strict&outcome=fp&labels=a&rejected=1&differences=1");
    let words: Vec<String> = chips(&score).into_iter().map(|chip| chip.words).collect();
    assert_eq!(words, ["Primary against Review, strict: only Primary (fp), rejected counted", "Label: a",]);
}

#[test]
fn addresses_found_fast_are_those_found_by_searching() {
    for (name, opened) in exports("addresses_found_fast_are_those_found_by_searching") {
        let facts = FindingFacts::of(&opened);
        for index in (0..opened.alignment.findings.len()).map(FindingIndex::new) {
            let searched = crate::state::selection::finding_address(&opened, index);
            assert_eq!(facts.address(&opened, index), searched, "{name}");
        }
    }
}

#[test]
fn a_quote_stands_in_its_line() {
    let opened = sample();
    for mark in &opened.alignment.marks {
        let [before, quote, after] = quote_in_context(&opened, mark);
        assert!(!before.contains('\n') && !after.contains('\n'));
        let text = opened.text(mark.part).unwrap();
        assert!(
            text.contains(&format!("{before}{quote}")) && text[mark.bytes.as_range()].starts_with(&quote)
        );
    }
}
