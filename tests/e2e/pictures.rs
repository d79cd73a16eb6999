//! How every screen looks, in both themes, in a large window and on a phone, compared with the pictures in
//! `tests/screenshots`. `cargo xtask screenshots` makes those anew.
//!
//! Belongs here: which screens, and how far a picture may be from the stored one. What is on them is the sample, or
//! specimens.

use super::browser::debug;
use super::journey::{journey, picture_folder};
use super::page::Page;
use super::support::answer::Answer;
use super::support::exports::{SAMPLE_PROJECT, root, sample};
use super::window::{set_locale, set_size};
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ImageEncoder, RgbImage, imageops};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// What has to be of the same version where pictures are made and where they are compared: all letters come from these
/// packages of Debian.
const FONTS: [&str; 4] = ["fonts-dejavu-core", "fonts-noto-cjk", "fonts-noto-color-emoji", "fonts-noto-core"];

/// The side of the squares that are compared, in pixels: a difference in one is not lost in the whole.
const SQUARE: u32 = 96;

/// How far the least alike square may be from the stored one: 0 is the same, 1 nothing alike.
const TOLERANCE: f64 = 0.05;

/// Set by `cargo xtask screenshots`: pictures are stored and not compared.
const RENEW: &str = "LABELSCOPE_RENEW_SCREENSHOTS";

/// What is to be seen of the app, by the name of its picture.
const SCREENS: [&str; 12] = [
    "open",
    "problem",
    "overview",
    "tracks",
    "columns",
    "differences",
    "right-to-left",
    "findings",
    "agreement",
    "search",
    "keys",
    "specimens",
];

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
    let fonts = folder().join("fonts.txt");
    if renew {
        std::fs::create_dir_all(folder()).unwrap();
        std::fs::write(&fonts, installed()).unwrap();
    } else if let Some(other) = other_fonts(&fonts) {
        eprintln!("skipped: {name}: {other}");
        return;
    }
    journey(name, async |page| {
        let is_phone = width < 500;
        set_size(page, width, height, is_phone).await;
        set_locale(page, "en-US", "UTC").await;
        let client = &page.browser.client;
        debug(client, "Emulation.setScrollbarsHidden", json!({ "hidden": true })).await;
        let features = [("prefers-color-scheme", theme), ("prefers-reduced-motion", "reduce")];
        let features = features.map(|(name, value)| json!({ "name": name, "value": value }));
        debug(client, "Emulation.setEmulatedMedia", json!({ "features": features })).await;
        page.server.on(SAMPLE_PROJECT, Answer::detail(503, "Export is being prepared"));
        page.expect_on_console("503");
        let mut wrong = Vec::new();
        // A phone has no room for columns, and shows no keys.
        for screen in SCREENS.into_iter().filter(|screen| !(is_phone && ["columns", "keys"].contains(screen)))
        {
            go_to(page, screen).await;
            let seen = picture(page).await;
            let file = format!("{screen}-{theme}-{width}.png");
            if renew {
                write(&folder().join(file), &seen);
            } else if let Some(words) = difference(&folder().join(&file), &seen) {
                let kept = picture_folder().join(&file);
                std::fs::create_dir_all(picture_folder()).unwrap();
                write(&kept, &seen);
                wrong.push(format!("{file}: {words}; what is seen now is {}", kept.display()));
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}\n`cargo xtask screenshots` stores what is seen now");
    })
    .await;
}

/// Goes to a screen and waits until it is all there.
async fn go_to(page: &Page, screen: &str) {
    let conversation = |number: usize, more: &str| {
        let export: Value = serde_json::from_slice(&sample()).unwrap();
        let id = export["conversations"][number - 1]["id"].as_str().unwrap();
        format!("/#/conversations?source=sample&conversation={id}{more}")
    };
    // What is on screen is told apart from what is to come.
    page.browser.client.goto("about:blank").await.unwrap();
    let address = match screen {
        "open" | "problem" => "/".to_owned(),
        "overview" => "/#/overview?source=sample".to_owned(),
        "columns" => conversation(1, "&layout=columns"),
        "differences" => conversation(1, "&layout=differences"),
        "right-to-left" => conversation(5, "&layout=tracks"),
        "findings" => "/#/findings?source=sample".to_owned(),
        "agreement" => "/#/agreement?source=sample".to_owned(),
        "specimens" => "/#/specimens".to_owned(),
        _ => conversation(1, "&layout=tracks"),
    };
    page.open(&address).await;
    if address.contains("source=sample") {
        page.ready().await;
    }
    tokio::time::sleep(Duration::from_millis(500)).await;
    match screen {
        "problem" => {
            page.fetch("", SAMPLE_PROJECT, "", "").await;
            page.see("503").await;
        }
        "tracks" | "columns" | "differences" | "right-to-left" => {
            page.press("n").await;
            page.see_in_address("finding=").await;
        }
        "search" => {
            page.press("/").await;
            page.see_any("input[type=search]").await;
            page.browser.client.active_element().await.unwrap().send_keys("tablet").await.unwrap();
            page.see_any(".hit").await;
        }
        "keys" => page.press("?").await,
        _ => {}
    }
    // Until rows are measured, intervals are computed and a search has come to its end.
    tokio::time::sleep(Duration::from_millis(1_500)).await;
}

/// What is in the window: without a caret that blinks, and without the number of the port that this server has.
async fn picture(page: &Page) -> RgbImage {
    let script = "
        document.activeElement?.matches('input, textarea') && document.activeElement.blur();
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        const plain = text => text.replaceAll(location.host, 'labels.example');
        for (let node; (node = walker.nextNode());) if (node.data.includes(location.host)) node.data = plain(node.data);
        for (const field of all('input')) {
            if (field.placeholder) field.placeholder = plain(field.placeholder);
            if (field.type !== 'file' && field.value.includes(location.host)) field.value = plain(field.value);
        }";
    page.ask(script, json!(null)).await;
    tokio::time::sleep(Duration::from_millis(200)).await;
    let png = page.browser.client.screenshot().await.expect("a picture");
    image::load_from_memory(&png).expect("a picture of the window").into_rgb8()
}

/// By how much a picture is not what is stored, if by too much.
fn difference(stored: &Path, seen: &RgbImage) -> Option<String> {
    let Ok(stored) = image::open(stored) else { return Some("there is no stored picture".to_owned()) };
    let stored = stored.into_rgb8();
    if stored.dimensions() != seen.dimensions() {
        return Some(format!("is {:?} pixels, stored {:?}", seen.dimensions(), stored.dimensions()));
    }
    let (width, height) = stored.dimensions();
    let corners = (0..height).step_by(SQUARE as usize);
    let corners = corners.flat_map(|y| (0..width).step_by(SQUARE as usize).map(move |x| (x, y)));
    let apart = corners.map(|(x, y)| {
        // The last of a row or column reaches to the edge.
        let (x, y) = (x.min(width - SQUARE), y.min(height - SQUARE));
        let cut = |picture: &RgbImage| imageops::crop_imm(picture, x, y, SQUARE, SQUARE).to_image();
        let alike = image_compare::rgb_hybrid_compare(&cut(&stored), &cut(seen)).unwrap();
        (1.0 - alike.score, x, y)
    });
    let (apart, x, y) = apart.max_by(|one, other| one.0.total_cmp(&other.0))?;
    (apart > TOLERANCE).then(|| format!("differs by {apart:.3} at {x}, {y}, tolerated are {TOLERANCE}"))
}

fn folder() -> PathBuf {
    root().join("tests/screenshots")
}

/// As small as it gets.
fn write(path: &Path, picture: &RgbImage) {
    let mut png = Vec::new();
    PngEncoder::new_with_quality(&mut png, CompressionType::Best, FilterType::Adaptive)
        .write_image(picture, picture.width(), picture.height(), image::ExtendedColorType::Rgb8)
        .unwrap();
    std::fs::write(path, png).unwrap();
}

/// The versions of the fonts here, a line each.
fn installed() -> String {
    let mut query = Command::new("dpkg-query");
    let output = query.args(["--show", "--showformat=${Package} ${Version}\n"]).args(FONTS).output();
    output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default()
}

/// Which fonts are of other versions here than where the pictures were made.
fn other_fonts(stored: &Path) -> Option<String> {
    let (stored, here) = (std::fs::read_to_string(stored).unwrap_or_default(), installed());
    let missing: Vec<&str> = stored.lines().filter(|line| !here.lines().any(|one| one == *line)).collect();
    if stored.is_empty() {
        return Some("no pictures are stored; cargo xtask screenshots makes them".to_owned());
    }
    (!missing.is_empty()).then(|| format!("the pictures were made with other fonts: {}", missing.join(", ")))
}
