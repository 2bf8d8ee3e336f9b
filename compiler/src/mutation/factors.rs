//! Changes to factors: how members combine, which there are, what they weigh, how much evidence is
//! asked for.

use forewarn_grammar::ast::{
    Expr, ExprKind, Factor, Group, Member, Name, Number, Require, RequireKind, Span,
};

use super::ChangeKind as Kind;
use super::walk::Walk;

/// Ways of combining, and one that is easily taken for each.
const KIN: &[(&[&str], &[&str])] = &[
    (&["mean"], &["max"]),
    (&["weighted", "mean"], &["mean"]),
    (&["geometric", "mean"], &["mean"]),
    (&["harmonic", "mean"], &["mean"]),
    (&["sum"], &["mean"]),
    (&["max"], &["min"]),
    (&["min"], &["max"]),
    (&["median"], &["mean"]),
    (&["noisy", "or"], &["max"]),
];

impl Walk<'_> {
    pub fn factor(&mut self, factor: &mut Factor) {
        self.combine(factor);
        self.require(factor);
        self.attributes(&mut factor.attrs);
        let members = self.members_of(factor).len();
        if let Some(evidence) = &mut factor.evidence
            && evidence.text == "bounds"
            && factor.require.is_none()
            && members > 1
            && self.instead(Kind::Require, evidence.span, "estimate")
        {
            "estimate".clone_into(&mut evidence.text);
            factor.require = Some(one_known(evidence.span));
        }
        for member in &mut factor.members {
            self.member(member);
        }
        if factor.members.len() > 1 {
            for index in 0..factor.members.len() {
                let Some(span) = factor.members.get(index).map(|member| member.span) else {
                    return;
                };
                if self.without(Kind::Member, span) {
                    factor.members.remove(index);
                    return;
                }
            }
        }
    }

    /// What a member weighs, from when on it decides, and of which alternatives it consists.
    pub fn member(&mut self, member: &mut Member) {
        if let Some(weight) = &mut member.weight {
            self.weight(weight, member.span);
        }
        if let Some(own) = &mut member.own {
            self.expr(&mut own.value);
        }
        let Some(decisive) = &mut member.decisive else {
            return;
        };
        let span = decisive.span;
        self.expr(decisive);
        if self.without(Kind::Weight, span) {
            member.decisive = None;
        }
    }

    fn combine(&mut self, factor: &mut Factor) {
        let literal: Option<Vec<f64>> = self.members_of(factor).into_iter().collect();
        let Some(combine) = &mut factor.combine else {
            return;
        };
        let words: Vec<&str> = combine
            .words
            .iter()
            .map(|word| word.text.as_str())
            .collect();
        let kin = KIN.iter().find(|(known, _)| *known == words);
        let equal = literal.as_ref().is_some_and(|weights| {
            weights
                .windows(2)
                .all(|pair| matches!(pair, [a, b] if a == b))
        });
        // With equal weights a weighted mean is a mean.
        let is_same = equal && words == ["weighted", "mean"];
        let span = span_of(&combine.words).unwrap_or(combine.span);
        if let Some((_, other)) = kin.filter(|_| !is_same)
            && self.instead(Kind::Combine, span, &other.join(" "))
        {
            let named = |word: &&str| Name {
                text: (*word).to_owned(),
                span,
            };
            combine.words = other.iter().map(named).collect();
        }
        if let Some(number) = &mut combine.number {
            self.expr(number);
        }
    }

    /// What items weigh, and who they are.
    pub fn group(&mut self, group: &mut Group) {
        for item in &mut group.items {
            if let Some(weight) = &mut item.weight {
                self.weight(weight, item.span);
            }
        }
        for index in 0..group.items.len() {
            let Some(span) = group.items.get(index).map(|item| item.span) else {
                return;
            };
            if group.items.len() > 1 && self.without(Kind::Member, span) {
                group.items.remove(index);
                return;
            }
        }
    }

    /// Doubled, nothing, and the other way.
    pub fn weight(&mut self, weight: &mut Expr, member: Span) {
        let ExprKind::Number(number) = &mut weight.kind else {
            // `-2`, or a calculation.
            return self.expr(weight);
        };
        let (value, text) = (number.value, number.text.clone());
        let words = self.words(member);
        let start = words.strip_suffix(text.as_str()).unwrap_or("");
        let doubled = crate::numbers::show(2.0 * value);
        for (other, text) in [(2.0 * value, doubled), (0.0, "0".to_owned())] {
            let words = format!("{start}{text}");
            if other != value && self.instead(Kind::Weight, member, &words) {
                number.value = other;
                number.text = text;
                return;
            }
        }
        if value != 0.0 && self.instead(Kind::Weight, member, &format!("{start}-{text}")) {
            let (span, depth) = (weight.span, weight.depth.saturating_add(1));
            *weight = Expr {
                kind: ExprKind::Negate(Box::new(weight.clone())),
                span,
                depth,
            };
        }
    }

    /// What each member weighs: as the ruleset has it in the end, or else as it is written.
    fn members_of(&self, factor: &Factor) -> Vec<Option<f64>> {
        match self.members() {
            [] => factor.members.iter().map(written_weight).collect(),
            known => known.to_vec(),
        }
    }

    fn require(&mut self, factor: &mut Factor) {
        let members = self.members_of(factor);
        let weights = weights_that_count(factor, &members);
        let Some(require) = &mut factor.require else {
            if members.len() > 1 && factor.evidence.is_none() {
                let span = span_of(factor.combine.as_ref().map_or(&[], |one| &one.words));
                let span = span.unwrap_or(factor.name.span);
                let loosened = self.offer(Kind::Require, span, |walk| {
                    let of = walk.declaration();
                    format!("`{of}` asked for `1 known` member, and not for all")
                });
                if loosened {
                    factor.require = Some(one_known(span));
                }
            }
            return;
        };
        let span = require.span;
        // Without it all members are asked for; where the next tighter one asks for that, or this one
        // does already, it is no other change.
        let mut can_be_dropped = true;
        match (&mut require.amount.kind, require.kind, weights) {
            (ExprKind::Number(amount), RequireKind::Coverage, Some(weights)) => {
                let written = if amount.percent {
                    amount.value / 100.0
                } else {
                    amount.value
                };
                let (looser, tighter) = neighbours(&weights, written);
                can_be_dropped = tighter.is_some_and(|share| share < 1.0);
                for share in [looser, tighter].into_iter().flatten() {
                    // A hair below the share itself, so that it is met.
                    let percent = (share * 1e6).floor() / 1e4;
                    let text = format!("require {}% coverage", crate::numbers::show(percent));
                    if self.instead(Kind::Require, span, &text) {
                        amount.value = if amount.percent {
                            percent
                        } else {
                            percent / 100.0
                        };
                        amount.text = crate::numbers::show(amount.value);
                        return;
                    }
                }
            }
            (ExprKind::Number(amount), kind, _) => {
                let most = members.len() as f64 - 1.0;
                can_be_dropped = kind == RequireKind::Coverage || amount.value < most;
                self.number(Kind::Require, amount, span);
            }
            (_, _, _) => self.expr(&mut require.amount),
        }
        if can_be_dropped && self.without(Kind::Require, span) {
            factor.require = None;
        }
    }
}

fn one_known(span: Span) -> Require {
    let number = Number {
        text: "1".to_owned(),
        value: 1.0,
        percent: false,
        unit: None,
        span,
    };
    Require {
        amount: Box::new(Expr {
            kind: ExprKind::Number(number),
            span,
            depth: 1,
        }),
        kind: RequireKind::Known,
        span,
    }
}

fn span_of(words: &[Name]) -> Option<Span> {
    let (first, last) = (words.first()?, words.last()?);
    Some(first.span.to(last.span))
}

/// A member's weight, where it is a number or none.
fn written_weight(member: &Member) -> Option<f64> {
    let Some(weight) = &member.weight else {
        return Some(1.0);
    };
    let ExprKind::Number(number) = &weight.kind else {
        return None;
    };
    Some(number.value)
}

/// What coverage is measured in: the weights, or the members where weights do not count.
fn weights_that_count(factor: &Factor, members: &[Option<f64>]) -> Option<Vec<f64>> {
    const WEIGHTED: &[&str] = &["weighted", "geometric", "harmonic", "power", "sum", "noisy"];
    let combine = factor.combine.as_ref()?;
    let mut words = combine.words.iter();
    if words.any(|word| WEIGHTED.contains(&word.text.as_str())) {
        members.iter().copied().collect()
    } else {
        Some(vec![1.0; members.len()])
    }
}

/// The shares of the weight that can be known, next to the least that is enough: the one below it and
/// the one above. Anything between would change nothing.
fn neighbours(weights: &[f64], least: f64) -> (Option<f64>, Option<f64>) {
    /// More different sums than this are as good as any number.
    const MOST: usize = 4_096;
    let total: f64 = weights.iter().map(|weight| weight.abs()).sum();
    let mut sums = vec![0.0];
    for weight in weights {
        let more: Vec<f64> = sums.iter().map(|sum| sum + weight.abs()).collect();
        sums.extend(more);
        sums.sort_by(f64::total_cmp);
        sums.dedup_by(|a, b| (*a - *b).abs() <= 1e-9 * total);
        if sums.len() > MOST {
            let tenth = 0.1 * least;
            return (Some(least - tenth), Some((least + tenth).min(1.0)));
        }
    }
    let shares = sums.iter().map(|sum| sum / total);
    let shares: Vec<f64> = shares.filter(|share| *share > 0.0).collect();
    let enough = shares.iter().position(|share| *share >= least - 1e-9);
    let Some(enough) = enough else {
        return (None, None);
    };
    let looser = enough.checked_sub(1).and_then(|at| shares.get(at)).copied();
    (looser, shares.get(enough + 1).copied())
}

#[cfg(test)]
mod tests {
    use super::neighbours;

    #[test]
    fn coverage_moves_to_the_next_share_that_members_can_have() {
        let close = |a: Option<f64>, b: f64| (a.unwrap() - b).abs() < 1e-9;
        let (looser, tighter) = neighbours(&[1.0; 4], 0.6);
        assert!(close(looser, 0.5) && close(tighter, 1.0));
        let (looser, tighter) = neighbours(&[3.0, 1.0], 0.5);
        assert!(close(looser, 0.25) && close(tighter, 1.0));
        // One of two is enough, and less than one there is not.
        let (looser, tighter) = neighbours(&[1.0; 2], 0.3);
        assert!(looser.is_none() && close(tighter, 1.0));
        assert_eq!(neighbours(&[1.0; 3], 1.0).1, None);
    }
}
