//! Orders, and what a row shows.

use super::*;
use crate::state::filter::{Filter, Filtered};
use crate::state::route::Route;
use crate::state::{Opened, Preparing};
use labelscope_core::export::Reader;
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

#[test]
fn orders_rearrange_and_their_words_come_back() {
    for (name, opened) in exports("orders_rearrange_and_their_words_come_back") {
        let all = Filtered::of(&opened, Filter::default());
        let sorted =
            |order: Order| rows(&opened, &all, &Route { sort: order.word(), ..Route::default() }, None);
        let document_order = sorted(Order::default());
        for column in Column::ALL {
            let up = Order::default().toggled(Column::Text).toggled(column);
            let up = Order { descends: false, ..up };
            let down = up.toggled(column);
            assert!(down.descends);
            for order in [up, down] {
                let route = Route { sort: order.word(), ..Route::default() };
                assert_eq!(Route::parse(&route.fragment()), (route.clone(), vec![]));
                assert_eq!(Order::of(route.sort.as_deref()), order);
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
