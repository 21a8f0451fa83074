//! Dated prices of machines, GPUs and AI leases, bundled with the program.
//!
//! They are price *lists*: published once, with a date and a source, and out of date from that day on.
//! Recorded time series are in [`crate::market_data`].
//!
//! A row is checked when it is read; picking one fills inputs ([`Pick::values`]), which stay free to edit.

mod date;
pub(crate) mod read;
mod row;

use std::sync::LazyLock;

pub use date::PriceDate;
pub use row::{Asic, Deal, Fee, FeeKind, GpuModel};

use wattfolio_economics::catalogue;
use wattfolio_economics::input::{Input, Kind};
use wattfolio_economics::scenario::Scenario;

use self::row::Listed;

/// Input that the name of a machine fills.
const MACHINE: &str = "mining.machine.name";
/// Input that the name of a GPU fills.
const GPU: &str = "leasing.gpu.name";
/// Input that the fee of a lease fills.
const FEE: &str = "hosting.fee_usd_per_kw_month";

/// One of the lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PriceList {
    /// Mining machines.
    Asics,
    /// GPUs.
    Gpus,
    /// AI leases.
    Deals,
}

impl PriceList {
    /// Every list.
    pub const ALL: [Self; 3] = [Self::Asics, Self::Gpus, Self::Deals];

    /// The name on the command line.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Asics => "asics",
            Self::Gpus => "gpus",
            Self::Deals => "deals",
        }
    }

    /// One line: what is in it.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Asics => "Mining machines with efficiency and dated price",
            Self::Gpus => "GPUs with power, all-in price and dated rental",
            Self::Deals => "AI leases of bitcoin miners with their fees",
        }
    }

    /// The list that can fill an input, below which the window offers it.
    pub fn below(input: &Input) -> Option<Self> {
        Some(match input.id {
            MACHINE => Self::Asics,
            GPU => Self::Gpus,
            FEE => Self::Deals,
            _ => return None,
        })
    }
}

/// Reads a bundled list.
fn bundled<Row: Listed>(file: &str, text: &str) -> Vec<Row> {
    read::bundled(read::rows(file, text, Row::try_from))
}

/// Mining machines, in the order of the list.
///
/// # Panics
/// If the bundled list is invalid, which a test rules out.
pub fn asics() -> &'static [Asic] {
    static ROWS: LazyLock<Vec<Asic>> =
        LazyLock::new(|| bundled("asic_models.csv", include_str!("../../assets/market/asic_models.csv")));
    &ROWS
}

/// GPUs, in the order of the list.
///
/// # Panics
/// If the bundled list is invalid, which a test rules out.
pub fn gpus() -> &'static [GpuModel] {
    static ROWS: LazyLock<Vec<GpuModel>> =
        LazyLock::new(|| bundled("gpu_models.csv", include_str!("../../assets/market/gpu_models.csv")));
    &ROWS
}

/// AI leases of bitcoin miners, in the order of the list.
///
/// # Panics
/// If the bundled list is invalid, which a test rules out.
pub fn deals() -> &'static [Deal] {
    static ROWS: LazyLock<Vec<Deal>> =
        LazyLock::new(|| bundled("hosting_deals.csv", include_str!("../../assets/market/hosting_deals.csv")));
    &ROWS
}

/// Finds a machine by name.
pub fn find_asic(name: &str) -> Option<&'static Asic> {
    asics().iter().find(|asic| asic.name == name)
}

/// Finds a GPU by name.
pub fn find_gpu(name: &str) -> Option<&'static GpuModel> {
    gpus().iter().find(|gpu| gpu.name == name)
}

/// A row that fills inputs.
#[derive(Clone, Copy, Debug)]
pub enum Pick {
    /// A mining machine.
    Asic(&'static Asic),
    /// A GPU.
    Gpu(&'static GpuModel),
    /// The fee of a lease.
    Deal(&'static Deal),
}

/// Value that a pick writes into an input.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A text.
    Text(String),
    /// A number, in the stored unit of the input.
    Number(f64),
}

impl Pick {
    /// The name of the row.
    pub fn name(self) -> &'static str {
        match self {
            Self::Asic(asic) => &asic.name,
            Self::Gpu(gpu) => &gpu.name,
            Self::Deal(deal) => &deal.name,
        }
    }

    /// The inputs that the row fills, with their values; inputs without a value in the row are left alone.
    pub fn values(self) -> Vec<(&'static Input, Value)> {
        let values = self.values_by_id().into_iter();
        values.filter_map(|(id, value)| Some((catalogue::find(id)?, value))).collect()
    }

    fn values_by_id(self) -> Vec<(&'static str, Value)> {
        let number = |id, value: Option<f64>| value.map(|value| (id, Value::Number(value)));
        match self {
            Self::Asic(asic) => [
                Some((MACHINE, Value::Text(asic.name.clone()))),
                number("mining.machine.hashrate_th_s", Some(asic.hashrate_th_s)),
                number("mining.machine.watts", Some(asic.watts)),
                number("mining.machine.price_usd", asic.price_usd),
            ]
            .into_iter()
            .flatten()
            .collect(),
            Self::Gpu(gpu) => [
                Some((GPU, Value::Text(gpu.name.clone()))),
                number("leasing.kw_per_gpu", Some(gpu.kw_per_gpu)),
                number("leasing.gpu_price_usd", gpu.price_usd),
                number("leasing.rental_usd_per_gpu_hour", gpu.rental_usd_per_hour),
            ]
            .into_iter()
            .flatten()
            .collect(),
            // The average over a term already includes its escalator.
            Self::Deal(deal) => deal
                .fee()
                .map(|fee| {
                    vec![
                        (FEE, Value::Number(fee.usd_per_kw_month)),
                        ("hosting.fee_escalator", Value::Number(fee.escalator)),
                    ]
                })
                .unwrap_or_default(),
        }
    }

    /// Whether a scenario has the values of the row.
    pub fn is_in(self, scenario: &Scenario) -> bool {
        let has = |(input, value): &(&Input, Value)| match value {
            Value::Text(text) => input.text(scenario).as_ref() == Some(text),
            Value::Number(number) => {
                matches!(&input.kind, Kind::Number(kind) if (kind.get)(scenario) == Some(*number))
            }
        };
        let values = self.values();
        !values.is_empty() && values.iter().all(has)
    }

    /// Inputs of the row's subject that it has no value for, in words.
    pub fn unknown(self) -> Option<&'static str> {
        match self {
            Self::Asic(Asic { price_usd: None, .. }) => Some("its price"),
            Self::Gpu(gpu) => match (gpu.price_usd, gpu.rental_usd_per_hour) {
                (None, None) => Some("its price and its rental"),
                (None, _) => Some("its price"),
                (_, None) => Some("its rental"),
                _ => None,
            },
            Self::Deal(deal) if deal.fee().is_none() => Some("its fee"),
            Self::Asic(_) | Self::Deal(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(pick: Pick) -> Scenario {
        let mut scenario = Scenario::default();
        let values = pick.values();
        assert_eq!(values.len(), pick.values_by_id().len(), "every id is that of an input");
        for (input, value) in values {
            match value {
                Value::Text(text) => input.write(&mut scenario, &text).unwrap(),
                Value::Number(number) => input.write_number(&mut scenario, number).unwrap(),
            }
        }
        scenario
    }

    #[test]
    fn every_row_fills_a_valid_scenario() {
        let picks = asics().iter().map(Pick::Asic);
        let picks = picks.chain(gpus().iter().map(Pick::Gpu)).chain(deals().iter().map(Pick::Deal));
        for pick in picks {
            let scenario = filled(pick);
            assert!(scenario.validate().is_ok(), "{}", pick.name());
            assert_eq!(pick.is_in(&scenario), !pick.values().is_empty(), "{}", pick.name());
        }
    }

    #[test]
    fn every_list_stands_below_one_input_that_its_rows_fill() {
        for (list, pick) in PriceList::ALL.into_iter().zip([
            Pick::Asic(&asics()[0]),
            Pick::Gpu(&gpus()[0]),
            Pick::Deal(&deals()[0]),
        ]) {
            let below = catalogue::inputs().iter().filter(|input| PriceList::below(input) == Some(list));
            let below: Vec<&str> = below.map(|input| input.id).collect();
            assert_eq!(below, [pick.values_by_id()[0].0], "{}", list.id());
        }
    }

    #[test]
    fn a_machine_without_a_price_leaves_the_price_alone() {
        let pick = Pick::Asic(find_asic("Antminer S23").unwrap());
        let scenario = filled(pick);
        assert_eq!(
            (scenario.mining.machine.watts, scenario.mining.machine.price_usd.value),
            (3498.0, 4050.0)
        );
        assert_eq!(pick.unknown(), Some("its price"));
    }

    #[test]
    fn an_average_fee_comes_without_an_escalator() {
        let deal = |name: &str| deals().iter().find(|deal| deal.name.contains(name)).unwrap();
        let helios = filled(Pick::Deal(deal("Helios"))).hosting;
        assert_eq!((helios.fee_usd_per_kw_month.value, helios.fee_escalator), (158.4, 0.0));
        let core42 = filled(Pick::Deal(deal("Core42"))).hosting;
        assert_eq!((core42.fee_usd_per_kw_month.value, core42.fee_escalator), (125.0, 0.03));
    }
}
