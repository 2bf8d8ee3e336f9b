//! What observations, look-backs, comparisons with peers and alerts tell of themselves.

use forewarn_plan::alerts::{self, AlertEvent, AlertPart, Answer};
use forewarn_plan::along::{Along, WHOLE, Window as Over};
use forewarn_plan::peers::{Peers as Operation, RankOrder, Ties, rank};
use forewarn_plan::{Declaration, InputKind, NodeId, Op};

use super::reason::Teller;
use super::tree::{Alert, Cause, How, MOST_CELLS, Observation, Peers, Reason, Window};

impl<'e> Teller<'e> {
    pub(super) fn observation(&mut self, reason: &mut Reason, declaration: &'e Declaration) {
        let plan = self.evidence.plan;
        let inputs = &plan.inputs;
        let Some(input) = inputs
            .iter()
            .position(|info| info.name == declaration.declared_name())
        else {
            return;
        };
        let Some(info) = inputs.get(input) else {
            return;
        };
        let row = self.evidence.row;
        let panel = self.evidence.panel;
        let column = panel.columns.get(input).map_or(&[][..], Vec::as_slice);
        let carried = panel.carried.get(input).map_or(&[][..], Vec::as_slice);
        let value = column.get(row).copied().unwrap_or(f64::NAN);
        let carried_from = carried.binary_search(&row).is_ok().then(|| {
            // Back to the cell that was not carried itself; periods without a row are older still.
            let mut at = row;
            let is_source = |at: usize| {
                carried.binary_search(&at).is_err()
                    && column.get(at).is_some_and(|value| !value.is_nan())
            };
            while at > self.evidence.first && !is_source(at) {
                at -= 1;
            }
            let period = panel.periods.get(at).copied();
            let is_source = is_source(at);
            period
                .filter(|_| is_source)
                .and_then(|period| self.period(period))
        });
        let read = self.summary.inputs.get(input);
        let by = inputs.iter().position(
            |info| matches!(info.kind, InputKind::Verification { of } if of as usize == input),
        );
        let answers = by.and_then(|by| panel.columns.get(by));
        let answer = answers.and_then(|answers| answers.get(row));
        reason.how = How::Observation(Observation {
            column: read
                .and_then(|read| read.column.clone())
                .or_else(|| info.column.clone())
                .unwrap_or_else(|| info.name.clone()),
            low: info.low,
            high: info.high,
            carried: carried_from.is_some(),
            carried_from: carried_from.flatten(),
            missing_means: info
                .missing_means
                .filter(|means| *means == value && read.is_none_or(|read| read.absent > 0)),
            verified: answer.filter(|_| !value.is_nan()).map(|x| *x == 1.0),
            counts_verified_only: declaration.verified && by.is_some(),
        });
        if !value.is_nan() {
            return;
        }
        let (out_of_range, unreadable) =
            read.map_or((0, 0), |read| (read.out_of_range, read.unreadable));
        let key = self.key();
        let first = read.and_then(|read| read.first_out_of_range.as_ref());
        reason.cause = Some(if panel.gaps.binary_search(&row).is_ok() {
            Cause::Gap
        } else if let Some((_, _, value)) = first.filter(|(_, at, _)| *at == key) {
            Cause::OutOfRange {
                value: *value,
                policy: info.on_violation,
            }
        } else if out_of_range == 0 && unreadable == 0 {
            Cause::Absent
        } else {
            Cause::AbsentOrRefused {
                out_of_range,
                unreadable,
            }
        });
    }

    /// The row's key as findings in the data write it.
    fn key(&self) -> String {
        let panel = self.evidence.panel;
        let row = self.evidence.row;
        let entity = panel.entity(row);
        match panel.periods.get(row).and_then(|at| self.period(*at)) {
            Some(period) => format!("{entity}, {period}"),
            None => entity.into_owned(),
        }
    }

    pub(super) fn window(
        &mut self,
        reason: &mut Reason,
        id: NodeId,
        along: Along,
        of: NodeId,
        depth: usize,
    ) {
        let plan = self.evidence.plan;
        // What a look-back saw some periods ago is told as it was then.
        let seen = match (self.named(of), plan.node(of).map(|node| node.op)) {
            (Some(_), _) => None,
            (None, Some(Op::Along(..))) => Some(of),
            // A mean that is kept within its range.
            (None, Some(Op::Binary(..))) => match self.frontier(of).0.as_slice() {
                [only] if self.named(*only).is_none() => Some(*only),
                _ => None,
            },
            _ => None,
        };
        let inner = match (
            along,
            seen.and_then(|seen| plan.node(seen)).map(|node| node.op),
        ) {
            (Along::Lag(ago), Some(Op::Along(inner, below))) if !matches!(inner, Along::Lag(_)) => {
                Some((ago as usize, inner, below))
            }
            _ => None,
        };
        let (ago, along, of) = inner.unwrap_or((0, along, of));
        let mut cells = self.evidence.series.get(&of).cloned().unwrap_or_default();
        cells.truncate(cells.len().saturating_sub(ago));
        let (what, over, require) = match along {
            Along::Lag(ago) => ("lag", Some(ago), None),
            Along::Window {
                what,
                over,
                require,
            } => {
                let what = match what {
                    Over::Sum => "sum",
                    Over::Mean => "mean",
                    Over::Min => "min",
                    Over::Max => "max",
                    Over::Known => "count",
                    Over::StdDev => "stddev",
                    Over::Median => "median",
                    Over::Trend => "trend",
                };
                (what, Some(over), Some(require))
            }
            Along::Every { over, require } => ("every", Some(over), Some(require)),
            Along::Any { over, require } => ("any", Some(over), Some(require)),
            Along::Since => ("since", None, None),
        };
        let over = over.filter(|over| *over != WHOLE);
        let all = cells.len();
        // A lag reads one cell alone.
        let (from, until) = match (along, over) {
            (Along::Lag(ago), _) => {
                let until = all.saturating_sub(ago as usize);
                (until.saturating_sub(1), until)
            }
            (_, Some(over)) => (all.saturating_sub(over as usize), all),
            _ => (0, all),
        };
        let read = cells.get(from..until).unwrap_or_default();
        let known = read.iter().filter(|x| !x.is_nan()).count();
        let spans = match along {
            Along::Lag(_) => 1,
            _ => over.map_or(read.len(), |over| over as usize),
        };
        let before_start = spans.saturating_sub(read.len());
        let require = require.map(|require| match (require, over) {
            (WHOLE, Some(over)) => over,
            (WHOLE, None) => u32::try_from(read.len()).unwrap_or(WHOLE),
            _ => require,
        });
        let known = u32::try_from(known).unwrap_or(u32::MAX);
        let start = self.evidence.first + from;
        let told = (start..).zip(read).filter_map(|(row, x)| {
            let period = self.evidence.panel.periods.get(row)?;
            Some((self.period(*period)?, *x))
        });
        let told: Vec<_> = told.skip(read.len().saturating_sub(MOST_CELLS)).collect();
        reason.how = How::Window(Window {
            what,
            over,
            require,
            known,
            before_start: u32::try_from(before_start).unwrap_or(u32::MAX),
            cells: told,
        });
        if reason.value.is_open() {
            reason.cause = self.fault_of(id).or(match require {
                _ if read.is_empty() && before_start > 0 => Some(Cause::BeforeStart),
                Some(required) if known < required => {
                    Some(Cause::TooFewPeriods { known, required })
                }
                _ => Some(Cause::Missing(vec![self.name_of(of)])),
            });
        }
        // Below a value of an earlier period, nothing of this one is a reason.
        if ago == 0 && !matches!(along, Along::Lag(_)) {
            let part = self.operand(of, depth);
            reason.because.push(part);
        }
    }

    fn name_of(&self, node: NodeId) -> String {
        match (self.named(node), self.evidence.plan.node(node)) {
            (Some(declaration), _) => declaration.name.clone(),
            (None, Some(node)) => self.words(node.span),
            (None, None) => String::new(),
        }
    }

    pub(super) fn compared(&mut self, reason: &mut Reason, id: NodeId, of: NodeId, depth: usize) {
        let plan = self.evidence.plan;
        let peers = &self.evidence.peers;
        let Some(column) = peers.iter().find(|column| column.node == id) else {
            return;
        };
        let Some(Op::Peers { peers, .. }) = plan.node(id).map(|node| node.op) else {
            return;
        };
        let Some(info) = plan.peers.get(peers as usize) else {
            return;
        };
        let panel = self.evidence.panel;
        let row = self.evidence.row;
        let group_of = |row: usize| {
            let among = column.among.as_ref()?;
            among.get(row).copied().filter(|code| *code >= 0.0)
        };
        let own_group = group_of(row);
        let period = panel.periods.get(row).copied();
        let inside = |row: usize| match (info.baseline, panel.periods.get(row)) {
            (Some((first, last)), Some(period)) => (first..=last).contains(period),
            (None, other) => other.copied() == period,
            (Some(_), None) => false,
        };
        let mut known: Vec<f64> = (0..panel.rows())
            .filter(|other| {
                inside(*other)
                    && (column.among.is_none()
                        || (own_group.is_some() && group_of(*other) == own_group))
                    && panel.gaps.binary_search(other).is_err()
            })
            .filter_map(|other| column.of.get(other).copied())
            .filter(|x| !x.is_nan())
            .collect();
        known.sort_unstable_by(f64::total_cmp);
        let own = column.of.get(row).copied().unwrap_or(f64::NAN);
        let rank = (!own.is_nan())
            .then(|| rank(RankOrder::HighestFirst, Ties::First, own, &known) as usize);
        let what = match info.what {
            Operation::Aggregate(what) => what.word(),
            Operation::Rank { .. } => "rank",
            Operation::Percentile => "percentile",
            Operation::Winsorise { .. } => "winsorise",
            Operation::Impute => "impute",
        };
        reason.how = How::Peers(Peers {
            what,
            own,
            group: own_group.and_then(|code| match info.by_key {
                Some(within) => panel.key(within).0.get(code as usize).cloned(),
                None => info.groups.get(code as usize).cloned(),
            }),
            baseline: info
                .baseline
                .and_then(|(first, last)| Some((self.period(first)?, self.period(last)?))),
            known: known.len(),
            rank,
            lowest: known.first().copied().unwrap_or(f64::NAN),
            highest: known.last().copied().unwrap_or(f64::NAN),
        });
        if reason.value.is_open() && known.is_empty() {
            reason.cause = Some(Cause::NoPeers);
        } else if reason.value.is_open()
            && plan.node(id).is_some_and(|n| n.checked.is_some())
            && !own.is_nan()
        {
            reason.cause = Some(Cause::Fault {
                text: info.text.clone(),
                declaration: info.declaration.clone(),
            });
        }
        let part = self.operand(of, depth);
        reason.because.push(part);
    }

    pub(super) fn alert(
        &mut self,
        reason: &mut Reason,
        declaration: &'e Declaration,
        depth: usize,
    ) {
        let plan = self.evidence.plan;
        let found = plan
            .alerts
            .iter()
            .position(|alert| alert.name == declaration.name);
        let Some((at, alert)) = found.and_then(|at| Some((at, plan.alerts.get(at)?))) else {
            return;
        };
        let part = |part: AlertPart| {
            let node = alert_node(plan, at, part);
            node.map_or(f64::NAN, |node| self.number(node))
        };
        let period = |x: f64| (!x.is_nan()).then(|| self.period(x as i64)).flatten();
        let packed = self.number(alert.conditions);
        let rule = alert.rule;
        let role = |condition: u32| match condition {
            0 => "raise",
            _ if condition == rule.clear() => "clear",
            _ if condition == rule.bypass() => "bypass",
            _ => "escalate",
        };
        let conditions: Vec<(&'static str, String, Answer)> = (0..)
            .zip(&alert.clauses)
            .filter(|(_, words)| !words.is_empty())
            .map(|(condition, words)| {
                let answer = alerts::answer(packed, condition);
                (role(condition), words.clone(), answer)
            })
            .collect();
        let clause = part(AlertPart::Clause);
        let event = part(AlertPart::Event);
        let tier = part(AlertPart::Tier);
        reason.how = How::Alert(Alert {
            tier: if tier.is_nan() { 0 } else { tier as u32 },
            since: period(part(AlertPart::Since)),
            clause: (clause >= 0.0)
                .then(|| alert.clauses.get(clause as usize).cloned())
                .flatten(),
            event: (event >= 0.0)
                .then(|| AlertEvent::ALL.get(event as usize).copied())
                .flatten(),
            kept_back_by: period(part(AlertPart::Suppressor)),
            held: part(AlertPart::Held) == 1.0,
            conditions,
        });
        for node in self.frontier(alert.conditions).0 {
            let mut part = self.operand(node, depth);
            // A condition that must last has no words but its clause's.
            if part.name.is_none() && part.text == alert.name {
                let below = part.because.first();
                let inner = below.map(|below| below.name.as_ref().unwrap_or(&below.text));
                let clause = inner.and_then(|inner| {
                    let mut clauses = alert.clauses.iter();
                    clauses.find(|clause| clause.contains(inner.as_str()))
                });
                if let Some(clause) = clause {
                    part.text.clone_from(clause);
                }
            }
            reason.because.push(part);
        }
    }
}

/// The node that reads a part of an alert.
pub(super) fn alert_node(
    plan: &forewarn_plan::Plan,
    at: usize,
    wanted: AlertPart,
) -> Option<NodeId> {
    let place = plan.nodes.iter().position(|node| {
        matches!(node.op, Op::Alert { alert, part, .. } if alert as usize == at && part == wanted)
    })?;
    u32::try_from(place).ok().map(NodeId)
}

/// The nodes that a declaration's explanation reads, beside those below its value.
pub(super) fn roots_of(plan: &forewarn_plan::Plan, declaration: &Declaration) -> Vec<NodeId> {
    let mut roots = declaration.value.nodes();
    if plan.confidentiality.is_sealed(&declaration.name) {
        let below = super::withheld::visible_below(plan, &declaration.name);
        roots.extend(below.iter().flat_map(|one| roots_of(plan, one)));
    }
    if let Some(factor) = &declaration.factor {
        roots.extend([factor.coverage, factor.known]);
        roots.extend(factor.members.iter().map(|member| member.node));
    }
    roots.extend(
        declaration
            .clauses
            .iter()
            .filter_map(|clause| clause.condition),
    );
    if let Some(at) = plan
        .alerts
        .iter()
        .position(|alert| alert.name == declaration.name)
    {
        roots.extend(plan.alerts.get(at).map(|alert| alert.conditions));
        roots.extend(
            [
                AlertPart::Tier,
                AlertPart::Since,
                AlertPart::Event,
                AlertPart::Clause,
                AlertPart::Suppressor,
                AlertPart::Held,
            ]
            .into_iter()
            .filter_map(|part| alert_node(plan, at, part)),
        );
    }
    roots
}
