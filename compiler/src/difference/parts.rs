//! The parts of a declaration that can differ, as words in one spelling.
//!
//! In: a declaration. Out: its parts by name, each as text that is equal exactly where the meaning is.

use forewarn_grammar::ast::{self, AlertClauseKind, Attr, AttrKind, ItemKind, LevelArmKind};
use forewarn_grammar::print;

use super::aspect::Aspect;
use crate::overlay::EffectiveItem;
use crate::source::FileId;

/// What a member weighs of which nobody says it.
pub(crate) const PLAIN_WEIGHT: &str = "1";
/// What stands before the number of a row in its place.
pub(super) const ROW: &str = "row ";
/// What stands between the members of an order.
pub(super) const BETWEEN: &str = ", ";

/// One part: what it is, which of its kind, and its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct AspectWords {
    pub aspect: Aspect,
    /// `at_war` of a factor's weights, `high` of a level's clauses, `row 2`; empty where there is one only.
    pub of: String,
    pub words: String,
}

pub(super) fn parts(standing: &EffectiveItem<'_>) -> Vec<AspectWords> {
    let mut parts = Parts(Vec::new());
    let file = standing.module.id;
    match standing.kind {
        ItemKind::Indicator {
            ty, attrs, label, ..
        } => {
            parts.label(standing, label.as_ref());
            parts.one(Aspect::Type, print::ty(ty));
            parts.attrs(standing, attrs);
        }
        ItemKind::Param(param) => {
            parts.label(standing, param.label.as_ref());
            if let Some(ty) = &param.ty {
                parts.one(Aspect::Type, print::ty(ty));
            }
            let amended = standing.amendments.values;
            let values = amended.map_or(param.values.as_slice(), |(_, values, _)| values);
            let cites = amended.map(|(_, _, attrs)| attrs).unwrap_or_default();
            let values = values.iter().map(|value| {
                let period = |word: &str, at: &Option<ast::PeriodLit>| {
                    at.as_ref()
                        .map_or(String::new(), |at| format!(" {word} {}", at.text))
                };
                let value_words = print::expr(&value.value);
                format!(
                    "{value_words}{}{}",
                    period("from", &value.from),
                    period("until", &value.until)
                )
            });
            parts.one(Aspect::Value, values.collect::<Vec<_>>().join(", "));
            parts.attrs(
                standing,
                if cites.is_empty() {
                    &param.attrs
                } else {
                    cites
                },
            );
        }
        ItemKind::Binding(binding) => {
            parts.label(standing, binding.label.as_ref());
            if let Some(ty) = &binding.ty {
                parts.one(Aspect::Type, print::ty(ty));
            }
            parts.one(Aspect::Formula, print::expr(&binding.value));
            parts.attrs(standing, &binding.attrs);
        }
        ItemKind::Factor(factor) => parts.factor(standing, file, factor),
        ItemKind::Group(group) => {
            parts.label(standing, group.label.as_ref());
            for one in standing.amendments.items(file, group) {
                let path = one.item.path.iter().map(|name| name.text.as_str());
                let path = path.collect::<Vec<_>>().join(".");
                parts.push(Aspect::Member, &path, String::new());
                let weight = one.weight.map(|(_, weight)| print::expr(weight));
                let weight = weight.unwrap_or_else(|| PLAIN_WEIGHT.to_owned());
                parts.push(Aspect::Weight, &path, weight);
            }
            parts.order();
            parts.attrs(standing, &group.attrs);
        }
        ItemKind::Level(level) => {
            parts.label(standing, level.label.as_ref());
            parts.one(Aspect::Type, level.scale.text.clone());
            if let Some(from) = &level.from {
                parts.one(Aspect::Formula, print::expr(from));
            }
            for arm in &level.arms {
                let words = match &arm.kind {
                    LevelArmKind::When(condition) => format!("when {}", print::expr(condition)),
                    LevelArmKind::Otherwise => "otherwise".to_owned(),
                    LevelArmKind::Band(band) => format!("in {}", print::range(band)),
                };
                parts.push(Aspect::Clause, &arm.level.text, words);
            }
            let order = level.arms.iter().map(|arm| arm.level.text.as_str());
            parts.one(Aspect::Order, order.collect::<Vec<_>>().join(", "));
            parts.attrs(standing, &level.attrs);
        }
        ItemKind::Alert(alert) => {
            parts.label(standing, alert.label.as_ref());
            for clause in &alert.clauses {
                let (of, words) = alert_clause(&clause.kind);
                let of = if alert.notice && of == "raise" {
                    "notice"
                } else {
                    of
                };
                parts.push(Aspect::Clause, of, words);
            }
            parts.attrs(standing, &alert.attrs);
        }
        ItemKind::Table(table) => {
            parts.label(standing, table.label.as_ref());
            parts.one(Aspect::Type, print::ty(&table.ty));
            let by = table.by.iter().map(print::expr);
            parts.one(Aspect::Formula, by.collect::<Vec<_>>().join(", "));
            for (index, row) in table.rows.iter().enumerate() {
                let cells = row.cells.iter().map(print::cell);
                let cells = cells.collect::<Vec<_>>().join(", ");
                let words = format!("{cells} then {}", print::expr(&row.then));
                parts.push(Aspect::Row, &format!("{ROW}{}", index + 1), words);
            }
            parts.attrs(standing, &table.attrs);
        }
        ItemKind::Scale {
            levels,
            label,
            attrs,
            ordered,
            ..
        } => {
            parts.label(standing, label.as_ref());
            let names = levels.iter().map(|level| level.name.text.as_str());
            let between = if *ordered { " < " } else { ", " };
            parts.one(Aspect::Type, names.collect::<Vec<_>>().join(between));
            for level in levels {
                let amended = standing
                    .amendments
                    .level_labels
                    .get(level.name.text.as_str());
                let label = amended.map(|(_, text)| *text).or(level.label.as_ref());
                if let Some(text) = label {
                    parts.push(Aspect::Label, &level.name.text, text.value.clone());
                }
            }
            parts.attrs(standing, attrs);
        }
        ItemKind::Source {
            label, properties, ..
        } => {
            parts.label(standing, label.as_ref());
            parts.attrs(standing, properties);
        }
        ItemKind::Unit { label, equals, .. } => {
            parts.label(standing, label.as_ref());
            if let Some(equals) = equals {
                parts.one(Aspect::Formula, print::unit(equals));
            }
        }
        ItemKind::Function(function) => {
            let params = function
                .params
                .iter()
                .map(|param| format!("{}: {}", param.name.text, print::ty(&param.ty)));
            parts.one(Aspect::Type, params.collect::<Vec<_>>().join(", "));
            parts.one(Aspect::Formula, print::expr(&function.body));
        }
        ItemKind::Panel(panel) => {
            let period = panel.period.as_ref();
            let period = period.map_or(String::new(), |period| {
                let from = period.from.as_ref();
                let from = from.map_or(String::new(), |from| format!(" from {}", from.text));
                format!(" by {}{from}", period.kind.text)
            });
            for key in &panel.keys {
                if let Some(column) = &key.column {
                    let of = column_of(&key.name.text);
                    parts.push(Aspect::Attribute, &of, column.value.clone());
                }
            }
            if let Some(period) = panel.period.as_ref() {
                let of = column_of(&period.kind.text);
                let within = column_of(&format!("{} in its year", period.kind.text));
                let written = format!("how {} is written", period.kind.text);
                let all = [
                    (of, &period.column),
                    (within, &period.within),
                    (written, &period.written),
                ];
                for (of, text) in all {
                    if let Some(text) = text {
                        parts.push(Aspect::Attribute, &of, text.value.clone());
                    }
                }
            }
            let keys = panel.keys.iter().map(|key| key.name.text.as_str());
            let keys = keys.collect::<Vec<_>>().join(", ");
            let type_words = format!("{keys}{period}");
            parts.one(Aspect::Type, type_words.trim_start().to_owned());
            let except = panel.except.iter().map(|name| format!("`{}`", name.value));
            let mut except: Vec<String> = except.collect();
            except.sort();
            if !except.is_empty() {
                parts.0.push(AspectWords {
                    aspect: Aspect::Attribute,
                    of: "except".to_owned(),
                    words: except.join(", "),
                });
            }
        }
        ItemKind::Property(property) => {
            let claim = property.claim.iter().map(|word| word.text.as_str());
            let within = property.within.as_ref();
            let within = within.map_or(String::new(), |range| {
                format!(" in {}", print::range(range))
            });
            parts.one(
                Aspect::Formula,
                claim.collect::<Vec<_>>().join(" ") + &within,
            );
        }
        // That it is there is all that it says.
        ItemKind::Show { .. } => {}
        ItemKind::Declassify(declassify) => {
            let to = declassify
                .to
                .as_ref()
                .map_or("public", |word| word.text.as_str());
            parts.one(Aspect::Classification, to.to_owned());
        }
        ItemKind::Test(_)
        | ItemKind::Framework(_)
        | ItemKind::Module { .. }
        | ItemKind::Use { .. }
        | ItemKind::Change(_)
        | ItemKind::Error { .. } => {}
    }
    parts.0
}

fn column_of(key: &str) -> String {
    format!("column of {key}")
}

struct Parts(Vec<AspectWords>);

impl Parts {
    fn push(&mut self, aspect: Aspect, of: &str, words: String) {
        self.0.push(AspectWords {
            aspect,
            of: of.to_owned(),
            words,
        });
    }

    fn one(&mut self, aspect: Aspect, words: String) {
        self.push(aspect, "", words);
    }

    /// The order of the members so far.
    fn order(&mut self) {
        let members = self.0.iter().filter(|part| part.aspect == Aspect::Member);
        let order: Vec<&str> = members.map(|part| part.of.as_str()).collect();
        let order = order.join(BETWEEN);
        self.one(Aspect::Order, order);
    }

    fn label(&mut self, standing: &EffectiveItem<'_>, own: Option<&ast::Text>) {
        let label = standing.amendments.label.map(|(_, text)| text).or(own);
        if let Some(text) = label {
            self.one(Aspect::Label, text.value.clone());
        }
    }

    fn attrs(&mut self, standing: &EffectiveItem<'_>, attrs: &[Attr]) {
        let amended = &standing.amendments;
        for attr in attrs {
            let (word, words) = print::attr(attr);
            let words = match &attr.kind {
                AttrKind::From(_) => amended.source.map_or(words, |(_, name)| name.text.clone()),
                AttrKind::Column(_) => amended.column.map_or(words, |(_, text)| text.value.clone()),
                AttrKind::Classification(_) => amended
                    .classification
                    .map_or(words, |(_, name)| name.text.clone()),
                AttrKind::Allow { .. } | AttrKind::Because(_) => continue,
                AttrKind::Cite(_)
                | AttrKind::License(_)
                | AttrKind::Url(_)
                | AttrKind::Updated(_)
                | AttrKind::Polarity(_)
                | AttrKind::Nature(_)
                | AttrKind::Code(_)
                | AttrKind::Provenance { .. }
                | AttrKind::Seen(_)
                | AttrKind::Verification(_)
                | AttrKind::Review(_)
                | AttrKind::Optional
                | AttrKind::Hindsight
                | AttrKind::MissingMeans { .. }
                | AttrKind::OnViolation(_)
                | AttrKind::CarryForward(_)
                | AttrKind::Changeable(_)
                | AttrKind::AppliesWhen(_)
                | AttrKind::AppliesUnless(_)
                | AttrKind::Expires(_) => words,
            };
            match word {
                "classification" => self.one(Aspect::Classification, words),
                "cite" => self.push(Aspect::Citation, &words.clone(), words),
                _ => self.push(Aspect::Attribute, word, words),
            }
        }
        let says = |word: &str| attrs.iter().any(|attr| print::attr(attr).0 == word);
        if let Some((_, name)) = amended.source
            && !says("source")
        {
            self.push(Aspect::Attribute, "source", name.text.clone());
        }
        if let Some((_, text)) = amended.column
            && !says("column")
        {
            self.push(Aspect::Attribute, "column", text.value.clone());
        }
        if let Some((_, name)) = amended.classification
            && !says("classification")
        {
            self.one(Aspect::Classification, name.text.clone());
        }
    }

    fn factor(&mut self, standing: &EffectiveItem<'_>, file: FileId, factor: &ast::Factor) {
        self.label(standing, factor.label.as_ref());
        if let Some(combine) = &factor.combine {
            let words = combine.words.iter().map(|word| word.text.as_str());
            let words = words.collect::<Vec<_>>().join(" ");
            let number = combine.number.as_ref();
            let number = number.map_or(String::new(), |number| format!(" {}", print::expr(number)));
            self.one(Aspect::Combine, words + &number);
        }
        if let Some(require) = &factor.require {
            let kind = match require.kind {
                ast::RequireKind::Coverage => "coverage",
                ast::RequireKind::Known => "known",
            };
            self.one(
                Aspect::Require,
                format!("{} {kind}", print::expr(&require.amount)),
            );
        }
        if let Some(evidence) = &factor.evidence {
            self.push(Aspect::Attribute, "evidence", evidence.text.clone());
        }
        if let Some(total) = &factor.total_weight {
            self.push(Aspect::Attribute, "total weight", print::expr(total));
        }
        for member in standing.amendments.members_of(file, factor) {
            let name = &member.name;
            self.push(Aspect::Member, name, String::new());
            let weight = member.weight.unwrap_or_else(|| PLAIN_WEIGHT.to_owned());
            self.push(Aspect::Weight, name, weight);
            if let Some(least) = member.decisive {
                self.push(Aspect::Attribute, &format!("decisive {name}"), least);
            }
            if let Some(label) = member.label {
                self.push(Aspect::Label, name, label);
            }
        }
        self.order();
        self.attrs(standing, &factor.attrs);
    }
}

/// What a clause does, and its words.
fn alert_clause(kind: &AlertClauseKind) -> (&'static str, String) {
    match kind {
        AlertClauseKind::When {
            change,
            condition,
            lasting,
        } => {
            let of = match change {
                ast::AlertChange::Raise => "raise",
                ast::AlertChange::Escalate => "escalate",
                ast::AlertChange::Lower => "lower",
                ast::AlertChange::Clear => "clear",
            };
            let lasting = lasting.as_ref();
            let lasting = lasting.map_or(String::new(), |length| {
                format!(" for {}", print::expr(length))
            });
            (of, format!("when {}{lasting}", print::expr(condition)))
        }
        AlertClauseKind::Cooldown {
            length,
            until_clear,
            unless,
        } => {
            let until = if *until_clear { " until clear" } else { "" };
            let unless = unless.as_ref();
            let unless = unless.map_or(String::new(), |unless| {
                format!(" unless {}", print::expr(unless))
            });
            (
                "cooldown",
                format!("{}{until}{unless}", print::expr(length)),
            )
        }
        AlertClauseKind::OnUnknown(word) => ("on unknown", word.text.clone()),
    }
}
