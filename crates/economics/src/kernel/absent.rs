//! Reasons for a missing result.

/// A result, or the reason why there is none.
pub type Maybe<T> = Result<T, Absent>;

/// Reason for a missing result. "Never pays back" is a result, not an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Absent {
    /// It does not happen within the plan.
    #[error("never")]
    Never,
    /// Only end proceeds bring the money back.
    #[error("only by resale")]
    OnlyByResale,
    /// The business spends no capital of its own.
    #[error("no capex")]
    NoCapex,
    /// The net present value is zero at no rate above −99 % a year.
    #[error("no rate above −99 % a year makes the net present value zero")]
    NoRate,
    /// The net present value is zero at several positive rates; none is the internal rate of return.
    #[error("not meaningful: several positive rates make the net present value zero")]
    SeveralRates,
    /// The plan does not return its money, and its flows change sign more than once.
    #[error("not meaningful: the money does not come back, and flows change sign more than once")]
    NotReturned,
    /// The first flow is income.
    #[error("not meaningful: the first flow is income")]
    NotAnInvestment,
    /// A value beyond the range of `f64`.
    #[error("beyond what a number holds")]
    TooLarge,
    /// A total return below −100 %, for which no yearly rate exists.
    #[error("more is lost than was put in")]
    LostMore,
    /// There is no outflow, or no inflow.
    #[error("flows of one sign only")]
    OneSign,
    /// The cumulative flow is never negative.
    #[error("no funding needed")]
    NoFunding,
    /// Operating cash at start levels is not positive.
    #[error("no profit at today's prices")]
    NoProfitToday,
    /// No bitcoin is mined.
    #[error("no bitcoin mined")]
    NothingMined,
    /// Mining earns nothing at any price of a bitcoin.
    #[error("hashes earn nothing at any price")]
    EarnsNothing,
    /// Nothing is sold.
    #[error("nothing sold")]
    NothingSold,
    /// The plan ends before twelve months at full operation.
    #[error("fewer than 12 months at full operation")]
    TooShort,
    /// The customer funds nothing.
    #[error("no credit")]
    NoCredit,
    /// The business does not use the site.
    #[error("not on the site")]
    OffSite,
    /// Another party pays for power.
    #[error("pays no power")]
    PaysNoPower,
    /// The net present value is positive at every allowed value.
    #[error("not needed: worth its capital at every value allowed")]
    NotNeeded,
    /// No allowed value makes the net present value zero.
    #[error("none: no value allowed makes the net present value zero")]
    NoBreakEven,
    /// The price that a factor would scale is 0.
    #[error("no factor on a price of zero")]
    NothingToScale,
    /// Nothing is paid to a lender.
    #[error("no debt service")]
    NoDebtService,
    /// The owner puts no money in.
    #[error("no own money in it")]
    NoEquity,
    /// A rate of −100 % or less.
    #[error("no rate is below −100 %")]
    BelowTotalLoss,
    /// No customer defaults on any path.
    #[error("no customer failed")]
    NobodyFails,
    /// Cash and reserve last on every path.
    #[error("cash never runs out")]
    NeverShort,
    /// It needs a simulation, and there is none.
    #[error("not simulated")]
    NotSimulated,
    /// It does not apply, e.g. an input of an option that is not chosen.
    #[error("does not apply")]
    NotApplicable,
}

/// `value`, if it is finite.
pub(crate) fn finite(value: f64) -> Maybe<f64> {
    if value.is_finite() { Ok(value) } else { Err(Absent::TooLarge) }
}

/// `value/over`, or `without` if `over` is not positive.
pub(crate) fn ratio(value: f64, over: f64, without: Absent) -> Maybe<f64> {
    if over > 0.0 { finite(value / over) } else { Err(without) }
}

impl Absent {
    /// The reason in at most ten letters, for narrow places.
    pub const fn short(self) -> &'static str {
        match self {
            Self::Never => "never",
            Self::OnlyByResale => "by resale",
            Self::NoCapex => "no capex",
            Self::NoRate
            | Self::NotAnInvestment
            | Self::NotReturned
            | Self::OneSign
            | Self::NoFunding
            | Self::NoDebtService
            | Self::NoEquity
            | Self::NoBreakEven
            | Self::NothingToScale
            | Self::BelowTotalLoss
            | Self::NobodyFails
            | Self::NeverShort => "none",
            Self::SeveralRates => "several",
            Self::TooLarge => "too large",
            Self::LostMore => "lost more",
            Self::NoProfitToday => "no profit",
            Self::NothingMined | Self::NothingSold | Self::EarnsNothing => "nothing",
            Self::TooShort => "too short",
            Self::NoCredit => "no credit",
            Self::OffSite => "off site",
            Self::PaysNoPower => "no power",
            Self::NotNeeded => "not needed",
            Self::NotSimulated => "…",
            Self::NotApplicable => "not used",
        }
    }
}
