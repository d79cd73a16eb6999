//! Single keys.

use super::journey::journey;
use super::keys::ESCAPE;
use super::page::Page;
use serde_json::json;
use std::collections::HashSet;
use std::time::Duration;

/// The id of the selected finding, as the address has it.
async fn selected(page: &Page) -> Option<String> {
    let script = "return new URLSearchParams(location.hash.split('?')[1]).get('finding')";
    page.ask(script, json!(null)).await.as_str().map(str::to_owned)
}

/// The same once it is another one than `before`: an engine may refuse addresses that change too often for a while.
async fn selected_next(page: &Page, before: Option<&String>) -> String {
    let script = "const id = new URLSearchParams(location.hash.split('?')[1]).get('finding'); return id !== given && id";
    let next = page.until("another finding in the address", script, json!(before)).await;
    next.as_str().expect("an id").to_owned()
}

/// How many differences the inspector counts.
async fn differences(page: &Page) -> usize {
    let script = r"const found = words(document.querySelector('.inspect .bar')).match(/(\d+) differences|of (\d+)/);
        return found && (Number(found[1] ?? found[2]) || null)";
    let count = page.until("number of differences", script, json!(null)).await;
    usize::try_from(count.as_u64().unwrap()).unwrap()
}

#[tokio::test]
async fn n_and_p_visit_each_difference_once() {
    journey("n_and_p_visit_each_difference_once", async |page| {
        page.open("/#/conversations?source=sample").await;
        page.ready().await;
        let total = differences(page).await;
        assert!(total > 20, "{total}");
        let mut on = Vec::new();
        for number in 1..=total {
            page.press("n").await;
            let words = format!("Difference {number} of {total}");
            page.until(
                &words,
                "return words(document.querySelector('.inspect .bar')).includes(given)",
                json!(words),
            )
            .await;
            on.push(selected_next(page, on.last()).await);
        }
        assert_eq!(on.iter().collect::<HashSet<_>>().len(), total);
        page.press("n").await;
        assert_eq!(selected(page).await.as_ref(), on.last(), "there is none after the last");
        let mut back = vec![on[total - 1].clone()];
        for number in (1..total).rev() {
            page.press("p").await;
            let words = format!("Difference {number} of {total}");
            page.until(
                &words,
                "return words(document.querySelector('.inspect .bar')).includes(given)",
                json!(words),
            )
            .await;
            back.push(selected_next(page, back.last()).await);
        }
        back.reverse();
        assert_eq!(back, on);
    })
    .await;
}

#[tokio::test]
async fn escape_leaves_one_level_after_the_other() {
    journey("escape_leaves_one_level_after_the_other", async |page| {
        page.open("/#/conversations?source=sample").await;
        page.ready().await;
        page.press("n").await;
        page.until("selected finding", "return location.hash.includes('finding=')", json!(null)).await;
        page.press("?").await;
        page.until("sheet of keys", "return document.querySelector('dialog[open]')", json!(null)).await;
        page.press(ESCAPE).await;
        page.see_no("dialog[open]").await;
        assert!(selected(page).await.is_some(), "closing the sheet leaves the selection alone");
        page.press(ESCAPE).await;
        page.until("address without finding", "return !location.hash.includes('finding=')", json!(null))
            .await;
        page.press("o").await;
        page.see("Open the sample project").await;
        page.press(ESCAPE).await;
        page.see("I forgot my Velmorin").await;
    })
    .await;
}

#[tokio::test]
async fn single_keys_can_be_switched_off() {
    journey("single_keys_can_be_switched_off", async |page| {
        page.open("/#/conversations?source=sample").await;
        page.ready().await;
        page.press("?").await;
        page.click("Single keys act").await;
        page.click("Close").await;
        page.see_no("dialog[open]").await;
        page.press("n").await;
        page.press("2").await;
        assert_eq!(selected(page).await, None);
        page.see_no(".tiers [aria-keyshortcuts='2'][aria-pressed=false]").await;
        page.browser.client.refresh().await.unwrap();
        page.ready().await;
        page.press("n").await;
        assert_eq!(selected(page).await, None, "it is remembered");
    })
    .await;
}

#[tokio::test]
async fn keys_may_come_faster_than_frames() {
    journey("keys_may_come_faster_than_frames", async |page| {
        page.open("/#/conversations?source=sample").await;
        page.ready().await;
        let total = differences(page).await;
        let script = "for (const key of given) {
            document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
            await Promise.resolve();
        }";
        // Across many conversations, and back to the third difference.
        let keys: Vec<&str> = std::iter::repeat_n("n", 40).chain(std::iter::repeat_n("p", 37)).collect();
        page.ask(&format!("return (async () => {{ {script} }})()"), json!(keys)).await;
        page.see_in_inspector(&format!("Difference 3 of {total}")).await;
        // Time for what was left behind to be called.
        tokio::time::sleep(Duration::from_millis(300)).await;
        page.press("n").await;
        page.see_in_inspector(&format!("Difference 4 of {total}")).await;
    })
    .await;
}
