//! Formulas printed and evaluated from one tree, so that the text always matches the value.

use std::ops::{Add, Div, Mul, Neg, Sub};
use std::sync::Arc;

use crate::explain::operand::{Operand, Series, Source};
use crate::kernel::{Maybe, whole_machines};
use crate::number::Real;
use crate::units::Unit;

/// A formula over named values.
#[derive(Clone, Debug, PartialEq)]
pub enum Expr {
    /// A named value.
    Operand(Operand),
    /// A literal number, and its text.
    Literal(f64, &'static str),
    /// A result with a formula of its own.
    Step(Arc<Step>),
    /// A sum over months.
    Series(Arc<Series>),
    /// The sum of the terms.
    Sum(Vec<Self>),
    /// The product of the factors.
    Product(Vec<Self>),
    /// The first over the second.
    Quotient(Box<Self>, Box<Self>),
    /// The opposite sign.
    Negative(Box<Self>),
    /// The first to the power of the second.
    Power(Box<Self>, Box<Self>),
    /// The smallest.
    Least(Vec<Self>),
    /// The largest.
    Largest(Vec<Self>),
    /// Whole machines: rounded down, but not by the last bit.
    Whole(Box<Self>),
    /// Share taken away by discounting: `1 − (1 + rate)^−periods`, by rate and periods.
    DiscountedAway(Box<Self>, Box<Self>),
    /// Natural logarithm.
    Ln(Box<Self>),
    /// Distribution function of the standard normal.
    NormalCdf(Box<Self>),
    /// One of two values, by whether the first of a pair is less than the second.
    If(Box<Condition>),
    /// The place between two neighbours at which a function changes its sign.
    Zero(Box<Zero>),
}

/// A result with a formula of its own.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Step {
    /// What people call it.
    pub name: String,
    /// Unit of the value.
    pub unit: Unit,
    /// Its value.
    pub value: f64,
    /// Its formula.
    pub expr: Expr,
}

impl Step {
    /// The value once more, from the operands.
    pub fn recompute(&self) -> f64 {
        self.expr.evaluate()
    }

    /// The step as a value of the formula it stands in.
    pub fn as_operand(&self) -> Operand {
        Operand { name: self.name.clone(), value: Ok(self.value), unit: self.unit, source: Source::Step }
    }
}

/// `if left < right then … else …`.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// Left side of the comparison.
    pub left: Expr,
    /// Right side of the comparison.
    pub right: Expr,
    /// The value if left is less than right.
    pub then: Expr,
    /// The value otherwise.
    pub otherwise: Expr,
}

/// Two neighbouring places at which a function has different signs.
#[derive(Clone, Debug, PartialEq)]
pub struct Zero {
    /// Place and function in words: `rate at which NPV = 0`.
    pub words: String,
    /// Scale of the place: itself, or for a rate the yearly growth factor.
    pub size: f64,
    /// The place just below and the function there.
    pub below: (f64, Operand),
    /// The place just above and the function there.
    pub above: (f64, Operand),
}

impl Zero {
    /// Zero of the straight line between the neighbours; NaN without a change of sign.
    fn place(&self) -> f64 {
        let point = |(place, operand): &(f64, Operand)| (*place, operand.value.unwrap_or(f64::NAN));
        let ((a, fa), (b, fb)) = (point(&self.below), point(&self.above));
        if (fa <= 0.0) == (fb <= 0.0) && fa != 0.0 && fb != 0.0 {
            return f64::NAN;
        }
        if fa == fb { a } else { a + (b - a) * (fa / (fa - fb)) }
    }
}

impl Expr {
    /// The value, computed from the operands; NaN if one of them is absent. A step counts with its value, which
    /// [`Step::recompute`] checks.
    pub fn evaluate(&self) -> f64 {
        let values = |terms: &[Self]| terms.iter().map(Self::evaluate).collect::<Vec<f64>>();
        match self {
            Self::Operand(operand) => operand.value.unwrap_or(f64::NAN),
            Self::Literal(value, _) => *value,
            Self::Step(step) => step.value,
            Self::Series(series) => series.evaluate(),
            Self::Sum(terms) => values(terms).iter().sum(),
            Self::Product(terms) => values(terms).iter().product(),
            Self::Quotient(a, b) => a.evaluate() / b.evaluate(),
            Self::Negative(term) => 0.0 - term.evaluate(),
            Self::Power(base, exponent) => base.evaluate().powf(exponent.evaluate()),
            Self::Least(terms) => values(terms).into_iter().fold(f64::INFINITY, f64::min),
            Self::Largest(terms) => values(terms).into_iter().fold(f64::NEG_INFINITY, f64::max),
            Self::Whole(term) => whole_machines(term.evaluate()),
            // The difference of two numbers close to 1 would keep few of its digits.
            Self::DiscountedAway(rate, periods) => {
                0.0 - (-periods.evaluate() * rate.evaluate().ln_1p()).exp_m1()
            }
            Self::Ln(term) => term.evaluate().ln(),
            Self::NormalCdf(term) => term.evaluate().normal_cdf(),
            Self::If(condition) => condition.chosen().evaluate(),
            Self::Zero(zero) => zero.place(),
        }
    }

    /// The operands of the formula, each once, in order. Steps are among them.
    pub fn operands(&self) -> Vec<Operand> {
        let mut found = Vec::new();
        self.visit(&mut |expr| {
            let operand = match expr {
                Self::Operand(operand) => operand.clone(),
                Self::Step(step) => step.as_operand(),
                Self::Series(series) => series.as_operand(),
                _ => return,
            };
            if !found.contains(&operand) {
                found.push(operand);
            }
        });
        found
    }

    /// The results with a formula of their own, those of steps included, each once, outermost first.
    pub fn steps(&self) -> Vec<Arc<Step>> {
        let mut found: Vec<Arc<Step>> = Vec::new();
        let mut at = 0;
        let collect = |expr: &Self, found: &mut Vec<Arc<Step>>| {
            expr.visit(&mut |expr| {
                if let Self::Step(step) = expr
                    && !found.iter().any(|known| known == step)
                {
                    found.push(Arc::clone(step));
                }
            });
        };
        collect(self, &mut found);
        while let Some(step) = found.get(at).cloned() {
            collect(&step.expr, &mut found);
            at += 1;
        }
        found
    }

    /// Sum of the absolute terms: the scale of rounding where terms cancel.
    pub fn size(&self) -> f64 {
        match self {
            Self::Sum(terms) => terms.iter().map(Self::size).sum(),
            Self::Negative(term) => term.size(),
            Self::If(condition) => condition.chosen().size(),
            Self::Product(terms) => terms.iter().map(Self::size).product(),
            Self::Quotient(a, b) => a.size() / b.evaluate().abs(),
            Self::Step(step) => step.expr.size(),
            Self::Series(series) => series.size(),
            Self::Zero(zero) => zero.size,
            // The power multiplies the relative error of the base by the exponent.
            Self::Power(base, exponent) => {
                let (value, size) = (base.evaluate().abs(), base.size());
                let share = if value > 0.0 { size / value } else { 1.0 };
                self.evaluate().abs() * (exponent.evaluate().abs() * share).max(1.0)
            }
            Self::Least(terms) | Self::Largest(terms) => terms.iter().map(Self::size).fold(0.0, f64::max),
            Self::Operand(_)
            | Self::Literal(..)
            | Self::Whole(_)
            | Self::DiscountedAway(..)
            | Self::Ln(_)
            | Self::NormalCdf(_) => self.evaluate().abs(),
        }
    }

    fn visit(&self, found: &mut dyn FnMut(&Self)) {
        found(self);
        let mut all = |terms: &[Self]| terms.iter().for_each(|term| term.visit(found));
        match self {
            Self::Sum(terms) | Self::Product(terms) | Self::Least(terms) | Self::Largest(terms) => all(terms),
            Self::Quotient(a, b) | Self::Power(a, b) | Self::DiscountedAway(a, b) => {
                a.visit(found);
                b.visit(found);
            }
            Self::Negative(term) | Self::Whole(term) | Self::Ln(term) | Self::NormalCdf(term) => {
                term.visit(found);
            }
            Self::If(condition) => {
                condition.left.visit(found);
                condition.right.visit(found);
                condition.chosen().visit(found);
            }
            Self::Zero(zero) => {
                found(&Self::Operand(zero.below.1.clone()));
                found(&Self::Operand(zero.above.1.clone()));
            }
            Self::Operand(_) | Self::Literal(..) | Self::Step(_) | Self::Series(_) => {}
        }
    }

    /// `self^exponent`.
    #[must_use]
    pub(crate) fn raised_to(self, exponent: Self) -> Self {
        Self::Power(Box::new(self), Box::new(exponent))
    }

    /// Share that discounting at this rate over `periods` periods takes away: `1 − (1 + rate)^−periods`.
    #[must_use]
    pub(crate) fn discounted_away(self, periods: Self) -> Self {
        Self::DiscountedAway(Box::new(self), Box::new(periods))
    }

    /// Not more than.
    #[must_use]
    pub(crate) fn at_most(self, other: Self) -> Self {
        Self::Least(vec![self, other])
    }

    /// Not less than.
    #[must_use]
    pub(crate) fn at_least(self, other: Self) -> Self {
        Self::Largest(vec![self, other])
    }

    /// Whole machines.
    #[must_use]
    pub(crate) fn whole(self) -> Self {
        Self::Whole(Box::new(self))
    }

    /// Natural logarithm.
    #[must_use]
    pub(crate) fn ln(self) -> Self {
        Self::Ln(Box::new(self))
    }

    /// Distribution function of the standard normal.
    #[must_use]
    pub(crate) fn normal_cdf(self) -> Self {
        Self::NormalCdf(Box::new(self))
    }

    /// `then` if this is less than `right`, else `otherwise`.
    pub(crate) fn if_less(self, right: Self, then: Self, otherwise: Self) -> Self {
        Self::If(Box::new(Condition { left: self, right, then, otherwise }))
    }
}

impl Condition {
    /// The value that counts.
    pub(super) fn chosen(&self) -> &Expr {
        if self.left.evaluate() < self.right.evaluate() { &self.then } else { &self.otherwise }
    }
}

/// A literal number.
pub(crate) const fn literal(value: f64, text: &'static str) -> Expr {
    Expr::Literal(value, text)
}

/// One.
pub(crate) const ONE: Expr = literal(1.0, "1");
/// Zero.
pub(crate) const ZERO: Expr = literal(0.0, "0");
/// Months in a year.
pub(crate) const TWELVE: Expr = literal(12.0, "12");
/// A million.
pub(crate) const MILLION: Expr = literal(1e6, "1,000,000");
/// A thousand.
pub(crate) const THOUSAND: Expr = literal(1e3, "1,000");
/// Hours in a month.
pub(crate) const HOURS: Expr = literal(crate::units::HOURS_PER_MONTH, "730.5 h");

/// A result with a formula of its own.
pub(crate) fn step(name: impl Into<String>, unit: Unit, expr: Expr) -> Expr {
    let value = expr.evaluate();
    Expr::Step(Arc::new(Step { name: name.into(), unit, value, expr }))
}

/// A value with a name and a source.
pub(crate) fn operand(name: impl Into<String>, value: f64, unit: Unit, source: Source) -> Expr {
    maybe(name, Ok(value), unit, source)
}

/// A value that may be absent.
pub(crate) fn maybe(name: impl Into<String>, value: Maybe<f64>, unit: Unit, source: Source) -> Expr {
    Expr::Operand(Operand { name: name.into(), value, unit, source })
}

impl Add for Expr {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        match (self, other) {
            (Self::Sum(mut terms), other) => {
                terms.push(other);
                Self::Sum(terms)
            }
            (one, other) => Self::Sum(vec![one, other]),
        }
    }
}

impl Sub for Expr {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        self + -other
    }
}

impl Neg for Expr {
    type Output = Self;

    fn neg(self) -> Self {
        match self {
            Self::Negative(inner) => *inner,
            other => Self::Negative(Box::new(other)),
        }
    }
}

impl Mul for Expr {
    type Output = Self;

    fn mul(self, other: Self) -> Self {
        match (self, other) {
            (Self::Product(mut factors), other) => {
                factors.push(other);
                Self::Product(factors)
            }
            (one, other) => Self::Product(vec![one, other]),
        }
    }
}

impl Div for Expr {
    type Output = Self;

    fn div(self, other: Self) -> Self {
        Self::Quotient(Box::new(self), Box::new(other))
    }
}
