//! The binary `forewarn`: everything is in the library beside it.

use std::process::ExitCode;

/// Compiling and explaining is many small boxes; the system's allocator costs a third of the time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    forewarn_cli::main()
}
