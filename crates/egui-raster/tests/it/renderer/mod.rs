//! Output of the renderer, pixel by pixel.

mod coverage;
mod headless;
mod helpers;
mod picture;
mod robustness;
mod textures;
