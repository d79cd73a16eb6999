//! What a server says in the body of an error. Belongs here: decoding small bodies. Which sentence a person then
//! reads is not for here.

use super::small::{Small, field, string};
use super::value::Value;
use crate::domain::Shape;
use std::fmt;

/// The body of an answer that is an error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ErrorBody {
    /// The request was wrong in these fields (422).
    Validation(Vec<ValidationIssue>),
    /// The `detail` of the server: its words, or the JSON that it put in their place.
    Detail(String),
    /// A page in HTML, or other markup.
    Html,
    /// Any other text or JSON; its first 200 characters.
    Text(String),
    /// Nothing, or white space.
    Empty,
}

/// One thing that the server found wrong in a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValidationIssue {
    /// Where: `path`, `header`, `query`, `body` or `cookie`, then names and indices.
    pub location: Vec<String>,
    /// What is wrong, in the server's words.
    pub message: String,
    /// The server's word for the kind of it, such as `uuid_parsing`.
    pub kind: String,
}

impl fmt::Display for ValidationIssue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.location.join("."), self.message)
    }
}

/// Decodes an error body of the server: the JSON that its framework sends, else what it is instead. Never fails.
pub fn read_error_body(bytes: &[u8]) -> ErrorBody {
    const SHOWN: usize = 200;
    let text = String::from_utf8_lossy(bytes);
    let text = text.trim_start_matches('\u{FEFF}').trim();
    if text.is_empty() {
        return ErrorBody::Empty;
    }
    if let Some(body) = Small::read(text)
        && let Some(detail) = field(body.element().root(), "detail")
    {
        return error_of_json(detail);
    }
    if is_markup(text) {
        return ErrorBody::Html;
    }
    ErrorBody::Text(text.chars().take(SHOWN).collect())
}

/// What the value of `detail` says.
pub(super) fn error_of_json(detail: Value<'_>) -> ErrorBody {
    if let Some(text) = string(detail) {
        return ErrorBody::Detail(text);
    }
    let issues = items(detail).map(issue).collect::<Option<Vec<_>>>();
    match issues.filter(|issues| !issues.is_empty()) {
        Some(issues) => ErrorBody::Validation(issues),
        None => ErrorBody::Detail(detail.text().to_owned()),
    }
}

/// The values that an array holds; none where it is something else.
fn items(array: Value<'_>) -> impl Iterator<Item = Value<'_>> {
    array.items().take_while(move |_| array.shape() == Shape::Array)
}

/// Whether `text` begins as HTML or XML does.
pub(super) fn is_markup(text: &str) -> bool {
    text.trim_start().starts_with('<')
}

/// One entry of a 422, if it has at least a message.
fn issue(item: Value<'_>) -> Option<ValidationIssue> {
    let message = field(item, "msg").and_then(string)?;
    let kind = field(item, "type").and_then(string).unwrap_or_default();
    let location = field(item, "loc").map(|steps| items(steps).map(step).collect());
    Some(ValidationIssue { location: location.unwrap_or_default(), message, kind })
}

/// A step of a location as text: a name, or an index.
fn step(step: Value<'_>) -> String {
    string(step).unwrap_or_else(|| step.text().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::expect;

    #[test]
    fn bodies_of_servers() {
        let bodies = [
            r#"{"detail":[{"type":"uuid_parsing","loc":["path","project_id"],"msg":"Input should be a valid UUID","input":"abc","ctx":{}},{"loc":["body","xs",1],"msg":"too long"}]}"#,
            r#"{"detail":"Not authenticated"}"#,
            r#"{"detail":{"code":7}}"#,
            r#"{"detail":[]}"#,
            r#"{"detail":["odd"]}"#,
            r#"{"error":"no credits"}"#,
            "Internal Server Error",
            "\u{feff} <!doctype html><title>502</title>",
            " \n",
        ];
        let read: Vec<_> =
            bodies.iter().map(|body| format!("{:?}\n", read_error_body(body.as_bytes()))).collect();
        expect![[r#"
            Validation([ValidationIssue { location: ["path", "project_id"], message: "Input should be a valid UUID", kind: "uuid_parsing" }, ValidationIssue { location: ["body", "xs", "1"], message: "too long", kind: "" }])
            Detail("Not authenticated")
            Detail("{\"code\":7}")
            Detail("[]")
            Detail("[\"odd\"]")
            Text("{\"error\":\"no credits\"}")
            Text("Internal Server Error")
            Html
            Empty
        "#]]
        .assert_eq(&read.concat());
    }
}
