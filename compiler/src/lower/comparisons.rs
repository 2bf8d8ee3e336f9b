//! Comparisons and connectives.

use forewarn_grammar::ast::CompareOp;

use super::Lowerer;
use super::applies::is_chain;
use super::value::{Bounds, Lowered};
use crate::plan::{Compare, NodeId};
use crate::source::Span;
use crate::typed::{Relation, Typed, TypedKind};

impl Lowerer<'_> {
    pub fn comparison(
        &mut self,
        relation: Relation,
        left: &Typed,
        right: &Typed,
        span: Span,
    ) -> Lowered {
        let (a, b) = (self.expr(left), self.expr(right));
        self.come_from(span);
        let result = self.compare(relation, &a, &b);
        self.tell_decided(&result, relation, (left, &a), (right, &b), span);
        self.watch_comparison(relation, (left, &a), (right, &b), &result, span);
        result
    }

    fn compare(&mut self, relation: Relation, left: &Lowered, right: &Lowered) -> Lowered {
        self.pairwise(left, right, |lowerer, a, b| {
            Lowered::Truth(lowerer.compare_single(relation, a, b))
        })
    }

    fn compare_single(&mut self, relation: Relation, left: &Lowered, right: &Lowered) -> NodeId {
        match (left, right) {
            (Lowered::Truth(a), Lowered::Truth(b)) => {
                let same = self.same_truth(*a, *b);
                if relation == Relation::IsNot {
                    self.builder.not(same)
                } else {
                    same
                }
            }
            (Lowered::Level(_) | Lowered::Count(_) | Lowered::Between(_), _)
            | (_, Lowered::Level(_) | Lowered::Count(_) | Lowered::Between(_)) => {
                let (a, b) = (self.bounds(left), self.bounds(right));
                match relation {
                    Relation::Order(CompareOp::Less) => self.below(a, b),
                    Relation::Order(CompareOp::GreaterOrEqual) => self.not_below(a, b),
                    Relation::Order(CompareOp::Greater) => self.below(b, a),
                    Relation::Order(CompareOp::LessOrEqual) => self.not_below(b, a),
                    Relation::Is => self.same(a, b),
                    Relation::IsNot => {
                        let same = self.same(a, b);
                        self.builder.not(same)
                    }
                }
            }
            _ => {
                let (a, b) = (self.single(left), self.single(right));
                match relation {
                    Relation::Order(CompareOp::Less) => self.builder.compare(Compare::Less, a, b),
                    Relation::Order(CompareOp::LessOrEqual) => {
                        self.builder.compare(Compare::LessOrEqual, a, b)
                    }
                    Relation::Order(CompareOp::Greater) => {
                        self.builder.compare(Compare::Less, b, a)
                    }
                    Relation::Order(CompareOp::GreaterOrEqual) => {
                        self.builder.compare(Compare::LessOrEqual, b, a)
                    }
                    Relation::Is => self.builder.compare(Compare::Equal, a, b),
                    Relation::IsNot => {
                        let same = self.builder.compare(Compare::Equal, a, b);
                        self.builder.not(same)
                    }
                }
            }
        }
    }

    fn bounds(&mut self, value: &Lowered) -> Bounds {
        match value {
            Lowered::Level(bounds) | Lowered::Count(bounds) | Lowered::Between(bounds) => *bounds,
            other @ (Lowered::Number(_)
            | Lowered::Truth(_)
            | Lowered::Category(_)
            | Lowered::List { .. }) => {
                let node = self.single(other);
                Bounds {
                    exact: node,
                    at_least: node,
                    at_most: node,
                }
            }
        }
    }

    fn sure(&mut self, compare: Compare, a: NodeId, b: NodeId) -> NodeId {
        let truth = self.builder.compare(compare, a, b);
        self.builder.surely(truth)
    }

    /// `a < b`: yes if even the most of `a` lies below the least of `b`.
    pub(super) fn below(&mut self, a: Bounds, b: Bounds) -> NodeId {
        let yes = self.sure(Compare::Less, a.at_most, b.at_least);
        let no = self.sure(Compare::LessOrEqual, b.at_most, a.at_least);
        self.builder.verdict(yes, no)
    }

    /// `a >= b`
    pub fn not_below(&mut self, a: Bounds, b: Bounds) -> NodeId {
        let yes = self.sure(Compare::LessOrEqual, b.at_most, a.at_least);
        let no = self.sure(Compare::Less, a.at_most, b.at_least);
        self.builder.verdict(yes, no)
    }

    pub(super) fn same(&mut self, a: Bounds, b: Bounds) -> NodeId {
        let left = self.sure(Compare::Equal, a.at_least, a.at_most);
        let right = self.sure(Compare::Equal, b.at_least, b.at_most);
        let equal = self.sure(Compare::Equal, a.at_least, b.at_least);
        let both = self.builder.and(left, right);
        let yes = self.builder.and(both, equal);
        let under = self.sure(Compare::Less, a.at_most, b.at_least);
        let over = self.sure(Compare::Less, b.at_most, a.at_least);
        let no = self.builder.or(under, over);
        self.builder.verdict(yes, no)
    }

    /// `signal is yes`, `is no` and `is unknown` ask what is known, and are never unknown
    /// themselves; between two computed truths sameness is unknown where either is.
    fn same_truth(&mut self, a: NodeId, b: NodeId) -> NodeId {
        use crate::plan::Op;
        let literal = |builder: &crate::plan::PlanBuilder, id| match builder.op(id) {
            Some(Op::Truth { yes, no }) => Some((yes, no)),
            _ => None,
        };
        let (asked, value) = match (literal(&self.builder, a), literal(&self.builder, b)) {
            (_, Some(asked)) => (asked, a),
            (Some(asked), None) => (asked, b),
            (None, None) => {
                let both = self.builder.and(a, b);
                let (not_a, not_b) = (self.builder.not(a), self.builder.not(b));
                let neither = self.builder.and(not_a, not_b);
                return self.builder.or(both, neither);
            }
        };
        let not = self.builder.not(value);
        match asked {
            (true, _) => self.builder.surely(value),
            (_, true) => self.builder.surely(not),
            (false, false) => {
                let (yes, no) = (self.builder.surely(value), self.builder.surely(not));
                let known = self.builder.or(yes, no);
                self.builder.not(known)
            }
        }
    }

    /// `and`. What can fault in a part is only asked for where the parts before are not no.
    pub fn all_of(&mut self, parts: &[Typed], span: Span) -> Lowered {
        if is_chain(parts, span) {
            return self.chained(parts, span);
        }
        let outer = self.builder.site.guard;
        let mut total: Option<Lowered> = None;
        let mut conditions: Vec<(NodeId, Span)> = Vec::with_capacity(parts.len());
        let mut masks = Vec::with_capacity(parts.len());
        let mut untold: Vec<(NodeId, &Typed)> = Vec::with_capacity(parts.len());
        for part in parts {
            let own = part.span;
            let typed = part;
            let there = self.mask(part);
            masks.push(there);
            let told = self.reports.len();
            let mut part = self.expr(part);
            if let (Lowered::Truth(node), true) = (&part, told == self.reports.len()) {
                untold.push((*node, typed));
            }
            if let (Lowered::Truth(node), Some(there)) = (&mut part, there) {
                let absent = self.builder.not(there);
                *node = self.builder.or(*node, absent);
            }
            if let Lowered::Truth(node) = &part {
                conditions.push((*node, own));
            }
            total = Some(match total {
                None => part,
                Some(total) => {
                    self.connect(&total, &part, |lowerer, a, b| lowerer.builder.and(a, b))
                }
            });
            if let Some(Lowered::Truth(so_far)) = &total {
                let open = self.builder.possibly(*so_far);
                self.builder.site.guard = Some(self.both(outer, open));
            }
        }
        self.builder.site.guard = outer;
        if !self.tell_exclusive(&conditions, span) {
            self.tell_idle(&untold, true);
        }
        let total = total.map(|total| self.where_one_is(total, &masks));
        total.unwrap_or_else(|| Lowered::Truth(self.builder.truth(true, false)))
    }

    /// `0 <= x < 1` and `x in 0..<1`: one statement, so only the whole of it is judged by ranges.
    fn chained(&mut self, parts: &[Typed], span: Span) -> Lowered {
        let mut all = Vec::with_capacity(parts.len());
        for part in parts {
            let TypedKind::Compare {
                relation,
                left,
                right,
            } = &part.kind
            else {
                continue;
            };
            let (a, b) = (self.expr(left), self.expr(right));
            self.come_from(span);
            let result = self.compare(*relation, &a, &b);
            let link = left.span.to(right.span);
            self.watch_comparison(*relation, (left, &a), (right, &b), &result, link);
            all.push((result, *relation, left.as_ref(), a, right.as_ref(), b));
        }
        let whole = all.iter().map(|part| part.0.clone()).reduce(|total, part| {
            self.connect(&total, &part, |lowerer, a, b| lowerer.builder.and(a, b))
        });
        self.tell_chain(&all, span);
        whole.unwrap_or_else(|| Lowered::Truth(self.builder.truth(true, false)))
    }

    pub fn any_of(&mut self, parts: &[Typed]) -> Lowered {
        let outer = self.builder.site.guard;
        let mut total: Option<Lowered> = None;
        let mut masks = Vec::with_capacity(parts.len());
        let mut untold: Vec<(NodeId, &Typed)> = Vec::with_capacity(parts.len());
        for part in parts {
            let typed = part;
            let there = self.mask(part);
            masks.push(there);
            let told = self.reports.len();
            let mut part = self.expr(part);
            if let (Lowered::Truth(node), true) = (&part, told == self.reports.len()) {
                untold.push((*node, typed));
            }
            if let (Lowered::Truth(node), Some(there)) = (&mut part, there) {
                *node = self.builder.and(*node, there);
            }
            total = Some(match total {
                None => part,
                Some(total) => {
                    self.connect(&total, &part, |lowerer, a, b| lowerer.builder.or(a, b))
                }
            });
            if let Some(Lowered::Truth(so_far)) = &total {
                let not = self.builder.not(*so_far);
                let open = self.builder.possibly(not);
                self.builder.site.guard = Some(self.both(outer, open));
            }
        }
        self.builder.site.guard = outer;
        if !self.tell_exhaustive(&untold) {
            self.tell_idle(&untold, false);
        }
        let total = total.map(|total| self.where_one_is(total, &masks));
        total.unwrap_or_else(|| Lowered::Truth(self.builder.truth(false, true)))
    }

    /// What truths say together, unknown where none of them is there.
    fn where_one_is(&mut self, total: Lowered, masks: &[Option<NodeId>]) -> Lowered {
        if let (Lowered::Truth(node), Some(one)) = (&total, self.one_of(masks)) {
            return Lowered::Truth(self.truth_where(*node, one));
        }
        total
    }

    fn connect(
        &mut self,
        left: &Lowered,
        right: &Lowered,
        f: impl Fn(&mut Self, NodeId, NodeId) -> NodeId + Copy,
    ) -> Lowered {
        self.pairwise(left, right, |lowerer, a, b| match (a, b) {
            (Lowered::Truth(a), Lowered::Truth(b)) => Lowered::Truth(f(lowerer, *a, *b)),
            (other, _) => other.clone(),
        })
    }
}
