//! Levels: clauses from most to least severe, or bands of a score.

use forewarn_grammar::ast::{self, LevelArmKind};

use super::context::Checker;
use crate::checked::{Arms, Band, Body, Clause, LevelBody, Scale};
use crate::diagnostics::levels::{
    AfterOtherwise, BandsWithoutScore, ClausesOutOfOrder, LevelNeverGiven, LevelNotTotal,
    MixedArms, Turned,
};
use crate::diagnostics::names::UnknownName;
use crate::diagnostics::suggest::suggest;
use crate::diagnostics::types::{UnknownLevel, WrongType};
use crate::diagnostics::units::EdgeUnit;
use crate::source::Span;
use crate::typed::Typed;
use crate::types::{ASSESSMENT, ScaleId, Type};

impl Checker<'_, '_> {
    pub fn level(&mut self, level: &ast::Level, own: Span) -> (Type, Body, Vec<String>) {
        let attributes = self.published_attributes(&level.attrs, "a level", own);
        let Some(scale) = self.scale_of(&level.scale) else {
            // The rest is still read: slips in it are told too.
            for arm in &level.arms {
                if let LevelArmKind::When(condition) = &arm.kind {
                    self.expr(condition, Some(&Type::Truth));
                }
            }
            return (Type::Error, Body::Broken, attributes.cites);
        };
        if let Some(cause) = self.other_scale(level, scale) {
            self.unknown_level(cause);
            return (Type::Error, Body::Broken, attributes.cites);
        }
        let band = level
            .arms
            .iter()
            .find(|arm| matches!(arm.kind, LevelArmKind::Band(_)));
        let clause = level
            .arms
            .iter()
            .find(|arm| !matches!(arm.kind, LevelArmKind::Band(_)));
        let arms = match (&level.from, band, clause) {
            (Some(value), _, _) if level.is_value => self.level_value(level, value, scale),
            (_, Some(band), Some(clause)) => {
                let (bands, clause) = (self.at(band.span), self.at(clause.span));
                self.reports.add(MixedArms { bands, clause });
                None
            }
            (Some(from), _, Some(clause)) => {
                let (bands, clause) = (self.at(from.span), self.at(clause.span));
                self.reports.add(MixedArms { bands, clause });
                None
            }
            (None, Some(band), None) => {
                let arm = self.at(band.span);
                self.reports.add(BandsWithoutScore {
                    name: level.name.text.clone(),
                    span: own,
                    arm,
                });
                None
            }
            (Some(from), _, None) => self.bands(level, from, scale),
            (None, None, _) => self.clauses(level, scale, own),
        };
        match arms {
            Some(arms) => {
                if !level.is_value {
                    self.every_level_given(level, scale, own);
                }
                let span = own;
                (
                    Type::Level(scale),
                    Body::Level(LevelBody {
                        is_step: level.is_step,
                        scale,
                        arms,
                        span,
                    }),
                    attributes.cites,
                )
            }
            None => (Type::Error, Body::Broken, attributes.cites),
        }
    }

    /// `level overall : concern = max(a, b)`
    fn level_value(
        &mut self,
        level: &ast::Level,
        value: &ast::Expr,
        scale: ScaleId,
    ) -> Option<Arms> {
        let wanted = Type::Level(scale);
        let value = self.expr(value, Some(&wanted));
        let value = self.one(value, "take one level of them: `max(…)`, `min(…)`");
        if value.ty == wanted {
            return Some(Arms::Value(value));
        }
        if !value.ty.is_error() {
            let (found, wanted) = (self.shown_as(&value.ty), self.shown_as(&wanted));
            self.reports.add(WrongType {
                meant: None,
                span: value.span,
                found,
                wanted,
                declared: self.at(level.scale.span),
                name: level.name.text.clone(),
            });
        }
        None
    }

    fn scale_of(&mut self, name: &ast::Name) -> Option<ScaleId> {
        if name.text == "assessment" {
            return Some(ASSESSMENT);
        }
        if let Some(id) = self.scale_names.get(&name.text) {
            self.used_scales.insert(*id);
            return Some(*id);
        }
        if !self.framework.broken.contains(&name.text.as_str()) {
            let known = self.scale_names.keys().map(String::as_str);
            let only = match self.framework.scales.as_slice() {
                [only] => Some(only.name.text.as_str()),
                _ => None,
            };
            let suggestion = suggest(&name.text, known).or(only).map(|found| {
                let id = self.scale_names.get(found);
                let scale = id.and_then(|id| self.scale(*id));
                (found.to_owned(), scale.map(|scale| scale.span))
            });
            self.unknown(UnknownName {
                what: "scale".to_owned(),
                name: name.text.clone(),
                span: self.at(name.span),
                suggestion,
                advice: None,
                others: Vec::new(),
                declared_as: None,
            });
        }
        None
    }

    /// A level none of whose words is on its scale, while all of them are on one other: the scale's name is the slip.
    fn other_scale(&self, level: &ast::Level, scale: ScaleId) -> Option<UnknownLevel> {
        let names: Vec<&str> = level
            .arms
            .iter()
            .map(|arm| arm.level.text.as_str())
            .collect();
        let has = |scale: &Scale, name: &str| scale.levels.iter().any(|level| level.name == name);
        let own = self.scale(scale)?;
        if names.len() < 2 || names.iter().any(|name| has(own, name)) {
            return None;
        }
        let mut others = self
            .scales
            .iter()
            .filter(|scale| names.iter().all(|name| has(scale, name)));
        let (meant, None) = (others.next()?, others.next()) else {
            return None;
        };
        let first = level.arms.first()?;
        Some(UnknownLevel {
            name: first.level.text.clone(),
            span: self.at(first.level.span),
            scale_kind: "scale",
            scale: own.name.clone(),
            declared: own.span,
            known: own.levels.iter().map(|level| level.name.clone()).collect(),
            suggestion: None,
            others: Vec::new(),
            meant_scale: Some((self.at(level.scale.span), meant.name.clone())),
        })
    }

    /// A level's position on its scale.
    fn position_of(&self, name: &ast::Name, scale: ScaleId) -> Option<u32> {
        let mut levels = self.scale(scale)?.levels.iter();
        let at = levels.position(|level| level.name == name.text)?;
        u32::try_from(at).ok()
    }

    /// A level's position on its scale, or told.
    fn position(&mut self, name: &ast::Name, scale: ScaleId) -> Option<u32> {
        if let Some(at) = self.position_of(name, scale) {
            return Some(at);
        }
        let found = self.scale(scale)?;
        let known: Vec<String> = found
            .levels
            .iter()
            .map(|level| level.name.clone())
            .collect();
        let suggestion = suggest(&name.text, known.iter().map(String::as_str)).map(str::to_owned);
        let (scale, declared) = (found.name.clone(), found.span);
        self.unknown_level(UnknownLevel {
            name: name.text.clone(),
            span: self.at(name.span),
            scale_kind: "scale",
            scale,
            declared,
            known,
            suggestion,
            others: Vec::new(),
            meant_scale: None,
        });
        None
    }

    fn clauses(&mut self, level: &ast::Level, scale: ScaleId, own: Span) -> Option<Arms> {
        let mut clauses: Vec<(Clause, &ast::LevelArm)> = Vec::with_capacity(level.arms.len());
        let mut otherwise: Option<(u32, Span)> = None;
        let mut failed = false;
        let mut after = false;
        for arm in &level.arms {
            let span = self.at(arm.span);
            let position = self.position(&arm.level, scale);
            failed |= position.is_none();
            let position = position.unwrap_or_default();
            if let Some((least, first)) = otherwise {
                // Told once; which lines were meant is not known any more.
                if !after {
                    let last = level.arms.last();
                    let behind = level
                        .arms
                        .iter()
                        .filter(|arm| self.at(arm.span).start > first.start);
                    let placed = behind.filter_map(|arm| {
                        Some((self.position_of(&arm.level, scale)?, &arm.level.text))
                    });
                    let less = placed.min().filter(|(position, _)| *position < least);
                    let less = less.map(|(_, name)| name.clone());
                    self.reports.add(AfterOtherwise {
                        otherwise: first,
                        clause: span,
                        last: last.map_or(span, |last| self.at(last.span)),
                        text: self.words(first),
                        again: last
                            .is_some_and(|last| matches!(last.kind, LevelArmKind::Otherwise)),
                        less,
                    });
                }
                after = true;
                continue;
            }
            match &arm.kind {
                LevelArmKind::When(condition) => {
                    let condition = self.expr(condition, Some(&Type::Truth));
                    let condition = self.as_one_truth(condition, "a clause");
                    failed |= condition.ty.is_error();
                    clauses.push((
                        Clause {
                            position,
                            condition,
                            span,
                        },
                        arm,
                    ));
                }
                LevelArmKind::Otherwise => otherwise = Some((position, span)),
                LevelArmKind::Band(_) => {}
            }
        }
        if failed || after {
            return None;
        }
        let scale_span = self.scale(scale).map_or(own, |scale| scale.span);
        let mut places: Vec<(u32, Span, &str)> = clauses
            .iter()
            .map(|(clause, arm)| (clause.position, clause.span, arm.level.text.as_str()))
            .collect();
        let last = level
            .arms
            .iter()
            .find(|arm| matches!(arm.kind, LevelArmKind::Otherwise));
        if let (Some((position, span)), Some(arm)) = (otherwise, last) {
            places.push((position, span, arm.level.text.as_str()));
        }
        for pair in places.windows(2) {
            if let [above, below] = pair
                && above.0 < below.0
            {
                self.reports.add(ClausesOutOfOrder {
                    above: above.1,
                    above_level: above.2.to_owned(),
                    below: below.1,
                    below_level: below.2.to_owned(),
                    exchange: vec![
                        (above.1, self.sources.slice(below.1).to_owned()),
                        (below.1, self.sources.slice(above.1).to_owned()),
                    ],
                    scale: scale_span,
                    turned: places
                        .windows(2)
                        .all(|pair| matches!(pair, [one, next] if one.0 < next.0))
                        .then(|| self.upside_down(scale))
                        .flatten(),
                });
                return None;
            }
        }
        let Some(otherwise) = otherwise else {
            let lowest = self.scale(scale).and_then(|scale| scale.levels.first());
            let lowest = lowest.map_or(String::new(), |level| level.name.clone());
            let (name, span) = (level.name.text.clone(), self.at(level.body));
            let edit = self.at_the_end(span, &format!("{lowest} otherwise"));
            self.reports.add(LevelNotTotal {
                name,
                span,
                lowest,
                edit,
            });
            return None;
        };
        let clauses = clauses.into_iter().map(|(clause, _)| clause).collect();
        Some(Arms::Clauses { clauses, otherwise })
    }

    /// Where one clause more is written between braces, laid out as the last one is; `None` where a comment ends
    /// them.
    fn at_the_end(&self, body: Span, clause: &str) -> Option<(Span, String)> {
        let written = self.sources.slice(body).strip_suffix('}')?;
        let before = written.trim_end();
        let line = before.rsplit('\n').next()?;
        if line.contains("//") {
            return None;
        }
        let comma = if before.ends_with([',', '{']) {
            ""
        } else {
            ","
        };
        let indent: String = line.chars().take_while(|c| c.is_whitespace()).collect();
        let own_line = written.ends_with('\n') || before.contains('\n');
        let text = match own_line {
            true => format!("{comma}\n{indent}{clause},"),
            false => format!("{comma} {clause}"),
        };
        let at = body.start + u32::try_from(before.len()).ok()?;
        let place = Span {
            start: at,
            end: at,
            ..body
        };
        Some((place, text))
    }

    /// A scale that is written from the most severe level to the least, and the edits that turn it round.
    fn upside_down(&self, scale: ScaleId) -> Option<Turned> {
        const SEVERE: [&str; 12] = [
            "critical",
            "severe",
            "extreme",
            "emergency",
            "crisis",
            "catastrophe",
            "very_high",
            "high",
            "red",
            "danger",
            "acute",
            "worst",
        ];
        const MILD: [&str; 14] = [
            "low",
            "very_low",
            "none",
            "minimal",
            "calm",
            "safe",
            "normal",
            "green",
            "quiet",
            "good",
            "slight",
            "stable",
            "negligible",
            "best",
        ];
        let name = &self.scale(scale)?.name;
        let declared = self.framework.scales.iter();
        let declared = declared.clone().find(|one| one.name.text == *name)?;
        let levels = declared.what.levels;
        let (first, last) = (levels.first()?, levels.last()?);
        let is_turned =
            SEVERE.contains(&first.name.text.as_str()) || MILD.contains(&last.name.text.as_str());
        if !is_turned || levels.len() < 3 {
            return None;
        }
        let places: Vec<Span> = levels
            .iter()
            .map(|level| {
                let end = level
                    .label
                    .as_ref()
                    .map_or(level.name.span, |label| label.span);
                crate::framework::at(declared.file, level.name.span.to(end))
            })
            .collect();
        let words: Vec<String> = places
            .iter()
            .rev()
            .map(|place| self.sources.slice(*place).to_owned())
            .collect();
        let order: Vec<&str> = levels
            .iter()
            .rev()
            .map(|level| level.name.text.as_str())
            .collect();
        Some(Turned {
            name: name.clone(),
            order: order.join(" < "),
            edits: places.into_iter().zip(words).collect(),
        })
    }

    fn bands(&mut self, level: &ast::Level, from: &ast::Expr, scale: ScaleId) -> Option<Arms> {
        let of = self.expr(from, None);
        let of = self.as_one_number(of, "bands");
        let mut failed = of.ty.is_error();
        let mut bands = Vec::with_capacity(level.arms.len());
        for arm in &level.arms {
            let LevelArmKind::Band(range) = &arm.kind else {
                continue;
            };
            let position = self.position(&arm.level, scale);
            failed |= position.is_none();
            let mut bound = |bound: Option<&ast::Expr>| {
                let value = self.expr(bound?, None);
                let value = self.as_one_number(value, "a band");
                Some(self.constant(value, "the edge of a band"))
            };
            let low = bound(range.low.as_deref());
            let high = bound(range.high.as_deref());
            bands.push(Band {
                position: position.unwrap_or_default(),
                low,
                high,
                half_open: range.half_open,
                span: self.at(range.span),
            });
        }
        let edges: Vec<&Typed> = bands
            .iter()
            .flat_map(|band| band.low.iter().chain(&band.high))
            .collect();
        let unit = Self::unit_of(&of.ty).cloned().unwrap_or_default();
        let words = self.words(of.span);
        // One slip, however many edges it is made at.
        if self.tells_bare(&edges, (of.span, &words), &unit, None) {
            return None;
        }
        let mut strays = Vec::new();
        for edge in bands
            .iter_mut()
            .flat_map(|band| band.low.iter_mut().chain(&mut band.high))
        {
            let span = edge.span;
            let value = std::mem::replace(edge, self.poison(span));
            *edge = match (&value.ty, &of.ty) {
                (Type::Number(own), Type::Number(unit)) => {
                    let own = own.clone();
                    Self::in_declared_unit(value, unit).unwrap_or_else(|| {
                        strays.push((span, own));
                        self.poison(span)
                    })
                }
                _ => self.keeps(value, of.ty.clone(), of.span, &words).1,
            };
            failed |= edge.ty.is_error();
        }
        // One slip, however many edges it is made at.
        if let [(first, own), ..] = strays.as_slice() {
            let others = strays.iter().filter(|(_, unit)| unit == own);
            let edges = others.map(|(span, _)| (*span, self.literal(*span)));
            self.reports.add(EdgeUnit {
                words: words.clone(),
                of: of.span,
                unit: self.units.show(&unit),
                found: self.units.show(own),
                span: *first,
                edges: edges.collect(),
            });
        }
        (!failed).then_some(Arms::Bands { of, bands })
    }

    /// Do the bands on both sides of a level not meet? Then the hole is told.
    fn leaves_a_hole(&self, level: &ast::Level, scale: &Scale, place: usize) -> bool {
        let band = |name: &str| {
            level.arms.iter().find_map(|arm| {
                if let LevelArmKind::Band(range) = &arm.kind
                    && arm.level.text == name
                {
                    Some(range)
                } else {
                    None
                }
            })
        };
        let (lower, higher) = scale.levels.split_at(place);
        let below = lower.iter().rev().find_map(|one| band(&one.name));
        let above = higher.iter().find_map(|one| band(&one.name));
        let (Some(Some(high)), Some(Some(low))) = (
            below.map(|band| band.high.as_deref()),
            above.map(|band| band.low.as_deref()),
        ) else {
            return false;
        };
        let (high, low) = (
            self.words(self.at(high.span)),
            self.words(self.at(low.span)),
        );
        let (Ok(end), Ok(begin)) = (high.parse::<f64>(), low.parse::<f64>()) else {
            return false;
        };
        // `..1.9` and `2.0..` meet where the score is rounded.
        let decimals = |text: &str| text.split_once('.').map_or(0, |(_, rest)| rest.len());
        let step = 10_f64.powi(-(decimals(&high).max(decimals(&low)) as i32));
        begin - end > 1.5 * step
    }

    /// A level of the scale that no arm gives is said: it looks possible and never comes.
    fn every_level_given(&mut self, level: &ast::Level, scale: ScaleId, own: Span) {
        let Some(scale) = self.scales.get(scale.0 as usize) else {
            return;
        };
        for (place, named) in scale.levels.iter().enumerate() {
            let given = level.arms.iter().any(|arm| arm.level.text == named.name);
            if !given && !self.leaves_a_hole(level, scale, place) {
                self.reports.add(LevelNeverGiven {
                    level_name: named.name.clone(),
                    name: level.name.text.clone(),
                    scale: scale.span,
                    span: own,
                });
            }
        }
    }
}
