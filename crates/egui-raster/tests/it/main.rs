//! All integration tests in one program, which is linked once.

#[cfg(feature = "kittest")]
mod kittest;
mod renderer;
