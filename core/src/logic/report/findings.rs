//! findings.csv: one line for each finding.

use super::cells::Line;
use super::{by_id, ids_of, joined, text_in};
use crate::domain::{Annotation, AnnotationRef, Export, PartRef, Tier};
use crate::logic::align::{Alignment, Finding, Mark};
use std::borrow::Cow;

/// The line of column names.
pub fn findings_header() -> String {
    let mut line = Line::new();
    for name in ["conversation_id", "message_id", "part_index", "verdict"] {
        line.cell(name);
    }
    let mut for_each_tier = |names: &[&str]| {
        for tier in Tier::ALL {
            for name in names {
                line.cell(&format!("{name}_{}", tier.key()));
            }
        }
    };
    for names in [&["label"] as &[&str], &["start", "end"], &["status"], &["count"], &["annotation_ids"]] {
        for_each_tier(names);
    }
    line.cell("text");
    line.end();
    line.text()
}

/// A line for each of these findings, in their order: offsets in code points, the text that of the last tier that has a
/// mark.
pub fn findings_rows<'f>(
    export: &Export,
    alignment: &Alignment,
    findings: impl IntoIterator<Item = &'f Finding>,
) -> String {
    let mut line = Line::new();
    // Findings of one part stand together, and a tool's text has to be written out first.
    let mut text_of: Option<(PartRef, Cow<'_, str>)> = None;
    for finding in findings {
        if text_of.as_ref().is_none_or(|(part, _)| *part != finding.part) {
            text_of = text_in(export, finding.part).map(|text| (finding.part, text));
        }
        let text = text_of.as_ref().map(|(_, text)| &**text).unwrap_or_default();
        row(&mut line, export, alignment, finding, text);
    }
    line.text()
}

fn row(line: &mut Line, export: &Export, alignment: &Alignment, finding: &Finding, text: &str) {
    let (conversation, message) = ids_of(export, finding.part.message);
    line.cell(&conversation);
    line.cell(&message);
    line.number(Some(finding.part.part));
    line.cell(&finding.verdicts.to_string());
    let marks: [Option<&Mark>; 3] = Tier::ALL.map(|tier| alignment.mark_in(finding, tier));
    for mark in marks {
        line.cell(mark.and_then(|mark| mark.label.as_deref()).unwrap_or_default());
    }
    for mark in marks {
        line.number(mark.map(|mark| mark.points.start.0));
        line.number(mark.map(|mark| mark.points.end.0));
    }
    let sent = |one: AnnotationRef| export.tiers[one.tier].annotations.get(one.index as usize);
    let annotations = marks.map(|mark| mark.map_or(Vec::new(), |mark| by_id(export, alignment, mark)));
    let annotations = annotations.map(|all| all.into_iter().filter_map(sent).collect::<Vec<_>>());
    for annotations in &annotations {
        line.cell(&joined(
            annotations.iter().map(|annotation| annotation.status.as_deref().unwrap_or_default()),
        ));
    }
    for mark in marks {
        line.number(mark.map(|mark| mark.annotations.len()));
    }
    for annotations in &annotations {
        let id = |annotation: &&Annotation| annotation.id.as_ref().map(|id| id.text().into_owned());
        line.cell(&joined(annotations.iter().map(|annotation| id(annotation).unwrap_or_default())));
    }
    let last = marks.into_iter().flatten().next_back();
    line.cell(last.and_then(|mark| text.get(mark.bytes.as_range())).unwrap_or_default());
    line.end();
}
