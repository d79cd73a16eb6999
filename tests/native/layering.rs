//! The sources against the table of who may name whom, and against the rules of the house that can be read off them.
//!
//! A checker over plain text: it knows comments, strings and words, no more, which is enough for names.

#![allow(clippy::unwrap_used, reason = "a source that cannot be read fails the test")]

use std::fmt::Write;
use std::path::{Path, PathBuf};

/// What the files of a folder must not name.
struct Rule {
    /// The folder or file, from the top of the checkout.
    place: &'static str,
    /// What may not stand there: a crate, the beginning of a crate's name (`gloo*`), a module (`crate::ui`) or a word.
    forbidden: &'static [&'static str],
    /// Why.
    reason: &'static str,
}

/// Whoever names one of these touches the browser.
const BROWSER: &[&str] = &["web_sys", "js_sys", "gloo*", "wasm_bindgen*"];

const RULES: &[Rule] = &[
    Rule { place: "core/src", forbidden: BROWSER, reason: "the core knows no browser" },
    Rule {
        place: "core/src",
        forbidden: &["leptos*", "Instant", "SystemTime"],
        reason: "the core knows no page and no clock",
    },
    Rule {
        place: "core/src/domain",
        forbidden: &["serde*", "crate::export", "crate::logic"],
        reason: "the domain is plain values that name neither their reading nor what is computed from them",
    },
    Rule {
        place: "core/src/export",
        forbidden: &["crate::logic"],
        reason: "reading an export needs nothing that is computed from it",
    },
    Rule {
        place: "core/src/logic",
        forbidden: &["crate::export"],
        reason: "what is computed does not depend on how it was read",
    },
    Rule { place: "src/state", forbidden: BROWSER, reason: "the state runs natively" },
    Rule {
        place: "src/state",
        forbidden: &["crate::ui", "crate::browser"],
        reason: "the state knows neither its views nor the browser",
    },
    Rule {
        place: "src/browser",
        forbidden: &["crate::ui", "crate::state", "labelscope_core", "leptos*"],
        reason: "browser/ does not know what an export or a screen is",
    },
    Rule {
        place: "src/ui",
        forbidden: BROWSER,
        reason: "only browser/ and main.rs name the browser's interfaces",
    },
    Rule {
        place: "src/lib.rs",
        forbidden: BROWSER,
        reason: "only browser/ and main.rs name the browser's interfaces",
    },
    Rule {
        place: "src/ui",
        forbidden: &["inner_html", "set_inner_html", "outer_html"],
        reason: "nothing from an export ever becomes markup",
    },
];

/// How many lines a file may have, its unit tests at the end not counted.
const LONGEST: usize = 400;

/// A source file.
struct Source {
    /// From the top of the checkout, with `/`.
    path: String,
    text: String,
}

#[test]
fn the_sources_keep_to_the_layers() {
    let sources = sources();
    assert!(sources.len() > 100, "only {} files found", sources.len());
    let found: String = sources.iter().flat_map(violations).collect();
    assert!(found.is_empty(), "\n{found}");
}

/// Everything that is wrong with a file: place and reason, a line each.
fn violations(source: &Source) -> Vec<String> {
    let mut found = Vec::new();
    let mut report = |line: usize, what: &str| found.push(format!("{}:{line}: {what}\n", source.path));
    let code = without_comments_and_strings(&source.text);
    for rule in RULES.iter().filter(|rule| is_in(&source.path, rule.place)) {
        for forbidden in rule.forbidden {
            for line in lines_that_name(&code, forbidden) {
                report(line, &format!("names {forbidden}: {}", rule.reason));
            }
        }
    }
    if is_in(&source.path, "src/ui") {
        for line in lines_with_style_as_text(&code) {
            report(line, "a style attribute as text: the content policy blocks it, write style:name=…");
        }
    }
    // What continues a file has its header there.
    if !source.text.starts_with("//!") && !source.path.ends_with("/tests.rs") {
        report(1, "no //! header that says what belongs here");
    }
    let lines = lines_of_code(&source.text);
    if lines > LONGEST {
        report(lines, "over 400 lines: the file asks to be split");
    }
    found
}

fn is_in(path: &str, place: &str) -> bool {
    path.strip_prefix(place).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Lines up to the unit tests that end a file.
fn lines_of_code(text: &str) -> usize {
    let lines = || text.lines();
    lines().position(|line| line == "#[cfg(test)]").unwrap_or_else(|| lines().count())
}

/// The numbers of the lines that name `forbidden`.
fn lines_that_name(code: &str, forbidden: &str) -> Vec<usize> {
    match forbidden.strip_prefix("crate::") {
        Some(module) => lines_of(code, modules_named(code), |name| name == module),
        None => {
            let (word, is_beginning) = match forbidden.strip_suffix('*') {
                Some(beginning) => (beginning, true),
                None => (forbidden, false),
            };
            lines_of(
                code,
                words(code),
                |name| if is_beginning { name.starts_with(word) } else { name == word },
            )
        }
    }
}

fn lines_of<'a>(
    code: &str,
    names: impl IntoIterator<Item = (usize, &'a str)>,
    is_meant: impl Fn(&str) -> bool,
) -> Vec<usize> {
    let meant = names.into_iter().filter(|(_, name)| is_meant(name));
    meant.map(|(at, _)| code[..at].matches('\n').count() + 1).collect()
}

/// Every word with the byte that it begins at.
fn words(code: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let words = code.split(move |c| !is_word(c)).filter(|word| !word.is_empty());
    words.map(|word| (word.as_ptr().addr() - code.as_ptr().addr(), word))
}

/// The modules of this crate that are named from its top: `a` and `b` in `crate::{a::X, b}`; also by `super::super`,
/// which from a file of a top folder leads there.
fn modules_named(code: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    for top in ["crate::", "super::super::"] {
        for (at, _) in code.match_indices(top) {
            let rest = &code[at + top.len()..];
            if let Some(group) = rest.strip_prefix('{') {
                let mut depth = 0;
                let end = group.find(|c| {
                    depth += i32::from(c == '{') - i32::from(c == '}');
                    depth < 0
                });
                let mut depth = 0;
                let elements = group[..end.unwrap_or(group.len())].split(|c| {
                    depth += i32::from(c == '{') - i32::from(c == '}');
                    c == ',' && depth == 0
                });
                found
                    .extend(elements.filter_map(|element| words(element).next()).map(|(_, name)| (at, name)));
            } else {
                found.extend(words(rest).next().map(|(_, name)| (at, name)));
            }
        }
    }
    found
}

/// The numbers of the lines with `style=` that is not the pair of a name and a value.
fn lines_with_style_as_text(code: &str) -> Vec<usize> {
    let is_attribute = |at: usize| code[..at].ends_with([' ', '\n']);
    let is_pair = |at: usize| code[at + "style=".len()..].starts_with('(');
    let found = code.match_indices("style=").map(|(at, _)| at).filter(|&at| is_attribute(at) && !is_pair(at));
    found.map(|at| code[..at].matches('\n').count() + 1).collect()
}

/// The code with comments and the contents of strings left out, every line where it was.
fn without_comments_and_strings(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let skipped = match c {
            '/' if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            '/' if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |end| end + 2),
            'r' if raw_string(rest).is_some()
                && !code.ends_with(|c: char| c.is_alphanumeric() || c == '_') =>
            {
                raw_string(rest).unwrap_or(1)
            }
            '"' => string(rest),
            '\'' => character(rest),
            _ => {
                code.push(c);
                rest = &rest[c.len_utf8()..];
                continue;
            }
        };
        let (gone, kept) = rest.split_at(skipped);
        code.extend(gone.chars().filter(|&c| c == '\n'));
        rest = kept;
    }
    code
}

/// Bytes of the string that `text` begins with.
fn string(text: &str) -> usize {
    let mut is_escaped = false;
    let end = text.char_indices().skip(1).find(|&(_, c)| {
        let ends = c == '"' && !is_escaped;
        is_escaped = c == '\\' && !is_escaped;
        ends
    });
    end.map_or(text.len(), |(at, _)| at + 1)
}

/// Bytes of the raw string that `text` begins with, if it does.
fn raw_string(text: &str) -> Option<usize> {
    let hashes = text[1..].bytes().take_while(|&b| b == b'#').count();
    let opening = 1 + hashes;
    text[opening..].strip_prefix('"')?;
    let closing = format!("\"{}", "#".repeat(hashes));
    let end = text[opening + 1..].find(&closing)?;
    Some(opening + 1 + end + closing.len())
}

/// Bytes of the character that `text` begins with; of a lifetime's quote, one.
fn character(text: &str) -> usize {
    let inside = &text[1..];
    let len = match inside.chars().next() {
        Some('\\') => inside.char_indices().skip(2).find(|&(_, c)| c == '\'').map(|(at, _)| at),
        Some(c) => inside[c.len_utf8()..].starts_with('\'').then_some(c.len_utf8()),
        None => None,
    };
    len.map_or(1, |len| len + 2)
}

/// All sources of the checkout.
fn sources() -> Vec<Source> {
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut folders: Vec<PathBuf> =
        ["src", "core/src", "core/benches", "core/examples", "xtask/src", "tests"]
            .map(|folder| top.join(folder))
            .into();
    let mut sources = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let names = path.strip_prefix(top).unwrap().iter().map(|name| name.to_string_lossy());
                let names: Vec<_> = names.collect();
                sources.push(Source { path: names.join("/"), text: std::fs::read_to_string(&path).unwrap() });
            }
        }
    }
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    sources
}

/// What the checker says of a file at `path` that holds `text`.
fn said(path: &str, text: &str) -> String {
    let source = Source { path: path.to_owned(), text: text.to_owned() };
    let mut said = String::new();
    violations(&source).iter().for_each(|line| write!(said, "{line}").unwrap());
    said
}

#[test]
fn planted_violations_are_found() {
    let planted = [
        (
            "core/src/domain/mod.rs",
            "//! Header.\nuse serde::Serialize;\nuse crate::{domain::Id,\n    export::{Reader, X}};\n",
        ),
        ("core/src/logic/a.rs", "//! Header.\nfn f() { crate::export::read(); leptos_dom::x() }\n"),
        ("core/src/export/a.rs", "//! Header.\nuse super::super::logic::place;\n"),
        ("src/state/mod.rs", "use crate::ui::App;\nuse gloo_net::http;\n"),
        ("src/browser/a.rs", "//! Header.\nuse crate::state::AppState;\n"),
        (
            "src/ui/a.rs",
            "//! Header.\nview! { <p style=\"color: red\"> <p style=move || x> }\nweb_sys::window();\n",
        ),
        ("src/ui/b.rs", "//! Header.\nview! { <p inner_html=text> }\n"),
    ];
    let said: String = planted.iter().map(|(path, text)| said(path, text)).collect();
    expect_test::expect![[r#"
        core/src/domain/mod.rs:2: names serde*: the domain is plain values that name neither their reading nor what is computed from them
        core/src/domain/mod.rs:3: names crate::export: the domain is plain values that name neither their reading nor what is computed from them
        core/src/logic/a.rs:2: names leptos*: the core knows no page and no clock
        core/src/logic/a.rs:2: names crate::export: what is computed does not depend on how it was read
        core/src/export/a.rs:2: names crate::logic: reading an export needs nothing that is computed from it
        src/state/mod.rs:2: names gloo*: the state runs natively
        src/state/mod.rs:1: names crate::ui: the state knows neither its views nor the browser
        src/state/mod.rs:1: no //! header that says what belongs here
        src/browser/a.rs:2: names crate::state: browser/ does not know what an export or a screen is
        src/ui/a.rs:3: names web_sys: only browser/ and main.rs name the browser's interfaces
        src/ui/a.rs:2: a style attribute as text: the content policy blocks it, write style:name=…
        src/ui/a.rs:2: a style attribute as text: the content policy blocks it, write style:name=…
        src/ui/b.rs:2: names inner_html: nothing from an export ever becomes markup
    "#]].assert_eq(&said);
    let long = format!("//! Header.\n{}", "fn f() {}\n".repeat(LONGEST));
    assert_eq!(
        self::said("src/ui/c.rs", &long),
        "src/ui/c.rs:401: over 400 lines: the file asks to be split\n"
    );
}

#[test]
fn what_only_looks_like_a_violation_is_let_pass() {
    let innocent = [
        (
            "src/ui/a.rs",
            "//! No web_sys here.\n// nor js_sys\nlet a = \"web_sys \\\" js_sys\"; let b = r#\"gloo \" x\"#; /* gloo */\n",
        ),
        (
            "src/ui/b.rs",
            "//! Header.\nview! { <p style:color=\"red\" style=(\"--v\", v) data-style=x> }\nlet c = '\"'; let web_syst = '\\'';\n",
        ),
        ("src/browser/a.rs", "//! Header.\nuse web_sys::Window;\nfn f<'a>(x: &'a str) {}\n"),
        ("src/main.rs", "//! Header.\nuse wasm_bindgen::prelude::*;\n"),
        ("core/src/logic/a.rs", "//! Header.\nuse crate::domain::{Id, Json};\nuse serde_json::Value;\n"),
        ("src/uix/a.rs", "//! Header.\nuse web_sys::Window;\n"),
    ];
    for (path, text) in innocent {
        assert_eq!(said(path, text), "", "{path}");
    }
    let tested = format!("//! Header.\n#[cfg(test)]\n{}", "fn f() {}\n".repeat(LONGEST));
    assert_eq!(said("src/ui/c.rs", &tested), "");
}
