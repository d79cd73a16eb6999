//! Answers with a status that is no success: a sentence for each.

use super::{Body, Problem, Said, SaidOfField};
use crate::state::request::{ApiRequest, Field, FieldProblem};
use labelscope_core::export::{ErrorBody, ValidationIssue, read_error_body};

/// An answer that is no export, as it came.
#[derive(Clone, Copy, Debug)]
pub struct Refusal<'a> {
    /// The status, such as 422.
    pub status: u16,
    /// The words after it, or nothing.
    pub status_text: &'a str,
    /// `content-type`, or nothing.
    pub content_type: &'a str,
    /// `retry-after`, where it is readable: seconds, or a date.
    pub retry_after: Option<&'a str>,
    /// The body, or its beginning.
    pub body: &'a [u8],
}

impl Problem {
    /// What a refusal means, and what to try. Without a request it was the sample that was asked for.
    pub fn of_refusal(refusal: Refusal<'_>, request: Option<&ApiRequest>) -> Self {
        let words = read_error_body(refusal.body);
        let mut problem = match request {
            Some(request) => of_api(refusal, &words, request),
            None => Problem::new(
                "",
                "The sample project is not where it should be",
                "The page is deployed without its sample, or not all of it has arrived yet.",
            )
            .advise("Try again,", "or open an export of your own."),
        };
        problem.class = class(refusal);
        if words == ErrorBody::Html {
            problem
                .lede
                .push_str(" The answer is a web page, so it comes from something in front of the API.");
        }
        problem.fields = fields_of(&words);
        problem.said = said(words);
        problem.body = Body::new(refusal.content_type, refusal.body);
        problem
    }
}

fn of_api(refusal: Refusal<'_>, words: &ErrorBody, request: &ApiRequest) -> Problem {
    match refusal.status {
        400 => Problem::new(
            "",
            "The server could not make sense of the request",
            "It was reached, and something that it needs is missing or not in its form.",
        )
        .advise_workspace(request)
        .advise("Check the address:", "it is that of the API, without anything after the server’s own path."),
        401 => of_unknown_key(request),
        402 => Problem::new(
            "",
            "The workspace has no credits for this",
            "The key was taken; the server wants the account to be topped up before it answers.",
        )
        .advise("Ask whoever runs the workspace", "to look at its plan or credits, then try again."),
        403 => Problem::new(
            "",
            "This key may not read the project",
            "The server knows who asks, and does not let them have this export.",
        )
        .advise("Ask for access", "to the labeling project, or use a key of someone who has it.")
        .advise_workspace(request),
        404 => of_missing(words, request),
        405 => Problem::new(
            "",
            "The server does not hand out exports at this address",
            "Something answers there, but it does not take this kind of request.",
        )
        .advise("Check the address:", "it is that of the API, not that of a page or of another service."),
        409 => Problem::new(
            "",
            "The project is being changed just now",
            "The server cannot export it while another action on it is under way.",
        )
        .advise("Wait a moment and try again.", ""),
        422 => of_validation(words),
        429 => Problem::new(
            "",
            "The server asks for a pause",
            "More requests came with this key than it takes in a while.",
        )
        .advise(when_to_try(refusal.retry_after), ""),
        500..=599 => of_failing_server(refusal, request),
        300..=399 => Problem::new(
            "",
            "The server points elsewhere in place of sending the export",
            "A page may not follow that with a key in hand.",
        )
        .advise("Type the address that the API has now.", ""),
        _ => Problem::new(
            "",
            "The server refuses the request",
            "It was reached; its own words say why, if it gave any.",
        )
        .advise("Check the address, the project ID and the key.", ""),
    }
}

impl Problem {
    fn advise_workspace(self, request: &ApiRequest) -> Self {
        match &request.workspace {
            None => {
                self.advise("Type the workspace ID", "if your key belongs to you and not to a workspace.")
            }
            Some(_) => {
                self.advise("Check the workspace ID,", "or leave it empty: a workspace’s own key carries it.")
            }
        }
    }
}

fn of_unknown_key(request: &ApiRequest) -> Problem {
    let problem = match &request.key {
        Some(_) => Problem::new(
            "",
            "The server does not accept this key",
            "It was reached, but the key is unknown to it, or has expired.",
        )
        .advise("Copy the key again,", "whole and without quotes, or make a new one: keys expire."),
        None => Problem::new(
            "",
            "The server wants a key",
            "No key was sent, and this browser is not signed in to the server.",
        )
        .advise("Type an API key.", "It stays in this tab."),
    };
    Problem { wants_key: true, ..problem }
}

fn of_missing(words: &ErrorBody, request: &ApiRequest) -> Problem {
    let is_wrong_path = matches!(words, ErrorBody::Detail(text) if text == "Not Found");
    let project = request.project;
    let check_project = ("Check the project ID:", format!("{project} was asked for."));
    let check_address = ("Check the address:", format!("{} was asked for.", request.url));
    let (headline, lede, advice) = if is_wrong_path {
        (
            "There is no such address on this server",
            "The server was reached, but knows nothing by that path.",
            [check_address, check_project],
        )
    } else {
        (
            "The server has no such project",
            "It may have been deleted, or belong to another workspace.",
            [check_project, check_address],
        )
    };
    let problem = Problem::new("", headline, lede);
    advice
        .into_iter()
        .fold(problem, |problem, (what, how)| problem.advise(what, how))
        .advise_workspace(request)
}

fn of_validation(words: &ErrorBody) -> Problem {
    let issues: &[ValidationIssue] = if let ErrorBody::Validation(issues) = words { issues } else { &[] };
    let headline = match issues.len() {
        0 => "The server did not accept the values".to_owned(),
        1 => "The server did not accept one of the values".to_owned(),
        count => format!("The server did not accept {count} of the values"),
    };
    let lede = "It was reached, but what was sent is not in the form it wants.";
    let fields = fields_of(words);
    let names = |field| fields.iter().any(|problem| problem.field == field);
    let mut problem = Problem::new("", headline, lede);
    if names(Field::Project) {
        problem =
            problem.advise("Copy the project ID again", "from the address bar of the labeling project.");
    }
    if names(Field::Workspace) {
        problem = problem.advise(
            "Leave the workspace ID empty",
            "unless you sign in with a session; a workspace’s own key carries it already.",
        );
    }
    if names(Field::Key) {
        problem = problem.advise("Copy the key again,", "whole and without quotes.");
    }
    if fields.is_empty() {
        problem = problem.advise("Change the values", "that the server names, then try again.");
    }
    problem
}

fn of_failing_server(refusal: Refusal<'_>, request: &ApiRequest) -> Problem {
    let (headline, lede) = match refusal.status {
        500 => (
            "The server failed while it made the export",
            "That is a fault of the server, not of the values.",
        ),
        501 => ("The server cannot make exports", "It is perhaps of an older version."),
        502 => (
            "The server behind this address gave no good answer",
            "Something in front of it answered in its place; the server may be starting, or down.",
        ),
        503 => ("The server is not available just now", "It is overloaded, or being looked after."),
        504 => (
            "The server took too long to make the export",
            "Something in front of it stopped waiting; large projects take a while.",
        ),
        _ => ("The server failed", "That is a fault of the server, not of the values."),
    };
    let problem = Problem::new("", headline, lede).advise(when_to_try(refusal.retry_after), "");
    problem.advise_command(
        "If it goes on, fetch it outside the browser,",
        "then drop the file on this page. Put your key in $API_KEY first:",
        request.curl_line(),
    )
}

/// When to try again, as a sentence.
fn when_to_try(retry_after: Option<&str>) -> String {
    match retry_after.map(|after| (after, after.trim().parse::<u64>())) {
        None => "Wait a minute and try again.".to_owned(),
        Some((_, Ok(1))) => "Try again in one second.".to_owned(),
        Some((_, Ok(seconds))) if seconds > 120 => format!("Try again in {} minutes.", seconds.div_ceil(60)),
        Some((_, Ok(seconds))) => format!("Try again in {seconds} seconds."),
        Some((date, Err(_))) => format!("Try again after {date}."),
    }
}

fn class(refusal: Refusal<'_>) -> String {
    let text = refusal.status_text.trim();
    let text = if text.is_empty() { usual_text(refusal.status) } else { text };
    format!("{} {text}", refusal.status).trim_end().to_owned()
}

/// What HTTP calls a status; newer versions of it no longer send that.
fn usual_text(status: u16) -> &'static str {
    match status {
        400 => "Bad Request",
        401 => "Unauthorized",
        402 => "Payment Required",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        408 => "Request Timeout",
        409 => "Conflict",
        410 => "Gone",
        422 => "Unprocessable Entity",
        429 => "Too Many Requests",
        500 => "Internal Server Error",
        501 => "Not Implemented",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        _ => "",
    }
}

/// What the server said, ready to be shown.
pub(super) fn said(words: ErrorBody) -> Said {
    match words {
        ErrorBody::Validation(issues) => Said::Fields(issues.iter().map(said_of_field).collect()),
        ErrorBody::Detail(text) | ErrorBody::Text(text) => Said::Words(text),
        ErrorBody::Html | ErrorBody::Empty => Said::Nothing,
    }
}

/// One entry of a 422, ready to be shown.
pub(super) fn said_of_field(issue: &ValidationIssue) -> SaidOfField {
    SaidOfField {
        field: issue.location.join(" › "),
        message: issue.message.clone(),
        kind: issue.kind.clone(),
    }
}

/// What of the server's words belongs to a field of the form.
fn fields_of(words: &ErrorBody) -> Vec<FieldProblem> {
    let ErrorBody::Validation(issues) = words else { return Vec::new() };
    let at_field = |issue: &ValidationIssue| {
        let field = match issue.location.last()?.to_ascii_lowercase().as_str() {
            "project_id" => Field::Project,
            "x-workspace-id" | "x_workspace_id" | "workspace_id" => Field::Workspace,
            "authorization" => Field::Key,
            _ => return None,
        };
        Some(FieldProblem { field, message: format!("The server says: {}", issue.message) })
    };
    issues.iter().filter_map(at_field).collect()
}

#[cfg(test)]
mod tests {
    use super::super::samples::{printed, request};
    use super::*;
    use expect_test::expect;

    fn refusal(status: u16, body: &str) -> Problem {
        let refusal = Refusal {
            status,
            status_text: "",
            content_type: "application/json",
            retry_after: None,
            body: body.as_bytes(),
        };
        Problem::of_refusal(refusal, Some(&request("sk-1")))
    }

    #[test]
    fn each_status_has_its_own_sentence() {
        let statuses = [400, 401, 402, 403, 404, 405, 409, 422, 429, 500, 502, 503, 504, 307, 418];
        let problems = statuses.map(|status| refusal(status, r#"{"detail":"Said so"}"#));
        let mut headlines: Vec<&str> = problems.iter().map(|problem| problem.headline.as_str()).collect();
        assert!(problems.iter().all(|problem| problem.said == Said::Words("Said so".into())));
        assert!(problems.iter().all(|problem| !problem.advice.is_empty() && !problem.lede.is_empty()));
        headlines.sort_unstable();
        headlines.dedup();
        assert_eq!(headlines.len(), statuses.len());
        let wants_key: Vec<u16> = statuses
            .into_iter()
            .zip(&problems)
            .filter(|(_, problem)| problem.wants_key)
            .map(|(s, _)| s)
            .collect();
        assert_eq!(wants_key, [401]);
    }

    #[test]
    fn a_422_is_a_table_and_stands_at_its_fields() {
        let body = r#"{"detail":[{"type":"uuid_parsing","loc":["path","project_id"],"msg":"no UUID"},
            {"type":"uuid_parsing","loc":["header","x-workspace-id"],"msg":"no UUID either"},
            {"type":"int_type","loc":["query","xs",1],"msg":"no number"}]}"#;
        expect![[r#"
            [422 Unprocessable Entity] The server did not accept 3 of the values
              It was reached, but what was sent is not in the form it wants.
              - Copy the project ID again from the address bar of the labeling project.
              - Leave the workspace ID empty unless you sign in with a session; a workspace’s own key carries it already.
              said: path › project_id | no UUID | uuid_parsing
              said: header › x-workspace-id | no UUID either | uuid_parsing
              said: query › xs › 1 | no number | int_type
              at Project: The server says: no UUID
              at Workspace: The server says: no UUID either
        "#]]
        .assert_eq(&printed(&refusal(422, body)));
    }

    #[test]
    fn bodies_of_all_kinds_are_kept() {
        let html = refusal(502, "<!doctype html><h1>Bad gateway</h1>");
        assert_eq!(html.said, Said::Nothing);
        assert!(html.lede.ends_with("in front of the API."), "{}", html.lede);
        assert_eq!(html.body.unwrap().size, 35);
        assert_eq!(refusal(500, "Internal Server Error").said, Said::Words("Internal Server Error".into()));
        assert_eq!(refusal(500, "").body, None);
        assert_eq!(
            refusal(404, r#"{"detail":"Not Found"}"#).headline,
            "There is no such address on this server"
        );
        assert_eq!(refusal(404, r#"{"detail":"Project gone"}"#).headline, "The server has no such project");
    }

    #[test]
    fn a_wait_is_said_as_it_was_sent() {
        let cases = [
            (None, "Wait a minute and try again."),
            (Some("1"), "Try again in one second."),
            (Some("30"), "Try again in 30 seconds."),
            (Some("3601"), "Try again in 61 minutes."),
            (Some("Wed, 21 Oct 2026 07:28:00 GMT"), "Try again after Wed, 21 Oct 2026 07:28:00 GMT."),
        ];
        for (sent, said) in cases {
            assert_eq!(when_to_try(sent), said);
        }
    }

    #[test]
    fn no_problem_shows_the_key() {
        let refusal =
            Refusal { status: 500, status_text: "", content_type: "", retry_after: None, body: b"" };
        let problem = Problem::of_refusal(refusal, Some(&request("sk-secret")));
        assert!(problem.advice.iter().any(|advice| advice.command.is_some()));
        assert!(!format!("{problem:?}").contains("sk-secret"));
    }
}
