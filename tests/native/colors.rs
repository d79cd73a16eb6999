//! The colours of the style sheet: how far labels are apart for whoever sees fewer colours or none, and whether what is
//! drawn and written stands out from what it stands on. Computed from the very lines of `style/tokens.css`.

#![allow(clippy::unwrap_used, reason = "a style sheet that cannot be read fails the test")]

use std::array::from_fn;
use std::collections::HashMap;
use std::fmt::Write;
use std::path::Path;

/// How many labels have a colour of their own.
const LABELS: usize = 12;

/// The difference in OKLab that is just noticeable, as CSS Color Module Level 4 has it for mapping gamuts.
const NOTICEABLE: f64 = 0.02;
/// How far any two labels are apart, at least.
const ANY_TWO: f64 = 3.0 * NOTICEABLE;
/// How far labels are apart that stand next to each other in the schema, at least.
const NEIGHBOURS: f64 = 5.0 * NOTICEABLE;
/// How far those are apart in lightness alone, at least: in greyscale.
const NEIGHBOURS_IN_GREY: f64 = 3.0 * NOTICEABLE;

/// Contrast that WCAG 2.2 asks of what has to be seen to understand a drawing (1.4.11) and of text (1.4.3).
const OF_GRAPHICS: f64 = 3.0;
const OF_TEXT: f64 = 4.5;

/// What bars, chips and text stand on.
const GROUNDS: [&str; 7] = ["surface", "bg", "sunken", "raised", "hover", "wash", "wash-2"];

type Vector = [f64; 3];
type Matrix = [Vector; 3];

/// What each kind of eye makes of linear sRGB. The three dichromacies are those of Machado, Oliveira and Fernandes, "A
/// Physiologically-based Model for Simulation of Color Vision Deficiency" (IEEE TVCG 15, 2009), at full severity.
const EYES: [(&str, Matrix); 4] = [
    ("three cones", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
    (
        "protanopia",
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    ),
    (
        "deuteranopia",
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    ),
    (
        "tritanopia",
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
    ),
];

#[test]
fn labels_are_apart_for_every_kind_of_eye() {
    let mut near = String::new();
    for (theme, colors) in themes() {
        let labels = labels(&colors);
        for (eye, matrix) in EYES {
            let seen = labels.map(|label| oklab(clipped(times(&matrix, label))));
            for (one, other) in pairs() {
                let needed = if other - one == 1 { NEIGHBOURS } else { ANY_TWO };
                let apart = distance(seen[one], seen[other]);
                if apart < needed {
                    writeln!(near, "{theme}, {eye}: labels {} and {}: {apart:.3}", one + 1, other + 1)
                        .unwrap();
                }
            }
        }
    }
    assert_eq!(near, "", "nearer than {ANY_TWO}, neighbours than {NEIGHBOURS}");
}

#[test]
fn neighbours_are_apart_in_greyscale() {
    let mut near = String::new();
    for (theme, colors) in themes() {
        let lightness = labels(&colors).map(|label| oklab([luminance(label); 3])[0]);
        for (place, pair) in lightness.windows(2).enumerate() {
            let apart = (pair[0] - pair[1]).abs();
            if apart < NEIGHBOURS_IN_GREY {
                writeln!(near, "{theme}: labels {} and {}: {apart:.3}", place + 1, place + 2).unwrap();
            }
        }
    }
    assert_eq!(near, "", "nearer than {NEIGHBOURS_IN_GREY}");
}

#[test]
fn what_is_drawn_and_written_stands_out() {
    let mut weak = String::new();
    let mut check = |theme: &str, colors: &HashMap<String, Vector>, name: &str, ground: &str, needed: f64| {
        let contrast = contrast(colors[name], colors[ground]);
        if contrast < needed {
            writeln!(weak, "{theme}: --{name} on --{ground}: {contrast:.2}, needs {needed}").unwrap();
        }
    };
    for (theme, colors) in themes() {
        for ground in GROUNDS {
            for label in (1..=LABELS).map(|number| number.to_string()).chain(["x".to_owned()]) {
                check(theme, &colors, &format!("label-{label}"), ground, OF_GRAPHICS);
            }
            for ink in ["ink", "ink-2", "ink-3"] {
                check(theme, &colors, ink, ground, OF_TEXT);
            }
            check(theme, &colors, "accent", ground, OF_GRAPHICS);
        }
        for ground in ["surface", "bg", "sunken", "raised"] {
            check(theme, &colors, "edge", ground, OF_GRAPHICS);
            check(theme, &colors, "danger", ground, OF_TEXT);
        }
        for ink in ["ink", "ink-2", "ink-3"] {
            check(theme, &colors, ink, "seg", OF_TEXT);
            check(theme, &colors, ink, "seg-on", OF_TEXT);
        }
        check(theme, &colors, "on-ink", "ink", OF_TEXT);
        // The sign of a verdict in its box, and a link.
        check(theme, &colors, "surface", "ink-2", OF_TEXT);
        check(theme, &colors, "accent", "surface", OF_TEXT);
        check(theme, &colors, "ink", "accent-2", OF_TEXT);
    }
    assert_eq!(weak, "");
}

#[test]
fn the_arithmetic_gives_published_values() {
    let near =
        |got: Vector, known: Vector| got.iter().zip(known).all(|(got, known)| (got - known).abs() < 2e-3);
    // sRGB's red in OKLCH.
    assert!(near(linear([0.62796, 0.25768, 29.234]), [1.0, 0.0, 0.0]));
    assert!(near(oklab([1.0, 1.0, 1.0]), [1.0, 0.0, 0.0]));
    assert!((contrast([1.0; 3], [0.0; 3]) - 21.0).abs() < 1e-9);
    for (eye, matrix) in EYES {
        assert!(near(times(&matrix, [0.5; 3]), [0.5; 3]), "{eye}: grey stays grey");
    }
}

fn pairs() -> impl Iterator<Item = (usize, usize)> {
    (0..LABELS).flat_map(|one| (one + 1..LABELS).map(move |other| (one, other)))
}

fn labels(colors: &HashMap<String, Vector>) -> [Vector; LABELS] {
    from_fn(|place| colors[&format!("label-{}", place + 1)])
}

/// The tokens that are one colour, by theme and name, in linear sRGB as a screen of that gamut shows them.
fn themes() -> [(&'static str, HashMap<String, Vector>); 2] {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../style/tokens.css");
    let css = std::fs::read_to_string(path).unwrap();
    let tokens: Vec<(String, [Vector; 2])> = css.lines().filter_map(token).collect();
    ["light", "dark"].map(|theme| {
        let place = usize::from(theme == "dark");
        (theme, tokens.iter().map(|(name, both)| (name.clone(), clipped(linear(both[place])))).collect())
    })
}

/// `--name: light-dark(oklch(L C H), oklch(L C H));` without an alpha.
fn token(line: &str) -> Option<(String, [Vector; 2])> {
    let (name, value) = line.trim().strip_prefix("--")?.split_once(':')?;
    let (value, _) = value.trim().strip_prefix("light-dark(oklch(")?.split_once("));")?;
    let (light, dark) = value.split_once("), oklch(")?;
    Some((name.to_owned(), [numbers(light)?, numbers(dark)?]))
}

fn numbers(words: &str) -> Option<Vector> {
    let numbers: Vec<f64> = words.split(' ').map(str::parse).collect::<Result<_, _>>().ok()?;
    numbers.try_into().ok()
}

/// OKLCH to linear sRGB, by Ottosson's matrices.
fn linear([lightness, chroma, hue]: Vector) -> Vector {
    let (a, b) = (chroma * hue.to_radians().cos(), chroma * hue.to_radians().sin());
    let cones = [
        lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b,
        lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b,
        lightness - 0.089_484_177_5 * a - 1.291_485_548_0 * b,
    ];
    times(
        &[
            [4.076_741_662_1, -3.307_711_591_3, 0.230_969_929_2],
            [-1.268_438_004_6, 2.609_757_401_1, -0.341_319_396_5],
            [-0.004_196_086_3, -0.703_418_614_7, 1.707_614_701_0],
        ],
        cones.map(|cone| cone.powi(3)),
    )
}

/// Linear sRGB to OKLab.
fn oklab(color: Vector) -> Vector {
    let cones = times(
        &[
            [0.412_221_470_8, 0.536_332_536_3, 0.051_445_992_9],
            [0.211_903_498_2, 0.680_699_545_1, 0.107_396_956_6],
            [0.088_302_461_9, 0.281_718_837_6, 0.629_978_700_5],
        ],
        color,
    );
    times(
        &[
            [0.210_454_255_3, 0.793_617_785_0, -0.004_072_046_8],
            [1.977_998_495_1, -2.428_592_205_0, 0.450_593_709_9],
            [0.025_904_037_1, 0.782_771_766_2, -0.808_675_766_0],
        ],
        cones.map(f64::cbrt),
    )
}

fn times(matrix: &Matrix, vector: Vector) -> Vector {
    matrix.map(|row| row.iter().zip(vector).map(|(factor, value)| factor * value).sum())
}

fn clipped(color: Vector) -> Vector {
    color.map(|value| value.clamp(0.0, 1.0))
}

fn distance(one: Vector, other: Vector) -> f64 {
    one.iter().zip(other).map(|(one, other)| (one - other).powi(2)).sum::<f64>().sqrt()
}

/// The relative luminance of WCAG.
fn luminance([red, green, blue]: Vector) -> f64 {
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

fn contrast(one: Vector, other: Vector) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}
