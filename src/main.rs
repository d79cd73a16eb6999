//! Entry: mounts the app. The bundle is made from this binary.

#[cfg(target_arch = "wasm32")]
fn main() {
    console_error_panic_hook::set_once();
    leptos::mount::mount_to_body(labelscope::ui::App);
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    // The app runs in a browser only; `cargo xtask serve` builds and serves it.
}
