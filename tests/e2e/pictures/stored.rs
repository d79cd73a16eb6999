//! A picture as a file: at most 256 colours, which a page hardly passes, and a third of the bytes.

use image::{Rgb, RgbImage};
use std::collections::HashMap;
use std::path::Path;

/// Writes a picture. The colours that most pixels have stay exact, all others become the nearest of them.
pub fn write(path: &Path, picture: &RgbImage) {
    let mut counts: HashMap<Rgb<u8>, usize> = HashMap::new();
    picture.pixels().for_each(|pixel| *counts.entry(*pixel).or_default() += 1);
    let mut colors: Vec<(Rgb<u8>, usize)> = counts.into_iter().collect();
    // In an order that is the same each time.
    colors.sort_by_key(|(color, count)| (std::cmp::Reverse(*count), color.0));
    let palette: Vec<Rgb<u8>> = colors.iter().take(256).map(|(color, _)| *color).collect();
    let places: HashMap<Rgb<u8>, u8> =
        colors.iter().map(|(color, _)| (*color, nearest(&palette, color))).collect();
    let pixels: Vec<u8> = picture.pixels().map(|pixel| places[pixel]).collect();

    let file = std::fs::File::create(path).expect("a file for a picture");
    let mut encoder = png::Encoder::new(std::io::BufWriter::new(file), picture.width(), picture.height());
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_palette(palette.iter().flat_map(|color| color.0).collect::<Vec<u8>>());
    encoder.set_compression(png::Compression::High);
    // Places in a palette are no neighbours of each other.
    encoder.set_filter(png::Filter::NoFilter);
    let mut writer = encoder.write_header().expect("the head of a picture");
    writer.write_image_data(&pixels).expect("a picture");
    writer.finish().expect("the end of a picture");
}

/// The place of the colour that is least far.
fn nearest(palette: &[Rgb<u8>], color: &Rgb<u8>) -> u8 {
    let distance = |other: &Rgb<u8>| -> u32 {
        color.0.iter().zip(other.0).map(|(one, other)| u32::from(one.abs_diff(other)).pow(2)).sum()
    };
    let found = palette.iter().enumerate().min_by_key(|(_, other)| distance(other));
    found.and_then(|(at, _)| u8::try_from(at).ok()).unwrap_or_default()
}
