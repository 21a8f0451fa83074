//! What the renderer draws, pixel by pixel.

mod coverage;
mod headless;
mod helpers;
mod picture;
mod robustness;
mod textures;
