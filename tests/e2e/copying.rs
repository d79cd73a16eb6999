//! Tables to be pasted into a spreadsheet: what is copied is what the library counts.

use super::downloads::Native;
use super::journey::{Need, journey_with};
use super::keys::ENTER;
use super::page::Page;
use super::support::exports::sample;
use labelscope_core::domain::Tier;
use labelscope_core::logic::report::ScoredComparison;
use labelscope_core::logic::score::Criterion;
use labelscope_core::logic::totals::totals;
use serde_json::json;

/// Copies the table of a section, waits until it is said how many rows that were, and gives them with their cells.
async fn copied(page: &Page, section: &str, rows: usize) -> Vec<Vec<String>> {
    let script = "const button = document.querySelector(`[aria-labelledby=${given}] .acts button`);
        button?.focus(); return button && words(button) === 'Copy table'";
    page.until("button that copies", script, json!(section)).await;
    page.press(ENTER).await;
    let said = format!("Copied: {rows} rows");
    let script =
        "const said = document.querySelector(`[aria-labelledby=${given[0]}] .acts [aria-live=polite]`);
        return words(said) === given[1]";
    page.until(&said, script, json!([section, said])).await;
    let text = page.clipboard().await;
    let lines = text.lines().map(|line| line.split('\t').map(str::to_owned).collect::<Vec<_>>());
    let lines: Vec<Vec<String>> = lines.collect();
    assert_eq!(lines.len(), rows + 1, "{text}");
    assert!(lines.iter().all(|cells| cells.len() == lines[0].len()), "{text}");
    lines
}

#[tokio::test]
async fn tables_of_numbers_are_copied() {
    let native = Native::of(&sample());
    journey_with(&[Need::Clipboard], "tables_of_numbers_are_copied", async |page| {
        page.open("/#/overview?source=sample").await;
        page.ready().await;
        let labels = totals(&native.export).labels;
        let table = copied(page, "label-schema", labels.len()).await;
        for (cells, label) in table[1..].iter().zip(&labels) {
            let counts = Tier::ALL.map(|tier| label.annotations[tier].to_string());
            assert_eq!(cells[0], label.name.as_deref().unwrap_or("without a label"));
            assert_eq!(cells[1..4], counts);
        }
        copied(page, "statuses", totals(&native.export).statuses.len()).await;

        page.click("Agreement").await;
        page.see_any("table.scores .ci").await;
        let first = ScoredComparison::all().next().unwrap();
        let scored = ScoredComparison::new(&native.export, &native.alignment, first);
        let table = copied(page, "scores", 6).await;
        let strict = scored.scores.micro(Criterion::Strict);
        let counts =
            [strict.true_positives, strict.candidate, strict.reference].map(|count| count.to_string());
        assert_eq!(table[1][..2], ["strict", "micro"]);
        assert_eq!(table[1][2..5], counts);
        assert_eq!(table[1][7], format!("{:.4}", strict.f1().unwrap()));
        let labels = &scored.scores.labels;
        let table = copied(page, "per-label", 2 * labels.len()).await;
        let overlap: Vec<_> = table[1..].iter().filter(|cells| cells[1] == "overlap").collect();
        assert_eq!(overlap.len(), labels.len());
        assert!(!labels.is_empty());
        for (cells, label) in overlap.into_iter().zip(labels) {
            assert_eq!(cells[2], label.overlap.true_positives.to_string());
        }
        let table = copied(page, "matrix", labels.len() + 1).await;
        let cells = table[1..].iter().flat_map(|cells| &cells[1..]).map(|cell| cell.parse::<u64>().unwrap());
        assert_eq!(cells.sum::<u64>(), scored.scores.matrix.values().sum::<u64>());
    })
    .await;
}
