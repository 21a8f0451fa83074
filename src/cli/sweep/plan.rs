//! What is swept, from options or from a file.

use std::path::Path;

use serde::{Deserialize, Serialize};
use wattfolio_economics::answers::{Column, Sweep, Varied};
use wattfolio_economics::catalogue;
use wattfolio_economics::kernel::Basis;
use wattfolio_economics::results::verdict::Criterion;
use wattfolio_economics::scenario::ValidScenario;

use super::super::source::{load, unknown, with_set};
use super::super::{Failure, choice};
use crate::report::fingerprint;
use crate::store;

/// A plan file: the same texts as the options of the command.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct PlanFile {
    /// A bundled preset, or a file beside this one.
    pub source: Option<String>,
    /// Values on top, `ID=VALUE`.
    pub set: Vec<String>,
    /// What varies, `ID=FROM:TO:N[:log]`; the values of the last one follow each other.
    pub vary: Vec<String>,
    /// What is wanted, `mining.npv_usd`.
    pub measures: Vec<String>,
    /// Basis of the flows.
    pub basis: Option<String>,
    /// Criterion whose measures are wanted where none is named.
    pub criterion: Option<String>,
}

/// A sweep with what names it.
pub(super) struct Plan {
    pub sweep: Sweep,
    /// The fingerprint of everything that its figures depend on.
    pub fingerprint: String,
    /// The plan as a file that gives the same sweep.
    pub file: PlanFile,
    /// The scenario of its cells before anything varies.
    pub base: store::Preset,
}

impl PlanFile {
    /// Reads a plan file; a scenario that it names lies beside it.
    pub(super) fn read(path: &Path) -> Result<Self, Failure> {
        let text = store::read_text(path).map_err(Failure::new)?;
        // `source: "today"` reads as `Some("today")` does.
        let ron = ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
        let mut plan: Self = ron.from_str(&text).map_err(|fault| {
            let (at, code) = (fault.span.start, fault.code);
            Failure::new(format!("{}:{}:{}: {code}", path.display(), at.line, at.col))
        })?;
        if let (Some(source), Some(folder)) = (&mut plan.source, path.parent())
            && store::find_bundled(source).is_none()
        {
            *source = folder.join(&*source).display().to_string();
        }
        Ok(plan)
    }

    /// The sweep.
    pub(super) fn sweep(self, basis: Option<Basis>, criterion: Option<Criterion>) -> Result<Plan, Failure> {
        let (preset, _) = load(self.source.as_deref().map(std::ffi::OsStr::new))?;
        let scenario = with_set(&preset.scenario, &self.set)?;
        let own_basis = self.basis.as_deref().map(|text| named("basis", text)).transpose()?;
        let own_criterion = self.criterion.as_deref().map(|text| named("criterion", text)).transpose()?;
        let view = preset.view.asked(basis.or(own_basis), criterion.or(own_criterion));
        let axes = self.vary.iter().map(|text| axis(&scenario, text)).collect::<Result<Vec<_>, _>>()?;
        let column = |text: &String| {
            Column::parse(text.trim()).map_err(|fault| Failure::new(format!("--measure {fault}")))
        };
        let mut columns = self.measures.iter().map(column).collect::<Result<Vec<_>, _>>()?;
        if columns.is_empty() {
            columns = Column::usual(view.criterion);
        }
        let sweep = Sweep::new(scenario.clone(), view.basis, axes, columns).map_err(Failure::new)?;
        let fingerprint = format!("{:016x}", fingerprint_of(&sweep, &scenario));
        let file = Self {
            source: None,
            set: Vec::new(),
            vary: sweep.axes().iter().map(axis_text).collect(),
            measures: sweep.columns().iter().map(Column::id).collect(),
            basis: Some(view.basis.id().to_owned()),
            // The measures are named.
            criterion: None,
        };
        let mut base = preset;
        base.scenario = scenario;
        Ok(Plan { sweep, fingerprint, file, base })
    }
}

fn named<T: choice::Choice>(key: &str, text: &str) -> Result<T, Failure> {
    choice::named(text).map_err(|allowed| Failure::new(format!("{key}: {text}; allowed: {allowed}")))
}

/// Reads `ID=FROM:TO:N[:log]`.
fn axis(scenario: &ValidScenario, text: &str) -> Result<Varied, Failure> {
    let fault = |why: &str| {
        Failure::new(format!(
            "--vary {text}: {why}; write it as ID=FROM:TO:N or ID=FROM:TO:N:log, for example \
             --vary power.price_usd_per_kwh=0.02:0.08:13"
        ))
    };
    let (id, values) = text.split_once('=').ok_or_else(|| fault("it has no ="))?;
    let input = catalogue::find(id.trim()).ok_or_else(|| unknown(id.trim()))?;
    let parts: Vec<&str> = values.split(':').map(str::trim).collect();
    let (ends, count, is_log) = match parts.as_slice() {
        [from, to, count] => ([from, to], count, false),
        [from, to, count, "log"] => ([from, to], count, true),
        [_, _, _, _] => return Err(fault("the last part can only be log")),
        _ => return Err(fault("it has not three parts")),
    };
    let number = |text: &&&str| {
        crate::format::read_stored(text, input.unit).map_err(|why| fault(&format!("{text}: {why}")))
    };
    let [from, to] = [number(&ends[0])?, number(&ends[1])?];
    let count = count.parse().map_err(|_why| fault(&format!("{count} is no number of values")))?;
    Varied::new(scenario, input, (from, to), count, is_log)
        .map_err(|reason| Failure::new(format!("--vary {text}: {reason}")))
}

fn axis_text(axis: &Varied) -> String {
    let ((from, to), log) = (axis.ends(), if axis.is_log() { ":log" } else { "" });
    format!("{}={from}:{to}:{}{log}", axis.input().id, axis.count())
}

/// Everything that the figures of a sweep depend on: the program as well, as another version may compute others.
fn fingerprint_of(sweep: &Sweep, scenario: &ValidScenario) -> u64 {
    let inputs = catalogue::inputs()
        .iter()
        .filter_map(|input| Some(format!("{}={}\n", input.id, input.text(scenario)?)));
    let version = format!("wattfolio {}\n{}\n", env!("CARGO_PKG_VERSION"), sweep.basis().id());
    let axes = sweep.axes().iter().map(|axis| axis_text(axis) + "\n");
    let columns = sweep.columns().iter().map(|column| column.id() + "\n");
    fingerprint(std::iter::once(version).chain(inputs).chain(axes).chain(columns))
}
