//! The comparison of numbers that came nearest to making a truth yes, by its distance relative to the
//! larger side.

use std::collections::HashSet;

use forewarn_plan::outline::{Comparing, Held, ItemOf, Term};
use forewarn_plan::{Declaration, Outline, OutlineId, Value};

use super::nodes::shown;
use super::reason::Teller;
use super::tree::{Comparison, Miss, Shown, Side};

/// More steps than this are not taken.
const FAR: usize = 20_000;

/// The best one so far, by its distance.
type Best = Option<(f64, Miss)>;

impl<'e> Teller<'e> {
    pub(super) fn nearest(&self, condition: OutlineId) -> Option<Miss> {
        let mut open = vec![(condition, true)];
        let mut best: Best = None;
        let mut seen = HashSet::new();
        while let Some((id, wanted)) = open.pop() {
            let Some(outline) = self.outline(id) else {
                continue;
            };
            if seen.len() > FAR || !seen.insert((id, wanted)) {
                continue;
            }
            match &outline.term {
                Term::Not => open.extend(outline.operands.iter().map(|part| (*part, !wanted))),
                Term::All | Term::Any | Term::Verified => {
                    open.extend(outline.operands.iter().map(|part| (*part, wanted)));
                }
                Term::Call(call) => open.extend(call.body.map(|body| (body, wanted))),
                Term::Named(to) => {
                    let declared = self.names.referred(to);
                    open.extend(declared.and_then(truth_of).map(|of| (of, wanted)));
                }
                Term::Tally(_) => {
                    let list = outline.operands.last().and_then(|list| self.outline(*list));
                    if let Some(list) = list {
                        self.items(list, wanted, &mut open, &mut best);
                    }
                }
                Term::Compare(how) => {
                    let [left, right] = outline.operands.as_slice() else {
                        continue;
                    };
                    let (Some(a), Some(b)) = (self.outline(*left), self.outline(*right)) else {
                        continue;
                    };
                    // A count: each of the things counted.
                    let counted = [a, b]
                        .into_iter()
                        .find(|side| matches!(side.term, Term::Tally(_)));
                    if counted.is_some() {
                        for side in [left, right] {
                            open.push((*side, wanted));
                        }
                        continue;
                    }
                    let failed = self.value(outline) == Shown::Truth(Some(!wanted));
                    let comparison = self.comparison(*left, *how, *right);
                    if let Some(comparison) = comparison.filter(|_| failed) {
                        better(&mut best, *how, comparison);
                    }
                }
                Term::Literal
                | Term::Param(_)
                | Term::Parameter
                | Term::Field(_)
                | Term::List
                | Term::Arithmetic
                | Term::Asks
                | Term::Fallback
                | Term::If
                | Term::Reduce
                | Term::Along(_)
                | Term::Peers(_) => {}
            }
        }
        best.map(|(_, miss)| miss)
    }

    /// The things of which one question asks.
    fn items(
        &self,
        list: &'e Outline,
        wanted: bool,
        open: &mut Vec<(OutlineId, bool)>,
        best: &mut Best,
    ) {
        let Held::Several(items) = &list.held else {
            return;
        };
        let sides = match (&list.term, list.operands.as_slice()) {
            (Term::Compare(how), [left, right]) => Some((*how, *left, *right)),
            _ => None,
        };
        let compared = self.compared_items(list);
        for (at, item) in items.iter().enumerate() {
            let Some((how, left, right)) = sides else {
                match &item.of {
                    ItemOf::Term(id) => open.push((*id, wanted)),
                    ItemOf::Named(to) => {
                        let declared = self.names.referred(to);
                        open.extend(declared.and_then(truth_of).map(|of| (of, wanted)));
                    }
                    ItemOf::Nameless => {}
                }
                continue;
            };
            if shown(&item.value, |node| self.number(node)) != Shown::Truth(Some(!wanted)) {
                continue;
            }
            // Where the list made something else of them, their names say nothing of what was compared.
            let values = compared.as_ref();
            let values = values.and_then(|(own, used)| own.get(at).zip(used.get(at)));
            let Some((own, used)) = values else {
                continue;
            };
            let own = self.item_side(&item.of, own.clone(), used.clone());
            let is_left = self.side(left).is_none();
            let other = self.side(if is_left { right } else { left });
            if let Some(other) = other {
                let (left, right) = if is_left { (own, other) } else { (other, own) };
                let operator = how.sign();
                better(best, how, Comparison::of(left, operator, right));
            }
        }
    }

    fn item_side(&self, of: &ItemOf, value: Shown, compared: Shown) -> Side {
        let (text, label) = match of {
            ItemOf::Named(to) => {
                let declared = self.names.referred(to);
                let name = declared.map_or(&to.name, |one| &one.name);
                (
                    name.clone(),
                    declared.map_or(String::new(), |one| one.label.clone()),
                )
            }
            ItemOf::Term(id) => {
                let words = self.outline(*id).map(|outline| self.words(outline));
                (words.unwrap_or_default(), String::new())
            }
            ItemOf::Nameless => (String::new(), String::new()),
        };
        Side {
            text,
            label,
            observed: false,
            value,
            compared,
        }
    }
}

/// What a declared truth is.
fn truth_of(declaration: &Declaration) -> Option<OutlineId> {
    match declaration.value {
        Value::Truth { .. } => declaration.outline,
        Value::Number { .. }
        | Value::Level { .. }
        | Value::Category { .. }
        | Value::Count { .. }
        | Value::Between { .. } => None,
    }
}

fn better(best: &mut Best, how: Comparing, comparison: Comparison) {
    // A comparison for equality has no near or far.
    if matches!(how, Comparing::Is | Comparing::IsNot) {
        return;
    }
    let (Shown::Number { value: a, .. }, Shown::Number { value: b, .. }) =
        (&comparison.left.compared, &comparison.right.compared)
    else {
        return;
    };
    let by = (a - b).abs();
    let far = by / a.abs().max(b.abs());
    if best.as_ref().is_none_or(|(least, _)| far < *least) {
        *best = Some((far, Miss { comparison, by }));
    }
}
