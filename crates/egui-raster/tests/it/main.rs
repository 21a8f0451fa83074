//! All integration tests of the crate, in one program, so that it is linked once.

#[cfg(feature = "kittest")]
mod kittest;
mod renderer;
