//! `wattfolio report`

use std::ffi::OsString;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use wattfolio_economics::risk::{Simulator, ToTheEnd};
use wattfolio_economics::scenario::ValidScenario;

use super::choice::choice;
use super::output::{Sink, say};
use super::source::{self, Scenarios};
use super::viewed::Viewed;
use super::{Failure, simulate};
use crate::report::content;
use crate::report::{Asked, Look, Reference, ReportFormat, ReportInput, bytes};
use crate::state::{MOST_DRAWN, Paper};
use crate::store::{self, Listed, Preset, PresetView};
use crate::theme::Fallback;
use crate::view::Printed;

/// Arguments of the command.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "One table alone: wattfolio report today --no-simulation --table cards --out cards.json

Example: wattfolio report today --set power.price_usd_per_kwh=0.038 --out report.pdf"
)]
pub(super) struct Args {
    /// Bundled presets (`wattfolio presets`) or preset files; `today` if nothing is given. The first is what the report is
    /// about; the others, and the variants in a file, stand beside it.
    #[arg(value_name = "PRESET|FILE")]
    sources: Vec<OsString>,
    /// Set an input by its id (`wattfolio inputs`) in the first scenario: a number, `35%`, `1.2M`, `$45/MWh`, or RON.
    #[arg(long = "set", value_name = "ID=VALUE")]
    set: Vec<String>,
    /// The file to write; its ending is the format.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// The chart of a picture or drawing; payback if nothing is given.
    #[arg(long, value_name = "ID")]
    chart: Option<String>,
    /// The table of a CSV, JSON or Parquet file; measures if nothing is given. Values stand in the unit of their row; JSON and
    /// Parquet have the printed text as well.
    #[arg(long, value_name = "ID")]
    table: Option<String>,
    /// Colours of a picture or drawing: light or dark; on white if nothing is given.
    #[arg(long, value_parser = choice::<egui::Theme>())]
    theme: Option<egui::Theme>,
    /// Size of the pages.
    #[arg(long, value_parser = choice::<Paper>(), default_value = Paper::A4.id())]
    paper: Paper,
    #[command(flatten)]
    viewed: Viewed,
    /// The date on the report; otherwise that of `SOURCE_DATE_EPOCH`, else today.
    #[arg(long, value_name = "YYYY-MM-DD")]
    date: Option<NaiveDate>,
    /// Leave out the simulation: no risk, no fans, no chance of loss.
    #[arg(long)]
    no_simulation: bool,
}

pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let format = format(&args.out)?;
    let look = look(args, format)?;
    let asked = Asked {
        chart: chart(args, format)?,
        table: table(args, format)?.to_owned(),
        paper: args.paper,
        look,
        ..Asked::new(format, Fallback::system())
    };
    // Before the work, so that a place that cannot be written is found at once.
    let sink = Sink::file(&args.out)?;
    let mut input = input(args)?;
    if !args.no_simulation {
        simulate_all(&mut input)?;
    }
    write(sink, &input, &asked)
}

/// The format that the name of the file asks for.
fn format(out: &Path) -> Result<ReportFormat, Failure> {
    let unknown = || {
        let endings: Vec<String> =
            ReportFormat::built().map(|one| format!(".{} ({})", one.ending(), one.label())).collect();
        Failure::new(format!("{}: a report ends in {}", out.display(), endings.join(", ")))
    };
    let format = ReportFormat::of(out).ok_or_else(unknown)?;
    match format.not_built() {
        Some(words) => Err(Failure::new(format!("{}: {words}", out.display()))),
        None => Ok(format),
    }
}

/// The chart of `--chart`.
fn chart(args: &Args, format: ReportFormat) -> Result<Printed, Failure> {
    let Some(id) = &args.chart else { return Ok(Printed::Payback) };
    if !format.is_chart() {
        return Err(Failure::new("--chart is for .svg and .png; every other format has its own charts"));
    }
    let all = Printed::all();
    let found = all.iter().copied().find(|chart| chart.id() == *id).ok_or_else(|| {
        let known: Vec<String> = all.iter().map(|chart| chart.id()).collect();
        Failure::new(format!("no chart has the id {id}; there are {}", known.join(", ")))
    })?;
    if args.no_simulation && found.needs_simulation() {
        return Err(Failure::new(format!(
            "the chart {id} is made from a simulation; leave out --no-simulation"
        )));
    }
    Ok(found)
}

/// The table of `--table`.
fn table(args: &Args, format: ReportFormat) -> Result<&str, Failure> {
    let Some(id) = &args.table else { return Ok(content::TABLES[0]) };
    if !format.is_table() {
        return Err(Failure::new(
            "--table is for .csv, .json and .parquet; reports and workbooks have all tables, charts none",
        ));
    }
    if !content::TABLES.contains(&id.as_str()) {
        return Err(Failure::new(format!(
            "no table has the id {id}; there are {}",
            content::TABLES.join(", ")
        )));
    }
    Ok(id)
}

/// The scenarios of the arguments, not yet simulated.
fn input(args: &Args) -> Result<ReportInput, Failure> {
    let Scenarios { own, listed } = source::scenarios(&args.sources, &args.set)?;
    let view = args.viewed.of(own.view);
    let baseline = baseline(&own, &listed);
    let cases = ReportInput::cases_of(listed, view);
    if cases.len() > MOST_DRAWN {
        return Err(Failure::new(format!(
            "{} scenarios are too many for a report; at most {MOST_DRAWN} stand side by side",
            cases.len()
        )));
    }
    Ok(ReportInput { cases, baseline, about: own.about, view, date: date(args.date)? })
}

/// What the current scenario is compared with: another one that is the baseline, else what the file says where values were
/// set on top, else the defaults.
fn baseline(own: &Preset, listed: &[Listed]) -> Reference {
    let name = |listed: &Listed| listed.label.name.clone();
    if let Some(other) = listed.iter().find(|one| one.is_baseline && !one.is_current) {
        return Reference { name: name(other), scenario: Arc::clone(&other.scenario), is_file: false };
    }
    if let Some(current) = listed.iter().find(|one| one.is_current && *one.scenario != own.scenario) {
        return Reference { name: name(current), scenario: Arc::new(own.scenario.clone()), is_file: true };
    }
    let name = store::bundled()[0].preset.about.title.clone();
    Reference { name, scenario: Arc::new(ValidScenario::default()), is_file: false }
}

/// The date of `--date`, else of `SOURCE_DATE_EPOCH`, else today.
fn date(asked: Option<NaiveDate>) -> Result<NaiveDate, Failure> {
    const EPOCH: &str = "SOURCE_DATE_EPOCH";
    if let Some(date) = asked {
        return Ok(date);
    }
    let Some(text) = std::env::var_os(EPOCH).filter(|text| !text.is_empty()) else {
        return Ok(Utc::now().date_naive());
    };
    let seconds = text.to_str().and_then(|text| text.trim().parse().ok());
    let time = seconds.and_then(|seconds| DateTime::<Utc>::from_timestamp(seconds, 0));
    time.map(|time| time.date_naive()).ok_or_else(|| {
        Failure::new(format!("{EPOCH}={}: write the seconds since 1970", text.to_string_lossy()))
    })
}

/// Simulates every scenario, the first with what decides.
fn simulate_all(input: &mut ReportInput) -> Result<(), Failure> {
    let mut simulator = Simulator::new(0).map_err(Failure::new)?;
    let view: PresetView = input.view;
    for (index, case) in input.cases.iter_mut().enumerate() {
        case.simulate(&mut simulator, (view, index == 0), &ToTheEnd).map_err(simulate::unfinished)?;
    }
    Ok(())
}

/// The colours of `--theme`.
fn look(args: &Args, format: ReportFormat) -> Result<Look, Failure> {
    match args.theme {
        None => Ok(Look::Paper),
        Some(_) if !format.is_chart() => Err(Failure::new(
            "--theme is for .svg and .png; a PDF is on white paper, and a browser chooses for itself",
        )),
        Some(egui::Theme::Light) => Ok(Look::Light),
        Some(egui::Theme::Dark) => Ok(Look::Dark),
    }
}

fn write(mut sink: Sink, input: &ReportInput, asked: &Asked) -> Result<(), Failure> {
    let bytes = bytes(input, asked).map_err(Failure::new)?;
    sink.write_all(&bytes).map_err(|fault| sink.fault(fault))?;
    sink.finish()?;
    if let Some(words) = asked.fallback.missing_words() {
        say(&format!("wattfolio: {words}"));
    }
    Ok(())
}
