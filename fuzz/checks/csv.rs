//! A CSV file is read back as it was meant, and no cell begins with what a spreadsheet would run.

use super::taken::Taken;
use labelscope_core::domain::Export;
use labelscope_core::export::Reader;
use labelscope_core::logic::align::{LookedRule, align_all};
use labelscope_core::logic::place::place_all;
use labelscope_core::logic::report::{
    ScoredComparison, findings_header, findings_rows, scores_header, scores_rows,
};
use serde_json::json;

/// Ids, a label, a status, then the text that is marked.
pub fn check(bytes: &[u8]) {
    let mut taken = Taken::new(bytes);
    let [conversation, message, annotation, label, status] = std::array::from_fn(|_| taken.text());
    let text = taken.rest();
    let annotations = json!([{ "id": annotation, "label": label, "status": status, "text": text,
        "start_offset": 0, "end_offset": text.chars().count(), "message_part_index": 0 }]);
    let document = json!({
        "project": {},
        "conversations": [{ "id": conversation, "messages": [{ "id": message, "role": "assistant",
            "parts": [{ "type": "text", "content": text }] }] }],
        "annotations": { "primary": { &*message: annotations }, "review": { &*message: annotations } },
    });
    let (mut reader, mut export) = (Reader::new(), Export::default());
    let document = document.to_string();
    let result = reader.feed(document.as_bytes(), &mut export).and_then(|()| reader.finish(&mut export));
    assert_eq!(result, Ok(()));
    let placement = place_all(&export);
    let alignment = align_all(&export, &placement, LookedRule::Key);
    let rows = read(&(findings_header() + &findings_rows(&export, &alignment, &alignment.findings)));
    assert_eq!(rows.len(), 2);
    let meant = |cell: &str| match cell.chars().next() {
        Some('=' | '+' | '-' | '@' | '\t' | '\r') => format!("'{cell}"),
        _ => cell.to_owned(),
    };
    let cells: Vec<(&str, &str)> =
        rows[0].iter().map(String::as_str).zip(rows[1].iter().map(String::as_str)).collect();
    let cell =
        |name: &str| cells.iter().find(|(column, _)| *column == name).map(|(_, cell)| (*cell).to_owned());
    for (name, sent) in [
        ("conversation_id", &conversation),
        ("message_id", &message),
        ("annotation_ids_review", &annotation),
        ("label_primary", &label),
        ("status_review", &status),
        ("text", &text),
    ] {
        assert_eq!(cell(name), Some(meant(sent)), "{name}");
    }
    let scores: String = ScoredComparison::all()
        .map(|comparison| scores_rows(&ScoredComparison::new(&export, &alignment, comparison)))
        .collect();
    read(&(scores_header() + &scores));
}

/// Reads CSV as RFC 4180 has it; all lines must be of one length.
fn read(csv: &str) -> Vec<Vec<String>> {
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut row: Vec<String> = Vec::new();
    let mut rest = csv;
    while !rest.is_empty() {
        let (cell, after) = match rest.strip_prefix('"') {
            Some(quoted) => quoted_cell(quoted),
            None => {
                let end = rest.find([',', '\n']).expect("lines end");
                let (cell, after) = rest.split_at(end);
                assert!(!cell.contains('"') && !cell.contains('\r'), "{cell:?} should be quoted");
                (cell.to_owned(), after)
            }
        };
        assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "a spreadsheet would run {cell:?}");
        row.push(cell);
        match after.as_bytes().first() {
            Some(b',') => {}
            Some(b'\n') => rows.push(std::mem::take(&mut row)),
            other => panic!("{other:?} after a cell"),
        }
        rest = &after[1..];
    }
    assert!(row.is_empty(), "the last line ends");
    let columns = rows.first().map(Vec::len);
    assert!(rows.iter().all(|row| Some(row.len()) == columns), "all lines are of one length");
    rows
}

/// A cell after its first quotation mark, and what follows its last.
fn quoted_cell(mut rest: &str) -> (String, &str) {
    let mut cell = String::new();
    loop {
        let (piece, after) = rest.split_once('"').expect("a quotation mark at the end");
        cell.push_str(piece);
        match after.strip_prefix('"') {
            Some(more) => {
                cell.push('"');
                rest = more;
            }
            None => return (cell, after),
        }
    }
}
