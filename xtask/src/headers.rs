//! The headers that the bundle is served with. They are worked out once, written into `dist/_headers`, and read from
//! there by `serve`, by the journeys and by whoever deploys. Does not belong here: headers of API answers.
//!
//! The file is in the format that static hosts share: a path on a line of its own, then its headers, indented. `/*`
//! stands for every path; any other path here stands for itself alone. No header is set by both.

use anyhow::{Context, Result};
use std::fmt;

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
    /// The headers of a bundle with these files (paths relative to it, with `/`).
    pub(crate) fn for_bundle(files: &[String]) -> Self {
        let everywhere = Rule {
            path: "/*".to_owned(),
            headers: EVERYWHERE.map(|(name, value)| (name.to_owned(), value.to_owned())).into(),
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

/// The headers of every path. The same for every build, so that hosts may be set up once: `deploy/` repeats them.
const EVERYWHERE: [(&str, &str); 4] = [
    ("Content-Security-Policy", CONTENT_SECURITY_POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Permissions-Policy", PERMISSIONS_POLICY),
];

/// What the app never asks for, so that nothing injected could.
const PERMISSIONS_POLICY: &str = "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), \
     magnetometer=(), microphone=(), midi=(), payment=(), usb=()";

/// Only the app's own files run, nothing remote is shown, and requests go to https or to this machine. The address of
/// the API is typed by the person, so it cannot be narrowed further.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
     img-src 'self' data: blob:; media-src blob:; connect-src 'self' https: http://localhost:* http://127.0.0.1:*; \
     base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

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

    fn sample() -> Headers {
        let files = [
            "index.html",
            "labelscope-0123456789abcdef.js",
            "labelscope-0123456789abcdef_bg.wasm",
            "samples/leaflet-assistant.json",
            "snippets/labelscope-0123456789abcdef/inline0.js",
        ];
        Headers::for_bundle(&files.map(str::to_owned))
    }

    #[test]
    fn file_of_a_bundle() {
        expect![[r#"
            /*
              Content-Security-Policy: default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; media-src blob:; connect-src 'self' https: http://localhost:* http://127.0.0.1:*; base-uri 'none'; form-action 'none'; frame-ancestors 'none'
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
    /// The journeys check what hosts send with them; this says sooner where they fell behind.
    #[test]
    fn examples_of_hosts_send_the_same() {
        for example in ["nginx/labelscope/files.conf", "caddy/files.caddy"] {
            let path = crate::process::root().join("deploy").join(example);
            let text = std::fs::read_to_string(&path).unwrap();
            for (name, value) in EVERYWHERE {
                assert!(text.contains(&format!("{name} \"{value}\"")), "{example} lacks {name}: {value}");
            }
        }
    }
}
