//! The form for the API: what was typed, what is wrong with it, and the request that it makes.
//!
//! Belongs here: the rules of addresses, keys and IDs, and reading a pasted link or `curl` line. Does not belong here:
//! sending anything.
//!
//! Invariants: a key is never in an address, in a `curl` line or in anything printed.

mod address;
mod pasted;

use labelscope_core::export::strings_of_json;
use std::fmt;
use uuid::Uuid;

/// What stands in the form, as typed.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct ApiForm {
    /// Address of the API; blank means the default.
    pub address: String,
    /// The project's ID.
    pub project: String,
    /// The API key; blank means the browser's own session.
    pub key: String,
    /// The workspace's ID; blank means none is sent.
    pub workspace: String,
    /// Whether the form outlives a reload of this tab.
    pub remember: bool,
}

/// One field of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    /// Address of the API.
    Address,
    /// Project ID.
    Project,
    /// API key.
    Key,
    /// Workspace ID.
    Workspace,
}

impl Field {
    /// All fields, in the order in which they stand in the form.
    pub const ALL: [Field; 4] = [Field::Address, Field::Project, Field::Key, Field::Workspace];

    /// The label that a person reads.
    pub const fn title(self) -> &'static str {
        match self {
            Field::Address => "Address",
            Field::Project => "Project ID",
            Field::Key => "API key",
            Field::Workspace => "Workspace ID",
        }
    }

    /// The id of its input in the page.
    pub const fn key(self) -> &'static str {
        match self {
            Field::Address => "field-address",
            Field::Project => "field-project",
            Field::Key => "field-key",
            Field::Workspace => "field-workspace",
        }
    }
}

/// What is wrong with a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldProblem {
    /// The field.
    pub field: Field,
    /// A sentence that says what is wrong and what would be right.
    pub message: String,
}

/// A request for an export.
#[derive(Clone, PartialEq, Eq)]
pub struct ApiRequest {
    /// The whole address.
    pub url: String,
    /// The key, without `Bearer`; `None` means the browser's own session.
    pub key: Option<String>,
    /// What `x-workspace-id` says; `None` leaves it out.
    pub workspace: Option<String>,
    /// The project asked for.
    pub project: Uuid,
}

impl ApiForm {
    /// The request that the form makes. A blank address means `default_address`, which a deployment sets or which is
    /// the page's own origin.
    ///
    /// # Errors
    /// Every field that cannot be sent as it stands, in the order of the form.
    pub fn check(&self, default_address: &str) -> Result<ApiRequest, Vec<FieldProblem>> {
        let typed = self.address.trim();
        let address = address::checked(if typed.is_empty() { default_address } else { typed });
        let project = checked_uuid(&self.project).and_then(|project| {
            project.ok_or_else(|| "Type the ID of the labeling project: a UUID of 32 digits.".to_owned())
        });
        let key = checked_key(&self.key);
        let workspace = checked_uuid(&self.workspace);
        match (address, project, key, workspace) {
            (Ok(address), Ok(project), Ok(key), Ok(workspace)) => Ok(ApiRequest {
                url: format!("{address}/v1/labeling-projects/{project}/export"),
                key,
                workspace: workspace.map(|id| id.to_string()),
                project,
            }),
            (address, project, key, workspace) => {
                let messages = [address.err(), project.err(), key.err(), workspace.err()];
                let problems = Field::ALL
                    .into_iter()
                    .zip(messages)
                    .filter_map(|(field, message)| message.map(|message| FieldProblem { field, message }));
                Err(problems.collect())
            }
        }
    }

    /// The form as it is remembered, key included; nothing that is not asked for may write this down.
    pub fn to_remember(&self) -> String {
        serde_json::to_string(&[&self.address, &self.project, &self.key, &self.workspace]).unwrap_or_default()
    }

    /// The form that was remembered as `text`; `None` where that is something else.
    pub fn remembered(text: &str) -> Option<ApiForm> {
        let [address, project, key, workspace] = strings_of_json(text)?.try_into().ok()?;
        Some(ApiForm { address, project, key, workspace, remember: true })
    }

    /// The form as a pasted link or `curl` line fills it; `None` where `text` is neither. What the text does not say
    /// stays as it is.
    pub fn filled_from(&self, text: &str) -> Option<ApiForm> {
        pasted::filled(self, text)
    }
}

impl fmt::Debug for ApiForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiForm")
            .field("address", &self.address)
            .field("project", &self.project)
            .field("key", &hidden(!self.key.is_empty()))
            .field("workspace", &self.workspace)
            .field("remember", &self.remember)
            .finish()
    }
}

impl ApiRequest {
    /// A command that fetches the same outside the browser, with `$API_KEY` in place of the key.
    pub fn curl_line(&self) -> String {
        let mut lines = vec![
            "curl --fail --compressed -o export.json".to_owned(),
            "-H 'Accept: application/json'".to_owned(),
            "-H \"Authorization: Bearer $API_KEY\"".to_owned(),
        ];
        if let Some(workspace) = &self.workspace {
            lines.push(format!("-H {}", shell_quoted(&format!("x-workspace-id: {workspace}"))));
        }
        lines.push(shell_quoted(&self.url));
        lines.join(" \\\n  ")
    }

    /// The server's name and port, as sentences name it.
    pub fn host(&self) -> &str {
        let after = self.url.split_once("://").map_or(self.url.as_str(), |(_, after)| after);
        after.split('/').next().unwrap_or(after)
    }
}

impl fmt::Debug for ApiRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiRequest")
            .field("url", &self.url)
            .field("key", &hidden(self.key.is_some()))
            .field("workspace", &self.workspace)
            .finish()
    }
}

/// What stands in place of a key wherever something is printed.
fn hidden(present: bool) -> &'static str {
    if present { "(hidden)" } else { "(none)" }
}

/// `text` as one word of a shell.
fn shell_quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// The UUID in `text`, however it is spelled; `None` where `text` is blank.
fn checked_uuid(text: &str) -> Result<Option<Uuid>, String> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    Uuid::try_parse(text).map(Some).map_err(|_| what_is_wrong_with_uuid(text))
}

fn what_is_wrong_with_uuid(text: &str) -> String {
    const FORM: &str = "00000000-0000-0000-0000-000000000000";
    if let Some(foreign) = text.chars().find(|c| !c.is_ascii_hexdigit() && *c != '-') {
        return format!("This is no UUID: “{foreign}” cannot stand in one. It looks like {FORM}.");
    }
    match text.chars().filter(char::is_ascii_hexdigit).count() {
        32 => format!("The hyphens of this UUID stand in the wrong places. It looks like {FORM}."),
        digits => format!("A UUID has 32 digits, this one has {digits}. It looks like {FORM}."),
    }
}

/// The key that `text` holds, without the word `Bearer`; `None` where it is blank.
fn checked_key(text: &str) -> Result<Option<String>, String> {
    let text = text.trim();
    let key = text.strip_prefix("Bearer ").or_else(|| text.strip_prefix("bearer ")).unwrap_or(text).trim();
    if key.is_empty() {
        Ok(None)
    } else if key.bytes().all(|byte| byte.is_ascii_graphic()) {
        Ok(Some(key.to_owned()))
    } else {
        Err("A key has no spaces and no letters beyond plain ASCII; copy it again.".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROJECT: &str = "7b1c02d4-55e0-4a57-9d8e-0f3f8a2c91be";
    const DEFAULT: &str = "https://page.example";

    fn form(address: &str, project: &str, key: &str, workspace: &str) -> ApiForm {
        ApiForm {
            address: address.into(),
            project: project.into(),
            key: key.into(),
            workspace: workspace.into(),
            remember: false,
        }
    }

    #[test]
    fn addresses_lead_to_one_request() {
        let cases = [
            ("", "https://page.example"),
            ("  ", "https://page.example"),
            ("https://api.example", "https://api.example"),
            (" https://api.example/ ", "https://api.example"),
            ("https://api.example/v1", "https://api.example"),
            ("https://api.example/v1/", "https://api.example"),
            ("https://api.example/v1//", "https://api.example"),
            ("https://api.example/labels/v1", "https://api.example/labels"),
            ("https://api.example/apiv1", "https://api.example/apiv1"),
            ("HTTPS://api.example:8443", "HTTPS://api.example:8443"),
            ("http://localhost:8000/v1", "http://localhost:8000"),
            ("http://LOCALHOST", "http://LOCALHOST"),
            ("http://127.0.0.1:9", "http://127.0.0.1:9"),
            ("https://[::1]:9/v1", "https://[::1]:9"),
        ];
        for (typed, address) in cases {
            let request = form(typed, PROJECT, "", "").check(DEFAULT).unwrap();
            assert_eq!(request.url, format!("{address}/v1/labeling-projects/{PROJECT}/export"), "{typed}");
        }
    }

    #[test]
    fn what_is_wrong_stands_at_its_field() {
        let no_uuid = "7b1c02d4-55e0-4a57-9d8e-0f3f8a2c91b";
        let cases = [
            (form("api.example", PROJECT, "", ""), vec![Field::Address]),
            (form("ftp://api.example", PROJECT, "", ""), vec![Field::Address]),
            (form("https://", PROJECT, "", ""), vec![Field::Address]),
            (form("https://a b", PROJECT, "", ""), vec![Field::Address]),
            (form("https://me:pw@api.example", PROJECT, "", ""), vec![Field::Address]),
            (form("https://api.example?x=1", PROJECT, "", ""), vec![Field::Address]),
            (form("https://api.example/#x", PROJECT, "", ""), vec![Field::Address]),
            (form("https://api.example:port", PROJECT, "", ""), vec![Field::Address]),
            (form("http://api.example", PROJECT, "", ""), vec![Field::Address]),
            (form("http://localhost.evil.example", PROJECT, "", ""), vec![Field::Address]),
            (form("http://localhost\\@evil.example", PROJECT, "", ""), vec![Field::Address]),
            (form("http://[::1].evil.example", PROJECT, "", ""), vec![Field::Address]),
            (form("http://[::1]:9", PROJECT, "", ""), vec![Field::Address]),
            (form("", "", "", ""), vec![Field::Project]),
            (form("", no_uuid, "", ""), vec![Field::Project]),
            (form("", "abc", "", "workspace"), vec![Field::Project, Field::Workspace]),
            (form("", PROJECT, "two words", ""), vec![Field::Key]),
            (form("", PROJECT, "schlüssel", ""), vec![Field::Key]),
            (form("x", "x", "x x", "x"), Field::ALL.to_vec()),
        ];
        for (form, expected) in cases {
            let problems = form.check(DEFAULT).unwrap_err();
            let fields: Vec<Field> = problems.iter().map(|problem| problem.field).collect();
            assert_eq!(fields, expected, "{form:?}");
        }
        let problems = form("", no_uuid, "", "").check(DEFAULT).unwrap_err();
        assert!(problems[0].message.contains("this one has 31"), "{problems:?}");
    }

    #[test]
    fn values_are_sent_trimmed() {
        let request =
            form("", &format!(" {{{}}} ", PROJECT.to_uppercase()), " Bearer sk-1 ", &PROJECT.to_uppercase());
        let request = request.check(DEFAULT).unwrap();
        assert_eq!(request.project.to_string(), PROJECT);
        assert_eq!(request.key.as_deref(), Some("sk-1"));
        assert_eq!(request.workspace.as_deref(), Some(PROJECT));
        let blank = form("", PROJECT, " ", " ").check(DEFAULT).unwrap();
        assert_eq!((blank.key, blank.workspace), (None, None));
    }

    #[test]
    fn what_is_remembered_is_read_back() {
        let form = ApiForm { remember: true, ..form("https://a.example", "\"", "sk-1", "w") };
        assert_eq!(ApiForm::remembered(&form.to_remember()), Some(form));
        assert_eq!(ApiForm::remembered("{}"), None);
    }

    #[test]
    fn the_key_is_never_printed() {
        let form = form("", PROJECT, "sk-secret", PROJECT);
        let request = form.check("https://it's.example").unwrap_err();
        assert_eq!(request.len(), 1);
        let request = form.check(DEFAULT).unwrap();
        let printed = format!("{form:?}{request:?}{}", request.curl_line());
        assert!(!printed.contains("secret"), "{printed}");
        expect_test::expect![[r#"
            curl --fail --compressed -o export.json \
              -H 'Accept: application/json' \
              -H "Authorization: Bearer $API_KEY" \
              -H 'x-workspace-id: 7b1c02d4-55e0-4a57-9d8e-0f3f8a2c91be' \
              'https://page.example/v1/labeling-projects/7b1c02d4-55e0-4a57-9d8e-0f3f8a2c91be/export'"#]]
        .assert_eq(&request.curl_line());
        assert_eq!(request.host(), "page.example");
    }
}
