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
    /// All flows have one sign, or what makes them worth nothing is no rate of an investor.
    #[error("no rate above −99 % a year makes the net present value zero")]
    NoRate,
    /// Several positive rates do; none is the internal rate of return.
    #[error("not meaningful: several positive rates make the net present value zero")]
    SeveralRates,
    /// The plan does not return its money, and its flows change sign more than once.
    #[error("not meaningful: the money does not come back, and flows change sign more than once")]
    NotReturned,
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
    /// Hashes earn nothing, whatever the price of a bitcoin.
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
    /// Somebody else pays for power.
    #[error("pays no power")]
    PaysNoPower,
    /// The net present value is positive at every value that is allowed.
    #[error("not needed: worth its capital at every value allowed")]
    NotNeeded,
    /// No value that is allowed makes the net present value zero.
    #[error("none: no value allowed makes the net present value zero")]
    NoBreakEven,
    /// What a factor would multiply is 0.
    #[error("no factor on a price of zero")]
    NothingToScale,
    /// Nothing is paid to a lender.
    #[error("no debt service")]
    NoDebtService,
    /// The owner puts no money in.
    #[error("no own money in it")]
    NoEquity,
    /// A rate of which nothing could be left.
    #[error("no rate is below −100 %")]
    BelowTotalLoss,
    /// No customer fails on any path.
    #[error("no customer failed")]
    NobodyFails,
    /// Cash and reserve last on every path.
    #[error("cash never runs out")]
    NeverShort,
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
