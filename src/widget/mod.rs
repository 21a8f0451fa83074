//! Widgets of the app; of the economics they use the catalogue only.

mod chart;
mod controls;
mod icon;
mod layout;
mod number_field;
mod switch;
mod text;
mod xy;

pub use chart::{
    Band, BarOfMonth, Bars, Behind, Chart, Curve, Drawn, Label, LabelSide, LineOver, Marker, Step, Stroke,
    Tick, VerticalLine, label_stride, log_ticks,
};
pub use controls::{
    button, check, check_if, chip, focus_ring, link, primary_button, segmented, separator_text,
};
pub use icon::{Icon, icon_button};
pub use layout::{
    card, columns, hairline, room_beside, scroll_up_to, set_height, set_max_width, set_width, unbroken_ui,
};
pub use number_field::{Entry, NumberField};
pub use switch::switch;
pub use text::{
    body, caption, colored, column_widths, fitting, label, one_line, phrase, put, put_lines, tracked,
    tracked_phrase, whole_if_cut, whole_on_hover, width,
};
pub use xy::{Xy, XyAxis, XyDot, XyDrawn, XyLine};
