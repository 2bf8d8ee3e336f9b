//! Random looks along time, and panels of irregular entities.

use forewarn_diagnostics::source::Span;
use forewarn_plan::alerts::ways::{Resumed, Way};
use forewarn_plan::alerts::{DIGITS, OnUnknown};
use forewarn_plan::along::{Side, WHOLE, Window};
use forewarn_plan::*;
use forewarn_runtime::history::{Handed, History, Tail};
use forewarn_runtime::panel::Panel;
use std::collections::BTreeMap;

use super::{Grow, Step};

/// The kinds of a [`Step`], those that look along time more often than their share.
pub const KINDS: std::ops::Range<u8> = 0..76;

/// The same with what rests on its own past.
pub const WITH_PAST: std::ops::Range<u8> = 0..84;

const WINDOWS: [Window; 9] = [
    Window::Sum,
    Window::Mean,
    Window::Min,
    Window::Max,
    Window::Known,
    Window::StdDev,
    Window::Median,
    Window::Trend,
    Window::Last,
];

/// The window that is never missing.
pub const COUNT: Window = Window::Known;

/// The parts of an alert that are never missing.
pub const NEVER_MISSING: [AlertPart; 3] = [AlertPart::Least, AlertPart::Most, AlertPart::Held];

const LENGTHS: [u32; 10] = [1, 2, 3, 4, 5, 7, 12, 40, 1000, WHOLE];

impl Grow {
    pub fn look_back(&mut self, step: Step) -> Op {
        let over = LENGTHS[step.b as usize % LENGTHS.len()];
        // Few, or all.
        let require = match step.c % 4 {
            0 => over,
            1 => 1,
            _ => 1 + u32::from(step.c / 4) % over.min(12),
        };
        let a = self.number(step.a);
        let along = match step.kind {
            44..=47 => Along::Lag(u32::from(step.b) % [2, 5, 20, 3][step.c as usize % 4]),
            48..=56 => Along::Window {
                what: WINDOWS[step.c as usize / 64 % WINDOWS.len()],
                over,
                require,
            },
            57..=59 => {
                let along = match step.kind {
                    57 => Along::Every { over, require },
                    58 => Along::Any { over, require },
                    _ => Along::Since,
                };
                let truth = self.truth(step.a);
                let truth = self.add(Op::Indicate(truth), false);
                return Op::Along(along, truth);
            }
            // Of what is neither 1 nor 0, too.
            60 => Along::Every { over, require },
            61 => Along::Any { over, require },
            62 => Along::Since,
            68..=73 => {
                let what = WINDOWS[step.b as usize % WINDOWS.len()];
                let truth = self.truth(step.a / 3);
                let by = match step.c % 3 {
                    0 => self.number(step.a / 5),
                    _ => self.add(Op::Indicate(truth), false),
                };
                let require = if require == over { WHOLE } else { require };
                return Op::Paired(Paired::Since { what, require }, a, by);
            }
            74 | 75 => {
                let now = self.add(Op::Period, false);
                let ago = self.add(Op::Const(f64::from(step.b % 9) / 2.0), false);
                let by = match step.c % 3 {
                    0 => self.number(step.c),
                    _ => self.add(Op::Binary(Binary::Subtract, now, ago), false),
                };
                return Op::Paired(Paired::At, a, by);
            }
            76.. => return self.recall(step),
            _ => return self.alert(step),
        };
        Op::Along(along, a)
    }

    /// What a node was, which [`Grow::settle`] chooses.
    fn recall(&mut self, step: Step) -> Op {
        let recall = Recall {
            of: NodeId(0),
            ago: 1 + u32::from(step.b) % [1, 2, 5, 90][step.b as usize / 8 % 4],
            gap: [Gap::Missing, Gap::First, Gap::Last][step.c as usize % 3],
            name: String::new(),
            side: Side::Exact,
        };
        self.plan.recalls.push(recall);
        self.picks.push(step.c / 3);
        Op::Recall(self.plan.recalls.len() as u32 - 1, self.number(step.a))
    }

    /// Chooses what is read of earlier periods, among all numbers: a few steps on, most often, so that there are rings.
    pub fn settle(&mut self) {
        let recalls = self.plan.nodes.iter().zip((0..).map(NodeId));
        let recalls = recalls.filter(|(node, _)| matches!(node.op, Op::Recall(..)));
        let recalls: Vec<NodeId> = recalls.map(|(_, id)| id).collect();
        for ((recall, id), pick) in self.plan.recalls.iter_mut().zip(recalls).zip(&self.picks) {
            let later = self.numbers.iter().filter(|number| **number >= id);
            let later: Vec<NodeId> = later.take(12).copied().collect();
            let pick = *pick as usize;
            recall.of = if pick.is_multiple_of(4) {
                self.numbers[pick % self.numbers.len()]
            } else {
                later[pick % later.len()]
            };
        }
    }

    /// An alert of some truths; some of its parts.
    fn alert(&mut self, step: Step) -> Op {
        let rule = AlertRule {
            escalations: u32::from(step.b % 3),
            cooldown: u32::from(step.b / 3 % 5),
            on_unknown: [OnUnknown::Hold, OnUnknown::Clear, OnUnknown::Raise]
                [step.b as usize / 15 % 3],
            lowers: step.b.is_multiple_of(2),
            until_clear: step.b.is_multiple_of(5),
        };
        let half = self.add(Op::Const(0.5), false);
        let mut packed = self.add(Op::Const(0.0), false);
        for condition in 0..rule.conditions() {
            let truth = self.truth(step.c / (condition as u16 + 1));
            let answer = self.add(Op::Indicate(truth), false);
            let answer = self.add(Op::Binary(Binary::Coalesce, answer, half), false);
            let digit = self.add(
                Op::Const(2.0 * f64::from(DIGITS).powi(condition as i32)),
                false,
            );
            let answer = self.add(Op::Binary(Binary::Multiply, answer, digit), false);
            packed = self.add(Op::Binary(Binary::Add, packed, answer), false);
        }
        let alert = self.plan.alerts.len() as u32;
        self.plan.alerts.push(AlertInfo {
            notice: false,
            name: format!("alert{alert}"),
            label: String::new(),
            rule,
            clauses: Vec::new(),
            parts: Vec::new(),
            conditions: packed,
            reach: (0..rule.conditions())
                .map(|condition| u32::from(step.b) / (condition + 1) % 4)
                .collect(),
            looks_back: 3,
            span: Span::default(),
        });
        let part = |pick: u16| Op::Alert {
            alert,
            part: AlertPart::ALL[pick as usize % AlertPart::ALL.len()],
            conditions: packed,
        };
        let (first, second) = (part(step.a), part(step.a / 7));
        self.add(first, false);
        second
    }
}

/// A panel of entities of these lengths, each from a period of its own; some of their columns are
/// missing throughout.
pub fn panel(inputs: usize, lengths: &[usize], seed: u64) -> Panel {
    let rows = lengths.iter().sum();
    let mut panel = super::panel(inputs, rows, seed, true);
    panel.entities.truncate(lengths.len());
    panel.entity_of.clear();
    panel.periods.clear();
    for (entity, &length) in lengths.iter().enumerate() {
        let first = (seed.rotate_left(entity as u32) % 97) as i64 - 40;
        let start = panel.entity_of.len();
        panel.entity_of.extend(vec![entity as u32; length]);
        panel.periods.extend(first..first + length as i64);
        for (input, column) in panel.columns.iter_mut().enumerate() {
            if (seed as usize + entity).is_multiple_of(input + 3) {
                column[start..].fill(f64::NAN);
            }
        }
    }
    if seed.is_multiple_of(2) {
        panel.history = history(&panel, seed);
    }
    panel
}

/// Data that begin in the middle: of every third entity an earlier run hands something over.
fn history(panel: &Panel, seed: u64) -> History {
    let mut handed = BTreeMap::new();
    let mut last = None;
    for (entity, period) in panel.entity_of.iter().zip(&panel.periods) {
        if last == Some(entity) || entity % 3 != 0 {
            continue;
        }
        last = Some(entity);
        let cell = |at: u32| match (seed >> (at % 50)) % 4 {
            0 => f64::NAN,
            1 => 0.0,
            2 => 1.0,
            x => x as f64 * 0.3,
        };
        let tail = |node: u32| Tail {
            first: period - i64::from(node % 6),
            cells: (node..node + node % 6 + node % 4).map(cell).collect(),
            until: period + i64::from(node % 5),
            unless_known_until: period + i64::from(node % 5),
        };
        let read = (0..300).filter(|node| node % 5 != 0);
        let resumed = |alert: u32| Resumed {
            from: period + i64::from(alert % 3),
            ways: vec![Way::default()],
            first: alert.is_multiple_of(2).then_some(period - i64::from(alert)),
        };
        let own = Handed {
            began: *period,
            alerts: (0..9).map(|alert| (alert, resumed(alert))).collect(),
            read: read
                .flat_map(|node| {
                    [
                        ((NodeId(node), 0), tail(node)),
                        ((NodeId(node), 1), tail(node + 2)),
                    ]
                })
                .collect(),
        };
        handed.insert(*entity, own);
    }
    History::Data(handed)
}
