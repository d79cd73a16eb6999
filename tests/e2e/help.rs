//! Help: the ways to it and back, with and without an export, and what explains a word where it stands.

use super::journey::{Need, journey, journey_with};
use super::keys::{ENTER, ESCAPE};
use super::window::set_size;
use serde_json::json;

#[tokio::test]
async fn help_is_there_before_anything_is_open() {
    journey("help_is_there_before_anything_is_open", async |page| {
        page.open("/").await;
        page.see("Open the sample project").await;
        page.tab_to("Help").await;
        page.press(ENTER).await;
        page.see("What each screen answers").await;
        page.see_in_address("#/help?").await;
        // The contents lead to a section, and the keyboard with it.
        page.tab_to("Where data goes").await;
        page.press(ENTER).await;
        page.see_focus_at("#help-data").await;
        // Escape leads back.
        page.press(ESCAPE).await;
        page.see("Open the sample project").await;
        // What is opened from Help is shown.
        page.open("/#/help").await;
        page.see("What each screen answers").await;
        page.press("o").await;
        page.see("Open the sample project").await;
        page.click("Help").await;
        page.see("What each screen answers").await;
        page.browser.client.back().await.expect("a step back");
        page.see("Open the sample project").await;
        page.click("Open the sample project").await;
        page.ready().await;
        page.see_any(".msgs .msg").await;
    })
    .await;
}

#[tokio::test]
async fn help_leads_back_to_where_one_was() {
    journey("help_leads_back_to_where_one_was", async |page| {
        page.open("/#/agreement?source=sample&pair=pr").await;
        page.ready().await;
        page.see_any("table.scores").await;
        let before = page.address().await;
        page.press("?").await;
        page.see_any("dialog.keys[open]").await;
        page.click("All of it in Help").await;
        page.see_no("dialog.keys[open]").await;
        page.see("What each screen answers").await;
        // Keys that act on what is out of sight do nothing here.
        page.press("1").await;
        page.press(ESCAPE).await;
        page.see_any("table.scores").await;
        assert_eq!(page.address().await, before);
        // The export stays open, and each screen is a step away.
        page.click("Help").await;
        page.see("What each screen answers").await;
        page.click("Findings").await;
        page.see_any(".gbody .row").await;
        page.browser.client.back().await.expect("a step back");
        page.see("What each screen answers").await;
    })
    .await;
}

#[tokio::test]
async fn help_is_in_the_menu_of_a_phone() {
    journey_with(&[Need::Debugging], "help_is_in_the_menu_of_a_phone", async |page| {
        set_size(page, 390, 844, true).await;
        page.open("/#/conversations?source=sample").await;
        page.ready().await;
        page.press("n").await;
        page.see_in_inspector("Difference 1 of").await;
        page.click("Screens").await;
        page.click("Help").await;
        page.see("What each screen answers").await;
        let overflow = "return document.documentElement.scrollWidth <= innerWidth";
        page.until("nothing is wider than the window", overflow, json!(null)).await;
        page.browser.client.back().await.expect("a step back");
        page.see_in_inspector("Difference 1 of").await;
    })
    .await;
}

#[tokio::test]
async fn the_legend_is_put_away_for_good() {
    journey("the_legend_is_put_away_for_good", async |page| {
        page.open("/#/conversations?source=sample").await;
        page.ready().await;
        page.be_new_here().await;
        page.ready().await;
        page.see("Dotted is Automated").await;
        // Drawn by what draws the text: three marks, each in a track of its own.
        let drawn = "return [...document.querySelectorAll('.legend mark.sg')].filter(mark =>
            mark.style.getPropertyValue('--bars') && getComputedStyle(mark).backgroundImage !== 'none').length === 3";
        page.until("three drawn marks", drawn, json!(null)).await;
        // What goes is what the text moves by.
        let place = "const text = document.querySelector('.msgs .msg [data-part]').getBoundingClientRect();
            const legend = document.querySelector('.legend')?.getBoundingClientRect().height ?? 0;
            return text.top - legend";
        let before = page.ask(place, json!(null)).await;
        page.tab_to("Got it").await;
        page.press(ENTER).await;
        page.see_no(".legend").await;
        let after = page.ask(place, json!(null)).await;
        let moved = before.as_f64().unwrap() - after.as_f64().unwrap();
        assert!(moved.abs() < 1.0, "the text moved by {moved} more than the legend was high");
        page.see_focus_at("main").await;
        page.browser.client.refresh().await.expect("the page anew");
        page.ready().await;
        page.see_any(".msgs .msg").await;
        assert_eq!(page.count(".legend").await, 0);
        // Help shows it, and brings it back.
        page.click("Help").await;
        page.see("How marks are drawn").await;
        page.click("Show the legend above the text").await;
        page.press(ESCAPE).await;
        page.see_any(".legend").await;
    })
    .await;
}

#[tokio::test]
async fn words_are_explained_where_they_stand() {
    journey("words_are_explained_where_they_stand", async |page| {
        page.open("/#/conversations?source=sample").await;
        page.ready().await;
        page.press("n").await;
        page.see_in_inspector("Difference 1 of").await;
        page.tab_to("What these words mean").await;
        page.press(ENTER).await;
        page.see_in_inspector("with different labels").await;
        page.press(ENTER).await;
        let is_gone = "return !words(document.querySelector('.inspect')).includes(given)";
        page.until("inspector without the words", is_gone, json!("with different labels")).await;
        page.open("/#/agreement?source=sample").await;
        page.see_any("table.scores").await;
        page.click("What “Precision” means").await;
        page.see("share of the candidate's marks that are right").await;
        page.click("What “Strict” means").await;
        page.see("one character more or less is wrong").await;
        page.open("/#/findings?source=sample").await;
        page.see_any(".gbody .row").await;
        page.click("What these words mean").await;
        page.see("Fewer than two tiers looked").await;
        page.open("/#/overview?source=sample").await;
        page.see("Assumptions").await;
        page.click("What “What a part index counts” means").await;
        page.see("only parts with a text count").await;
    })
    .await;
}
