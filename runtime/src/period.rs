//! Periods as people write them; the rule files' own dates are read by the same code.

pub use forewarn_plan::period::*;
