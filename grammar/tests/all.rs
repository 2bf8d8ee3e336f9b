//! All tests of the grammar in one program, which is linked once. Each file beside this one is a module of it.

mod changes;
mod extremes;
mod figures;
mod habits;
mod names;
mod properties;
mod recovery;
mod show;
mod tree;
