//! What the API answers, step by step, so that an answer can be slow, stall, break off or lie.

use super::generated::Generated;
use axum::body::Bytes;
use futures_util::stream::{Stream, unfold};
use std::collections::VecDeque;
use std::io;
use std::ops::Range;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::Notify;

/// One answer.
#[derive(Clone)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// Headers; a `content-length` is sent as it stands here, be it true or not.
    pub headers: Vec<(&'static str, String)>,
    /// The body.
    pub steps: Vec<Step>,
    /// What must happen before the first byte of the head is sent.
    pub after: Option<Gate>,
}

/// One step of a body.
#[derive(Clone)]
pub enum Step {
    /// Sends these bytes.
    Send(Bytes),
    /// Sends these pieces of a generated export.
    Generate(Generated, Range<u32>),
    /// Waits.
    Pause(Duration),
    /// Waits until the gate opens.
    Hold(Gate),
    /// Breaks the connection.
    Break,
}

/// Something that a journey lets happen.
#[derive(Clone, Default)]
pub struct Gate(Arc<Notify>);

impl Gate {
    /// Lets the one who waits, or the next one who will, go on.
    pub fn open(&self) {
        self.0.notify_one();
    }

    /// Waits until it opens.
    pub async fn passed(&self) {
        self.0.notified().await;
    }
}

impl Answer {
    /// An answer of this status, media type and body, with its true length.
    pub fn new(status: u16, content_type: &str, body: impl Into<Bytes>) -> Self {
        let body = body.into();
        let length = body.len().to_string();
        let headers = vec![("content-type", content_type.to_owned()), ("content-length", length)];
        Answer { status, headers, steps: vec![Step::Send(body)], after: None }
    }

    /// An export, or whatever else is sent as one.
    pub fn json(body: impl Into<Bytes>) -> Self {
        Answer::new(200, "application/json", body)
    }

    /// An error in FastAPI's shape.
    pub fn detail(status: u16, detail: &str) -> Self {
        Answer::new(status, "application/json", serde_json::json!({ "detail": detail }).to_string())
    }

    /// A body in steps, without a length unless a header gives one.
    pub fn steps(steps: Vec<Step>) -> Self {
        let headers = vec![("content-type", "application/json".to_owned())];
        Answer { status: 200, headers, steps, after: None }
    }

    /// With one more header, in place of one of the same name.
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.retain(|(known, _)| *known != name);
        self.headers.push((name, value.into()));
        self
    }

    /// Answered once the gate opens.
    pub fn after(mut self, gate: &Gate) -> Self {
        self.after = Some(gate.clone());
        self
    }
}

/// How far a body came.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sent {
    /// Bytes handed to the connection.
    pub bytes: u64,
    /// How it ended; `None` while it goes on.
    pub end: Option<End>,
}

/// How a body ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// All of it was sent.
    Whole,
    /// This server broke it off.
    Broken,
    /// The other side went away before its end.
    Lost,
}

/// The body of an answer as it is sent, and what notes how far it came. Dropped by the connection when that ends.
struct Sending {
    steps: VecDeque<Step>,
    sent: Arc<Mutex<Sent>>,
}

impl Drop for Sending {
    fn drop(&mut self) {
        let mut sent = self.sent.lock().expect("nobody panics with it");
        let end = if self.steps.is_empty() { End::Whole } else { End::Lost };
        sent.end.get_or_insert(end);
    }
}

/// The body that these steps make; `sent` follows it.
pub fn body(steps: Vec<Step>, sent: Arc<Mutex<Sent>>) -> impl Stream<Item = io::Result<Bytes>> {
    unfold(Sending { steps: steps.into(), sent }, |mut sending| async move {
        let item = sending.next().await?;
        Some((item, sending))
    })
}

impl Sending {
    async fn next(&mut self) -> Option<io::Result<Bytes>> {
        loop {
            match self.steps.front_mut()? {
                Step::Send(bytes) => {
                    let bytes = bytes.clone();
                    self.steps.pop_front();
                    return Some(self.send(bytes));
                }
                Step::Generate(export, pieces) => match pieces.next() {
                    Some(piece) => {
                        let bytes = export.piece(piece).into();
                        return Some(self.send(bytes));
                    }
                    None => {
                        self.steps.pop_front();
                    }
                },
                Step::Pause(time) => {
                    tokio::time::sleep(*time).await;
                    self.steps.pop_front();
                }
                Step::Hold(gate) => {
                    gate.clone().passed().await;
                    self.steps.pop_front();
                }
                Step::Break => {
                    self.sent.lock().expect("nobody panics with it").end = Some(End::Broken);
                    return Some(Err(io::ErrorKind::ConnectionAborted.into()));
                }
            }
        }
    }

    fn send(&mut self, bytes: Bytes) -> io::Result<Bytes> {
        self.sent.lock().expect("nobody panics with it").bytes += bytes.len() as u64;
        Ok(bytes)
    }
}
