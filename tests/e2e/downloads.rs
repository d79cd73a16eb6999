//! The files beside the export itself: byte for byte what the native report writes.

use super::journey::{Need, journey_with};
use super::page::Page;
use super::support::exports::sample;
use labelscope_core::domain::Export;
use labelscope_core::export::Reader;
use labelscope_core::logic::align::{Alignment, LookedRule, Verdict, align_all};
use labelscope_core::logic::place::{Placement, place_all};
use labelscope_core::logic::report::{
    ReportFile, ScoredComparison, annotation_lines, file_name, findings_header, findings_rows, health,
    scores_header, scores_rows,
};

/// An export as the library reads it on this machine.
pub struct Native {
    /// The export.
    pub export: Export,
    /// Where its annotations sit.
    pub placement: Placement,
    /// Its findings.
    pub alignment: Alignment,
}

impl Native {
    /// Reads and aligns it, as the native report does.
    pub fn of(bytes: &[u8]) -> Self {
        let (mut reader, mut export) = (Reader::new(), Export::default());
        reader.feed(bytes, &mut export).expect("an export");
        reader.finish(&mut export).expect("a whole export");
        let placement = place_all(&export);
        let alignment = align_all(&export, &placement, LookedRule::Key);
        Native { export, placement, alignment }
    }

    /// How many findings bear a verdict, alone or beside others.
    pub fn count(&self, verdict: Verdict) -> usize {
        self.alignment.findings.iter().filter(|finding| finding.verdicts.contains(verdict)).count()
    }

    fn report(&self, file: ReportFile) -> String {
        let Native { export, placement, alignment } = self;
        match file {
            ReportFile::Findings => {
                findings_header() + &findings_rows(export, alignment, &alignment.findings)
            }
            ReportFile::Annotations => annotation_lines(export, placement, |_| true),
            ReportFile::Health => health(export, placement, alignment),
            ReportFile::Scores => {
                let scored = ScoredComparison::all()
                    .map(|comparison| scores_rows(&ScoredComparison::new(export, alignment, comparison)));
                scores_header() + &scored.collect::<String>()
            }
            ReportFile::Export => panic!("the export as received is walked to in `download`"),
        }
    }
}

/// Downloads what stands under `entry` in the menu, as text.
async fn download(page: &Page, entry: &str, name: &str) -> String {
    page.click("Download").await;
    page.click(entry).await;
    String::from_utf8(page.downloaded(name).await).expect("UTF-8")
}

/// Fails on the first line that differs; whole files would fill the screen.
fn assert_same(name: &str, received: &str, expected: &str) {
    for (at, (received, expected)) in received.lines().zip(expected.lines()).enumerate() {
        assert_eq!(received, expected, "line {} of {name}", at + 1);
    }
    assert!(received == expected, "{name}: {} bytes, not {}", received.len(), expected.len());
}

#[tokio::test]
async fn hands_out_what_the_native_report_writes() {
    let native = Native::of(&sample());
    journey_with(&[Need::Downloads], "hands_out_what_the_native_report_writes", async |page| {
        page.open("/#/overview?source=sample").await;
        page.ready().await;
        for (file, entry) in [
            (ReportFile::Findings, "Findings CSV"),
            (ReportFile::Annotations, "Annotations JSONL"),
            (ReportFile::Scores, "Scores CSV"),
            (ReportFile::Health, "Health report JSON"),
        ] {
            let name = file_name(&native.export.project, file, false);
            let expected = native.report(file);
            assert!(expected.len() > 1_000, "{name} has something to compare");
            assert_same(&name, &download(page, entry, &name).await, &expected);
        }
    })
    .await;
}

#[tokio::test]
async fn hands_out_only_what_the_table_shows() {
    let native = Native::of(&sample());
    journey_with(&[Need::Downloads], "hands_out_only_what_the_table_shows", async |page| {
        page.open("/#/findings?source=sample&verdicts=resized&sort=-text").await;
        page.ready().await;
        let Native { export, alignment, .. } = &native;
        let resized = alignment.findings.iter().filter(|one| one.verdicts.contains(Verdict::Resized));
        let expected = findings_header() + &findings_rows(export, alignment, resized);
        let name = file_name(&export.project, ReportFile::Findings, true);
        let received = download(page, "Findings, as filtered", &name).await;
        // In document order, however the table is sorted.
        assert_same(&name, &received, &expected);
    })
    .await;
}
