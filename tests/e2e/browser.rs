//! A browser by its driver: started, steered, closed. Does not belong here: anything of the app, and which journeys an
//! engine can walk (`journey`).

use fantoccini::wd::{TimeoutConfiguration, WebDriverCompatibleCommand};
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Map, Value, json};
use std::ffi::OsString;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::process::{Child, Command};

/// What draws the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Chromium, by `chromedriver` or what `CHROMEDRIVER` names.
    Chromium,
    /// Firefox, by `geckodriver` or what `GECKODRIVER` names.
    Firefox,
    /// WebKitGTK, by `WebKitWebDriver` or what `WEBKITDRIVER` names. Its window needs a screen, which `Xvfb` gives it.
    WebKit,
}

impl Engine {
    fn driver(self) -> OsString {
        let (variable, program) = match self {
            Engine::Chromium => ("CHROMEDRIVER", "chromedriver"),
            Engine::Firefox => ("GECKODRIVER", "geckodriver"),
            Engine::WebKit => ("WEBKITDRIVER", "WebKitWebDriver"),
        };
        std::env::var_os(variable).unwrap_or_else(|| program.into())
    }

    fn capabilities(self, downloads: &Path, notes_requests: bool) -> Map<String, Value> {
        let requests = if notes_requests { "ALL" } else { "OFF" };
        let value = match self {
            Engine::Chromium => json!({
                "browserName": "chrome",
                "goog:loggingPrefs": { "browser": "ALL", "performance": requests },
                "goog:chromeOptions": {
                    "args": FLAGS,
                    "prefs": { "download.default_directory": downloads, "download.prompt_for_download": false },
                },
            }),
            Engine::Firefox => json!({
                "browserName": "firefox",
                "moz:firefoxOptions": {
                    "args": ["-headless", "-width", "1440", "-height", "900"],
                    "prefs": {
                        "browser.download.dir": downloads,
                        "browser.download.folderList": 2,
                        // Times in whole milliseconds cannot be compared.
                        "privacy.reduceTimerPrecision": false,
                        // What was copied can be read without asking a person.
                        "dom.events.testing.asyncClipboard": true,
                    },
                },
            }),
            Engine::WebKit => json!({ "browserName": "MiniBrowser" }),
        };
        value.as_object().cloned().unwrap_or_default()
    }
}

/// Flags that keep a browser on its own: no screen, no sandbox (which root may not have), nothing fetched by itself.
const FLAGS: [&str; 10] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-extensions",
    "--no-first-run",
    "--window-size=1440,900",
];

/// How long a script may take. By itself a driver gives up after half a minute, which a check of a whole page or a walk
/// through a conversation may take on a busy machine.
const SCRIPT: Duration = Duration::from_secs(120);

/// A browser with its driver.
pub struct Browser {
    /// What draws the page.
    pub engine: Engine,
    /// Speaks to the driver.
    pub client: Client,
    driver: Child,
    screen: Option<Child>,
}

impl Browser {
    /// Starts one that puts downloads into a folder.
    #[allow(dead_code, reason = "the bench alone uses it")]
    pub async fn start(engine: Engine, downloads: &Path) -> Self {
        Browser::start_noting(engine, downloads, false).await
    }

    /// Starts one that, if told so and if it is Chromium, notes every request that its pages make.
    pub async fn start_noting(engine: Engine, downloads: &Path, notes_requests: bool) -> Self {
        let port = free_port().await;
        let mut command = Command::new(engine.driver());
        command.arg(format!("--port={port}")).stdout(Stdio::null()).stderr(Stdio::null()).kill_on_drop(true);
        let mut screen = None;
        if engine == Engine::WebKit {
            let (process, display) = start_screen().await;
            // Numbers and dates are written as the other engines write them by default.
            command.env("DISPLAY", display).env("LANG", "en_US.UTF-8");
            screen = Some(process);
        }
        let driver = command.spawn().expect("the browser's driver to start");
        assert!(wait_for(port).await, "the driver does not listen");
        let capabilities = engine.capabilities(downloads, notes_requests);
        let mut builder = ClientBuilder::new(HttpConnector::new());
        let client = builder
            .capabilities(capabilities)
            .connect(&format!("http://127.0.0.1:{port}"))
            .await
            .expect("a browser");
        let timeouts = TimeoutConfiguration::new(Some(SCRIPT), None, None);
        client.update_timeouts(timeouts).await.expect("a timeout of scripts");
        if engine == Engine::WebKit {
            client.set_window_size(1440, 900).await.expect("a window of that size");
        }
        Browser { engine, client, driver, screen }
    }

    /// Ends all of it.
    pub async fn close(self) {
        let Browser { client, mut driver, screen, .. } = self;
        // A browser that crashed cannot be asked to end.
        client.close().await.ok();
        driver.kill().await.ok();
        if let Some(mut screen) = screen {
            screen.kill().await.ok();
        }
    }
}

/// A screen that nobody sees, for one browser alone: two would take the keyboard from each other. Its process, which ends
/// when dropped, and its name.
async fn start_screen() -> (Child, String) {
    let mut command = Command::new("Xvfb");
    command.args(["-displayfd", "1", "-nolisten", "tcp", "-screen", "0", "1600x1200x24"]);
    command.stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true);
    let mut process = command.spawn().expect("Xvfb to start");
    let mut lines = BufReader::new(process.stdout.take().expect("its output")).lines();
    let number = lines.next_line().await.expect("the number of a screen").expect("a screen");
    (process, format!(":{}", number.trim()))
}

/// Where nothing listens yet.
pub async fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    listener.local_addr().expect("its address").port()
}

/// Waits until something listens; whether it ever did.
pub async fn wait_for(port: u16) -> bool {
    for _ in 0..600 {
        if TcpStream::connect(("127.0.0.1", port)).await.is_ok() {
            return true;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    false
}

/// A command that is Chromium's own.
#[derive(Debug)]
struct Own {
    path: &'static str,
    body: Value,
}

impl WebDriverCompatibleCommand for Own {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(self.body.to_string()))
    }
}

/// Does what Chromium's debugging protocol calls `command`.
pub async fn debug(client: &Client, command: &str, parameters: Value) -> Value {
    let body = json!({ "cmd": command, "params": parameters });
    client.issue_cmd(Own { path: "goog/cdp/execute", body }).await.expect("a command of the debugger")
}

/// What a driver computes of an element, by a path below the element's own.
#[derive(Debug)]
struct Computed {
    element: String,
    what: &'static str,
}

impl WebDriverCompatibleCommand for Computed {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        let (session, element, what) = (session.unwrap_or_default(), &self.element, self.what);
        base.join(&format!("session/{session}/element/{element}/{what}"))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::GET, None)
    }
}

/// The role and the name that assistive technology is told of the first element that a selector finds.
pub async fn role_and_name(client: &Client, selector: &str) -> (String, String) {
    let element =
        client.find(Locator::Css(selector)).await.unwrap_or_else(|error| panic!("{selector}: {error}"));
    let mut computed = ["computedrole", "computedlabel"].map(|what| (what, String::new()));
    for (what, value) in &mut computed {
        let command = Computed { element: element.element_id().to_string(), what };
        let answer = client.issue_cmd(command).await.unwrap_or_else(|error| panic!("{what}: {error}"));
        *value = answer.as_str().unwrap_or_default().trim().to_owned();
    }
    let [(_, role), (_, name)] = computed;
    (role, name)
}

/// One line of the browser's console.
#[derive(Clone, Debug)]
pub struct Line {
    /// `SEVERE`, `WARNING`, `INFO` or `DEBUG`.
    pub level: String,
    /// Where it comes from and what it says.
    pub message: String,
}

async fn log(client: &Client, kind: &str) -> Vec<Value> {
    let log = client.issue_cmd(Own { path: "se/log", body: json!({ "type": kind }) }).await;
    log.expect("a log of the browser").as_array().cloned().unwrap_or_default()
}

/// The address of every request that was begun since this was asked last, whether it was let through or not, by a
/// Chromium that notes them.
#[allow(dead_code, reason = "the bench does not use it")]
pub async fn requests(client: &Client) -> Vec<String> {
    let lines = log(client, "performance").await;
    let events = lines.iter().filter_map(|line| serde_json::from_str(line["message"].as_str()?).ok());
    let address = |event: Value| {
        let event = &event["message"];
        let address = match event["method"].as_str()? {
            "Network.requestWillBeSent" => &event["params"]["request"]["url"],
            "Network.webSocketCreated" | "Network.webTransportCreated" => &event["params"]["url"],
            _ => return None,
        };
        address.as_str().map(str::to_owned)
    };
    events.filter_map(address).collect()
}

/// Where a page keeps what is written to its console, for engines whose driver does not tell.
pub const CONSOLE: &str = include_str!("console.js");

/// What was written to the console since this was asked last.
pub async fn console(browser: &Browser) -> Vec<Line> {
    let client = &browser.client;
    let lines = match browser.engine {
        Engine::Chromium => log(client, "browser").await,
        // A page that keeps nothing is none of ours.
        Engine::Firefox | Engine::WebKit => {
            let script = "const kept = localStorage.getItem('console'); localStorage.removeItem('console');
                return JSON.parse(kept ?? '[]')";
            let lines = client.execute(script, vec![]).await.unwrap_or_default();
            lines.as_array().cloned().unwrap_or_default()
        }
    };
    let text = |line: &Value, key: &str| line[key].as_str().unwrap_or_default().to_owned();
    lines.iter().map(|line| Line { level: text(line, "level"), message: text(line, "message") }).collect()
}
