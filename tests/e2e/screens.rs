//! Every screen and state of the app, one after the other, for whoever looks at all of them. Does not belong here: what is
//! looked at.

use super::keys::ESCAPE;
use super::page::Page;
use super::support::answer::{Answer, Gate, Step};
use super::support::exports::{SAMPLE_PROJECT, large_sample, later_sample, sample};
use serde_json::{Value, json};

/// From this width in CSS pixels on there are columns, and the three panes stand beside each other.
const WIDE: u32 = 1000;

/// A conversation of the sample in Arabic and English.
const RIGHT_TO_LEFT: usize = 5;

/// Walks through them in a window of this width; `look` is told the name of each. What is said of the panic of a specimen
/// is expected on the console.
pub async fn walk(page: &Page, width: u32, mut look: impl AsyncFnMut(&str)) {
    opening(page, &mut look).await;
    open(page, "/#/overview?source=sample").await;
    page.ready().await;
    page.see("Health").await;
    look("overview").await;
    reading(page, width, &mut look).await;
    beside_the_text(page, &mut look).await;
    open(page, "/#/findings?source=sample").await;
    page.ready().await;
    page.see_any(".gbody .row").await;
    look("findings").await;
    page.click("What these words mean").await;
    page.see("Fewer than two tiers looked").await;
    look("findings, explained").await;
    open(page, "/#/findings?source=sample&labels=none-of-them").await;
    page.ready().await;
    page.see("None is left by these filters").await;
    look("findings, none left").await;
    open(page, "/#/agreement?source=sample").await;
    page.ready().await;
    page.see_any("table.mx").await;
    page.see_any("table.scores .ci").await;
    look("agreement").await;
    page.click("What “Precision” means").await;
    page.see("share of the candidate's marks that are right").await;
    look("agreement, explained").await;
    open(page, "/#/help?source=sample").await;
    page.ready().await;
    page.see("What each screen answers").await;
    look("help").await;
    open(page, "/#/conversations?source=sample").await;
    page.ready().await;
    page.be_new_here().await;
    page.ready().await;
    page.see("Dotted is Automated").await;
    look("conversations, with the legend").await;
    page.click("Got it").await;
    on_a_second_day(page, &mut look).await;
    asked_about_its_size(page, &mut look).await;
    after_the_end(page, width, &mut look).await;
}

/// A difference ticked as seen, and a later export of the same project.
async fn on_a_second_day(page: &Page, look: &mut impl AsyncFnMut(&str)) {
    page.server.on(SAMPLE_PROJECT, Answer::json(sample()));
    open(page, &format!("/#/conversations?source=api&project={SAMPLE_PROJECT}&layout=tracks")).await;
    page.ready().await;
    select_first_difference(page).await;
    page.press("x").await;
    page.see_any(".seen[aria-pressed=true]").await;
    let is_kept = "return JSON.stringify(localStorage).includes('seen ')";
    page.until("the tick in the storage", is_kept, json!(null)).await;
    look("conversations, seen").await;
    page.server.on(SAMPLE_PROJECT, Answer::json(later_sample()));
    page.press("r").await;
    page.see("+1 review annotation").await;
    look("conversations, refreshed").await;
    page.click("Show the list").await;
    page.see_any("dialog.changes .chg").await;
    look("what changed").await;
    page.press(ESCAPE).await;
    open(page, &format!("/#/findings?source=api&project={SAMPLE_PROJECT}")).await;
    page.ready().await;
    page.see_any(".gbody .tick").await;
    look("findings, seen").await;
    open(page, "/").await;
    page.see("ticked as seen").await;
    look("open, with what was open last").await;
}

/// A large file on a device with little memory.
async fn asked_about_its_size(page: &Page, look: &mut impl AsyncFnMut(&str)) {
    let path = page.downloads.join("large.json");
    std::fs::write(&path, large_sample()).expect("a file to open");
    page.ask("Object.defineProperty(navigator, 'deviceMemory', { value: 2 })", json!(null)).await;
    page.choose_file(&path).await;
    page.see_any("dialog.asked[open]").await;
    look("open, asked about a size").await;
    page.click("Not now").await;
    page.see_no("dialog.asked[open]").await;
}

/// A link to where the app cannot lead, and what is there once it cannot go on.
async fn after_the_end(page: &Page, width: u32, look: &mut impl AsyncFnMut(&str)) {
    open(page, "/#/conversations?project=11111111-2222-4333-8444-555555555555&message=m").await;
    page.see("The link points into project").await;
    look("open, for a link").await;
    page.click("Open the sample project").await;
    page.ready().await;
    page.see("which is not the one on screen").await;
    look("a link into another project").await;
    if width < WIDE {
        page.click("Screens").await;
    }
    page.click("Close the export").await;
    page.see("Open the sample project").await;
    look("closed").await;
    open(page, "/#/specimens").await;
    page.see_any(".case .marked").await;
    look("specimens").await;
    page.expect_on_console("a specimen of a fault");
    page.expect_on_console("unreachable");
    page.click("Fail").await;
    page.see("Labelscope has stopped").await;
    look("stopped").await;
}

/// Opens an address anew, and not as a step of the page that is there.
pub async fn open(page: &Page, path: &str) {
    page.browser.client.goto("about:blank").await.expect("a blank page");
    page.open(path).await;
}

/// Selects the first difference of the export.
pub async fn select_first_difference(page: &Page) {
    page.press("n").await;
    page.see_in_inspector("Difference 1 of").await;
}

/// Before an export is on screen.
async fn opening(page: &Page, look: &mut impl AsyncFnMut(&str)) {
    open(page, "/").await;
    page.see("Open the sample project").await;
    look("open").await;
    page.fetch("", "497f6eca-6276-4993-bfeb", "sk-1", "").await;
    page.see("A UUID has 32 digits").await;
    look("open, with what is wrong").await;

    let gate = Gate::default();
    page.server.on(SAMPLE_PROJECT, Answer::json(sample()).after(&gate));
    open(page, "/").await;
    page.fetch("", SAMPLE_PROJECT, "sk-1", "").await;
    page.see("Asking for the export").await;
    look("loading").await;
    page.press(ESCAPE).await;
    page.see("Open the sample project").await;

    let (sent, rest) = (sample(), Gate::default());
    let half = sent[..sent.len() / 2].to_vec();
    page.server.on(
        SAMPLE_PROJECT,
        Answer::steps(vec![Step::Send(half.into()), Step::Hold(rest), Step::Send("".into())]),
    );
    page.fetch("", SAMPLE_PROJECT, "sk-1", "").await;
    page.see("The tiers come last in the file").await;
    look("conversations, arriving").await;

    page.expect_on_console("status of 422");
    let wrong = json!({ "detail": [{ "loc": ["path", "id"], "msg": "not a UUID", "type": "uuid_parsing" }] });
    page.server.on(SAMPLE_PROJECT, Answer::new(422, "application/json", wrong.to_string()));
    page.browser.client.refresh().await.expect("the page anew");
    page.see("What to try").await;
    look("problem").await;
}

/// The text in its layouts, with a finding selected.
async fn reading(page: &Page, width: u32, look: &mut impl AsyncFnMut(&str)) {
    open(page, "/#/conversations?source=sample").await;
    page.ready().await;
    page.see("I forgot my Velmorin").await;
    look("conversations").await;
    for layout in ["tracks", "columns", "differences"] {
        if layout == "columns" && width < WIDE {
            continue;
        }
        open(page, &format!("/#/conversations?source=sample&layout={layout}")).await;
        page.ready().await;
        select_first_difference(page).await;
        look(&format!("conversations, {layout}")).await;
    }
    let export: Value = serde_json::from_slice(&sample()).expect("JSON");
    let conversation = export["conversations"][RIGHT_TO_LEFT - 1]["id"].as_str().expect("an id");
    open(page, &format!("/#/conversations?source=sample&conversation={conversation}&layout=tracks")).await;
    page.ready().await;
    page.see_any(".msgs .ledger button").await;
    look("conversations, right to left").await;
}

/// What stands over the text or in place of the list.
async fn beside_the_text(page: &Page, look: &mut impl AsyncFnMut(&str)) {
    open(page, "/#/conversations?source=sample&layout=tracks").await;
    page.ready().await;
    page.press("?").await;
    page.see_any("dialog.keys[open]").await;
    look("keys").await;
    page.press(ESCAPE).await;
    page.click("JSON of message 1").await;
    page.see_any("dialog[open] pre").await;
    look("raw JSON").await;
    page.press(ESCAPE).await;
    page.click("Download").await;
    page.see("Findings CSV").await;
    look("download").await;
    page.press(ESCAPE).await;
    page.click("How the text is set").await;
    page.see("Even lines").await;
    look("how the text is set").await;
    page.press(ESCAPE).await;
    page.press("/").await;
    page.see("Find anything in this export").await;
    look("search").await;
    page.press("the").await;
    page.see_any(".hit").await;
    look("search, hits").await;
    page.press("zzz").await;
    page.see("Nothing found for").await;
    look("search, nothing found").await;
    page.press(ESCAPE).await;
    open(page, "/#/conversations?source=sample&verdicts=resized").await;
    page.ready().await;
    page.ask("document.querySelector('[data-filters]').click()", json!(null)).await;
    page.see_any(".facet").await;
    look("filters").await;
}
