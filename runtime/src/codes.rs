//! Where a run has its machine code from: made for it alone, or kept from one run to the next.

use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::{Arc, Mutex, PoisonError};

use forewarn_plan::{NodeId, Plan};

use crate::native::{Level, NativeError, NativeProgram};

/// Which code it is: the nodes that are its outputs, and how much work went into it.
type Key = (Vec<NodeId>, Level);

/// Where machine code comes from.
#[derive(Debug, Default)]
pub(crate) struct Codes {
    kept: Option<Mutex<BTreeMap<Key, Arc<NativeProgram<'static>>>>>,
}

/// Code for one evaluation.
pub(crate) enum Made<'p> {
    Own(Box<NativeProgram<'p>>),
    Shared(Arc<NativeProgram<'static>>),
}

impl<'p> Deref for Made<'p> {
    type Target = NativeProgram<'p>;

    fn deref(&self) -> &NativeProgram<'p> {
        match self {
            Self::Own(program) => program,
            Self::Shared(program) => program,
        }
    }
}

impl Codes {
    /// Code that is kept; all Plans that ask for it must be phases of one Plan, for the same outputs.
    pub fn kept() -> Self {
        Self {
            kept: Some(Mutex::default()),
        }
    }

    pub fn program<'p>(
        &self,
        plan: &'p Plan,
        wanted: &[usize],
        level: Level,
    ) -> Result<Made<'p>, NativeError> {
        if self.kept.is_some() {
            return self.shared(plan, wanted, level).map(Made::Shared);
        }
        let made = NativeProgram::compile(plan, wanted, level)?;
        Ok(Made::Own(Box::new(made)))
    }

    pub fn shared(
        &self,
        plan: &Plan,
        wanted: &[usize],
        level: Level,
    ) -> Result<Arc<NativeProgram<'static>>, NativeError> {
        let outputs = wanted.iter().filter_map(|&output| plan.outputs.get(output));
        let key = (outputs.map(|output| output.node).collect(), level);
        let kept = self.kept.as_ref();
        let known = kept.and_then(|kept| lock(kept).get(&key).cloned());
        if let Some(known) = known {
            return Ok(known);
        }
        let made = Arc::new(NativeProgram::shared(
            Arc::new(plan.clone()),
            wanted,
            level,
        )?);
        if let Some(kept) = kept {
            lock(kept).insert(key, Arc::clone(&made));
        }
        Ok(made)
    }
}

/// What is kept holds together after every step, so a thread that panicked has spoilt nothing.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
