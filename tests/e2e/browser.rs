//! A browser by its driver: started, steered, closed. Does not belong here: anything of the app.

use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Map, Value, json};
use std::ffi::OsString;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::process::{Child, Command};

/// What draws the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Chromium, by `chromedriver` or what `CHROMEDRIVER` names.
    Chromium,
    /// Firefox, by `geckodriver` or what `GECKODRIVER` names.
    #[allow(dead_code, reason = "the bench alone uses it")]
    Firefox,
}

impl Engine {
    fn driver(self) -> OsString {
        let (variable, program) = match self {
            Engine::Chromium => ("CHROMEDRIVER", "chromedriver"),
            Engine::Firefox => ("GECKODRIVER", "geckodriver"),
        };
        std::env::var_os(variable).unwrap_or_else(|| program.into())
    }

    fn capabilities(self, downloads: &Path) -> Map<String, Value> {
        let value = match self {
            Engine::Chromium => json!({
                "browserName": "chrome",
                "goog:loggingPrefs": { "browser": "ALL" },
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
                    },
                },
            }),
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

/// A browser with its driver.
pub struct Browser {
    /// Speaks to the driver.
    pub client: Client,
    driver: Child,
}

impl Browser {
    /// Starts one that puts downloads into a folder.
    pub async fn start(engine: Engine, downloads: &Path) -> Self {
        let port = free_port().await;
        let mut command = Command::new(engine.driver());
        command.arg(format!("--port={port}")).stdout(Stdio::null()).stderr(Stdio::null()).kill_on_drop(true);
        let driver = command.spawn().expect("the browser's driver to start");
        assert!(wait_for(port).await, "the driver does not listen");
        let capabilities = engine.capabilities(downloads);
        let mut builder = ClientBuilder::new(HttpConnector::new());
        let client = builder
            .capabilities(capabilities)
            .connect(&format!("http://127.0.0.1:{port}"))
            .await
            .expect("a browser");
        Browser { client, driver }
    }

    /// Ends both.
    pub async fn close(self) {
        let Browser { client, mut driver } = self;
        // A browser that crashed cannot be asked to end.
        client.close().await.ok();
        driver.kill().await.ok();
    }
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

/// One line of the browser's console.
#[derive(Clone, Debug)]
pub struct Line {
    /// `SEVERE`, `WARNING`, `INFO` or `DEBUG`.
    pub level: String,
    /// Where it comes from and what it says.
    pub message: String,
}

/// What was written to the console since this was asked last.
pub async fn console(client: &Client) -> Vec<Line> {
    let log = client.issue_cmd(Own { path: "se/log", body: json!({ "type": "browser" }) }).await;
    let lines = log.expect("the console's log");
    let lines = lines.as_array().cloned().unwrap_or_default();
    let text = |line: &Value, key: &str| line[key].as_str().unwrap_or_default().to_owned();
    lines.iter().map(|line| Line { level: text(line, "level"), message: text(line, "message") }).collect()
}
