//! Whole numbers in the ways that JSON can spell them.

/// The whole number that a valid JSON number spells (`12`, `12.0`, `1.2e1`); `None` where it has a fraction or does
/// not fit an `i128` of 36 digits.
pub(super) fn whole_number(text: &str) -> Option<i128> {
    const MOST_DIGITS: usize = 36;
    if text.len() <= 18
        && let Ok(number) = text.parse::<i64>()
    {
        return Some(i128::from(number));
    }
    let (negative, magnitude) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let (mantissa, exponent) = magnitude.split_once(['e', 'E']).unwrap_or((magnitude, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let fraction = fraction.trim_end_matches('0');
    let digits = [whole, fraction].concat();
    let significant = digits.trim_start_matches('0');
    if significant.is_empty() {
        return Some(0);
    }
    let kept = significant.trim_end_matches('0');
    let dropped = i64::try_from(significant.len() - kept.len()).ok()?;
    let zeros = exponent
        .parse::<i64>()
        .ok()?
        .checked_sub(i64::try_from(fraction.len()).ok()?)?
        .checked_add(dropped)?;
    let zeros = u32::try_from(zeros).ok().filter(|zeros| (*zeros as usize) < MOST_DIGITS)?;
    if kept.len() + zeros as usize > MOST_DIGITS {
        return None;
    }
    let number = kept.parse::<i128>().ok()?.checked_mul(10_i128.checked_pow(zeros)?)?;
    Some(if negative { -number } else { number })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_are_exact_in_every_spelling() {
        let cases = [
            ("0", Some(0)),
            ("-0", Some(0)),
            ("0.0e99999999999999999999", Some(0)),
            ("12", Some(12)),
            ("-3.0", Some(-3)),
            ("1.20e1", Some(12)),
            ("1200e-2", Some(12)),
            ("1201e-2", None),
            ("3.5", None),
            ("3.00000000000000000000000000001", None),
            ("9007199254740993.0", Some(9_007_199_254_740_993)),
            ("18446744073709551615", Some(18_446_744_073_709_551_615)),
            ("1e400", None),
            ("1e99999999999999999999", None),
            ("1e-99999999999999999999", None),
            ("123456789012345678901234567890123456789", None),
        ];
        for (text, number) in cases {
            assert_eq!(whole_number(text), number, "{text}");
        }
    }
}
