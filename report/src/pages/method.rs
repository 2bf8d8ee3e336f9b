//! The method: how the report was made, what its factors, levels, constants and alerts are and where they come
//! from, what others changed, and last what is known of its limits.

use forewarn_charts::Provenance as Boxes;
use forewarn_plan::{Declaration, DeclarationKind, Op, ParamInfo, Provenance as Sure, Value};
use forewarn_runtime::period::Period;

use super::Writer;
use crate::document::{Block, Figure, Item, Kind, ReportCell, Section, Table};
use crate::facts::{AlertFacts, called};
use crate::rich::Rich;

/// Indicators that are missing most.
const MOST: usize = 10;

pub fn page(writer: &Writer<'_>) -> Section {
    let mut blocks = Vec::new();
    writer.made_of(&mut blocks);
    writer.levels(&mut blocks);
    writer.alert_rules(&mut blocks);
    writer.factor_rules(&mut blocks);
    writer.params(&mut blocks);
    writer.claims(&mut blocks);
    writer.overlays(&mut blocks);
    writer.sources(&mut blocks);
    writer.limits(&mut blocks);
    Section {
        anchor: "method".to_owned(),
        title: writer.text("method"),
        kind: Kind::Method,
        blocks,
    }
}

impl Writer<'_> {
    /// What it rests on, whether that is as before, and how it is made again.
    fn made_of(&self, blocks: &mut Vec<Block>) {
        let framework = &self.plan().framework;
        let with = [
            ("framework", Rich::value(self.framework())),
            ("version", Rich::value(framework.version.clone())),
        ];
        blocks.push(Block::Text(self.say.fill("method_of", &with)));
        self.same(blocks);
        let Some(made) = &self.options.provenance else {
            return;
        };
        self.heading(blocks, "provenance");
        let digest = |of: &str, path: &str, sha: Option<&String>| {
            let sha = sha.map_or_else(
                || self.say.word("digest_withheld"),
                |sha| Rich::code(sha.clone()),
            );
            vec![
                ReportCell::from(of.to_owned()),
                ReportCell::Text(Rich::code(path)),
                ReportCell::Text(sha),
            ]
        };
        let mut rows = Vec::new();
        let (rules, data) = (self.text("rules"), self.text("data"));
        rows.extend(
            made.rules
                .iter()
                .map(|(path, sha)| digest(&rules, path, Some(sha))),
        );
        rows.extend(
            made.data
                .iter()
                .map(|(path, sha)| digest(&data, path, sha.as_ref())),
        );
        if !rows.is_empty() {
            blocks.push(Block::Table(Table {
                caption: self.text("provenance_caption"),
                head: ["of", "file", "sha256"].map(|key| self.text(key)).to_vec(),
                rows,
            }));
        }
        let mut items = vec![Item::from(self.say.fill(
            "made_by",
            &[
                ("program", Rich::value(made.program.clone())),
                ("stamp", Rich::value(made.stamp.clone())),
            ],
        ))];
        for (param, value) in &made.set {
            let with = [
                ("what", Rich::code(param.clone())),
                ("value", Rich::code(value.clone())),
            ];
            items.push(Item::from(self.say.fill("set_to", &with)));
        }
        blocks.push(Block::List(items));
        if let Some(verify) = &made.verify {
            blocks.push(Block::Text(self.say.word("verify")));
            blocks.push(Block::Typed(verify.clone()));
        }
    }

    /// Rules, data and program against those of an earlier run.
    fn same(&self, blocks: &mut Vec<Block>) {
        let Some(earlier) = &self.options.earlier else {
            return;
        };
        let said = |same: Option<bool>| {
            self.text(match same {
                Some(true) => "is_same",
                Some(false) => "is_other",
                None => "not_known",
            })
        };
        let parts = [
            ("rules", earlier.rules),
            ("data", earlier.data),
            ("program", earlier.program),
        ];
        let parts: Vec<(String, Option<bool>, String)> = parts
            .into_iter()
            .map(|(key, same)| (self.text(key), same, said(same)))
            .collect();
        let finding = self
            .say
            .fill("same_finding", &[("run", Rich::code(earlier.name.clone()))]);
        let says = parts
            .iter()
            .map(|(name, _, said)| format!("{name}: {said}"));
        let says = says.collect::<Vec<_>>().join(" · ");
        let head = ["of", "against_earlier"].map(|key| self.text(key));
        let boxes = Boxes {
            parts: &parts,
            says: &says,
            head: [&head[0], &head[1]].map(String::as_str),
        };
        blocks.push(Block::Figure(Figure {
            finding,
            graphic: boxes.draw(self.look()),
            table: Some(self.text("against_earlier")),
        }));
    }

    fn declared(&self, kind: DeclarationKind) -> impl Iterator<Item = &Declaration> {
        let all = self.plan().declarations.iter();
        all.filter(move |one| one.kind == kind && one.verified.is_none())
    }

    /// Label, citations and reasons of a declaration.
    fn cited(&self, one: &Declaration) -> Vec<Item> {
        let label = || Rich::value(called(&one.label, &one.name));
        let cites = one.cites.iter().map(|cite| {
            self.say.fill(
                "cited",
                &[("what", label()), ("cite", Rich::value(cite.clone()))],
            )
        });
        let because = one.grounds.because.iter().map(|because| {
            self.say.fill(
                "because",
                &[("what", label()), ("because", Rich::value(because.clone()))],
            )
        });
        cites.chain(because).map(Item::from).collect()
    }

    fn levels(&self, blocks: &mut Vec<Block>) {
        let items: Vec<Item> = self
            .declared(DeclarationKind::Level)
            .chain(self.declared(DeclarationKind::Table))
            .map(|one| {
                let mut below: Vec<Item> = one
                    .clauses
                    .iter()
                    .map(|clause| Item::from(Rich::code(clause.words.to_string())))
                    .collect();
                // A level that an expression gives is that.
                let whole = one.outline.and_then(|id| self.plan().outline(id));
                below
                    .extend(whole.map(|outline| Item::from(Rich::code(outline.words.to_string()))));
                if let (Some(bands), Value::Level { names, .. }) = (&one.bands, &one.value) {
                    let outline = bands.outline.and_then(|id| self.plan().outline(id));
                    below.extend(
                        outline.map(|outline| Item::from(Rich::code(outline.words.to_string()))),
                    );
                    below.extend(bands.bands.iter().map(|band| {
                        let place = names.get(band.position as usize);
                        let place = place.map_or("", String::as_str);
                        let low = band.low.and_then(|node| self.constant(node));
                        match low {
                            Some(low) => self.say.fill(
                                "band_from",
                                &[
                                    ("level", Rich::value(place)),
                                    ("low", Rich::value(self.say.number(low))),
                                ],
                            ),
                            None => self
                                .say
                                .fill("band_below", &[("level", Rich::value(place))]),
                        }
                        .into()
                    }));
                }
                if let Some(table) = &one.table {
                    let rows = table.rows.iter();
                    below.extend(rows.map(|row| Item::from(Rich::code(row.words.to_string()))));
                }
                below.extend(self.cited(one));
                Item {
                    text: Rich::value(called(&one.label, &one.name)),
                    graphic: None,
                    bold: false,
                    below,
                }
            })
            .collect();
        if !items.is_empty() {
            self.heading(blocks, "levels");
            blocks.push(Block::List(items));
        }
    }

    fn constant(&self, node: forewarn_plan::NodeId) -> Option<f64> {
        let Op::Const(x) = self.plan().node(node)?.op else {
            return None;
        };
        Some(x)
    }

    fn alert_rules(&self, blocks: &mut Vec<Block>) {
        for (key, all) in [
            ("alert_rules", &self.facts.alerts),
            ("notices", &self.facts.notices),
        ] {
            self.rules_of(key, all, blocks);
        }
    }

    fn rules_of(&self, key: &str, all: &[AlertFacts<'_>], blocks: &mut Vec<Block>) {
        let kind = self.say.kind(self.plan().panel.period);
        let items: Vec<Item> = all
            .iter()
            .map(|alert| {
                let own = alert.info.rule.conditions() as usize;
                let clauses = alert.info.clauses.iter().take(own);
                let clauses = clauses.filter(|words| !words.is_empty());
                let mut below: Vec<Item> = clauses
                    .map(|words| Item::from(Rich::code(words.clone())))
                    .collect();
                if alert.info.rule.cooldown > 0 {
                    let number = Rich::value(self.say.number(f64::from(alert.info.rule.cooldown)));
                    let with = [("number", number), ("kind", kind.clone())];
                    let mut told = self.say.fill("cooldown", &with);
                    if alert.info.rule.until_clear {
                        told = told.and(" ", self.say.word("cooldown_until_clear"));
                    }
                    below.push(Item::from(told));
                }
                let declared = self.declared(match alert.info.notice {
                    true => DeclarationKind::Notice,
                    false => DeclarationKind::Alert,
                });
                let own = declared.filter(|one| one.name == alert.info.name);
                below.extend(own.flat_map(|one| self.cited(one)));
                Item {
                    text: Rich::value(alert.label.clone()),
                    graphic: None,
                    bold: false,
                    below,
                }
            })
            .collect();
        if !items.is_empty() {
            self.heading(blocks, key);
            blocks.push(Block::List(items));
        }
    }

    fn factor_rules(&self, blocks: &mut Vec<Block>) {
        let factors: Vec<&Declaration> = self.declared(DeclarationKind::Factor).collect();
        if factors.is_empty() {
            return;
        }
        self.heading(blocks, "factor_rules");
        let mut rows = Vec::new();
        let mut grounds = Vec::new();
        for one in factors {
            let Some(parts) = &one.factor else { continue };
            let least = match (parts.least_coverage, parts.least_known) {
                (Some(share), _) => Rich::value(self.say.percent(share)),
                (None, Some(known)) => {
                    let known = Rich::value(self.say.number(f64::from(known)));
                    self.say.fill("least_known", &[("known", known)])
                }
                (None, None) => self.say.word("all_members"),
            };
            let equal = parts.members.windows(2).all(|two| match two {
                [one, other] => one.weight == other.weight,
                _ => true,
            });
            let members = parts.members.iter().map(|member| {
                let reference = self.plan().referred(&member.of);
                let label = reference.map_or_else(
                    || member.name.clone(),
                    |declared| called(&declared.label, &declared.name),
                );
                if equal {
                    return Rich::value(label);
                }
                let weight = Rich::value(self.say.number(member.weight));
                self.say.fill(
                    "weighted",
                    &[("what", Rich::value(label)), ("weight", weight)],
                )
            });
            rows.push(vec![
                ReportCell::from(called(&one.label, &one.name)),
                ReportCell::Text(Rich::code(parts.words.clone())),
                ReportCell::Text(least),
                ReportCell::Text(self.list(members.collect())),
            ]);
            grounds.extend(self.cited(one));
        }
        blocks.push(Block::Table(Table {
            caption: self.text("factor_rules"),
            head: ["factor", "combines_by", "least_evidence", "members"]
                .map(|key| self.text(key))
                .to_vec(),
            rows,
        }));
        if !grounds.is_empty() {
            blocks.push(Block::List(grounds));
        }
    }

    fn params(&self, blocks: &mut Vec<Block>) {
        let params = &self.plan().params;
        if params.is_empty() {
            return;
        }
        self.heading(blocks, "params");
        let rows = params.iter().map(|param| {
            let cites = param.cites.iter().map(|cite| Rich::value(cite.clone()));
            let because = param
                .grounds
                .because
                .iter()
                .map(|because| Rich::value(because.clone()));
            let review = param.review.as_ref();
            vec![
                ReportCell::from(called(&param.label, &param.name)),
                ReportCell::Text(self.param_value(param)),
                ReportCell::Text(
                    review.map_or_else(Rich::default, |(written, _)| Rich::value(written.clone())),
                ),
                ReportCell::Text(self.list(cites.chain(because).collect())),
            ]
        });
        blocks.push(Block::Table(Table {
            caption: self.text("params"),
            head: ["param", "value", "review", "grounds"]
                .map(|key| self.text(key))
                .to_vec(),
            rows: rows.collect(),
        }));
    }

    /// A constant's value; of one that changes with time, each with when it holds.
    fn param_value(&self, param: &ParamInfo) -> Rich {
        if let Some(value) = &param.value {
            return Rich::value(value.clone());
        }
        let kind = self.plan().panel.period;
        let values = param.values.iter().filter_map(|part| {
            let Value::Number { node, unit } = &part.value else {
                return None;
            };
            let value = Rich::value(self.say.quantity(self.constant(*node)?, unit));
            let spelled = |number: Option<i64>| {
                let known = number
                    .zip(kind)
                    .map(|(number, kind)| Period::new(kind, number).to_string());
                Rich::value(known.unwrap_or_default())
            };
            Some(match (part.from, part.until) {
                (None, None) => value,
                (from, until) => {
                    let with = [
                        ("value", value),
                        ("from", spelled(from)),
                        ("until", spelled(until)),
                    ];
                    self.say.fill("dated", &with)
                }
            })
        });
        self.list(values.collect())
    }

    /// What extending frameworks changed.
    fn overlays(&self, blocks: &mut Vec<Block>) {
        let declared = self.plan().declarations.iter().map(|one| &one.grounds);
        let params = self.plan().params.iter().map(|one| &one.grounds);
        let mut lines = Vec::new();
        for change in declared.chain(params).flat_map(|grounds| &grounds.changes) {
            let with = [
                ("by", Rich::value(change.by.clone())),
                (
                    "what",
                    Rich::code(format!("{} {}", change.what, change.target)),
                ),
                ("because", Rich::value(change.because.clone())),
            ];
            let line = self.say.fill("changed_by", &with);
            if !lines.contains(&line) {
                lines.push(line);
            }
        }
        if !lines.is_empty() {
            self.heading(blocks, "overlays");
            blocks.push(Block::List(lines.into_iter().map(Item::from).collect()));
        }
    }

    /// Sources, and how many indicators come from each.
    fn sources(&self, blocks: &mut Vec<Block>) {
        let mut found: Vec<(&str, usize)> = Vec::new();
        let indicators = self.declared(DeclarationKind::Indicator);
        for source in indicators.filter_map(|one| one.grounds.source.as_deref()) {
            match found.iter_mut().find(|(name, _)| *name == source) {
                Some((_, number)) => *number += 1,
                None => found.push((source, 1)),
            }
        }
        if found.is_empty() {
            return;
        }
        self.heading(blocks, "sources");
        let rows = found.into_iter().map(|(name, number)| {
            let number = number as f64;
            vec![
                ReportCell::from(name.to_owned()),
                ReportCell::Number(number, self.say.number(number)),
            ]
        });
        blocks.push(Block::Table(Table {
            caption: self.text("sources"),
            head: ["source", "indicators"].map(|key| self.text(key)).to_vec(),
            rows: rows.collect(),
        }));
    }

    fn limits(&self, blocks: &mut Vec<Block>) {
        self.heading(blocks, "limits");
        let number = |x: usize| Rich::value(self.say.number(x as f64));
        let mut lines = Vec::new();
        let summary = self.facts.material.summary;
        let missing = Rich::value(self.say.percent(summary.missing_share()));
        lines.push(self.say.fill("limit_missing", &[("share", missing)]));
        let rows = summary.rows.max(1) as f64;
        let mut most: Vec<(f64, &str)> = summary
            .indicators()
            .map(|one| (one.missing as f64 / rows, one.name.as_str()))
            .filter(|(share, _)| *share >= 0.5)
            .collect();
        most.sort_by(|a, b| b.0.total_cmp(&a.0));
        if !most.is_empty() {
            let named = most.iter().take(MOST).map(|(share, name)| {
                let mut inputs = self.plan().inputs.iter();
                let input = inputs.find(|input| input.name == *name);
                let label =
                    input.map_or_else(|| (*name).to_owned(), |one| called(&one.label, name));
                let with = [
                    ("what", Rich::value(label)),
                    ("value", Rich::value(self.say.percent(*share))),
                ];
                self.say.fill("is", &with)
            });
            let with = [
                ("number", number(most.len())),
                ("indicators", self.list(named.collect())),
            ];
            lines.push(self.say.fill("limit_mostly_missing", &with));
        }
        let refused: u64 = summary.indicators().map(|one| one.out_of_range).sum();
        if refused > 0 {
            let with = [("number", Rich::value(self.say.number(refused as f64)))];
            lines.push(self.say.fill("limit_refused", &with));
        }
        let faults: u64 = self
            .facts
            .material
            .results
            .faults
            .iter()
            .map(|one| one.count)
            .sum();
        if faults > 0 {
            let with = [("number", Rich::value(self.say.number(faults as f64)))];
            lines.push(self.say.fill("limit_faults", &with));
        }
        let overdue = self.plan().params.iter().filter(|param| {
            let until = param.review.as_ref().map(|(_, until)| *until);
            until
                .zip(self.facts.end)
                .is_some_and(|(until, end)| until < end)
        });
        let overdue: Vec<Rich> = overdue
            .map(|param| Rich::value(called(&param.label, &param.name)))
            .collect();
        if !overdue.is_empty() {
            lines.push(
                self.say
                    .fill("limit_overdue", &[("params", self.list(overdue))]),
            );
        }
        let recalled = self.plan().declarations.iter();
        let recalled = recalled
            .filter(|one| one.provenance == Some(Sure::Recalled))
            .count();
        if recalled > 0 {
            lines.push(
                self.say
                    .fill("limit_recalled", &[("number", number(recalled))]),
            );
        }
        let told = &self.plan().confidentiality;
        if !told.withheld.is_empty() {
            lines.push(
                self.say
                    .fill("limit_withheld", &[("number", number(told.withheld.len()))]),
            );
        }
        lines.push(self.say.word("limit_bounds"));
        lines.push(self.say.word("limit_order"));
        lines.push(self.say.word("limit_change"));
        blocks.push(Block::List(lines.into_iter().map(Item::from).collect()));
    }
}
