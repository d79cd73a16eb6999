//! The page that is measured, by its driver. Does not belong here: what is measured.

use super::browser::{Browser, Engine, debug};
use super::input::Input;
use super::support::answer::Answer;
use super::support::bundle::{Bundle, folder};
use super::support::server::Server;
use fantoccini::wd::TimeoutConfiguration;
use labelscope_generator::PROJECT;
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;

/// A browser, and the server that it measures.
pub struct Page {
    engine: Engine,
    server: Server,
    browser: Browser,
}

impl Page {
    /// Starts both.
    pub async fn start(engine: Engine) -> Self {
        let bundle = Bundle::read(&folder().expect("LABELSCOPE_DIST"));
        let bundle = bundle.with("/bench.js", include_str!("page.js"));
        let server = Server::start(Arc::new(bundle)).await;
        let browser = Browser::start(engine, &std::env::temp_dir()).await;
        let patience = Some(Duration::from_secs(300));
        let timeouts = TimeoutConfiguration::new(patience, patience, None);
        browser.client.update_timeouts(timeouts).await.expect("timeouts");
        Page { engine, server, browser }
    }

    /// The app anew, with nothing open, and this export as the one that the API answers with.
    pub async fn fresh(&self, input: &Input) {
        self.server.on(PROJECT, Answer::json(input.bytes.clone()).with("cache-control", "no-store"));
        let client = &self.browser.client;
        client.goto("about:blank").await.expect("a blank page");
        client.goto(&self.server.origin).await.expect("the page");
        let load = "const done = arguments[0]; const script = document.createElement('script');
            script.src = '/bench.js'; script.onload = () => done(null); document.head.append(script);";
        client.execute_async(load, vec![]).await.expect("the bench's script");
        let ready = "const done = arguments[0];
            const look = () => document.querySelector('main') ? done(null) : setTimeout(look, 20); look();";
        client.execute_async(ready, vec![]).await.expect("the app");
    }

    /// What one of the functions of `page.js` gives.
    pub async fn call(&self, function: &str, given: Value) -> Value {
        let script = format!(
            "const [given, done] = arguments;
            Promise.resolve(window.bench.{function}(given)).then(value => done({{ value }}), error => done({{ error: `${{error}}` }}));"
        );
        let answer = self.browser.client.execute_async(&script, vec![given]).await;
        let answer = answer.unwrap_or_else(|error| panic!("bench.{function}: {error}"));
        if let Some(error) = answer.get("error") {
            panic!("bench.{function}: {error}");
        }
        answer["value"].clone()
    }

    /// Opens the export, with the probe for blocks or without.
    pub async fn open(&self, input: &Input, probing: bool) -> Value {
        let end = input.first_message_end();
        self.call("open", json!({ "project": PROJECT, "firstMessageEnd": end, "probing": probing })).await
    }

    /// Milliseconds that the page's scripts have run so far, where the engine counts them.
    pub async fn script_ms(&self) -> Option<f64> {
        if self.engine != Engine::Chromium {
            return None;
        }
        let client = &self.browser.client;
        debug(client, "Performance.enable", json!({})).await;
        let metrics = debug(client, "Performance.getMetrics", json!({})).await;
        let metrics = metrics["metrics"].as_array()?;
        let script = metrics.iter().find(|metric| metric["name"] == "ScriptDuration")?;
        Some(script["value"].as_f64()? * 1000.0)
    }

    /// Where the export can be fetched, for the floor.
    pub fn export_path() -> String {
        format!("/v1/labeling-projects/{PROJECT}/export")
    }

    /// Ends both.
    pub async fn close(self) {
        self.browser.close().await;
    }
}
