//! Data as each mixture of two frameworks reads it, read once for all that read it alike.

use crate::args::{AudienceArgs, DataArgs, ReadingArgs};
use crate::audience::{Sight, Unread};
use crate::data::options;
use forewarn_compiler::difference::Pair;
use forewarn_diagnostics::source::Span;
use forewarn_plan::classification::Classification;
use forewarn_plan::{InputInfo, Op, PanelInfo, Plan};
use forewarn_runtime::bind::Bound;
use forewarn_runtime::comparison::{Changes, Variant, Variants};
use forewarn_runtime::period::PeriodForm;
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

impl Asked {
    fn by(plan: &Plan) -> Self {
        // Neither where a column is declared nor what it is called and costs changes what is read of it.
        let inputs = plan.inputs.iter().map(|input| InputInfo {
            label: String::new(),
            unit: String::new(),
            changeable: None,
            span: Span::default(),
            ..input.clone()
        });
        Self {
            inputs: inputs.collect(),
            panel: plan.panel.clone(),
            along_time: plan
                .nodes
                .iter()
                .any(|node| matches!(node.op, Op::Along(..) | Op::Paired(..) | Op::Recall(..))),
        }
    }
}

pub struct OnData<'a> {
    pair: &'a Pair,
    data: DataArgs,
    /// Who may see what comes of it.
    audience: Classification,
    /// The files that the audience may see the rows of, by either framework.
    seen: Vec<PathBuf>,
    read: RefCell<Vec<(Asked, Rc<Bound>)>>,
}

impl<'a> OnData<'a> {
    pub fn new(
        pair: &'a Pair,
        files: &[PathBuf],
        reading: &ReadingArgs,
        audience: &AudienceArgs,
    ) -> Self {
        let data = DataArgs {
            data: files.to_vec(),
            reading: reading.clone(),
            state: None,
        };
        let audience = audience.audience.unwrap_or(Classification::Confidential);
        let all: Changes = (0..pair.units().len()).collect();
        let mut seen: Vec<PathBuf> = Vec::new();
        // Whoever sees everything sees all files: neither rules nor files need a look for that.
        let looked_at = match audience {
            Classification::Confidential => {
                seen = files.to_vec();
                Vec::new()
            }
            Classification::Public | Classification::Restricted => vec![Changes::new(), all],
        };
        for changes in looked_at {
            if let Some((plan, sealing)) = pair.plan(&changes, audience) {
                let sight = Sight {
                    plan: &plan,
                    sealing: sealing.as_ref(),
                    seen: None,
                };
                seen.extend(sight.files(&data));
            }
        }
        let is_seen = |path: &&PathBuf| seen.contains(path);
        let seen = files.iter().filter(is_seen).cloned().collect();
        Self {
            pair,
            data,
            audience,
            seen,
            read: RefCell::default(),
        }
    }

    /// The kind of period that the frameworks have.
    pub fn period(&self) -> Option<PeriodForm> {
        let read = self.read.borrow();
        let (asked, bound) = read.first()?;
        bound.panel.form(asked.panel.period)
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
                // A key of the panel is no column that could be absent.
                let is_asked = input.kind.is_indicator();
                if is_asked && summary.column.is_none() && !absent.contains(&input.name) {
                    absent.push(input.name.clone());
                }
            }
        }
        absent.sort();
        absent
    }
}

impl OnData<'_> {
    fn read_for(&self, variant: &Variant) -> Result<Bound, Unread> {
        let sight = Sight {
            plan: &variant.plan,
            sealing: variant.sealing.as_ref(),
            seen: Some(&self.seen),
        };
        sight.read(&self.data, &options(&self.data.reading), None)
    }
}

impl Variants for OnData<'_> {
    type Error = Unread;

    fn count(&self) -> usize {
        self.pair.units().len()
    }

    fn plan(&self, changes: &Changes) -> Option<Variant> {
        let (mut plan, mut sealing) = self.pair.plan(changes, self.audience)?;
        // A column that only one of the two asks for may be absent from the data.
        let apart = sealing.iter_mut().flat_map(|plan| &mut plan.inputs);
        for input in plan.inputs.iter_mut().chain(apart) {
            input.optional = true;
        }
        Some(Variant { plan, sealing })
    }

    fn holds(&self, changes: &Changes) -> bool {
        self.pair.holds(changes)
    }

    fn data(&self, variant: &Variant, _: &Changes) -> Result<Rc<Bound>, Unread> {
        // What is worked out apart is another in each variant.
        if variant.sealing.is_some() {
            return Ok(Rc::new(self.read_for(variant)?));
        }
        let asked = Asked::by(&variant.plan);
        let known = self.read.borrow();
        if let Some((_, bound)) = known.iter().find(|(known, _)| *known == asked) {
            return Ok(Rc::clone(bound));
        }
        drop(known);
        let bound = Rc::new(self.read_for(variant)?);
        self.read.borrow_mut().push((asked, Rc::clone(&bound)));
        Ok(bound)
    }
}
