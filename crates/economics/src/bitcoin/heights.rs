//! Block height at the start of calendar months.

use super::{BLOCKS_PER_MONTH, SubsidySchedule};
use crate::scenario::{CalendarMonth, Scenario};

/// Month of the first recorded height.
const FIRST: CalendarMonth = CalendarMonth::known(2010, 1);

/// Heights at 00:00 UTC of the first day of each month from `FIRST` on, reconstructed from the difficulty between the
/// dates of the halvings: good to about a day. Same values as `assets/market/heights_monthly.csv`.
const HEIGHTS: [u32; 203] = [
    32_818, 37_884, 43_477, 48_681, 54_225, 59_178, 64_036, 70_903, 76_675, 82_299, 88_392, 94_162, 99_693,
    104_938, 110_656, 115_499, 120_596, 127_437, 133_457, 138_437, 142_820, 147_025, 150_834, 154_996,
    159_668, 164_428, 168_811, 173_484, 177_770, 182_251, 186_793, 191_619, 196_566, 201_239, 205_925,
    210_345, 214_574, 219_050, 223_677, 229_073, 234_014, 239_097, 244_187, 249_564, 255_433, 261_058,
    267_230, 272_402, 278_003, 283_481, 288_339, 293_550, 298_528, 303_618, 308_703, 313_420, 318_557,
    323_324, 327_983, 332_383, 336_890, 341_399, 345_637, 350_164, 354_443, 358_905, 363_310, 367_883,
    372_487, 376_961, 381_499, 386_187, 391_244, 396_146, 400_659, 405_207, 409_690, 414_314, 418_772,
    423_152, 427_783, 432_334, 436_845, 441_394, 446_090, 451_029, 455_263, 459_920, 464_363, 469_229,
    473_706, 478_584, 483_103, 487_803, 492_691, 497_052, 502_003, 507_125, 511_458, 516_109, 520_709,
    525_460, 530_029, 534_725, 539_451, 543_914, 548_327, 552_196, 556_549, 561_105, 565_204, 569_773,
    574_165, 578_866, 583_392, 588_143, 592_824, 597_484, 601_995, 606_273, 610_864, 615_566, 619_793,
    623_986, 628_539, 632_727, 637_244, 641_820, 646_350, 650_856, 655_054, 659_560, 664_030, 668_679,
    672_744, 677_340, 681_431, 685_769, 689_317, 693_668, 698_537, 703_030, 707_690, 712_098, 716_692,
    721_331, 725_430, 729_960, 734_387, 738_839, 743_109, 747_478, 752_140, 756_535, 761_234, 765_458,
    769_865, 774_588, 778_800, 783_448, 787_799, 792_387, 796_700, 801_203, 805_748, 810_158, 814_801,
    819_271, 823_874, 828_386, 832_664, 837_237, 841_598, 846_012, 850_250, 854_935, 859_390, 863_693,
    868_368, 872_764, 877_342, 881_813, 885_855, 890_451, 894_786, 899_364, 903_532, 908_154, 912_704,
    917_252, 921_774, 926_011, 930_455, 934_693, 938_864, 943_217, 947_456, 951_974, 956_219, 960_662,
    965_105, 969_405, 973_800,
];

/// Block height at the first instant of a month: recorded, then extrapolated by 4,383 blocks a month. Months before the
/// first record have its height.
///
/// ```
/// use wattfolio_economics::{bitcoin, prelude::*};
///
/// let height = |text: &str| text.parse().map(bitcoin::height_at);
/// assert_eq!(height("2024-05")?, 841_598);
/// assert_eq!(height("2026-11")?, 973_800);
/// assert_eq!(height("2027-11")?, 973_800 + 12 * 4_383);
/// # Ok::<(), wattfolio_economics::scenario::NotAMonth>(())
/// ```
pub fn height_at(month: CalendarMonth) -> u32 {
    let index = month.months_since(FIRST) as usize;
    let last = HEIGHTS.len() - 1;
    match HEIGHTS.get(index) {
        Some(height) => *height,
        None => HEIGHTS[last] + BLOCKS_PER_MONTH * (index - last) as u32,
    }
}

/// Mean subsidy of the blocks of a calendar month by [`height_at`], BTC: a halving falls on its recorded day.
pub fn recorded_subsidy_btc(month: CalendarMonth) -> f64 {
    let (from, until) = (height_at(month), height_at(month.plus(1)));
    SubsidySchedule::new(from, None).mean_until_btc(from, until)
}

/// Block height at the start of the plan: as set, else that of the start month.
pub fn start_height(scenario: &Scenario) -> u32 {
    scenario.bitcoin.block_height.unwrap_or_else(|| height_at(scenario.start))
}
