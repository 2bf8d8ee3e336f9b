//! What can be wrong with data, and what comes of tests, properties and lints on data: one type for each
//! cause.

pub mod data;
pub mod method;
pub mod mutation;
pub mod properties;
pub mod tests;
