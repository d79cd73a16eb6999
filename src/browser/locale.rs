//! Numbers, sizes and dates as the reader's own browser writes them.

use js_sys::{Array, Date, Function, Intl, Object, Reflect};
use wasm_bindgen::JsValue;

thread_local! {
    // Making a formatter takes far longer than using it.
    static COUNT: Function = number_format(&[]);
    static PERCENT: Function = number_format(&[("style", "percent".into())]);
    static BYTES: Function = size_format("byte", "long", 0);
    static KILOBYTES: Function = size_format("kilobyte", "short", 1);
    static MEGABYTES: Function = size_format("megabyte", "short", 1);
    static GIGABYTES: Function = size_format("gigabyte", "short", 1);
    static FIGURE: Function =
        number_format(&[("minimumFractionDigits", 3.into()), ("maximumFractionDigits", 3.into())]);
}

/// A count, digits grouped.
pub fn count(count: u64) -> String {
    // As a BigInt, so that no digit is lost.
    COUNT.with(|format| apply(format, &JsValue::from(count))).unwrap_or_else(|| count.to_string())
}

/// A figure to three places: `0.514`, `0,514`.
pub fn figure(figure: f64) -> String {
    FIGURE.with(|format| apply(format, &JsValue::from(figure))).unwrap_or_else(|| format!("{figure:.3}"))
}

/// A number of things: `1 message`, `1,204 messages`.
pub fn counted(number: u64, one: &str, many: &str) -> String {
    format!("{} {}", count(number), if number == 1 { one } else { many })
}

/// A size in bytes, rounded to what a person compares: `318 bytes`, `4.2 MB`. Units are powers of 1,000.
pub fn bytes(size: u64) -> String {
    let (divisor, format) = match size {
        0..1_000 => (1.0, &BYTES),
        1_000..1_000_000 => (1e3, &KILOBYTES),
        1_000_000..1_000_000_000 => (1e6, &MEGABYTES),
        _ => (1e9, &GIGABYTES),
    };
    let written = format.with(|format| apply(format, &JsValue::from(size as f64 / divisor)));
    written.unwrap_or_else(|| format!("{size} bytes"))
}

/// A fraction from 0 to 1 in whole percent.
pub fn percent(fraction: f64) -> String {
    PERCENT
        .with(|format| apply(format, &JsValue::from(fraction)))
        .unwrap_or_else(|| format!("{:.0} %", fraction * 100.0))
}

/// A moment, from its RFC 3339 text, in the reader's own time zone; where the text names no zone, as it stands, without
/// one. `None` where it is no date.
pub fn moment(text: &str) -> Option<String> {
    let has_time = text.len() > 10;
    let has_zone = text.ends_with(['Z', 'z']) || text.rfind(['+', '-']).is_some_and(|at| at > 10);
    let milliseconds =
        if has_time && !has_zone { Date::parse(&format!("{text}Z")) } else { Date::parse(text) };
    if milliseconds.is_nan() {
        return None;
    }
    let mut options = vec![("day", "numeric"), ("month", "long"), ("year", "numeric")];
    if has_time {
        options.extend([("hour", "2-digit"), ("minute", "2-digit")]);
    }
    options.push(if has_zone { ("timeZoneName", "short") } else { ("timeZone", "UTC") });
    let options = options.into_iter().map(|(name, value)| (name, value.into())).collect::<Vec<_>>();
    let format = Intl::DateTimeFormat::new(&Array::new(), &plain_object(&options)).format();
    apply(&format, &Date::new(&JsValue::from(milliseconds)))
}

fn number_format(options: &[(&str, JsValue)]) -> Function {
    Intl::NumberFormat::new(&Array::new(), &plain_object(options)).format()
}

/// Writes sizes in one unit, with at most so many digits after the point.
fn size_format(unit: &str, display: &str, digits: u8) -> Function {
    number_format(&[
        ("style", "unit".into()),
        ("unit", unit.into()),
        ("unitDisplay", display.into()),
        ("maximumFractionDigits", digits.into()),
    ])
}

fn plain_object(properties: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    for (name, value) in properties {
        // Setting a property of a plain new object does not fail.
        let _ = Reflect::set(&object, &(*name).into(), value);
    }
    object
}

fn apply(format: &Function, value: &JsValue) -> Option<String> {
    format.call1(&JsValue::UNDEFINED, value).ok()?.as_string()
}
