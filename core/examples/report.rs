//! Writes the files that the app offers beside the export itself: `cargo run --release -p labelscope-core --example
//! report -- EXPORT.json --out DIR`. `docs/files.md` describes them, `--help` names their columns.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command speaks on these")]

use flate2::bufread::MultiGzDecoder;
use labelscope_core::domain::Export;
use labelscope_core::export::Reader;
use labelscope_core::logic::align::{LookedRule, align_all};
use labelscope_core::logic::place::place_all;
use labelscope_core::logic::report::{
    Quotes, ReportFile, ScoredComparison, annotation_lines, errors, errors_header, file_name,
    findings_header, findings_rows, health, scores_header, scores_rows, shared_report,
};
use labelscope_core::logic::score::TierPair;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

const USAGE: &str = "\
Writes what Labelscope makes of an export of a labeling project.

Usage: report EXPORT --out DIR [--pair PAIR]

  EXPORT       the export as the API sends it, plain or compressed by gzip; - reads standard input
  --out DIR    where the files go; made if it is not there. Files of these names in it are overwritten
  --pair PAIR  whose errors the list of errors holds: ar (automated against review, if not given), ap (automated
               against primary) or pr (primary against review)
  --help       this text

The paths of the files that were written are printed, one on each line.

Exit codes
  0  all files are written
  1  the export cannot be read or is none, or a file cannot be written; standard error says why
  2  the arguments are wrong; standard error says how, and nothing is read or written
";

const NOTES: &str = "\
Ids are as sent; offsets are half-open and count code points of the part's text; a list in a cell is joined by |; a cell
that a spreadsheet would run has an apostrophe before it. docs/files.md says what each column and key is.
";

/// What was asked for.
struct Arguments {
    export: PathBuf,
    out: PathBuf,
    pair: TierPair,
}

/// What went wrong, as a sentence, and the exit code that says so.
struct Failure {
    sentence: String,
    code: u8,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.iter().any(|argument| argument == "--help" || argument == "-h") {
        print!("{USAGE}\n{}\n{NOTES}", files());
        return ExitCode::SUCCESS;
    }
    match arguments_of(&arguments).and_then(|arguments| report(&arguments)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("report: {}", failure.sentence);
            ExitCode::from(failure.code)
        }
    }
}

/// The files and what they hold. Columns are named as the files name them.
fn files() -> String {
    let of_csv = |what: &str, about: &str, header: &str| {
        format!("  {{slug}}-{what}\n    {about}:\n{}", wrapped(&header.trim_end().replace(',', ", ")))
    };
    [
        "Files\n".to_owned(),
        of_csv("findings.csv", "a line for each finding", &findings_header()),
        "  {slug}-annotations.jsonl\n    an object on each line for each annotation, with its text, where it sits and how that is known\n"
            .to_owned(),
        of_csv("scores.csv", "a line for each pair of tiers, criterion, average and label", &scores_header()),
        of_csv("errors.csv", "a line for each false positive and false negative of one pair", &errors_header()),
        "  {slug}-health.json\n    one object: export (totals), tiers (anchors), assumptions, anomalies\n".to_owned(),
        "  {project id}-report.md, {project id}-report-masked.md\n    scores and differences to share outside, without any text or name but those of labels and statuses; the\n    other with quotes whose characters are masked\n"
            .to_owned(),
    ]
    .concat()
}

/// Words on lines of less than 120 characters, indented.
fn wrapped(words: &str) -> String {
    const INDENT: &str = "      ";
    let (mut text, mut line) = (String::new(), String::from(INDENT));
    for word in words.split(' ') {
        if line.len() + word.len() > 118 {
            text.push_str(line.trim_end());
            text.push('\n');
            line = INDENT.to_owned();
        }
        line.push_str(word);
        line.push(' ');
    }
    text + line.trim_end() + "\n"
}

fn arguments_of(arguments: &[String]) -> Result<Arguments, Failure> {
    let wrong = |what: &str| Failure { sentence: format!("{what} Try --help."), code: 2 };
    let (mut export, mut out, mut pair) = (None, None, TierPair::ALL[0]);
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        if argument == "--out" {
            out = Some(rest.next().ok_or_else(|| wrong("--out needs a folder."))?);
        } else if argument == "--pair" {
            let named = rest.next().and_then(|key| TierPair::from_key(key));
            pair = named.ok_or_else(|| wrong("--pair is ar, ap or pr."))?;
        } else if argument.starts_with('-') && argument != "-" {
            return Err(wrong(&format!("There is no option {argument}.")));
        } else if export.replace(argument).is_some() {
            return Err(wrong("Only one export at a time."));
        }
    }
    let export = export.ok_or_else(|| wrong("Which export?"))?;
    let out = out.ok_or_else(|| wrong("Where to? --out DIR is missing."))?;
    Ok(Arguments { export: export.into(), out: out.into(), pair })
}

fn report(Arguments { export, out, pair }: &Arguments) -> Result<(), Failure> {
    let export = read(export)?;
    let placement = place_all(&export);
    let alignment = align_all(&export, &placement, LookedRule::Key);
    fs::create_dir_all(out).map_err(|error| cannot("make", out, &error))?;
    let write = |file: ReportFile, content: &str| {
        let path = out.join(file_name(&export.project, file, false));
        fs::write(&path, content).map_err(|error| cannot("write", &path, &error))?;
        println!("{}", path.display());
        Ok(())
    };
    let findings = findings_rows(&export, &alignment, &alignment.findings);
    write(ReportFile::Findings, &(findings_header() + &findings))?;
    write(ReportFile::Annotations, &annotation_lines(&export, &placement, |_| true))?;
    let scored = ScoredComparison::all()
        .map(|comparison| scores_rows(&ScoredComparison::new(&export, &alignment, comparison)));
    write(ReportFile::Scores, &(scores_header() + &scored.collect::<String>()))?;
    write(ReportFile::Errors(*pair), &errors(&export, &alignment, *pair))?;
    write(ReportFile::Health, &health(&export, &placement, &alignment))?;
    for quotes in [Quotes::LeftOut, Quotes::Masked] {
        write(ReportFile::Shared(quotes), &shared_report(&export, &placement, &alignment, quotes))?;
    }
    Ok(())
}

fn read(path: &Path) -> Result<Export, Failure> {
    let input: Box<dyn Read> = if path == Path::new("-") {
        Box::new(std::io::stdin())
    } else {
        Box::new(File::open(path).map_err(|error| cannot("open", path, &error))?)
    };
    let mut input = BufReader::new(input);
    let begins = input.fill_buf().map_err(|error| cannot("read", path, &error))?;
    let mut input: Box<dyn Read> = if begins.starts_with(&[0x1f, 0x8b]) {
        Box::new(MultiGzDecoder::new(input))
    } else {
        Box::new(input)
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
