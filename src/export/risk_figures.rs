//! The figures of simulations as a table: a row a figure and business, with the standard error, and of two scenarios
//! with their difference.

use wattfolio_economics::business::Business;
use wattfolio_economics::risk::{RISK_FIGURES, RiskValue, Simulation};

use super::exported::{ExportError, Exported, Shape};
use super::table::{Cell, Column, ColumnKind, Table, TableSink, about};

/// Simulations of one scenario or more, each with the letter of its scenario. Differences are to the first.
#[derive(Debug)]
pub struct RiskFigures<'a> {
    /// The simulations.
    pub all: Vec<(String, &'a Simulation)>,
}

impl Exported for RiskFigures<'_> {
    fn shapes() -> &'static [(Shape, &'static str)] {
        &[(Shape::Table, "One row a figure, business and scenario")]
    }

    fn table(&mut self, sink: &mut dyn TableSink) -> Result<(), ExportError> {
        let (text, number) = (ColumnKind::Text, ColumnKind::Number);
        let columns = vec![
            Column::required("scenario", text),
            Column::required("business", text),
            Column::required("figure", text),
            Column::required("label", text),
            Column::required("unit", text),
            Column::optional("value", number),
            Column::optional("standard_error", number),
            Column::optional("difference", number),
        ];
        let basis = self.all.first().map(|(_, simulation)| simulation.basis);
        sink.begin(&Table { name: "risk", columns, about: about(basis, &[]) })?;
        let cell = |value: Option<f64>| value.map_or(Cell::Empty, Cell::Number);
        for figure in RISK_FIGURES {
            for business in Business::ALL {
                let read = |simulation: &Simulation| {
                    simulation.business(business).ok().map(|risk| figure.read(risk))
                };
                let plain = |value: Option<RiskValue>| value.and_then(RiskValue::number)?.ok();
                let first = self.all.first().and_then(|(_, simulation)| plain(read(simulation)));
                for (index, (letter, simulation)) in self.all.iter().enumerate() {
                    let value = read(simulation);
                    let number = plain(value);
                    let pair = number.zip(first).filter(|_| index > 0);
                    sink.row(&[
                        Cell::Text(letter.as_str().into()),
                        Cell::Text(business.id().into()),
                        Cell::Text(figure.id.into()),
                        Cell::Text(figure.label.into()),
                        Cell::Text(figure.unit.symbol().into()),
                        cell(number),
                        cell(value.and_then(|value| value.standard_error())),
                        cell(pair.map(|(number, first)| number - first)),
                    ])?;
                }
            }
        }
        Ok(())
    }
}
