//! The page as a person sees it: what is on it, now or in a moment. What is bound to come is waited for, and fails after a
//! while.
//!
//! Does not belong here: what a person does with the page (`acts`).

use super::browser::{Browser, Engine, Line, console, debug, requests};
use super::find::FUNCTIONS;
use super::support::server::Server;
use fantoccini::elements::{Element, ElementRef};
use serde_json::{Value, json};
use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How long something may take that is bound to happen.
pub(super) const PATIENCE: Duration = Duration::from_secs(40);

/// The mark that the app leaves once an export is all read and counted.
pub(super) const READY: &str = "labelscope:ready";

/// What WebKit's driver answers where the page that a script was for is being left.
const LEFT: [&str; 2] = ["Callback was not called before the unload event", "Could not parse script result"];

/// What stands for the answer of a script that looked into what is not there yet.
const NOT_YET: &str = "not there yet";

/// The page of a journey.
pub struct Page {
    /// The server that it comes from.
    pub server: Server,
    /// The browser that it is in.
    pub browser: Browser,
    /// Where its downloads go.
    pub downloads: PathBuf,
    /// What may stand on the console as an error.
    pub expected: RefCell<Vec<String>>,
    /// What stood on the console so far.
    pub lines: RefCell<Vec<Line>>,
}

impl Page {
    /// Opens an address of the app: `/` or `/#/overview?…`, or that of a page that another server has.
    pub async fn open(&self, path: &str) {
        let origin = if path.starts_with('/') { self.server.origin.as_str() } else { "" };
        let address = format!("{origin}{path}");
        self.browser.client.goto(&address).await.expect("the page");
        self.until("the app", "return document.querySelector('main') !== null", json!(null)).await;
    }

    /// Lets errors that contain these words stand on the console.
    pub fn expect_on_console(&self, words: &str) {
        self.expected.borrow_mut().push(words.to_owned());
    }

    /// Everything that was written to the console since the page was opened.
    pub async fn console(&self) -> Vec<Line> {
        let new = console(&self.browser).await;
        self.lines.borrow_mut().extend(new);
        self.lines.borrow().clone()
    }

    /// The address of every request that the page began since this was asked last, in a journey with requests.
    pub async fn requests(&self) -> Vec<String> {
        requests(&self.browser.client).await
    }

    /// Goes to the window that was opened last.
    pub async fn go_to_new_window(&self) {
        let client = &self.browser.client;
        let here = client.window().await.expect("a window");
        let began = Instant::now();
        let new = loop {
            let all = client.windows().await.expect("windows");
            if let Some(new) = all.into_iter().find(|window| *window != here) {
                break new;
            }
            assert!(began.elapsed() < PATIENCE, "no window was opened");
            tokio::time::sleep(Duration::from_millis(50)).await;
        };
        client.switch_to_window(new).await.expect("the new window");
    }

    /// What a script says, once all that it looks into is there; `given` is its argument.
    pub async fn ask(&self, script: &str, given: Value) -> Value {
        self.patiently(script, script, given, |_| true).await
    }

    /// What a script says once that is neither `null` nor `false`.
    pub async fn until(&self, what: &str, script: &str, given: Value) -> Value {
        self.patiently(what, script, given, |answer| !matches!(answer, Value::Null | Value::Bool(false)))
            .await
    }

    /// What a script says once that will do. It may look into what is not there yet.
    async fn patiently(
        &self,
        what: &str,
        script: &str,
        given: Value,
        will_do: impl Fn(&Value) -> bool,
    ) -> Value {
        let began = Instant::now();
        loop {
            let answer = self.answer(script, given.clone()).await;
            if let Some(answer) = answer.filter(&will_do) {
                return answer;
            }
            assert!(began.elapsed() < PATIENCE, "there was no {what}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// What a script says now; `None` where what it looks into is not there, or the page gave way to the next one.
    async fn answer(&self, script: &str, given: Value) -> Option<Value> {
        let script = format!(
            "{FUNCTIONS} const given = arguments[0];
            try {{ {script} }} catch (error) {{ if (error instanceof TypeError) return '{NOT_YET}'; throw error }}"
        );
        match self.browser.client.execute(&script, vec![given]).await {
            Ok(answer) => Some(answer).filter(|answer| answer != NOT_YET),
            Err(error) if LEFT.iter().any(|words| error.to_string().contains(words)) => None,
            Err(error) => panic!("{error}\nin the script {script}"),
        }
    }

    /// Waits until so many frames were drawn.
    pub async fn frames(&self, count: u32) {
        let script = "const [count, done] = arguments;
            const next = left => left ? requestAnimationFrame(() => next(left - 1)) : done(null);
            next(count)";
        self.browser.client.execute_async(script, vec![json!(count)]).await.expect("frames");
    }

    /// Waits until something holds of the server or of files.
    pub async fn until_true(&self, what: &str, mut holds: impl FnMut() -> bool) {
        let began = Instant::now();
        while !holds() {
            assert!(began.elapsed() < PATIENCE, "it never happened: {what}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// The element that a script gives, once it gives one.
    pub(super) async fn element(&self, what: &str, script: &str, given: Value) -> Element {
        let found = self.until(what, script, given).await;
        let id = found.as_object().and_then(|found| found.values().next()?.as_str().map(str::to_owned));
        let id = id.unwrap_or_else(|| panic!("{what} is no element: {found}"));
        Element::from_element_id(self.browser.client.clone(), ElementRef::from(id))
    }

    /// Gives the window this much room for the page, in CSS pixels.
    pub async fn resize(&self, width: u32, height: u32) {
        let client = &self.browser.client;
        if self.browser.engine == Engine::Chromium {
            let screen =
                json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500 });
            debug(client, "Emulation.setDeviceMetricsOverride", screen).await;
            return;
        }
        let frame = "return [outerWidth - innerWidth, outerHeight - innerHeight]";
        let frame: (u32, u32) = serde_json::from_value(self.ask(frame, json!(null)).await).expect("a frame");
        client.set_window_size(width + frame.0, height + frame.1).await.expect("a window of that size");
        let is_so = "return innerWidth === given[0] && innerHeight === given[1]";
        self.until("window of that size", is_so, json!([width, height])).await;
    }

    /// Waits until these words stand on the page where they can be seen.
    pub async fn see(&self, words: &str) {
        let script = "return words(document.body).includes(given)";
        self.until(&format!("“{words}” on the page"), script, json!(words)).await;
    }

    /// Waits until a selector finds something, and says how much.
    pub async fn see_any(&self, selector: &str) -> usize {
        let count = self.until(selector, "return all(given).length || null", json!(selector)).await;
        usize::try_from(count.as_u64().unwrap_or_default()).expect("a count")
    }

    /// Waits until a selector finds nothing.
    pub async fn see_no(&self, selector: &str) {
        let script = "return all(given).length === 0";
        self.until(&format!("page without {selector}"), script, json!(selector)).await;
    }

    /// Waits until a selector finds so many.
    pub async fn see_count(&self, selector: &str, count: usize) {
        let script = "return all(given.selector).length === given.count";
        let given = json!({ "selector": selector, "count": count });
        self.until(&format!("page with {count} of {selector}"), script, given).await;
    }

    /// Waits until these words stand nowhere on the page any more.
    pub async fn see_gone(&self, words: &str) {
        let script = "return !words(document.body).includes(given)";
        self.until(&format!("page without “{words}”"), script, json!(words)).await;
    }

    /// How many elements a selector finds now.
    pub async fn count(&self, selector: &str) -> usize {
        let count = self.ask("return all(given).length", json!(selector)).await;
        usize::try_from(count.as_u64().unwrap_or_default()).expect("a count")
    }

    /// The words of all elements that a selector finds now.
    pub async fn words_of(&self, selector: &str) -> Vec<String> {
        let words = self.ask("return all(given).map(words)", json!(selector)).await;
        serde_json::from_value(words).expect("words")
    }

    /// Whether these words stand on the page now.
    pub async fn shows(&self, words: &str) -> bool {
        self.ask("return words(document.body).includes(given)", json!(words)).await == json!(true)
    }

    /// The address of the page, with its fragment.
    pub async fn address(&self) -> String {
        let address = self.ask("return location.href", json!(null)).await;
        address.as_str().unwrap_or_default().to_owned()
    }

    /// Waits until the fragment of the address contains these characters.
    pub async fn see_in_address(&self, characters: &str) {
        let script = "return location.hash.includes(given)";
        self.until(&format!("“{characters}” in the address"), script, json!(characters)).await;
    }

    /// Waits until the export on screen is all read and counted, and the page holds all that it is to hold.
    pub async fn ready(&self) {
        let script = "return performance.getEntriesByName(given).length > 0";
        self.until("mark labelscope:ready", script, json!(READY)).await;
        self.settled().await;
    }

    /// Waits until the page holds all that it is to hold: rows and sections follow one another from frame to frame.
    pub async fn settled(&self) {
        let began = Instant::now();
        let elements = "return document.getElementsByTagName('*').length";
        let mut before = Value::Null;
        loop {
            let now = self.ask(elements, json!(null)).await;
            if now == before {
                return;
            }
            assert!(began.elapsed() < PATIENCE, "the page never holds all");
            before = now;
            self.frames(4).await;
        }
    }

    /// Waits for the download of this name; gives its bytes.
    pub async fn downloaded(&self, name: &str) -> Vec<u8> {
        let path = self.downloads.join(name);
        self.until_true(&format!("download of {name}"), || is_whole(&path)).await;
        std::fs::read(path).expect("a download")
    }
}

/// Whether a download is all there. Firefox takes the name at once, and writes beside it.
pub fn is_whole(path: &Path) -> bool {
    let mut partial = path.as_os_str().to_owned();
    partial.push(".part");
    path.metadata().is_ok_and(|file| file.len() > 0) && !Path::new(&partial).exists()
}

impl Page {
    /// Fails if the key is anywhere that outlives or leaves the page.
    pub async fn keeps_to_itself(&self, key: &str) {
        let script =
            "return JSON.stringify([location.href, document.title, {...localStorage}, {...sessionStorage},
            document.cookie, document.documentElement.outerHTML, history.state])";
        let everything = self.ask(script, json!(null)).await;
        assert!(!everything.as_str().unwrap().contains(key), "the key got out: {everything}");
        assert!(!format!("{:?}", self.console().await).contains(key), "the key stands on the console");
        for seen in self.server.seen() {
            let elsewhere = seen.headers.iter().filter(|(name, _)| *name != "authorization");
            let elsewhere: Vec<_> = elsewhere.map(|(_, value)| value).chain([&seen.path]).collect();
            assert!(!elsewhere.iter().any(|value| value.contains(key)), "the key went out in {elsewhere:?}");
        }
    }
}

impl Page {
    /// Waits until these words stand in the inspector.
    pub async fn see_in_inspector(&self, words: &str) {
        let script = "return words(document.querySelector('.inspect')).includes(given)";
        self.until(&format!("“{words}” in the inspector"), script, json!(words)).await;
    }

    /// Whether these words stand in the inspector now.
    pub async fn shows_in_inspector(&self, words: &str) -> bool {
        let script = "return words(document.querySelector('.inspect')).includes(given)";
        self.ask(script, json!(words)).await == json!(true)
    }
}

impl Page {
    /// What was copied last.
    pub async fn clipboard(&self) -> String {
        if self.browser.engine == Engine::Chromium {
            let grant = json!({ "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"] });
            debug(&self.browser.client, "Browser.grantPermissions", grant).await;
        }
        let text =
            self.until("text that was copied", "return navigator.clipboard.readText()", json!(null)).await;
        text.as_str().unwrap_or_default().to_owned()
    }
}
