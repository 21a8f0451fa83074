//! Data that views draw from.

use crate::state::{Actions, State};
use crate::theme::Theme;

/// Data that views draw from.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// Everything that is shown.
    pub state: &'a State,
    /// Queue for the actions of views.
    pub actions: &'a Actions,
    /// Colours.
    pub theme: &'a Theme,
    /// Whether the window is narrow.
    pub is_narrow: bool,
    /// Whether cards stand one below the other.
    pub is_stacked: bool,
    /// Whether the inputs are behind a button.
    pub has_folded_inputs: bool,
}
