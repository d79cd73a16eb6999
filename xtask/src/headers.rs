//! The headers that the bundle is served with. They are worked out once, written into `dist/_headers`, and read from
//! there by `serve`, by the journeys and by whoever deploys. Does not belong here: headers of API answers.
//!
//! The file is in the format that static hosts share: a path on a line of its own, then its headers, indented. `/*`
//! stands for every path; any other path here stands for itself alone. No header is set by both.

use anyhow::{Context, Result};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};
use std::fmt::{self, Write};

/// The file in the bundle that holds them. It is for the host and itself never served.
pub(crate) const FILE: &str = "_headers";

/// The headers of each path.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Headers(Vec<Rule>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Rule {
    path: String,
    headers: Vec<(String, String)>,
}

impl Headers {
    /// The headers of a bundle with this index.html and these files (paths relative to it, with `/`).
    pub(crate) fn for_bundle(index_html: &str, files: &[String]) -> Self {
        let everywhere = [
            ("Content-Security-Policy", content_security_policy(index_html)),
            ("X-Content-Type-Options", "nosniff".to_owned()),
            ("Referrer-Policy", "no-referrer".to_owned()),
            ("Permissions-Policy", PERMISSIONS_POLICY.to_owned()),
        ];
        let everywhere = Rule {
            path: "/*".to_owned(),
            headers: everywhere.map(|(name, value)| (name.to_owned(), value)).into(),
        };
        let paths = std::iter::once("").chain(files.iter().map(String::as_str));
        let caching = paths.map(|path| Rule {
            path: format!("/{path}"),
            headers: vec![("Cache-Control".to_owned(), cache_control(path).to_owned())],
        });
        Headers(std::iter::once(everywhere).chain(caching).collect())
    }

    /// Reads what [`fmt::Display`] writes.
    pub(crate) fn parse(text: &str) -> Result<Self> {
        let mut rules: Vec<Rule> = Vec::new();
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            if !line.starts_with(' ') {
                rules.push(Rule { path: line.to_owned(), headers: Vec::new() });
                continue;
            }
            let header = line.trim().split_once(": ");
            let (name, value) = header.with_context(|| format!("{FILE}: no header: {line:?}"))?;
            let rule = rules.last_mut().with_context(|| format!("{FILE}: no path before {line:?}"))?;
            rule.headers.push((name.to_owned(), value.to_owned()));
        }
        Ok(Headers(rules))
    }

    /// Name and value of each header of `path`, which begins with `/`.
    pub(crate) fn of<'a>(&'a self, path: &str) -> impl Iterator<Item = (&'a str, &'a str)> {
        let applies = |rule: &&Rule| rule.path == "/*" || rule.path == path;
        let headers = self.0.iter().filter(applies).flat_map(|rule| &rule.headers);
        headers.map(|(name, value)| (name.as_str(), value.as_str())).collect::<Vec<_>>().into_iter()
    }
}

impl fmt::Display for Headers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for rule in &self.0 {
            writeln!(f, "{}", rule.path)?;
            rule.headers.iter().try_for_each(|(name, value)| writeln!(f, "  {name}: {value}"))?;
        }
        Ok(())
    }
}

/// What the app never asks for, so that nothing injected could.
const PERMISSIONS_POLICY: &str = "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), \
     magnetometer=(), microphone=(), midi=(), payment=(), usb=()";

/// Only the app's own files and its own inline script run, nothing remote is shown, and requests go to https or to
/// this machine. The address of the API is typed by the person, so it cannot be narrowed further.
fn content_security_policy(index_html: &str) -> String {
    let mut scripts = String::from("'self' 'wasm-unsafe-eval'");
    for script in inline_scripts(index_html) {
        let hash = BASE64_STANDARD.encode(Sha256::digest(script.as_bytes()));
        // Writing to a string does not fail.
        write!(scripts, " 'sha256-{hash}'").ok();
    }
    format!(
        "default-src 'none'; script-src {scripts}; style-src 'self'; img-src 'self' data: blob:; media-src blob:; \
         connect-src 'self' https: http://localhost:* http://127.0.0.1:*; base-uri 'none'; form-action 'none'; \
         frame-ancestors 'none'"
    )
}

/// The text of each script that stands in the document itself: trunk's loader, which names the hashed files and so
/// differs from build to build.
fn inline_scripts(html: &str) -> impl Iterator<Item = &str> {
    html.split("<script").skip(1).filter_map(|rest| {
        let (attributes, rest) = rest.split_once('>')?;
        let is_inline = !attributes.split_ascii_whitespace().any(|word| word.starts_with("src="));
        let (body, _) = rest.split_once("</script>")?;
        is_inline.then_some(body)
    })
}

/// A file whose name holds a hash of its content never changes; anything else is asked for anew.
fn cache_control(path: &str) -> &'static str {
    if is_hashed(path) { "public, max-age=31536000, immutable" } else { "no-cache" }
}

/// Whether trunk named the file by its content: `name-0123456789abcdef.js` or `name-0123456789abcdef_bg.wasm`. The
/// folders of `snippets/` look alike but are named by the crate that they come from, so only the top level counts.
fn is_hashed(path: &str) -> bool {
    let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
    let stem = stem.strip_suffix("_bg").unwrap_or(stem);
    let is_hash = |hash: &str| hash.len() >= 15 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
    !path.contains('/') && stem.rsplit_once('-').is_some_and(|(_, hash)| is_hash(hash))
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::expect;

    const INDEX: &str = r#"<html><head><script type="module">
import init from './labelscope-0123456789abcdef.js';
</script><script src="theme.js"></script></head></html>"#;

    fn sample() -> Headers {
        let files = [
            "index.html",
            "labelscope-0123456789abcdef.js",
            "labelscope-0123456789abcdef_bg.wasm",
            "samples/leaflet-assistant.json",
            "snippets/labelscope-0123456789abcdef/inline0.js",
        ];
        Headers::for_bundle(INDEX, &files.map(str::to_owned))
    }

    #[test]
    fn file_of_a_bundle() {
        expect![[r#"
            /*
              Content-Security-Policy: default-src 'none'; script-src 'self' 'wasm-unsafe-eval' 'sha256-H1HP7Qe6hNqOk0qxZ1U+Z0kaCSTUMTjrceI1EzhoZS8='; style-src 'self'; img-src 'self' data: blob:; media-src blob:; connect-src 'self' https: http://localhost:* http://127.0.0.1:*; base-uri 'none'; form-action 'none'; frame-ancestors 'none'
              X-Content-Type-Options: nosniff
              Referrer-Policy: no-referrer
              Permissions-Policy: accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()
            /
              Cache-Control: no-cache
            /index.html
              Cache-Control: no-cache
            /labelscope-0123456789abcdef.js
              Cache-Control: public, max-age=31536000, immutable
            /labelscope-0123456789abcdef_bg.wasm
              Cache-Control: public, max-age=31536000, immutable
            /samples/leaflet-assistant.json
              Cache-Control: no-cache
            /snippets/labelscope-0123456789abcdef/inline0.js
              Cache-Control: no-cache
        "#]].assert_eq(&sample().to_string());
    }

    #[test]
    fn what_is_written_is_read() {
        assert_eq!(Headers::parse(&sample().to_string()).unwrap(), sample());
        assert!(Headers::parse("  X: y").is_err());
        assert!(Headers::parse("/*\n  X").is_err());
    }

    #[test]
    fn headers_of_a_path() {
        let headers = sample();
        let caching = |path| {
            let found: Vec<_> = headers.of(path).filter(|(name, _)| *name == "Cache-Control").collect();
            assert_eq!(headers.of(path).count(), found.len() + 4, "{path}");
            found.iter().map(|(_, value)| *value).collect::<Vec<_>>()
        };
        assert_eq!(caching("/"), ["no-cache"]);
        assert_eq!(caching("/index.html"), ["no-cache"]);
        assert_eq!(caching("/labelscope-0123456789abcdef_bg.wasm"), ["public, max-age=31536000, immutable"]);
        assert_eq!(caching("/nothing.js"), [""; 0]);
    }

    #[test]
    fn hash_is_that_of_the_script_alone() {
        // echo -n 'a' | openssl dgst -sha256 -binary | base64
        let policy = content_security_policy("<script>a</script><script src=x>b</script>");
        assert_eq!(policy.matches("'sha256-").count(), 1);
        assert!(policy.contains("'sha256-ypeBEsobvcr6wjGzmiPcTaeG7/gUfE5yuYB3ha/uSLs='"), "{policy}");
    }
}
