//! Cells and lines of a CSV file.

/// One line of CSV under way.
pub(super) struct Line {
    writer: csv::Writer<Vec<u8>>,
}

impl Line {
    /// No line yet.
    pub(super) fn new() -> Self {
        Line { writer: csv::WriterBuilder::new().flexible(true).from_writer(Vec::new()) }
    }

    /// Appends a cell. One that begins with `= + - @`, a tab or a return is defused by a leading apostrophe: a
    /// spreadsheet would run it.
    pub(super) fn cell(&mut self, text: &str) {
        let runs = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
        // Writing to memory cannot fail.
        let _ =
            if runs { self.writer.write_field(format!("'{text}")) } else { self.writer.write_field(text) };
    }

    /// Appends a number, or an empty cell where there is none.
    pub(super) fn number(&mut self, number: Option<impl ToString>) {
        self.cell(&number.map(|number| number.to_string()).unwrap_or_default());
    }

    /// Ends the line.
    pub(super) fn end(&mut self) {
        let _ = self.writer.write_record(None::<&[u8]>);
    }

    /// All lines so far.
    pub(super) fn text(self) -> String {
        self.writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
    }
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
