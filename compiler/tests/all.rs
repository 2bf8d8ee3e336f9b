//! All tests of the compiler in one program, which is linked once. Each file beside this one is a module of it.

mod alerts;
mod archives;
mod closed;
mod confidential;
mod diagnostic_examples;
mod halves;
mod one_cause;
mod pages;
mod percentages;
mod words_that_mean;
