//! Exports to answer with: the sample, and the real files beside the checkout.

use super::later::later;
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

/// The id of the sample's project.
pub const SAMPLE_PROJECT: &str = "6f1c2a9e-4b7d-4e35-9a60-2d8f5c3b7e14";

/// The top of the checkout.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Where the sample lies.
pub fn sample_path() -> PathBuf {
    root().join("samples").join("leaflet-assistant.json")
}

/// The bytes of the sample.
pub fn sample() -> Vec<u8> {
    std::fs::read(sample_path()).expect("the sample")
}

/// The sample a day later.
#[allow(dead_code, reason = "the bench does not use it")]
pub fn later_sample() -> Vec<u8> {
    let sample = serde_json::from_slice(&sample()).expect("JSON");
    serde_json::to_vec(&later(sample)).expect("JSON")
}

/// The sample with so much white space after it that a person with a small device is asked about it: 31 MB.
#[allow(dead_code, reason = "the bench does not use it")]
pub fn large_sample() -> Vec<u8> {
    let mut bytes = sample();
    bytes.resize(31_000_000, b' ');
    bytes
}

/// Where a real export lies, compressed; `None` where there are none on this machine.
pub fn real_path(name: &str) -> Option<PathBuf> {
    let path = root().join("../shared/data").join(format!("{name}.json.gz"));
    path.is_file().then_some(path)
}

/// The bytes of a real export, decompressed.
pub fn real(name: &str) -> Option<Vec<u8>> {
    let compressed = std::fs::read(real_path(name)?).expect("a real export");
    let mut bytes = Vec::new();
    GzDecoder::new(compressed.as_slice()).read_to_end(&mut bytes).expect("gzip throughout");
    Some(bytes)
}

/// As gzip.
#[allow(dead_code, reason = "the bench does not use it")]
pub fn compressed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).expect("room in memory");
    encoder.finish().expect("room in memory")
}

/// SHA-256 in hexadecimal digits.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
