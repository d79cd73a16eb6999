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

fn storage(kept: Kept) -> Option<Storage> {
    let window = web_sys::window()?;
    match kept {
        Kept::ForGood => window.local_storage(),
        Kept::ForThisTab => window.session_storage(),
    }
    .ok()
    .flatten()
}
