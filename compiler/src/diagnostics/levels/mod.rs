//! Scales and levels: clauses in their order, bands without holes and overlaps.

mod band_order;
mod bands;
mod clauses;
mod scales;

pub use band_order::*;
pub use bands::*;
pub use clauses::*;
pub use scales::*;
