//! A picture as a file: at most 256 colours, and a third of the bytes.

use image::{Rgb, RgbImage};
use std::collections::{HashMap, HashSet};
use std::path::Path;

/// Writes a picture. The colours that most pixels have stay exact, all others become the nearest of them.
pub fn write(path: &Path, picture: &RgbImage) {
    let mut counts: HashMap<Rgb<u8>, usize> = HashMap::new();
    picture.pixels().for_each(|pixel| *counts.entry(*pixel).or_default() += 1);
    let mut colors: Vec<(Rgb<u8>, usize)> = counts.into_iter().collect();
    colors.sort_by_key(|(color, count)| (std::cmp::Reverse(*count), color.0));
    let palette = palette(colors.into_iter().take(256).map(|(color, _)| color).collect());
    let mut places: HashMap<Rgb<u8>, u8> = HashMap::new();
    let mut place = |color: &Rgb<u8>| *places.entry(*color).or_insert_with(|| nearest(&palette, color));
    let pixels: Vec<u8> = picture.pixels().map(&mut place).collect();

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

/// A picture with each of its colours as it would be in a stored one: the same picture becomes the same.
pub fn as_stored(stored: &RgbImage, picture: &RgbImage) -> RgbImage {
    let palette = palette(stored.pixels().copied().collect());
    let mut colors: HashMap<Rgb<u8>, Rgb<u8>> = HashMap::new();
    let mut seen = picture.clone();
    for pixel in seen.pixels_mut() {
        let color = colors.entry(*pixel).or_insert_with(|| palette[usize::from(nearest(&palette, pixel))]);
        *pixel = *color;
    }
    seen
}

/// The colours in an order that depends on nothing but them: of two that are as near, the same is taken each time.
fn palette(colors: HashSet<Rgb<u8>>) -> Vec<Rgb<u8>> {
    let mut palette: Vec<Rgb<u8>> = colors.into_iter().collect();
    palette.sort_by_key(|color| color.0);
    palette
}

/// The place of the colour that is least far.
fn nearest(palette: &[Rgb<u8>], color: &Rgb<u8>) -> u8 {
    let distance = |other: &Rgb<u8>| -> u32 {
        color.0.iter().zip(other.0).map(|(one, other)| u32::from(one.abs_diff(other)).pow(2)).sum()
    };
    let found = palette.iter().enumerate().min_by_key(|(_, other)| distance(other));
    found.and_then(|(at, _)| u8::try_from(at).ok()).unwrap_or_default()
}
