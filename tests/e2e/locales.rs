//! Numbers and dates as the person's own language writes them. Does not belong here: what they count.

use super::journey::{Need, journey_with};
use super::page::Page;
use super::screens::open;
use super::window::set_locale;
use serde_json::json;

/// A conversation of the sample with differences in range.
const MARKED: &str = "4b8a4534-220d-5653-aa05-df3e6db83eb4";

/// What each language writes: a count in the thousands on the overview, a score, a day.
const LANGUAGES: [(&str, &str, &str, &str); 4] = [
    ("en-US", "12,345", "0.514", "2025"),
    ("de-DE", "12.345", "0,514", "2025"),
    ("ar-EG", "١٢٬٣٤٥", "٠٫٥١٤", "٢٠٢٥"),
    ("hi-IN-u-nu-deva", "१२,३४५", "०.५१४", "२०२५"),
];

#[tokio::test]
async fn counts_are_written_as_the_person_does_and_places_as_the_file_does() {
    let name = "counts_are_written_as_the_person_does_and_places_as_the_file_does";
    journey_with(&[Need::Debugging], name, async |page| {
        let mut places = Vec::new();
        for (language, count, figure, year) in LANGUAGES {
            set_locale(page, language, "UTC").await;
            let intl = "return [new Intl.NumberFormat().format(12345), new Intl.NumberFormat([], { minimumFractionDigits: 3 })
                .format(.514), new Intl.DateTimeFormat([], { year: 'numeric' }).format(new Date('2025-03-18'))]";
            open(page, "/#/overview?source=sample").await;
            assert_eq!(page.ask(intl, json!(null)).await, json!([count, figure, year]), "{language}");
            page.ready().await;
            let day = "return [...document.querySelectorAll('time')].some(time => words(time).includes(given)
                && /^2025-/.test(time.getAttribute('datetime') ?? time.title))";
            page.until(&format!("day in {language}"), day, json!(year)).await;
            places.push(places_of_first_difference(page).await);
        }
        // Offsets and what is said of ranges are the file's own numbers, whoever reads them.
        assert!(places[0].len() > 4, "{places:?}");
        assert!(places.iter().all(|other| *other == places[0]), "{places:#?}");
    })
    .await;
}

/// The names of the ledger's lines and the ranges in the inspector.
async fn places_of_first_difference(page: &Page) -> Vec<String> {
    open(page, &format!("/#/conversations?source=sample&conversation={MARKED}&layout=tracks")).await;
    page.ready().await;
    page.see_any(".msgs .ledger button").await;
    page.press("n").await;
    page.see_any(".msgs .ledger [aria-current=true]").await;
    page.see_any(".inspect .why").await;
    page.settled().await;
    let script = "return [...all('.msgs .ledger button').map(called), ...all('.inspect .mono').map(words)]
        .filter(text => /\\p{Nd}/u.test(text))";
    serde_json::from_value(page.ask(script, json!(null)).await).expect("words")
}
