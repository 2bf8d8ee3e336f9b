//! Changes to declarations, other than what stands in their expressions.

use forewarn_grammar::ast::{
    Alert, AlertChange, AlertClause, AlertClauseKind, Attr, AttrKind, Change, Expr, ExprKind,
    ItemKind, Level, LevelArm, LevelArmKind, Name, Number, OverrideTo, Span,
};

use super::ChangeKind as Kind;
use super::numbers::beside;
use super::walk::Walk;

/// The name of a declaration whose meaning can be changed.
pub(super) fn name_of(kind: &ItemKind) -> Option<&Name> {
    match kind {
        ItemKind::Indicator { name, .. } => Some(name),
        ItemKind::Param(param) => Some(&param.name),
        ItemKind::Binding(binding) => Some(&binding.name),
        ItemKind::Factor(factor) => Some(&factor.name),
        ItemKind::Group(group) => Some(&group.name),
        ItemKind::Level(level) => Some(&level.name),
        ItemKind::Alert(alert) => Some(&alert.name),
        ItemKind::Function(function) => Some(&function.name),
        ItemKind::Table(table) => Some(&table.name),
        ItemKind::Change(Change::Add(kind) | Change::Replace(kind)) => name_of(kind),
        ItemKind::Change(Change::Override(change)) => change.target.first(),
        ItemKind::Change(Change::AddMember { factor, .. }) => Some(factor),
        ItemKind::Change(Change::AddToGroup { group, .. }) => Some(group),
        ItemKind::Framework(_)
        | ItemKind::Module { .. }
        | ItemKind::Use { .. }
        | ItemKind::Panel(_)
        | ItemKind::Source { .. }
        | ItemKind::Unit { .. }
        | ItemKind::Scale { .. }
        | ItemKind::Test(_)
        | ItemKind::Property(_)
        | ItemKind::Declassify(_)
        | ItemKind::Show { .. }
        | ItemKind::Change(Change::Drop { .. } | Change::Changed(_))
        | ItemKind::Error { .. } => None,
    }
}

impl Walk<'_> {
    pub fn item(&mut self, kind: &mut ItemKind) {
        match kind {
            ItemKind::Indicator { attrs, .. } => self.attributes(attrs),
            ItemKind::Param(param) => {
                for value in &mut param.values {
                    self.expr(&mut value.value);
                }
            }
            ItemKind::Binding(binding) => self.expr(&mut binding.value),
            ItemKind::Factor(factor) => self.factor(factor),
            ItemKind::Group(group) => self.group(group),
            ItemKind::Level(level) => self.level(level),
            ItemKind::Alert(alert) => self.alert(alert),
            ItemKind::Function(function) => self.expr(&mut function.body),
            ItemKind::Table(table) => self.table(table),
            ItemKind::Change(Change::Add(kind) | Change::Replace(kind)) => self.item(kind),
            ItemKind::Change(Change::Override(change)) => {
                if let OverrideTo::Values(values) = &mut change.to
                    && matches!(change.what.text.as_str(), "param" | "weight")
                {
                    for value in values {
                        self.expr(&mut value.value);
                    }
                }
            }
            ItemKind::Change(Change::AddMember { member, .. }) => {
                if let Some(weight) = &mut member.weight {
                    self.expr(weight);
                }
                for part in [&mut member.decisive].into_iter().flatten() {
                    self.expr(part);
                }
                if let Some(own) = &mut member.own {
                    self.expr(&mut own.value);
                }
            }
            ItemKind::Change(Change::AddToGroup { item, .. }) => {
                if let Some(weight) = &mut item.weight {
                    self.weight(weight, item.span);
                }
            }
            // These have no meaning that a test could notice, or say what others mean.
            ItemKind::Framework(_)
            | ItemKind::Module { .. }
            | ItemKind::Use { .. }
            | ItemKind::Panel(_)
            | ItemKind::Source { .. }
            | ItemKind::Unit { .. }
            | ItemKind::Scale { .. }
            | ItemKind::Test(_)
            | ItemKind::Property(_)
            | ItemKind::Declassify(_)
            | ItemKind::Show { .. }
            | ItemKind::Change(Change::Drop { .. } | Change::Changed(_))
            | ItemKind::Error { .. } => {}
        }
    }

    /// What absent cells mean, for how long values stand for them, when they are out of date, and where
    /// there are none.
    pub fn attributes(&mut self, attrs: &mut Vec<Attr>) {
        for index in 0..attrs.len() {
            let Some(attr) = attrs.get_mut(index) else {
                return;
            };
            let (AttrKind::MissingMeans { value, .. }
            | AttrKind::CarryForward(value)
            | AttrKind::AppliesWhen(value)
            | AttrKind::Expires(value)) = &mut attr.kind
            else {
                continue;
            };
            let span = Span {
                end: value.span.end,
                ..attr.span
            };
            self.told_with(value, span);
            if self.without(Kind::Missing, span) {
                attrs.remove(index);
                return;
            }
        }
    }

    fn level(&mut self, level: &mut Level) {
        if let Some(from) = &mut level.from {
            self.expr(from);
        }
        for arm in &mut level.arms {
            if let LevelArmKind::When(condition) = &mut arm.kind {
                self.expr(condition);
            }
        }
        for index in 0..level.arms.len() {
            let (before, rest) = level.arms.split_at_mut(index);
            let Some((arm, rest)) = rest.split_first_mut() else {
                return;
            };
            if let Some(next) = rest.first_mut() {
                self.edges(arm, next);
                self.order(arm, next);
            }
            let is_clause = matches!(arm.kind, LevelArmKind::When(_));
            let others = before.len() + rest.len();
            if is_clause && others > 0 && self.without(Kind::Clause, arm.span) {
                level.arms.remove(index);
                return;
            }
        }
    }

    /// The conditions of two neighbours change places.
    fn order(&mut self, arm: &mut LevelArm, next: &mut LevelArm) {
        let (LevelArmKind::When(one), LevelArmKind::When(other)) = (&mut arm.kind, &mut next.kind)
        else {
            return;
        };
        let (a, b) = (&arm.level.text, &next.level.text);
        let swapped = self.offer(Kind::Order, arm.span.to(next.span), |walk| {
            let of = walk.declaration();
            format!("`{a}` and `{b}` in `{of}` exchanged their conditions")
        });
        if swapped {
            std::mem::swap(one, other);
        }
    }

    /// Two bands that meet at a written number meet elsewhere.
    fn edges(&mut self, arm: &mut LevelArm, next: &mut LevelArm) {
        let (LevelArmKind::Band(one), LevelArmKind::Band(other)) = (&mut arm.kind, &mut next.kind)
        else {
            return;
        };
        let rising = matches!((&one.high, &other.low), (Some(_), Some(_)))
            && number_of(&mut one.high).map(|number| number.value)
                <= number_of(&mut other.low).map(|number| number.value);
        let (one, other) = if rising {
            (&mut one.high, &mut other.low)
        } else {
            (&mut one.low, &mut other.high)
        };
        let (Some(one), Some(other)) = (number_of(one), number_of(other)) else {
            return;
        };
        let all = beside(one).into_iter().zip(beside(other));
        for ((here, text), (there, other_text)) in all {
            let (a, b) = (&arm.level.text, &next.level.text);
            let moved = self.offer(Kind::Number, one.span, |walk| {
                let of = walk.declaration();
                format!(
                    "`{a}` and `{b}` in `{of}` met at `{text}`, not at `{}`",
                    one.text
                )
            });
            if moved {
                (one.value, one.text) = (here, text);
                (other.value, other.text) = (there, other_text);
                return;
            }
        }
    }

    fn alert(&mut self, alert: &mut Alert) {
        for index in 0..alert.clauses.len() {
            let Some(clause) = alert.clauses.get_mut(index) else {
                return;
            };
            self.clause(clause, alert.notice);
            let is_raise = matches!(
                clause.kind,
                AlertClauseKind::When {
                    change: AlertChange::Raise,
                    ..
                }
            );
            if !is_raise && self.without(Kind::Clause, clause.span) {
                alert.clauses.remove(index);
                return;
            }
        }
    }

    fn clause(&mut self, clause: &mut AlertClause, notice: bool) {
        let span = clause.span;
        match &mut clause.kind {
            AlertClauseKind::When {
                condition, lasting, ..
            } => {
                self.expr(condition);
                self.dropped(lasting, "for ");
            }
            AlertClauseKind::Cooldown {
                length,
                until_clear,
                unless,
            } => {
                self.told_with(
                    length,
                    Span {
                        end: length.span.end,
                        ..span
                    },
                );
                self.dropped(unless, "unless ");
                if *until_clear
                    && self.offer(Kind::Clause, span, |walk| {
                        format!(
                            "the cooldown of `{}` went on after it clears",
                            walk.declaration()
                        )
                    })
                {
                    *until_clear = false;
                }
            }
            AlertClauseKind::OnUnknown(word) => {
                let words = match notice {
                    true => ["hold", "end", "begin"],
                    false => ["hold", "clear", "raise"],
                };
                for other in words {
                    let words = format!("on unknown {other}");
                    if word.text != other && self.instead(Kind::Missing, span, &words) {
                        other.clone_into(&mut word.text);
                        return;
                    }
                }
            }
        }
    }

    /// A part of a clause that need not be there, changed and left out.
    fn dropped(&mut self, part: &mut Option<Expr>, before: &str) {
        let Some(expr) = part else { return };
        self.expr(expr);
        let span = expr.span;
        let without = self.offer(Kind::Clause, span, |walk| {
            let (of, words) = (walk.declaration(), walk.words(span));
            format!("`{before}{words}` in `{of}` were not there")
        });
        if without {
            *part = None;
        }
    }
}

pub(super) fn number_of(edge: &mut Option<Box<Expr>>) -> Option<&mut Number> {
    if let ExprKind::Number(number) = &mut edge.as_mut()?.kind {
        Some(number)
    } else {
        None
    }
}
