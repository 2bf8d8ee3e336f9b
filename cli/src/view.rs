//! Results as a table for people. In: a Plan, its panel, the columns that came out and the rows
//! wanted. Out: a header, the table cut to the screen, and what it does not show.

mod spoken;

use crate::headline;
use crate::language::set_apart;
use crate::numbers::{Digits, MISSING};
use crate::paint::{Paint, Style};
use crate::select::{Periods, Rows, spelled};
use crate::table::{Align, Column, ScreenCell, lay_out};
use crate::words::{count, grouped, list};
use forewarn_compiler::translations::Words;
use forewarn_plan::{Op, OutputKind, Plan, Unary};
use forewarn_runtime::panel::Panel;
use forewarn_runtime::period;
use forewarn_runtime::run::OutputColumn;
use forewarn_runtime::silent::{Stopped, silence};
use std::collections::BTreeSet;

/// What is to be shown.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    pub plan: &'a Plan,
    pub panel: &'a Panel,
    pub results: &'a [OutputColumn],
    pub rows: &'a Rows,
    /// Indices of [`Plan::outputs`], where columns were named.
    pub columns: Option<&'a [usize]>,
    pub labels: bool,
    /// Of the language that labels are in; headers are labels then.
    pub words: Option<&'a Words>,
    /// What is written from right to left is set apart, as terminals need it.
    pub apart: bool,
    /// At most so many rows; 0 for all.
    pub limit: usize,
}

/// How many rows a table has unless another number is asked for.
pub const ROWS: usize = 40;

/// The outputs that a table of these columns reads: the columns and the bounds of those that can
/// be undetermined.
#[must_use]
pub fn needed(plan: &Plan, columns: Option<&[usize]>) -> Vec<usize> {
    let chosen = columns.map_or_else(|| headline::outputs(plan), <[usize]>::to_vec);
    let mut needed = chosen.clone();
    for output in chosen.iter().filter_map(|index| plan.outputs.get(*index)) {
        for part in ["at_least", "at_most"] {
            let name = format!("{}.{part}", output.column);
            let bound = plan.outputs.iter().position(|output| output.column == name);
            needed.extend(bound.filter(|bound| !needed.contains(bound)));
        }
    }
    needed
}

impl View<'_> {
    /// The whole view as text, no line of the table wider than `width`.
    #[must_use]
    pub fn render(&self, width: usize, paint: Paint) -> String {
        let shown = self.shown();
        let mut out = format!("{}\n\n", self.header());
        if self.rows.rows.is_empty() {
            out.push_str("no rows\n");
            return out;
        }
        let mut columns = self.keys(shown);
        let keys = columns.len();
        let chosen = self
            .columns
            .map_or_else(|| headline::outputs(self.plan), <[usize]>::to_vec);
        let mut evidence = self
            .columns
            .is_none()
            .then(|| self.evidence(shown))
            .flatten();
        for (place, index) in chosen.iter().enumerate() {
            // How much is known stands beside the conclusion that rests on it.
            if place == 1 {
                columns.extend(evidence.take());
            }
            columns.extend(self.column(*index, shown));
        }
        columns.extend(evidence);
        let table = lay_out(&columns, keys, width, paint, self.apart);
        out.push_str(&table.text);
        let left_out = self.columns_of(&table.left_out);
        let mut notes = self.units(&chosen, &left_out);
        notes.extend(self.notes(&left_out, shown));
        if !notes.is_empty() {
            out.push('\n');
            for line in notes
                .iter()
                .flat_map(|note| crate::render::wrap(note, width))
            {
                out.push_str(&line);
                out.push('\n');
            }
        }
        out
    }

    fn shown(&self) -> &[usize] {
        let limit = if self.limit == 0 {
            usize::MAX
        } else {
            self.limit
        };
        self.rows
            .rows
            .get(..limit.min(self.rows.rows.len()))
            .unwrap_or_default()
    }

    /// `Sahel atrocity watch 1.2.0 · 5 countries · 48 months · as of 2024-12`
    fn header(&self) -> String {
        let framework = &self.plan.framework;
        let label = if framework.label.is_empty() {
            &framework.name
        } else {
            &framework.label
        };
        let label = if self.apart {
            set_apart(label)
        } else {
            label.clone()
        };
        let mut parts = vec![
            format!("{label} {}", framework.version)
                .trim_end()
                .to_owned(),
        ];
        let keys = &self.plan.panel.keys;
        for (place, key) in keys.iter().enumerate() {
            parts.push(count(self.panel.distinct(place + 1), &key.name));
        }
        if let Some(kind) = self.plan.panel.period {
            let all = self.panel.periods_of_data();
            parts.push(count(all.len(), period::kind_name(kind)));
            let seen = self.periods(&self.rows.rows);
            if let (Some(first), Some(last)) = (seen.first(), seen.last()) {
                let latest = self.rows.periods == Periods::Latest;
                parts.push(if first == last {
                    format!("{} {}", self.say("as_of"), spelled(self.panel, kind, *last))
                } else if latest {
                    format!(
                        "the latest {} of each {}",
                        period::kind_name(kind),
                        self.plan.panel.row_word()
                    )
                } else {
                    format!(
                        "{} to {}",
                        spelled(self.panel, kind, *first),
                        spelled(self.panel, kind, *last)
                    )
                });
            }
        }
        parts.join(" · ")
    }

    fn periods(&self, rows: &[usize]) -> BTreeSet<i64> {
        rows.iter()
            .filter_map(|row| self.panel.periods.get(*row).copied())
            .collect()
    }

    /// The entity and, where more than one is shown, the period.
    fn keys(&self, shown: &[usize]) -> Vec<Column> {
        let names: Vec<&str> = self
            .plan
            .panel
            .keys
            .iter()
            .map(|key| key.name.as_str())
            .collect();
        let mut keys = vec![Column {
            name: names.join("/"),
            align: Align::Left,
            shortens: true,
            cells: shown
                .iter()
                .map(|row| ScreenCell::plain(crate::render::harmless(&self.panel.entity(*row))))
                .collect(),
        }];
        let series = self.plan.panel.is_series();
        if series {
            keys.clear();
        }
        if let Some(kind) = self.plan.panel.period
            && (series || self.periods(shown).len() > 1)
        {
            let text = |row: &usize| {
                self.panel
                    .periods
                    .get(*row)
                    .map_or_else(String::new, |at| spelled(self.panel, kind, *at))
            };
            keys.push(Column {
                name: period::kind_name(kind).to_owned(),
                align: Align::Left,
                shortens: false,
                cells: shown
                    .iter()
                    .map(|row| ScreenCell::plain(text(row)))
                    .collect(),
            });
        }
        keys
    }

    /// What part of the indicators is known in each row; `None` when all are.
    fn evidence(&self, shown: &[usize]) -> Option<Column> {
        // Declassified values are no observations.
        let observed = self.plan.inputs.len() - self.plan.confidentiality.sealed.len();
        let inputs = self.plan.inputs.iter().zip(&self.panel.columns);
        let columns: Vec<(usize, &Vec<f64>)> = inputs
            .take(observed)
            .enumerate()
            .filter(|(_, (input, _))| input.kind.is_indicator())
            .map(|(at, (_, column))| (at, column))
            .collect();
        // Of those that apply.
        let known = |row: usize| {
            let apply = columns.iter();
            let apply = apply.filter(|(at, _)| self.panel.applies(*at, row));
            let is_known = |column: &Vec<f64>| column.get(row).is_some_and(|x| !x.is_nan());
            let known = apply.clone().filter(|(_, column)| is_known(column));
            (known.count(), apply.count())
        };
        let known: Vec<(usize, usize)> = shown.iter().map(|row| known(*row)).collect();
        known
            .iter()
            .any(|(known, all)| known < all)
            .then(|| Column {
                name: self.say("evidence").to_owned(),
                align: Align::Right,
                shortens: false,
                cells: known
                    .iter()
                    .map(|(known, all)| {
                        let share = (known * 100).checked_div(*all);
                        ScreenCell::plain(
                            share.map_or("–".to_owned(), |share| format!("{share} %")),
                        )
                    })
                    .collect(),
            })
    }

    fn values(&self, index: usize) -> Option<&[f64]> {
        let column = self.results.iter().find(|column| column.output == index)?;
        Some(&column.values)
    }

    /// The values of `NAME.at_least` or `NAME.at_most`.
    fn bound(&self, name: &str, part: &str) -> Option<&[f64]> {
        let wanted = format!("{name}.{part}");
        self.values(
            self.plan
                .outputs
                .iter()
                .position(|output| output.column == wanted)?,
        )
    }

    fn column(&self, index: usize, shown: &[usize]) -> Option<Column> {
        let output = self.plan.outputs.get(index)?;
        let values = self.values(index)?;
        let at = |values: &[f64], row: usize| values.get(row).copied().unwrap_or(f64::NAN);
        let least = self.bound(&output.column, "at_least");
        let most = self.bound(&output.column, "at_most");
        let bounds = |row: usize| match (least, most) {
            (Some(least), Some(most)) => Some((at(least, row), at(most, row))),
            _ => None,
        };
        let digits = match self.plan.node(output.node).map(|node| node.op) {
            // The method says how many decimals there are.
            Some(Op::Unary(Unary::Round(decimals), _)) => Digits::rounded(decimals),
            _ => Digits::for_column(shown.iter().map(|row| at(values, *row))),
        };
        let mut alerts = self.plan.alerts.iter();
        let is_alert = alerts.any(|alert| alert.name == output.column);
        let cell = |row: usize| {
            let value = at(values, row);
            match &output.kind {
                OutputKind::Number => match bounds(row).filter(|_| value.is_nan()) {
                    Some((low, high)) => {
                        ScreenCell::plain(format!("{}..{}", digits.write(low), digits.write(high)))
                    }
                    None => ScreenCell::plain(digits.write(value)),
                },
                OutputKind::Truth => ScreenCell::plain(self.say(truth(value))),
                OutputKind::Period(_) if value.is_nan() => ScreenCell::plain(MISSING),
                OutputKind::Period(kind) => {
                    ScreenCell::plain(spelled(self.panel, *kind, value as i64))
                }
                OutputKind::Level { names, labels } => {
                    let words = if self.labels { labels } else { names };
                    // An alert that may stand anywhere is unknown.
                    let last = names.len().saturating_sub(1) as f64;
                    let anywhere = bounds(row).is_none_or(|bounds| bounds == (0.0, last));
                    if is_alert && value.is_nan() && anywhere {
                        return ScreenCell::plain(self.say("unknown"));
                    }
                    level(words, value, bounds(row))
                }
                OutputKind::Category { names, labels } => {
                    let words = if self.labels { labels } else { names };
                    ScreenCell::plain(
                        position(value)
                            .and_then(|at| words.get(at))
                            .map_or(MISSING, |w| w),
                    )
                }
            }
        };
        let number = output.kind == OutputKind::Number;
        Some(Column {
            name: self.name(output),
            align: if number { Align::Right } else { Align::Left },
            // A level cut short could be another one.
            shortens: matches!(output.kind, OutputKind::Truth | OutputKind::Category { .. }),
            cells: shown.iter().map(|row| cell(*row)).collect(),
        })
    }

    fn notes(&self, left_out: &[String], shown: &[usize]) -> Vec<String> {
        let mut notes = self.undetermined(left_out, shown);
        notes.extend(self.stopped(shown));
        let hidden = self.rows.rows.len() - shown.len();
        if hidden > 0 {
            let word = if self.rows.periods == Periods::Latest || self.panel.periods.is_empty() {
                self.plan.panel.row_word()
            } else {
                "row"
            };
            notes.push(format!(
                "{} more: `--limit 0` shows all",
                count(hidden, word)
            ));
        }
        if !left_out.is_empty() {
            let names: Vec<String> = left_out.iter().map(|name| format!("`{name}`")).collect();
            notes.push(format!(
                "no room for {}: name columns with `--columns`, or write all with `-o results.csv`",
                list(&names, 4)
            ));
        }
        let all = self.panel.rows() - self.panel.gaps.len();
        let earlier = all.saturating_sub(self.rows.rows.len());
        if self.rows.periods == Periods::Latest && earlier > 0 && self.plan.panel.period.is_some() {
            let kind = self.plan.panel.period.map_or("period", period::kind_name);
            notes.push(format!(
                "the latest {kind} only: `--period` shows others, `-o results.csv` writes all {} \
                 rows",
                grouped(all as u64)
            ));
        }
        notes
    }

    /// `` `rate` in deaths / people, `excluded` in percent ``
    fn units(&self, chosen: &[usize], left_out: &[String]) -> Vec<String> {
        let outputs = chosen
            .iter()
            .filter_map(|index| self.plan.outputs.get(*index));
        let shown = outputs.filter(|output| !left_out.contains(&output.column));
        let units: Vec<String> = shown
            .filter(|output| !output.unit.is_empty())
            .map(|output| format!("`{}` in {}", self.name(output), output.unit))
            .collect();
        if units.is_empty() {
            return Vec::new();
        }
        vec![units.join(", ")]
    }

    /// Whose last row is shown and is not the panel's last.
    fn stopped(&self, shown: &[usize]) -> Vec<String> {
        let (Some(kind), Some(silence)) = (self.plan.panel.period, silence(self.plan, self.panel))
        else {
            return Vec::new();
        };
        let end = spelled(self.panel, kind, silence.end);
        let of = |empty: bool| {
            let names = silence.stopped.iter().filter(|one| {
                one.goes_on_empty() == empty && shown.binary_search(&one.end).is_ok()
            });
            let name = |one: &Stopped| crate::render::harmless(&self.panel.entity(one.end));
            names.map(name).collect::<Vec<String>>()
        };
        let (without, empty) = (of(false), of(true));
        let mut said = Vec::new();
        match without.len() {
            0 => {}
            many => {
                let (has, its, it) = match many {
                    1 => ("has", "its", "it"),
                    _ => ("have", "their", "them"),
                };
                said.push(format!(
                    "{} {has} no rows up to {end}: shown is {its} last one, and what it says of {it} may be over",
                    list(&without, 6)
                ));
            }
        }
        match empty.len() {
            0 => {}
            many => {
                let has = if many == 1 { "has" } else { "have" };
                said.push(format!(
                    "{} {has} nothing but empty rows up to {end}: what is shown rests on earlier ones and may be over",
                    list(&empty, 6)
                ));
            }
        }
        said
    }

    /// Who has no level, and that this is not the lowest one.
    fn undetermined(&self, left_out: &[String], shown: &[usize]) -> Vec<String> {
        let chosen = self
            .columns
            .map_or_else(|| headline::outputs(self.plan), <[usize]>::to_vec);
        let outputs = chosen.iter().filter_map(|index| {
            let output = self.plan.outputs.get(*index)?;
            Some((output, self.values(*index)?))
        });
        let level = |kind: &OutputKind| matches!(kind, OutputKind::Level { .. });
        outputs
            .filter(|(output, _)| level(&output.kind) && !left_out.contains(&output.column))
            .filter(|(output, _)| self.bound(&output.column, "at_least").is_some())
            // What is not known of alerts is told with from when on they can be relied on.
            .filter(|(output, _)| {
                let mut alerts = self.plan.alerts.iter();
                !alerts.any(|alert| alert.name == output.column)
            })
            .filter_map(|(output, values)| {
                let open = |row: &&usize| values.get(**row).is_some_and(|value| value.is_nan());
                let rows = shown.iter().filter(open).count();
                let names: BTreeSet<_> = shown
                    .iter()
                    .filter(open)
                    .map(|row| self.panel.entity(*row))
                    .collect();
                let names: Vec<String> = names
                    .iter()
                    .map(|name| crate::render::harmless(name))
                    .collect();
                if names.is_empty() {
                    return None;
                }
                let who = if self.periods(shown).len() > 1 && rows > names.len() {
                    format!("{} in {}", list(&names, 6), count(rows, "row"))
                } else {
                    list(&names, 6)
                };
                Some(format!(
                    "`{}` is undetermined for {who}: shown are the lowest and the highest level \
                     that the rules leave open",
                    self.name(output)
                ))
            })
            .collect()
    }
}

fn truth(value: f64) -> &'static str {
    if value.is_nan() {
        "unknown"
    } else if value == 1.0 {
        "yes"
    } else {
        "no"
    }
}

/// A whole number that can be an index.
fn position(value: f64) -> Option<usize> {
    (value >= 0.0 && value.fract() == 0.0 && value < 1e9).then_some(value as usize)
}

/// A level, or the interval it lies in.
fn level(words: &[String], value: f64, bounds: Option<(f64, f64)>) -> ScreenCell {
    let piece = |value: f64| {
        let at = position(value)?;
        let style = Style::Level {
            position: at,
            of: words.len(),
        };
        Some((words.get(at)?.clone(), Some(style)))
    };
    if let Some(one) = piece(value) {
        return ScreenCell { pieces: vec![one] };
    }
    match bounds.and_then(|(low, high)| Some((piece(low)?, piece(high)?))) {
        Some((low, high)) => ScreenCell {
            pieces: vec![low, ("..".to_owned(), None), high],
        },
        None => ScreenCell::plain(MISSING),
    }
}
