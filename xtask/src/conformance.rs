//! `conformance`: a public corpus of JSON files, judged by our reader and by `serde_json`'s `RawValue`. Does not belong
//! here: the corpora that the fuzz targets keep, which the native tests run.

use anyhow::{Context, Result, bail};
use labelscope_core::domain::Export;
use labelscope_core::export::Reader;
use serde_json::value::RawValue;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

/// Where in an export the content of a file is put to be judged: wherever a value of any shape may stand.
const PLACES: [(&str, &str, &str); 4] = [
    ("an unknown key of the document", r#"{"project":{},"x":"#, "}"),
    ("an unknown key of the project", r#"{"project":{"x":"#, "}}"),
    (
        "the arguments of a tool call",
        r#"{"conversations":[{"messages":[{"parts":[{"type":"tool_call","arguments":"#,
        "}]}]}]}",
    ),
    ("a field of an annotation", r#"{"annotations":{"review":{"k":[{"id":"a","explanation":"#, "}]}}}"),
];

/// What the names of such corpora promise: `y_` is JSON, `n_` is not, anything else is left to the parser.
fn promised(path: &Path) -> Option<bool> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    match name.split_once('_') {
        Some(("y", _)) => Some(true),
        Some(("n", _)) => Some(false),
        _ => None,
    }
}

/// What came of a corpus.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Verdict {
    files: usize,
    /// How many are JSON to both.
    accepted: usize,
    disagreements: Vec<String>,
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for disagreement in &self.disagreements {
            writeln!(f, "{disagreement}")?;
        }
        let refused = self.files - self.accepted;
        write!(
            f,
            "{} files: {} JSON, {refused} not; judged in {} places of an export; {} disagreements",
            self.files,
            self.accepted,
            PLACES.len(),
            self.disagreements.len()
        )
    }
}

/// Runs the corpus in `folder` and prints what came of it; whether all agree.
pub(crate) fn run(folder: &Path) -> Result<bool> {
    let verdict = judge(folder)?;
    println!("{verdict}");
    Ok(verdict.disagreements.is_empty())
}

fn judge(folder: &Path) -> Result<Verdict> {
    let mut paths = Vec::new();
    collect(folder, &mut paths)?;
    paths.sort();
    if paths.is_empty() {
        bail!("{} holds no .json file", folder.display());
    }
    let mut verdict = Verdict::default();
    for path in paths {
        let content = fs::read(&path).with_context(|| format!("could not read {}", path.display()))?;
        verdict.files += 1;
        let is_json = is_json(&content);
        verdict.accepted += usize::from(is_json);
        let name = path.strip_prefix(folder).unwrap_or(&path).display().to_string();
        if let Some(promised) = promised(&path).filter(|promised| *promised != is_json) {
            verdict.disagreements.push(format!(
                "{name}: by its name {}, to serde_json {}",
                said(promised),
                said(is_json)
            ));
        }
        for (place, before, after) in PLACES {
            let document = [before.as_bytes(), &content, after.as_bytes()].concat();
            let (theirs, ours) = (is_json_of_serde(&document), reads(&document));
            if theirs != ours {
                let line = format!(
                    "{name}: as {place} to serde_json {}, to the reader {}",
                    said(theirs),
                    said(ours)
                );
                verdict.disagreements.push(line);
            }
        }
    }
    Ok(verdict)
}

fn said(is_json: bool) -> &'static str {
    if is_json { "JSON" } else { "none" }
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) -> Result<()> {
    let entries =
        fs::read_dir(folder).with_context(|| format!("could not read the folder {}", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, paths)?;
        } else if path.extension().is_some_and(|ending| ending == "json") {
            paths.push(path);
        }
    }
    Ok(())
}

fn is_json(content: &[u8]) -> bool {
    is_json_of_serde(content)
}

fn is_json_of_serde(document: &[u8]) -> bool {
    serde_json::from_slice::<&RawValue>(document).is_ok()
}

/// Whether the reader takes the document, whole and byte by byte.
fn reads(document: &[u8]) -> bool {
    let whole = read_in_pieces(document, document.len());
    let in_bytes = document.len() > 10_000 || read_in_pieces(document, 1) == whole;
    // One that depends on where it is cut agrees with nobody.
    whole && in_bytes
}

fn read_in_pieces(document: &[u8], length: usize) -> bool {
    let (mut reader, mut export) = (Reader::new(), Export::default());
    let fed = document.chunks(length.max(1)).try_for_each(|piece| reader.feed(piece, &mut export));
    fed.and_then(|()| reader.finish(&mut export)).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::expect;

    fn judged(files: &[(&str, &[u8])]) -> String {
        let name = format!("labelscope-conformance-{}-{}", std::process::id(), files.len());
        let folder = std::env::temp_dir().join(name);
        fs::create_dir_all(folder.join("more")).unwrap();
        for (name, content) in files {
            fs::write(folder.join(name), content).unwrap();
        }
        let verdict = judge(&folder);
        fs::remove_dir_all(&folder).unwrap();
        verdict.map_or_else(
            |error| format!("{error}").replace(&*folder.to_string_lossy(), "FOLDER"),
            |verdict| verdict.to_string(),
        )
    }

    #[test]
    fn both_agree_on_what_is_json() {
        let deep = ["[".repeat(20_000), "]".repeat(20_000)].concat();
        let files: [(&str, &[u8]); 18] = [
            ("y_object.json", br#"{"a":[1,-0,1e9,"\u00e4",true,null]}"#),
            ("y_space.json", b" \t\r\n 1 "),
            ("y_deep.json", deep.as_bytes()),
            ("i_half_pair.json", br#""\ud800""#),
            ("i_huge.json", b"[1e999999,-123456789012345678901234567890]"),
            ("i_mark.json", b"\xEF\xBB\xBF{}"),
            ("i_not_utf8.json", b"\"\xff\""),
            ("i_key_twice.json", br#"{"a":1,"a":2}"#),
            ("n_nothing.json", b""),
            ("n_space.json", b" "),
            ("n_comma.json", b"[1,]"),
            ("n_open.json", b"[1"),
            ("n_two.json", b"1 2"),
            ("n_zero.json", b"01"),
            ("n_nan.json", b"NaN"),
            ("n_control.json", b"\"\x01\""),
            ("n_escape.json", br#""\x""#),
            ("more/n_closed.json", b"1]"),
        ];
        expect!["18 files: 6 JSON, 12 not; judged in 4 places of an export; 0 disagreements"]
            .assert_eq(&judged(&files));
    }

    #[test]
    fn what_disagrees_is_named() {
        expect![[r#"
            n_right.json: by its name none, to serde_json JSON
            y_wrong.json: by its name JSON, to serde_json none
            2 files: 1 JSON, 1 not; judged in 4 places of an export; 2 disagreements"#]]
        .assert_eq(&judged(&[("y_wrong.json", b"[1,]"), ("n_right.json", b"[]"), ("notes.txt", b"x")]));
        expect!["FOLDER holds no .json file"].assert_eq(&judged(&[]));
    }
}
