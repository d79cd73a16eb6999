//! What surrounds a journey: its server, its browser, its folder, and what must hold at its end.

use super::browser::{Browser, CONSOLE, Engine, Line, debug};
use super::core::is_left_to_chromium;
use super::page::Page;
use super::support::bundle::{self, Bundle};
use super::support::exports::root;
use super::support::server::Server;
use futures_util::FutureExt;
use serde_json::json;
use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, resume_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};
use tokio::sync::Semaphore;

/// How many browsers run at once. More than there are cores only wait for each other.
static BROWSERS: Semaphore = Semaphore::const_new(2);

/// How much of a line of the console is printed, in characters.
const LINE: usize = 400;

/// What a journey may need beyond what every engine has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Chromium's debugging protocol: phones, media, faults of the network, the accessibility tree.
    Debugging,
    /// Files that land in a folder.
    Downloads,
    /// A clipboard that can be read.
    Clipboard,
    /// A log of every request, for [`Page::requests`].
    Requests,
    /// A connection that is closed at once when its request is aborted.
    Hangup,
}

/// What the engine of this run cannot do; `None` where it can.
fn lack(engine: Engine, need: Need) -> Option<&'static str> {
    match (engine, need) {
        (Engine::Firefox | Engine::WebKit, Need::Debugging) => Some("needs Chromium's debugging protocol"),
        (Engine::Firefox | Engine::WebKit, Need::Requests) => Some("needs Chromium's log of requests"),
        (Engine::WebKit, Need::Downloads) => Some("WebKit's driver saves no downloads"),
        (Engine::WebKit, Need::Hangup) => {
            Some("WebKitGTK may keep the connection of an aborted request until the server sends on")
        }
        (Engine::WebKit, Need::Clipboard) => Some("WebKit's driver cannot read the clipboard"),
        _ => None,
    }
}

/// The engine of this run: what `LABELSCOPE_ENGINE` names, else Chromium.
pub fn engine() -> Engine {
    match std::env::var("LABELSCOPE_ENGINE").as_deref() {
        Err(_) | Ok("chromium") => Engine::Chromium,
        Ok("firefox") => Engine::Firefox,
        Ok("webkit") => Engine::WebKit,
        Ok(other) => panic!("LABELSCOPE_ENGINE is chromium, firefox or webkit, not {other:?}"),
    }
}

/// Walks the steps in a browser of their own, with a server of their own. `name` is that of the test.
///
/// # Panics
/// If a step fails, or if anything but what the journey expects was reported as an error on the console.
pub async fn journey(name: &str, steps: impl AsyncFnOnce(&Page)) {
    journey_with(&[], name, steps).await;
}

/// The same, in engines that have what it needs; in others it says that it was skipped.
///
/// # Panics
/// As [`journey`].
pub async fn journey_with(needs: &[Need], name: &str, steps: impl AsyncFnOnce(&Page)) {
    let Some(bundle) = bundle() else {
        eprintln!("skipped: {name}: LABELSCOPE_DIST names no bundle; cargo xtask test builds one");
        return;
    };
    let engine = engine();
    let lacks = needs.iter().find_map(|need| lack(engine, *need));
    let is_left = || is_left_to_chromium(name).filter(|_| engine != Engine::Chromium);
    if let Some(reason) = lacks.or_else(is_left) {
        eprintln!("skipped: {name}: {engine:?}: {reason}");
        return;
    }
    let _turn = BROWSERS.acquire().await.expect("never closed");
    let began = Instant::now();
    let downloads = fresh_folder(name);
    let page = Page {
        server: Server::start(bundle).await,
        browser: Browser::start_noting(engine, &downloads, needs.contains(&Need::Requests)).await,
        downloads,
        expected: RefCell::default(),
        lines: RefCell::default(),
    };
    let walked = AssertUnwindSafe(async {
        page.begin_as_ever().await;
        steps(&page).await;
        page.nothing_went_wrong().await;
    });
    let outcome = walked.catch_unwind().await;
    let seconds = began.elapsed().as_secs_f32();
    match outcome {
        Ok(()) => {
            println!("journey {name}: ok, {seconds:.1} s");
            page.end().await;
        }
        Err(panic) => {
            println!("journey {name}: FAILED after {seconds:.1} s");
            explain(name, &page).await;
            page.end().await;
            resume_unwind(panic);
        }
    }
}

/// The bundle, read once for all journeys.
fn bundle() -> Option<Arc<Bundle>> {
    static BUNDLE: OnceLock<Option<Arc<Bundle>>> = OnceLock::new();
    let read = |folder: PathBuf| {
        let bundle = Bundle::read(&folder);
        let script = format!("{BEFOREHAND}\n{CONSOLE}");
        Arc::new(if engine() == Engine::Chromium { bundle } else { bundle.with_first_script(script) })
    };
    BUNDLE.get_or_init(|| bundle::folder().map(read)).clone()
}

fn fresh_folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("labelscope-e2e-{}-{name}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder for downloads");
    folder
}

/// Prints what the page and the console show, and keeps a picture.
async fn explain(name: &str, page: &Page) {
    let client = &page.browser.client;
    let lines = AssertUnwindSafe(page.console()).catch_unwind();
    if let Ok(Ok(lines)) = tokio::time::timeout(Duration::from_secs(20), lines).await {
        let mut lines: Vec<_> =
            lines.iter().map(|line| format!("{}: {}", line.level, line.message)).collect();
        lines.dedup();
        lines.iter().for_each(|line| println!("  console {}", line.chars().take(LINE).collect::<String>()));
    }
    if let Ok(address) = client.current_url().await {
        println!("  address {address}");
    }
    page.server
        .seen()
        .iter()
        .for_each(|seen| println!("  asked {} {} {:?}", seen.method, seen.path, seen.sent()));
    if let Ok(picture) = client.screenshot().await {
        let folder = picture_folder();
        let path = folder.join(format!("{name}.png"));
        if std::fs::create_dir_all(&folder).and_then(|()| std::fs::write(&path, picture)).is_ok() {
            println!("  picture {}", path.display());
        }
    }
}

/// `target/e2e`, wherever the target folder is.
pub fn picture_folder() -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    target.unwrap_or_else(|| root().join("target")).join("e2e")
}

/// What a person did once who is no longer new: put the legend above the text away. A page that wants it says so. And
/// memory enough, whatever machine this is, so that nobody is asked about large exports in a window that is wide.
const BEFOREHAND: &str = "try {
    if (!sessionStorage.getItem('new-here')) localStorage.setItem('labelscope:legend-off', '1');
} catch {}
Object.defineProperty(Navigator.prototype, 'deviceMemory', { get: () => 8, configurable: true });";

impl Page {
    /// Whether the engine of this run has what a step needs that its journey can do without. Where it has not, `step` is
    /// said to be left out.
    pub fn can(&self, need: Need, step: &str) -> bool {
        let engine = self.browser.engine;
        let reason = lack(engine, need);
        if let Some(reason) = reason {
            eprintln!("left out: {step}: {engine:?}: {reason}");
        }
        reason.is_none()
    }

    /// Lets every page of the journey begin without the legend, where the engine can run a script before those of the page;
    /// in the others the server puts it there.
    async fn begin_as_ever(&self) {
        if self.browser.engine == Engine::Chromium {
            let script = json!({ "source": BEFOREHAND });
            debug(&self.browser.client, "Page.addScriptToEvaluateOnNewDocument", script).await;
        }
    }

    /// Shows the page that is there to someone who has not seen the legend yet.
    pub async fn be_new_here(&self) {
        let forget =
            "sessionStorage.setItem('new-here', '1'); localStorage.removeItem('labelscope:legend-off')";
        self.ask(forget, json!(null)).await;
        self.browser.client.refresh().await.expect("the page anew");
    }

    /// Fails on every error on the console that was not expected.
    async fn nothing_went_wrong(&self) {
        let lines = self.console().await;
        let expected = self.expected.borrow();
        let is_expected = |line: &Line| expected.iter().any(|words| line.message.contains(words.as_str()));
        let wrong = lines.iter().filter(|line| line.level == "SEVERE" && !is_expected(line));
        let mut wrong: Vec<String> = wrong.map(|line| line.message.chars().take(LINE).collect()).collect();
        wrong.dedup();
        assert!(wrong.is_empty(), "errors on the console: {wrong:#?}");
    }

    async fn end(self) {
        self.browser.close().await;
        remove(&self.downloads);
    }
}

fn remove(folder: &Path) {
    // What stays behind lies in the temporary folder.
    std::fs::remove_dir_all(folder).ok();
}
