//! Frame of the page: bars, tabs and messages.

pub(super) mod notice;
pub(super) mod status_bar;
pub(super) mod tabs;
pub(super) mod top_bar;
