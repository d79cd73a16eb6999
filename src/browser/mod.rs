//! The browser: the only folder, with `main.rs`, that names web-sys, js-sys, gloo or wasm-bindgen.
