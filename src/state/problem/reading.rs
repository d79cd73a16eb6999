//! Documents that are no export, or not a whole one.

use super::status::{said, said_of_field};
use super::{Body, Problem, Said};
use crate::state::load::Origin;
use labelscope_core::export::{ErrorBody, Found, ReadError};

impl Problem {
    /// What a document is that could not be read, or not to its end. `content_type` is what came with it, or nothing;
    /// `head` is its beginning.
    pub fn of_document(error: &ReadError, origin: &Origin, content_type: &str, head: &[u8]) -> Self {
        let source = Source::of(origin);
        let mut problem = match error {
            ReadError::NotAnExport { found } => of_other_document(found, source),
            ReadError::Syntax { at, message } => Problem::new(
                "Broken JSON",
                format!("{} stops being JSON at byte {at}", source.subject()),
                format!("What is wrong there: {message}."),
            ),
            ReadError::InvalidUtf8 { at } => Problem::new(
                "Not UTF-8",
                format!("{} stops being UTF-8 text at byte {at}", source.subject()),
                "JSON is always UTF-8; the bytes were changed or saved in another encoding.",
            ),
            ReadError::CutOff { at } => Problem::new(
                "Cut off",
                format!("{} is cut off after {at} bytes", source.subject()),
                "It ends before its last bracket, so something is missing at the end.",
            ),
        };
        if problem.advice.is_empty() {
            problem = source.advise_again(problem);
        }
        problem.body = Body::new(content_type, head);
        problem
    }
}

/// Where a document came from, as sentences speak of it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Source {
    Server,
    File,
    Text,
    Page,
}

impl Source {
    fn of(origin: &Origin) -> Self {
        match origin {
            Origin::Api { .. } | Origin::Sample => Source::Server,
            Origin::File { .. } => Source::File,
            Origin::Pasted => Source::Text,
            Origin::Handed { .. } => Source::Page,
        }
    }

    fn subject(self) -> &'static str {
        match self {
            Source::Server => "The server’s answer",
            Source::File => "The file",
            Source::Text => "The pasted text",
            Source::Page => "What the other page handed over",
        }
    }

    fn advise_again(self, problem: Problem) -> Problem {
        match self {
            Source::Server => problem
                .advise("Try again;", "the answer may have been cut or changed on the way.")
                .advise("Fetch it outside the browser,", "then drop the file on this page."),
            Source::File => {
                problem.advise("Fetch or copy the file again,", "whole and unchanged, and open that.")
            }
            Source::Text => problem.advise("Copy the text again,", "from its first brace to its last."),
            Source::Page => problem
                .advise("Hand it over once more", "from the page that opened this one.")
                .advise("Save the export to a file", "and drop that on this page."),
        }
    }
}

fn of_other_document(found: &Found, source: Source) -> Problem {
    let subject = source.subject();
    let problem = |headline: String, lede: &str| Problem::new("Not an export", headline, lede);
    match found {
        Found::Html if source == Source::Server => problem(
            "The server answered with a web page in place of an export".to_owned(),
            "That is mostly a page to log in, or the address is that of the web app and not of the API.",
        )
        .advise("Check the address:", "it is that of the API.")
        .advise("Type an API key,", "or sign in to the server in another tab and try again."),
        Found::Html => problem(
            format!("{subject} is a web page, no export"),
            "The page was saved in place of the export; perhaps one to log in.",
        ),
        Found::Validation(issues) => {
            let refused = problem(
                format!("{subject} is a server’s refusal, no export"),
                "The server did not accept the request.",
            );
            let refused =
                refused.advise("Fetch it again", "with the values that the server names corrected.");
            Problem { said: Said::Fields(issues.iter().map(said_of_field).collect()), ..refused }
        }
        Found::Detail(words) => {
            let refused = problem(
                format!("{subject} is a server’s error, no export"),
                "It holds the server’s words in place of a project.",
            );
            Problem { said: said(ErrorBody::Detail(words.clone())), ..refused }
        }
        Found::Empty => problem(format!("{subject} is empty"), "There is not a single character in it."),
        Found::JsonLines => problem(
            format!("{subject} holds one JSON value after another"),
            "That is JSON Lines. An export is one JSON object.",
        ),
        Found::Array => problem(
            format!("{subject} is a JSON array, no export"),
            "An export is a JSON object with project, conversations and annotations.",
        ),
        Found::Object(keys) => {
            let keys = if keys.is_empty() { "none".to_owned() } else { keys.join(", ") };
            problem(
                format!("{subject} is JSON, but no export of a labeling project"),
                &format!(
                    "An export has the keys project, conversations and annotations; the keys here: {keys}."
                ),
            )
        }
        Found::Scalar(_) | Found::Text(_) => problem(
            format!("{subject} is no export"),
            &ReadError::NotAnExport { found: found.clone() }.to_string(),
        ),
        Found::Binary => problem(
            format!("{subject} is no text"),
            "An export is JSON in UTF-8, or that compressed by gzip.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::printed;
    use super::*;
    use expect_test::expect;
    use labelscope_core::domain::Export;
    use labelscope_core::export::Reader;

    fn file() -> Origin {
        Origin::File { name: "a.json".into(), size: 1 }
    }

    /// The problem of reading `document`.
    fn problem_of(document: &[u8], origin: &Origin) -> Problem {
        let (mut reader, mut export) = (Reader::new(), Export::default());
        let error = reader.feed(document, &mut export).and_then(|()| reader.finish(&mut export)).unwrap_err();
        Problem::of_document(&error, origin, "", document)
    }

    #[test]
    fn documents_that_are_no_export() {
        let api = Origin::Api { url: "https://api.example".into(), project: uuid::Uuid::nil() };
        let cases: [(&[u8], &Origin); 11] = [
            (b"", &Origin::Pasted),
            (b"<html>", &api),
            (b"<html>", &file()),
            (b"[1]", &file()),
            (b"{\"a\":1}\n{\"a\":2}", &file()),
            (b"{\"a\":1}", &file()),
            (br#"{"detail":"Not authenticated"}"#, &file()),
            (br#"{"detail":[{"loc":["path","project_id"],"msg":"no UUID","type":"uuid_parsing"}]}"#, &file()),
            (b"\x1f\x8b\xff", &file()),
            (b"{\"project\":{}", &api),
            (b"{\"project\":{},}", &Origin::Pasted),
        ];
        let printed: String =
            cases.iter().map(|(document, origin)| printed(&problem_of(document, origin))).collect();
        expect![[r#"
            [Not an export] The pasted text is empty
              There is not a single character in it.
              - Copy the text again, from its first brace to its last.
            [Not an export] The server answered with a web page in place of an export
              That is mostly a page to log in, or the address is that of the web app and not of the API.
              - Check the address: it is that of the API.
              - Type an API key, or sign in to the server in another tab and try again.
            [Not an export] The file is a web page, no export
              The page was saved in place of the export; perhaps one to log in.
              - Fetch or copy the file again, whole and unchanged, and open that.
            [Not an export] The file is a JSON array, no export
              An export is a JSON object with project, conversations and annotations.
              - Fetch or copy the file again, whole and unchanged, and open that.
            [Not an export] The file holds one JSON value after another
              That is JSON Lines. An export is one JSON object.
              - Fetch or copy the file again, whole and unchanged, and open that.
            [Not an export] The file is JSON, but no export of a labeling project
              An export has the keys project, conversations and annotations; the keys here: a.
              - Fetch or copy the file again, whole and unchanged, and open that.
            [Not an export] The file is a server’s error, no export
              It holds the server’s words in place of a project.
              - Fetch or copy the file again, whole and unchanged, and open that.
              said: Not authenticated
            [Not an export] The file is a server’s refusal, no export
              The server did not accept the request.
              - Fetch it again with the values that the server names corrected.
              said: path › project_id | no UUID | uuid_parsing
            [Not an export] The file is no text
              An export is JSON in UTF-8, or that compressed by gzip.
              - Fetch or copy the file again, whole and unchanged, and open that.
            [Cut off] The server’s answer is cut off after 13 bytes
              It ends before its last bracket, so something is missing at the end.
              - Try again; the answer may have been cut or changed on the way.
              - Fetch it outside the browser, then drop the file on this page.
            [Broken JSON] The pasted text stops being JSON at byte 14
              What is wrong there: expected a key, found `}`.
              - Copy the text again, from its first brace to its last.
        "#]]
        .assert_eq(&printed);
    }
}
