//! All tests of the runtime in one program, which is linked once. Each file beside this one is a module of it.

mod alert_beginnings;
mod alerts;
mod along_definitions;
mod along_time;
mod common;
mod explain_contributions;
mod native_edges;
mod native_faults;
mod rings;
mod same_bits;
