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
use wattfolio_economics::input::Input;

use self::row::Listed;

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
                Some(("mining.machine.name", Value::Text(asic.name.clone()))),
                number("mining.machine.hashrate_th_s", Some(asic.hashrate_th_s)),
                number("mining.machine.watts", Some(asic.watts)),
                number("mining.machine.price_usd", asic.price_usd),
            ]
            .into_iter()
            .flatten()
            .collect(),
            Self::Gpu(gpu) => [
                Some(("leasing.gpu.name", Value::Text(gpu.name.clone()))),
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
                        ("hosting.fee_usd_per_kw_month", Value::Number(fee.usd_per_kw_month)),
                        ("hosting.fee_escalator", Value::Number(fee.escalator)),
                    ]
                })
                .unwrap_or_default(),
        }
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
    use wattfolio_economics::scenario::Scenario;

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
            assert!(filled(pick).validate().is_ok(), "{}", pick.name());
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
