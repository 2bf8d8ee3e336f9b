//! The doors of the tool, each with what has to hold behind it.

pub mod engines;
pub mod package;
pub mod rules;
pub mod tables;
