//! A later export of the project on screen: from the API, from a file, and one that does not come.

use super::journey::journey;
use super::keys::ESCAPE;
use super::page::Page;
use super::support::answer::{Answer, Gate};
use super::support::exports::{SAMPLE_PROJECT, later_sample, sample};
use serde_json::{Value, json};

/// Opens the sample from the API, and the third difference in it.
async fn open(page: &Page) {
    page.server.on(SAMPLE_PROJECT, Answer::json(sample()));
    page.open("/").await;
    page.fetch("", SAMPLE_PROJECT, "sk-day-two", "").await;
    page.ready().await;
    for _ in 0..3 {
        page.press("n").await;
    }
    page.see_any("mark.sg.sel").await;
    page.frames(12).await;
}

/// Where the selected mark stands in the window.
async fn place(page: &Page) -> Value {
    page.ask(
        "return Math.round(document.querySelector('mark.sg.sel').getBoundingClientRect().top)",
        json!(null),
    )
    .await
}

#[tokio::test]
async fn a_refresh_keeps_the_place_and_says_what_changed() {
    journey("a_refresh_keeps_the_place_and_says_what_changed", async |page| {
        open(page).await;
        page.ask("document.querySelector('.reader .msgs').scrollTop += 37", json!(null)).await;
        page.frames(4).await;
        let (address, top) = (page.address().await, place(page).await);
        let gate = Gate::default();
        page.server.on(SAMPLE_PROJECT, Answer::json(later_sample()).after(&gate));
        page.press("r").await;
        page.see("Connecting").await;
        // The earlier export is there to be read meanwhile.
        assert_eq!((page.address().await, place(page).await), (address.clone(), top.clone()));
        gate.open();
        page.see("+1 review annotation, 1 review annotation edited").await;
        page.see("1 message gone").await;
        page.frames(12).await;
        assert_eq!(page.address().await, address);
        let now = place(page).await;
        assert!((now.as_i64().unwrap() - top.as_i64().unwrap()).abs() <= 80, "{top} became {now}");
        let asked = page.server.exports_asked_for();
        assert_eq!(asked.len(), 2);
        assert_eq!(asked[1].header("authorization"), Some("Bearer sk-day-two"));

        page.click("Show the list").await;
        page.see("What changed").await;
        page.see_any("dialog.changes .chg").await;
        page.click("1 review annotation edited").await;
        page.ask("document.querySelector('dialog.changes a.chg').click()", json!(null)).await;
        page.see_in_address("annotation=").await;
        page.see_any("mark.sg.sel").await;
        page.see_no("dialog.changes[open]").await;

        let all = page.count(".list .conv").await;
        page.click("Only what changed").await;
        page.see_in_address("changed=1").await;
        page.until(
            "a shorter list",
            "return document.querySelectorAll('.list .conv').length < given",
            json!(all),
        )
        .await;
        page.press("c").await;
        page.until(
            "the whole list",
            "return document.querySelectorAll('.list .conv').length === given",
            json!(all),
        )
        .await;
        page.click("Dismiss").await;
        page.see_no(".strap.changed").await;

        // The file that is handed back is the later one.
        page.server.on(SAMPLE_PROJECT, Answer::json(later_sample()));
        page.press("r").await;
        page.see("nothing has changed").await;
    })
    .await;
}

#[tokio::test]
async fn a_refresh_that_fails_leaves_the_export_on_screen() {
    journey("a_refresh_that_fails_leaves_the_export_on_screen", async |page| {
        open(page).await;
        let address = page.address().await;
        page.expect_on_console("503");
        page.server.on(SAMPLE_PROJECT, Answer::detail(503, "the database sleeps"));
        page.click("Refresh from the API").await;
        page.see("Not refreshed").await;
        assert_eq!(page.address().await, address);
        page.see_any("mark.sg.sel").await;
        page.click("What happened").await;
        page.see("the database sleeps").await;
        page.press(ESCAPE).await;
        page.see_any(".reader mark.sg.sel").await;
        page.see_gone("Not refreshed").await;

        // What breaks off half-way does not take the place of a whole one either.
        let half = sample()[..20_000].to_vec();
        page.server.on(SAMPLE_PROJECT, Answer::json(half));
        page.press("r").await;
        page.see("Not refreshed").await;
        page.see_any("mark.sg.sel").await;
        page.server.on(SAMPLE_PROJECT, Answer::json(later_sample()));
        page.click("Try again").await;
        page.see("+1 review annotation").await;
    })
    .await;
}

#[tokio::test]
async fn a_newer_file_of_the_project_on_screen_refreshes_it() {
    journey("a_newer_file_of_the_project_on_screen_refreshes_it", async |page| {
        open(page).await;
        let path = page.downloads.join("later.json");
        std::fs::write(&path, later_sample()).unwrap();
        page.press("o").await;
        page.see("From a file").await;
        page.choose_file(&path).await;
        page.see("+1 review annotation").await;
        page.see_any("mark.sg.sel").await;
        // Nobody could fetch that again.
        assert!(!page.address().await.contains("source="), "{}", page.address().await);
        page.see_no("[aria-label='Refresh from the API']").await;

        // Another project takes its place as ever.
        let mut other: Value = serde_json::from_slice(&sample()).unwrap();
        other["project"]["id"] = json!("0f0f0f0f-0000-4000-8000-000000000001");
        std::fs::write(&path, serde_json::to_vec(&other).unwrap()).unwrap();
        page.press("o").await;
        page.choose_file(&path).await;
        page.see_in_address("project=0f0f0f0f").await;
        page.ready().await;
        page.see_no(".strap.changed").await;
    })
    .await;
}
