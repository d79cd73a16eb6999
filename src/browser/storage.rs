//! What the browser remembers: for good (`localStorage`) or as long as the tab (`sessionStorage`). A browser may have
//! neither; then nothing is remembered and nothing else happens.

use web_sys::Storage;

/// For how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// Until the person clears it.
    ForGood,
    /// Until the tab is closed.
    ForThisTab,
}

/// What is remembered under `name`.
pub fn read(kept: Kept, name: &str) -> Option<String> {
    storage(kept)?.get_item(name).ok().flatten()
}

/// Remembers `value` under `name`; `None` forgets it.
pub fn write(kept: Kept, name: &str, value: Option<&str>) {
    if let Some(storage) = storage(kept) {
        let _ = match value {
            Some(value) => storage.set_item(name, value),
            None => storage.remove_item(name),
        };
    }
}

/// Forgets everything whose name begins so.
pub fn forget(kept: Kept, beginning: &str) {
    let Some(storage) = storage(kept) else { return };
    let count = storage.length().unwrap_or_default();
    // All names first: they move up where one is taken away.
    let names: Vec<String> = (0..count).filter_map(|at| storage.key(at).ok().flatten()).collect();
    for name in names.iter().filter(|name| name.starts_with(beginning)) {
        let _ = storage.remove_item(name);
    }
}

fn storage(kept: Kept) -> Option<Storage> {
    let window = web_sys::window()?;
    match kept {
        Kept::ForGood => window.local_storage(),
        Kept::ForThisTab => window.session_storage(),
    }
    .ok()
    .flatten()
}
