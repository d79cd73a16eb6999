//! What the files are called.

use crate::domain::Project;

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
    /// What is odd about the export.
    Health,
}

/// The project's slug, reduced to a–z, 0–9 and hyphens; possibly empty.
pub fn slug_of(project: &Project) -> String {
    let slug = project.slug.as_deref().unwrap_or_default();
    slug.chars().filter(|c| matches!(c, 'a'..='z' | '0'..='9' | '-')).collect()
}

/// The name of a file, such as `leaflets-findings.csv`; pieces that the project lacks are left out. Made from a filtered
/// view it ends in `-filtered`.
pub fn file_name(project: &Project, file: ReportFile, is_filtered: bool) -> String {
    let date: String = project
        .updated_at
        .iter()
        .flat_map(|date| date.chars().take(10))
        .filter(|c| matches!(c, '0'..='9' | '-'))
        .collect();
    let (what, extension) = match file {
        ReportFile::Export => ("export", "json"),
        ReportFile::Findings => ("findings", "csv"),
        ReportFile::Annotations => ("annotations", "jsonl"),
        ReportFile::Scores => ("scores", "csv"),
        ReportFile::Health => ("health", "json"),
    };
    let date = if file == ReportFile::Export { date } else { String::new() };
    let filtered = if is_filtered { "filtered" } else { "" };
    let slug = slug_of(project);
    let pieces: Vec<&str> =
        [&slug, what, &date, filtered].into_iter().filter(|piece| !piece.is_empty()).collect();
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
}
