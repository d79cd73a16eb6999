//! Quotes with their characters hidden. Does not belong here: which quotes.

/// What stands for a hidden character; no letter and no digit of any script, so that it is part of no word.
const HIDDEN: char = '•';

/// How many characters of a quote are drawn; how long it is, its offsets say.
const DRAWN: usize = 160;

/// A text with every character hidden but white space, each of which is one space, and punctuation; as many characters
/// as it has, up to 160, after which an ellipsis stands for the rest.
pub(super) fn masked(text: &str) -> String {
    let mut masked: String = text.chars().take(DRAWN).map(hidden).collect();
    if text.chars().nth(DRAWN).is_some() {
        masked.push('…');
    }
    masked
}

fn hidden(c: char) -> char {
    match c {
        _ if c.is_whitespace() => ' ',
        // Dashes, quotation marks, the ellipsis; of what else stands there, some turns letters around.
        _ if c.is_ascii_punctuation() || ('\u{2010}'..='\u{2027}').contains(&c) => c,
        _ => HIDDEN,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn shape_stays_and_nothing_else() {
        assert_eq!(masked("Take 5 mg,\n\"daily\" – or don’t!"), "•••• • ••, \"•••••\" – •• •••’•!");
        // Signs and pictures tell as much as letters; marks on letters are characters of their own.
        assert_eq!(masked("€5 💊 e\u{301} हिन्दी\u{202e}"), "•• • •• •••••••");
        assert_eq!(masked(&"x".repeat(160)), "•".repeat(160));
        assert_eq!(masked(&"x".repeat(161)), "•".repeat(160) + "…");
    }

    proptest! {
        #[test]
        fn no_letter_and_no_digit_is_left(text in ".{0,200}") {
            let masked = masked(&text);
            prop_assert!(!masked.contains(char::is_alphanumeric));
            prop_assert!(!masked.contains(char::is_control));
            let (is, was) = (masked.chars().count(), text.chars().count());
            prop_assert_eq!(is, if was > DRAWN { DRAWN + 1 } else { was });
        }
    }
}
