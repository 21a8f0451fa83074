//! `wattfolio market`

mod refresh;

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use chrono::{DateTime, Utc};
use wattfolio_economics::scenario::Scenario;

use super::Failure;
use super::choice::choice;
use super::output::Output;
use super::source::load;
use crate::export::MarketReport;
use crate::market_data::live::{
    Address, Answer, Asked, Cache, Client, Consent, Fault, Figure, Keys, Limits, Permissions, Refused,
    Region, Regions, Rule, SOURCES, Source, Take, ask, find, is_offline, permissions_file, regions,
    take_over,
};
use crate::store::{self, Preset};

/// Arguments of the command.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Exit code 3: a figure is refused, because too few sources agree; or a month of a table is missing.

The recorded tables with the months since: wattfolio market --source mempool --refresh-history tables

Example: wattfolio market --out market.json"
)]
pub(super) struct Args {
    /// A source to ask; naming it permits it for this run. Without it only sources that the Market page allows are
    /// asked.
    #[arg(long, value_name = "NAME", value_parser = choice::<&'static Source>())]
    source: Vec<&'static Source>,
    /// An address in place of that of a source, such as a node of your own: URL, or NAME=URL with several sources.
    #[arg(long, value_name = "[NAME=]URL")]
    base_url: Vec<String>,
    /// The region of a power price: a state of EIA or a bidding zone of Energy-Charts, in place of that of the
    /// settings.
    #[arg(long, value_name = "REGION", value_parser = choice::<&'static Region>())]
    region: Vec<&'static Region>,
    /// Write a copy of a preset with the figures that are offered to the file of --out.
    #[arg(long, value_name = "PRESET|FILE", requires = "out")]
    apply: Option<OsString>,
    /// Extend the recorded monthly tables (bitcoin price, difficulty, heights) with months that sources tell of. They
    /// are written to this folder: those that are there, or else copies of the bundled ones. Rows never change.
    #[arg(long, value_name = "DIR", conflicts_with_all = ["apply", "out", "format"])]
    refresh_history: Option<PathBuf>,
    #[command(flatten)]
    output: Output<MarketReport>,
}

pub(super) fn run(args: &Args) -> Result<(), Failure> {
    if let Some(folder) = &args.refresh_history {
        return refresh::run(args, folder);
    }
    let (mut preset, _) = load(args.apply.as_deref())?;
    // With --apply the file gets the preset, and the report is printed.
    let copy = args.apply.as_ref().and_then(|_| args.output.file());
    if copy.is_some_and(|path| path.as_os_str() == "-") {
        return Err(Failure::new("--apply writes a file; name it with --out FILE"));
    }
    let out = if copy.is_some() { args.output.printed().open()? } else { args.output.open()? };
    let mut report = observe(args, preset.scenario.gpu_name().to_owned())?;
    let figures = report.figures();
    if let Some(path) = copy {
        report.taken = apply(&mut preset, &figures, args, path)?;
    }
    out.write(&mut report)?;
    refused(&figures, &preset)
}

/// Figures that were asked for and are refused, as a failure with an exit code of its own.
fn refused(figures: &[Figure], preset: &Preset) -> Result<(), Failure> {
    let own = preset.scenario.gpu_name();
    let counts = |figure: &&Figure| match figure.rule {
        Rule::Rental(gpu) => gpu.name.eq_ignore_ascii_case(own),
        _ => true,
    };
    let words: Vec<String> = figures
        .iter()
        .filter(counts)
        .filter(|figure| figure.is_asked())
        .filter_map(|figure| Some(format!("{}: {}", figure.rule.label(), figure.agreed.as_ref().err()?)))
        .collect();
    if words.is_empty() { Ok(()) } else { Err(Failure::Refused(format!("refused: {}", words.join("; ")))) }
}

/// Asks the sources that may be asked, and adds what is known from earlier.
fn observe(args: &Args, gpu_name: String) -> Result<MarketReport, Failure> {
    let folder = eframe::storage_dir(super::window::APP_ID);
    let bases = bases(args)?;
    let now = Utc::now();
    let regions = chosen_regions(args, &permissions(folder.as_deref()))?;
    let (answers, notes, taken) = (Vec::new(), Vec::new(), Vec::new());
    let mut report = MarketReport { now, answers, gpu_name, regions, notes, taken };
    let consents = consents(args, folder.as_deref(), (&bases, &report.regions), &mut report.notes)?;
    if is_offline() {
        known_offline(folder.as_deref(), &mut report);
    }
    let cache = folder.as_deref().map(Cache::new);
    let keys = Keys::default();
    let mut asked = Vec::new();
    for consent in consents {
        // Answers of an address of this run alone are not mixed with those of the source.
        let cache = cache.as_ref().filter(|_| !bases.contains_key(consent.source().id));
        let before = cache.and_then(|cache| known(cache, consent.source(), now, &mut report.notes));
        let before = before.filter(|before| before.is_of(consent.region()));
        prepare(consent, before, &keys, now, (&mut asked, &mut report));
    }
    let answers = Mutex::new(Vec::new());
    ask(asked, &|answer| answers.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push(answer));
    let fresh = answers.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    for answer in &fresh {
        if let Some(cache) = cache.as_ref().filter(|_| !bases.contains_key(answer.source.id))
            && let Err(fault) = cache.save(answer)
        {
            report.notes.push(format!("not kept: {fault}"));
        }
    }
    report.answers.extend(fresh);
    report.answers.sort_by_key(|answer| SOURCES.iter().position(|source| *source == answer.source));
    report.now = Utc::now();
    Ok(report)
}

/// What was known of a source.
fn known(
    cache: &Cache,
    source: &'static Source,
    now: DateTime<Utc>,
    notes: &mut Vec<String>,
) -> Option<Answer> {
    cache.load(source, now).unwrap_or_else(|fault| {
        notes.push(format!("discarded: {fault}"));
        None
    })
}

/// Makes a client, unless the source wants to be left alone or needs a key that is not there.
fn prepare(
    consent: Consent,
    before: Option<Answer>,
    keys: &Keys,
    now: DateTime<Utc>,
    (asked, report): (&mut Vec<Asked>, &mut MarketReport),
) {
    let source = consent.source();
    if let Some(before) =
        before.as_ref().filter(|before| before.not_before > now && before.host == consent.base().host())
    {
        let wait = (before.not_before - now).num_seconds() + 1;
        report
            .notes
            .push(format!("{} was asked a moment ago; it may be asked again in {wait} s", source.label));
        report.answers.push(before.clone());
        return;
    }
    let host = consent.base().host();
    match client(consent, keys, &mut report.notes) {
        Ok(client) => asked.push(Asked { client, before }),
        Err(fault) => report.answers.push(Answer::unasked(source, host, before.as_ref(), &fault, now)),
    }
}

/// Permissions of this run: for the sources that it names, or else from the settings.
fn consents(
    args: &Args,
    folder: Option<&Path>,
    (bases, regions): (&BTreeMap<&'static str, Address>, &Regions),
    notes: &mut Vec<String>,
) -> Result<Vec<Consent>, Failure> {
    if !args.source.is_empty() {
        let consent =
            |source: &'static Source| Consent::for_this_run(source, bases.get(source.id).cloned(), regions);
        return args.source.iter().copied().map(consent).collect::<Result<_, _>>().map_err(Failure::new);
    }
    let permissions = permissions(folder);
    let mut consents = Vec::new();
    for source in SOURCES {
        match Consent::remembered(&permissions, source, regions) {
            Ok(consent) => consents.push(consent),
            Err(Refused::NotAllowed(_) | Refused::Offline) => {}
            Err(fault) => notes.push(format!("{}: {fault}", source.label)),
        }
    }
    Ok(consents)
}

fn permissions(folder: Option<&Path>) -> Permissions {
    folder.map(|folder| Permissions::load(&permissions_file(folder))).unwrap_or_default()
}

/// What is known of the sources that may be asked; of others it is left out.
fn known_offline(folder: Option<&Path>, report: &mut MarketReport) {
    let (permissions, cache) = (permissions(folder), folder.map(Cache::new));
    let known = |source: &'static Source| {
        permissions
            .allows(source)
            .then(|| known(cache.as_ref()?, source, report.now, &mut report.notes))
            .flatten()
            .filter(|answer| answer.is_of(report.regions.of(source)))
    };
    let answers: Vec<Answer> = SOURCES.iter().copied().filter_map(known).collect();
    report.answers = answers;
    if !report.answers.is_empty() {
        report.notes.push(format!("{}; values are those of earlier runs", Refused::Offline));
    }
}

/// A client with the key of the user, if there is one.
fn client(consent: Consent, keys: &Keys, notes: &mut Vec<String>) -> Result<Client, Fault> {
    let source = consent.source();
    let key = match keys.find(source) {
        Ok(found) => found.map(|(key, _)| key),
        Err(fault) => {
            notes.push(format!("{}: {fault}", source.label));
            None
        }
    };
    Client::new(consent, key, Limits::default())
}

/// The regions of this run: those that it names, or else those of the settings.
fn chosen_regions(args: &Args, permissions: &Permissions) -> Result<Regions, Failure> {
    let mut chosen = permissions.regions();
    for region in &args.region {
        let of = regions().find(|(_, own)| own == region).map(|(source, _)| source);
        let Some(source) = of else { continue };
        if !args.source.is_empty() && !args.source.contains(&source) {
            let id = region.id;
            return Err(Failure::new(format!(
                "--region {id}: it is one of {}, which is not asked",
                source.id
            )));
        }
        chosen.choose(source, region);
    }
    Ok(chosen)
}

/// The addresses of this run by the id of their source.
fn bases(args: &Args) -> Result<BTreeMap<&'static str, Address>, Failure> {
    let mut bases = BTreeMap::new();
    for text in &args.base_url {
        let named = text.split_once('=').filter(|(name, _)| !name.contains(['/', ':']));
        let (source, url) = match (named, args.source.as_slice()) {
            (Some((name, url)), _) => (find(name).filter(|source| args.source.contains(source)), url),
            (None, [source]) => (Some(*source), text.as_str()),
            (None, _) => (None, text.as_str()),
        };
        let source = source.ok_or_else(|| {
            Failure::new(format!(
                "--base-url {}: name the source that it stands for, which must be among those of --source: mempool={url}",
                crate::format::visible_line(text)
            ))
        })?;
        let address = Address::typed(url).map_err(|why| Failure::new(format!("--base-url {why}")))?;
        bases.insert(source.id, address);
    }
    Ok(bases)
}

/// Writes a copy of the preset with every figure that is offered. A power price is taken where its source was named:
/// what industry pays in a state is rarely what the site pays.
fn apply(
    preset: &mut Preset,
    figures: &[Figure],
    args: &Args,
    path: &Path,
) -> Result<Vec<store::Taken>, Failure> {
    let is_wanted = |figure: &&Figure| match figure.rule {
        Rule::RetailPower(_) => args.source.iter().any(|source| source.gives(figure.rule.topic())),
        _ => true,
    };
    let takes: Vec<Take<'_>> = figures
        .iter()
        .filter(|figure| figure.offered().is_some())
        .filter(is_wanted)
        .map(|figure| Take { figure, with_utilisation: true })
        .collect();
    if takes.is_empty() {
        return Ok(Vec::new());
    }
    let mut scenario = Scenario::clone(&preset.scenario);
    let taken = take_over(&mut scenario, &mut preset.about, &takes).map_err(Failure::new)?;
    preset.scenario = scenario.validate().map_err(Failure::new)?;
    store::save(preset, path).map_err(Failure::new)?;
    Ok(taken)
}
