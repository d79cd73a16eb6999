//! Openings that take a while: stopped, overtaken, large.

use super::journey::{Need, journey};
use super::keys::ESCAPE;
use super::support::answer::{Answer, End, Gate, Step};
use super::support::exports::{SAMPLE_PROJECT, sample};
use super::support::generated::Generated;
use serde_json::json;

/// The generated export up to its middle; the rest once the gate opens.
fn in_halves(export: Generated, gate: &Gate) -> Answer {
    let (middle, end) = (export.pieces() / 2, export.pieces());
    let steps = vec![
        Step::Generate(export, 0..middle),
        Step::Hold(gate.clone()),
        Step::Generate(export, middle..end),
    ];
    Answer::steps(steps).with("content-length", export.size().to_string())
}

#[tokio::test]
async fn cancels_half_way_through_100_mb() {
    journey("cancels_half_way_through_100_mb", async |page| {
        page.server.on(Generated::PROJECT, in_halves(Generated::LARGE, &Gate::default()));
        page.open("/").await;
        page.fetch("", Generated::PROJECT, "sk-1", "").await;
        // The first conversation stands there while the rest arrives.
        page.see("Conversations").await;
        page.see_any("[data-part]").await;
        page.until_true("half of the body", || page.server.exports_asked_for()[0].sent().bytes > 50_000_000)
            .await;
        assert!(page.count("*").await <= 4_000);
        page.click("Cancel").await;
        page.see("Open the sample project").await;
        page.until_true("the end of the connection", || {
            page.server.exports_asked_for()[0].sent().end == Some(End::Lost)
        })
        .await;
        assert_eq!(page.count("[data-part]").await, 0);
        // The page is alive, and the form is as it was.
        let typed = page.ask("return field('Project ID').value", json!(null)).await;
        assert_eq!(typed, Generated::PROJECT);
        page.click("Open the sample project").await;
        page.see("I forgot my Velmorin").await;
        page.ready().await;
    })
    .await;
}

#[tokio::test]
async fn cancels_before_the_answer_begins() {
    journey("cancels_before_the_answer_begins", async |page| {
        page.server.on(SAMPLE_PROJECT, Answer::json(sample()).after(&Gate::default()));
        page.open("/").await;
        page.fetch("", SAMPLE_PROJECT, "sk-1", "").await;
        page.see("Asking for the export").await;
        page.press(ESCAPE).await;
        page.see("Open the sample project").await;
    })
    .await;
}

#[tokio::test]
async fn opens_100_mb_while_it_arrives() {
    journey("opens_100_mb_while_it_arrives", async |page| {
        let gate = Gate::default();
        page.server.on(Generated::PROJECT, in_halves(Generated::LARGE, &gate));
        page.open("/").await;
        page.fetch("", Generated::PROJECT, "sk-1", "").await;
        page.see_any("[data-part]").await;
        page.see("The tiers come last in the file").await;
        let at = "return location.hash";
        page.until("project in the address", "return location.hash.includes('project=')", json!(null)).await;
        let before = page.ask(at, json!(null)).await;
        page.press("j").await;
        page.until("next conversation", "return location.hash !== given", before).await;
        gate.open();
        page.until(
            "rest of the export",
            "return performance.getEntriesByName('labelscope:ready').length > 0",
            json!(null),
        )
        .await;
        page.see("5,000 conversations").await;
        page.press("n").await;
        page.see_any("mark.sg.sel").await;
        assert!(page.count("*").await <= 4_000);
        page.see_count(".msgs [data-finding] q", 3).await;
    })
    .await;
}

#[tokio::test]
async fn a_newer_request_overtakes_an_older_one() {
    journey("a_newer_request_overtakes_an_older_one", async |page| {
        let gate = Gate::default();
        let slow = Generated { conversations: 40 };
        page.server.on(Generated::PROJECT, in_halves(slow, &gate));
        page.server.on(SAMPLE_PROJECT, Answer::json(sample()));
        page.open("/").await;
        page.fetch("", Generated::PROJECT, "sk-1", "").await;
        page.see(Generated::NAME).await;
        page.click("Open another export").await;
        page.fetch("", SAMPLE_PROJECT, "sk-1", "").await;
        page.see("I forgot my Velmorin").await;
        if page.can(Need::Hangup, "the end of the older connection in a_newer_request_overtakes_an_older_one")
        {
            page.until_true("the end of the older connection", || {
                page.server.exports_asked_for()[0].sent().end == Some(End::Lost)
            })
            .await;
        }
        gate.open();
        page.ready().await;
        tokio::time::sleep(std::time::Duration::from_millis(500)).await;
        page.see("Leaflet answers, round 2").await;
        assert!(!page.shows(Generated::NAME).await);
        assert!(!page.shows("The link points into project").await, "no link was followed");
        page.see_in_address(&format!("project={SAMPLE_PROJECT}")).await;
    })
    .await;
}

#[tokio::test]
async fn a_newer_link_overtakes_a_request_without_an_answer() {
    journey("a_newer_link_overtakes_a_request_without_an_answer", async |page| {
        let gate = Gate::default();
        let slow = Generated { conversations: 3 };
        let late = Answer::steps(vec![Step::Generate(slow, 0..slow.pieces())]).after(&gate);
        page.server.on(Generated::PROJECT, late);
        page.server.on(SAMPLE_PROJECT, Answer::json(sample()));
        page.open(&format!("/#/conversations?source=api&project={}", Generated::PROJECT)).await;
        page.see("Asking for the export").await;
        let link = format!("#/conversations?source=api&project={SAMPLE_PROJECT}");
        page.ask("location.hash = given", json!(link)).await;
        page.see("I forgot my Velmorin").await;
        gate.open();
        page.ready().await;
        tokio::time::sleep(std::time::Duration::from_millis(500)).await;
        assert!(page.shows("Leaflet answers, round 2").await && !page.shows(Generated::NAME).await);
    })
    .await;
}

#[tokio::test]
async fn several_exports_in_turn() {
    journey("several_exports_in_turn", async |page| {
        let small = Generated { conversations: 3 };
        let steps = vec![Step::Generate(small, 0..small.pieces())];
        page.server.on(Generated::PROJECT, Answer::steps(steps));
        page.server.on(SAMPLE_PROJECT, Answer::json(sample()));
        page.open("/").await;
        page.fetch("", SAMPLE_PROJECT, "sk-1", "").await;
        page.see("I forgot my Velmorin").await;
        for (project, name) in [
            (Generated::PROJECT, Generated::NAME),
            (SAMPLE_PROJECT, "Leaflet answers, round 2"),
            (Generated::PROJECT, Generated::NAME),
        ] {
            page.click("Open another export").await;
            page.fetch("", project, "sk-1", "").await;
            page.see(name).await;
            let title = "return document.title === given";
            page.until("title of the project", title, json!(format!("{name} · Labelscope"))).await;
            assert!(!page.shows("The link points into project").await, "no link was followed");
        }
    })
    .await;
}
