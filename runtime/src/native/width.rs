//! How wide a kernel's loop is.

/// Vectors computed side by side: enough to hide latency, few enough for the registers.
pub(crate) const VECTORS: usize = 2;
/// Rows in one turn of a kernel's loop.
pub(crate) const ROWS: usize = 2 * VECTORS;
