//! What a screen reader is given: Chromium's accessibility tree of each screen, compared with the one in `trees/`, and the
//! role and name that each engine computes for a dozen of the elements that matter most.
//!
//! `LABELSCOPE_RENEW=1` writes the trees anew. Of a list or table only the first rows stand in them: how many more there
//! are depends on the fonts of the machine.

use super::browser::{debug, role_and_name};
use super::journey::{Need, journey, journey_with};
use super::keys::ESCAPE;
use super::page::Page;
use super::screens::{open, select_first_difference};
use super::support::exports::root;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::fmt::Write;

/// How many rows of a list or table are kept.
const ROWS: usize = 3;

/// How much of a name is kept, in characters.
const NAME: usize = 160;

/// A conversation of the sample with marks in its third message.
const MARKED: &str = "4b8a4534-220d-5653-aa05-df3e6db83eb4";

/// Roles that say nothing by themselves.
const SILENT: [&str; 4] = ["generic", "none", "InlineTextBox", "LineBreak"];

/// States that are written where they are set.
const STATES: [&str; 12] = [
    "level",
    "checked",
    "pressed",
    "expanded",
    "disabled",
    "required",
    "invalid",
    "modal",
    "busy",
    "live",
    "valuetext",
    "hasPopup",
];

/// Nodes by their ids.
type Nodes = HashMap<String, Value>;

/// The tree as text: a line for each role, name and states, indented; of the whole page, or of what bears this name.
async fn tree(page: &Page, of: Option<&str>) -> String {
    let client = &page.browser.client;
    debug(client, "Accessibility.enable", json!({})).await;
    let answer = debug(client, "Accessibility.getFullAXTree", json!({})).await;
    let list = answer["nodes"].as_array().cloned().expect("nodes");
    let is_sought = |node: &&Value| of.is_none_or(|name| string(&node["name"]) == name);
    let root = list.iter().find(is_sought).map(|node| id_of(&node["nodeId"])).expect("what is sought");
    let nodes: Nodes = list.into_iter().map(|node| (id_of(&node["nodeId"]), node)).collect();
    let mut text = String::new();
    write_node(&nodes, &root, "", 0, &mut text);
    text
}

fn id_of(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn string(value: &Value) -> &str {
    value["value"].as_str().unwrap_or_default()
}

/// Writes a node and what is below it, unless the name of what it is in says the same.
fn write_node(nodes: &Nodes, id: &str, around: &str, depth: usize, text: &mut String) {
    let Some(node) = nodes.get(id) else { return };
    let role = string(&node["role"]);
    let name = string(&node["name"]).split_whitespace().collect::<Vec<_>>().join(" ");
    // Where a label is broken at its underscore, which depends on the fonts, the engine takes the break for a space.
    let name = name.replace("_ ", "_");
    let is_silent = node["ignored"] == json!(true) || SILENT.contains(&role);
    let is_said = role == "StaticText" && (name.is_empty() || around.contains(&name));
    if is_said {
        return;
    }
    let depth = if is_silent {
        depth
    } else {
        let name: String = name.chars().take(NAME).collect();
        let indent = "  ".repeat(depth);
        let _ = match (role, name.as_str()) {
            ("StaticText", name) => writeln!(text, "{indent}“{name}”"),
            (role, "") => writeln!(text, "{indent}{role}{}", states(node)),
            (role, name) => writeln!(text, "{indent}{role} “{name}”{}", states(node)),
        };
        depth + 1
    };
    let around = if is_silent { around } else { &name };
    let children = node["childIds"].as_array().map(Vec::as_slice).unwrap_or_default();
    let mut rows = 0;
    for child in children.iter().map(id_of) {
        rows += usize::from(is_row(nodes, &child));
        if rows <= ROWS || !is_row(nodes, &child) {
            write_node(nodes, &child, around, depth, text);
        }
    }
    if rows > ROWS {
        let _ = writeln!(text, "{}…", "  ".repeat(depth));
    }
}

/// Whether a node is a row, or only holds one.
fn is_row(nodes: &Nodes, id: &str) -> bool {
    nodes.get(id).is_some_and(|node| matches!(string(&node["role"]), "listitem" | "row"))
}

fn states(node: &Value) -> String {
    let properties = node["properties"].as_array().map(Vec::as_slice).unwrap_or_default();
    let stated = properties.iter().filter_map(|property| {
        let name = STATES.iter().find(|name| property["name"] == **name)?;
        match &property["value"]["value"] {
            Value::Bool(true) => Some(format!(" {name}")),
            Value::Bool(false) | Value::Null => None,
            Value::String(word) if word == "false" => {
                // What can be pressed or opened says so also where it is not.
                matches!(*name, "pressed" | "expanded").then(|| format!(" not {name}"))
            }
            Value::String(word) if word == "true" => Some(format!(" {name}")),
            Value::String(word) => Some(format!(" {name}={word}")),
            other => Some(format!(" {name}={other}")),
        }
    });
    stated.collect()
}

/// Compares the tree of the page with the one that is kept under this name, or keeps it.
async fn check(page: &Page, name: &str, of: Option<&str>, problems: &mut Vec<String>) {
    page.settled().await;
    let path = root().join("tests/e2e/trees").join(format!("{name}.txt"));
    let now = tree(page, of).await;
    if std::env::var_os("LABELSCOPE_RENEW").is_some() {
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("the folder of the trees");
        std::fs::write(&path, now).expect("to write a tree");
        return;
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    if let Some((line, (kept, now))) = differing_line(&kept, &now) {
        problems.push(format!("{name}, line {line}: “{}” has become “{}”", kept.trim(), now.trim()));
    }
}

/// The first line in which two texts differ, and both of it.
fn differing_line<'a>(kept: &'a str, now: &'a str) -> Option<(usize, (&'a str, &'a str))> {
    let (mut kept, mut now) = (kept.lines(), now.lines());
    (1..).find_map(|line| match (kept.next(), now.next()) {
        (None, None) => Some(None),
        (one, other) if one == other => None,
        (one, other) => Some(Some((line, (one.unwrap_or("nothing"), other.unwrap_or("nothing"))))),
    })?
}

#[tokio::test]
async fn the_accessibility_trees_are_those_that_are_kept() {
    journey_with(&[Need::Debugging], "the_accessibility_trees_are_those_that_are_kept", async |page| {
        let zone = json!({ "timezoneId": "UTC" });
        debug(&page.browser.client, "Emulation.setTimezoneOverride", zone).await;
        debug(&page.browser.client, "Emulation.setLocaleOverride", json!({ "locale": "en-US" })).await;
        let mut problems = Vec::new();
        open(page, "/").await;
        page.see("Open the sample project").await;
        check(page, "open", None, &mut problems).await;
        open(page, "/#/help").await;
        page.see("What each screen answers").await;
        check(page, "help", None, &mut problems).await;
        for (name, address, there) in [
            ("overview", "/#/overview?source=sample", "main .river"),
            ("findings", "/#/findings?source=sample", ".gbody .row"),
            // The last of it: intervals follow once they are computed.
            ("agreement", "/#/agreement?source=sample", "table.scores .ci"),
        ] {
            open(page, address).await;
            page.ready().await;
            page.see_any(there).await;
            check(page, name, None, &mut problems).await;
        }
        for layout in ["tracks", "columns", "differences"] {
            open(page, &format!("/#/conversations?source=sample&conversation={MARKED}&layout={layout}"))
                .await;
            page.ready().await;
            page.see_any(".ledger").await;
            check(page, &format!("conversations-{layout}"), Some("Conversation 3"), &mut problems).await;
        }
        open(page, "/#/conversations?source=sample&layout=tracks").await;
        page.ready().await;
        page.see_any(".list .conv").await;
        check(page, "conversations-list", Some("Conversations"), &mut problems).await;
        select_first_difference(page).await;
        check(page, "conversations-inspector", Some("Selected finding"), &mut problems).await;
        page.press("?").await;
        page.see_any("dialog.keys[open]").await;
        check(page, "keys", Some("Keys and signs"), &mut problems).await;
        page.press(ESCAPE).await;
        page.press("/").await;
        page.press("not to divide").await;
        page.see_any(".hit").await;
        check(page, "search", Some("The whole export"), &mut problems).await;
        assert!(problems.is_empty(), "LABELSCOPE_RENEW=1 keeps the new ones:\n{}", problems.join("\n"));
    })
    .await;
}

/// Selector, role and what the name begins with.
const OPEN: [(&str, &str, &str); 5] = [
    ("main", "main", ""),
    ("header.top", "banner", ""),
    ("#field-project", "textbox", "Project ID"),
    ("input[type=file]", "button", ""),
    ("main button[type=submit]", "button", "Fetch export"),
];

/// The same in a conversation.
const READING: [(&str, &str, &str); 11] = [
    ("main", "main", "Conversation 1"),
    ("aside.list", "complementary", "Conversations"),
    ("aside.inspect", "complementary", "Selected finding"),
    ("nav.tabs", "navigation", "Screens"),
    ("nav.tabs [aria-current]", "link", "Conversations"),
    ("article.msg", "article", "System"),
    ("article.msg h2", "heading", "System"),
    (".list .under > .body ol.rows", "list", "Conversations"),
    (".list .under > .body ol.rows a", "link", "1"),
    (".tiers button", "button", "Automated"),
    (".layouts", "radiogroup", "Layout"),
];

async fn check_elements(page: &Page, expected: &[(&str, &str, &str)]) {
    for (selector, role, name) in expected {
        page.see_any(selector).await;
        let (found_role, found_name) = role_and_name(&page.browser.client, selector).await;
        assert_eq!(&found_role, role, "the role of {selector}, called “{found_name}”");
        assert!(found_name.starts_with(name), "{selector} is called “{found_name}” and not “{name}”");
    }
}

#[tokio::test]
async fn each_engine_computes_roles_and_names() {
    journey("each_engine_computes_roles_and_names", async |page| {
        page.open("/").await;
        page.see("Open the sample project").await;
        check_elements(page, &OPEN).await;
        page.open("/#/conversations?source=sample").await;
        page.ready().await;
        page.see_any(".list .conv").await;
        page.see_any(".msg .part").await;
        check_elements(page, &READING).await;
        select_first_difference(page).await;
        // Every annotation of the finding is in the name of its line: tier, label, status, place.
        let line = ".ledger button[aria-current=true]";
        page.see_any(line).await;
        let (role, name) = role_and_name(&page.browser.client, line).await;
        assert_eq!(role, "button");
        for tier in ["Automated: ", "Primary: ", "Review: "] {
            assert!(name.contains(tier), "{tier} in “{name}”");
        }
        assert!(name.contains(", characters "), "{name}");
    })
    .await;
}
