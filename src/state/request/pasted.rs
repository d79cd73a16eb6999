//! Reads a link or a `curl` line that someone pasted into the form.

use super::ApiForm;
use uuid::Uuid;

/// The form with what `text` says put in; `None` where `text` is neither a link with a project in it nor a `curl` line
/// for one.
pub(super) fn filled(form: &ApiForm, text: &str) -> Option<ApiForm> {
    let text = text.trim();
    match text.split_whitespace().next()? {
        "curl" | "$" => {
            let words = shell_words(text);
            let mut filled = words.iter().find_map(|word| from_link(form, word))?;
            for header in headers(&words) {
                take_header(&mut filled, header);
            }
            Some(filled)
        }
        link if link == text => from_link(form, link),
        _ => None,
    }
}

/// Puts in what a link says: the request of an export says address and project, any other link the project only.
fn from_link(form: &ApiForm, link: &str) -> Option<ApiForm> {
    let is_web = ["http://", "https://"].iter().any(|scheme| link.starts_with(scheme));
    if !is_web {
        return None;
    }
    if let Some((address, rest)) = link.split_once("/labeling-projects/") {
        let project = uuid_at_start(rest)?;
        let is_api = address.ends_with("/v1");
        let address = if is_api { address.strip_suffix("/v1")?.to_owned() } else { form.address.clone() };
        return Some(ApiForm { address, project, ..form.clone() });
    }
    let after_name = link.split_once("project=").and_then(|(_, rest)| uuid_at_start(rest));
    let project = after_name.or_else(|| link.split(['/', '?', '#', '=', '&']).find_map(uuid_at_start))?;
    Some(ApiForm { project, ..form.clone() })
}

/// The hyphenated UUID that `text` begins with.
fn uuid_at_start(text: &str) -> Option<String> {
    let start = text.get(..36)?;
    Uuid::try_parse(start).ok().map(|_| start.to_owned())
}

/// The values of `-H` and `--header`.
fn headers(words: &[String]) -> impl Iterator<Item = &str> {
    let after_option = words
        .iter()
        .zip(words.iter().skip(1))
        .filter_map(|(option, value)| matches!(option.as_str(), "-H" | "--header").then_some(value.as_str()));
    let joined = words.iter().filter_map(|word| {
        word.strip_prefix("--header=").or_else(|| word.strip_prefix("-H").filter(|value| !value.is_empty()))
    });
    after_option.chain(joined)
}

/// Puts in what a header says. A placeholder such as `$API_KEY` or `<token>` is no key.
fn take_header(form: &mut ApiForm, header: &str) {
    let Some((name, value)) = header.split_once(':') else { return };
    let value = value.trim();
    match name.trim().to_ascii_lowercase().as_str() {
        "authorization" => {
            let key = value.split_once(' ').map_or(value, |(_, key)| key.trim());
            if !key.starts_with(['$', '<', '{']) {
                form.key = key.to_owned();
            }
        }
        "x-workspace-id" if !value.starts_with(['$', '<', '{']) => form.workspace = value.to_owned(),
        _ => {}
    }
}

/// The words of a line of shell: quotes taken off, escapes and continued lines undone, nothing expanded.
fn shell_words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote: Option<char> = None;
    let mut letters = line.chars().peekable();
    while let Some(letter) = letters.next() {
        match (quote, letter) {
            (Some(open), _) if letter == open => quote = None,
            (None, '\'' | '"') => {
                quote = Some(letter);
                word.get_or_insert_default();
            }
            (None | Some('"'), '\\') => match letters.next() {
                Some('\n') | None => {}
                Some('\r') => {
                    letters.next_if_eq(&'\n');
                }
                Some(escaped) => word.get_or_insert_default().push(escaped),
            },
            (None, _) if letter.is_whitespace() => words.extend(word.take()),
            _ => word.get_or_insert_default().push(letter),
        }
    }
    words.extend(word);
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROJECT: &str = "7b1c02d4-55e0-4a57-9d8e-0f3f8a2c91be";

    /// What `text` fills into a form that has an address and a key: address, project, key and workspace.
    fn check(text: &str, expected: Option<[&str; 4]>) {
        let before =
            ApiForm { address: "https://old.example".into(), key: "old".into(), ..ApiForm::default() };
        let filled = before.filled_from(text);
        let seen = filled.as_ref().map(|form| {
            [form.address.as_str(), form.project.as_str(), form.key.as_str(), form.workspace.as_str()]
        });
        assert_eq!(seen, expected, "{text}");
    }

    #[test]
    fn links_and_curl_lines_fill_the_form() {
        let api = format!("https://api.example/v1/labeling-projects/{PROJECT}/export");
        check(&api, Some(["https://api.example", PROJECT, "old", ""]));
        check(
            &format!("https://app.example/labeling-projects/{PROJECT}?tab=tasks"),
            Some(["https://old.example", PROJECT, "old", ""]),
        );
        check(
            &format!(
                "https://page.example/#/findings?message={}&project={PROJECT}&v=1",
                PROJECT.replace('7', "8")
            ),
            Some(["https://old.example", PROJECT, "old", ""]),
        );
        check(
            &format!("https://app.example/x/{PROJECT}/y"),
            Some(["https://old.example", PROJECT, "old", ""]),
        );
        check(
            &format!("curl -X GET '{api}' \\\n  -H 'Authorization: Bearer sk-1' -H \"x-workspace-id: w-1\""),
            Some(["https://api.example", PROJECT, "sk-1", "w-1"]),
        );
        check(
            &format!("curl --header=\"Authorization: Bearer $API_KEY\" -HX-Workspace-Id:\\ w {api}"),
            Some(["https://api.example", PROJECT, "old", "w"]),
        );
        for no_link in
            ["", PROJECT, "https://api.example", "curl https://api.example", "two words", "{\"a\":1}"]
        {
            check(no_link, None);
        }
    }

    proptest::proptest! {
        #[test]
        fn own_curl_lines_are_read_back(project in proptest::prelude::any::<u128>(), workspace in proptest::prelude::any::<u128>()) {
            let form = ApiForm {
                address: "https://api.example:8443/labels".into(),
                project: Uuid::from_u128(project).to_string(),
                workspace: Uuid::from_u128(workspace).to_string(),
                ..ApiForm::default()
            };
            let line = form.check("").unwrap().curl_line();
            proptest::prop_assert_eq!(ApiForm::default().filled_from(&line), Some(form));
        }
    }
}
