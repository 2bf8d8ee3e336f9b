//! What reports of generated rulesets say first is so: which way a level went, what passed which threshold, what was
//! and is known.

#[path = "../../cli/tests/sentences/made.rs"]
#[allow(dead_code, reason = "explanations need more of it")]
mod made;

use std::path::Path;

use forewarn_compiler::{Settings, compile};
use forewarn_diagnostics::source::MemoryFiles;
use forewarn_plan::Plan;
use forewarn_report::document::Block;
use forewarn_report::{Document, Material, Options, markdown, report};
use forewarn_runtime::bind::Bound;
use forewarn_runtime::explain::{Question, Shown, explain};
use forewarn_runtime::run::{RunOptions, run};
use forewarn_tables::{ReadOptions, bind_text};

const SEEDS: std::ops::Range<u64> = 0..40;

struct Case {
    seed: u64,
    rules: String,
    table: String,
    plan: Plan,
    bound: Bound,
    document: Document,
}

impl Case {
    fn of(seed: u64) -> Option<Self> {
        let made = made::made(seed);
        let (rules, table) = (made.rules.clone(), made.table());
        let files = MemoryFiles::of("sentences.risk", &rules);
        let plan = compile(Path::new("sentences.risk"), &files, &Settings::default()).plan?;
        let options = ReadOptions::default();
        let bound = bind_text("table.csv", table.clone().into_bytes(), &plan, &options);
        let bound = bound.unwrap_or_else(|_| panic!("{table}"));
        let results = run(&plan, &bound.panel, &RunOptions::default()).unwrap();
        let material = Material {
            plan: &plan,
            panel: &bound.panel,
            summary: &bound.summary,
            results: &results,
            goalposts: None,
        };
        let document = report(
            material,
            &Options {
                level: Some("l".to_owned()),
                ..Options::default()
            },
        )
        .unwrap();
        Some(Self {
            seed,
            rules,
            table,
            plan,
            bound,
            document,
        })
    }

    fn fail(&self, what: &str) -> ! {
        panic!("seed {}: {what}\n{}\n{}", self.seed, self.rules, self.table)
    }

    fn value(&self, row: usize, name: &str) -> Shown {
        let question = Question {
            plan: &self.plan,
            panel: &self.bound.panel,
            summary: &self.bound.summary,
            row,
            names: &[name.to_owned()],
            goalposts: None,
            outlook: false,
            options: false,
        };
        let told = explain(&question).unwrap();
        told.results[0].reason.value.clone()
    }

    /// The level in a row: its ends and its words.
    fn level(&self, row: usize) -> ((usize, usize), String) {
        let Shown::Level {
            names,
            at_least,
            at_most,
        } = self.value(row, "l")
        else {
            self.fail("no level")
        };
        let words = match at_most - at_least {
            0 => names[at_least].clone(),
            1 => format!("{} or {}", names[at_least], names[at_most]),
            _ => format!("{}–{}", names[at_least], names[at_most]),
        };
        ((at_least, at_most), words)
    }

    /// The number that a label or the words of a term stand for.
    fn number(&self, row: usize, label: &str) -> Option<f64> {
        let mut declared = self.plan.declarations.iter();
        let declared = declared.find(|one| one.label == label || one.name == label)?;
        match self.value(row, &declared.name) {
            Shown::Number { value, .. } | Shown::Between { value, .. } => Some(value),
            _ => None,
        }
    }

    fn leads(&self) -> Vec<String> {
        let blocks = self.document.sections.iter();
        let blocks = blocks.flat_map(|section| &section.blocks);
        let leads = blocks.filter_map(|block| match block {
            Block::Lead(text) => Some(text.plain(false).replace('\u{a0}', " ")),
            _ => None,
        });
        leads.collect()
    }

    fn leads_hold(&self, tried: &mut usize) {
        let panel = &self.bound.panel;
        let last = panel.periods.iter().max().unwrap();
        let leads = self.leads();
        for row in (0..panel.rows()).filter(|row| panel.periods[*row] == *last) {
            if panel.gaps.contains(&row) {
                continue;
            }
            let entity = panel.entity(row).into_owned();
            let own = |lead: &&String| {
                lead.starts_with(&format!("Level in {entity} "))
                    || lead.starts_with(&format!("{entity} "))
            };
            let Some(lead) = leads.iter().find(own) else {
                self.fail(&format!("nothing of {entity} in {leads:?}"));
            };
            let mut earlier = (0..row).rev();
            let then = earlier.find(|other| {
                panel.entity_of[*other] == panel.entity_of[row] && !panel.gaps.contains(other)
            });
            let (now, said) = self.level(row);
            let known = now.0 == now.1;
            let expected = match then.map(|then| self.level(then)) {
                None if known => format!("is {said}"),
                None => format!("cannot be judged ({said})"),
                // Whatever it was, and whatever it is.
                Some((before, was)) if now.0 > before.1 => format!("rose from {was} to {said}"),
                Some((before, was)) if now.1 < before.0 => format!("fell from {was} to {said}"),
                Some((before, was)) => match (before.0 == before.1, known) {
                    (true, true) => format!("stays {said}"),
                    (false, true) => format!("is settled at {said}, was {was}"),
                    (true, false) => format!("can no longer be judged ({said}, was {was})"),
                    (false, false) if now == before => format!("cannot be judged ({said})"),
                    (false, false) => format!("is still open ({said}, was {was})"),
                },
            };
            let expected = format!("Level in {entity} {expected}");
            let Some(rest) = lead.strip_prefix(&expected) else {
                self.fail(&format!("`{lead}`, not `{expected}`"));
            };
            if let (Some(cause), Some(then)) = (rest.strip_prefix(": "), then) {
                self.cause_holds(cause.trim_end_matches('.'), then, row);
                *tried += 1;
            }
        }
    }

    /// Each of several that came about together.
    fn cause_holds(&self, cause: &str, then: usize, row: usize) {
        let cause = cause.trim_end_matches(", among other changes");
        for one in cause.split(", together with ") {
            let words = [
                ", passed ",
                ", reached ",
                ", fell below ",
                ", is no longer above ",
            ];
            let crossings: usize = words.iter().map(|word| one.matches(word).count()).sum();
            // Where others are told in a list, each has its own comma.
            if crossings < 2 {
                self.one_holds(one, then, row);
            }
        }
    }

    fn one_holds(&self, cause: &str, then: usize, row: usize) {
        let plain = cause.split(", so that ").next().unwrap_or(cause);
        let plain = plain.split(", which ends ").next().unwrap_or(plain);
        let close = |x: f64, told: f64| (x - told).abs() <= 0.006 * x.abs().max(1.0);
        // Without a unit.
        let read = |text: &str| {
            let number = text.split_whitespace().next()?;
            number
                .replace(',', "")
                .replace('−', "-")
                .parse::<f64>()
                .ok()
        };
        for (word, up, meets) in [
            (", passed ", true, false),
            (", reached ", true, true),
            (", fell below ", false, false),
            (", is no longer above ", false, true),
        ] {
            let Some((head, threshold)) = plain.split_once(word) else {
                continue;
            };
            let (label, value) = head.rsplit_once(", ").unwrap_or((head, ""));
            let (Some(threshold), Some(told)) = (read(threshold), read(value)) else {
                self.fail(&format!("`{cause}` has no numbers"));
            };
            let (Some(before), Some(now)) = (self.number(then, label), self.number(row, label))
            else {
                continue;
            };
            let side = match up {
                true => before <= threshold + 1e-9 && now >= threshold - 1e-9,
                false => before >= threshold - 1e-9 && now <= threshold + 1e-9,
            };
            if !side || !close(now, told) || meets != (told == threshold) {
                self.fail(&format!("`{cause}`: {before} → {now}"));
            }
        }
        if let Some((head, to)) = plain.split_once(" to ")
            && let Some((label, from)) = head.split_once(" went from ")
            && let (Some(from), Some(to)) = (read(from), read(to))
            && let (Some(before), Some(now)) = (self.number(then, label), self.number(row, label))
            && !(close(before, from) && close(now, to))
        {
            self.fail(&format!("`{cause}`: {before} → {now}"));
        }
        if let Some((label, to)) = plain.split_once(" is known now, ")
            && let Some(before) = self.number(then, label)
            && (!before.is_nan()
                || read(to).is_some_and(|to| {
                    let now = self.number(row, label);
                    !now.is_some_and(|now| close(now, to))
                }))
        {
            self.fail(&format!("`{cause}`: {before} before"));
        }
        if let Some((head, _)) = plain.split_once(" before, is not known now")
            && let Some((label, _)) = head.rsplit_once(", ")
            && self.number(row, label).is_some_and(|now| !now.is_nan())
        {
            self.fail(&format!("`{cause}`: it is known"));
        }
    }
}

#[test]
fn what_opens_a_report_is_so() {
    let (mut made, mut tried) = (0, 0);
    for case in made::seeds(SEEDS).filter_map(Case::of) {
        made += 1;
        case.leads_hold(&mut tried);
        let text = markdown(&case.document);
        for hole in ["NaN", "1 indicators", "()", ": .", "  .", "inf "] {
            if text.contains(hole) {
                case.fail(&format!("`{hole}` in\n{text}"));
            }
        }
    }
    assert!(made >= 20 && tried >= 20, "{made}, {tried}");
}
