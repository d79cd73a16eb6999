//! Tables of Markdown. Does not belong here: what stands in them.

/// A table under way.
pub(super) struct Table {
    text: String,
}

impl Table {
    /// A table with these column names; a name that begins with `>` is that of a column of numbers, set to the end.
    pub(super) fn new(names: &[&str]) -> Self {
        let mut table = Table { text: String::from("\n") };
        let named: Vec<String> = names.iter().map(|name| name.trim_start_matches('>').to_owned()).collect();
        table.row(&named);
        let rule = |name: &&str| if name.starts_with('>') { "---:" } else { "---" }.to_owned();
        table.row(&names.iter().map(rule).collect::<Vec<_>>());
        table
    }

    /// Appends a row.
    pub(super) fn row(&mut self, cells: &[String]) {
        for cell in cells {
            self.text.push_str("| ");
            self.text.push_str(cell);
            self.text.push_str(if cell.is_empty() { "" } else { " " });
        }
        self.text.push_str("|\n");
    }

    /// The table, an empty line before it.
    pub(super) fn text(self) -> String {
        self.text
    }
}

/// A text that Markdown is not to read as anything but itself, for a cell. What would end the line is a space.
pub(super) fn verbatim(text: &str) -> String {
    let text: String =
        text.chars().map(|c| if c.is_control() || c == '\u{2028}' { ' ' } else { c }).collect();
    if text.trim().is_empty() {
        return String::new();
    }
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    // A space at either end is taken off again, where there is one at both.
    let pad = if text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']) { " " } else { "" };
    // A bar is escaped by a stroke before it, and that stroke by another.
    let text = text.replace("\\|", "\\ |").replace('|', "\\|");
    format!("{fence}{pad}{text}{pad}{fence}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_verbatim_stays_in_its_cell() {
        for (text, expected) in [
            ("dosage_error", "`dosage_error`"),
            ("a|b", "`a\\|b`"),
            ("a\\|b", "`a\\ \\|b`"),
            ("<b>*x*</b>", "`<b>*x*</b>`"),
            ("a\nb", "`a b`"),
            ("a`b", "``a`b``"),
            ("``", "``` `` ```"),
            (" x", "`  x `"),
            (" \n", ""),
            ("", ""),
        ] {
            assert_eq!(verbatim(text), expected, "{text:?}");
        }
        let mut table = Table::new(&["Label", ">Right"]);
        table.row(&[verbatim("a|b"), "3".to_owned()]);
        table.row(&[String::new(), String::new()]);
        assert_eq!(table.text(), "\n| Label | Right |\n| --- | ---: |\n| `a\\|b` | 3 |\n| | |\n");
    }
}
