//! Links that are handed on: copied by keyboard, opened elsewhere, landed on with the keyboard.

use super::journey::{Need, journey, journey_with};
use super::keys::{ENTER, ESCAPE, TAB};
use super::page::Page;
use super::support::answer::Answer;
use super::support::exports::{SAMPLE_PROJECT, sample};
use serde_json::json;

/// Waits until the keyboard is on an element that matches `selector` and lies in view.
async fn lands_on(page: &Page, selector: &str) {
    let script = "const [on, pane] = [document.activeElement, document.querySelector('.msgs')];
        if (!pane || !on.matches(given)) return false;
        const [inner, outer] = [on.getBoundingClientRect(), pane.getBoundingClientRect()];
        return inner.bottom > outer.top && inner.top < outer.bottom;";
    page.until(&format!("keyboard on {selector}"), script, json!(selector)).await;
}

/// Follows a link in a new tab.
async fn open_in_new_tab(page: &Page, link: &str) {
    let tab = page.browser.client.new_window(true).await.expect("a new tab");
    page.browser.client.switch_to_window(tab.handle).await.expect("the new tab");
    page.browser.client.goto(link).await.expect("the page");
    page.ready().await;
}

#[tokio::test]
async fn the_third_difference_is_handed_on_by_keyboard_alone() {
    journey_with(&[Need::Clipboard], "the_third_difference_is_handed_on_by_keyboard_alone", async |page| {
        page.open("/").await;
        page.tab_to("Open the sample project").await;
        page.press(ENTER).await;
        page.ready().await;
        for number in 1..=3 {
            page.press("n").await;
            page.see_in_inspector(&format!("Difference {number} of")).await;
        }
        page.tab_to("Copy link").await;
        // The first of that name copies the link to the conversation; the finding's own has only these two words.
        let is_own = "return called(document.activeElement) === 'Copy link'";
        let mut presses = 0;
        while page.ask(is_own, json!(null)).await != json!(true) {
            assert!(presses < 300, "the tab key never leads to “Copy link” of the finding itself");
            page.press(TAB).await;
            presses += 1;
        }
        page.press(ENTER).await;
        page.see_in_inspector("Copied").await;
        let link = page.clipboard().await;
        assert!(link.contains("finding=") && link.contains("source=sample"), "{link}");
        open_in_new_tab(page, &link).await;
        page.see_in_inspector("Difference 3 of").await;
        lands_on(page, "mark.sg.sel").await;
    })
    .await;
}

#[tokio::test]
async fn every_place_has_a_link() {
    journey_with(&[Need::Clipboard], "every_place_has_a_link", async |page| {
        page.open("/#/conversations?source=sample").await;
        page.ready().await;
        page.press("j").await;
        page.see_in_address("conversation=").await;
        page.press("n").await;
        page.see_in_inspector("Difference").await;
        let copies = [
            ("Copy link to this conversation", "conversation=", "article.msg"),
            ("Copy link to message 2", "message=", "article.msg"),
            ("Copy link to the Primary annotation", "annotation=", "mark.sg.sel"),
        ];
        let mut links = Vec::new();
        for (name, parameter, selector) in copies {
            page.click(name).await;
            let script = "return called(document.activeElement).startsWith(given) &&
                document.activeElement.innerText.includes('Copied')";
            page.until("word that it was copied", script, json!(name)).await;
            let link = page.clipboard().await;
            assert!(link.contains(parameter) && !link.contains("finding="), "{link}");
            links.push((link, selector));
        }
        for (link, selector) in &links[1..] {
            open_in_new_tab(page, link).await;
            lands_on(page, selector).await;
        }
    })
    .await;
}

#[tokio::test]
async fn a_link_into_another_project_says_so_and_leads_on() {
    journey("a_link_into_another_project_says_so_and_leads_on", async |page| {
        let other = "11111111-2222-4333-8444-555555555555";
        page.server.on(SAMPLE_PROJECT, Answer::json(sample()));
        page.open(&format!("/#/conversations?project={other}&message=m")).await;
        page.see("The link points into project").await;
        page.click("Open the sample project").await;
        page.ready().await;
        page.see(&format!("The link points into project {other}, which is not the one on screen.")).await;
        page.see("I forgot my Velmorin").await;
        page.click("Stay here").await;
        page.press("j").await;
        page.see_in_address(SAMPLE_PROJECT).await;
        let here = page.address().await;
        // A link that is followed while an export is open, as from a message of a colleague.
        let link = format!("#/conversations?project={other}&finding=f&v=1");
        page.ask("location.hash = given", json!(link)).await;
        page.see("which is not the one on screen").await;
        assert_eq!(page.address().await, here, "the person stays where they are");
        page.click("Open that project").await;
        let typed = "return field('Project ID')?.value === given";
        page.until("ID of the project in the form", typed, json!(other)).await;
        page.click("Back to what was open").await;
        page.until("address of before", "return location.href === given", json!(here)).await;
    })
    .await;
}

#[tokio::test]
async fn a_text_that_is_marked_elsewhere_leads_there() {
    journey("a_text_that_is_marked_elsewhere_leads_there", async |page| {
        page.server.on(SAMPLE_PROJECT, Answer::json(twice(&sample())));
        page.open(&format!("/#/conversations?source=api&project={SAMPLE_PROJECT}&annotation=first")).await;
        page.ready().await;
        page.see_in_inspector("The same text elsewhere").await;
        page.see_in_inspector("Marked in 1 other place").await;
        page.click("Search for this text").await;
        let tally = "return words(document.querySelector('.tally')).endsWith('hits in 2 conversations')";
        page.until("hits in both conversations", tally, json!(null)).await;
        page.press(ESCAPE).await;
        let is_back = "return called(document.activeElement) === 'Search for this text'";
        page.until("keyboard where it was", is_back, json!(null)).await;
        page.tab_back_to("uncompared: Automated: x").await;
        page.press(ENTER).await;
        page.until(
            "other place",
            "return words(document.querySelector('.where')).startsWith('19')",
            json!(null),
        )
        .await;
    })
    .await;
}

/// The sample with two conversations more, in both of which the detector marked the same words.
fn twice(sample: &[u8]) -> Vec<u8> {
    let mut export: serde_json::Value = serde_json::from_slice(sample).expect("JSON");
    for id in ["first", "second"] {
        let message = json!({ "id": format!("m-{id}"), "role": "assistant",
            "parts": [{ "type": "text", "content": format!("The {id} zebra crossing.") }] });
        let conversations = export["conversations"].as_array_mut().expect("a list");
        conversations.push(json!({ "id": format!("c-{id}"), "messages": [message] }));
        let start = 5 + id.len();
        let mark = json!([{ "id": id, "label": "x", "status": "pending", "text": "zebra crossing",
            "start_offset": start, "end_offset": start + 14, "message_part_index": 0 }]);
        export["annotations"]["automated"][format!("m-{id}")] = mark;
    }
    serde_json::to_vec(&export).expect("JSON")
}
