//! Writes the files that the app offers beside the export itself: `cargo run --release --example report -- EXPORT.json
//! --out DIR`.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command speaks on these")]

use labelscope_core::domain::Export;
use labelscope_core::export::Reader;
use labelscope_core::logic::align::{LookedRule, align_all};
use labelscope_core::logic::place::place_all;
use labelscope_core::logic::report::{
    Quotes, ReportFile, ScoredComparison, annotation_lines, file_name, findings_header, findings_rows,
    health, scores_header, scores_rows, shared_report,
};
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

const HELP: &str = "\
Writes what Labelscope makes of an export of a labeling project.

Usage: report EXPORT.json --out DIR

  EXPORT.json  the export, as the API sends it; - reads standard input
  --out DIR    where the files go; made if it is not there
  --help       this text

Files: {slug}-findings.csv, {slug}-annotations.jsonl, {slug}-scores.csv, {slug}-health.json;
       {project id}-report.md and {project id}-report-masked.md, which hold no text and no name but those of labels
Exit code: 0 written, 1 the export cannot be read or a file not be written, 2 wrong arguments
";

/// What went wrong, as a sentence, and the exit code that says so.
struct Failure {
    sentence: String,
    code: u8,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.iter().any(|argument| argument == "--help" || argument == "-h") {
        print!("{HELP}");
        return ExitCode::SUCCESS;
    }
    match arguments_of(&arguments).and_then(|(export, out)| report(&export, &out)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("report: {}", failure.sentence);
            ExitCode::from(failure.code)
        }
    }
}

/// The export and the folder that the arguments name.
fn arguments_of(arguments: &[String]) -> Result<(PathBuf, PathBuf), Failure> {
    let wrong = |what: &str| Failure { sentence: format!("{what} Try --help."), code: 2 };
    let (mut export, mut out) = (None, None);
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        if argument == "--out" {
            out = Some(rest.next().ok_or_else(|| wrong("--out needs a folder."))?);
        } else if argument.starts_with('-') && argument != "-" {
            return Err(wrong(&format!("There is no option {argument}.")));
        } else if export.replace(argument).is_some() {
            return Err(wrong("Only one export at a time."));
        }
    }
    let export = export.ok_or_else(|| wrong("Which export?"))?;
    let out = out.ok_or_else(|| wrong("Where to? --out DIR is missing."))?;
    Ok((export.into(), out.into()))
}

fn report(path: &Path, out: &Path) -> Result<(), Failure> {
    let export = read(path)?;
    let placement = place_all(&export);
    let alignment = align_all(&export, &placement, LookedRule::Key);
    fs::create_dir_all(out).map_err(|error| cannot("make", out, &error))?;
    let write = |file: ReportFile, content: &str| {
        let path = out.join(file_name(&export.project, file, false));
        fs::write(&path, content).map_err(|error| cannot("write", &path, &error))?;
        println!("{}", path.display());
        Ok(())
    };
    write(
        ReportFile::Findings,
        &(findings_header() + &findings_rows(&export, &alignment, &alignment.findings)),
    )?;
    write(ReportFile::Annotations, &annotation_lines(&export, &placement, |_| true))?;
    write(ReportFile::Health, &health(&export, &placement, &alignment))?;
    let scored = ScoredComparison::all()
        .map(|comparison| scores_rows(&ScoredComparison::new(&export, &alignment, comparison)));
    write(ReportFile::Scores, &(scores_header() + &scored.collect::<String>()))?;
    for quotes in [Quotes::LeftOut, Quotes::Masked] {
        write(ReportFile::Shared(quotes), &shared_report(&export, &placement, &alignment, quotes))?;
    }
    Ok(())
}

fn read(path: &Path) -> Result<Export, Failure> {
    let mut input: Box<dyn Read> = if path == Path::new("-") {
        Box::new(std::io::stdin())
    } else {
        Box::new(File::open(path).map_err(|error| cannot("open", path, &error))?)
    };
    let (mut reader, mut export) = (Reader::new(), Export::default());
    let mut chunk = vec![0; 1 << 20];
    let refused =
        |error| Failure { sentence: format!("{} cannot be used: {error}", path.display()), code: 1 };
    loop {
        let count = input.read(&mut chunk).map_err(|error| cannot("read", path, &error))?;
        if count == 0 {
            break;
        }
        reader.feed(chunk.get(..count).unwrap_or_default(), &mut export).map_err(refused)?;
    }
    reader.finish(&mut export).map_err(refused)?;
    Ok(export)
}

fn cannot(what: &str, path: &Path, error: &std::io::Error) -> Failure {
    Failure { sentence: format!("cannot {what} {}: {error}.", path.display()), code: 1 }
}
