//! Search by keyboard alone: from a key to a phrase in a fold, from hit to hit, and back.

use super::journey::journey;
use super::keys::{ENTER, ESCAPE};
use super::page::Page;
use serde_json::json;

const SHIFT_ENTER: &str = "\u{e008}\u{e007}";
const SHIFT_F3: &str = "\u{e008}\u{e033}";
const F3: &str = "\u{e033}";
const CONTROL_F: &str = "\u{e009}f";

async fn open_sample(page: &Page) {
    page.open("/#/conversations?source=sample").await;
    page.ready().await;
}

/// Types in place of what stands in the field, which has the focus.
async fn search(page: &Page, text: &str) {
    page.press(&format!("\u{e009}a\u{e000}{text}")).await;
}

/// Waits until so much was found.
async fn see_tally(page: &Page, words: &str) {
    let script = "return words(document.querySelector('.tally')) === given";
    page.until(&format!("tally “{words}”"), script, json!(words)).await;
}

/// Waits until this hit of so many is the current one.
async fn see_place(page: &Page, words: &str) {
    let script = "return words(document.querySelector('.way .n')) === given";
    page.until(&format!("place “{words}”"), script, json!(words)).await;
}

/// Waits until exactly this is painted as the current hit, in view of what it scrolls in.
async fn see_current(page: &Page, text: &str) {
    let script = "const [range, ...more] = CSS.highlights.get('search-current') ?? [];
        if (!range || more.length || range.toString() !== given) return false;
        const [inner, outer] = [range.getBoundingClientRect(),
            range.startContainer.parentElement.closest('.body').getBoundingClientRect()];
        return inner.height > 0 && inner.top >= outer.top && inner.bottom <= outer.bottom;";
    page.until(&format!("“{text}” painted and in view"), script, json!(text)).await;
}

#[tokio::test]
async fn a_phrase_inside_a_folded_tool_response_is_found_and_shown() {
    journey("a_phrase_inside_a_folded_tool_response_is_found_and_shown", async |page| {
        open_sample(page).await;
        let fold = "return document.querySelector('[data-row=\"3\"] .tool details.fold').open";
        assert_eq!(page.ask(fold, json!(null)).await, json!(false), "the response is folded");
        page.press("/").await;
        page.see_focus_at(".search input").await;
        page.see("Find anything in this export").await;
        search(page, "NOT to divide").await;
        see_tally(page, "1 hit in 1 conversation").await;
        page.see_count(".search .kind", 1).await;
        assert_eq!(page.words_of(".search .kind").await, ["tool response"]);
        page.press(ENTER).await;
        see_place(page, "1 of 1").await;
        page.until("open fold", fold, json!(null)).await;
        see_current(page, "not to divide").await;
        page.see_in_address("message=").await;
        assert!(!page.address().await.contains("divide"), "the query stays out of the address");
        page.see_focus_at(".search input").await;
        page.press(ESCAPE).await;
        page.see_no(".search").await;
        page.see_any(".list .conv").await;
        let script = "return CSS.highlights.size === 0";
        page.until("text without a painted hit", script, json!(null)).await;
    })
    .await;
}

#[tokio::test]
async fn enter_and_f3_go_from_hit_to_hit_and_around() {
    journey("enter_and_f3_go_from_hit_to_hit_and_around", async |page| {
        open_sample(page).await;
        page.press(CONTROL_F).await;
        page.see_focus_at(".search input").await;
        // Asked for before anything was found.
        search(page, "section 3").await;
        page.press(ENTER).await;
        page.until(
            "first hit",
            "return words(document.querySelector('.way .n')).startsWith('1 of ')",
            json!(null),
        )
        .await;
        // The rest of the export is still being searched when the first hit is there.
        let all =
            "const tally = words(document.querySelector('.tally')); return !tally.includes('…') && tally";
        let tally = page.until("whole tally", all, json!(null)).await;
        let total = tally.as_str().and_then(|tally| tally.split(' ').next()).unwrap().to_owned();
        see_current(page, "Section 3").await;
        page.press(ENTER).await;
        page.press(F3).await;
        see_place(page, &format!("3 of {total}")).await;
        // In an explanation, which the inspector shows.
        see_current(page, "Section 3").await;
        page.press(SHIFT_ENTER).await;
        page.press(SHIFT_F3).await;
        see_place(page, &format!("1 of {total}")).await;
        page.press(SHIFT_ENTER).await;
        see_place(page, &format!("{total} of {total}")).await;
        page.until(
            "last result in view",
            "const row = document.querySelector('.hit[aria-current]');
            return row && row.getBoundingClientRect().bottom <= innerHeight",
            json!(null),
        )
        .await;
        page.press(ENTER).await;
        see_place(page, &format!("1 of {total}")).await;
        // The back button goes back through the messages.
        page.browser.client.back().await.unwrap();
        page.see_focus_at(".search input").await;
    })
    .await;
}

#[tokio::test]
async fn options_are_switches_and_remembered() {
    journey("options_are_switches_and_remembered", async |page| {
        open_sample(page).await;
        page.press("/").await;
        page.see_focus_at(".search input").await;
        search(page, "VELMOR").await;
        let tally = page.until(
            "hits",
            "return words(document.querySelector('.tally')).includes('hits in') &&
            !words(document.querySelector('.tally')).includes('…')",
            json!(null),
        );
        tally.await;
        page.tab_to("Whole word").await;
        page.press(" ").await;
        page.see("Nothing found for “VELMOR”").await;
        page.tab_to("Inside words too").await;
        page.press(" ").await;
        page.see_no(".search .empty").await;
        page.tab_to("Match case").await;
        page.press(" ").await;
        page.see("Nothing found for “VELMOR”").await;
        page.browser.client.refresh().await.unwrap();
        page.ready().await;
        page.press("/").await;
        page.see_focus_at(".search input").await;
        page.see_any(".way [title='Match case'][aria-pressed=true]").await;
        page.see_any(".way [title='Whole word'][aria-pressed=false]").await;
    })
    .await;
}

#[tokio::test]
async fn the_search_opens_anywhere_and_leads_back() {
    journey("the_search_opens_anywhere_and_leads_back", async |page| {
        page.open("/#/findings?source=sample").await;
        page.ready().await;
        page.tab_to("Overview").await;
        page.press("/").await;
        page.see_focus_at(".search input").await;
        page.see_in_address("/conversations").await;
        // Pressed again, it is the browser's.
        let script = "const event = new KeyboardEvent('keydown', { key: 'f', ctrlKey: true, bubbles: true, cancelable: true });
            document.activeElement.dispatchEvent(event);
            return event.defaultPrevented";
        assert_eq!(page.ask(script, json!(null)).await, json!(false));
        page.press(ESCAPE).await;
        page.see_in_address("/findings").await;
        page.until("focus where it was", "return called(document.activeElement) === 'Overview'", json!(null)).await;
        assert_eq!(page.ask(script, json!(null)).await, json!(true));
        page.see_focus_at(".search input").await;
    })
    .await;
}

#[tokio::test]
async fn letters_right_after_the_key_are_searched_for() {
    journey("letters_right_after_the_key_are_searched_for", async |page| {
        page.open("/#/findings?source=sample").await;
        page.ready().await;
        // No frame is drawn between a key and the next of who types fast.
        let script = "return (async () => {
            const slash = new KeyboardEvent('keydown', { key: '/', bubbles: true, cancelable: true });
            document.body.dispatchEvent(slash);
            for (let turn = 0; turn < 100; turn++) await Promise.resolve();
            return document.activeElement.matches('.search input') && slash.defaultPrevented;
        })()";
        assert_eq!(page.ask(script, json!(null)).await, json!(true), "the field has the keyboard at once");
        page.press("not to divide").await;
        see_tally(page, "1 hit in 1 conversation").await;
    })
    .await;
}

#[tokio::test]
async fn without_the_highlight_api_the_current_hit_is_selected() {
    journey("without_the_highlight_api_the_current_hit_is_selected", async |page| {
        open_sample(page).await;
        // As in an engine that never had it: the app asks for it each time.
        let take_away =
            "delete globalThis.Highlight; Object.defineProperty(CSS, 'highlights', { value: undefined })";
        page.ask(take_away, json!(null)).await;
        page.press("/").await;
        page.see_focus_at(".search input").await;
        search(page, "NOT to divide").await;
        see_tally(page, "1 hit in 1 conversation").await;
        page.press(ENTER).await;
        let is_selected = "const selection = getSelection();
            if (selection.toString() !== given) return false;
            const inner = selection.getRangeAt(0).getBoundingClientRect();
            const outer = document.querySelector('.msgs').getBoundingClientRect();
            return inner.height > 0 && inner.top >= outer.top && inner.bottom <= outer.bottom";
        page.until("hit selected and in view", is_selected, json!("not to divide")).await;
        page.see_focus_at(".search input").await;
        search(page, "Velmorin").await;
        page.until(
            "other hits",
            "return words(document.querySelector('.tally')).includes('hits in')",
            json!(null),
        )
        .await;
        page.press(ENTER).await;
        page.until("next hit selected", "return getSelection().toString() === given", json!("Velmorin"))
            .await;
    })
    .await;
}
