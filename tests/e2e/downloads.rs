//! The files beside the export itself: byte for byte what the native report writes.

use super::journey::{Need, journey_with};
use super::page::Page;
use super::support::exports::{real_path, sample, sample_path};
use super::support::vocabulary::{leaked, words};
use labelscope_core::domain::Export;
use labelscope_core::export::Reader;
use labelscope_core::logic::align::{Alignment, LookedRule, Verdict, align_all};
use labelscope_core::logic::place::{Placement, place_all};
use labelscope_core::logic::report::{
    Quotes, ReportFile, ScoredComparison, annotation_lines, errors, file_name, findings_header,
    findings_rows, health, scores_header, scores_rows, shared_report,
};
use labelscope_core::logic::score::TierPair;
use std::io::Read;
use std::path::Path;

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
            ReportFile::Errors(pair) => errors(export, alignment, pair),
            ReportFile::Shared(quotes) => shared_report(export, placement, alignment, quotes),
            ReportFile::Export => panic!("the export as received is walked to in `download`"),
        }
    }
}

/// What is made to be shared, and what it is called in the menu.
const SHARED: [(ReportFile, &str); 2] = [
    (ReportFile::Shared(Quotes::LeftOut), "Report to share, without texts Markdown"),
    (ReportFile::Shared(Quotes::Masked), "Report to share, quotes masked Markdown"),
];

/// The JSON of an export's file, whether compressed or not.
fn exported(path: &Path) -> Vec<u8> {
    let bytes = std::fs::read(path).expect("a file");
    if path.extension().is_none_or(|extension| extension != "gz") {
        return bytes;
    }
    let mut json = Vec::new();
    flate2::read::GzDecoder::new(bytes.as_slice()).read_to_end(&mut json).expect("gzip throughout");
    json
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
            (ReportFile::Errors(TierPair::ALL[0]), "Errors CSV · Automated against Review"),
            (ReportFile::Health, "Health report JSON"),
            SHARED[0],
            SHARED[1],
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
async fn hands_out_the_errors_of_the_pair_that_is_chosen() {
    let native = Native::of(&sample());
    journey_with(&[Need::Downloads], "hands_out_the_errors_of_the_pair_that_is_chosen", async |page| {
        page.open("/#/agreement?source=sample").await;
        page.ready().await;
        page.click("Primary against Review").await;
        let primary = TierPair::from_key("pr").unwrap();
        let name = file_name(&native.export.project, ReportFile::Errors(primary), false);
        let received = download(page, "Errors CSV · Primary against Review", &name).await;
        assert_same(&name, &received, &native.report(ReportFile::Errors(primary)));
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

#[tokio::test]
async fn shares_no_word_of_a_message() {
    const NAME: &str = "shares_no_word_of_a_message";
    let real = real_path("mid");
    if real.is_none() {
        eprintln!("skipped: {NAME}, a real export: ../shared/data is absent");
    }
    journey_with(&[Need::Downloads], NAME, async |page| {
        for path in [Some(sample_path()), real].into_iter().flatten() {
            page.open("/").await;
            page.choose_file(&path).await;
            page.ready().await;
            let native = Native::of(&exported(&path));
            for (file, entry) in SHARED {
                let name = file_name(&native.export.project, file, false);
                let report = download(page, entry, &name).await;
                assert!(report.contains("## Differences") && report.len() > 5_000, "{name} is a report");
                assert_eq!(leaked(&native.export, &report), words(""), "{name}");
            }
            // What is handed out to be worked with does hold them.
            let name = file_name(&native.export.project, ReportFile::Findings, false);
            let findings = download(page, "Findings CSV", &name).await;
            assert!(!leaked(&native.export, &findings).is_empty());
        }
    })
    .await;
}
