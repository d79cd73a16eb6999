//! Layouts: the same text as tracks, in columns, as differences; the place kept in between; folds, lines, the map.

use super::journey::{Need, journey, journey_with};
use super::page::Page;
use super::walk::{open_conversation, sample_export, walk};
use serde_json::json;

/// Waits until the text is set in this way.
async fn see_layout(page: &Page, layout: &str) {
    let script =
        "return document.querySelector('.layouts label:has(:checked)')?.textContent.toLowerCase() === given";
    page.until(&format!("layout {layout}"), script, json!(layout)).await;
    // Time for the place to be found again.
    page.frames(45).await;
}

#[tokio::test]
async fn each_layout_holds_each_text_exactly() {
    journey("each_layout_holds_each_text_exactly", async |page| {
        for number in [1, 5, 10, 14] {
            open_conversation(page, number, "&layout=tracks").await;
            see_layout(page, "tracks").await;
            let as_tracks = walk(page).await.texts;
            assert!(!as_tracks.is_empty() && as_tracks.values().all(|texts| texts.len() == 1));
            page.press("l").await;
            page.see_in_address("layout=columns").await;
            see_layout(page, "columns").await;
            assert_eq!(walk(page).await.texts, as_tracks, "columns of conversation {number}");
            page.press("l").await;
            page.see_in_address("layout=differences").await;
            see_layout(page, "differences").await;
            for (part, text) in walk(page).await.texts {
                assert_eq!(as_tracks.get(&part), Some(&text), "differences of conversation {number}");
            }
            page.press("l").await;
            see_layout(page, "tracks").await;
            assert_eq!(walk(page).await.texts, as_tracks);
        }
    })
    .await;
}

#[tokio::test]
async fn columns_stand_side_by_side() {
    journey("columns_stand_side_by_side", async |page| {
        open_conversation(page, 1, "&layout=columns").await;
        page.see_any(".texts").await;
        page.see_count(".colhead h2", 3).await;
        page.settled().await;
        // Where the lines of each column begin, from the top of the part.
        let script = "return all('.texts').map(texts => [...texts.querySelectorAll('[data-part]')].map(part => {
            const range = document.createRange();
            range.selectNodeContents(part);
            const tops = new Set([...range.getClientRects()].map(box => Math.round(box.bottom)));
            return [part.dataset.tier, tops.size > 1];
        }))";
        let columns: Vec<Vec<(String, bool)>> = serde_json::from_value(page.ask(script, json!(null)).await).unwrap();
        assert!(!columns.is_empty());
        for row in columns {
            let tiers: Vec<&str> = row.iter().map(|(tier, _)| tier.as_str()).collect();
            assert_eq!(tiers, ["automated", "primary", "review"]);
        }
        // Words stand at the same height in each column.
        let script = "return all('.texts').every(texts => {
            const tops = [...texts.querySelectorAll('[data-part]')].map(part => {
                const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT), found = [];
                let at = 0;
                for (let node; (node = walker.nextNode()); at += node.length) {
                    for (let i = (7 - at % 7) % 7; i < node.length; i += 7) {
                        const range = document.createRange();
                        range.setStart(node, i);
                        range.setEnd(node, i + 1);
                        // One at the start of a line may have a box without width at the end of the line before.
                        const box = [...range.getClientRects()].find(box => box.width > 0);
                        // A space at the end of a line has a width in some engines and none in others.
                        const isWord = node.data[i].trim() !== '';
                        if (isWord && box) found.push([at + i, Math.round(box.top)]);
                    }
                }
                return JSON.stringify(found);
            });
            return tops.every(top => top === tops[0]);
        })";
        assert_eq!(page.ask(script, json!(null)).await, json!(true));
        // Each column has the marks of its tier alone.
        let export = sample_export();
        let script = "return all('.texts [data-part]').map(part => [part.dataset.tier,
            [...part.querySelectorAll('[data-annotation]')].flatMap(mark => mark.dataset.annotation.split(' '))])";
        let marks: Vec<(String, Vec<String>)> = serde_json::from_value(page.ask(script, json!(null)).await).unwrap();
        assert!(marks.iter().any(|(_, ids)| !ids.is_empty()));
        for (tier, ids) in marks {
            let of_tier = export["annotations"][&tier].to_string();
            assert!(ids.iter().all(|id| of_tier.contains(id.as_str())), "{tier}: {ids:?}");
        }
        page.press("2").await;
        page.until("two columns", "return all('.colhead h2').length === 2", json!(null)).await;
        page.press("2").await;
        // The finding stands below, in the columns of the texts.
        page.press("n").await;
        page.see_in_inspector("Difference 1 of").await;
        page.until("explanations below", "return all('.inspect .docked > div').length === 3", json!(null)).await;
        page.click("All fields").await;
        page.until("all fields", "return document.querySelector('.inspect .cmp')", json!(null)).await;
        page.click("Less").await;
        page.see_no(".inspect .cmp").await;
    })
    .await;
}

#[tokio::test]
async fn columns_need_a_wide_window() {
    journey_with(&[Need::Debugging], "columns_need_a_wide_window", async |page| {
        page.resize(390, 844).await;
        open_conversation(page, 1, "&layout=columns").await;
        page.see("Columns need a window").await;
        page.see_no(".texts").await;
        page.click("How the text is set").await;
        page.see_count(".reading .only-narrow-block button", 2).await;
        page.click("Differences").await;
        page.see_in_address("layout=differences").await;
        page.until("differences", "return document.querySelector('.ledger.dl')", json!(null)).await;
        assert_eq!(page.ask("return document.documentElement.scrollWidth", json!(null)).await, json!(390));
        // Wider, the layouts are three again.
        page.resize(1280, 844).await;
        page.until("three layouts", "return all('.layouts label').length === 3", json!(null)).await;
    })
    .await;
}

/// The text at the top of the view: its first characters and how far below the top its line begins.
const TOP: &str = "const root = document.querySelector('.msgs'), top = root.getBoundingClientRect().top;
    for (const part of root.querySelectorAll('[data-part]')) {
        // What is folded has a place, and is not seen.
        if (part.closest('details:not([open])')) continue;
        const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
        let at = 0;
        for (let node; (node = walker.nextNode()); at += node.length) {
            for (let i = 0; i < node.length; i++) {
                const range = document.createRange();
                range.setStart(node, i);
                range.setEnd(node, i + 1);
                const box = range.getClientRects()[0];
                if (box && box.width > 0 && box.top >= top) {
                    return [part.closest('[data-message]').dataset.message, Number(part.dataset.part), at + i, box.top - top];
                }
            }
        }
    }
    return null";

/// Where that same character is now, below the top of the view.
const STILL: &str = "const [message, part, offset] = given, root = document.querySelector('.msgs');
    const text = root.querySelector(`[data-message='${message}'] [data-part='${part}']`);
    if (!text) return null;
    const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
    let at = 0;
    for (let node; (node = walker.nextNode()); at += node.length) {
        if (offset < at + node.length) {
            const range = document.createRange();
            range.setStart(node, offset - at);
            range.setEnd(node, offset - at + 1);
            return range.getClientRects()[0].top - root.getBoundingClientRect().top;
        }
    }
    return null";

#[tokio::test]
async fn switching_keeps_the_place_and_the_selection() {
    journey("switching_keeps_the_place_and_the_selection", async |page| {
        page.resize(1280, 560).await;
        open_conversation(page, 1, "&layout=tracks").await;
        page.press("n").await;
        page.see_in_inspector("Difference 1 of").await;
        page.frames(45).await;
        // What is at the top has to be there in every layout: the message with the difference.
        let focused = "const line = document.querySelector('.msgs [data-finding][aria-current]');
            line.focus({ preventScroll: true });
            const root = document.querySelector('.msgs'), message = line.closest('[data-message]');
            root.scrollTop += message.getBoundingClientRect().top - root.getBoundingClientRect().top + 40;
            return line.dataset.finding";
        let finding = page.ask(focused, json!(null)).await;
        page.frames(45).await;
        for (layout, next) in [("tracks", "columns"), ("columns", "differences"), ("differences", "tracks")] {
            see_layout(page, layout).await;
            // Some drivers scroll to what has the keyboard before they press a key.
            page.press("\u{e008}").await;
            page.frames(3).await;
            let top = page.until("text in view", TOP, json!(null)).await;
            page.press("l").await;
            see_layout(page, next).await;
            let now = page.ask(STILL, top.clone()).await.as_f64();
            let now = now.unwrap_or_else(|| panic!("{layout} to {next}: {top} is gone"));
            let before = top[3].as_f64().unwrap();
            assert!((now - before).abs() < 2.0, "{layout} to {next}: {before} became {now}");
            let keyboard = "return document.activeElement.dataset.finding";
            assert_eq!(
                page.ask(keyboard, json!(null)).await,
                finding,
                "{layout} to {next}: the keyboard stays"
            );
            page.see_in_inspector("Difference 1 of").await;
            let tinted = "return all('.msgs mark.sg.sel').length > 0";
            page.until("the selection in the text", tinted, json!(null)).await;
        }
    })
    .await;
}

#[tokio::test]
async fn differences_leave_out_what_is_the_same() {
    journey("differences_leave_out_what_is_the_same", async |page| {
        open_conversation(page, 1, "&layout=differences").await;
        see_layout(page, "differences").await;
        let lines = page.words_of(".msgs div.skipline").await;
        assert!(lines.len() == 1 && lines[0].starts_with("4 messages: no difference"), "{lines:?}");
        // A sign for each difference, and for nothing else.
        let signs = "return all('.msgs mark.sg').map(mark => mark.style.getPropertyValue('--sign').match(/sign-[a-z]+/g) ?? [])
            .flat().sort().join(' ')";
        assert_eq!(
            page.ask(signs, json!(null)).await,
            json!("sign-added sign-relabeled sign-removed sign-removed sign-resized")
        );
        assert_eq!(page.words_of(".msgs .ledger.dl li").await.len(), 5);
        page.see("and 19 characters more at the end").await;
        let tracks = "return all('.msgs .part.marked').map(part => part.style.getPropertyValue('--lp'))";
        assert_eq!(page.ask(tracks, json!(null)).await, json!(["0"]), "the third tier's track is closed");

        page.click("4 messages: show").await;
        page.see("I forgot my Velmorin this morning and it is").await;
        page.until("a way back", "return all('.skipline button').some(button => words(button) === 'hide')", json!(null)).await;
        page.frames(45).await;
        let keyboard = "return document.activeElement.textContent";
        assert_eq!(page.ask(keyboard, json!(null)).await, json!("hide"), "the keyboard stays");
        page.press("j").await;
        page.see("5 messages: no difference").await;
        page.press("k").await;
        page.until("the messages again", "return all('.msgs article').length > 1", json!(null)).await;
        page.click("4 messages: hide").await;
        page.until("one message", "return all('.msgs article').length === 1", json!(null)).await;

        page.click("Tiers compared").await;
        page.click("Primary and Review").await;
        page.see_in_address("pair=pr").await;
        page.see("Primary holds fabrication").await;
        let tracks = "return all('.msgs .part.marked').every(part => part.style.getPropertyValue('--la') === '0')";
        page.until("no track of Automated", tracks, json!(null)).await;
    })
    .await;
}

#[tokio::test]
async fn what_is_selected_is_seen_where_it_is_no_difference() {
    journey("what_is_selected_is_seen_where_it_is_no_difference", async |page| {
        open_conversation(page, 2, "&layout=differences").await;
        page.see("5 messages: no difference").await;
        // Into the message of an agreed finding, which no row stands for before.
        page.press("]").await;
        page.until("the mark", "return all('.msgs mark.sg.sel').length > 0", json!(null)).await;
        page.settled().await;
        let signs = "return all('.msgs mark.sg').some(mark => mark.style.getPropertyValue('--sign') !== '')";
        assert_eq!(page.ask(signs, json!(null)).await, json!(false));
    })
    .await;
}

#[tokio::test]
async fn folds_stay_as_they_were_left() {
    journey("folds_stay_as_they_were_left", async |page| {
        let is_open = "return document.querySelector('.msgs details.fold')?.open";
        open_conversation(page, 2, "&layout=tracks").await;
        page.until(
            "a folded system prompt",
            "return document.querySelector('.msgs details.fold:not([open])')",
            json!(null),
        )
        .await;
        page.click("You are Leaflet").await;
        page.until("an open one", is_open, json!(null)).await;
        page.press("j").await;
        page.until(
            "the next conversation",
            "return words(document.querySelector('.where')).startsWith('3 of')",
            json!(null),
        )
        .await;
        page.press("k").await;
        page.until("an open one again", is_open, json!(null)).await;
        page.press("l").await;
        see_layout(page, "columns").await;
        page.until("an open one in columns", is_open, json!(null)).await;
        page.click("How the text is set").await;
        page.click("Fold all long parts").await;
        let is_closed = "return document.querySelector('.msgs details.fold:not([open])')";
        page.until("a closed one", is_closed, json!(null)).await;
        page.press("l").await;
        page.press("l").await;
        see_layout(page, "tracks").await;
        page.until("a closed one with tracks", is_closed, json!(null)).await;
    })
    .await;
}

#[tokio::test]
async fn lines_open_up_as_the_person_likes() {
    journey("lines_open_up_as_the_person_likes", async |page| {
        open_conversation(page, 1, "&layout=tracks").await;
        page.see_any(".part.marked").await;
        let loose =
            "return all('.msgs .part.marked').filter(part => part.classList.contains('loose')).length";
        assert_eq!(page.ask(loose, json!(null)).await, json!(0));
        page.click("How the text is set").await;
        page.click("Compact lines").await;
        page.until("compact lines", loose, json!(null)).await;
        page.browser.client.refresh().await.unwrap();
        page.ready().await;
        page.until("compact lines, remembered", loose, json!(null)).await;
        page.click("How the text is set").await;
        page.click("Even lines").await;
        page.until("even lines", &loose.replace(".length", ".length === 0"), json!(null)).await;
    })
    .await;
}

#[tokio::test]
async fn the_map_leads_through_the_conversation() {
    journey("the_map_leads_through_the_conversation", async |page| {
        page.resize(1280, 560).await;
        open_conversation(page, 1, "").await;
        page.until("marks on the map", "return all('.map path').length > 3", json!(null)).await;
        let view = "const box = document.querySelector('.map .view').getBoundingClientRect();
            const map = document.querySelector('.map').getBoundingClientRect();
            return [box.top - map.top, map.bottom - box.bottom]";
        let at_top = page.ask(view, json!(null)).await;
        assert!(at_top[0].as_f64().unwrap() < 1.0 && at_top[1].as_f64().unwrap() > 20.0, "{at_top}");
        let end = "const map = document.querySelector('.map').getBoundingClientRect();
            return [map.left + 14, map.bottom - 6]";
        page.click_where("end of the map", end, json!(null)).await;
        let is_down = "const pane = document.querySelector('.msgs');
            return pane.scrollTop > 0 && pane.scrollTop + pane.clientHeight > pane.scrollHeight - 4";
        page.until("the end of the conversation", is_down, json!(null)).await;
        let below = format!("{} ", view.replace("return [", "const found = ["))
            + "; return Math.abs(found[1]) < 4 && found[0] > 20";
        page.until("the view at the end of the map", &below, json!(null)).await;
    })
    .await;
}
