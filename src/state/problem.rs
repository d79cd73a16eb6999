//! What went wrong with an opening, in sentences: what happened, what to try next, and the server's own words.
//!
//! Belongs here: every sentence that a failing open can say. Does not belong here: how it is drawn, or how the failure
//! was noticed.

use super::request::FieldProblem;

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
    /// The body as received.
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
    /// `content-type` as sent, or what the browser calls the thing.
    pub content_type: String,
    /// Size in bytes.
    pub size: u64,
    /// Its text, as far as it is kept.
    pub text: String,
}
