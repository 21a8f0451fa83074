//! Tests alone: `tests/engine.rs`.
