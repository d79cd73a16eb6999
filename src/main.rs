//! Entry: mounts the app. The bundle is made from this binary.

#[cfg(target_arch = "wasm32")]
fn main() {
    labelscope::browser::panic::report();
    labelscope::browser::page::remove("boot");
    if let Some(number) = labelscope::browser::random::number() {
        labelscope_core::domain::seed(number);
    }
    leptos::mount::mount_to_body(labelscope::ui::App);
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    // The app runs in a browser only; `cargo xtask serve` builds and serves it.
}
