#![no_main]

use labelscope::state::route::Route;

#[path = "../checks/route.rs"]
mod checks;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| checks::check(bytes));
