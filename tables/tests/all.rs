//! All tests of the tables in one program, which is linked once. Each file beside this one is a module of it.

mod blocks;
mod broken_files;
mod common;
mod problems;
mod real_data;
mod round_trips;
mod same_panel;
mod several_files;
mod taken;
mod time;
mod told;
mod typed_columns;
mod workbooks;
