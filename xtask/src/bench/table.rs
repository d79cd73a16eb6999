//! The table as Markdown and as JSON. Does not belong here: where its rows come from.

use serde_json::{Value, json};
use std::fmt;
use std::time::{SystemTime, UNIX_EPOCH};

/// What was measured.
pub(super) struct Table {
    command: String,
    date: String,
    rows: Vec<Row>,
    /// What the core's own benchmarks printed, each with its command.
    native: Vec<(String, String)>,
    skipped: Vec<String>,
}

/// A figure in an engine.
struct Row {
    engine: String,
    figure: String,
    with: String,
    unit: String,
    floor: Option<f64>,
    value: f64,
    ratio: Option<f64>,
}

/// What a figure must be, at most.
enum Goal {
    /// The value itself, in its unit.
    Value(f64),
    /// The value over the floor.
    Ratio(f64),
}

impl Row {
    fn goal(&self) -> Option<Goal> {
        Some(match self.figure.as_str() {
            "first message" => Goal::Value(150.0),
            "first message, growth" | "scroll, late frames" => Goal::Ratio(1.5),
            "whole open, own slices" if self.floor_is_of_large_input() => Goal::Ratio(1.0),
            "longest block" => Goal::Value(50.0),
            "memory" if self.with == "112 MB" => Goal::Ratio(3.0),
            "nodes" => Goal::Value(4_000.0),
            "search" => Goal::Ratio(0.5),
            "long part" => Goal::Ratio(0.15),
            "growth" => Goal::Ratio(1.2),
            "bundle" => Goal::Value(300.0),
            _ => return None,
        })
    }

    fn floor_is_of_large_input(&self) -> bool {
        ["40 MB", "112 MB"].contains(&self.with.as_str())
    }

    /// What it must be, and whether it is.
    fn verdict(&self) -> Option<(String, bool)> {
        match self.goal()? {
            Goal::Value(most) => Some((format!("≤ {most} {}", self.unit), self.value <= most)),
            Goal::Ratio(most) => Some((format!("≤ {most} ×"), self.ratio? <= most)),
        }
    }
}

impl Table {
    /// Nothing measured yet by this command.
    pub(super) fn new(command: &str) -> Self {
        Table {
            command: command.to_owned(),
            date: today(),
            rows: Vec::new(),
            native: Vec::new(),
            skipped: Vec::new(),
        }
    }

    /// Adds a row as the bench prints it.
    pub(super) fn add(&mut self, engine: &str, row: &Value) {
        let text = |key: &str| row[key].as_str().unwrap_or_default().to_owned();
        self.rows.push(Row {
            engine: engine.to_owned(),
            figure: text("figure"),
            with: text("with"),
            unit: text("unit"),
            floor: row["floor"].as_f64(),
            value: row["value"].as_f64().unwrap_or(f64::NAN),
            ratio: row["ratio"].as_f64(),
        });
    }

    /// Adds what a benchmark of the core printed.
    pub(super) fn add_native(&mut self, command: &str, printed: &str) {
        self.native.push((command.to_owned(), printed.trim_end().to_owned()));
    }

    /// Notes why not everything was measured in an engine.
    pub(super) fn skip(&mut self, engine: &str, reason: &str) {
        self.skipped.push(format!("{engine}: {reason}"));
    }

    /// Whether something could not be measured.
    pub(super) fn is_cut_short(&self) -> bool {
        !self.skipped.is_empty()
    }

    /// All of it.
    pub(super) fn to_json(&self) -> Value {
        let row = |row: &Row| {
            let verdict = row.verdict();
            json!({
                "engine": row.engine, "figure": row.figure, "with": row.with, "unit": row.unit,
                "floor": row.floor, "value": row.value, "ratio": row.ratio,
                "goal": verdict.as_ref().map(|(goal, _)| goal), "holds": verdict.map(|(_, holds)| holds),
            })
        };
        let rows: Vec<_> = self.rows.iter().map(row).collect();
        let native: Vec<_> = self.native.iter().map(|(command, printed)| json!([command, printed])).collect();
        json!({
            "date": self.date, "command": self.command, "rows": rows, "native": native, "skipped": self.skipped,
        })
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}, `{}`", self.date, self.command)?;
        let mut engine = None;
        for row in &self.rows {
            if engine != Some(&row.engine) {
                engine = Some(&row.engine);
                if !row.engine.is_empty() {
                    writeln!(f, "\n### {}", row.engine)?;
                }
                writeln!(f, "\n| figure | with | floor | figure | ratio | goal | |")?;
                writeln!(f, "| --- | --- | ---: | ---: | ---: | --- | --- |")?;
            }
            let floor = row.floor.map(amount).unwrap_or_default();
            let ratio = row.ratio.map(|ratio| format!("{ratio:.2}")).unwrap_or_default();
            let (goal, holds) = row.verdict().map_or((String::new(), ""), |(goal, holds)| {
                (goal, if holds { "holds" } else { "**missed**" })
            });
            let Row { figure, with, unit, .. } = row;
            let value = amount(row.value);
            writeln!(f, "| {figure} | {with} | {floor} | {value} {unit} | {ratio} | {goal} | {holds} |")?;
        }
        for (command, printed) in &self.native {
            writeln!(f, "\n`{command}`\n\n```text\n{printed}\n```")?;
        }
        self.skipped.iter().try_for_each(|skipped| writeln!(f, "\nskipped: {skipped}"))
    }
}

/// With as many places as tell something.
fn amount(value: f64) -> String {
    let places = if value < 10.0 { 2 } else { usize::from(value < 100.0) };
    format!("{value:.places$}")
}

/// The day, as in `2026-01-31`, by universal time.
fn today() -> String {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let (mut days, mut year) = (seconds / 86_400, 1970);
    let is_leap =
        |year: u64| year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    while days >= 365 + u64::from(is_leap(year)) {
        days -= 365 + u64::from(is_leap(year));
        year += 1;
    }
    let february = 28 + u64::from(is_leap(year));
    let mut month = 1;
    for length in [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] {
        if days < length {
            break;
        }
        days -= length;
        month += 1;
    }
    format!("{year}-{month:02}-{:02}", days + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::expect;

    #[test]
    fn table_with_goals_met_and_missed() {
        let mut table = Table::new("cargo xtask bench --quick");
        table.date = "2026-01-31".to_owned();
        table.add("", &json!({ "figure": "bundle", "with": "brotli", "unit": "kB", "value": 678.25 }));
        let open = |value: f64| {
            json!({
                "figure": "whole open, own slices", "with": "112 MB", "unit": "ms",
                "floor": 640.0, "value": value, "ratio": value / 640.0,
            })
        };
        table.add("chromium", &open(480.0));
        table.add("firefox", &open(1280.0));
        table.add_native("cargo bench --bench reader", "  0.44  the reader\n");
        table.skip("webkit", "no driver");
        expect![[r#"
            2026-01-31, `cargo xtask bench --quick`

            | figure | with | floor | figure | ratio | goal | |
            | --- | --- | ---: | ---: | ---: | --- | --- |
            | bundle | brotli |  | 678 kB |  | ≤ 300 kB | **missed** |

            ### chromium

            | figure | with | floor | figure | ratio | goal | |
            | --- | --- | ---: | ---: | ---: | --- | --- |
            | whole open, own slices | 112 MB | 640 | 480 ms | 0.75 | ≤ 1 × | holds |

            ### firefox

            | figure | with | floor | figure | ratio | goal | |
            | --- | --- | ---: | ---: | ---: | --- | --- |
            | whole open, own slices | 112 MB | 640 | 1280 ms | 2.00 | ≤ 1 × | **missed** |

            `cargo bench --bench reader`

            ```text
              0.44  the reader
            ```

            skipped: webkit: no driver
        "#]]
        .assert_eq(&table.to_string());
        assert_eq!(table.to_json()["rows"][2]["holds"], json!(false));
    }
}
