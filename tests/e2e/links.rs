//! Links: they open what they name, scroll to it and select it.

use super::journey::journey;
use super::page::Page;
use super::support::answer::Answer;
use super::support::exports::{SAMPLE_PROJECT, sample, sample_path};
use serde_json::{Value, json};

/// A place in the sample.
struct Place {
    conversation: String,
    message: String,
    annotation: String,
    /// Whether the annotation sits in a text.
    is_anchored: bool,
}

/// The last annotation of review on a message with several; with a quote, or without anything to anchor it by.
fn place(is_anchored: bool) -> Place {
    let export: Value = serde_json::from_slice(&sample()).unwrap();
    let id = |value: &Value| value["id"].as_str().unwrap_or_default().to_owned();
    let review = &export["annotations"]["review"];
    let mut places = Vec::new();
    for conversation in export["conversations"].as_array().unwrap() {
        for message in conversation["messages"].as_array().unwrap() {
            let annotations = review[id(message)].as_array().map(Vec::as_slice).unwrap_or_default();
            let last = annotations.last().filter(|_| annotations.len() > 3);
            if let Some(last) = last.filter(|last| last["text"].is_string() == is_anchored) {
                places.push((conversation, message, last));
            }
        }
    }
    let (conversation, message, annotation) = places.last().unwrap();
    Place { conversation: id(conversation), message: id(message), annotation: id(annotation), is_anchored }
}

impl Place {
    fn fragment(&self, front: &str) -> String {
        let Place { conversation, message, annotation, .. } = self;
        format!(
            "/#/conversations?{front}conversation={conversation}&message={message}&annotation={annotation}&v=1"
        )
    }

    /// Waits until the place is in view and selected.
    async fn is_shown(&self, page: &Page) {
        let script = "const mark = document.querySelector(`[data-message='${given.message}'] [data-annotation~='${given.annotation}']`);
            const pane = document.querySelector('.msgs');
            if (!mark || !pane) return null;
            const [inner, outer] = [mark.getBoundingClientRect(), pane.getBoundingClientRect()];
            return inner.bottom > outer.top && inner.top < outer.bottom;";
        let given = json!({ "message": self.message, "annotation": self.annotation });
        page.until("annotation in view", script, given).await;
        let selected = if self.is_anchored { "mark.sg.sel" } else { ".tray [aria-current=true]" };
        page.see_any(selected).await;
        let script = "return words(document.querySelector('.inspect')).includes(given)";
        page.until("annotation in the inspector", script, json!(self.annotation)).await;
    }
}

#[tokio::test]
async fn a_link_opens_scrolls_and_selects() {
    journey("a_link_opens_scrolls_and_selects", async |page| {
        let place = place(true);
        page.open(&place.fragment("source=sample&")).await;
        page.ready().await;
        place.is_shown(page).await;
        page.see_count("[aria-current=true][data-finding]", 1).await;
    })
    .await;
}

#[tokio::test]
async fn a_link_leads_to_what_could_not_be_anchored() {
    journey("a_link_leads_to_what_could_not_be_anchored", async |page| {
        let place = place(false);
        page.open(&place.fragment("source=sample&")).await;
        place.is_shown(page).await;
    })
    .await;
}

#[tokio::test]
async fn a_link_fetches_from_the_api() {
    journey("a_link_fetches_from_the_api", async |page| {
        page.server.on(SAMPLE_PROJECT, Answer::json(sample()));
        let place = place(true);
        page.open(&place.fragment(&format!("source=api&project={SAMPLE_PROJECT}&"))).await;
        place.is_shown(page).await;
        let asked = page.server.exports_asked_for();
        assert_eq!(asked.len(), 1);
        // Without a key the browser's own session is used.
        assert_eq!(asked[0].header("authorization"), None);
    })
    .await;
}

#[tokio::test]
async fn a_link_without_source_asks_for_its_project() {
    journey("a_link_without_source_asks_for_its_project", async |page| {
        let place = place(true);
        page.open(&place.fragment(&format!("project={SAMPLE_PROJECT}&"))).await;
        page.see("The link points into project").await;
        let typed = page.ask("return field('Project ID').value", json!(null)).await;
        assert_eq!(typed, SAMPLE_PROJECT);
        page.choose_file(&sample_path()).await;
        place.is_shown(page).await;
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_in_a_link_is_said_and_ignored() {
    journey("what_is_wrong_in_a_link_is_said_and_ignored", async |page| {
        page.open("/#/conversations?source=sample&layout=sideways&from=&utm=1&v=1").await;
        page.ready().await;
        page.see("layout=sideways").await;
        page.see("I forgot my Velmorin").await;
        page.click("Dismiss").await;
        page.see_gone("layout=sideways").await;
        page.see_in_address("utm=1").await;
    })
    .await;
}

#[tokio::test]
async fn back_and_forward_go_through_five_steps() {
    journey("back_and_forward_go_through_five_steps", async |page| {
        page.open("/#/conversations?source=sample").await;
        page.ready().await;
        let is_shown = "return words(document.querySelector('.where')).includes(given)";
        page.until("first conversation", is_shown, json!("1 of 17")).await;
        let mut addresses = vec![page.address().await];
        let steps = [
            ("j", "conversation="),
            ("j", "conversation="),
            ("l", "layout="),
            ("f", "#/findings"),
            ("f", "#/conv"),
        ];
        for (key, characters) in steps {
            page.press(key).await;
            let script = "return location.href !== given.before && location.hash.includes(given.characters)";
            let given = json!({ "before": addresses.last(), "characters": characters });
            page.until(&format!("another address after {key}"), script, given).await;
            addresses.push(page.address().await);
        }
        let is_there = "return location.href === given";
        for address in addresses.iter().rev().skip(1) {
            page.browser.client.back().await.unwrap();
            page.until("address of before", is_there, json!(address)).await;
        }
        page.until("first conversation", is_shown, json!("1 of 17")).await;
        for address in addresses.iter().skip(1) {
            page.browser.client.forward().await.unwrap();
            page.until("address of after", is_there, json!(address)).await;
        }
        page.until("third conversation", is_shown, json!("3 of 17")).await;
    })
    .await;
}

#[tokio::test]
async fn a_place_that_is_not_there_is_said() {
    journey("a_place_that_is_not_there_is_said", async |page| {
        page.open("/#/conversations?source=sample&conversation=00000000-0000-4000-8000-000000000000").await;
        page.see("The link points to something that this export does not hold").await;
    })
    .await;
}
