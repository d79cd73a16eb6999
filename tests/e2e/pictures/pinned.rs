//! What has to be the same where pictures are made and where they are compared: all letters come from these packages of
//! Debian, what they are picked for is the same, and so is what draws them.

use std::path::{Path, PathBuf};
use std::process::Command;

/// Packages with the fonts, by the same version.
const FONTS: [&str; 4] = ["fonts-dejavu-core", "fonts-noto-cjk", "fonts-noto-color-emoji", "fonts-noto-core"];

/// What fonts are asked for: other ones that are installed could be picked for it.
const ASKED_FOR: [&str; 7] = [
    "system-ui",
    "sans-serif",
    "monospace",
    "ui-monospace",
    "sans-serif:lang=ar",
    "sans-serif:lang=hi",
    "sans-serif:lang=zh-cn",
];

/// Writes down what there is here, beside the pictures.
pub fn store(folder: &Path) {
    std::fs::write(file(folder), here().join("\n") + "\n").expect("to write down the fonts");
}

/// What is not here as it was where the pictures were made, if there are any.
pub fn difference(folder: &Path) -> Option<String> {
    let Ok(made_with) = std::fs::read_to_string(file(folder)) else {
        return Some("no pictures are stored; cargo xtask screenshots makes them".to_owned());
    };
    let here = here();
    let missing: Vec<&str> = made_with.lines().filter(|line| !here.iter().any(|one| one == line)).collect();
    (!missing.is_empty())
        .then(|| format!("the pictures were made with what is not here: {}", missing.join("; ")))
}

fn file(folder: &Path) -> PathBuf {
    folder.join("made-with.txt")
}

/// A line each: fonts, what is picked, and the browser by the first number of its version.
fn here() -> Vec<String> {
    let mut query = Command::new("dpkg-query");
    query.args(["--show", "--showformat=${Package} ${Version}\n"]).args(FONTS);
    let mut lines: Vec<String> = output(query).lines().map(str::to_owned).collect();
    for asked_for in ASKED_FOR {
        let mut query = Command::new("fc-match");
        query.args(["--format=%{family[0]} %{style[0]}", asked_for]);
        lines.push(format!("{asked_for} is {}", output(query)));
    }
    let mut query = Command::new("chromium");
    query.arg("--version");
    let version = output(query);
    let major = version.split_whitespace().find_map(|word| word.split_once('.').map(|(major, _)| major));
    lines.push(format!("Chromium {}", major.unwrap_or("is not there")));
    lines
}

fn output(mut command: Command) -> String {
    let output = command.output();
    output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default()
}
