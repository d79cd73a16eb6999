//! What is on each screen in windows of other sizes, with other spacing, without colours and without motion: nothing is
//! cut off, nothing is covered, everything can be hit.
//!
//! Belongs here: what holds of every screen alike. Does not belong here: what a screen shows.

use super::journey::{Need, journey_with};
use super::page::Page;
use super::support::answer::Answer;
use super::support::exports::{SAMPLE_PROJECT, sample};
use super::window::{set_feature, set_print, set_size};
use serde_json::{Value, json};

/// A screen: what it is called here, and its address.
type Screen = (&'static str, String);

/// Every screen of the sample, with a finding selected where there is one to select.
fn screens() -> Vec<Screen> {
    let export: Value = serde_json::from_slice(&sample()).unwrap();
    let conversation = export["conversations"][0]["id"].as_str().unwrap();
    let at = |rest: &str| format!("/#/conversations?source=sample&conversation={conversation}{rest}");
    vec![
        ("open", "/".to_owned()),
        ("overview", "/#/overview?source=sample".to_owned()),
        ("tracks", at("&layout=tracks")),
        ("columns", at("&layout=columns")),
        ("differences", at("&layout=differences")),
        ("findings", "/#/findings?source=sample".to_owned()),
        ("findings as filtered", "/#/findings?source=sample&verdicts=relabeled&tiers=ar".to_owned()),
        ("agreement", "/#/agreement?source=sample".to_owned()),
        ("help", "/#/help?source=sample".to_owned()),
    ]
}

/// Goes to a screen and waits until it is all there.
async fn go_to(page: &Page, (_, address): &Screen) {
    page.open(address).await;
    if address.contains("source=sample") {
        page.ready().await;
    }
    if address.contains("/agreement") {
        // Intervals follow once they are computed.
        page.see_any("table.scores .ci").await;
    }
    if address.contains("/conversations") {
        page.press("n").await;
        page.see_in_address("finding=").await;
        page.see_any("mark.sg.sel").await;
    }
    page.settled().await;
}

/// What of the words on the page cannot be read, a line each: what hides them, or what lies over them.
///
/// Words may be cut short where an ellipsis says so and the whole stands in a title; what scrolls can be scrolled to. What
/// is for screen readers only, and what a sheet over the page covers, is left out.
const UNREADABLE: &str = r#"
    const wrong = [];
    const root = document.documentElement;
    if (root.scrollWidth > innerWidth) wrong.push(`the page is ${root.scrollWidth} wide in a window of ${innerWidth}`);
    const spoken = e => {
        if (e.closest('.vh, .skip, svg, .sprite')) return true;
        for (; e; e = e.parentElement) if (getComputedStyle(e).clipPath === 'inset(50%)') return true;
        return false;
    };
    const over = e => { for (; e; e = e.parentElement) if (/fixed|sticky/.test(getComputedStyle(e).position)) return e; return null; };
    const short = node => node.data.trim().slice(0, 40);
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node; (node = walker.nextNode());) {
        const parent = node.parentElement;
        if (!node.data.trim() || spoken(parent) || !parent.checkVisibility({ visibilityProperty: true })) continue;
        const range = document.createRange();
        range.selectNodeContents(node);
        const boxes = [...range.getClientRects()].filter(box => box.width > 1 && box.height > 1);
        if (!boxes.length) continue;
        let hidden = null, shortened = false, clip = { left: -1e9, right: 1e9, top: -1e9, bottom: 1e9 };
        for (let e = parent; e && e !== document.body; e = e.parentElement) {
            const style = getComputedStyle(e);
            if (style.display === 'inline') continue;
            const box = e.getBoundingClientRect();
            const scrolls = /auto|scroll/;
            if (scrolls.test(style.overflowX) || scrolls.test(style.overflowY)) {
                clip = { left: Math.max(clip.left, box.left), right: Math.min(clip.right, box.right), top: Math.max(clip.top, box.top), bottom: Math.min(clip.bottom, box.bottom) };
            }
            const cuts = kind => /hidden|clip/.test(kind);
            const out = b =>
                (cuts(style.overflowX) && (b.left < box.left - 1.5 || b.right > box.right + 1.5)) ||
                (cuts(style.overflowY) && (b.top < box.top - 4 || b.bottom > box.bottom + 4));
            if (scrolls.test(style.overflowX) && scrolls.test(style.overflowY)) break;
            if (!hidden && !shortened && boxes.some(out)) {
                if (style.textOverflow === 'ellipsis' || style.webkitLineClamp !== 'none') shortened = e; else hidden = e;
            }
        }
        // English words that a line holds one piece of each: their column is far too narrow.
        const count = node.data.trim().split(/\s+/).length;
        if (count > 1 && boxes.length > 3 && boxes.length > 1.5 * count && /^[ -~]+$/.test(node.data)) {
            wrong.push(`“${short(node)}” stands in ${boxes.length} lines of ${Math.round(boxes[0].width)} pixels`);
        }
        const name = e => e.tagName.toLowerCase() + (e.className && typeof e.className === 'string' ? '.' + e.className.split(' ').join('.') : '');
        if (shortened) {
            shortened.dispatchEvent(new PointerEvent('pointerover', { bubbles: true }));
            if (!shortened.closest('[title]')) wrong.push(`“${short(node)}” is cut short by ${name(shortened)} without a title`);
        } else if (hidden) {
            wrong.push(`“${short(node)}” is cut off by ${name(hidden)}`);
        } else {
            const box = boxes[0], x = (box.left + box.right) / 2, y = (box.top + box.bottom) / 2;
            const inView = x > Math.max(0, clip.left) && x < Math.min(innerWidth, clip.right) && y > Math.max(0, clip.top) && y < Math.min(innerHeight, clip.bottom);
            const top = inView && document.elementFromPoint(x, y);
            if (top && !top.matches('a.open') && !top.contains(parent) && !parent.contains(top) && over(top) === over(parent)) {
                wrong.push(`“${short(node)}” in ${name(parent)} lies under ${name(top)}`);
            }
        }
    }
    return [...new Set(wrong)];
"#;

/// Fails if words of a screen cannot be read.
async fn is_readable(page: &Page, how: &str, screen: &Screen, wrong: &mut Vec<String>) {
    let found: Vec<String> = serde_json::from_value(page.ask(UNREADABLE, json!(null)).await).unwrap();
    wrong.extend(found.into_iter().map(|one| format!("{how}, {}: {one}", screen.0)));
}

#[tokio::test]
async fn every_screen_fits_its_window() {
    journey_with(&[Need::Debugging], "every_screen_fits_its_window", async |page| {
        let mut wrong = Vec::new();
        // A window of 1440 pixels, the same at 200 %, a phone.
        for (how, width, height, is_phone) in
            [("1440", 1440, 900, false), ("200 %", 720, 450, false), ("390", 390, 844, true)]
        {
            set_size(page, width, height, is_phone).await;
            for screen in screens() {
                go_to(page, &screen).await;
                is_readable(page, how, &screen, &mut wrong).await;
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    })
    .await;
}

/// The spacing that a person may set by WCAG 1.4.12.
const SPACING: &str = "
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } \
                       p { margin-block-end: 2em !important }');
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
";

#[tokio::test]
async fn wider_spacing_loses_nothing() {
    journey_with(&[Need::Debugging], "wider_spacing_loses_nothing", async |page| {
        let mut wrong = Vec::new();
        for (how, width, height, is_phone) in [("1440", 1440, 900, false), ("390", 390, 844, true)] {
            set_size(page, width, height, is_phone).await;
            for screen in screens() {
                go_to(page, &screen).await;
                page.ask(SPACING, json!(null)).await;
                page.settled().await;
                is_readable(page, how, &screen, &mut wrong).await;
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    })
    .await;
}

/// What can be operated and is hard to hit: smaller than 24 pixels, unless it stands in a line of words or has that much
/// room to itself (WCAG 2.5.8); or smaller than given.
const HARD_TO_HIT: &str = r#"
    const kinds = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button], [tabindex="0"]';
    // The bands of the flow chart lead where the words beside it do.
    const targets = all(kinds).filter(e => e.checkVisibility({ visibilityProperty: true }) && !e.closest('.vh, .skip, svg'));
    // A box or a circle of choice is hit by its label too.
    const hit = e => {
        const label = e.matches('input') && (e.closest('label') ?? (e.id && document.querySelector(`label[for="${CSS.escape(e.id)}"]`)));
        const boxes = [e, label].filter(Boolean).map(one => one.getBoundingClientRect());
        return boxes.reduce((one, other) => one.width * one.height > other.width * other.height ? one : other);
    };
    const boxes = targets.map(e => [e, hit(e)]).filter(([e, box]) => box.width > 0 && box.height > 0);
    const inWords = e => getComputedStyle(e).display === 'inline' && e.parentElement.textContent.trim().length > e.textContent.trim().length;
    const middle = box => [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
    const alone = (e, box) => {
        const [x, y] = middle(box);
        return boxes.every(([other, b]) => {
            if (other === e || other.contains(e) || e.contains(other)) return true;
            const dx = Math.max(b.left - x, x - b.right, 0), dy = Math.max(b.top - y, y - b.bottom, 0);
            return dx * dx + dy * dy >= 12 * 12;
        });
    };
    const name = e => (e.getAttribute('aria-label') || e.textContent).trim().slice(0, 40);
    const size = box => `${box.width.toFixed(0)} × ${box.height.toFixed(0)}`;
    const wrong = [];
    for (const [e, box] of boxes) {
        if (Math.min(box.width, box.height) < 23.5 && !inWords(e) && !alone(e, box)) wrong.push(`${e.tagName.toLowerCase()}.${e.className} “${name(e)}”: ${size(box)}`);
    }
    for (const selector of given) {
        for (const e of all(selector)) {
            const box = hit(e);
            if (box.height > 0 && (box.height < 43.5)) wrong.push(`${selector} “${name(e)}”: ${size(box)}, is to be 44`);
        }
    }
    return wrong;
"#;

/// What the design wants as large as a finger.
const LARGE: [&str; 6] = [
    ".ledger li > button",
    ".reader .bar .icb",
    ".reader .bar .tiers button",
    ".inspect:not(.idle) .bar .icb",
    ".tools .icb",
    ".ways input[type=text]",
];

#[tokio::test]
async fn everything_can_be_hit_on_a_phone() {
    journey_with(&[Need::Debugging], "everything_can_be_hit_on_a_phone", async |page| {
        let mut wrong = Vec::new();
        set_size(page, 390, 844, true).await;
        for screen in screens() {
            go_to(page, &screen).await;
            let coarse = page.ask("return matchMedia('(pointer: coarse)').matches", json!(null)).await;
            assert_eq!(coarse, json!(true), "a finger is emulated");
            let found: Vec<String> =
                serde_json::from_value(page.ask(HARD_TO_HIT, json!(LARGE)).await).unwrap();
            wrong.extend(found.into_iter().map(|one| format!("{}: {one}", screen.0)));
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    })
    .await;
}

/// The sample with a conversation that 1,500 annotations of each tier more stand in, of the labels that were there.
fn crowded() -> String {
    let mut export: Value = serde_json::from_slice(&sample()).unwrap();
    let messages = export["conversations"][3]["messages"].as_array().unwrap();
    let ids: Vec<String> =
        messages.iter().map(|message| message["id"].as_str().unwrap().to_owned()).collect();
    for (tier, messages) in export["annotations"].as_object_mut().unwrap() {
        for (id, annotations) in
            messages.as_object_mut().unwrap().iter_mut().filter(|(id, _)| ids.contains(id))
        {
            let annotations = annotations.as_array_mut().unwrap();
            let Some(first) = annotations.first().cloned() else { continue };
            annotations.extend((0..1_500).map(|at| {
                let (start, length) = (at % 150, at / 150 + 3);
                let mut copy = first.clone();
                copy["id"] = json!(format!("{tier}-{id}-{at}"));
                copy["text"] = Value::Null;
                copy["start_offset"] = json!(start);
                copy["end_offset"] = json!(start + length);
                copy
            }));
        }
    }
    export.to_string()
}

#[tokio::test]
async fn long_counts_fit_the_list() {
    journey_with(&[Need::Debugging], "long_counts_fit_the_list", async |page| {
        page.server.on(SAMPLE_PROJECT, Answer::json(crowded()));
        for more in ["", "&labels=fabrication"] {
            page.open(&format!("/#/conversations?source=api&project={SAMPLE_PROJECT}{more}")).await;
            page.ready().await;
            page.until(
                "long counts",
                "return all('.conv .meta').some(e => /1,5\\d\\d/.test(words(e)))",
                json!(null),
            )
            .await;
            page.settled().await;
            let out =
                "return all('.conv, .conv .meta').filter(e => e.scrollWidth > e.clientWidth + 1).map(words)";
            assert_eq!(page.ask(out, json!(null)).await, json!([]), "{more}");
        }
    })
    .await;
}

#[tokio::test]
async fn nothing_moves_for_who_wants_no_motion() {
    journey_with(&[Need::Debugging], "nothing_moves_for_who_wants_no_motion", async |page| {
        set_feature(page, "prefers-reduced-motion", "reduce").await;
        for screen in screens() {
            go_to(page, &screen).await;
            let script = "return [
                document.getAnimations().length,
                all('*').filter(e => {
                    const style = getComputedStyle(e);
                    return style.animationName !== 'none' || style.transitionDuration.split(', ').some(one => one !== '0s')
                        || style.scrollBehavior === 'smooth';
                }).length,
            ]";
            assert_eq!(page.ask(script, json!(null)).await, json!([0, 0]), "{}", screen.0);
        }
    })
    .await;
}

#[tokio::test]
async fn letters_stand_for_labels_where_there_are_no_colours() {
    journey_with(&[Need::Debugging], "letters_stand_for_labels_where_there_are_no_colours", async |page| {
        let screens = screens();
        let tracks = screens.iter().find(|screen| screen.0 == "tracks").unwrap();
        // The letter of a chip, and whether a letter is among what is drawn over the text.
        let letters = "return [
            getComputedStyle(document.querySelector('.ledger .lab'), '::before').content,
            all('.msgs mark.sg').some(mark => getComputedStyle(mark).backgroundImage.includes('<text')),
        ]";
        go_to(page, tracks).await;
        assert_eq!(page.ask(letters, json!(null)).await[1], json!(false));
        set_feature(page, "forced-colors", "active").await;
        page.until("letters", "return document.documentElement.dataset.letters === 'on'", json!(null)).await;
        let drawn = page.ask(letters, json!(null)).await;
        assert!(drawn[0].as_str().is_some_and(|content| content.contains(char::is_uppercase)), "{drawn}");
        assert_eq!(drawn[1], json!(true));
        set_feature(page, "forced-colors", "none").await;
        // On paper, without asking.
        set_print(page, true).await;
        assert_eq!(page.ask(letters, json!(null)).await[1], json!(true));
        set_print(page, false).await;
        page.until("no letters", "return document.documentElement.dataset.letters === 'off'", json!(null))
            .await;
        // And by hand, for good.
        page.click("How the text is set").await;
        page.click("Letters").await;
        page.until("letters", "return document.documentElement.dataset.letters === 'on'", json!(null)).await;
        go_to(page, tracks).await;
        page.until("letters", "return document.documentElement.dataset.letters === 'on'", json!(null)).await;
        assert_eq!(page.ask(letters, json!(null)).await[1], json!(true));
    })
    .await;
}

#[tokio::test]
async fn back_closes_the_sheet_and_then_the_reader() {
    journey_with(&[Need::Debugging], "back_closes_the_sheet_and_then_the_reader", async |page| {
        set_size(page, 390, 844, true).await;
        page.open("/#/conversations?source=sample").await;
        page.ready().await;
        page.see_any(".msgs li").await;
        page.click("List of conversations").await;
        page.see_any(".desk.listing .conv").await;
        page.ask("all('.desk.listing .conv')[1].click()", json!(null)).await;
        page.see_no(".desk.listing").await;
        page.see_any(".msgs .ledger button").await;
        // One step for the sheet, however many findings are looked at in it.
        page.ask("all('.msgs .ledger button')[0].click()", json!(null)).await;
        page.see_no(".inspect.idle").await;
        page.click("Next difference").await;
        page.click("Next difference").await;
        page.browser.client.back().await.unwrap();
        page.see_any(".inspect.idle").await;
        page.see_no(".desk.listing").await;
        page.browser.client.back().await.unwrap();
        page.see_any(".desk.listing .conv").await;
        // Closed by its button, it leaves no step behind.
        page.ask("all('.desk.listing .conv')[1].click()", json!(null)).await;
        page.see_no(".desk.listing").await;
        page.ask("all('.msgs .ledger button')[0].click()", json!(null)).await;
        page.see_no(".inspect.idle").await;
        page.click("Close the finding").await;
        page.see_any(".inspect.idle").await;
        page.browser.client.back().await.unwrap();
        page.see_any(".desk.listing .conv").await;
    })
    .await;
}
