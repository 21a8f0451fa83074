//! How cells look: number formats by unit, and colours that say what may be changed in the workbook.

use egui::Color32;
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};
use wattfolio_economics::units::Unit;

use super::text::reads_as_formula;
use crate::theme::{Palette, PaletteChoice, Theme};

/// How a number is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shown {
    /// Whole dollars, negative in parentheses.
    Money,
    /// Dollars of prices, to the hundredth of a cent.
    Price,
    Percent,
    Months,
    Multiple,
    /// Discount factors and shares.
    Factor,
    /// Whole numbers.
    Count,
    /// Quantities of any size.
    Quantity,
    /// The month of a date.
    Date,
}

impl Shown {
    /// How values of a unit are shown.
    pub(super) const fn of(unit: Unit) -> Self {
        match unit {
            Unit::Usd => Self::Money,
            Unit::UsdPerBtc
            | Unit::UsdPerKwh
            | Unit::UsdPerMwh
            | Unit::UsdPerMw
            | Unit::UsdPerItMw
            | Unit::UsdPerMwMonth
            | Unit::UsdPerKwMonth
            | Unit::UsdPerGpuHour
            | Unit::UsdPerMachine
            | Unit::UsdPerGpu
            | Unit::UsdPerPhDay => Self::Price,
            Unit::Fraction | Unit::FractionPerYear => Self::Percent,
            Unit::Months => Self::Months,
            Unit::Multiple => Self::Multiple,
            Unit::Count | Unit::Blocks => Self::Count,
            _ => Self::Quantity,
        }
    }

    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Money => "$#,##0_);($#,##0);\"–\"_)",
            Self::Price => "$#,##0.00##_);($#,##0.00##);\"–\"_)",
            Self::Percent => "0.00%_);-0.00%_)",
            Self::Months => "#,##0.0_)",
            Self::Multiple => "0.00×_);-0.00×_)",
            Self::Factor => "0.000000_)",
            Self::Count => "#,##0_)",
            Self::Quantity => "#,##0.00####_);-#,##0.00####_)",
            Self::Date => "mmm yyyy",
        }
    }
}

/// The symbol of a unit beside a cell: a fraction is shown in percent.
pub(super) const fn symbol(unit: Unit) -> &'static str {
    match unit {
        Unit::Fraction => "%",
        Unit::FractionPerYear => "% a year",
        _ => unit.symbol(),
    }
}

/// What a number of the workbook is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// An input that formulas of the workbook read: blue, as is the custom.
    Input,
    /// A live formula: black.
    Formula,
    /// A value that only wattfolio computes: grey.
    Fixed,
}

/// The formats of a workbook.
#[derive(Clone, Debug)]
pub(super) struct Styles {
    palette: Palette,
    /// What every cell has.
    base: Format,
}

fn color(of: Color32) -> Color {
    let [red, green, blue, _] = of.to_array();
    Color::RGB(u32::from_be_bytes([0, red, green, blue]))
}

impl Styles {
    /// Those of the light theme, since a workbook is printed.
    pub(super) fn new() -> Self {
        Self {
            palette: Theme::get(PaletteChoice::default(), false).palette.clone(),
            base: Format::new().set_font_size(10),
        }
    }

    /// The colour of a business.
    pub(super) fn mark(&self, business: wattfolio_economics::business::Business) -> Color {
        color(self.palette.businesses[business].mark)
    }

    /// Quiet lines of charts.
    pub(super) fn grid(&self) -> Color {
        color(self.palette.grid)
    }

    /// Quiet text and lines.
    pub(super) fn muted(&self) -> Color {
        color(self.palette.text_muted)
    }

    fn base(&self) -> Format {
        self.base.clone()
    }

    pub(super) fn title(&self) -> Format {
        self.base().set_font_size(16).set_bold()
    }

    pub(super) fn section(&self) -> Format {
        self.base()
            .set_bold()
            .set_border_bottom(FormatBorder::Thin)
            .set_border_bottom_color(color(self.palette.line))
    }

    /// The head of a column of numbers.
    pub(super) fn head(&self) -> Format {
        self.base()
            .set_bold()
            .set_text_wrap()
            .set_align(FormatAlign::Right)
            .set_align(FormatAlign::Bottom)
            .set_background_color(color(self.palette.field))
            .set_border_bottom(FormatBorder::Thin)
            .set_border_bottom_color(color(self.palette.zero_line))
    }

    /// The head of a column of words.
    pub(super) fn head_of_words(&self) -> Format {
        self.head().set_align(FormatAlign::Left)
    }

    pub(super) fn label(&self) -> Format {
        self.base().set_align(FormatAlign::Top)
    }

    /// Quiet text: units, notes, sources.
    pub(super) fn note(&self) -> Format {
        self.label().set_font_color(self.muted())
    }

    /// Text over several lines.
    pub(super) fn paragraph(&self) -> Format {
        self.label().set_text_wrap()
    }

    /// Text that a user may have written: editing its cell does not make a formula of it.
    pub(super) fn foreign(format: Format, text: &str) -> Format {
        if reads_as_formula(text) { format.set_quote_prefix() } else { format }
    }

    /// The format of a number by what it is and how it is shown.
    pub(super) fn number(&self, shown: Shown, role: Role) -> Format {
        let format = self.label().set_num_format(shown.code()).set_align(FormatAlign::Right);
        self.role(format, role)
    }

    /// Words in the place of a number.
    pub(super) fn word(&self, role: Role) -> Format {
        self.role(self.label().set_align(FormatAlign::Right), role)
    }

    fn role(&self, format: Format, role: Role) -> Format {
        match role {
            Role::Input => format.set_font_color(Color::Blue).set_background_color(color(self.palette.field)),
            Role::Formula => format,
            Role::Fixed => format.set_font_color(self.muted()),
        }
    }
}
