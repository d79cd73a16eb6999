//! Problems on the way, before there is anything to read: no answer, a redirect, silence, a file that is gone.

use super::Problem;
use crate::state::request::ApiRequest;

impl Problem {
    /// No answer could be read. `words` is what the browser reported, `page` the page's own origin.
    pub fn unreachable(words: &str, request: Option<&ApiRequest>, page: &str) -> Self {
        let class = "No answer could be read";
        let Some(request) = request else {
            return Problem::new(
                class,
                "The sample project could not be fetched",
                "This page’s own server does not answer.",
            )
            .advise("Check the network", "and try again.")
            .reported(words);
        };
        let host = request.host();
        Problem::new(
            class,
            format!("The browser could not read an answer from {host}"),
            format!(
                "Either the address cannot be reached from here, or the server answers but does not allow pages from \
                 {page} to read it (CORS). A browser does not tell a page which of the two it was."
            ),
        )
        .advise("Check the address", format!("and the network: {}", request.url))
        .advise_command(
            "Fetch it outside the browser,",
            "then drop the file on this page. Put your key in $API_KEY first:",
            request.curl_line(),
        )
        .advise(
            "If you run the server,",
            format!(
                "let it send Access-Control-Allow-Origin for {page} and allow the Authorization and x-workspace-id \
                 headers."
            ),
        )
        .reported(words)
    }

    /// The server sent the browser elsewhere.
    pub fn redirected(request: Option<&ApiRequest>) -> Self {
        let host = request.map_or("The server", ApiRequest::host);
        let has_key = request.is_some_and(|request| request.key.is_some());
        let problem = Problem::new(
            "Redirect",
            format!("{host} sends the browser to another address in place of an export"),
            "That is mostly a page to log in. It is not followed, since no export can be behind it and a key must not \
             go there.",
        );
        let problem = if has_key {
            problem
                .advise("Check the key", "and the address: it is that of the API, not that of the web app.")
        } else {
            problem.advise("Type an API key,", "or sign in to the server in another tab and try again.")
        };
        problem.advise(
            "Check the spelling of the address:",
            "some servers redirect http to https, or add a path.",
        )
    }

    /// Nothing came for `seconds`; `received` bytes had come before.
    pub fn stalled(seconds: u64, received: u64) -> Self {
        let (headline, lede) = if received == 0 {
            (
                format!("No answer came for {seconds} seconds"),
                "The server took the request and stays silent. Large projects take a while to export."
                    .to_owned(),
            )
        } else {
            (
                format!("Nothing came for {seconds} seconds"),
                format!("The answer stopped after {received} bytes, before its end."),
            )
        };
        Problem::new("Stalled", headline, lede)
            .advise("Try again;", "the connection may have been lost on the way.")
            .advise("Fetch it outside the browser,", "then drop the file on this page.")
    }

    /// The connection broke after `received` bytes. `words` is what the browser reported.
    pub fn broken_off(words: &str, received: u64, announced: Option<u64>) -> Self {
        let lede = match announced {
            Some(total) => format!("The connection ended after {received} of {total} bytes."),
            None => format!("The connection ended after {received} bytes."),
        };
        Problem::new("Connection lost", "The answer broke off before its end", lede)
            .advise("Check the network", "and try again.")
            .reported(words)
    }

    /// A file could not be read on. `words` is what the browser reported.
    pub fn file_unreadable(name: &str, words: &str) -> Self {
        Problem::new(
            "File not readable",
            format!("The browser could not read {}", quoted_name(name)),
            "It may have been moved, changed or deleted since it was chosen, or lie on a drive that is gone.",
        )
        .advise("Choose the file again.", "")
        .reported(words)
    }

    /// A compressed file could not be decompressed to its end. `words` is what the browser reported.
    pub fn file_not_decompressed(name: &str, words: &str) -> Self {
        Problem::new(
            "Not decompressed",
            format!("{} could not be decompressed", quoted_name(name)),
            "It is not gzip throughout, or its end is missing.",
        )
        .advise("Fetch or copy it again,", "or decompress it first and open the .json file.")
        .reported(words)
    }

    /// The browser has no means to decompress.
    pub fn cannot_decompress(name: &str) -> Self {
        Problem::new(
            "Compressed file",
            format!("This browser cannot decompress {}", quoted_name(name)),
            "It has no DecompressionStream, which browsers have had since 2023.",
        )
        .advise("Decompress the file first", "(gunzip does it) and open the .json file.")
        .advise("Use a newer browser.", "")
    }

    /// The app’s own memory is full.
    pub fn no_memory() -> Self {
        Problem::new(
            "Out of memory",
            "There is no memory for more of this export",
            "What was read up to there is on screen; reading stopped before the app would have.",
        )
        .advise("Close other tabs", "and try again, or open it on a machine with more memory.")
    }
}

fn quoted_name(name: &str) -> String {
    if name.is_empty() { "the text".to_owned() } else { format!("“{name}”") }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{PROJECT, printed, request};
    use super::*;
    use expect_test::expect;

    #[test]
    fn a_network_failure_names_cors_and_gives_a_command() {
        let problem = Problem::unreachable(
            "TypeError: Failed to fetch",
            Some(&request("sk-1")),
            "https://page.example",
        );
        expect![[r#"
            [No answer could be read] The browser could not read an answer from api.example
              Either the address cannot be reached from here, or the server answers but does not allow pages from https://page.example to read it (CORS). A browser does not tell a page which of the two it was.
              - Check the address and the network: https://api.example/v1/labeling-projects/7b1c02d4-55e0-4a57-9d8e-0f3f8a2c91be/export
              - Fetch it outside the browser, then drop the file on this page. Put your key in $API_KEY first:
              - If you run the server, let it send Access-Control-Allow-Origin for https://page.example and allow the Authorization and x-workspace-id headers.
        "#]]
        .assert_eq(&printed(&problem));
        let command = problem.advice[1].command.as_deref().unwrap();
        assert!(command.contains(PROJECT) && command.contains("$API_KEY") && !command.contains("sk-1"));
        assert_eq!(problem.body.unwrap().content_type, "TypeError");
    }

    #[test]
    fn every_way_to_fail_says_something_else() {
        let problems = [
            Problem::unreachable("", Some(&request("")), "https://page.example"),
            Problem::unreachable("", None, "https://page.example"),
            Problem::no_memory(),
            Problem::redirected(Some(&request(""))),
            Problem::stalled(30, 0),
            Problem::stalled(30, 9),
            Problem::broken_off("", 9, Some(10)),
            Problem::file_unreadable("a.json", ""),
            Problem::file_not_decompressed("a.json.gz", ""),
            Problem::cannot_decompress("a.json.gz"),
        ];
        let mut headlines: Vec<&String> = problems.iter().map(|problem| &problem.headline).collect();
        headlines.sort_unstable();
        headlines.dedup();
        assert_eq!(headlines.len(), problems.len());
        assert!(problems.iter().all(|problem| !problem.advice.is_empty()));
    }
}
