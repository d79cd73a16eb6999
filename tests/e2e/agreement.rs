//! The scores: every number is a way to its rows, and back.

use super::findings::{counted, see_rows};
use super::journey::journey;
use super::keys::ENTER;
use super::page::Page;
use serde_json::json;

/// The count on the link that a selector finds.
async fn number(page: &Page, link: &str) -> usize {
    let script = "const link = document.querySelector(given);
        return link && Number(words(link).replaceAll(',', ''))";
    let count = page.until(link, script, json!(link)).await;
    let count = count.as_u64().unwrap_or_else(|| panic!("{link} is no count: {count}"));
    usize::try_from(count).expect("a count")
}

/// Clicks the link of a number where it stands.
async fn follow(page: &Page, link: &str) {
    let script = r"const link = document.querySelector(given);
        link.scrollIntoView({ block: 'center', behavior: 'instant' });
        const at = link.getBoundingClientRect();
        return [at.x + at.width / 2, at.y + at.height / 2]";
    page.click_where(link, script, json!(link)).await;
}

/// Goes back by the browser's own button, to the scores.
async fn back_to_scores(page: &Page) {
    page.browser.client.back().await.expect("a way back");
    page.see_any("table.scores td a").await;
}

fn rows(count: usize) -> String {
    if count == 1 { "1 row,".to_owned() } else { format!("{} rows,", counted(count)) }
}

/// The largest cell of the confusion matrix: its name, and how many rows it opens.
async fn largest_cell(page: &Page) -> (String, usize) {
    let script = r"const cells = all('table.mx td a').map(e => [e.getAttribute('aria-label'), Number(words(e))]);
        return cells.sort((a, b) => b[1] - a[1])[0] ?? null";
    let cell = page.until("cell of the matrix", script, json!(null)).await;
    serde_json::from_value(cell).expect("a name and a count")
}

#[tokio::test]
async fn from_a_cell_to_its_rows_to_the_reader_and_back() {
    journey("from_a_cell_to_its_rows_to_the_reader_and_back", async |page| {
        page.open("/#/agreement?source=sample").await;
        page.ready().await;
        let (cell, count) = largest_cell(page).await;
        assert!(count > 1, "{cell}");
        page.click(&cell).await;
        see_rows(page, &rows(count), count).await;
        let cell = page.address().await;

        let last = count - 1;
        let script = "const link = document.querySelector(`.grid [data-row='${given}'] .open`);
            link?.focus(); return link ? link.closest('.row').dataset.finding : null";
        let finding = page.until("row", script, json!(last)).await;
        page.press(ENTER).await;
        let script = "return location.hash.startsWith('#/conversations')
            && new URLSearchParams(location.hash.split('?')[1]).get('finding') === given";
        page.until("reader on the finding of the row", script, finding.clone()).await;
        let script = "return document.querySelector(`.ledger [data-finding='${given}'][aria-current=true]`)";
        page.until("selected finding in the ledger", script, finding.clone()).await;
        page.see_any(".inspect").await;

        page.browser.client.back().await.expect("a way back");
        see_rows(page, &rows(count), count).await;
        assert_eq!(page.address().await, cell);
        let script = "return document.activeElement.closest('.grid [data-row]')?.dataset.finding === given";
        page.until("focus on the row that was opened", script, finding).await;
        back_to_scores(page).await;
        page.see_any("table.mx").await;
    })
    .await;
}

#[tokio::test]
async fn a_number_of_each_criterion_opens_as_many_rows() {
    journey("a_number_of_each_criterion_opens_as_many_rows", async |page| {
        page.open("/#/agreement?source=sample").await;
        page.ready().await;
        page.see_any("table.scores td a").await;
        let criteria = page.words_of("table.scores tbody tr:not(.macro) th").await;
        assert_eq!(criteria.len(), 4, "{criteria:?}");
        for (at, criterion) in criteria.iter().enumerate() {
            // Right, candidate, reference.
            for column in 1..=3 {
                let link = format!(
                    "table.scores tbody tr:nth-child({} of :not(.macro)) td:nth-of-type({column}) a",
                    at + 1
                );
                let count = number(page, &link).await;
                assert!(count > 0, "{criterion}");
                follow(page, &link).await;
                if criterion.to_lowercase().starts_with("character") {
                    see_characters(page, count).await;
                } else {
                    see_rows(page, &rows(count), count).await;
                }
                back_to_scores(page).await;
            }
        }
    })
    .await;
}

/// Waits until the table says that it stands for so many characters, and its rows add up to them.
async fn see_characters(page: &Page, count: usize) {
    let said = format!("{} characters in ", counted(count));
    let script = r"const status = document.querySelector('.filters .end[role=status]');
        const said = status && words(status).match(/ in ([\d,]+) messages?,/);
        return said && words(status).startsWith(given) ? Number(said[1].replaceAll(',', '')) : null";
    let messages = page.until(&said, script, json!(said)).await;
    let messages = usize::try_from(messages.as_u64().expect("a count")).expect("a count");
    see_rows(page, &said, messages).await;
    if page.count(".gbody .row").await == messages {
        let script = "const counts = all('.gbody .vcell b').map(e => Number(words(e).split(' ')[0].replaceAll(',', '')));
            return counts.reduce((a, b) => a + b, 0)";
        assert_eq!(page.ask(script, json!(null)).await, json!(count));
    }
}
