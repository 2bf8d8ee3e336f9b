//! What needs what, and in which order to check it.
//!
//! Values and functions are nodes of one graph; "all factors" and "all signals" are nodes too, so
//! that a rule over all of them costs one edge. What is only read of an earlier period, with a stated
//! beginning, can be there before what it rests on: within a circle such an edge asks for no order.

use forewarn_grammar::ast::{self, AlertClauseKind, Expr, ExprKind, InSet, IsWhat, LevelArmKind};

use std::collections::BTreeMap;

use super::context::Checker;
use super::notes::Next;
use crate::cycles;
use crate::diagnostics::names::{Cycle, Past, RecursiveFunction};
use crate::framework::{Declared, ValueSource, at};
use crate::groups::Groups;
use crate::plan::period;
use crate::source::{FileId, Span};
use crate::typed::{FunctionId, ValueId};
use forewarn_grammar::ast::BindingKind;

impl<'p> Checker<'_, 'p> {
    /// Values and functions, what they need first. Circles are told.
    pub fn order(&mut self) -> Vec<Next> {
        let framework = self.framework;
        let values = framework.values.len();
        let functions = framework.functions.len();
        let (all_factors, all_signals) = (values + functions, values + functions + 1);
        let mut edges: Vec<Vec<(usize, Mark)>> = Vec::with_capacity(values + functions + 2);
        for index in 0..values + functions {
            let names = self.names_of(index);
            edges.push(self.resolve(names, all_factors, all_signals));
        }
        let of_kind = |wanted: &dyn Fn(&ValueSource<'_>) -> bool| {
            let all = framework.values.iter().enumerate();
            let wanted = all.filter(|(_, value)| wanted(&value.what));
            wanted
                .map(|(index, value)| (index, Mark::at(value.span())))
                .collect::<Vec<_>>()
        };
        edges.push(of_kind(&|what| matches!(what, ValueSource::Factor(_))));
        edges.push(of_kind(
            &|what| matches!(what, ValueSource::Binding(one) if one.kind == BindingKind::Signal),
        ));
        // All values of a family cost one edge too.
        for family in framework.groups.families.values() {
            let items = family.values.iter();
            let ids = items.filter_map(|name| framework.value_names.get(name));
            edges.push(
                ids.map(|id| (id.0 as usize, Mark::at(family.span())))
                    .collect(),
            );
        }
        let starts = |(to, mark): &(usize, Mark)| {
            let of = framework.values.get(*to);
            mark.when == When::Started && of.is_some_and(|of| has_past(&of.what))
        };
        if edges.iter().flatten().any(starts) {
            let circle = cycles::components(&edges);
            let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
            for (from, needs) in edges.iter_mut().enumerate() {
                let all = needs.len();
                needs.retain(|edge| !starts(edge) || circle.get(from) != circle.get(edge.0));
                if needs.len() < all {
                    members.extend(circle.get(from).map(|own| (*own, Vec::new())));
                }
            }
            for (at, own) in circle.iter().enumerate() {
                members.entry(*own).and_modify(|all| all.push(at));
            }
            // Who needs one of those that rest on each other's past needs all of them.
            for (from, needs) in edges.iter_mut().enumerate() {
                let outside = needs
                    .iter()
                    .filter(|(to, _)| circle.get(*to) != circle.get(from));
                let more = outside.flat_map(|(to, mark)| {
                    let own = circle.get(*to).and_then(|own| members.get(own));
                    own.into_iter().flatten().map(|at| (*at, *mark))
                });
                let more: Vec<(usize, Mark)> = more.collect();
                needs.extend(more);
            }
        }
        let (order, circles) = cycles::visit(&edges);
        for circle in circles {
            self.tell_circle(&circle, values, functions);
        }
        let numbered = |index: usize| crate::arena::next(index);
        order
            .into_iter()
            .filter_map(|index| {
                if index < values {
                    Some(Next::Value(ValueId(numbered(index))))
                } else {
                    let function = index - values;
                    (function < functions).then(|| Next::Function(FunctionId(numbered(function))))
                }
            })
            .collect()
    }

    /// The names that a value or function mentions, by its place in the graph.
    fn names_of(&self, index: usize) -> Names<'p, '_, 'p> {
        let framework = self.framework;
        if let Some(value) = framework.values.get(index) {
            return self.names_of_value(index, value);
        }
        let mut names = self.names_in(FileId::default());
        let function = index - framework.values.len();
        if let Some(function) = framework.functions.get(function) {
            names.file = function.file;
            names.expr(&function.what.body);
            let parameters = &function.what.params;
            names.found.retain(|(kind, name, _)| {
                *kind == Kind::Function || !parameters.iter().any(|own| own.name.text == *name)
            });
        }
        names
    }

    fn names_of_value(
        &self,
        index: usize,
        value: &Declared<'p, ValueSource<'p>>,
    ) -> Names<'p, '_, 'p> {
        let framework = self.framework;
        let id = ValueId(crate::arena::next(index));
        let mut names = self.names_in(value.file);
        names.item = value.item.map(|(_, index)| index);
        match value.what {
            ValueSource::Indicator { attrs, .. } => names.attributes(attrs),
            ValueSource::Param(param) => {
                // A value given from outside takes the place of all that the file says.
                let given = self.given.and_then(|given| given.of(&param.name.text));
                let (file, values) = given.unwrap_or_else(|| framework.values_of(id, param));
                names.file = file;
                values.iter().for_each(|value| names.expr(&value.value));
            }
            ValueSource::Binding(binding) => {
                names.expr(&binding.value);
            }
            ValueSource::Factor(factor) => {
                for word in factor.combine.iter().flat_map(|combine| &combine.words) {
                    names.function(word);
                }
                let number = factor.combine.iter().find_map(|one| one.number.as_ref());
                number.into_iter().for_each(|number| names.expr(number));
                for one in framework.members_of(id, factor) {
                    names.file = one.file;
                    match &one.grouped {
                        Some(grouped) => names.value(grouped.value, one.member.name.span),
                        None => names.name(&one.member.name),
                    }
                    for (file, weight) in one.grouped.into_iter().flat_map(|one| one.weights) {
                        names.file = file;
                        names.expr(weight);
                    }
                    if let Some((file, weight)) = one.weight {
                        names.file = file;
                        names.expr(weight);
                    }
                    if let Some((file, least)) = one.decisive {
                        names.file = file;
                        names.expr(least);
                    }
                }
                names.file = value.file;
                names.attributes(&factor.attrs);
                factor
                    .require
                    .iter()
                    .for_each(|require| names.expr(&require.amount));
            }
            ValueSource::Level(level) => {
                level.from.iter().for_each(|from| names.expr(from));
                for arm in &level.arms {
                    match &arm.kind {
                        LevelArmKind::When(condition) => names.expr(condition),
                        LevelArmKind::Band(range) => names.range(range),
                        LevelArmKind::Otherwise => {}
                    }
                }
            }
            ValueSource::Table(table) => {
                table.by.iter().for_each(|column| names.expr(column));
                for row in &table.rows {
                    row.cells.iter().for_each(|cell| names.cell(cell));
                    names.expr(&row.then);
                }
            }
            ValueSource::Alert(alert) => {
                for clause in &alert.clauses {
                    let (first, second) = match &clause.kind {
                        AlertClauseKind::When {
                            condition, lasting, ..
                        } => (condition, lasting),
                        AlertClauseKind::Cooldown { length, unless, .. } => (length, unless),
                        AlertClauseKind::OnUnknown(_) => continue,
                    };
                    names.expr(first);
                    second.iter().for_each(|second| names.expr(second));
                }
            }
            ValueSource::Broken => {}
        }
        names
    }

    fn names_in<'t>(&self, file: FileId) -> Names<'t, '_, 'p> {
        Names {
            file,
            found: Vec::new(),
            groups: &self.framework.groups,
            item: None,
            when: When::Now,
        }
    }

    /// The values that an expression names, each as often as it does.
    pub(super) fn values_named(&self, expr: &Expr) -> Vec<String> {
        let mut names = self.names_in(self.file);
        names.expr(expr);
        let values = names.found.into_iter();
        let values = values.filter(|(kind, ..)| *kind == Kind::Value);
        values.map(|(_, name, _)| name.to_owned()).collect()
    }

    /// Params that a test gives in terms of themselves, through whatever they name: told.
    pub fn circles_of_given(&mut self, given: &[(ValueId, &Expr)]) {
        let (values, functions) = (self.framework.values.len(), self.framework.functions.len());
        let (factors, signals) = (values + functions, values + functions + 1);
        // What can be reached from what is given, each with a place of its own.
        let mut places: BTreeMap<usize, usize> = BTreeMap::new();
        let mut reached: Vec<usize> = Vec::new();
        let mut place = |index: usize, reached: &mut Vec<usize>| {
            *places.entry(index).or_insert_with(|| {
                reached.push(index);
                reached.len() - 1
            })
        };
        for (id, _) in given {
            place(id.0 as usize, &mut reached);
        }
        let mut edges: Vec<Vec<(usize, Mark)>> = Vec::new();
        while let Some(index) = reached.get(edges.len()).copied() {
            let value = given.iter().find(|(id, _)| id.0 as usize == index);
            let resolved = match value {
                Some((_, value)) => {
                    let mut names = self.names_in(self.file);
                    names.expr(value);
                    self.resolve(names, factors, signals)
                }
                None => self.resolve(self.names_of(index), factors, signals),
            };
            // What begins anew is no circle.
            let to = resolved.into_iter();
            let to = to.filter(|(_, mark)| mark.when != When::Started);
            edges.push(
                to.map(|(to, mark)| (place(to, &mut reached), mark))
                    .collect(),
            );
        }
        for circle in cycles::find(&edges) {
            let members = circle.iter().filter_map(|(at, mark)| {
                let index = *reached.get(*at)?;
                Some((self.name_in_graph(index), mark.span, index))
            });
            let members: Vec<(String, Span, usize)> = members.collect();
            // One without anything given stands in the rules, and is told of them.
            let is_given = |index: usize| given.iter().any(|(id, _)| id.0 as usize == index);
            if members.iter().any(|(_, _, index)| is_given(*index)) {
                let members = members.into_iter();
                self.reports.add(Cycle {
                    members: members.map(|(name, span, _)| (name, span)).collect(),
                    past: Past::Given,
                });
            }
        }
    }

    /// What a place in the graph is called.
    fn name_in_graph(&self, index: usize) -> String {
        let framework = self.framework;
        let values = framework.values.len();
        if let Some(value) = framework.values.get(index) {
            value.name.text.clone()
        } else if let Some(function) = framework.functions.get(index - values) {
            function.name.text.clone()
        } else if index == values + framework.functions.len() {
            "factors".to_owned()
        } else {
            let family = index - values - framework.functions.len();
            let family = family.checked_sub(2);
            let mut families = framework.groups.families.keys();
            let family = family.and_then(|index| families.nth(index));
            family.map_or("signals", |name| *name).to_owned()
        }
    }

    fn resolve(
        &self,
        names: Names<'_, '_, 'p>,
        factors: usize,
        signals: usize,
    ) -> Vec<(usize, Mark)> {
        let values = self.framework.values.len();
        let found = names.found.into_iter().filter_map(|(kind, name, mark)| {
            let to = match kind {
                Kind::Family => {
                    let mut families = self.framework.groups.families.keys();
                    signals + 1 + families.position(|family| *family == name)?
                }
                Kind::Function => values + self.framework.function_names.get(name)?.0 as usize,
                Kind::Value => match self.framework.value_names.get(name) {
                    Some(id) => id.0 as usize,
                    None if name == "factors" => factors,
                    None if name == "signals" => signals,
                    None => return None,
                },
            };
            Some((to, mark))
        });
        found.collect()
    }

    /// Is the way out of a circle the past: which member could be read of an earlier period with a beginning, and
    /// how that is written in this panel.
    fn past_of(&self, circle: &[(usize, Mark)]) -> Past {
        let constants = circle.iter().all(|(index, _)| {
            let value = self.framework.values.get(*index);
            value.is_some_and(|value| matches!(value.what, ValueSource::Param(_)))
        });
        if constants {
            return Past::Constants;
        }
        let Some(kind) = self.panel.period else {
            return Past::None;
        };
        let lagged = circle
            .iter()
            .position(|(_, mark)| mark.when == When::Earlier);
        // Each needs the next; the last the first.
        let next = |at: usize| circle.get((at + 1) % circle.len().max(1)).copied();
        let (needed, is_lagged) = match lagged {
            Some(at) => (next(at).into_iter().collect(), true),
            None => (circle.to_vec(), false),
        };
        let declared: Vec<(ValueId, &Declared<'_, ValueSource<'_>>)> = needed
            .iter()
            .filter_map(|(index, _)| {
                let declared = self.framework.values.get(*index)?;
                Some((ValueId(crate::arena::next(*index)), declared))
            })
            .filter(|(_, declared)| has_past(&declared.what))
            .collect();
        // A number is easier to begin with than a level.
        let is_level = |id: ValueId| self.declared_level(id).is_some();
        let number = declared.iter().find(|(id, _)| !is_level(*id));
        let Some((id, declared)) = number.or(declared.first()).copied() else {
            return Past::None;
        };
        let is_truth =
            matches!(declared.what, ValueSource::Binding(one) if one.kind == BindingKind::Signal);
        let lowest = match self.declared_level(id) {
            Some(crate::types::Type::Level(scale)) => {
                let scale = self.scale(scale);
                scale.and_then(|scale| Some(scale.levels.first()?.name.clone()))
            }
            _ => None,
        };
        let beginning = self.beginning(&declared.what);
        let first = match &lowest {
            Some(lowest) => lowest.as_str(),
            None if is_truth => "no",
            None => beginning.as_str(),
        };
        let name = declared
            .item
            .map_or(declared.name.text.as_str(), |(family, _)| family);
        let period = period::kind_name(kind);
        let lag = format!("lag({name}, 1 {period}, first: {first})");
        if is_lagged {
            Past::Lagged { lag }
        } else {
            Past::Possible { lag }
        }
    }

    /// With what a number's own past may begin: in the unit that it declares, or nothing that can be written for it.
    fn beginning(&self, what: &ValueSource<'_>) -> String {
        let ValueSource::Binding(binding) = what else {
            return "0".to_owned();
        };
        match binding.ty.as_ref().map(|ty| &ty.kind) {
            Some(ast::TypeKind::Unit(unit)) => {
                if let ast::UnitExprKind::Name(name) = &unit.kind
                    && name.text == "number"
                {
                    "0".to_owned()
                } else if let ast::UnitExprKind::Name(name) = &unit.kind {
                    format!("0 {}", name.text)
                } else {
                    "…".to_owned()
                }
            }
            Some(
                ast::TypeKind::NumberOf(_) | ast::TypeKind::Category(_) | ast::TypeKind::List(_),
            ) => "…".to_owned(),
            None if self.framework.units.is_empty() => "0".to_owned(),
            None => "…".to_owned(),
        }
    }

    fn tell_circle(&mut self, circle: &[(usize, Mark)], values: usize, functions: usize) {
        // What goes in a circle item by item is one circle of what goes by the group.
        let name = |index: usize| {
            let item = self
                .framework
                .values
                .get(index)
                .and_then(|value| value.item);
            item.map_or_else(
                || self.name_in_graph(index),
                |(family, _)| family.to_owned(),
            )
        };
        let members: Vec<(String, Span)> = circle
            .iter()
            .map(|(index, mark)| (name(*index), mark.span))
            .collect();
        let past = self.past_of(circle);
        let names: Vec<&str> = members.iter().map(|(name, _)| name.as_str()).collect();
        let again = !self.first_time("circle", &names.join(" "));
        let only_functions = circle
            .iter()
            .all(|(index, _)| (values..values + functions).contains(index));
        if again {
            // Told of another item.
        } else if only_functions {
            self.reports.add(RecursiveFunction { members });
        } else {
            self.reports.add(Cycle { members, past });
        }
        // What stands in a circle has no kind; nothing more is said about it.
        for (index, _) in circle {
            if *index < values {
                let id = ValueId(crate::arena::next(*index));
                self.types.insert(id, crate::types::Type::Error);
            }
        }
    }
}

/// Can it be read of an earlier period with a stated beginning: is it a number, yes or no, or a level?
fn has_past(what: &ValueSource<'_>) -> bool {
    match what {
        ValueSource::Binding(_)
        | ValueSource::Factor(_)
        | ValueSource::Level(_)
        | ValueSource::Table(_) => true,
        ValueSource::Indicator { .. }
        | ValueSource::Param(_)
        | ValueSource::Alert(_)
        | ValueSource::Broken => false,
    }
}

/// Where something is named, and of which period it is read there.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Mark {
    span: Span,
    when: When,
}

impl Mark {
    fn at(span: Span) -> Self {
        Self {
            span,
            when: When::Now,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum When {
    /// Of its own period.
    Now,
    /// Of earlier periods, without a stated beginning: `lag(x, 1 year)`.
    Earlier,
    /// Of an earlier period, with a stated beginning: `lag(x, 1 year, first: 0)`.
    Started,
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Value,
    Function,
    /// All values of that name.
    Family,
}

/// The names that an expression mentions.
struct Names<'t, 'g, 'p> {
    file: FileId,
    found: Vec<(Kind, &'t str, Mark)>,
    groups: &'g Groups<'p>,
    /// The item that is read for, where names of several values stand for its own.
    item: Option<usize>,
    /// Of which period what is named is read.
    when: When,
}

impl<'t, 'p: 't> Names<'t, '_, 'p> {
    fn value(&mut self, name: &'t str, span: ast::Span) {
        self.note(Kind::Value, name, span);
    }

    fn name(&mut self, name: &'t ast::Name) {
        let groups = self.groups;
        if let Some(family) = groups.families.get(name.text.as_str()) {
            match self.item.and_then(|index| family.values.get(index)) {
                Some(value) => self.value(value, name.span),
                None => {
                    self.note(Kind::Family, &family.name.text, name.span);
                    // A function may ask what its items weigh.
                    let file = self.file;
                    let weights = family.shape.items.iter().flat_map(|item| &item.weights);
                    for (place, weight) in weights {
                        self.file = *place;
                        self.expr(weight);
                    }
                    self.file = file;
                }
            }
            return;
        }
        self.value(&name.text, name.span);
        if let Some((_, list)) = groups.listed.get(name.text.as_str())
            && self.item.is_some()
        {
            // Read item by item, its parts are needed themselves.
            self.expr(list);
        }
    }

    /// `treated.gdp`, `treated.part`, `factor.members`
    fn member(&mut self, of: &'t Expr, field: &ast::Name) {
        let groups = self.groups;
        let ExprKind::Name(name) = &of.kind else {
            return self.expr(of);
        };
        let Some(family) = groups.families.get(name.text.as_str()) else {
            return self.expr(of);
        };
        if let Some(value) = family.value_of(&field.text) {
            self.value(value, name.span);
        } else if let Some(part) = family.shape.parts.get(&field.text) {
            let chosen = match self.item {
                Some(index) => part.get(index..=index).unwrap_or_default(),
                None => part,
            };
            for value in chosen.iter().filter_map(|at| family.values.get(*at)) {
                self.value(value, name.span);
            }
        } else {
            self.name(name);
        }
    }

    fn call(&mut self, function: &'t ast::Name, args: &'t [ast::Arg]) {
        self.function(function);
        let placed = args.iter().position(|arg| arg.name.is_none());
        let names = |arg: &ast::Arg, wanted: &str| {
            arg.name.as_ref().is_some_and(|name| name.text == wanted)
        };
        let starts = args.iter().any(|arg| names(arg, "first"));
        for (index, arg) in args.iter().enumerate() {
            let (item, when) = (self.item, self.when);
            if self.groups.takes_list(&function.text, args, index) {
                self.item = None;
            }
            if function.text == "lag" && placed == Some(index) {
                // An earlier period's is there before that of this one.
                let is_name = self.is_one_value(&arg.value);
                self.when = if starts && is_name {
                    When::Started
                } else {
                    When::Earlier
                };
            }
            self.expr(&arg.value);
            (self.item, self.when) = (item, when);
        }
    }

    /// Does it name one value: by its name, as an item of a group, or as the item that is read for?
    fn is_one_value(&self, expr: &Expr) -> bool {
        if let ExprKind::Name(name) = &expr.kind {
            return self.item.is_some() || !self.groups.families.contains_key(name.text.as_str());
        }
        let ExprKind::Member { of, field } = &expr.kind else {
            return false;
        };
        let ExprKind::Name(name) = &of.kind else {
            return false;
        };
        let family = self.groups.families.get(name.text.as_str());
        family.is_some_and(|family| family.value_of(&field.text).is_some())
    }

    fn note(&mut self, kind: Kind, name: &'t str, span: ast::Span) {
        let mark = Mark {
            span: at(self.file, span),
            when: self.when,
        };
        self.found.push((kind, name, mark));
    }

    fn function(&mut self, name: &'t ast::Name) {
        self.note(Kind::Function, &name.text, name.span);
    }

    fn attributes(&mut self, attrs: &'t [ast::Attr]) {
        for attr in attrs {
            if let ast::AttrKind::MissingMeans { value, .. }
            | ast::AttrKind::CarryForward(value)
            | ast::AttrKind::Changeable(Some(value))
            | ast::AttrKind::AppliesWhen(value)
            | ast::AttrKind::Expires(value) = &attr.kind
            {
                self.expr(value);
            }
        }
    }

    fn cell(&mut self, cell: &'t ast::Pattern) {
        match &cell.kind {
            ast::CellKind::Value(value) | ast::CellKind::Compared(_, value) => self.expr(value),
            ast::CellKind::Range(range) => self.range(range),
            // Words of a scale or a category.
            ast::CellKind::Names(_) => {}
        }
    }

    fn range(&mut self, range: &'t ast::Range) {
        range
            .low
            .iter()
            .chain(&range.high)
            .for_each(|bound| self.expr(bound));
    }

    fn expr(&mut self, expr: &'t Expr) {
        match &expr.kind {
            ExprKind::Number(_) | ExprKind::Truth(_) | ExprKind::Missing | ExprKind::Error => {}
            ExprKind::Periods { from, until } => {
                for end in std::iter::once(from).chain(until) {
                    if let ast::PeriodEnd::Named(name) = end {
                        self.name(name);
                    }
                }
            }
            ExprKind::Name(name) => self.name(name),
            ExprKind::Member { of, field } => self.member(of, field),
            ExprKind::Paren(inner)
            | ExprKind::Repeat { value: inner, .. }
            | ExprKind::Required(inner)
            | ExprKind::Negate(inner)
            | ExprKind::Not(inner) => self.expr(inner),
            ExprKind::Weighted { value, weight } => {
                self.expr(value);
                self.expr(weight);
            }
            ExprKind::Call { function, args } => self.call(function, args),
            ExprKind::List(parts)
            | ExprKind::Alternatives(parts)
            | ExprKind::And(parts)
            | ExprKind::Or(parts)
            | ExprKind::Fallback(parts) => parts.iter().for_each(|part| self.expr(part)),
            ExprKind::Sum { first, rest } => {
                self.expr(first);
                rest.iter().for_each(|(_, part)| self.expr(part));
            }
            ExprKind::Product { first, rest } => {
                self.expr(first);
                rest.iter().for_each(|(_, part)| self.expr(part));
            }
            ExprKind::Comparison { first, rest } => {
                self.expr(first);
                rest.iter().for_each(|(_, part)| self.expr(part));
            }
            ExprKind::Is { of, what, .. } => {
                self.expr(of);
                if let IsWhat::Value(value) = what {
                    self.expr(value);
                }
            }
            ExprKind::In { of, set, .. } => {
                self.expr(of);
                if let InSet::Range(range) = set {
                    self.range(range);
                }
            }
            ExprKind::If { arms, otherwise } => {
                for (condition, value) in arms {
                    self.expr(condition);
                    self.expr(value);
                }
                self.expr(otherwise);
            }
            ExprKind::Piecewise { of, pieces } => {
                self.expr(of);
                for (from, to) in pieces {
                    self.range(from);
                    self.range(to);
                }
            }
            ExprKind::AtLeast { k, of } => {
                self.expr(k);
                let outer = self.item;
                if of.len() == 1 {
                    self.item = None;
                }
                of.iter().for_each(|part| self.expr(part));
                self.item = outer;
            }
        }
    }
}
