//! Memory: that of the app, which ends at 4 GiB or sooner, where the browser says so, and that of the device.

/// How much is in use before anyone asks whether there is more, in bytes: most exports never come near it.
const OF_CONCERN: usize = 1 << 30;

/// How much should be left for the next step, in bytes: a list that grows is copied to twice its size.
const RESERVE: usize = 128 << 20;

/// Size of a page of WebAssembly's memory, in bytes.
const PAGE: usize = 64 << 10;

/// Whether there is room to go on. Memory that ends in the middle of a step ends the app.
pub fn has_room() -> bool {
    let in_use = core::arch::wasm32::memory_size::<0>().saturating_mul(PAGE);
    in_use < OF_CONCERN || Vec::<u8>::new().try_reserve_exact(RESERVE).is_ok()
}

/// How much memory the device has, in GiB, where the browser says so: rounded, and no more than 8 or 32.
pub fn of_device() -> Option<f64> {
    let navigator = web_sys::window()?.navigator();
    js_sys::Reflect::get(&navigator, &"deviceMemory".into()).ok()?.as_f64()
}
