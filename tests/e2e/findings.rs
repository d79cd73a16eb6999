//! The table of findings: counted, filtered, sorted.

use super::downloads::Native;
use super::journey::journey;
use super::keys::ESCAPE;
use super::page::Page;
use super::support::exports::{real, real_path, sample};
use labelscope_core::logic::align::{Finding, Verdict};
use serde_json::{Value, json};

/// At most so many rows are in the page at once however long the table is.
const FEW: usize = 12;

/// Waits until the table says that it has so many rows of all findings, and has them.
pub async fn see_rows(page: &Page, said: &str, rows: usize) {
    let script = r"const status = document.querySelector('.filters .end[role=status]');
        const grid = document.querySelector('.grid');
        return !!status && words(status).startsWith(given.said) && grid?.ariaRowCount === String(given.rows + 1)";
    let what = format!("table of {rows} rows that says “{said}”");
    page.until(&what, script, json!({ "said": said, "rows": rows })).await;
    if rows <= FEW {
        let script = "return all('.gbody .row').length === given";
        page.until(&format!("{rows} rows"), script, json!(rows)).await;
    } else {
        page.see_any(".gbody .row").await;
    }
}

/// What the table says of `rows` of `all` findings.
fn said(rows: usize, all: usize) -> String {
    if rows == all { format!("{} findings", counted(all)) } else { of(rows, all) }
}

fn of(rows: usize, all: usize) -> String {
    format!("{} of {} findings", counted(rows), counted(all))
}

/// A number below a million with a comma between thousands.
pub fn counted(number: usize) -> String {
    match number {
        0..1_000 => number.to_string(),
        _ => format!("{},{:03}", number / 1_000, number % 1_000),
    }
}

/// Waits until the facet of these words has this count.
async fn see_on_facet(page: &Page, words: &str, count: usize) {
    let script = r"const facet = all('.facets button').find(e => words(e).toLowerCase().includes(given.words));
        return facet && Number(words(facet.querySelector('b')).replaceAll(',', '')) === given.count";
    let given = json!({ "words": words, "count": count });
    page.until(&format!("facet “{words}” with {count}"), script, given).await;
}

/// Every verdict has its count, and its address shows as many rows.
async fn check_verdicts(
    page: &Page,
    address: &str,
    all: usize,
    differences: usize,
    count: impl Fn(Verdict) -> usize,
) {
    see_rows(page, &said(all, all), all).await;
    see_on_facet(page, "all findings", all).await;
    see_on_facet(page, "differences", differences).await;
    page.open(&format!("{address}&differences=1")).await;
    see_rows(page, &said(differences, all), differences).await;
    for verdict in Verdict::ALL {
        let rows = count(verdict);
        page.open(&format!("{address}&verdicts={}", verdict.key())).await;
        see_rows(page, &said(rows, all), rows).await;
        see_on_facet(page, verdict.key(), rows).await;
    }
    see_on_facet(page, "all findings", all).await;
}

#[tokio::test]
async fn verdicts_count_and_filter() {
    let native = Native::of(&sample());
    let findings = &native.alignment.findings;
    let differences = findings.iter().filter(|finding| finding.is_difference()).count();
    journey("verdicts_count_and_filter", async |page| {
        let address = "/#/findings?source=sample";
        page.open(address).await;
        page.ready().await;
        check_verdicts(page, address, findings.len(), differences, |verdict| native.count(verdict)).await;
    })
    .await;
}

/// Clicks the facet of these words, and waits until it is on or off.
async fn switch_facet(page: &Page, words: &str, is_on: bool) {
    let place = r"const facet = all('.facets button').find(e => words(e).toLowerCase().includes(given));
        const at = facet.getBoundingClientRect();
        return [at.x + at.width / 2, at.y + at.height / 2]";
    page.click_where(&format!("facet “{words}”"), place, json!(words)).await;
    let script = r"const facet = all('.facets button').find(e => words(e).toLowerCase().includes(given.words));
        return facet.ariaPressed === given.pressed";
    let given = json!({ "words": words, "pressed": is_on.to_string() });
    page.until(&format!("facet “{words}” switched {is_on}"), script, given).await;
}

/// Every facet has its count, filters by it when clicked, and lets go when clicked again.
async fn check_facets(page: &Page, all: usize, differences: usize, count: impl Fn(Verdict) -> usize) {
    see_rows(page, &said(all, all), all).await;
    see_on_facet(page, "all findings", all).await;
    see_on_facet(page, "differences", differences).await;
    switch_facet(page, "differences", true).await;
    see_rows(page, &said(differences, all), differences).await;
    switch_facet(page, "all findings", true).await;
    for verdict in Verdict::ALL {
        let rows = count(verdict);
        see_on_facet(page, verdict.key(), rows).await;
        switch_facet(page, verdict.key(), true).await;
        see_rows(page, &said(rows, all), rows).await;
        page.see_in_address(&format!("verdicts={}", verdict.key())).await;
        switch_facet(page, verdict.key(), false).await;
        see_rows(page, &said(all, all), all).await;
    }
}

#[tokio::test]
async fn facets_count_and_filter() {
    let native = Native::of(&sample());
    let findings = &native.alignment.findings;
    let differences = findings.iter().filter(|finding| finding.is_difference()).count();
    journey("facets_count_and_filter", async |page| {
        page.open("/#/findings?source=sample").await;
        page.ready().await;
        check_facets(page, findings.len(), differences, |verdict| native.count(verdict)).await;
    })
    .await;
}

/// How many findings of a real export bear exactly these verdicts.
type Known = &'static [(&'static [Verdict], usize)];

/// Opens a real export, and compares with what an independent implementation counted.
async fn check_real(test: &str, name: &str, known: Known) {
    let (Some(path), Some(bytes)) = (real_path(name), real(name)) else {
        eprintln!("skipped: {test}: ../shared/data is absent");
        return;
    };
    let export: Value = serde_json::from_slice(&bytes).expect("JSON");
    let project = export["project"]["id"].as_str().expect("the id of the project");
    let sum = |holds: &dyn Fn(&[Verdict]) -> bool| -> usize {
        known.iter().filter(|(verdicts, _)| holds(verdicts)).map(|(_, count)| count).sum()
    };
    let all = sum(&|_| true);
    let differences = sum(&|verdicts| verdicts.iter().any(|verdict| verdict.is_difference()));
    journey(test, async |page| {
        let address = format!("/#/findings?project={project}");
        page.open(&address).await;
        page.choose_file(&path).await;
        page.ready().await;
        let count = |verdict| sum(&|verdicts| verdicts.contains(&verdict));
        check_verdicts(page, &address, all, differences, count).await;
    })
    .await;
}

#[tokio::test]
async fn findings_of_small() {
    use Verdict::{Agreed, Covered, Rejected, Relabeled, Resized, Uncompared};
    let known: Known = &[
        (&[Agreed], 3),
        (&[Covered], 3),
        (&[Uncompared], 3),
        (&[Resized, Covered], 2),
        (&[Relabeled], 1),
        (&[Rejected], 1),
        (&[Resized], 1),
    ];
    check_real("findings_of_small", "small", known).await;
}

#[tokio::test]
async fn findings_of_mid() {
    use Verdict::{Added, Agreed, Covered, Rejected, Relabeled, Removed, Resized, Uncompared};
    let known: Known = &[
        (&[Covered], 742),
        (&[Added, Removed], 248),
        (&[Resized, Covered], 187),
        (&[Resized], 89),
        (&[Agreed], 71),
        (&[Added], 65),
        (&[Rejected], 60),
        (&[Uncompared], 60),
        (&[Added, Resized], 44),
        (&[Removed, Rejected], 32),
        (&[Rejected, Covered], 15),
        (&[Relabeled], 2),
    ];
    check_real("findings_of_mid", "mid", known).await;
}

/// The last of the chips with a label of each row in the page, from the top.
async fn labels(page: &Page) -> Vec<String> {
    let script = r"return all('.gbody .row').map(row => words(row.querySelector('.lcell')).split(' ').pop())";
    serde_json::from_value(page.ask(script, json!(null)).await).expect("labels")
}

/// Sorts by a column, and waits until it says so.
async fn sort_by(page: &Page, column: &str, way: &str) {
    let place = r"const head = all('.ghead button').find(e => words(e) === given).getBoundingClientRect();
        return [head.x + head.width / 2, head.y + head.height / 2]";
    page.click_where(&format!("head of {column}"), place, json!(column)).await;
    let script = r"const head = all('.ghead button').find(e => words(e) === given.column);
        return head.closest('[role=columnheader]').ariaSort === given.way";
    page.until(&format!("{column}, {way}"), script, json!({ "column": column, "way": way })).await;
}

#[tokio::test]
async fn a_label_filters_a_column_sorts_and_chips_take_away() {
    let native = Native::of(&sample());
    let findings = &native.alignment.findings;
    let all = findings.len();
    let has = |label: &str| {
        let bears = |finding: &&Finding| {
            let mut marks = finding.marks().filter_map(|mark| native.alignment.mark(mark));
            marks.any(|mark| mark.label.as_deref() == Some(label))
        };
        findings.iter().filter(bears).count()
    };
    let mut label = native.export.project.label_schema.iter().map(|label| label.name.to_string());
    let label = label.find(|label| (1..all).contains(&has(label))).expect("a label");
    journey("a_label_filters_a_column_sorts_and_chips_take_away", async |page| {
        page.open("/#/findings?source=sample").await;
        page.ready().await;
        see_rows(page, &said(all, all), all).await;

        sort_by(page, "Label", "ascending").await;
        page.see("by label").await;
        page.settled().await;
        let up = labels(page).await;
        assert!(up.is_sorted() && up.first() != up.last(), "{up:?}");
        sort_by(page, "Label", "descending").await;
        page.until("another first row", "return words(all('.gbody .lcell')[0]) !== given", json!(up[0]))
            .await;
        page.settled().await;
        let down = labels(page).await;
        assert!(down.iter().rev().is_sorted(), "{down:?}");

        page.click("Label: any").await;
        page.click(&label).await;
        see_rows(page, &of(has(&label), all), has(&label)).await;
        page.see(&format!("Label: {label}")).await;
        page.see_in_address("sort=-label").await;
        // The menu stays open for another label, over the chips.
        page.press(ESCAPE).await;
        page.see_no(".menu[open]").await;
        page.click(&format!("Remove filter Label: {label}")).await;
        see_rows(page, &said(all, all), all).await;

        page.open("/#/findings?source=sample&differences=1&verdicts=resized").await;
        page.see("Differences only").await;
        page.click("Remove filter Differences only").await;
        let resized = native.count(Verdict::Resized);
        see_rows(page, &of(resized, all), resized).await;
        page.see("Verdict: resized").await;
        page.click("Clear all").await;
        see_rows(page, &said(all, all), all).await;
        page.see_no(".chosen button").await;
    })
    .await;
}
