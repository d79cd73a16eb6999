//! How the screens look, in both themes, in a large window and on a phone, compared with the pictures in
//! `tests/screenshots`. `cargo xtask screenshots` makes those anew.
//!
//! Belongs here: which screens, and what is taken off them that is never the same twice. What is on them is the sample, or
//! specimens. Does not belong here: when two pictures are alike (`difference`), how one is stored (`stored`), what has to
//! be the same where they are made and where they are compared (`pinned`).

mod difference;
mod pinned;
mod stored;

use super::browser::debug;
use super::journey::{Need, journey_with, picture_folder};
use super::page::Page;
use super::screens::walk;
use super::support::exports::root;
use super::window::{set_locale, set_size, set_theme};
use image::RgbImage;
use serde_json::json;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// Set by `cargo xtask screenshots`: pictures are stored and not compared.
const RENEW: &str = "LABELSCOPE_RENEW_SCREENSHOTS";

/// Of what [`walk`] goes through, what there are pictures of.
const SCREENS: [&str; 13] = [
    "open",
    "problem",
    "overview",
    "conversations, tracks",
    "conversations, columns",
    "conversations, differences",
    "conversations, right to left",
    "findings",
    "agreement",
    "search, hits",
    "filters",
    "help",
    "specimens",
];

/// How long a screen may take until two pictures of it are the same.
const PATIENCE: Duration = Duration::from_secs(20);

/// For how long a screen that differs is looked at again.
const HINDSIGHT: Duration = Duration::from_secs(4);

#[tokio::test]
async fn screens_look_as_stored_in_light() {
    compare("screens_look_as_stored_in_light", "light", (1440, 900)).await;
}

#[tokio::test]
async fn screens_look_as_stored_in_dark() {
    compare("screens_look_as_stored_in_dark", "dark", (1440, 900)).await;
}

#[tokio::test]
async fn screens_look_as_stored_in_light_on_a_phone() {
    compare("screens_look_as_stored_in_light_on_a_phone", "light", (390, 844)).await;
}

#[tokio::test]
async fn screens_look_as_stored_in_dark_on_a_phone() {
    compare("screens_look_as_stored_in_dark_on_a_phone", "dark", (390, 844)).await;
}

async fn compare(name: &str, theme: &str, (width, height): (u32, u32)) {
    let renew = std::env::var_os(RENEW).is_some();
    if renew {
        std::fs::create_dir_all(folder()).unwrap();
        pinned::store(&folder());
    } else if let Some(other) = pinned::difference(&folder()) {
        eprintln!("skipped: {name}: {other}");
        return;
    }
    journey_with(&[Need::Debugging], name, async |page| {
        set_size(page, width, height, width < 500).await;
        set_locale(page, "en-US", "UTC").await;
        set_theme(page, theme).await;
        debug(&page.browser.client, "Emulation.setScrollbarsHidden", json!({ "hidden": true })).await;
        let mut wrong = Vec::new();
        let mut seen = Vec::new();
        walk(page, width, async |screen| {
            if !SCREENS.contains(&screen) {
                return;
            }
            seen.push(screen.to_owned());
            let file = format!("{}-{theme}-{width}.png", screen.replace(", ", "-").replace(' ', "-"));
            if renew {
                stored::write(&folder().join(file), &picture(page).await);
            } else if let Some((words, picture)) = difference_from(page, &file).await {
                let kept = picture_folder().join(&file);
                std::fs::create_dir_all(picture_folder()).unwrap();
                stored::write(&kept, &picture);
                wrong.push(format!("{file}: {words}; what is seen now is {}", kept.display()));
            }
        })
        .await;
        assert!(seen.len() >= SCREENS.len() - 1, "of the screens, only {seen:?}");
        assert!(wrong.is_empty(), "{wrong:#?}\n`cargo xtask screenshots` stores what is seen now");
    })
    .await;
}

/// In what the window differs from the picture stored as `file`, and what is in it. On a busy machine a screen can stand
/// still before all of it is there, so it is looked at again for a while.
async fn difference_from(page: &Page, file: &str) -> Option<(String, RgbImage)> {
    let began = Instant::now();
    loop {
        let picture = picture(page).await;
        let words = difference::from_stored(&folder().join(file), &picture)?;
        if began.elapsed() > HINDSIGHT {
            return Some((words, picture));
        }
        tokio::time::sleep(Duration::from_millis(400)).await;
    }
}

/// What is in the window once nothing changes in it any more.
async fn picture(page: &Page) -> RgbImage {
    let began = Instant::now();
    let mut last = shot(page).await;
    loop {
        tokio::time::sleep(Duration::from_millis(150)).await;
        let now = shot(page).await;
        if now == last {
            return now;
        }
        assert!(began.elapsed() < PATIENCE, "the screen never stands still: {}", difference::of(&last, &now));
        last = now;
    }
}

/// What is in the window, without what is never the same: a caret that blinks, and the port of this server.
async fn shot(page: &Page) -> RgbImage {
    let script = "
        if (!window.hasNoCaret) {
            const sheet = new CSSStyleSheet();
            sheet.replaceSync('* { caret-color: transparent !important }');
            document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
            window.hasNoCaret = true;
        }
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        const plain = text => text.replaceAll(location.host, 'labels.example');
        for (let node; (node = walker.nextNode());) if (node.data.includes(location.host)) node.data = plain(node.data);
        for (const field of all('input')) {
            if (field.placeholder.includes(location.host)) field.placeholder = plain(field.placeholder);
            if (field.type !== 'file' && field.value.includes(location.host)) field.value = plain(field.value);
        }";
    page.ask(script, json!(null)).await;
    page.frames(2).await;
    let png = page.browser.client.screenshot().await.expect("a picture");
    image::load_from_memory(&png).expect("a picture of the window").into_rgb8()
}

fn folder() -> PathBuf {
    root().join("tests/screenshots")
}
