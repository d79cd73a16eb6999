//! What went wrong with an opening, in sentences: what happened, what to try next, and the server's own words.
//!
//! Belongs here: every sentence that a failing open can say. Does not belong here: how it is drawn, or how the failure
//! was noticed.

mod reading;
mod status;
mod way;

use super::request::FieldProblem;

pub use status::Refusal;

/// A failure, ready to be shown.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Problem {
    /// Its class in a few words: `422 Unprocessable Entity`.
    pub class: String,
    /// What happened, in one sentence without a full stop.
    pub headline: String,
    /// What that means, in a sentence or two.
    pub lede: String,
    /// What to try next, the best first.
    pub advice: Vec<Advice>,
    /// What the server said, in its own words.
    pub said: Said,
    /// The body as received, or what the browser reported.
    pub body: Option<Body>,
    /// What of it belongs to a field of the form.
    pub fields: Vec<FieldProblem>,
    /// Whether only the key is to be asked for again.
    pub wants_key: bool,
}

/// One thing to try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Advice {
    /// What to do, as an imperative.
    pub what: String,
    /// The rest of the sentence.
    pub how: String,
    /// A command to copy.
    pub command: Option<String>,
}

/// What the server said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Said {
    /// Nothing that could be read.
    #[default]
    Nothing,
    /// A sentence.
    Words(String),
    /// The list of a 422.
    Fields(Vec<SaidOfField>),
}

/// One entry of a 422.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaidOfField {
    /// `loc`, joined: `path › project_id`.
    pub field: String,
    /// `msg`.
    pub message: String,
    /// `type`.
    pub kind: String,
}

/// A body as received.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Body {
    /// `content-type` as sent, or the kind of the browser's report.
    pub content_type: String,
    /// Its size in bytes, as far as it was received.
    pub size: u64,
    /// Its text, or the beginning of it.
    pub text: String,
}

impl Body {
    /// How much of a body is kept, in bytes.
    pub const KEPT: usize = 64 * 1024;

    /// The body of which `bytes` is all, or the beginning.
    pub fn new(content_type: &str, bytes: &[u8]) -> Option<Self> {
        let kept = bytes.get(..Self::KEPT).unwrap_or(bytes);
        (!bytes.is_empty()).then(|| Body {
            content_type: content_type.to_owned(),
            size: bytes.len() as u64,
            text: String::from_utf8_lossy(kept).into_owned(),
        })
    }
}

impl Problem {
    /// A problem of this class that says this and that about it.
    fn new(class: impl Into<String>, headline: impl Into<String>, lede: impl Into<String>) -> Self {
        Problem { class: class.into(), headline: headline.into(), lede: lede.into(), ..Problem::default() }
    }

    /// With one more thing to try.
    fn advise(mut self, what: impl Into<String>, how: impl Into<String>) -> Self {
        self.advice.push(Advice { what: what.into(), how: how.into(), command: None });
        self
    }

    /// With one more thing to try, by a command.
    fn advise_command(mut self, what: &str, how: &str, command: String) -> Self {
        self.advice.push(Advice { what: what.into(), how: how.into(), command: Some(command) });
        self
    }

    /// With what the browser reported, in its words: `TypeError: Failed to fetch`.
    fn reported(mut self, words: &str) -> Self {
        let kind = words.split(':').next().unwrap_or_default();
        self.body = Body::new(kind, words.as_bytes());
        self
    }
}

#[cfg(test)]
mod samples {
    use super::super::request::{ApiForm, ApiRequest};
    use super::*;

    pub(super) const PROJECT: &str = "7b1c02d4-55e0-4a57-9d8e-0f3f8a2c91be";

    /// A request with a key and no workspace.
    pub(super) fn request(key: &str) -> ApiRequest {
        let form = ApiForm {
            address: "https://api.example".into(),
            project: PROJECT.into(),
            key: key.into(),
            ..ApiForm::default()
        };
        form.check("").unwrap()
    }

    /// A problem as a person reads it.
    pub(super) fn printed(problem: &Problem) -> String {
        let mut lines =
            vec![format!("[{}] {}", problem.class, problem.headline), format!("  {}", problem.lede)];
        lines.extend(problem.advice.iter().map(|advice| format!("  - {} {}", advice.what, advice.how)));
        match &problem.said {
            Said::Nothing => {}
            Said::Words(words) => lines.push(format!("  said: {words}")),
            Said::Fields(fields) => lines.extend(
                fields.iter().map(|one| format!("  said: {} | {} | {}", one.field, one.message, one.kind)),
            ),
        }
        lines.extend(problem.fields.iter().map(|one| format!("  at {:?}: {}", one.field, one.message)));
        lines.join("\n") + "\n"
    }
}
