//! Sizes in points, on an 8-point grid.

/// The unit of the grid.
pub const UNIT: f32 = 8.0;
/// Inner margin of cards and panels.
pub const INNER: f32 = 16.0;
/// Space between columns.
pub const GUTTER: f32 = 24.0;
/// Space between columns in a narrow window.
pub const GUTTER_NARROW: f32 = 16.0;
/// Width below which a window has a tighter layout.
pub const NARROW_BELOW: f32 = 1400.0;

/// Width below which a window stacks its cards.
pub const STACKED_BELOW: f32 = 1220.0;
/// Width below which a window hides its inputs behind a button.
pub const FOLDED_BELOW: f32 = 800.0;
/// Smallest width of a card in a row of cards.
pub const LEAST_CARD: f32 = 270.0;
/// The narrowest of the charts of the businesses beside each other.
pub const LEAST_CHART: f32 = 220.0;
/// The narrowest of the columns of figures beside each other.
pub const LEAST_FIGURES: f32 = 250.0;
/// Smallest width of one of two halves of a page beside each other.
pub const LEAST_HALF: f32 = 430.0;

/// Height of the top bar.
pub const TOP_BAR: f32 = 44.0;
/// Height of the tabs.
pub const TABS: f32 = 40.0;
/// Height of the status bar.
pub const STATUS_BAR: f32 = 28.0;
/// Width of the inputs.
pub const INPUTS: f32 = 328.0;
/// Width of the inputs in a narrow window.
pub const INPUTS_NARROW: f32 = 288.0;
/// Height of a control.
pub const CONTROL: f32 = 28.0;
/// Height of an input row with a slider.
pub const INPUT_ROW: f32 = 56.0;
/// Height of a group's heading.
pub const GROUP_ROW: f32 = 32.0;
/// Width of a value field.
pub const VALUE_FIELD_WIDTH: f32 = 112.0;
/// Height of a value field.
pub const VALUE_FIELD_HEIGHT: f32 = 24.0;
/// Width of the column of the reset buttons.
pub const RESET_COLUMN: f32 = 24.0;
/// Height of a row of the ledger.
pub const LEDGER_ROW: f32 = 23.0;
/// Height of a row of a table.
pub const TABLE_ROW: f32 = 30.0;

/// Corner radius of fields.
pub const RADIUS_FIELD: u8 = 4;
/// Corner radius of controls.
pub const RADIUS_CONTROL: u8 = 6;
/// Corner radius of cards.
pub const RADIUS_CARD: u8 = 8;
/// Corner radius of chips.
pub const RADIUS_PILL: u8 = 14;

/// Width of hairlines.
pub const HAIRLINE: f32 = 1.0;
/// Width of the curve of a scenario beside the current one.
pub const PINNED: f32 = 1.2;
/// Width of the baseline's curve.
pub const BASELINE: f32 = 1.5;
/// Width of the outline of a marker.
pub const MARKER: f32 = 2.5;
/// Width of today's curve.
pub const NOW: f32 = 2.6;
/// Radius of a marker.
pub const MARKER_RADIUS: f32 = 6.0;
/// Width of the line where the probability of payback runs.
pub const PROBABILITY: f32 = 2.4;
/// Opacity of the wide band of a fan.
pub const FAN_WIDE: f32 = 0.18;
/// Opacity of the middle band of a fan, above the wide one.
pub const FAN_MIDDLE: f32 = 0.22;
/// Opacity of the edges of a fan.
pub const FAN_EDGE: f32 = 0.5;
/// Opacity of the body of a histogram beside its worst paths.
pub const HISTOGRAM_BODY: f32 = 0.45;
/// Opacity of results of an earlier scenario.
pub const STALE: f32 = 0.45;
/// Opacity of the backing of a direct label.
pub const LABEL_BACKING: f32 = 0.9;
