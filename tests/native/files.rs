//! The report example as a process, and `docs/files.md` against the files that it writes.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "what cannot be built here fails the test"
)]

use crate::report::read_and_aligned;
use expect_test::expect;
use labelscope_core::domain::Tier;
use labelscope_core::logic::health::{Anomaly, anomalies};
use labelscope_core::logic::report::{
    annotation_lines, errors_header, findings_header, health, scores_header,
};
use serde_json::Value;
use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

const PAGE: &str = include_str!("../../docs/files.md");

fn top() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

/// The example, built by the cargo that runs these tests.
fn example() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = Command::new(cargo);
        command.args(["build", "--quiet", "--package", "labelscope-core", "--example", "report"]);
        let status = command.current_dir(top()).status().unwrap();
        assert!(status.success(), "the example does not build");
        // Tests lie in `deps`, beside which `examples` is.
        let built = std::env::current_exe().unwrap().ancestors().nth(2).unwrap().join("examples/report");
        let built = built.with_extension(std::env::consts::EXE_EXTENSION);
        assert!(built.is_file(), "{} is not there", built.display());
        built
    })
}

fn run(arguments: impl IntoIterator<Item = impl AsRef<OsStr>>, input: &[u8]) -> Output {
    let mut command = Command::new(example());
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut process = command.spawn().unwrap();
    // What is not read cannot be written whole.
    let _ = process.stdin.take().unwrap().write_all(input);
    process.wait_with_output().unwrap()
}

/// A folder that ends with the test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("labelscope-report-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    fn names(&self) -> Vec<String> {
        let files = std::fs::read_dir(&self.0).unwrap();
        let mut names: Vec<String> =
            files.map(|file| file.unwrap().file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn sample() -> PathBuf {
    top().join("samples/leaflet-assistant.json")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn what_is_written_is_printed_and_the_code_is_0() {
    let folder = Folder::new("written");
    let out = folder.0.join("new");
    let output = run([sample().as_os_str(), "--out".as_ref(), out.as_os_str()], b"");
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), String::new()));
    let written = text(&output.stdout);
    let names: Vec<&str> = written.lines().map(|path| path.rsplit(['/', '\\']).next().unwrap()).collect();
    expect![[r#"
        [
            "leaflet-answers-round-2-findings.csv",
            "leaflet-answers-round-2-annotations.jsonl",
            "leaflet-answers-round-2-scores.csv",
            "leaflet-answers-round-2-errors.csv",
            "leaflet-answers-round-2-health.json",
            "6f1c2a9e-4b7d-4e35-9a60-2d8f5c3b7e14-report.md",
            "6f1c2a9e-4b7d-4e35-9a60-2d8f5c3b7e14-report-masked.md",
        ]
    "#]]
    .assert_debug_eq(&names);
    for path in written.lines() {
        assert!(std::fs::metadata(path).unwrap().len() > 1_000, "{path}");
    }
}

#[test]
fn standard_input_compression_and_the_pair_change_nothing_but_the_errors() {
    let (plain, piped) = (Folder::new("plain"), Folder::new("piped"));
    assert!(run([sample().as_os_str(), "--out".as_ref(), plain.0.as_os_str()], b"").status.success());
    let mut compressed = Vec::new();
    let bytes = std::fs::read(sample()).unwrap();
    let mut encoder = flate2::read::GzEncoder::new(bytes.as_slice(), flate2::Compression::fast());
    encoder.read_to_end(&mut compressed).unwrap();
    let arguments: [&OsStr; 5] =
        ["-".as_ref(), "--out".as_ref(), piped.0.as_os_str(), "--pair".as_ref(), "pr".as_ref()];
    assert_eq!(run(arguments, &compressed).status.code(), Some(0));
    assert_eq!(plain.names(), piped.names());
    for name in plain.names() {
        let [one, other] = [&plain, &piped].map(|folder| std::fs::read(folder.0.join(&name)).unwrap());
        assert_eq!(one == other, !name.ends_with("-errors.csv"), "{name}");
    }
}

#[test]
fn help_names_files_columns_and_codes_and_the_code_is_0() {
    for argument in ["--help", "-h"] {
        let output = run([argument], b"");
        assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), String::new()));
        let help = text(&output.stdout).split_whitespace().collect::<Vec<_>>().join(" ");
        for header in [findings_header(), scores_header(), errors_header()] {
            assert!(help.contains(&header.trim_end().replace(',', ", ")), "{header}");
        }
        for name in files_of_the_page() {
            assert_eq!(help.contains(&name), !name.contains("-export-"), "{name}");
        }
        for (code, _) in rows(section("## Exit codes of the example")) {
            assert!(help.contains(&format!(" {} ", code.trim_matches('`'))), "{code}");
        }
    }
}

#[test]
fn what_cannot_be_read_or_written_is_code_1() {
    let folder = Folder::new("failing");
    let file = folder.0.join("a-file");
    std::fs::write(&file, "[1, 2]").unwrap();
    let (out, sample) = (folder.0.join("out"), sample());
    let check = |export: &Path, out: &Path, input: &[u8], said: &str| {
        let output = run([export.as_os_str(), "--out".as_ref(), out.as_os_str()], input);
        assert_eq!(output.status.code(), Some(1), "{said}");
        let error = text(&output.stderr);
        assert!(error.starts_with("report: ") && error.contains(said), "{error}");
        assert_eq!(text(&output.stdout), "");
    };
    check(&folder.0.join("absent.json"), &out, b"", "cannot open ");
    check(&file, &out, b"", "cannot be used: ");
    check(Path::new("-"), &out, b"{\"project\": {}, \"conv", "cannot be used: ");
    check(Path::new("-"), &out, b"\x1f\x8b and no gzip", "cannot read ");
    assert_eq!(folder.names(), ["a-file"], "nothing is written before all is read");
    check(&sample, &file, b"", "cannot make ");
}

#[test]
fn wrong_arguments_are_code_2() {
    let check = |arguments: &[&str], said: &str| {
        let output = run(arguments, b"");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert_eq!(text(&output.stderr), format!("report: {said} Try --help.\n"));
    };
    check(&[], "Which export?");
    check(&["a.json"], "Where to? --out DIR is missing.");
    check(&["a.json", "--out"], "--out needs a folder.");
    check(&["a.json", "b.json", "--out", "x"], "Only one export at a time.");
    check(&["a.json", "--out", "x", "--pair", "ra"], "--pair is ar, ap or pr.");
    check(&["a.json", "--out", "x", "--verbose"], "There is no option --verbose.");
}

/// The part of the page below a heading, up to the next.
fn section(heading: &str) -> &'static str {
    let (_, rest) = PAGE.split_once(&format!("{heading}\n")).unwrap_or_else(|| panic!("no {heading}"));
    rest.split_once("\n## ").map_or(rest, |(section, _)| section)
}

/// The first and the second cell of each row of the tables in a section, but for their heads.
fn rows(section: &str) -> Vec<(&str, &str)> {
    let rows = section.lines().filter(|line| line.starts_with("| `") || line.starts_with("| [`"));
    rows.map(|row| {
        let mut cells = row.split('|').map(str::trim).skip(1);
        (cells.next().unwrap(), cells.next().unwrap())
    })
    .collect()
}

/// The names in the first cells of a section's rows, in their order.
fn names(heading: &str) -> Vec<String> {
    let cells = rows(section(heading)).into_iter().flat_map(|(cell, _)| cell.split(", "));
    cells.map(|cell| cell.trim_matches('`').to_owned()).collect()
}

/// The names of the files that the page lists.
fn files_of_the_page() -> Vec<String> {
    let list = section("# The files that Labelscope makes");
    let name = |(cell, _): (&str, &str)| cell.split('`').nth(1).unwrap().to_owned();
    rows(list).into_iter().map(name).collect()
}

#[test]
fn the_page_has_the_columns_of_each_table() {
    for (heading, header) in [
        ("## `{slug}-findings.csv`", findings_header()),
        ("## `{slug}-scores.csv`", scores_header()),
        ("## `{slug}-errors.csv`", errors_header()),
    ] {
        assert_eq!(names(heading).join(",") + "\n", header, "{heading}");
    }
}

/// The paths of all leaves of a value: `{tier}` for each tier, `[]` for each entry of a list.
fn paths(value: &Value, at: &str, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                let is_tier = Tier::ALL.iter().any(|tier| tier.key() == key);
                let key = if is_tier { "{tier}" } else { key };
                paths(value, &[at, if at.is_empty() { "" } else { "." }, key].concat(), found);
            }
        }
        Value::Array(entries) => {
            assert!(!entries.is_empty(), "{at} shows nothing of its entries");
            entries.iter().for_each(|value| paths(value, &format!("{at}[]"), found));
        }
        _ => {
            found.insert(at.to_owned());
        }
    }
}

#[test]
fn the_page_has_the_keys_of_each_object() {
    let (export, placement, alignment) = read_and_aligned();
    let all = |heading: &str| names(heading).into_iter().collect::<BTreeSet<_>>();
    let mut found = BTreeSet::new();
    for line in annotation_lines(&export, &placement, |_| true).lines() {
        paths(&serde_json::from_str(line).unwrap(), "", &mut found);
    }
    assert_eq!(all("## `{slug}-annotations.jsonl`"), found);
    let mut found = BTreeSet::new();
    let with_examples = |one: &Anomaly| !one.examples.is_empty();
    assert!(anomalies(&export, &placement).iter().all(with_examples));
    paths(&serde_json::from_str(&health(&export, &placement, &alignment)).unwrap(), "", &mut found);
    assert_eq!(all("## `{slug}-health.json`"), found);
}

#[test]
fn the_page_lists_the_files_that_are_written() {
    let folder = Folder::new("listed");
    assert!(run([sample().as_os_str(), "--out".as_ref(), folder.0.as_os_str()], b"").status.success());
    let general = |name: String| {
        name.replace("leaflet-answers-round-2", "{slug}")
            .replace("6f1c2a9e-4b7d-4e35-9a60-2d8f5c3b7e14", "{project id}")
    };
    let written: BTreeSet<String> = folder.names().into_iter().map(general).collect();
    let listed = files_of_the_page().into_iter().filter(|name| !name.contains("-export-"));
    assert_eq!(listed.collect::<BTreeSet<_>>(), written);
}
