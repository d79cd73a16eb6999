//! The real exports beside the checkout: they open, their counts are those of their README, nothing is lost.

use super::journey::journey;
use super::page::Page;
use super::support::exports::{real, real_path};
use serde_json::{Map, Value, json};

/// What the README says of a file.
struct Real {
    name: &'static str,
    conversations: usize,
    messages: usize,
    /// Automated, primary, review.
    annotations: [usize; 3],
}

/// Opens one and compares.
async fn check(test: &str, real: Real) {
    let Some(path) = real_path(real.name) else {
        eprintln!("skipped: {test}: ../shared/data is absent");
        return;
    };
    journey(test, async |page| {
        page.open("/").await;
        page.choose_file(&path).await;
        page.see_any("[data-part]").await;
        few_nodes(page).await;
        page.ready().await;
        few_nodes(page).await;
        page.click("Overview").await;
        page.see("Label schema").await;
        few_nodes(page).await;
        let total: usize = real.annotations.iter().sum();
        let lede = format!(
            "{} conversations, {} messages, {} annotations.",
            counted(real.conversations),
            counted(real.messages),
            counted(total)
        );
        page.see(&lede).await;
        assert_eq!(anchored_and_not(page).await, real.annotations, "every annotation is anchored or listed");
        page.click("Conversations").await;
        page.see_any("[data-part]").await;
        few_nodes(page).await;
    })
    .await;
}

/// For each tier the sum over its row of the table of anchors.
async fn anchored_and_not(page: &Page) -> [usize; 3] {
    let script = r"const table = document.querySelector('#anchors').closest('section').querySelector('tbody');
        return table.rows.length === 3 && [...table.rows].map(row =>
            [...row.querySelectorAll('td')].map(cell => Number(words(cell).replaceAll(',', ''))).reduce((a, b) => a + b))";
    let sums = page.until("table of anchors", script, json!(null)).await;
    serde_json::from_value(sums).expect("three numbers")
}

async fn few_nodes(page: &Page) {
    let nodes = page.count("*").await;
    assert!(nodes <= 4_000, "{nodes} nodes");
}

/// A number with commas between thousands.
fn counted(number: usize) -> String {
    let digits = number.to_string();
    let groups: Vec<&str> =
        digits.as_bytes().rchunks(3).rev().map(|group| std::str::from_utf8(group).expect("digits")).collect();
    groups.join(",")
}

#[tokio::test]
async fn small() {
    let real = Real { name: "small", conversations: 7, messages: 55, annotations: [12, 27, 5] };
    check("small", real).await;
}

#[tokio::test]
async fn small_strict() {
    let real = Real { name: "small_strict", conversations: 7, messages: 55, annotations: [12, 27, 5] };
    check("small_strict", real).await;
}

#[tokio::test]
async fn mid() {
    let real = Real { name: "mid", conversations: 116, messages: 304, annotations: [690, 1_858, 340] };
    check("mid", real).await;
}

#[tokio::test]
async fn agents() {
    let real = Real { name: "agents", conversations: 100, messages: 2_962, annotations: [96, 0, 0] };
    check("agents", real).await;
}

#[tokio::test]
async fn large() {
    let real =
        Real { name: "large", conversations: 7_747, messages: 38_123, annotations: [14_799, 44_595, 9_887] };
    check("large", real).await;
}

#[tokio::test]
async fn the_message_with_most_annotations() {
    const NAME: &str = "the_message_with_most_annotations";
    let (Some(path), Some(bytes)) = (real_path("large"), real("large")) else {
        eprintln!("skipped: {NAME}: ../shared/data is absent");
        return;
    };
    let export: Value = serde_json::from_slice(&bytes).unwrap();
    let of_message = |tiers: &Map<String, Value>, id: &str| -> usize {
        tiers.values().filter_map(|tier| tier[id].as_array().map(Vec::len)).sum()
    };
    let tiers = export["annotations"].as_object().unwrap();
    let ids = tiers["primary"].as_object().unwrap().keys();
    let (id, count) = ids.map(|id| (id, of_message(tiers, id))).max_by_key(|(_, count)| *count).unwrap();
    assert!(count > 300, "{count}");
    let project = export["project"]["id"].as_str().unwrap();
    journey(NAME, async |page| {
        page.open(&format!("/#/conversations?project={project}&message={id}")).await;
        page.choose_file(&path).await;
        page.ready().await;
        let script = "return document.querySelectorAll(`[data-message='${given}'] mark.sg`).length > 20";
        page.until("marked message", script, json!(id)).await;
        page.see_any(".ledger.long [data-finding]").await;
        few_nodes(page).await;
        page.press("n").await;
        page.see_any("mark.sg.sel").await;
        few_nodes(page).await;
    })
    .await;
}
