//! The bundle: its files, and the headers that a host sends with them.

use axum::body::Bytes;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// The files of a bundle, read once.
pub struct Bundle {
    files: HashMap<String, (&'static str, Bytes)>,
    /// Path and headers, as `_headers` lists them; `/*` stands for every path.
    rules: Vec<(String, Vec<(String, String)>)>,
}

/// The folder of the bundle that journeys run against.
pub fn folder() -> Option<PathBuf> {
    std::env::var_os("LABELSCOPE_DIST").map(PathBuf::from)
}

impl Bundle {
    /// The bundle in a folder.
    pub fn read(folder: &Path) -> Self {
        let mut files = HashMap::new();
        let mut folders = vec![folder.to_owned()];
        while let Some(current) = folders.pop() {
            for entry in std::fs::read_dir(&current).expect("a folder of the bundle") {
                let path = entry.expect("an entry of the bundle").path();
                if path.is_dir() {
                    folders.push(path);
                    continue;
                }
                let relative = path.strip_prefix(folder).expect("a path inside the bundle");
                let names: Vec<_> = relative.iter().map(|name| name.to_string_lossy()).collect();
                let name = names.join("/");
                let bytes = std::fs::read(&path).expect("a file of the bundle");
                files.insert(format!("/{name}"), (media_type(&name), Bytes::from(bytes)));
            }
        }
        let headers = files.remove("/_headers").expect("the bundle's _headers");
        let rules = rules(std::str::from_utf8(&headers.1).expect("headers in UTF-8"));
        if let Some(index) = files.get("/index.html").cloned() {
            files.insert("/".to_owned(), index);
        }
        Bundle { files, rules }
    }

    /// With one more file, which a deployment does not have.
    #[allow(dead_code, reason = "the bench alone uses it")]
    pub fn with(mut self, path: &str, bytes: impl Into<Bytes>) -> Self {
        self.files.insert(path.to_owned(), (media_type(path), bytes.into()));
        self
    }

    /// With a script that runs before any other of the page, which a deployment does not have.
    #[allow(dead_code, reason = "the bench does not use it")]
    pub fn with_first_script(self, source: String) -> Self {
        let (_, index) = self.file("/index.html").expect("the bundle's page");
        let html = std::str::from_utf8(&index).expect("a page in UTF-8");
        assert_eq!(html.matches("<title>").count(), 1, "a page with one title");
        let html = html.replace("<title>", "<script src=\"first.js\"></script><title>");
        let bundle = self.with("/index.html", html.clone()).with("/first.js", source);
        let files = HashMap::from([("/".to_owned(), ("text/html; charset=utf-8", Bytes::from(html)))]);
        Bundle { files: bundle.files.into_iter().chain(files).collect(), rules: bundle.rules }
    }

    /// The path of each file that its headers name, with that of the page itself.
    #[allow(dead_code, reason = "the bench does not use it")]
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.rules.iter().map(|(path, _)| path.as_str()).filter(|path| *path != "/*")
    }

    /// Media type and bytes of the file at `path`.
    pub fn file(&self, path: &str) -> Option<(&'static str, Bytes)> {
        self.files.get(path).cloned()
    }

    /// Name and value of each header that a deployment sends with `path`.
    pub fn headers<'a>(&'a self, path: &'a str) -> impl Iterator<Item = &'a (String, String)> {
        let applies = move |rule: &&(String, Vec<_>)| rule.0 == "/*" || rule.0 == path;
        self.rules.iter().filter(applies).flat_map(|(_, headers)| headers)
    }
}

/// Reads the format that static hosts share: a path, then its headers, indented.
fn rules(text: &str) -> Vec<(String, Vec<(String, String)>)> {
    let mut rules: Vec<(String, Vec<_>)> = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        match (line.trim().split_once(": "), rules.last_mut()) {
            (Some((name, value)), Some((_, headers))) if line.starts_with(' ') => {
                headers.push((name.to_owned(), value.to_owned()));
            }
            _ => rules.push((line.to_owned(), Vec::new())),
        }
    }
    rules
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "json" => "application/json",
        _ => "application/octet-stream",
    }
}
