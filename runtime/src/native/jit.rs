//! Native functions in memory.
//!
//! In: kernels. Out: the same as functions that can be called, in memory that lives as long as they
//! do and is given back when they are dropped.

use cranelift_codegen::Context;
use cranelift_codegen::settings::{self, Configurable};
use cranelift_frontend::FunctionBuilderContext;
use cranelift_jit::{ArenaMemoryProvider, JITBuilder, JITModule};
use cranelift_module::{Module, default_libcall_names};
use forewarn_plan::{FaultId, Plan};

use super::function::{self, Built, Stream};
use super::lanes::Machine;
use super::partition::Stretch;
use super::whole::Whole;
use super::{Level, NativeError};

/// A kernel's entry: the table of pointers, and how many bytes of each column to go through.
pub(super) type Entry = unsafe extern "C" fn(*const *mut f64, usize);

pub(super) struct NativeKernel {
    pub entry: Entry,
    /// What the places of the table point to.
    pub streams: Vec<Stream>,
    /// What it counts.
    pub faults: Vec<FaultId>,
}

/// Kernels and the memory their code lies in.
pub(super) struct Code {
    pub kernels: Vec<NativeKernel>,
    /// Only `None` while being dropped.
    module: Option<JITModule>,
}

// SAFETY: after `compile` the module is only kept for its memory, which nothing changes until it is
// dropped by the one owner; the functions are plain code without state.
#[allow(unsafe_code)]
unsafe impl Send for Code {}
// SAFETY: as above.
#[allow(unsafe_code)]
unsafe impl Sync for Code {}

impl Drop for Code {
    fn drop(&mut self) {
        self.kernels.clear();
        if let Some(module) = self.module.take() {
            // SAFETY: the functions' addresses lived in `kernels` alone, and whoever calls them
            // borrows this value.
            #[allow(unsafe_code)]
            unsafe {
                module.free_memory();
            }
        }
    }
}

pub(super) fn compile(plan: &Plan, kernels: &[Stretch], level: Level) -> Result<Code, NativeError> {
    let mut module = module(plan, level)?;
    let machine = machine(&module);
    let target = module.target_config();
    let mut functions = FunctionBuilderContext::new();
    let mut context = Context::new();
    let mut made = Vec::with_capacity(kernels.len());
    let whole = Whole::of(plan);
    for kernel in kernels {
        let Built { function, streams } =
            function::build((plan, &whole), kernel, machine, target, &mut functions);
        context.func = function;
        let id = module
            .declare_anonymous_function(&context.func.signature)
            .map_err(failed)?;
        module.define_function(id, &mut context).map_err(failed)?;
        module.clear_context(&mut context);
        made.push((id, streams));
    }
    module.finalize_definitions().map_err(failed)?;
    let kernels = made
        .into_iter()
        .map(|(id, streams)| {
            let code = module.get_finalized_function(id);
            // SAFETY: the function was built with this signature, and its memory is executable
            // now and lives in `module` until `Code` is dropped.
            #[allow(unsafe_code)]
            let entry = unsafe { std::mem::transmute::<*const u8, Entry>(code) };
            let faults = streams.iter().filter_map(|stream| match stream {
                Stream::Counter(fault) => Some(*fault),
                Stream::Column(_) | Stream::Ring(_) => None,
            });
            NativeKernel {
                entry,
                faults: faults.collect(),
                streams,
            }
        })
        .collect();
    Ok(Code {
        kernels,
        module: Some(module),
    })
}

fn module(plan: &Plan, level: Level) -> Result<JITModule, NativeError> {
    let mut flags = settings::builder();
    let checked = if cfg!(debug_assertions) {
        "true"
    } else {
        "false"
    };
    // Kernels come in a good order, with little left to simplify. The optimiser would put each value
    // before its first use again, which keeps far more of them alive: twice the time for a row.
    let (opt_level, allocator) = match level {
        Level::Quick => ("none", "single_pass"),
        Level::Full => ("none", "backtracking"),
    };
    for (name, value) in [
        ("opt_level", opt_level),
        ("regalloc_algorithm", allocator),
        ("enable_verifier", checked),
        ("is_pic", "false"),
        ("use_colocated_libcalls", "false"),
        ("unwind_info", "false"),
        ("enable_probestack", "false"),
    ] {
        flags.set(name, value).map_err(failed)?;
    }
    let isa = cranelift_native::builder()
        .map_err(|message| NativeError(message.to_owned()))?
        .finish(settings::Flags::new(flags))
        .map_err(failed)?;
    let mut builder = JITBuilder::with_isa(isa, default_libcall_names());
    // Address space only; pages are used as code needs them.
    let reserve = (1 << 20) + plan.nodes.len() * 1024;
    let memory = ArenaMemoryProvider::new_with_size(reserve).map_err(failed)?;
    builder.memory_provider(Box::new(memory));
    Ok(JITModule::new(builder))
}

fn machine(module: &JITModule) -> Machine {
    let is_x86 = module.isa().name() == "x64";
    let flags = module.isa().isa_flags();
    let has = |name| {
        flags
            .iter()
            .any(|flag| flag.name == name && flag.as_bool() == Some(true))
    };
    Machine {
        blend: is_x86 && has("has_sse41"),
        round: !is_x86 || has("has_sse41"),
        fused: !is_x86 || has("has_fma"),
    }
}

fn failed(error: impl std::fmt::Debug + std::fmt::Display) -> NativeError {
    NativeError(error.to_string())
}
