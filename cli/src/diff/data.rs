//! Data as each mixture of two frameworks reads it, read once for all that read it alike.

use crate::args::{AudienceArgs, ReadingArgs};
use crate::data::read_whole;
use forewarn_compiler::difference::Pair;
use forewarn_diagnostics::Reports;
use forewarn_diagnostics::sheltered::codes_only;
use forewarn_plan::classification::Classification;
use forewarn_plan::{InputInfo, Op, PanelInfo, PeriodKind, Plan};
use forewarn_runtime::bind::Bound;
use forewarn_runtime::comparison::{Changes, Variants};
use std::cell::RefCell;
use std::path::PathBuf;
use std::rc::Rc;

/// What a Plan asks of the data.
#[derive(PartialEq)]
struct Asked {
    inputs: Vec<InputInfo>,
    panel: PanelInfo,
    along_time: bool,
}

pub struct OnData<'a> {
    pair: &'a Pair,
    files: &'a [PathBuf],
    reading: &'a ReadingArgs,
    /// Who may see what comes of it.
    audience: Classification,
    read: RefCell<Vec<(Asked, Rc<Bound>)>>,
}

impl<'a> OnData<'a> {
    pub fn new(
        pair: &'a Pair,
        files: &'a [PathBuf],
        reading: &'a ReadingArgs,
        audience: &AudienceArgs,
    ) -> Self {
        Self {
            pair,
            files,
            reading,
            audience: audience.audience.unwrap_or(Classification::Confidential),
            read: RefCell::default(),
        }
    }

    /// The kind of period that the frameworks have.
    pub fn period(&self) -> Option<PeriodKind> {
        let read = self.read.borrow();
        read.first().and_then(|(asked, _)| asked.panel.period)
    }

    /// Indicators whose column the data does not have, for whoever may see all of it.
    pub fn absent(&self) -> Vec<String> {
        // Which columns there are says something of a file, too.
        if self.audience != Classification::Confidential {
            return Vec::new();
        }
        let mut absent: Vec<String> = Vec::new();
        for (asked, bound) in self.read.borrow().iter() {
            for (input, summary) in asked.inputs.iter().zip(&bound.summary.inputs) {
                if summary.column.is_none() && !absent.contains(&input.name) {
                    absent.push(input.name.clone());
                }
            }
        }
        absent.sort();
        absent
    }
}

impl OnData<'_> {
    fn read_for(&self, plan: &Plan) -> Result<Bound, Reports> {
        let read = read_whole(self.files, self.reading, plan);
        if self.audience == Classification::Confidential {
            return read;
        }
        // What is wrong may stand in a column that the audience may not see.
        read.map_err(codes_only)
    }
}

impl Variants for OnData<'_> {
    type Error = Reports;

    fn count(&self) -> usize {
        self.pair.units().len()
    }

    fn plan(&self, changes: &Changes) -> Option<Plan> {
        let mut plan = self.pair.plan(changes)?;
        // A column that only one of the two asks for may be absent from the data.
        for input in &mut plan.inputs {
            input.optional = true;
        }
        let confidentiality = &plan.confidentiality;
        plan.declarations
            .retain(|one| confidentiality.of(one.declared_name()) <= self.audience);
        Some(plan)
    }

    fn holds(&self, changes: &Changes) -> bool {
        self.pair.holds(changes)
    }

    fn data(&self, plan: &Plan) -> Result<Rc<Bound>, Reports> {
        let asked = Asked {
            inputs: plan.inputs.clone(),
            panel: plan.panel.clone(),
            along_time: plan
                .nodes
                .iter()
                .any(|node| matches!(node.op, Op::Along(..))),
        };
        let known = self.read.borrow();
        if let Some((_, bound)) = known.iter().find(|(known, _)| *known == asked) {
            return Ok(Rc::clone(bound));
        }
        drop(known);
        let bound = Rc::new(self.read_for(plan)?);
        self.read.borrow_mut().push((asked, Rc::clone(&bound)));
        Ok(bound)
    }
}
