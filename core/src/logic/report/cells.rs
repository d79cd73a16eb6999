//! Cells and lines of a CSV file.

/// Lines of CSV under way, as RFC 4180 writes them but for the line ends, which are `\n`.
///
/// Not by a library: the one at hand asks of each cell whether it is a number, and with that alone brings 16 kB of tables
/// and code for reading floats into the bundle.
#[derive(Default)]
pub(super) struct Line {
    text: String,
    /// Whether a cell of the last line has been written.
    is_begun: bool,
}

impl Line {
    /// No line yet.
    pub(super) fn new() -> Self {
        Line::default()
    }

    /// Appends a cell. One that begins with `= + - @`, a tab or a return is defused by a leading apostrophe: a
    /// spreadsheet would run it.
    pub(super) fn cell(&mut self, text: &str) {
        let runs = runs_in_a_spreadsheet(text);
        let is_quoted = text.contains([',', '"', '\n', '\r']);
        if std::mem::replace(&mut self.is_begun, true) {
            self.text.push(',');
        }
        if is_quoted {
            self.text.push('"');
        }
        if runs {
            self.text.push('\'');
        }
        for c in text.chars() {
            if c == '"' {
                self.text.push('"');
            }
            self.text.push(c);
        }
        if is_quoted {
            self.text.push('"');
        }
    }

    /// Appends a number, or an empty cell where there is none.
    pub(super) fn number(&mut self, number: Option<impl ToString>) {
        self.cell(&number.map(|number| number.to_string()).unwrap_or_default());
    }

    /// Ends the line.
    pub(super) fn end(&mut self) {
        self.text.push('\n');
        self.is_begun = false;
    }

    /// All lines so far.
    pub(super) fn text(self) -> String {
        self.text
    }
}

/// Whether a spreadsheet would run a cell that begins so.
pub fn runs_in_a_spreadsheet(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_defused() {
        let mut line = Line::new();
        for cell in ["plain", "=1+1", "+x", "-x", "@x", "\tx", "\rx", "a,b", "a\"b", "a\nb", " =1", "−1", "'"]
        {
            line.cell(cell);
        }
        line.end();
        line.number(Some(0.25));
        line.number(None::<u32>);
        line.end();
        assert_eq!(
            line.text(),
            "plain,'=1+1,'+x,'-x,'@x,'\tx,\"'\rx\",\"a,b\",\"a\"\"b\",\"a\nb\", =1,−1,'\n0.25,\n"
        );
    }
}
