//! Formulas as text.

use super::expr::{Condition, Expr};
use super::operand::Operand;

impl Expr {
    /// The formula with every leaf written by `leaf`: by name, or by value.
    pub fn write(&self, leaf: &dyn Fn(&Operand) -> String) -> String {
        self.written(leaf, 0)
    }

    fn written(&self, leaf: &dyn Fn(&Operand) -> String, around: u8) -> String {
        let list = |terms: &[Self]| terms.iter().map(|t| t.written(leaf, 0)).collect::<Vec<_>>().join(", ");
        let (text, own) = match self {
            Self::Operand(operand) => (leaf(operand), 9),
            Self::Literal(_, text) => ((*text).to_owned(), 9),
            Self::Step(step) => (leaf(&step.as_operand()), 9),
            Self::Series(series) => (leaf(&series.as_operand()), 9),
            Self::Sum(terms) => (written_sum(terms, leaf), 1),
            Self::Product(terms) => {
                (terms.iter().map(|t| t.written(leaf, 2)).collect::<Vec<_>>().join(" · "), 2)
            }
            Self::Quotient(a, b) => (format!("{} / {}", a.written(leaf, 2), b.written(leaf, 3)), 2),
            Self::Negative(term) => (format!("−{}", term.written(leaf, 2)), 1),
            Self::Power(a, b) => (format!("{}^{}", a.written(leaf, 4), b.written(leaf, 4)), 3),
            Self::Least(terms) => (format!("min({})", list(terms)), 9),
            Self::Largest(terms) => (format!("max({})", list(terms)), 9),
            Self::Whole(term) => (format!("floor({})", term.written(leaf, 0)), 9),
            Self::DiscountedAway(rate, periods) => {
                (format!("1 − (1 + {})^−{}", rate.written(leaf, 1), periods.written(leaf, 4)), 1)
            }
            Self::Ln(term) => (format!("ln({})", term.written(leaf, 0)), 9),
            Self::NormalCdf(term) => (format!("Φ({})", term.written(leaf, 0)), 9),
            Self::If(condition) => (condition.written(leaf), 0),
            Self::Zero(zero) => (zero.words.clone(), 9),
        };
        if own < around { format!("({text})") } else { text }
    }
}

impl Condition {
    fn written(&self, leaf: &dyn Fn(&Operand) -> String) -> String {
        let holds = self.left.evaluate() < self.right.evaluate();
        let sign = if holds { '<' } else { '≥' };
        let (left, right) = (self.left.written(leaf, 1), self.right.written(leaf, 1));
        format!("{}, because {left} {sign} {right}", self.chosen().written(leaf, 0))
    }
}

fn written_sum(terms: &[Expr], leaf: &dyn Fn(&Operand) -> String) -> String {
    let mut text = String::new();
    for (i, term) in terms.iter().enumerate() {
        let (sign, term) = match term {
            Expr::Negative(inner) => ("−", &**inner),
            other => ("+", other),
        };
        match (i, sign) {
            (0, "+") => {}
            (0, _) => text.push('−'),
            _ => text.extend([" ", sign, " "]),
        }
        // A sum inside a difference needs its parentheses.
        text.push_str(&term.written(leaf, if sign == "−" { 2 } else { 1 }));
    }
    if terms.is_empty() { "0".to_owned() } else { text }
}
