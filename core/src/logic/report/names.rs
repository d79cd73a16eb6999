//! What the files are called.

use super::shared::{Quotes, uuid_of};
use crate::domain::Project;
use crate::logic::score::TierPair;

/// The files that are handed out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ReportFile {
    /// The export as received.
    Export,
    /// One line for each finding.
    Findings,
    /// One object for each annotation.
    Annotations,
    /// One line for each score.
    Scores,
    /// One line for each mark that one tier got wrong or missed, by another.
    Errors(TierPair),
    /// What is odd about the export.
    Health,
    /// Scores and differences without a word of a text, for sharing outside.
    Shared(Quotes),
}

/// The project's slug, reduced to a–z, 0–9 and hyphens; possibly empty.
pub fn slug_of(project: &Project) -> String {
    let slug = project.slug.as_deref().unwrap_or_default();
    slug.chars().filter(|c| matches!(c, 'a'..='z' | '0'..='9' | '-')).collect()
}

/// The day of the export: the first ten characters of `updated_at` as far as they are digits and hyphens; possibly empty.
pub(super) fn day_of(project: &Project) -> String {
    let first = project.updated_at.iter().flat_map(|date| date.chars().take(10));
    first.filter(|c| matches!(c, '0'..='9' | '-')).collect()
}

/// The name of a file, such as `leaflets-findings.csv`; pieces that the project lacks are left out. Made from a filtered
/// view it ends in `-filtered`. A slug is made from the project's name, so that what is shared outside is called by the
/// project's id, if that is a UUID.
pub fn file_name(project: &Project, file: ReportFile, is_filtered: bool) -> String {
    let (what, extension) = match file {
        ReportFile::Export => ("export", "json"),
        ReportFile::Findings => ("findings", "csv"),
        ReportFile::Annotations => ("annotations", "jsonl"),
        ReportFile::Scores => ("scores", "csv"),
        ReportFile::Errors(_) => ("errors", "csv"),
        ReportFile::Health => ("health", "json"),
        ReportFile::Shared(Quotes::LeftOut) => ("report", "md"),
        ReportFile::Shared(Quotes::Masked) => ("report-masked", "md"),
    };
    let name = match file {
        ReportFile::Shared(_) => project.id.as_ref().and_then(uuid_of).unwrap_or_default(),
        _ => slug_of(project),
    };
    let date = if file == ReportFile::Export { day_of(project) } else { String::new() };
    let filtered = if is_filtered { "filtered" } else { "" };
    let pieces: Vec<&str> =
        [&name, what, &date, filtered].into_iter().filter(|piece| !piece.is_empty()).collect();
    format!("{}.{extension}", pieces.join("-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_named_by_slug_and_date() {
        let project = |slug: Option<&str>, date: Option<&str>| Project {
            slug: slug.map(str::to_owned),
            updated_at: date.map(str::to_owned),
            ..Project::default()
        };
        let whole = project(Some("../Leaflets r-2\u{202e}"), Some("2025-03-18T09:00:00Z"));
        assert_eq!(file_name(&whole, ReportFile::Export, false), "eafletsr-2-export-2025-03-18.json");
        assert_eq!(file_name(&whole, ReportFile::Findings, true), "eafletsr-2-findings-filtered.csv");
        let bare = project(None, None);
        assert_eq!(file_name(&bare, ReportFile::Export, false), "export.json");
        assert_eq!(file_name(&bare, ReportFile::Health, false), "health.json");
        assert_eq!(file_name(&bare, ReportFile::Annotations, false), "annotations.jsonl");
        assert_eq!(file_name(&bare, ReportFile::Scores, false), "scores.csv");
    }

    #[test]
    fn what_is_shared_is_not_called_by_a_name() {
        let id = "6F1C2A9E-4b7d-4e35-9a60-2d8f5c3b7e14";
        let project = |id: &str| Project {
            id: Some(id.into()),
            slug: Some("acme-refunds".to_owned()),
            ..Project::default()
        };
        let file = |id: &str, quotes: Quotes| file_name(&project(id), ReportFile::Shared(quotes), false);
        assert_eq!(file(id, Quotes::LeftOut), "6f1c2a9e-4b7d-4e35-9a60-2d8f5c3b7e14-report.md");
        assert_eq!(file(id, Quotes::Masked), "6f1c2a9e-4b7d-4e35-9a60-2d8f5c3b7e14-report-masked.md");
        assert_eq!(file("acme-refunds", Quotes::LeftOut), "report.md");
    }
}
