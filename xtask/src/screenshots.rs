//! `screenshots`: stores the pictures of every screen anew. Does not belong here: taking and comparing them, which is a
//! journey (`tests/e2e/pictures.rs`).

use crate::process::{cargo, line_of, root};
use crate::tools::BundleTools;
use crate::{bundle, system};
use anyhow::{Context, Result, bail};

/// What the journey is told by that it is to store and not to compare.
const RENEW: &str = "LABELSCOPE_RENEW_SCREENSHOTS";

/// Builds the bundle and takes the pictures.
pub(crate) fn run() -> Result<()> {
    bundle::build(&BundleTools::get()?)?;
    bundle::compress()?;
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
    println!(
        "\nThe pictures are in {}; look at each before it is committed.",
        root().join("tests/screenshots").display()
    );
    Ok(())
}
