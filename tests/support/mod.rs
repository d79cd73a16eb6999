//! What tests share: a real HTTP server for journeys and the bench (the bundle with its headers, and an API that can
//! misbehave), and exports, some of which native tests read as well.
//!
//! Belongs here: what is answered, byte for byte, and what was asked. Does not belong here: anything of a browser.

pub mod answer;
pub mod bundle;
pub mod exports;
pub mod generated;
pub mod hostile;
pub mod later;
pub mod server;
pub mod vocabulary;
