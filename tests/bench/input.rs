//! The exports that are measured with. Does not belong here: making them.

use axum::body::Bytes;
use std::path::{Path, PathBuf};

/// An export.
pub struct Input {
    /// What the table calls it.
    pub name: String,
    /// Its bytes.
    pub bytes: Bytes,
}

impl Input {
    /// Its size in megabytes.
    pub fn megabytes(&self) -> f64 {
        self.bytes.len() as f64 / 1e6
    }

    /// How many bytes there are up to the end of the first message.
    pub fn first_message_end(&self) -> usize {
        let key = b"\"messages\":[";
        let start = self.bytes.windows(key.len()).position(|window| window == key).expect("a message");
        let start = start + key.len();
        let (mut depth, mut is_in_string, mut is_escaped) = (0_u32, false, false);
        for (at, byte) in self.bytes.iter().enumerate().skip(start) {
            match byte {
                _ if is_escaped => is_escaped = false,
                b'\\' if is_in_string => is_escaped = true,
                b'"' => is_in_string = !is_in_string,
                b'{' if !is_in_string => depth += 1,
                b'}' if !is_in_string => {
                    depth -= 1;
                    if depth == 0 {
                        return at + 1;
                    }
                }
                _ => {}
            }
        }
        panic!("{} ends within its first message", self.name)
    }
}

/// Where the inputs lie.
fn folder() -> PathBuf {
    std::env::var_os("LABELSCOPE_INPUTS").map(PathBuf::from).expect("LABELSCOPE_INPUTS")
}

/// The input of this name, if it was made.
pub fn named(name: &str) -> Option<Input> {
    read(&folder().join(format!("{name}.json")))
}

/// The inputs that differ in size alone, the smallest first.
pub fn sizes() -> Vec<Input> {
    let files = std::fs::read_dir(folder()).expect("the inputs").map(|file| file.expect("an input").path());
    let of_size = files.filter(|path| path.to_string_lossy().ends_with("MB.json"));
    let mut inputs: Vec<_> = of_size.filter_map(|path| read(&path)).collect();
    inputs.sort_by_key(|input| input.bytes.len());
    inputs
}

fn read(path: &Path) -> Option<Input> {
    let bytes = std::fs::read(path).ok()?;
    let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    Some(Input { name, bytes: bytes.into() })
}
