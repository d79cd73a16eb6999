//! By keyboard alone: a whole task, one stop of the tab key for each widget, and where the keyboard is after something
//! came or went.

use super::journey::{Need, journey};
use super::keys::{DOWN, END, ENTER, ESCAPE, LEFT, RIGHT, TAB, UP};
use super::support::answer::Answer;
use super::support::exports::{SAMPLE_PROJECT, sample, sha256};
use serde_json::json;

#[tokio::test]
async fn a_whole_task_by_keyboard_alone() {
    journey("a_whole_task_by_keyboard_alone", async |page| {
        page.server.on(SAMPLE_PROJECT, Answer::json(sample()));
        page.open("/").await;
        page.tab_to("Project ID").await;
        page.press(SAMPLE_PROJECT).await;
        page.tab_to("API key").await;
        page.press("sk-by-hand").await;
        page.press(ENTER).await;
        page.ready().await;
        // What had the keyboard is gone; it came along to the screen.
        page.see_focus_at("main").await;
        for number in 1..=3 {
            page.press("n").await;
            page.see_in_inspector(&format!("Difference {number} of")).await;
        }
        page.tab_to("Details").await;
        page.settled().await;
        let explanations = page.count(".inspect .why dd").await;
        assert!(explanations >= 2, "the third difference has {explanations} explanations");
        for nth in 0..explanations {
            let is_in_view = "const pane = document.querySelector('.inspect .body').getBoundingClientRect();
                const box = all('.inspect .why dd')[given].getBoundingClientRect();
                return box.top >= pane.top && box.bottom <= pane.bottom";
            let mut presses = 0;
            while page.ask(is_in_view, json!(nth)).await != json!(true) {
                assert!(presses < 100, "the arrow key never brings explanation {nth} into view");
                page.press(DOWN).await;
                presses += 1;
            }
        }
        if !page.can(Need::Downloads, "the download in a_whole_task_by_keyboard_alone") {
            return;
        }
        page.press("d").await;
        let file = page.downloaded("leaflet-answers-round-2-export-2025-03-18.json").await;
        assert_eq!(sha256(&file), sha256(&sample()));
    })
    .await;
}

#[tokio::test]
async fn a_widget_is_one_stop_and_the_arrow_keys_go_on() {
    journey("a_widget_is_one_stop_and_the_arrow_keys_go_on", async |page| {
        page.open("/#/conversations?source=sample").await;
        page.ready().await;
        // Each of these is one widget, of many items.
        let stops = "return all(given).map(e => [...e.querySelectorAll('a, button, [tabindex]')]
            .filter(e => e.tabIndex >= 0).length)";
        let is_one = format!(
            "const stops = (() => {{ {stops} }})(); return stops.length > 0 && stops.every(n => n === 1)"
        );
        for widget in [".list .body", ".msgs .ledger"] {
            page.until(&format!("one stop in each {widget}"), &is_one, json!(widget)).await;
        }
        page.tab_to("1 I forgot my Velmorin").await;
        page.press(DOWN).await;
        page.see_focus_on("2 ").await;
        page.press(DOWN).await;
        page.see_focus_on("3 ").await;
        page.press(UP).await;
        page.see_focus_on("2 ").await;
        page.press(ENTER).await;
        let is_second = "return words(document.querySelector('.where')).startsWith('2')";
        page.until("second conversation", is_second, json!(null)).await;
        // The list stays one stop however far it is walked.
        page.tab_back_to("2 ").await;
        for number in 3..=16 {
            page.press(DOWN).await;
            page.see_focus_on(&format!("{number} ")).await;
        }
        page.until("one stop in the list", &is_one, json!(".list .body")).await;

        page.press("1").await;
        page.press("1").await;
        page.open("/#/findings?source=sample").await;
        page.until("one stop in the table", &is_one, json!(".gbody")).await;
        page.ask("document.querySelector('.gbody .open').focus()", json!(null)).await;
        page.press(DOWN).await;
        page.see_focus_at("[data-row='1'] .open").await;
        page.until("one stop in the table", &is_one, json!(".gbody")).await;
    })
    .await;
}

#[tokio::test]
async fn a_table_of_links_is_one_stop_and_goes_in_four_directions() {
    journey("a_table_of_links_is_one_stop_and_goes_in_four_directions", async |page| {
        page.open("/#/agreement?source=sample").await;
        page.ready().await;
        let one_each = "const tables = all('main table').filter(table => table.querySelector('a'));
            return tables.length >= 4 && tables.every(table =>
                [...table.querySelectorAll('a, button')].filter(item => item.tabIndex >= 0).length === 1)";
        page.until("one stop in each table", one_each, json!(null)).await;
        page.ask("document.querySelector('.mx td a').focus()", json!(null)).await;
        let cell = "const at = document.activeElement.closest('.mx td');
            return at && [at.parentElement.sectionRowIndex, at.cellIndex]";
        let is_at = format!("const cell = () => {{ {cell} }}; return JSON.stringify(cell()) === JSON.stringify(given)");
        page.until("keyboard on the first cell", &is_at, json!([0, 1])).await;
        for (key, there) in
            [(RIGHT, [0, 2]), (DOWN, [1, 2]), (DOWN, [2, 2]), (LEFT, [2, 1]), (UP, [1, 1]), (LEFT, [1, 1])]
        {
            page.press(key).await;
            page.until(&format!("keyboard on the cell {there:?}"), &is_at, json!(there)).await;
        }
        page.until("one stop in each table", one_each, json!(null)).await;
        page.press(END).await;
        let is_last = "return document.activeElement.closest('td') === document.activeElement.closest('tr').lastElementChild";
        page.until("keyboard on the last cell of the row", is_last, json!(null)).await;
        // From one table the tab key leads out of it, and back to where it was.
        page.press(TAB).await;
        page.until("keyboard past the table", &is_at, json!(null)).await;
        page.press("\u{e008}\u{e004}").await;
        page.until("keyboard on the last cell again", is_last, json!(null)).await;
        page.press(ENTER).await;
        page.see_in_address("/findings").await;
    })
    .await;
}

#[tokio::test]
async fn the_keyboard_goes_along_and_comes_back() {
    journey("the_keyboard_goes_along_and_comes_back", async |page| {
        page.open("/#/agreement?source=sample").await;
        page.ready().await;
        // A dialog takes the keyboard and gives it back.
        page.tab_to("Help").await;
        page.press("?").await;
        page.see_any("dialog.keys[open]").await;
        page.until(
            "keyboard in the dialog",
            "return document.activeElement.closest('dialog') !== null",
            json!(null),
        )
        .await;
        page.press(ESCAPE).await;
        page.see_focus_on("Help").await;
        // A number leads to its rows, and the keyboard with it; the link that it was on is gone.
        page.ask("document.querySelector('table.scores td a').focus()", json!(null)).await;
        page.press(ENTER).await;
        page.see_in_address("/findings").await;
        page.see_any(".gbody .row").await;
        page.see_focus_at("main").await;
        // A menu closes on Escape, back to its button; then Escape has nothing to leave.
        page.tab_to("Label: any").await;
        page.press(ENTER).await;
        page.see_any(".menu[open] .opt").await;
        page.press(ESCAPE).await;
        page.see_no(".menu[open]").await;
        page.see_focus_on("Label: any").await;
        // To the form and back.
        page.press("o").await;
        page.see("Open the sample project").await;
        page.press(ESCAPE).await;
        page.see_any(".gbody .row").await;
        page.press("f").await;
        page.see_any(".msgs .msg").await;
    })
    .await;
}
