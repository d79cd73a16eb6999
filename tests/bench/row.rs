//! A row of the table, and what is made of several runs.

use serde::Serialize;

/// One figure.
#[derive(Serialize)]
pub struct Row<'a> {
    /// What was measured; `cargo xtask bench` knows its goal by this.
    pub figure: &'a str,
    /// With which export, or in which step.
    pub with: &'a str,
    /// What `floor` and `value` count.
    pub unit: &'a str,
    /// What the engine itself takes for the same.
    pub floor: Option<f64>,
    /// What the app takes.
    pub value: f64,
    /// The app's over the engine's; the median of the runs' ratios.
    pub ratio: Option<f64>,
}

impl Row<'_> {
    /// Hands it to whoever runs this.
    pub fn print(&self) {
        println!("{}", serde_json::to_string(self).expect("a row as JSON"));
    }
}

/// The middle one; of an even number the upper of the two.
pub fn median(values: impl IntoIterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.into_iter().collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
