//! Filters: by keyboard, by pasted ids, on every screen; what they leave of lists, texts, counts and files.

use super::downloads::Native;
use super::findings::{counted, see_rows};
use super::journey::{Need, journey, journey_with};
use super::keys::{DOWN, ENTER, ESCAPE, TAB};
use super::page::Page;
use super::support::exports::sample;
use labelscope_core::domain::{AnnotationRef, Tier};
use labelscope_core::logic::align::{Finding, Verdict};
use labelscope_core::logic::report::{ReportFile, file_name, findings_header, findings_rows};
use serde_json::json;
use std::collections::BTreeSet;

/// Presses the tab key until the keyboard is on what a selector finds.
async fn tab_to(page: &Page, selector: &str) {
    for _ in 0..60 {
        if page.ask("return document.activeElement?.matches(given) ?? false", json!(selector)).await
            == json!(true)
        {
            return;
        }
        page.press(TAB).await;
    }
    panic!("the tab key leads to no {selector}");
}

/// Waits until the line above the list says that so many of all conversations are listed.
async fn see_listed(page: &Page, count: usize, all: usize) {
    let said = match count == all {
        true => format!("{} conversations", counted(all)),
        false => format!("{} of {} conversations", counted(count), counted(all)),
    };
    let script = "return words(document.querySelector('.sortline [role=status]')) === given";
    page.until(&format!("list that says “{said}”"), script, json!(said)).await;
}

/// The annotations of a finding.
fn annotations(native: &Native, finding: &Finding) -> Vec<AnnotationRef> {
    let marks = finding.marks().filter_map(|mark| native.alignment.mark(mark));
    marks.flat_map(|mark| native.alignment.annotations_of(mark)).copied().collect()
}

fn id(native: &Native, AnnotationRef { tier, index }: AnnotationRef) -> String {
    native.export.tiers[tier].annotations[index as usize].id.as_ref().expect("an id").to_string()
}

fn label(native: &Native, AnnotationRef { tier, index }: AnnotationRef) -> Option<&str> {
    native.export.tiers[tier].annotations[index as usize].label.as_deref()
}

fn bears(native: &Native, finding: &Finding, wanted: &str) -> bool {
    annotations(native, finding).into_iter().any(|one| label(native, one) == Some(wanted))
}

/// The conversations with an annotation of a label in a finding or in no text.
fn conversations_with(native: &Native, wanted: &str) -> BTreeSet<u32> {
    let findings = native.alignment.findings.iter().filter(|finding| bears(native, finding, wanted));
    let unplaced =
        native.placement.unplaced.iter().filter(|one| label(native, one.annotation) == Some(wanted));
    let unplaced = unplaced.filter_map(|one| one.message.map(|message| message.conversation));
    findings.map(|finding| finding.part.message.conversation).chain(unplaced).collect()
}

/// A script for the ids of all annotations that are drawn in the texts of the page, each once for every piece of its mark.
const DRAWN: &str = "all('.msgs mark[data-annotation]').flatMap(e => e.dataset.annotation.split(' '))";

/// Waits until exactly these annotations are drawn in the texts of the page.
async fn see_drawn(page: &Page, ids: &BTreeSet<String>) {
    let script = format!(
        "const drawn = new Set({DRAWN}); return drawn.size === given.length && given.every(id => drawn.has(id))"
    );
    page.until(&format!("text with exactly these marks: {ids:?}"), &script, json!(ids)).await;
}

#[tokio::test]
async fn one_label_is_chosen_and_cleared_by_keyboard() {
    let native = Native::of(&sample());
    let all = native.export.conversations.len();
    let name = native.export.project.label_schema[1].name.to_string();
    let listed = conversations_with(&native, &name);
    assert!((1..all).contains(&listed.len()));
    journey("one_label_is_chosen_and_cleared_by_keyboard", async |page| {
        page.open("/#/conversations?source=sample").await;
        page.ready().await;
        see_listed(page, all, all).await;
        tab_to(page, "[data-filters]").await;
        page.press(ENTER).await;
        tab_to(page, ".facet .opt").await;
        page.press(DOWN).await;
        let option = r"const on = document.activeElement;
            return on.matches('.opt') && words(on.querySelector('.v')) === given.name
                && words(on.querySelector('.n')) === given.count && on.ariaPressed === given.pressed";
        let on = |pressed: &str| {
            let count = format!("{} conversations", listed.len());
            json!({ "name": name, "count": count, "pressed": pressed })
        };
        page.until("the second label with its count", option, on("false")).await;
        page.press(" ").await;
        page.until("the second label chosen", option, on("true")).await;
        see_listed(page, listed.len(), all).await;
        page.see_in_address(&format!("labels={name}")).await;
        page.press(ESCAPE).await;
        page.see_no(".filterpane").await;
        page.until(
            "keyboard on the button",
            "return document.activeElement.matches('[data-filters]')",
            json!(null),
        )
        .await;

        // With nothing selected, the first conversation that is listed is shown, and what is drawn bears the label.
        let first = listed.first().expect("one") + 1;
        page.until(
            "first of the list",
            "return words(document.querySelector('.where b')) === given",
            json!(first.to_string()),
        )
        .await;
        let findings = native.alignment.findings.iter().filter(|finding| bears(&native, finding, &name));
        let through: BTreeSet<String> =
            findings.flat_map(|finding| annotations(&native, finding)).map(|one| id(&native, one)).collect();
        page.settled().await;
        let script = format!("const ids = {DRAWN}; return ids.length > 0 && ids");
        let drawn = page.until("marks", &script, json!(null)).await;
        let drawn: BTreeSet<String> = serde_json::from_value(drawn).expect("ids");
        assert!(drawn.is_subset(&through), "{:?}", drawn.difference(&through).collect::<Vec<_>>());

        page.press("c").await;
        see_listed(page, all, all).await;
        page.see_no(".chip").await;
        page.browser.client.back().await.expect("a step back");
        see_listed(page, listed.len(), all).await;
        page.see(&format!("Label: {name}")).await;
        page.browser.client.forward().await.expect("a step forward");
        see_listed(page, all, all).await;
    })
    .await;
}

#[tokio::test]
async fn back_and_forward_walk_through_filters() {
    let native = Native::of(&sample());
    let all = native.alignment.findings.len();
    let differences = native.alignment.findings.iter().filter(|finding| finding.is_difference()).count();
    let by_label = |wanted: &str, only_differences: bool| {
        let findings = native.alignment.findings.iter();
        let findings = findings.filter(|one| !only_differences || one.is_difference());
        findings.filter(|finding| bears(&native, finding, wanted)).count()
    };
    let name = native.export.project.label_schema[0].name.to_string();
    let (with_label, both) = (by_label(&name, false), by_label(&name, true));
    journey("back_and_forward_walk_through_filters", async |page| {
        page.open("/#/findings?source=sample").await;
        page.ready().await;
        let rows = async |count: usize| {
            let said = match count == all {
                true => format!("{} findings", counted(all)),
                false => format!("{} of {} findings", counted(count), counted(all)),
            };
            see_rows(page, &said, count).await;
        };
        rows(all).await;
        page.click("Label: any").await;
        // The menu stays open: several labels can be chosen. Its count is what choosing leads to.
        let count = r"const option = all('.menu[open] .opt').find(e => words(e.querySelector('.v')) === given.name);
            return option && words(option.querySelector('.n')) === given.count";
        let given = json!({ "name": name, "count": format!("{with_label} findings") });
        page.until("count of the label", count, given).await;
        page.click(&name).await;
        rows(with_label).await;
        page.see_any(".menu[open] .opt[aria-pressed=true]").await;
        page.press(ESCAPE).await;
        page.see_no(".menu[open]").await;
        let place = "const e = all('.facets button')[1].getBoundingClientRect(); return [e.x + 5, e.y + 5]";
        page.click_where("second facet", place, json!(null)).await;
        rows(both).await;
        page.click(&format!("Remove filter Label: {name}")).await;
        rows(differences).await;
        page.press("c").await;
        rows(all).await;
        for count in [differences, both, with_label, all] {
            page.browser.client.back().await.expect("a step back");
            rows(count).await;
        }
        for count in [with_label, both, differences, all] {
            page.browser.client.forward().await.expect("a step forward");
            rows(count).await;
        }
    })
    .await;
}

#[tokio::test]
async fn pasted_ids_narrow_the_list() {
    let native = Native::of(&sample());
    let all = native.export.conversations.len();
    let conversation = native.export.conversations[4].id.as_ref().expect("an id").to_string();
    let finding = native.alignment.findings.iter().rfind(|finding| finding.is_difference()).expect("one");
    let annotation = id(&native, annotations(&native, finding)[0]);
    let last = finding.part.message.conversation as usize;
    assert_ne!(last, 4);
    journey("pasted_ids_narrow_the_list", async |page| {
        page.open("/#/conversations?source=sample").await;
        page.ready().await;
        page.paste("Filter conversations", &conversation.to_uppercase()).await;
        see_listed(page, 1, all).await;
        page.paste("Filter conversations", &format!("\"{conversation}\",\n\"{annotation}\"; nowhere-1"))
            .await;
        page.click("Show only these 3 ids").await;
        see_listed(page, 2, all).await;
        page.see("3 ids").await;
        page.see("Not in this export: nowhere-1.").await;
        page.see_in_address("ids=nowhere-1").await;
        // What is listed is what j and k step through.
        let number = "return words(document.querySelector('.where b')) === given";
        page.until("first of the two", number, json!("5")).await;
        page.press("j").await;
        page.until("second of the two", number, json!((last + 1).to_string())).await;
        let of_finding = annotations(&native, finding).into_iter().map(|one| id(&native, one)).collect();
        see_drawn(page, &of_finding).await;
        page.press("j").await;
        page.press("k").await;
        page.until("first of the two again", number, json!("5")).await;
        page.click("Remove filter 3 ids").await;
        see_listed(page, all, all).await;
    })
    .await;
}

#[tokio::test]
async fn typed_words_narrow_the_list_and_an_empty_list_says_how_to_go_on() {
    let native = Native::of(&sample());
    let all = native.export.conversations.len();
    journey("typed_words_narrow_the_list_and_an_empty_list_says_how_to_go_on", async |page| {
        page.open("/#/conversations?source=sample&labels=no-such-label").await;
        page.ready().await;
        see_listed(page, 0, all).await;
        page.see("None is left by these filters.").await;
        page.click("Clear all filters").await;
        see_listed(page, all, all).await;
        page.fill("Filter conversations", "FORGOT my velmorin").await;
        page.until(
            "fewer conversations",
            "return /^\\d+ of/.test(words(document.querySelector('.sortline')))",
            json!(null),
        )
        .await;
        page.settled().await;
        let entries = page.words_of(".list .conv p").await;
        assert!(
            !entries.is_empty() && entries.iter().all(|words| words.to_lowercase().contains("velmorin")),
            "{entries:?}"
        );
        assert!(
            !page.address().await.to_lowercase().contains("velmorin"),
            "no text of a message stands in an address"
        );
        page.press(ESCAPE).await;
        see_listed(page, all, all).await;
    })
    .await;
}

#[tokio::test]
async fn what_is_filtered_out_leaves_the_text_and_what_a_link_selects_stays() {
    let native = Native::of(&sample());
    // A message with findings of one label and of others.
    let findings = &native.alignment.findings;
    let selected = findings.iter().find(|one| {
        let Some(name) = label(&native, annotations(&native, one)[0]) else { return false };
        let here = || findings.iter().filter(|other| other.part == one.part);
        here().count() > 2 && here().all(|other| std::ptr::eq(other, *one) || !bears(&native, other, name))
    });
    let selected = selected.expect("a finding alone with its label");
    let others = |one: &&Finding| one.part.message.conversation == selected.part.message.conversation;
    let other =
        findings.iter().filter(others).find(|one| one.part == selected.part && !std::ptr::eq(*one, selected));
    let name = label(&native, annotations(&native, other.expect("another"))[0]).expect("a label").to_owned();
    let ids = |finding: &Finding| -> BTreeSet<String> {
        annotations(&native, finding).into_iter().map(|one| id(&native, one)).collect()
    };
    let through: BTreeSet<String> =
        findings.iter().filter(others).filter(|one| bears(&native, one, &name)).flat_map(&ids).collect();
    let beside = ids(selected);
    let annotation = beside.first().expect("one").clone();
    let in_conversation = |tier: Tier| {
        let places = native.placement.places.iter();
        places
            .filter(|one| one.annotation.tier == tier)
            .filter(|one| one.part.message.conversation == selected.part.message.conversation)
            .count()
    };
    journey("what_is_filtered_out_leaves_the_text_and_what_a_link_selects_stays", async |page| {
        page.open(&format!("/#/conversations?source=sample&labels={name}&annotation={annotation}")).await;
        page.ready().await;
        page.see_in_inspector("Outside the filters").await;
        page.until("selection in the text", "return document.querySelector('mark.sg.sel')", json!(null))
            .await;
        let expected: BTreeSet<String> = through.union(&beside).cloned().collect();
        see_drawn(page, &expected).await;
        let script =
            "const counts = words(all('.tiers button')[2].querySelector('.cnt')).split(' of ').map(Number);
            return counts.length === 2 && counts";
        let counts = page.until("two counts of Review", script, json!(null)).await;
        let counts: [usize; 2] = serde_json::from_value(counts).expect("two counts");
        assert!(counts[0] < counts[1] && counts[1] >= in_conversation(Tier::Review), "{counts:?}");
        // Unselected, it leaves the text.
        page.press(ESCAPE).await;
        page.until("selection gone", "return !document.querySelector('mark.sg.sel')", json!(null)).await;
        see_drawn(page, &through).await;
        page.browser.client.back().await.expect("a step back");
        page.see_in_inspector("Outside the filters").await;
        let place = "const e = document.querySelector('.inspect .strap button').getBoundingClientRect();
            return [e.x + e.width / 2, e.y + e.height / 2]";
        page.click_where("way out of the filters", place, json!(null)).await;
        page.see_no(".inspect .strap").await;
        page.see_in_address(&format!("annotation={annotation}")).await;
        let more = format!("return new Set({DRAWN}).size > given");
        page.until("text with more marks", &more, json!(expected.len())).await;
    })
    .await;
}

#[tokio::test]
async fn files_hold_what_the_reader_filters_by() {
    let native = Native::of(&sample());
    journey_with(&[Need::Downloads], "files_hold_what_the_reader_filters_by", async |page| {
        page.open("/#/conversations?source=sample&verdicts=resized&kinds=text").await;
        page.ready().await;
        let Native { export, alignment, .. } = &native;
        let kind = |finding: &&Finding| {
            let message = &export.conversations[finding.part.message.conversation as usize].messages
                [finding.part.message.message as usize];
            message.parts[finding.part.part as usize].kind.key() == "text"
        };
        let resized =
            alignment.findings.iter().filter(|one| one.verdicts.contains(Verdict::Resized)).filter(kind);
        let expected = findings_header() + &findings_rows(export, alignment, resized);
        page.click("Download").await;
        page.click("Findings, as filtered").await;
        let received = page.downloaded(&file_name(&export.project, ReportFile::Findings, true)).await;
        assert!(received == expected.as_bytes(), "{}", String::from_utf8_lossy(&received));
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_in_a_filter_is_reported_and_ignored() {
    let native = Native::of(&sample());
    let all = native.export.conversations.len();
    journey("what_is_wrong_in_a_filter_is_reported_and_ignored", async |page| {
        page.open(
            "/#/conversations?source=sample&verdicts=wrong&kinds=image&ids=&anchors=maybe&unreviewed=yes",
        )
        .await;
        page.ready().await;
        for words in
            ["verdicts=wrong", "kinds=image", "ids= (expected an id)", "anchors=maybe", "unreviewed=yes"]
        {
            page.see(words).await;
        }
        see_listed(page, all, all).await;
        page.see_no(".chip").await;
    })
    .await;
}
