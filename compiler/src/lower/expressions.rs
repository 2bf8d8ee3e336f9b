//! Expressions to nodes.

use super::Lowerer;
use super::called::{Called, Frame, OPERATIONS, RED_ZONE, STACK};
use super::known;
use super::points::Way;
use super::value::{Bounds, Lowered};
use super::verified;
use crate::coverage::PointKind;
use crate::diagnostics::panel::NotWorkedOut;
use crate::diagnostics::ranges::{EmptyRange, EqualEnds, MoreThanThereAre, RangeOf};
use crate::interval::Interval;
use crate::plan::{Binary, NodeId, PlanBuilder, Unary};
use crate::typed::{Builtin, Field, FunctionId, Typed, TypedKind, ValueId};
use crate::types::Type;

impl Lowerer<'_> {
    pub fn expr(&mut self, expr: &Typed) -> Lowered {
        stacker::maybe_grow(RED_ZONE, STACK, || {
            let outer = self.builder.site.span;
            self.come_from(expr.span);
            self.outlines.begin(self.builder.kept_back);
            let lowered = self.expr_here(expr);
            let lowered = self.of_items_there(expr, lowered);
            self.outline(expr, &lowered);
            self.builder.site.span = outer;
            lowered
        })
    }

    /// An expression that is a single number.
    pub fn number(&mut self, expr: &Typed) -> NodeId {
        let lowered = self.expr(expr);
        self.single(&lowered)
    }

    /// An expression that is a single truth.
    pub fn truth(&mut self, expr: &Typed) -> NodeId {
        match self.expr(expr) {
            Lowered::Truth(node) => node,
            Lowered::Number(_)
            | Lowered::Category(_)
            | Lowered::Level(_)
            | Lowered::Count(_)
            | Lowered::Between(_)
            | Lowered::List { .. } => self.broken_truth(),
        }
    }

    /// For what checking leaves out: told as a mistake of the tool, so that no Plan comes of it. What was
    /// found wrong before is the reason then.
    pub fn broken(&mut self) -> NodeId {
        if !self.reports.has_errors() {
            let span = self.builder.site.span;
            self.reports.add(NotWorkedOut { span });
        }
        self.builder.missing()
    }

    /// The same in place of a truth.
    pub fn broken_truth(&mut self) -> NodeId {
        self.broken();
        self.builder.truth(false, false)
    }

    pub fn single(&mut self, lowered: &Lowered) -> NodeId {
        match lowered {
            Lowered::Truth(node) => self.builder.indicate(*node),
            Lowered::Number(node) | Lowered::Category(node) => *node,
            Lowered::Level(bounds) | Lowered::Count(bounds) | Lowered::Between(bounds) => {
                bounds.exact
            }
            Lowered::List { .. } => self.broken(),
        }
    }

    fn expr_here(&mut self, expr: &Typed) -> Lowered {
        match &expr.kind {
            TypedKind::Number(x) => Lowered::Number(self.builder.number(*x)),
            TypedKind::Missing => self.missing_of(&expr.ty),
            TypedKind::Truth { yes, no } => Lowered::Truth(self.builder.truth(*yes, *no)),
            TypedKind::Position(position) => {
                let node = self.builder.number(f64::from(*position));
                match expr.ty {
                    Type::Category(_) => Lowered::Category(node),
                    Type::Number(_)
                    | Type::Truth
                    | Type::Level(_)
                    | Type::Count
                    | Type::List(_)
                    | Type::Error => Lowered::Level(Bounds {
                        exact: node,
                        at_least: node,
                        at_most: node,
                    }),
                }
            }
            TypedKind::Value(id) => self.declared(*id),
            TypedKind::Parameter(index) => {
                let frame = self.frames.last();
                let argument = frame.and_then(|frame| frame.args.get(*index as usize));
                let argument = argument.cloned();
                argument.unwrap_or_else(|| Lowered::Number(self.broken()))
            }
            TypedKind::Field(id, field) => self.field(*id, *field),
            TypedKind::AllFactors => self.all(self.framework.reads.factors()),
            TypedKind::AllSignals => self.all(self.framework.reads.signals()),
            TypedKind::List(parts) => {
                let items = self.parts_of_list(parts, expr.span);
                let masks = parts.iter().map(|part| self.mask(part)).collect();
                self.listed(items, masks)
            }
            TypedKind::Convert(inner, num, den) => {
                let inner = self.expr(inner);
                self.scaled(&inner, *num, *den)
            }
            TypedKind::AsNumber(inner) => {
                let inner = self.expr(inner);
                Lowered::Number(self.single(&inner))
            }
            TypedKind::Negate(inner) => {
                let inner = self.expr(inner);
                self.falling(&inner, |lowerer, x| lowerer.builder.unary(Unary::Negate, x))
            }
            TypedKind::Not(inner) => {
                let inner = self.expr(inner);
                self.each(&inner, |lowerer, single| match single {
                    Lowered::Truth(node) => Lowered::Truth(lowerer.builder.not(*node)),
                    other @ (Lowered::Number(_)
                    | Lowered::Category(_)
                    | Lowered::Level(_)
                    | Lowered::Count(_)
                    | Lowered::Between(_)
                    | Lowered::List { .. }) => other.clone(),
                })
            }
            TypedKind::Sum(first, rest) => self.sum(first, rest),
            TypedKind::Product(first, rest) => self.product(first, rest),
            TypedKind::Compare {
                relation,
                left,
                right,
            } => self.comparison(*relation, left, right, expr.span),
            TypedKind::And(parts) => self.all_of(parts, expr.span),
            TypedKind::Or(parts) => self.any_of(parts),
            TypedKind::IsKnown(inner) => {
                let inner = self.expr(inner);
                self.is_known(&inner)
            }
            TypedKind::Fallback(parts) => {
                let outer = self.builder.site.guard;
                let mut result: Option<Lowered> = None;
                for part in parts {
                    let next = self.expr(part);
                    let found = match result {
                        Some(first) => self.fallback(first, next),
                        None => next,
                    };
                    // What follows is only asked for where nothing is known yet.
                    if let Lowered::Truth(known) = self.is_known(&found) {
                        let open = self.builder.not(known);
                        self.builder.site.guard = Some(self.both(outer, open));
                    }
                    result = Some(found);
                }
                self.builder.site.guard = outer;
                result.unwrap_or_else(|| self.missing_of(&expr.ty))
            }
            TypedKind::If { arms, otherwise } => self.choice(arms, otherwise),
            TypedKind::AtLeast { k, of } => {
                let written = k;
                let k = self.number(written);
                let listed = of.span;
                let of = self.expr(of);
                if let (Lowered::List { items, .. }, Some(asked)) = (&of, self.builder.constant(k))
                    && asked > items.len() as f64
                    && self.in_own_words()
                {
                    self.reports.add(MoreThanThereAre {
                        span: expr.span,
                        of: listed,
                        asked: crate::numbers::show(asked),
                        there: items.len(),
                    });
                }
                if self.builder.constant(k).is_some_and(|asked| asked <= 0.0) && self.in_own_words()
                {
                    self.tell_none_asked(expr.span, written.span);
                }
                let count = self.count(&of);
                let bounds = Bounds {
                    exact: k,
                    at_least: k,
                    at_most: k,
                };
                let result = self.not_below(count, bounds);
                self.watch_bounds(count, (written, k), result, expr.span);
                Lowered::Truth(result)
            }
            // Read in earlier periods alone.
            TypedKind::Earlier(_) => Lowered::Number(self.builder.missing()),
            TypedKind::Along(call) => self.along_time(call),
            TypedKind::Peers(call) => self.across_peers(call),
            TypedKind::Builtin(builtin, args) => match verified::argument(*builtin, args) {
                Some((of, unverified)) => self.verified(of, unverified),
                None => self.builtin(*builtin, args, expr),
            },
            TypedKind::Call(function, args) => {
                let lowered: Vec<Lowered> = args.iter().map(|arg| self.expr(arg)).collect();
                self.tell_clamp(*function, args, &lowered, expr.span);
                let equal = self.equal_ends(*function, &lowered);
                if let Some(end) = equal {
                    // The end that is not there is likely the other one of the value's own range.
                    let of = lowered.first().and_then(Lowered::node);
                    let other = of.map(|node| self.range(node)).and_then(|range| {
                        let ends = [(range.low, range.high), (range.high, range.low)];
                        let found = ends.into_iter().find(|(own, _)| *own == end);
                        found.map(|(_, other)| other)
                    });
                    let written = |at: usize| {
                        let span = args.get(at)?.span;
                        let words = self.sources.slice(span);
                        (words == crate::numbers::show(end)).then_some(span)
                    };
                    let ends = written(1).zip(written(2));
                    self.reports.add(EqualEnds {
                        ends,
                        span: expr.span,
                        end: crate::numbers::show(end),
                        other: other
                            .filter(|other| other.is_finite() && *other != end)
                            .map(crate::numbers::show),
                    });
                }
                let mut frame = self.frame(*function, args, lowered);
                frame.masks = args.iter().map(|arg| self.mask(arg)).collect();
                self.without_result += usize::from(equal.is_some());
                let result = match known::asked_of(args) {
                    Some(least) => self.call_known(*function, frame, least, expr),
                    None => self.call(*function, frame),
                };
                let result = self.of_what_is_there(*function, args, (result, &expr.ty));
                self.without_result -= usize::from(equal.is_some());
                if equal.is_some()
                    && let Lowered::Number(node) = &result
                {
                    // Always missing: it lies anywhere.
                    self.builder.narrow(*node, Interval::UNIT);
                }
                result
            }
            TypedKind::Error => {
                if !self.reports.has_errors() {
                    self.reports.add(NotWorkedOut { span: expr.span });
                }
                self.missing_of(&expr.ty)
            }
        }
    }

    /// The end that both goalposts of a function of the standard library are, in the caller's own words.
    fn equal_ends(&self, function: FunctionId, args: &[Lowered]) -> Option<f64> {
        let declared = self.framework.function(function)?;
        if !declared.standard || !self.in_own_words() {
            return None;
        }
        let place = |names: [&str; 2]| {
            let at = declared
                .parameters
                .iter()
                .position(|(name, _)| names.contains(&name.as_str()))?;
            self.builder.constant(args.get(at)?.node()?)
        };
        let (low, high) = (place(["from", "low"])?, place(["to", "high"])?);
        (low == high && declared.name != "clamp").then_some(low)
    }

    /// Tells `clamp(x, 1, 0)`, which is 0 for every value.
    fn tell_clamp(
        &mut self,
        function: FunctionId,
        args: &[Typed],
        lowered: &[Lowered],
        span: crate::source::Span,
    ) {
        let declared = self.framework.function(function);
        let is_clamp = declared.is_some_and(|one| one.standard && one.name == "clamp");
        if !is_clamp || !self.in_own_words() {
            return;
        }
        let ([_, low, high], [_, from, to]) = (args, lowered) else {
            return;
        };
        let constant = |value: &Lowered| self.builder.constant(value.node()?);
        let (Some(from), Some(to)) = (constant(from), constant(to)) else {
            return;
        };
        // Ends that are worked out are their author's business.
        let written = self.sources.slice(low.span.to(high.span));
        if from < to || written.contains(['(', '+', '*', '/']) {
            return;
        }
        let words = |typed: &Typed| (typed.span, self.sources.slice(typed.span).to_owned());
        let what = RangeOf::Arguments([words(low), words(high)]);
        let (low, high) = (crate::numbers::show(from), crate::numbers::show(to));
        self.reports.add(EmptyRange {
            span,
            low,
            high,
            what,
        });
    }

    /// A function's body with these arguments; the same call is expanded once. It is told once for each
    /// set of names that the arguments bring along.
    pub fn call(&mut self, function: FunctionId, frame: Frame) -> Lowered {
        let guard = self.builder.site.guard;
        let key = (function, frame.args.clone(), frame.masks.clone(), guard);
        let Some(declared) = self.framework.function(function) else {
            return Lowered::Number(self.builder.missing());
        };
        let silent = declared.standard || self.outlines.is_silent();
        let brought = Self::brought(&frame);
        if let Some(done) = self.calls.get(&key) {
            let lowered = done.lowered.clone();
            self.builder.kept_back += usize::from(done.kept_back);
            if silent {
                return lowered;
            }
            let mut told = done.told.iter();
            if let Some((_, told)) = told.find(|(names, _)| *names == brought) {
                let told = *told;
                self.outlines.push(told);
                return lowered;
            }
        }
        if self.builder.len() > OPERATIONS {
            // Told as soon as this declaration is done.
            return Lowered::Number(self.builder.missing());
        }
        // Equal nodes under other names: everything but the names has been told.
        let again = self.calls.contains_key(&key);
        let outer = again.then(|| (std::mem::take(self.reports), self.points.take()));
        let before = self.builder.kept_back;
        self.frames.push(frame);
        self.outlines.enter(declared.standard);
        let (result, told) = self.expr_told(&declared.body);
        self.outlines.leave();
        self.frames.pop();
        if let Some((reports, points)) = outer {
            *self.reports = reports;
            self.points = points;
        }
        let kept_back = self.builder.kept_back > before;
        let called = self.calls.entry(key).or_insert_with(|| Called {
            lowered: result.clone(),
            kept_back,
            told: Vec::new(),
        });
        called
            .told
            .extend(told.filter(|_| !silent).map(|told| (brought, told)));
        result
    }

    pub fn declared(&mut self, id: ValueId) -> Lowered {
        self.ready(id);
        match self.values.get(&id) {
            Some(lowered) => lowered.clone(),
            None => Lowered::Number(self.broken()),
        }
    }

    fn field(&mut self, id: ValueId, field: Field) -> Lowered {
        if field == Field::Verified {
            let verified = self.verified.observed(id);
            return Lowered::Truth(match verified {
                Some(node) => node,
                None => self.broken_truth(),
            });
        }
        self.ready(id);
        if let Some(factor) = self.factors.get(&id) {
            match field {
                Field::Coverage => return Lowered::Number(factor.coverage),
                Field::Known => return Lowered::Number(factor.known),
                Field::Members => return self.members(id),
                Field::AtLeast => return Lowered::Number(self.bounds_of(id).0),
                Field::AtMost => return Lowered::Number(self.bounds_of(id).1),
                Field::Verified => {}
            }
        }
        match (self.values.get(&id).cloned(), field) {
            (Some(Lowered::Level(bounds)), Field::AtLeast) => {
                let node = bounds.at_least;
                Lowered::Level(Bounds {
                    exact: node,
                    at_least: node,
                    at_most: node,
                })
            }
            (Some(Lowered::Level(bounds)), Field::AtMost) => {
                let node = bounds.at_most;
                Lowered::Level(Bounds {
                    exact: node,
                    at_least: node,
                    at_most: node,
                })
            }
            (Some(Lowered::Count(bounds)), Field::AtLeast) => Lowered::Number(bounds.at_least),
            (Some(Lowered::Count(bounds)), Field::AtMost) => Lowered::Number(bounds.at_most),
            // Made of bounds; where an operation does not carry them, what it can be.
            (Some(other @ (Lowered::Between(_) | Lowered::Number(_))), Field::AtLeast) => {
                Lowered::Number(self.spread(&other).at_least)
            }
            (Some(other @ (Lowered::Between(_) | Lowered::Number(_))), Field::AtMost) => {
                Lowered::Number(self.spread(&other).at_most)
            }
            _ => Lowered::Number(self.broken()),
        }
    }

    /// A factor's members: truths where all are, else numbers.
    fn members(&mut self, id: ValueId) -> Lowered {
        let body = self.framework.value(id).map(|value| &value.body);
        let Some(crate::checked::Body::Factor(body)) = body else {
            return Lowered::List {
                items: Vec::new(),
                present: None,
            };
        };
        let own: Vec<Lowered> = body
            .members
            .iter()
            .map(|one| self.declared(one.value))
            .collect();
        let masks = self.members_there(id);
        if own.iter().all(|one| matches!(one, Lowered::Truth(_))) {
            return self.listed(own, masks);
        }
        let nodes = self.factors.get(&id).map(|parts| {
            parts
                .members
                .iter()
                .map(|member| Lowered::Number(member.node))
                .collect()
        });
        self.listed(nodes.unwrap_or_default(), masks)
    }

    /// Several declared values.
    fn all(&mut self, ids: &[ValueId]) -> Lowered {
        let items = ids.iter().map(|id| self.declared(*id)).collect();
        let masks = ids.iter().map(|id| self.there(*id)).collect();
        self.listed(items, masks)
    }

    pub fn missing_of(&mut self, ty: &Type) -> Lowered {
        match ty {
            Type::Truth => Lowered::Truth(self.builder.truth(false, false)),
            Type::Level(id) => {
                let levels = self
                    .framework
                    .scale(*id)
                    .map_or(1, |scale| scale.levels.len());
                let missing = self.builder.missing();
                let most = levels.saturating_sub(1) as f64;
                Lowered::Level(Bounds::around(&mut self.builder, missing, 0.0, most))
            }
            Type::Category(_) => Lowered::Category(self.builder.missing()),
            Type::List(_) => Lowered::List {
                items: Vec::new(),
                present: None,
            },
            Type::Number(_) | Type::Count | Type::Error => Lowered::Number(self.builder.missing()),
        }
    }

    /// Is a value known? For a level: is it determined?
    pub fn is_known(&mut self, value: &Lowered) -> Lowered {
        match value {
            Lowered::List { items, present } => {
                let items = items.iter().map(|item| self.is_known(item)).collect();
                Lowered::List {
                    items,
                    present: present.clone(),
                }
            }
            Lowered::Truth(node) => {
                let yes = self.builder.surely(*node);
                let not = self.builder.not(*node);
                let no = self.builder.surely(not);
                Lowered::Truth(self.builder.or(yes, no))
            }
            other @ (Lowered::Number(_)
            | Lowered::Category(_)
            | Lowered::Level(_)
            | Lowered::Count(_)
            | Lowered::Between(_)) => {
                let node = self.single(other);
                Lowered::Truth(self.builder.is_known(node))
            }
        }
    }

    /// The first where it is known, else the second.
    fn fallback(&mut self, first: Lowered, next: Lowered) -> Lowered {
        match (&first, &next) {
            (Lowered::Number(a), Lowered::Number(b)) => {
                Lowered::Number(self.builder.binary(Binary::Coalesce, *a, *b))
            }
            (Lowered::Category(a), Lowered::Category(b)) => {
                Lowered::Category(self.builder.binary(Binary::Coalesce, *a, *b))
            }
            _ => match self.is_known(&first) {
                Lowered::Truth(known) => self.choose(known, &first, &next),
                Lowered::Number(_)
                | Lowered::Category(_)
                | Lowered::Level(_)
                | Lowered::Count(_)
                | Lowered::Between(_)
                | Lowered::List { .. } => first,
            },
        }
    }

    fn choice(&mut self, arms: &[(Typed, Typed)], otherwise: &Typed) -> Lowered {
        let outer = self.builder.site.guard;
        let outside = self.branch;
        let mut open = outer;
        let mut chosen: Vec<(NodeId, Lowered)> = Vec::with_capacity(arms.len());
        // Where a condition is unknown, both sides are asked for if they can agree.
        let agrees = matches!(otherwise.ty, Type::Truth | Type::Level(_));
        let asked = |builder: &mut PlanBuilder, condition| match agrees {
            true => builder.possibly(condition),
            false => builder.surely(condition),
        };
        for (condition, value) in arms {
            self.builder.site.guard = open;
            let condition = self.truth(condition);
            let yes = asked(&mut self.builder, condition);
            let not = self.builder.not(condition);
            let no = asked(&mut self.builder, not);
            self.builder.site.guard = Some(self.both(open, yes));
            let before = self.branch;
            self.branch = Some(self.both(before, condition));
            chosen.push((condition, self.expr(value)));
            self.branch = Some(self.both(before, not));
            open = Some(self.both(open, no));
        }
        self.builder.site.guard = open;
        let last = self.expr(otherwise);
        self.builder.site.guard = outer;
        self.branch = outside;
        let mut ways: Vec<Way> = Vec::new();
        if self.is_watched() {
            for ((_, value), (condition, _)) in arms.iter().zip(&chosen) {
                ways.push(self.side(value, Some(*condition)));
            }
            ways.push(self.side(otherwise, None));
        }
        let number = |value: &Lowered| match value {
            Lowered::Number(node) => Some(*node),
            Lowered::Truth(_)
            | Lowered::Category(_)
            | Lowered::Level(_)
            | Lowered::Count(_)
            | Lowered::Between(_)
            | Lowered::List { .. } => None,
        };
        let numbers = chosen.iter();
        let numbers = numbers.map(|(condition, value)| Some((*condition, number(value)?)));
        let numbers: Option<Vec<(NodeId, NodeId)>> = numbers.collect();
        let otherwise = number(&last);
        let whole = chosen
            .into_iter()
            .rev()
            .fold(last, |rest, (condition, value)| {
                self.choose(condition, &value, &rest)
            });
        if let (Lowered::Number(choice), Some(sides), Some(last)) = (&whole, numbers, otherwise) {
            self.builder.lies_by_arms(*choice, &sides, last);
        }
        self.watch_ways(PointKind::Branch, &ways, &whole.nodes());
        whole
    }

    /// A side of an `if`.
    fn side(&mut self, value: &Typed, condition: Option<NodeId>) -> Way {
        Way {
            name: self.words_of(value).to_string(),
            span: value.span,
            condition,
        }
    }

    /// Both hold; nothing said holds.
    pub fn both(&mut self, one: Option<NodeId>, other: NodeId) -> NodeId {
        match one {
            Some(one) => self.builder.and(one, other),
            None => other,
        }
    }

    /// What a condition decides. Where it is unknown: missing, except that truths on which both
    /// sides agree stand and levels lie between what both allow.
    pub fn choose(&mut self, condition: NodeId, yes: &Lowered, no: &Lowered) -> Lowered {
        match (yes, no) {
            (Lowered::Truth(a), Lowered::Truth(b)) => {
                let not = self.builder.not(condition);
                let first = self.builder.and(condition, *a);
                let second = self.builder.and(not, *b);
                let either = self.builder.or(first, second);
                // `either` is no only where the condition is known or both are no; where both are
                // yes it may be unknown: add that.
                let agreed = self.builder.and(*a, *b);
                let sure = self.builder.surely(agreed);
                let yes = self.builder.surely(either);
                let yes = self.builder.or(yes, sure);
                let neither = self.builder.not(either);
                let no = self.builder.surely(neither);
                Lowered::Truth(self.builder.verdict(yes, no))
            }
            (Lowered::Level(a), Lowered::Level(b)) => {
                let at_least = self.bound(condition, a.at_least, b.at_least, Binary::Min);
                let at_most = self.bound(condition, a.at_most, b.at_most, Binary::Max);
                Lowered::Level(Bounds::between(&mut self.builder, at_least, at_most))
            }
            (Lowered::Category(a), Lowered::Category(b)) => {
                Lowered::Category(self.builder.select(condition, *a, *b))
            }
            (Lowered::Between(_), _) | (_, Lowered::Between(_)) => {
                let (a, b) = (self.spread(yes), self.spread(no));
                let at_least = self.bound(condition, a.at_least, b.at_least, Binary::Min);
                let at_most = self.bound(condition, a.at_most, b.at_most, Binary::Max);
                Lowered::Between(Bounds::between(&mut self.builder, at_least, at_most))
            }
            (yes, no) => {
                let (a, b) = (self.single(yes), self.single(no));
                Lowered::Number(self.builder.select(condition, a, b))
            }
        }
    }

    fn bound(&mut self, condition: NodeId, a: NodeId, b: NodeId, both: Binary) -> NodeId {
        if !self.builder.uncertain(condition) {
            return self.builder.select(condition, a, b);
        }
        let yes = self.builder.surely(condition);
        let not = self.builder.not(condition);
        let no = self.builder.surely(not);
        let either = self.builder.binary(both, a, b);
        let rest = self.builder.select(no, b, either);
        self.builder.select(yes, a, rest)
    }

    fn builtin(&mut self, builtin: Builtin, args: &[Typed], expr: &Typed) -> Lowered {
        let lowered: Vec<Lowered> = args.iter().map(|arg| self.expr(arg)).collect();
        let (Some(first), second) = (lowered.first(), lowered.get(1)) else {
            return Lowered::Number(self.broken());
        };
        let unary = match builtin {
            Builtin::Abs => Some(Unary::Abs),
            Builtin::Sqrt => Some(Unary::Sqrt),
            Builtin::Exp => Some(Unary::Exp),
            Builtin::Ln => Some(Unary::Ln),
            Builtin::Log2 => Some(Unary::Log2),
            Builtin::Log10 => Some(Unary::Log10),
            Builtin::Floor => Some(Unary::Floor),
            Builtin::Ceil => Some(Unary::Ceil),
            Builtin::Pow
            | Builtin::Round
            | Builtin::Truncate
            | Builtin::Min
            | Builtin::Max
            | Builtin::Sum
            | Builtin::Mean
            | Builtin::Median
            | Builtin::Product
            | Builtin::GeometricMean
            | Builtin::HarmonicMean
            | Builtin::StdDev
            | Builtin::OfKnown
            | Builtin::Weighted
            | Builtin::Count
            | Builtin::Any
            | Builtin::All
            | Builtin::KnownCount
            | Builtin::Position
            | Builtin::Piecewise
            | Builtin::PeriodOf(_)
            | Builtin::Verified(_)
            | Builtin::Alternatives => None,
        };
        if let Some(op) = unary {
            return match op {
                // Neither rises nor falls throughout.
                Unary::Abs => self.map(first, |lowerer, x| lowerer.unary(op, x)),
                Unary::Negate
                | Unary::Sqrt
                | Unary::Exp
                | Unary::Ln
                | Unary::Log2
                | Unary::Log10
                | Unary::Floor
                | Unary::Ceil
                | Unary::Round(_)
                | Unary::Truncate(_)
                | Unary::Times(_) => self.rising(first, |lowerer, x| lowerer.unary(op, x)),
            };
        }
        match builtin {
            Builtin::Round | Builtin::Truncate => {
                let decimals = second.map(|second| self.single(second));
                let decimals = decimals.and_then(|node| self.builder.constant(node));
                let place = args.get(1).map_or(self.builder.site.span, |arg| arg.span);
                let decimals = self.rounding(decimals, place);
                let op = if builtin == Builtin::Round {
                    Unary::Round(decimals)
                } else {
                    Unary::Truncate(decimals)
                };
                self.rising(first, |lowerer, x| lowerer.builder.unary(op, x))
            }
            Builtin::Pow => {
                let exponent = second.cloned().unwrap_or_else(|| first.clone());
                self.map2(first, &exponent, |lowerer, a, b| {
                    lowerer.binary(Binary::Power, a, b)
                })
            }
            Builtin::Position => Lowered::Number(self.single(first)),
            Builtin::Alternatives => self.alternatives(first),
            Builtin::Piecewise => {
                if !self.tell_broken_pieces(args, &lowered) {
                    self.tell_short_pieces(args, &lowered);
                }
                Lowered::Number(self.piecewise(&lowered))
            }
            Builtin::PeriodOf(kind) => Lowered::Number(self.period_of_parts(kind, &lowered)),
            Builtin::Count => Lowered::Count(self.count(first)),
            Builtin::Any => Lowered::Truth(self.any(first)),
            Builtin::All => Lowered::Truth(self.every(first)),
            Builtin::KnownCount => Lowered::Number(self.known_count(first)),
            Builtin::OfKnown => self.of_known(first),
            Builtin::Weighted => first.clone(),
            other @ (Builtin::Abs
            | Builtin::Sqrt
            | Builtin::Exp
            | Builtin::Ln
            | Builtin::Log2
            | Builtin::Log10
            | Builtin::Floor
            | Builtin::Ceil
            | Builtin::Min
            | Builtin::Max
            | Builtin::Sum
            | Builtin::Mean
            | Builtin::Median
            | Builtin::Product
            | Builtin::GeometricMean
            | Builtin::HarmonicMean
            | Builtin::StdDev
            | Builtin::Verified(_)) => {
                let weights = args.first().and_then(|list| self.weights_in(other, list));
                self.judge_listed(other, weights.as_deref(), expr.span);
                match args.get(1) {
                    Some(least) => {
                        self.reduced_known(other, (first, weights.as_deref()), least, expr)
                    }
                    None => self.reduced_all(other, first, weights.as_deref()),
                }
            }
        }
    }
}
