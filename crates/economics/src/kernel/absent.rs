//! Why a result does not exist.

/// A result, or why there is none.
pub type Maybe<T> = Result<T, Absent>;

/// Why a result does not exist. "Never pays back" is a result, not an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Absent {
    /// It does not come to pass within the plan.
    #[error("never")]
    Never,
    /// Only what comes at the end of the plan brings the money back.
    #[error("only by resale")]
    OnlyByResale,
    /// The business spends no capital of its own.
    #[error("no capex")]
    NoCapex,
    /// All flows have one sign, so no rate makes them worth nothing.
    #[error("no rate makes the net present value zero")]
    NoRate,
    /// Several rates do; none is the internal rate of return.
    #[error("not meaningful: several rates make the net present value zero")]
    SeveralRates,
    /// The first flow comes in.
    #[error("not meaningful: the first flow is income")]
    NotAnInvestment,
    /// A yearly rate beyond what a number holds.
    #[error("beyond what a number holds")]
    TooLarge,
    /// A total return below −100 %, of which no yearly rate exists.
    #[error("more is lost than was put in")]
    LostMore,
    /// There is no money out, or none in.
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
    /// Somebody else pays for power.
    #[error("pays no power")]
    PaysNoPower,
    /// The net present value is positive even at the worst value.
    #[error("not needed: worth its capital even at zero")]
    NotNeeded,
    /// Nothing is paid to a lender.
    #[error("no debt service")]
    NoDebtService,
    /// The owner puts no money in.
    #[error("no own money in it")]
    NoEquity,
    /// Power is free, so there is no price to scale.
    #[error("power is free")]
    FreePower,
    /// A rate of which nothing could be left.
    #[error("no rate is below −100 %")]
    BelowTotalLoss,
    /// Only a simulation could tell, and there is none.
    #[error("not simulated")]
    NotSimulated,
    /// An input of an option that is not chosen.
    #[error("does not apply")]
    NotApplicable,
}

/// A value, unless it grew beyond what a number holds.
pub(crate) fn finite(value: f64) -> Maybe<f64> {
    if value.is_finite() { Ok(value) } else { Err(Absent::TooLarge) }
}

/// One value over another, or why there is no such ratio where the other is not positive.
pub(crate) fn ratio(value: f64, over: f64, without: Absent) -> Maybe<f64> {
    if over > 0.0 { finite(value / over) } else { Err(without) }
}

impl Absent {
    /// The reason in at most ten letters, where there is no room for the whole.
    pub const fn short(self) -> &'static str {
        match self {
            Self::Never => "never",
            Self::OnlyByResale => "by resale",
            Self::NoCapex => "no capex",
            Self::NoRate
            | Self::NotAnInvestment
            | Self::OneSign
            | Self::NoFunding
            | Self::NoDebtService
            | Self::NoEquity
            | Self::BelowTotalLoss => "none",
            Self::SeveralRates => "several",
            Self::TooLarge => "too large",
            Self::LostMore => "lost more",
            Self::NoProfitToday => "no profit",
            Self::NothingMined | Self::NothingSold => "nothing",
            Self::TooShort => "too short",
            Self::NoCredit => "no credit",
            Self::OffSite => "off site",
            Self::PaysNoPower => "no power",
            Self::NotNeeded => "not needed",
            Self::FreePower => "free power",
            Self::NotSimulated => "…",
            Self::NotApplicable => "not used",
        }
    }
}
