//! Levels by clauses: at least the first that is certainly true, at most the highest that is not
//! certainly false.

use super::Lowerer;
use super::points::Way;
use super::value::{Bounds, Lowered};
use crate::checked::{Arms, Body, Clause, LevelBody};
use crate::coverage::PointKind;
use crate::diagnostics::levels::UnreachableClause;
use crate::plan::{ClausePart, NodeId, Op};
use crate::source::Span;
use crate::typed::{Typed, ValueId};
use crate::types::ScaleId;

impl Lowerer<'_> {
    pub fn level(&mut self, id: ValueId, body: &LevelBody) -> Lowered {
        match &body.arms {
            Arms::Clauses { clauses, otherwise } => self.clauses(id, clauses, *otherwise),
            Arms::Value(of) => {
                let there = self.mask(of);
                self.applies_where(id, there);
                self.level_value(id, of, body.scale)
            }
            Arms::Bands { of, bands } => {
                let there = self.mask(of);
                self.applies_where(id, there);
                self.bands(id, of, bands)
            }
        }
    }

    /// Do two places say the same, word for word?
    pub(super) fn says_the_same(&self, one: Span, other: Span) -> bool {
        let words = |span| self.sources.slice(span).split_whitespace();
        words(one).eq(words(other))
    }

    fn clauses(&mut self, id: ValueId, clauses: &[Clause], otherwise: (u32, Span)) -> Lowered {
        let mut conditions: Vec<(u32, NodeId)> = Vec::with_capacity(clauses.len());
        let mut parts = Vec::with_capacity(clauses.len() + 1);
        let mut seen: std::collections::HashMap<NodeId, Span> = std::collections::HashMap::new();
        let mut settled: Option<Span> = None;
        // A clause is only asked for where none before it is certain.
        let mut open = None;
        let mut asked: Vec<(NodeId, Span)> = Vec::new();
        for clause in clauses {
            self.builder.site.guard = open;
            let (node, outline) = self.truth_told(&clause.condition);
            let node = self.met(&clause.condition, node);
            let not = self.builder.not(node);
            let still = self.builder.possibly(not);
            open = Some(self.both(open, still));
            let earlier = match (settled, seen.get(&node)) {
                (Some(span), _) => Some((span, "the one before is always yes")),
                (None, Some(span)) => Some((*span, "it asks the same as an earlier one")),
                (None, None) => asked
                    .iter()
                    .find(|(known, _)| self.implies(node, *known))
                    .map(|(_, span)| (*span, "an earlier clause is met whenever this one is")),
            };
            asked.push((node, clause.condition.span));
            if let Some((earlier, why)) = earlier {
                let why = why.to_owned();
                let mut above = clauses.iter().take_while(|one| one.span != clause.span);
                let is_twin = above.any(|one| self.says_the_same(one.span, clause.span));
                self.reports.add(UnreachableClause {
                    clause: clause.condition.span,
                    level: self.level_name(id, clause.position),
                    earlier,
                    why,
                    twin: is_twin.then(|| self.sources.whole_entry(clause.span)),
                });
            }
            match self.builder.op(node) {
                Some(Op::Truth { yes: true, .. }) => settled = settled.or(Some(clause.span)),
                Some(Op::Truth { .. }) => {}
                _ => {
                    seen.entry(node).or_insert(clause.span);
                }
            }
            conditions.push((clause.position, node));
            let condition = Some(node);
            parts.push(ClausePart {
                position: clause.position,
                condition,
                outline,
                words: self.words(clause.span),
                span: clause.span,
            });
        }
        self.builder.site.guard = None;
        parts.push(ClausePart {
            position: otherwise.0,
            condition: None,
            outline: None,
            words: self.words(otherwise.1),
            span: otherwise.1,
        });
        let ways: Vec<Way> = if self.is_watched() {
            let way = |part: &ClausePart| Way {
                name: self.level_name(id, part.position),
                span: part.span,
                condition: part.condition,
            };
            parts.iter().map(way).collect()
        } else {
            Vec::new()
        };
        self.clauses.insert(id, parts);
        let last = self.builder.number(f64::from(otherwise.0));
        let (mut at_least, mut at_most) = (last, last);
        for (position, condition) in conditions.into_iter().rev() {
            let place = self.builder.number(f64::from(position));
            let sure = self.builder.surely(condition);
            at_least = self.builder.select(sure, place, at_least);
            let possible = self.builder.possibly(condition);
            at_most = self.builder.select(possible, place, at_most);
        }
        let bounds = Bounds::between(&mut self.builder, at_least, at_most);
        let results = [bounds.exact, at_least, at_most];
        self.watch_ways(PointKind::Clause, &ways, &results);
        Lowered::Level(bounds)
    }

    /// A level that an expression gives: it is told by that, and tests can show each place that it reaches.
    fn level_value(&mut self, id: ValueId, of: &Typed, scale: ScaleId) -> Lowered {
        let lowered = self.expression(id, of);
        let Lowered::Level(bounds) = lowered else {
            return Lowered::Number(self.broken());
        };
        let levels = self.framework.scale(scale);
        let levels = levels.map_or(0, |scale| scale.levels.len());
        let mut ways = Vec::with_capacity(levels);
        for position in (0..levels).rev() {
            let position = u32::try_from(position).unwrap_or(u32::MAX);
            let place = self.builder.number(f64::from(position));
            let place = Bounds {
                exact: place,
                at_least: place,
                at_most: place,
            };
            let reaches = (position > 0).then(|| self.not_below(bounds, place));
            ways.push(Way {
                name: self.level_name(id, position),
                span: of.span,
                condition: reaches,
            });
        }
        let results = [bounds.exact, bounds.at_least, bounds.at_most];
        self.watch_ways(PointKind::Clause, &ways, &results);
        Lowered::Level(bounds)
    }

    /// The name of a place on a level's scale.
    pub fn level_name(&self, id: ValueId, position: u32) -> String {
        let scale = match self.framework.value(id).map(|value| &value.body) {
            Some(Body::Level(body)) => self.framework.scale(body.scale),
            _ => None,
        };
        let named = scale.and_then(|scale| scale.levels.get(position as usize));
        named.map_or(String::new(), |named| named.name.clone())
    }
}
