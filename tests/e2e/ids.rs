//! Pasted lists of ids: how they are read, and what is said of those that name something and those that name nothing.

use super::journey::journey;
use super::support::exports::sample;
use serde_json::{Value, json};

#[tokio::test]
async fn a_column_of_ids_is_pasted_as_a_filter() {
    journey("a_column_of_ids_is_pasted_as_a_filter", async |page| {
        let export: Value = serde_json::from_slice(&sample()).expect("the sample");
        let ids: Vec<&str> =
            [0, 3].map(|at| export["conversations"][at]["id"].as_str().expect("an id")).into();
        page.open("/#/conversations?source=sample").await;
        page.ready().await;
        page.ask("document.querySelector('[data-filters]').click()", json!(null)).await;
        page.see_any(".filterpane .ids").await;
        // The labeler is told why their own cannot be offered.
        page.see("so “mine” cannot be offered").await;
        let column = format!("conversation_id\n=\"{}\"\n'{}',\tnowhere-1\n", ids[0], ids[1]);
        page.paste("Ids of conversations", &column).await;
        page.click("Show only these").await;
        page.see("2 of 3 in this export. Not in this export: nowhere-1.").await;
        page.see("Show 2 conversations").await;
        assert_eq!(
            page.words_of(".ids-found").await,
            ["2 of 3 in this export. Not in this export: nowhere-1."]
        );
        page.paste("Ids of conversations", "- , -").await;
        page.click("Show only these").await;
        page.see("No id in this text").await;
        page.see("Show 17 conversations").await;
    })
    .await;
}
