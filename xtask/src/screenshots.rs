//! `screenshots`: stores the pictures of every screen anew, and with one of them the README's. Does not belong here: taking
//! and comparing them, which is a journey (`tests/e2e/pictures`).

use crate::process::{cargo, line_of, root, timed};
use crate::tools::BundleTools;
use crate::{bundle, system};
use anyhow::{Context, Result, bail};
use std::fs;

/// What the journey is told by that it is to store and not to compare.
const RENEW: &str = "LABELSCOPE_RENEW_SCREENSHOTS";

/// Which picture the README shows, and where it looks for it.
const README: (&str, &str) = ("conversations-tracks-light-1440.png", "docs/conversations.png");

/// Builds the bundle and takes the pictures.
pub(crate) fn run() -> Result<()> {
    bundle::build(&BundleTools::get()?)?;
    bundle::compress()?;
    let folder = root().join("tests/screenshots");
    if folder.is_dir() {
        // Those of screens that are no more among them.
        fs::remove_dir_all(&folder).context("could not take the old pictures away")?;
    }
    timed("taking pictures", take)?;
    fs::copy(folder.join(README.0), root().join(README.1)).context("could not copy the README's picture")?;
    println!("\nThe pictures are in {}; look at each before it is committed.", folder.display());
    Ok(())
}

fn take() -> Result<()> {
    let mut test = cargo();
    test.args(["test", "--package", "labelscope", "--locked", "--test", "e2e"]);
    test.args(["screens_look_as_stored", "--", "--nocapture"]);
    test.env(RENEW, "1")
        .env("LABELSCOPE_DIST", bundle::folder())
        .env("CHROMEDRIVER", system::chromedriver()?);
    let line = line_of(&test);
    let status = test.status().with_context(|| format!("could not start `{line}`"))?;
    if !status.success() {
        bail!("`{line}` failed ({status})");
    }
    Ok(())
}
