//! `wattfolio sweep`

mod folder;
mod plan;

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use wattfolio_economics::kernel::Basis;
use wattfolio_economics::results::verdict::Criterion;
use wattfolio_economics::risk::ToTheEnd;

use self::folder::Folder;
use self::plan::{Plan, PlanFile};
use super::Failure;
use super::choice::choice;
use super::output::{print, say};
use crate::export::{PARQUET, SweptCells};
use crate::format;
use crate::store::{self, remove_unfinished_on_signals, write_atomically};

/// Arguments of the command.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Every combination of the values is a numbered cell; the values of the last --vary follow each other. The folder reads as\none table in Arrow, DuckDB, Spark and pandas. An interrupted run goes on where it was; shards may run anywhere and in any\norder, and give the figures of a whole run. Cells whose inputs contradict each other have a fault and no figures.\nTables are Parquet, so that shards need no --format.\n\nExample: wattfolio sweep today --vary power.price_usd_per_kwh=0.02:0.08:61 --vary bitcoin.price_usd=40000:400000:100:log --out cells/"
)]
pub(super) struct Args {
    /// A bundled preset (`wattfolio presets`), a preset file or a report as PDF; `today` if nothing is given.
    #[arg(value_name = "PRESET|FILE", conflicts_with = "plan")]
    source: Option<String>,
    /// Set an input by its id (`wattfolio inputs`): a number, `35%`, `1.2M`, `$45/MWh`, or RON.
    #[arg(long = "set", value_name = "ID=VALUE", conflicts_with = "plan")]
    set: Vec<String>,
    /// Vary a number from one value to another, both included, in N values; with `:log` in steps of equal ratio. May be given
    /// several times.
    #[arg(long, value_name = "ID=FROM:TO:N[:log]", conflicts_with = "plan")]
    vary: Vec<String>,
    /// A measure of the plan or of one business less another, or a figure of the simulation (`mining.npv_p5_usd`), which runs
    /// one for each cell; may be given several times. By default what the criterion goes by, of every business.
    #[arg(long = "measure", value_name = "BUSINESS.MEASURE", conflicts_with = "plan")]
    measures: Vec<String>,
    /// Take all of this from a file: (source: "today", set: […], vary: […], measures: […], basis: "before-tax", criterion:
    /// "value").
    #[arg(long, value_name = "PLAN.ron")]
    plan: Option<PathBuf>,
    /// Basis of the flows: project or owner; what the file says if nothing is given.
    #[arg(long, value_parser = choice::<Basis>())]
    basis: Option<Basis>,
    /// Criterion whose measures are the columns where none is named: by value the NPVs, by loss a simulation for each cell; what
    /// the file says if nothing is given.
    #[arg(long, value_parser = choice::<Criterion>())]
    criterion: Option<Criterion>,
    /// Compute only the i-th of n shares of the cells, 1/n to n/n.
    #[arg(long, value_name = "I/N", value_parser = shard, default_value = "1/1")]
    shard: (u64, u64),
    /// Compute nothing; check that every cell is in the folder once (exit code 1 if not). Without --vary and --plan it takes the
    /// plan from the folder.
    #[arg(long)]
    collect: bool,
    /// The folder of the tables; made if it is not there.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

/// Reads `i/n`.
fn shard(text: &str) -> Result<(u64, u64), String> {
    let read = text.split_once('/').and_then(|(i, n)| Some((i.parse().ok()?, n.parse().ok()?)));
    read.filter(|(i, n)| (1..=*n).contains(i)).ok_or_else(|| "write it as I/N, 1/N to N/N".to_owned())
}

pub(super) fn run(args: &Args) -> Result<(), Failure> {
    if PARQUET.write.is_none() {
        return Err(Failure::new(PARQUET.not_built()));
    }
    let plan = plan(args)?;
    let folder = Folder::open(&args.out, &plan.fingerprint, plan.sweep.cells())?;
    let total = format::grouped(plan.sweep.cells() as f64, 0);
    if args.collect {
        let files = folder.check()?;
        return print(&format!(
            "{total} cells in {files} files: each is there once (plan {})\n",
            plan.fingerprint
        ));
    }
    let (i, n) = args.shard;
    // Wide, since a number of cells times a number of shards may be more than 64 bits hold.
    let cut = |part: u64| (u128::from(plan.sweep.cells()) * u128::from(part) / u128::from(n)) as u64;
    let share = cut(i - 1)..cut(i);
    let missing = folder.missing(share.clone(), plan.sweep.is_simulated())?;
    remove_unfinished_on_signals();
    keep_plan(&plan, &args.out)?;
    let (sweep, mut faulty, mut done) = (Arc::new(plan.sweep), 0, 0);
    for cells in missing {
        let mut swept = SweptCells {
            sweep: Arc::clone(&sweep),
            fingerprint: plan.fingerprint.clone(),
            cells: cells.clone(),
            control: ToTheEnd,
            faulty: 0,
        };
        PARQUET.write_file(&mut swept, &folder.file(&cells))?;
        (faulty, done) = (faulty + swept.faulty, done + (cells.end - cells.start));
        progress(&cells, &share);
    }
    let there = share.end - share.start - done;
    let said = |count: u64, words: &str| match count {
        0 => String::new(),
        _ => format!(", {} {words}", format::grouped(count as f64, 0)),
    };
    let there = said(there, "were there");
    let faulty = said(faulty, "of them contradict themselves");
    let words = format!("{} cells computed{there}{faulty}", format::grouped(done as f64, 0));
    print(&format!("{words}; the sweep has {total} (plan {})\n", plan.fingerprint))
}

/// The plan of the options, of a file, or for a check of the folder.
fn plan(args: &Args) -> Result<Plan, Failure> {
    let kept = || {
        let name = |path: &PathBuf| path.file_name().is_some_and(|name| is_plan(&name.to_string_lossy()));
        let entries = std::fs::read_dir(&args.out).ok()?;
        entries.filter_map(|entry| Some(entry.ok()?.path())).find(name)
    };
    let file = match &args.plan {
        Some(path) => PlanFile::read(path)?,
        None if args.collect && args.vary.is_empty() => {
            let path = kept().ok_or_else(|| {
                Failure::new(format!("{} has no plan; name one with --plan or --vary", args.out.display()))
            })?;
            PlanFile::read(&path)?
        }
        None => PlanFile {
            source: args.source.clone(),
            set: args.set.clone(),
            vary: args.vary.clone(),
            measures: args.measures.clone(),
            basis: None,
            criterion: None,
        },
    };
    file.sweep(args.basis, args.criterion)
}

fn is_plan(name: &str) -> bool {
    name.strip_prefix("_plan-").and_then(|rest| rest.strip_suffix(".ron")).is_some()
}

/// Writes the plan and its scenario beside the tables, so that the folder says what it is and can be repeated.
fn keep_plan(plan: &Plan, folder: &Path) -> Result<(), Failure> {
    let scenario = format!("_scenario-{}.{}", plan.fingerprint, store::DOCUMENT_ENDING);
    let text = store::to_text(&plan.base).map_err(Failure::new)?;
    write_atomically(&folder.join(&scenario), text.as_bytes()).map_err(Failure::new)?;
    let file = PlanFile { source: Some(scenario), ..plan.file.clone() };
    let text = ron::ser::to_string_pretty(&file, ron::ser::PrettyConfig::default()).map_err(Failure::new)?;
    let path = folder.join(format!("_plan-{}.ron", plan.fingerprint));
    write_atomically(&path, text.as_bytes()).map_err(Failure::new)?;
    Ok(())
}

/// A line on standard error: how far the share is.
fn progress(cells: &Range<u64>, share: &Range<u64>) {
    let percent = (cells.end - share.start) as f64 / (share.end - share.start) as f64 * 100.0;
    say(&format!(
        "wattfolio: cells {}…{} are written, {} % of this share",
        format::grouped(cells.start as f64, 0),
        format::grouped(cells.end as f64 - 1.0, 0),
        format::grouped(percent, 0)
    ));
}
