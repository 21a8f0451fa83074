//! One value per business.

use std::ops::{Index, IndexMut};

use super::Business;

/// One value for each business, in their order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
///
/// ```
/// # use wattfolio_economics::prelude::*;
/// let labels = PerBusiness::new(Business::label);
/// assert_eq!(labels[Business::Hosting], "AI hosting");
/// ```
pub struct PerBusiness<T>([T; Business::COUNT]);

impl<T> PerBusiness<T> {
    /// Calls `value` for each business, in order.
    pub fn new(value: impl FnMut(Business) -> T) -> Self {
        Self(Business::ALL.map(value))
    }

    /// Each business with its value.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (Business, &T)> + ExactSizeIterator {
        Business::ALL.into_iter().zip(&self.0)
    }

    /// The values in order.
    pub fn into_array(self) -> [T; Business::COUNT] {
        self.0
    }
}

impl<T> From<[T; Business::COUNT]> for PerBusiness<T> {
    fn from(values: [T; Business::COUNT]) -> Self {
        Self(values)
    }
}

impl<T> Index<Business> for PerBusiness<T> {
    type Output = T;

    #[inline(always)]
    fn index(&self, business: Business) -> &T {
        &self.0[business as usize]
    }
}

impl<T> IndexMut<Business> for PerBusiness<T> {
    #[inline(always)]
    fn index_mut(&mut self, business: Business) -> &mut T {
        &mut self.0[business as usize]
    }
}
