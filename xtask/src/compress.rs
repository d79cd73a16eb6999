//! Compressing as hosts do, at its best since it is done once. Does not belong here: which files.

use anyhow::Result;
use std::io::Write;

/// What the names of compressed copies end in, after a dot.
pub(crate) const ENDINGS: [&str; 2] = ["br", "gz"];

/// The compressed copies of a file that are smaller than it, each with the ending of its name.
pub(crate) fn compressed(bytes: &[u8]) -> Result<Vec<(&'static str, Vec<u8>)>> {
    let [br, gz] = ENDINGS;
    let mut copies = vec![(br, brotli(bytes)?), (gz, gzip(bytes)?)];
    copies.retain(|(_, copy)| copy.len() < bytes.len());
    Ok(copies)
}

/// As gzip.
pub(crate) fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

/// As brotli.
pub(crate) fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    let buffer = 64 * 1024;
    let mut encoder = brotli::CompressorWriter::new(&mut out, buffer, 11, 22);
    encoder.write_all(bytes)?;
    encoder.flush()?;
    drop(encoder);
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn copies_hold_the_same_and_are_smaller() {
        let bytes = b"tablet of the leaflet, ".repeat(40);
        let copies = compressed(&bytes).unwrap();
        assert_eq!(copies.iter().map(|(ending, _)| *ending).collect::<Vec<_>>(), ENDINGS);
        let (mut br, mut gz) = (Vec::new(), Vec::new());
        brotli::Decompressor::new(copies[0].1.as_slice(), 4_096).read_to_end(&mut br).unwrap();
        flate2::read::GzDecoder::new(copies[1].1.as_slice()).read_to_end(&mut gz).unwrap();
        assert!(br == bytes && gz == bytes);
        assert!(copies.iter().all(|(_, copy)| copy.len() < bytes.len() / 4));
        assert_eq!(compressed(b"x").unwrap(), []);
    }
}
