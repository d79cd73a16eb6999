//! Tables as text that a spreadsheet takes when pasted: cells parted by tabs, numbers without grouped digits.
//!
//! Does not belong here: which table holds what.

use labelscope_core::logic::report::runs_in_a_spreadsheet;

/// A table under way.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    text: String,
}

impl Table {
    /// A table with these column names.
    pub fn new(names: &[&str]) -> Self {
        let mut table = Table::default();
        table.row(names.iter().map(|name| (*name).to_owned()).collect());
        table
    }

    /// Appends a row. Tabs and line breaks in a cell become spaces: a pasted table has no other way to hold them. What a
    /// spreadsheet would run is defused as in the files.
    pub fn row(&mut self, cells: Vec<String>) {
        for (nth, cell) in cells.iter().enumerate() {
            self.text.push_str(if nth == 0 { "" } else { "\t" });
            if runs_in_a_spreadsheet(cell) {
                self.text.push('\'');
            }
            self.text.extend(cell.chars().map(|c| if matches!(c, '\t' | '\n' | '\r') { ' ' } else { c }));
        }
        self.text.push('\n');
    }

    /// How many rows it has below its column names.
    pub fn rows(&self) -> usize {
        self.text.lines().count().saturating_sub(1)
    }

    /// The lines.
    pub fn text(&self) -> &str {
        &self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_stays_a_cell() {
        let mut table = Table::new(&["label", "count"]);
        table.row(vec!["=1+1".to_owned(), "1204".to_owned()]);
        table.row(vec!["a\tb\r\nc".to_owned(), String::new()]);
        table.row(vec!["\tx".to_owned(), "-1".to_owned()]);
        assert_eq!(table.text(), "label\tcount\n'=1+1\t1204\na b  c\t\n' x\t'-1\n");
        assert_eq!(table.rows(), 3);
    }
}
