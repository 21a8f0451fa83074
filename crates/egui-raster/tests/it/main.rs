//! Every test of the crate from outside, in one program: it is linked once.

#[cfg(feature = "kittest")]
mod kittest;
mod renderer;
