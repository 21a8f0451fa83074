//! Tests alone: `tests/engine/`.
