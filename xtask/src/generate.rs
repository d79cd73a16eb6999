//! `generate`: an export to measure or to look at, made to order. Does not belong here: what stands in it, which the
//! crate `labelscope-generator` decides.

use anyhow::{Context, Result, bail};
use labelscope_generator::{Plan, write};
use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};

/// What `generate` was asked for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Options {
    pub(crate) plan: Plan,
    pub(crate) seed: u64,
    pub(crate) out: PathBuf,
}

/// Makes the file and says how large it is.
pub(crate) fn run(options: &Options) -> Result<()> {
    let bytes = make(options.plan, options.seed, &options.out)?;
    println!("{}: {bytes} bytes", options.out.display());
    Ok(())
}

/// Makes a file of this plan; gives its bytes.
pub(crate) fn make(plan: Plan, seed: u64, out: &Path) -> Result<u64> {
    let file = File::create(out).with_context(|| format!("could not create {}", out.display()))?;
    write(plan, seed, BufWriter::with_capacity(1 << 20, file))
        .with_context(|| format!("could not write {}", out.display()))
}

/// Reads the words after `generate`. `None` where they ask for help.
pub(crate) fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Option<Options>> {
    let (mut plan, mut seed, mut out) = (None, 1, None);
    while let Some(argument) = arguments.next() {
        let (name, attached) = match argument.split_once('=') {
            Some((name, value)) => (name, Some(value.to_owned())),
            None => (argument.as_str(), None),
        };
        let mut value =
            || attached.clone().or_else(|| arguments.next()).with_context(|| format!("{name} needs a value"));
        let chosen = match name {
            "--mb" => {
                let megabytes: u32 = value()?.parse().context("--mb needs a whole number of megabytes")?;
                Plan::Mixed { bytes: u64::from(megabytes) * 1_000_000 }
            }
            "--messages" => {
                Plan::Messages { count: value()?.parse().context("--messages needs a whole number")? }
            }
            "--long-part" if attached.is_none() => Plan::LONG_PART,
            "--seed" => {
                seed = value()?.parse().context("--seed needs a whole number")?;
                continue;
            }
            "--out" => {
                out = Some(PathBuf::from(value()?));
                continue;
            }
            "--help" | "-h" => return Ok(None),
            other => bail!("generate does not know {other:?}"),
        };
        if plan.replace(chosen).is_some() {
            bail!("generate makes one of --mb, --messages and --long-part at a time");
        }
    }
    let plan = plan.context("generate needs one of --mb N, --messages N and --long-part")?;
    let out = out.context("generate needs --out FILE")?;
    Ok(Some(Options { plan, seed, out }))
}
