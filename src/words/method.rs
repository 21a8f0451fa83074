//! The conventions of the model in a few sentences.

/// The conventions: what each is about, and how it is.
pub const CONVENTIONS: [(&str, &str); 6] = [
    (
        "Money and time",
        "Money is nominal USD. A plan runs by months of 730.5 hours; what is paid in a month falls at its end. \
         Prices and other levels that drift are read in the middle of their month. Yearly rates are effective \
         rates.",
    ),
    (
        "The same site",
        "Each business is evaluated alone, over the same months, with the same power price and at its own \
         discount rate. One calculation runs month by month for curves, explanations and every figure here.",
    ),
    (
        "Payback",
        "The first month in which cumulative cash is back to zero. What comes only because the plan ends (resale, \
         coins that were kept, a deposit returned) counts in NPV, IRR and profit, but never in payback.",
    ),
    (
        "Whose money",
        "Before and after tax count the project as if it had no debt. Equity counts the owner’s cash after tax, \
         with the loan drawn, served and repaid. Values per dollar and curves in multiples of the capital \
         compare with own capex, or with the owner’s peak equity; the multiple compares with the peak funding.",
    ),
    (
        "Rates of return",
        "An IRR is shown where a plan has a profit and one positive rate, or no profit and flows that change sign \
         once. Other rates above −99 % a year are listed as not meaningful, and “never” is a result.",
    ),
    (
        "What it is not",
        "Everything follows from the inputs, and nobody knows next year’s prices. The program predicts nothing; \
         it shows what your assumptions lead to.",
    ),
];
