//! What happens to a business on the way.

/// Something that happens at an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// The block subsidy halves.
    Halving,
    /// The machines or GPUs reach the end of the life that their resale price reckons with.
    EndOfLife,
    /// The GPUs leave their contract for the market.
    ContractEnds,
    /// The tenant leaves.
    LeaseEnds,
    /// A renewed lease begins.
    Renewal,
    /// The customer has back what it funded.
    CreditUsedUp,
    /// The last scheduled payment of the loan.
    LoanPaid,
}

impl Event {
    /// The name that people read.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Halving => "halving",
            Self::EndOfLife => "end of life",
            Self::ContractEnds => "contract ends",
            Self::LeaseEnds => "lease ends",
            Self::Renewal => "renewal",
            Self::CreditUsedUp => "credit used up",
            Self::LoanPaid => "loan paid",
        }
    }
}
