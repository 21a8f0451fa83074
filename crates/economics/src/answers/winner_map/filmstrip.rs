//! A map at some values of a third input.

use super::{Axis, NotMapped, WinnerMap};
use crate::kernel::Basis;
use crate::results::verdict::Criterion;
use crate::risk::{Control, Part};
use crate::scenario::ValidScenario;

/// The same map at some values of a third input.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Filmstrip {
    /// The third input.
    pub z: Axis,
    /// The maps, in the order of the values.
    pub frames: Vec<Frame>,
}

/// A map at a value of the third input.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Frame {
    /// The value, in the unit of the input.
    pub value: f64,
    /// The map; where the scenario contradicts itself with the value alone, no pair is allowed.
    pub map: WinnerMap,
}

impl Filmstrip {
    /// Number of values of a third input that nobody has set up.
    pub const USUAL: usize = 5;

    /// A map of up to `most` columns and rows at each of some values of a third input.
    ///
    /// # Errors
    /// As of [`WinnerMap::new`], or if the third input is an axis.
    ///
    /// ```
    /// # use wattfolio_economics::answers::{Axis, Filmstrip};
    /// # use wattfolio_economics::prelude::*;
    /// # use wattfolio_economics::results::verdict::Criterion;
    /// # use wattfolio_economics::risk::ToTheEnd;
    /// let scenario = Scenario::default().validate()?;
    /// let axes = Axis::usual(&scenario).unwrap();
    /// let fee = Axis::of(&scenario, catalogue::find("hosting.fee_usd_per_kw_month").unwrap()).unwrap();
    /// let values = fee.spread(5, fee.now(&scenario));
    /// let how = (Basis::ProjectBeforeTax, Criterion::Value);
    /// let strip = Filmstrip::new(&scenario, &axes, (fee, &values), how, 4, &ToTheEnd).unwrap();
    /// assert_eq!(strip.frames.len(), 5);
    /// # Ok::<(), Faults>(())
    /// ```
    pub fn new(
        scenario: &ValidScenario,
        axes: &(Axis, Axis),
        (z, values): (Axis, &[f64]),
        how: (Basis, Criterion),
        most: usize,
        control: &impl Control,
    ) -> Result<Self, NotMapped> {
        Self::check((&axes.0, &axes.1), &z)?;
        WinnerMap::check((&axes.0, &axes.1), how.1)?;
        let frame = |(index, value): (usize, &f64)| {
            let part = Part::new(control, index, values.len());
            let map = match scenario.with(z.input, *value) {
                Ok(at) => WinnerMap::new(&at, axes.clone(), how, most, &part)?,
                Err(_) => WinnerMap::not_allowed(axes.clone(), how, most),
            };
            Ok(Frame { value: *value, map })
        };
        let frames = values.iter().enumerate().map(frame).collect::<Result<_, NotMapped>>()?;
        Ok(Self { z, frames })
    }

    /// Whether an input can be the third one.
    ///
    /// # Errors
    /// If it is an axis.
    pub fn check((x, y): (&Axis, &Axis), z: &Axis) -> Result<(), NotMapped> {
        if [x.input, y.input].contains(&z.input) { Err(NotMapped::ThirdIsAxis(z.input.id)) } else { Ok(()) }
    }
}
