//! What an address says is said again by the address that it makes, and no key ever stands in one.

use super::Route;

/// The bytes are the fragment.
pub fn check(bytes: &[u8]) {
    let fragment = String::from_utf8_lossy(bytes);
    let (route, problems) = Route::parse(&fragment);
    assert!(problems.len() <= fragment.len() + 1);
    let written = route.fragment();
    let (again, problems) = Route::parse(&written);
    assert_eq!(problems, [], "{written}");
    assert_eq!(again, route, "{written}");
    assert_eq!(again.fragment(), written);
    assert!(written.is_ascii() && !written.contains(char::is_whitespace), "{written}");
}
