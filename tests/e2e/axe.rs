//! axe-core on every screen and state: its rules for WCAG 2.2 AA and its best practices report nothing, in light and dark, on a desk and a phone.
//!
//! The script comes from npm by `cargo xtask test`, which names it in `LABELSCOPE_AXE`. The driver hands it to the page
//! past the page's policy.

use super::journey::{Need, journey_with};
use super::page::Page;
use super::screens::walk;
use super::window::{set_size, set_theme};
use serde_json::json;

/// Runs axe, and says of each element that breaks a rule which rule and how.
const RUN: &str = "const done = arguments[0];
    // An open menu lies over what is below it.
    const what = document.querySelector('.menu[open]') ?? document;
    // In a narrow window the list takes the place of the text, which holds the landmark and the heading.
    const holdsMain = document.querySelector('main').getClientRects().length > 0;
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    axe.run(what, {
        runOnly: { type: 'tag', values: tags },
        // It is off by default until more people know WCAG 2.2.
        rules: {
            'target-size': { enabled: true },
            'landmark-one-main': { enabled: holdsMain },
            'page-has-heading-one': { enabled: holdsMain },
        },
        resultTypes: ['violations'],
    }).then(found => {
        if (found.passes.length < 5) return done(['axe looked at next to nothing']);
        done(found.violations.flatMap(({ id, nodes }) => nodes.map(({ target, html, failureSummary }) =>
            `${id}: ${target.join(' ')}: ${html.slice(0, 200)}: ${failureSummary.replace(/\\s+/g, ' ')}`)));
    }, error => done([`${error}`]));";

/// What axe reports of the page as it is.
async fn reported(page: &Page, script: &str) -> Vec<String> {
    page.settled().await;
    if page.ask("return typeof axe === 'undefined'", json!(null)).await == json!(true) {
        page.browser.client.execute(script, vec![]).await.expect("axe in the page");
    }
    let found = page.browser.client.execute_async(RUN, vec![]).await.expect("axe to run");
    serde_json::from_value(found).expect("what axe says")
}

async fn nothing_is_reported(name: &str, theme: &str, (width, height): (u32, u32)) {
    let Some(script) = std::env::var_os("LABELSCOPE_AXE") else {
        eprintln!("skipped: {name}: LABELSCOPE_AXE names no axe.min.js; cargo xtask test gets it from npm");
        return;
    };
    let script = std::fs::read_to_string(script).expect("axe.min.js");
    journey_with(&[Need::Debugging], name, async |page| {
        set_size(page, width, height, width < 500).await;
        set_theme(page, theme).await;
        let mut all = Vec::new();
        walk(page, width, async |screen| {
            let found = reported(page, &script).await;
            all.extend(found.into_iter().map(|words| format!("{screen}: {words}")));
        })
        .await;
        assert!(all.is_empty(), "axe reports {} times:\n{}", all.len(), all.join("\n"));
    })
    .await;
}

#[tokio::test]
async fn axe_reports_nothing_in_light() {
    nothing_is_reported("axe_reports_nothing_in_light", "light", (1440, 900)).await;
}

#[tokio::test]
async fn axe_reports_nothing_in_dark() {
    nothing_is_reported("axe_reports_nothing_in_dark", "dark", (1440, 900)).await;
}

#[tokio::test]
async fn axe_reports_nothing_on_a_phone_in_light() {
    nothing_is_reported("axe_reports_nothing_on_a_phone_in_light", "light", (390, 844)).await;
}

#[tokio::test]
async fn axe_reports_nothing_on_a_phone_in_dark() {
    nothing_is_reported("axe_reports_nothing_on_a_phone_in_dark", "dark", (390, 844)).await;
}
