//! Whether two pictures look alike. Does not belong here: what they are pictures of.

use super::stored::as_stored;
use image::{Rgb, RgbImage};
use std::path::Path;

/// The side of the squares that are looked at one by one, in pixels: what differs in one is not lost in the whole.
const SQUARE: u32 = 96;

/// How far apart two colours may be before a person tells them apart, 1 being black and white.
const APART: f64 = 0.1;

/// How many pixels of a square may be apart. Two runs on one machine make pictures that are the same in every pixel; this is
/// for what another processor rounds otherwise.
const TOLERATED: usize = 12;

/// By how much a picture is not what is stored, if by too much.
pub fn from_stored(stored: &Path, seen: &RgbImage) -> Option<String> {
    match image::open(stored) {
        Ok(stored) => {
            let stored = stored.into_rgb8();
            between(&stored, &as_stored(&stored, seen))
        }
        Err(_) => Some("there is no stored picture".to_owned()),
    }
}

/// By how much two pictures differ, if by too much: where most.
fn between(one: &RgbImage, other: &RgbImage) -> Option<String> {
    if one.dimensions() != other.dimensions() {
        return Some(format!("is {:?} pixels, stored {:?}", other.dimensions(), one.dimensions()));
    }
    (worst(one, other).0 > TOLERATED).then(|| format!("{}; tolerated are {TOLERATED}", of(one, other)))
}

/// Where two pictures of one size differ most.
pub fn of(one: &RgbImage, other: &RgbImage) -> String {
    let (count, x, y) = worst(one, other);
    format!("{count} pixels look otherwise in the square at {x}, {y}")
}

/// The square in which most pixels are apart: how many, and its corner.
fn worst(one: &RgbImage, other: &RgbImage) -> (usize, u32, u32) {
    let across = one.width().div_ceil(SQUARE) as usize;
    let mut counts = vec![0; across * one.height().div_ceil(SQUARE) as usize];
    for ((x, y, pixel), there) in one.enumerate_pixels().zip(other.pixels()) {
        if pixel != there && are_apart(pixel, there) {
            counts[(y / SQUARE) as usize * across + (x / SQUARE) as usize] += 1;
        }
    }
    let corner = |at: usize| ((at % across) as u32 * SQUARE, (at / across) as u32 * SQUARE);
    let most = counts.iter().enumerate().max_by_key(|(_, count)| **count);
    most.map_or((0, 0, 0), |(at, count)| (*count, corner(at).0, corner(at).1))
}

/// Whether a person tells two colours apart: their distance in YIQ, weighted as by Kotsarenko and Ramos (2010).
fn are_apart(one: &Rgb<u8>, other: &Rgb<u8>) -> bool {
    let [r, g, b] = [0, 1, 2].map(|at| (f64::from(one[at]) - f64::from(other[at])) / 255.0);
    let y = 0.298_895_31 * r + 0.586_622_47 * g + 0.114_482_23 * b;
    let i = 0.595_977_99 * r - 0.274_171_6 * g - 0.321_801_89 * b;
    let q = 0.211_470_17 * r - 0.522_617_11 * g + 0.311_146_94 * b;
    (0.5053 * y * y + 0.299 * i * i + 0.1957 * q * q) / 0.5053 > APART * APART
}

#[cfg(test)]
mod tests {
    use super::super::folder;
    use super::*;
    use image::imageops;

    /// A stored picture of a page with text, marks and chips.
    fn stored() -> Option<RgbImage> {
        image::open(folder().join("conversations-tracks-light-1440.png"))
            .ok()
            .map(image::DynamicImage::into_rgb8)
    }

    /// The same with a part of it changed.
    fn changed(picture: &RgbImage, part: (u32, u32, u32, u32), change: impl Fn(&mut RgbImage)) -> RgbImage {
        let (x, y, width, height) = part;
        let mut cut = imageops::crop_imm(picture, x, y, width, height).to_image();
        change(&mut cut);
        let mut whole = picture.clone();
        imageops::replace(&mut whole, &cut, x.into(), y.into());
        whole
    }

    #[test]
    fn what_a_person_would_see_is_seen() {
        let Some(picture) = stored() else {
            eprintln!("skipped: what_a_person_would_see_is_seen: no pictures are stored");
            return;
        };
        assert_eq!(between(&picture, &picture), None);
        // Lines of text in the middle of the page.
        let line = (420, 120, 540, 300);
        let lower = changed(&picture, line, |cut| {
            let copy = cut.clone();
            imageops::replace(cut, &copy, 0, 1);
        });
        assert!(between(&picture, &lower).is_some(), "a line of text lower by a pixel");
        let aside = changed(&picture, line, |cut| {
            let copy = cut.clone();
            imageops::replace(cut, &copy, 1, 0);
        });
        assert!(between(&picture, &aside).is_some(), "words a pixel to the right");
        // No more than a chip of a label: 8 by 8 pixels of another hue, of about the same lightness.
        let chip =
            changed(&picture, (700, 500, 8, 8), |cut| cut.pixels_mut().for_each(|p| *p = Rgb([76, 83, 166])));
        let other =
            changed(&picture, (700, 500, 8, 8), |cut| cut.pixels_mut().for_each(|p| *p = Rgb([32, 110, 90])));
        assert!(between(&chip, &other).is_some(), "another colour of a chip");
        // What nobody sees: each channel one step off, as another processor may round it.
        let rounded = changed(&picture, (0, 0, 1440, 900), |cut| {
            cut.pixels_mut().for_each(|p| p.0 = p.0.map(|channel| channel.saturating_sub(1)));
        });
        assert_eq!(between(&picture, &rounded), None);
    }
}
