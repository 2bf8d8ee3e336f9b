//! What a function over a whole spell looked at: its periods, later ones too.
//!
//! In: the node that holds the spell's last value, which was worked out for all rows beside what it read. Out: the
//! spell's periods with what is known of them, or why there is none.

use forewarn_plan::along::{Spell, WHOLE, spell};
use forewarn_plan::outline::{AlongTerm, Held, TimeFunction};
use forewarn_plan::{NodeId, Op, Outline, Value};

use super::reason::{Teller, missing_below};
use super::tree::{Cause, How, MOST_CELLS, NoSpell, Reason, Window, Within};
use super::windows::{lies, names};
use crate::period::Period;
use crate::spell_cells::SpellCells;

impl<'e> Teller<'e> {
    /// Of the operations that read what one reads, one of which an earlier run handed over what it read; itself where
    /// there is none.
    fn handed_over(&self, told: NodeId) -> NodeId {
        let (plan, panel) = (self.evidence.plan, self.evidence.panel);
        let operands = |id: NodeId| -> Vec<NodeId> {
            let op = plan.node(id).map(|node| node.op);
            op.into_iter().flat_map(|op| op.operands()).collect()
        };
        let wanted = operands(told);
        let entity = panel.entity_of.get(self.evidence.row).copied();
        let tails = entity.into_iter();
        let tails = tails.flat_map(|entity| panel.history.tails(entity));
        let mut alike = tails.map(|((id, _), _)| id).filter(|id| {
            let op = plan.node(*id).map(|node| node.op);
            matches!(op, Some(Op::Peers { .. })) && operands(*id) == wanted
        });
        alike.next().unwrap_or(told)
    }

    pub(super) fn whole_spell(
        &mut self,
        reason: &mut Reason,
        outline: &'e Outline,
        along: AlongTerm,
        told: NodeId,
        depth: usize,
    ) {
        let mut columns = self.evidence.peers.iter();
        let Some(column) = columns.find(|column| column.node == told) else {
            return;
        };
        let (first, own) = (self.evidence.first, self.evidence.row);
        let panel = self.evidence.panel;
        let entity = panel.entity_of.get(own);
        let all = panel.entity_of.iter().skip(first);
        let end = first + all.take_while(|other| Some(*other) == entity).count();
        let read = SpellCells::of(
            panel,
            self.handed_over(told),
            first..end,
            &column.of,
            column.among.as_deref(),
        );
        let begins = read.begins.as_deref().unwrap_or_default();
        let periods = &*read.periods;
        let found = spell(begins, periods, read.before + own - first);
        let named = outline.operands.get(1).and_then(|id| self.outline(*id));
        let of = named.map_or(String::new(), |named| named.words.to_string());
        let period = |number: i64| self.period(number);
        let why = match &found {
            Spell::Rows(_) => None,
            Spell::Outside => Some(NoSpell::Outside),
            Spell::NoStart => Some(NoSpell::Start),
            Spell::BeforeData(began) => period(*began).map(NoSpell::Before),
            Spell::NoEnd(row) => {
                let number = periods.get(*row).copied();
                number.and_then(period).map(NoSpell::End)
            }
        };
        let rows = match found {
            Spell::Rows(rows) => rows,
            Spell::Outside | Spell::NoStart | Spell::BeforeData(_) | Spell::NoEnd(_) => 0..0,
        };
        let is_open = !rows.is_empty() && rows.end == periods.len();
        let cells: Vec<(Period, f64)> = rows
            .filter_map(|row| {
                let x = read.of.get(row).copied().unwrap_or(f64::NAN);
                Some((period(*periods.get(row)?)?, x))
            })
            .collect();
        let count = counted(cells.len());
        let known = counted(cells.iter().filter(|(_, x)| !x.is_nan()).count());
        let value = outline.operands.first().and_then(|of| self.outline(*of));
        let value = value.map(|value| &value.held);
        let is_truth = matches!(value, Some(Held::One(Value::Truth { .. })));
        let answers = (is_truth && !cells.is_empty()).then(|| {
            let of_answer = |wanted: &dyn Fn(f64) -> bool| {
                counted(cells.iter().filter(|(_, x)| wanted(*x)).count())
            };
            [
                of_answer(&|x| x == 1.0),
                of_answer(&|x| x == 0.0),
                of_answer(&f64::is_nan),
            ]
        });
        let require = along.require.map(|require| match require {
            WHOLE => count,
            require => require,
        });
        // Of records, nothing in the spell is beyond it.
        let asked = if matches!(along.what, TimeFunction::RecordHigh) {
            TimeFunction::Window(MAX)
        } else if matches!(along.what, TimeFunction::RecordLow) {
            TimeFunction::Window(MIN)
        } else {
            along.what
        };
        let lies = lies(asked, &cells, f64::NAN);
        let cut = cells.len().saturating_sub(MOST_CELLS);
        let span = cells.first().zip(cells.last());
        reason.how = How::Window(Box::new(Window {
            what: along.what.word(),
            over: None,
            since: None,
            within: Some(Within {
                of: of.clone(),
                is_open,
            }),
            require: require.filter(|_| !cells.is_empty()),
            known,
            before_start: 0,
            span: span.map(|((from, _), (until, _))| (*from, *until)),
            cells: cells.iter().skip(cut).copied().collect(),
            cut,
            answers,
            unit: match value {
                Some(Held::One(Value::Number { unit, .. } | Value::Between { unit, .. })) => {
                    unit.clone()
                }
                Some(
                    Held::One(
                        Value::Truth { .. }
                        | Value::Level { .. }
                        | Value::Category { .. }
                        | Value::Count { .. },
                    )
                    | Held::Several(_),
                )
                | None => String::new(),
            },
            names: match value {
                Some(Held::One(value)) => names(value),
                Some(Held::Several(_)) | None => Vec::new(),
            },
            lies,
            anew: false,
            threshold: None,
        }));
        for operand in &outline.operands {
            self.leaves(*operand, depth, &mut reason.because);
        }
        if reason.value.is_open() {
            let no_spell = why.map(|why| Cause::Spell { of, why });
            reason.cause = no_spell
                .or_else(|| self.fault_of(outline))
                .or(match require {
                    Some(required) if known < required => {
                        Some(Cause::TooFewPeriods { known, required })
                    }
                    Some(_) | None if known < count => Some(Cause::Periods {
                        unknown: count - known,
                        before_start: 0,
                    }),
                    Some(_) | None => Some(missing_below(reason)),
                });
        }
    }
}

const MAX: forewarn_plan::along::Window = forewarn_plan::along::Window::Max;
const MIN: forewarn_plan::along::Window = forewarn_plan::along::Window::Min;

fn counted(periods: usize) -> u32 {
    u32::try_from(periods).unwrap_or(u32::MAX)
}
