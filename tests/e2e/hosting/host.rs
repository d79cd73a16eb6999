//! A web server of Debian's, started for real with the files of `deploy/`. Does not belong here: what must hold of it.

use crate::browser::{free_port, wait_for};
use crate::support::bundle;
use crate::support::exports::root;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use tokio::process::{Child, Command};

/// A program, and the environment variable that `cargo xtask test` names it by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Program {
    Nginx,
    Caddy,
}

/// Where on its host the page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Root,
    SubPath,
}

impl Place {
    /// The path of the page.
    pub const fn path(self) -> &'static str {
        match self {
            Place::Root => "/",
            Place::SubPath => "/labels/",
        }
    }
}

/// A running web server; it ends when dropped.
pub struct Host {
    /// Where it listens: `http://127.0.0.1:1234`.
    pub origin: String,
    /// The address of the page, with a slash at its end.
    pub page: String,
    /// The files that it serves.
    pub files: PathBuf,
    folder: PathBuf,
    _process: Child,
}

impl Drop for Host {
    fn drop(&mut self) {
        // What stays behind lies in the temporary folder.
        std::fs::remove_dir_all(&self.folder).ok();
    }
}

impl Program {
    const fn variable(self) -> &'static str {
        match self {
            Program::Nginx => "LABELSCOPE_NGINX",
            Program::Caddy => "LABELSCOPE_CADDY",
        }
    }

    /// Where it is; `None`, and said so by the name of the test, where there is none.
    pub fn find(self, test: &str) -> Option<PathBuf> {
        let found = std::env::var_os(self.variable()).map(PathBuf::from);
        if found.is_none() {
            eprintln!(
                "skipped: {test}: {} names no {self:?}; cargo xtask test gets Debian's",
                self.variable()
            );
        }
        found
    }

    /// Serves a copy of the bundle, with `/v1` handed on to `api`.
    pub async fn start(self, program: &Path, place: Place, api: &str) -> Host {
        let port = free_port().await;
        let folder = std::env::temp_dir().join(format!("labelscope-host-{}-{port}", std::process::id()));
        let files = folder.join("files");
        copy(&bundle::folder().expect("a bundle"), &files);
        if place == Place::SubPath {
            set_api(&files.join("index.html"), "./");
        }
        let mut command = match self {
            Program::Nginx => nginx(program, place, &folder, port, api),
            Program::Caddy => caddy(program, place, &folder, port, api),
        };
        command.stdin(Stdio::null()).stdout(Stdio::null()).kill_on_drop(true);
        let log = std::fs::File::create(folder.join("log")).expect("a log");
        let process = command.stderr(log).spawn().expect("a web server to start");
        if !wait_for(port).await {
            panic!(
                "{self:?} does not listen: {}",
                std::fs::read_to_string(folder.join("log")).unwrap_or_default()
            );
        }
        let origin = format!("http://127.0.0.1:{port}");
        Host { page: format!("{origin}{}", place.path()), origin, files, folder, _process: process }
    }
}

/// Names the API as deploy/README.md says.
fn set_api(index: &Path, address: &str) {
    let html = std::fs::read_to_string(index).expect("index.html");
    let set = only_replaced(
        &html,
        r#"name="labelscope-api" content="""#,
        &format!(r#"name="labelscope-api" content="{address}""#),
    );
    std::fs::write(index, set).expect("to write index.html");
}

fn nginx(program: &Path, place: Place, folder: &Path, port: u16, api: &str) -> Command {
    let (examples, modules) = (root().join("deploy/nginx"), program.with_file_name("../lib/nginx/modules"));
    let name = match place {
        Place::Root => "labelscope.conf",
        Place::SubPath => "labelscope-sub-path.conf",
    };
    let example = std::fs::read_to_string(examples.join(name)).expect("an example");
    // What whoever deploys sets as well.
    let example = only_replaced(&example, "listen 80;", &format!("listen 127.0.0.1:{port};"));
    let example = only_replaced(&example, "listen [::]:80;", "");
    let example = only_replaced(&example, "/srv/labelscope", &folder.join("files").to_string_lossy());
    let example = only_replaced(&example, "https://api.example.org", api);
    std::fs::write(folder.join("site.conf"), example).expect("to write the example");
    copy(&examples.join("labelscope"), &folder.join("labelscope"));
    // What a distribution's own nginx.conf holds.
    let paths: String = ["client_body", "proxy", "fastcgi", "scgi", "uwsgi"]
        .map(|kind| format!("{kind}_temp_path {}/{kind};\n", folder.display()))
        .concat();
    let whole = format!(
        "load_module {}/ngx_http_brotli_static_module.so;\ndaemon off;\npid {}/pid;\nerror_log stderr;\n\
         events {{}}\nhttp {{\naccess_log off;\n{paths}include site.conf;\n}}\n",
        modules.display(),
        folder.display(),
    );
    std::fs::write(folder.join("nginx.conf"), whole).expect("to write nginx.conf");
    let mut command = Command::new(program);
    // As one process, which ends when it is killed and reads files as whoever started it.
    command
        .arg("-p")
        .arg(folder)
        .arg("-c")
        .arg(folder.join("nginx.conf"))
        .args(["-g", "master_process off;"]);
    command
}

fn caddy(program: &Path, place: Place, folder: &Path, port: u16, api: &str) -> Command {
    let name = match place {
        Place::Root => "Caddyfile",
        Place::SubPath => "sub-path.Caddyfile",
    };
    let example = root().join("deploy/caddy").join(name);
    let whole = format!("{{\n\tadmin off\n}}\nimport {}\n", example.display());
    std::fs::write(folder.join("Caddyfile"), whole).expect("to write a Caddyfile");
    let mut command = Command::new(program);
    command.args(["run", "--adapter", "caddyfile", "--config"]).arg(folder.join("Caddyfile"));
    command.env("LABELSCOPE_SITE", format!("http://127.0.0.1:{port}"));
    command.env("LABELSCOPE_ROOT", folder.join("files")).env("LABELSCOPE_API", api);
    command.env("XDG_DATA_HOME", folder).env("XDG_CONFIG_HOME", folder);
    command
}

/// The text with what stands in it exactly once replaced.
fn only_replaced(text: &str, from: &str, to: &str) -> String {
    assert_eq!(text.matches(from).count(), 1, "{from} in {text}");
    text.replace(from, to)
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder to copy") {
        let path = entry.expect("an entry to copy").path();
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy(&path, &target);
        } else {
            std::fs::copy(&path, target).expect("to copy a file");
        }
    }
}
