//! Where a measure comes from: its formula, what must be known beside it, and values that decide it.

use crate::explain::expr::Expr;
use crate::explain::operand::Operand;
use crate::kernel::Maybe;

/// Formula and values of a measure.
#[derive(Debug, Default)]
pub(crate) struct Derivation {
    pub expr: Option<Expr>,
    pub note: Option<String>,
    pub context: Vec<Operand>,
}

impl From<Expr> for Derivation {
    fn from(expr: Expr) -> Self {
        Self::of(expr)
    }
}

impl Derivation {
    pub(crate) fn of(expr: Expr) -> Self {
        Self { expr: Some(expr), ..Self::default() }
    }

    /// What explains a value; nothing where there is none.
    pub(crate) fn where_it_is(result: Maybe<f64>, derive: impl FnOnce(f64) -> Self) -> Self {
        result.map(derive).unwrap_or_default()
    }

    /// With a sentence.
    #[must_use]
    pub(crate) fn noting(self, note: impl Into<String>) -> Self {
        Self { note: Some(note.into()), ..self }
    }

    /// With values that do not stand in the formula.
    #[must_use]
    pub(crate) fn beside(mut self, exprs: impl IntoIterator<Item = Expr>) -> Self {
        self.context.extend(exprs.into_iter().flat_map(|expr| expr.operands()));
        self
    }
}
