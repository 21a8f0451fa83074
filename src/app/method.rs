//! What the method page shows.

use wattfolio_economics::published::Topic;

/// Which published figures the method page lists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MethodView {
    /// Only figures of this topic.
    pub topic: Option<Topic>,
    /// Only figures that are wrong in their source.
    pub wrong_only: bool,
}
