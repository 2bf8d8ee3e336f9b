//! An explanation as one JSON document, for programs. The form is described in
//! `docs/explain-json.md`; `schema` in it counts up whenever a field changes its meaning or goes.

use forewarn_plan::alerts::Answer;
use forewarn_plan::outline::{PeerPart, Tally as Asked};
use forewarn_plan::{Grounds, OnViolation, Plan, Standing};
use forewarn_runtime::explain::*;
use serde_json::{Map, Value, json};

/// The version of the form.
const SCHEMA: u32 = 1;

pub fn document(plan: &Plan, told: &Explanation) -> String {
    let mut text = serde_json::to_string_pretty(&whole(plan, told)).unwrap_or_default();
    text.push('\n');
    text
}

/// The same on one line.
pub fn line(plan: &Plan, told: &Explanation) -> String {
    let mut text = serde_json::to_string(&whole(plan, told)).unwrap_or_default();
    text.push('\n');
    text
}

fn whole(plan: &Plan, told: &Explanation) -> Value {
    let results: Vec<Value> = told.results.iter().map(finding).collect();
    json!({
        "schema": SCHEMA,
        "forewarn": env!("CARGO_PKG_VERSION"),
        "framework": { "name": plan.framework.name, "version": plan.framework.version },
        "entity": told.entity,
        "period": told.period.map(|period| period.usual().to_string()),
        "results": results,
    })
}

fn finding(finding: &Finding) -> Value {
    let mut object = Map::new();
    object.insert("result".to_owned(), reason(&finding.reason));
    if let Some(settle) = &finding.settle {
        let inputs: Vec<Value> = settle
            .inputs
            .iter()
            .map(|one| {
                let outcomes = one.outcomes.iter();
                let outcomes: Vec<Value> = outcomes
                    .map(|(at, result)| json!({ "at": value(at), "result": value(result) }))
                    .collect();
                json!({
                    "input": one.input,
                    "excludes": one.excludes,
                    "excludes_in_all": one.excludes_in_all,
                    "outcomes": outcomes,
                })
            })
            .collect();
        let settle = json!({ "inputs": inputs, "missing": settle.missing });
        object.insert("settle".to_owned(), settle);
    }
    if let Some(change) = &finding.change {
        let flips = |flips: &[Flip]| flips.iter().map(flip).collect::<Vec<_>>();
        let change = json!({
            "one": flips(&change.one),
            "two": flips(&change.two),
            "not_tried": change.compared,
        });
        object.insert("change".to_owned(), change);
    }
    if let Some(options) = &finding.options {
        let sets: Vec<Value> = options.sets.iter().map(remedy).collect();
        let options = json!({
            "goal": options.goal,
            "sets": sets,
            "tried": options.tried,
            "missing": options.missing,
            "compared": options.compared,
            "proved": options.proved,
        });
        object.insert("options".to_owned(), options);
    }
    if let Some(since) = &finding.since {
        let steps: Vec<Value> = since.steps.iter().map(step).collect();
        let since = json!({
            "period": since.period.usual().to_string(),
            "before": value(&since.before),
            "now": value(&since.now),
            "steps": steps,
        });
        object.insert("since".to_owned(), since);
    }
    Value::Object(object)
}

fn remedy(remedy: &Remedy) -> Value {
    json!({
        "moves": moves(&remedy.moves),
        "becomes": value(&remedy.becomes),
        "cost": remedy.cost,
        "size": remedy.size,
    })
}

fn moves(moves: &[Move]) -> Vec<Value> {
    moves
        .iter()
        .map(|one| {
            json!({
                "input": one.input,
                "from": value(&one.from),
                "to": value(&one.to),
                "beyond": one.beyond.as_ref().map(value),
            })
        })
        .collect()
}

fn flip(flip: &Flip) -> Value {
    json!({ "moves": moves(&flip.moves), "becomes": value(&flip.becomes), "size": flip.size })
}

fn moved(what: &Moved) -> Value {
    match what {
        Moved::Input { name, from, to, .. } => {
            json!({ "input": name, "from": value(from), "to": value(to) })
        }
        Moved::Earlier { name, .. } => json!({ "input": name, "earlier": true }),
        Moved::Peers => json!("peers"),
        Moved::History => json!("history"),
        Moved::Time => json!("time"),
    }
}

fn step(step: &SinceStep) -> Value {
    let with: Vec<Value> = step.with.iter().map(moved).collect();
    json!({
        "what": moved(&step.what),
        "with": with,
        "before": value(&step.before),
        "after": value(&step.after),
    })
}

/// A known number; nothing else has a place in JSON.
fn number(x: f64) -> Value {
    if x.is_finite() { json!(x) } else { Value::Null }
}

fn value(shown: &Shown) -> Value {
    match shown {
        Shown::Number { value, unit } if unit.is_empty() => json!({ "number": number(*value) }),
        Shown::Number { value, unit } => json!({ "number": number(*value), "unit": unit }),
        Shown::Truth(truth) => json!({ "truth": truth }),
        Shown::Level {
            names,
            at_least,
            at_most,
        } => {
            let name = |at: usize| names.get(at);
            let exact = (at_least == at_most).then(|| name(*at_least)).flatten();
            json!({ "level": exact, "at_least": name(*at_least), "at_most": name(*at_most) })
        }
        Shown::Count { at_least, at_most } => {
            let exact = (at_least == at_most).then_some(*at_least);
            json!({ "count": exact, "at_least": number(*at_least), "at_most": number(*at_most) })
        }
        Shown::Between {
            value,
            at_least,
            at_most,
            unit,
        } => {
            let mut of = json!({
                "number": number(*value),
                "at_least": number(*at_least),
                "at_most": number(*at_most),
            });
            if let (Some(of), false) = (of.as_object_mut(), unit.is_empty()) {
                of.insert("unit".to_owned(), json!(unit));
            }
            of
        }
        Shown::Category(name) => json!({ "category": name }),
        Shown::Withheld(classification) => json!({ "withheld": classification.word() }),
    }
}

fn answer(answer: Answer) -> Value {
    match answer {
        Answer::Yes => json!("yes"),
        Answer::No => json!("no"),
        Answer::Unknown => json!("unknown"),
    }
}

fn grounds(grounds: &Grounds, put: &mut impl FnMut(&str, Value)) {
    if let Some(source) = &grounds.source {
        put("source", json!(source));
    }
    if let Some(because) = &grounds.because {
        put("reason", json!(because));
    }
    if !grounds.changes.is_empty() {
        let changes = grounds.changes.iter().map(|change| {
            json!({
                "by": change.by,
                "change": change.what,
                "target": change.target,
                "reason": change.because,
            })
        });
        put("changes", Value::Array(changes.collect()));
    }
}

fn reason(reason: &Reason) -> Value {
    let mut object = Map::new();
    let mut put = |key: &str, value: Value| {
        object.insert(key.to_owned(), value);
    };
    if let Some(name) = &reason.name {
        put("name", json!(name));
    }
    if let Some(kind) = reason.kind {
        put("kind", json!(kind.word()));
    }
    if !reason.label.is_empty() {
        put("label", json!(reason.label));
    }
    put("value", value(&reason.value));
    put("text", json!(reason.text));
    if !reason.cites.is_empty() {
        put("cites", json!(reason.cites));
    }
    grounds(&reason.grounds, &mut put);
    if !reason.params.is_empty() {
        let params = reason.params.iter().map(|told| {
            let param = &told.info;
            let mut object = Map::new();
            object.insert("name".to_owned(), json!(param.name));
            object.insert("value".to_owned(), value(&told.value));
            for (key, period) in [("from", told.from), ("until", told.until)] {
                if let Some(period) = period {
                    object.insert(key.to_owned(), json!(period.usual().to_string()));
                }
            }
            if !param.cites.is_empty() {
                object.insert("cites".to_owned(), json!(param.cites));
            }
            grounds(&param.grounds, &mut |key, value| {
                object.insert(key.to_owned(), value);
            });
            Value::Object(object)
        });
        put("params", Value::Array(params.collect()));
    }
    if let Some(code) = &reason.code {
        put("code", json!(code));
    }
    if let Some(seen) = &reason.seen {
        put("seen", json!(seen));
    }
    if let Some(provenance) = reason.provenance {
        put("provenance", json!(provenance.word()));
    }
    if reason.above {
        put("above", json!(true));
        return Value::Object(object);
    }
    if let Some(because) = &reason.declassified {
        put("declassified", json!(because));
    }
    if let Some(cause) = &reason.cause {
        put("cause", cause_of(cause));
    }
    let (word, story) = how(&reason.how);
    put("how", json!(word));
    if let Some(story) = story {
        put(word, story);
    }
    let because: Vec<Value> = reason.because.iter().map(self::reason).collect();
    if !because.is_empty() {
        put("because", json!(because));
    }
    Value::Object(object)
}

fn cause_of(cause: &Cause) -> Value {
    match cause {
        Cause::Absent => json!({ "why": "absent" }),
        Cause::AbsentOrRefused {
            out_of_range,
            unreadable,
        } => json!({
            "why": "absent or refused",
            "out_of_range": out_of_range,
            "unreadable": unreadable,
        }),
        Cause::OutOfRange { value, policy } => json!({
            "why": "out of range",
            "value": number(*value),
            "policy": match policy {
                OnViolation::Reject => "reject",
                OnViolation::Missing => "missing",
                OnViolation::Clamp => "clamp",
            },
        }),
        Cause::NotVerified => json!({ "why": "not verified" }),
        Cause::NotApplicable { condition } => {
            json!({ "why": "not applicable", "condition": condition })
        }
        Cause::Expired {
            observed,
            age,
            after,
        } => json!({
            "why": "expired",
            "observed": observed.map(|period| period.usual().to_string()),
            "age": age,
            "after": after,
        }),
        Cause::Gap => json!({ "why": "gap" }),
        Cause::BeforeStart => json!({ "why": "before the start" }),
        Cause::TooFewPeriods { known, required } => {
            json!({ "why": "too few periods", "known": known, "required": required })
        }
        Cause::Periods {
            unknown,
            before_start,
        } => json!({ "why": "periods", "unknown": unknown, "before_start": before_start }),
        Cause::NoStart { event, unknown } => json!({
            "why": "no start",
            "event": event,
            "unknown": unknown.map(|period| period.usual().to_string()),
        }),
        Cause::Coverage => json!({ "why": "coverage" }),
        Cause::NoPeers => json!({ "why": "no peers" }),
        Cause::Fault { text, declaration } => {
            json!({ "why": "fault", "text": text, "declaration": declaration })
        }
        Cause::NotAsked => json!({ "why": "not asked" }),
        Cause::Stated => json!({ "why": "stated" }),
        Cause::Missing(names) => json!({ "why": "missing", "of": names }),
    }
}

fn side(side: &Side) -> Value {
    let mut said = json!({ "text": side.text, "value": value(&side.value) });
    let is_same = side.value == side.compared || side.value.is_open();
    if let Some(said) = said.as_object_mut().filter(|_| !is_same) {
        said.insert("compared".to_owned(), value(&side.compared));
    }
    said
}

fn comparison(comparison: &Comparison) -> Value {
    let mut said = json!({
        "left": side(&comparison.left),
        "operator": comparison.operator,
        "right": side(&comparison.right),
    });
    if let Some(said) = said.as_object_mut().filter(|_| comparison.by_digits) {
        said.insert("equal_to_14_digits".to_owned(), json!(true));
    }
    said
}

/// The word for how a value came about, and what there is to say of it under that word.
fn how(how: &How) -> (&'static str, Option<Value>) {
    match how {
        How::Constant => ("constant", None),
        How::Calculation => ("calculation", None),
        How::All => ("all", None),
        How::Any => ("any", None),
        How::Not => ("not", None),
        How::Declassified => ("declassified", None),
        How::Withheld => ("withheld", None),
        How::Call { function, told } => (
            "call",
            Some(json!({ "function": function, "inside": told })),
        ),
        How::Tally(tally) => {
            let items = tally.items.iter();
            let items: Vec<Value> = items
                .map(|item| {
                    json!({
                        "name": item.name,
                        "value": item.value.as_ref().map(value),
                        "answer": item.answer,
                    })
                })
                .collect();
            let asked = match tally.what {
                Asked::Count => "count",
                Asked::Any => "any",
                Asked::All => "all",
                Asked::AtLeast => "at least",
                Asked::Known => "known",
            };
            let tally = json!({ "what": asked, "text": tally.text, "items": items });
            ("tally", Some(tally))
        }
        How::Comparison(sides) => ("comparison", Some(comparison(sides))),
        How::Observation(one) => (
            "observation",
            Some(json!({
                "column": one.column,
                "low": number(one.low),
                "high": number(one.high),
                "carried": one.carried.is_some(),
                "carried_age": one.carried,
                "carried_from": one.carried_from.map(|period| period.usual().to_string()),
                "missing_means": one.missing_means,
                "verified": one.verified,
                "counts_verified_only": one.counts_verified_only,
            })),
        ),
        How::Window(window) => {
            let cells = window.cells.iter();
            let cells: Vec<Value> = cells
                .map(|(period, x)| json!({ "period": period.usual().to_string(), "value": number(*x) }))
                .collect();
            let window = json!({
                "what": window.what,
                "over": window.over,
                "since": window.since,
                "require": window.require,
                "known": window.known,
                "before_start": window.before_start,
                "from": window.span.map(|(from, _)| from.usual().to_string()),
                "until": window.span.map(|(_, until)| until.usual().to_string()),
                "cells": cells,
                "cut": window.cut,
                "answers": window.answers.map(|[yes, no, unknown]| {
                    json!({ "yes": yes, "no": no, "unknown": unknown })
                }),
                "lies": window.lies.map(|(period, x)| {
                    json!({ "period": period.usual().to_string(), "value": number(x) })
                }),
                "threshold": window.threshold.as_ref().map(side),
            });
            ("window", Some(window))
        }
        How::Peers(peers) => (
            "peers",
            Some(json!({
                "what": peers.what,
                "own": number(peers.own),
                "group": peers.group,
                "baseline": peers.baseline.map(|(from, until)| [from.usual().to_string(), until.usual().to_string()]),
                "known": peers.known,
                "rank": peers.rank,
                "lowest": number(peers.lowest),
                "highest": number(peers.highest),
                "parts": peers.parts.iter().map(|(part, x)| {
                    (part_word(*part).to_owned(), number(*x))
                }).collect::<Map<String, Value>>(),
            })),
        ),
        How::Factor(factor) => ("factor", Some(factor_of(factor))),
        How::Clauses(clauses) => {
            let clauses: Vec<Value> = clauses
                .iter()
                .map(|clause| {
                    let nearest = clause.nearest.as_ref();
                    json!({
                        "place": clause.place,
                        "text": clause.text,
                        "condition": clause.condition,
                        "answer": answer(clause.answer),
                        "decides": clause.decides,
                        "nearest": nearest.map(|miss| json!({
                            "comparison": comparison(&miss.comparison),
                            "by": number(miss.by),
                        })),
                    })
                })
                .collect();
            ("clauses", Some(json!(clauses)))
        }
        How::Table(rows) => {
            let rows = rows.iter().map(|row| {
                let standing = match row.standing {
                    Standing::Fails => "fails",
                    Standing::Open => "open",
                    Standing::GivesWay => "gives way",
                    Standing::Holds => "holds",
                    Standing::Behind => "behind",
                };
                json!({ "text": row.text, "says": value(&row.says), "standing": standing })
            });
            ("table", Some(rows.collect()))
        }
        How::Bands(bands) => {
            let edges = bands.bands.iter();
            let edges: Vec<Value> = edges
                .map(|(low, position)| json!({ "from": number(*low), "position": position }))
                .collect();
            let bands = json!({ "score": number(bands.score), "bands": edges, "own": bands.own });
            ("bands", Some(bands))
        }
        How::Alert(alert) => {
            let conditions: Vec<Value> = alert
                .conditions
                .iter()
                .map(|one| {
                    json!({
                        "role": one.role,
                        "text": one.text,
                        "lasting": one.lasting,
                        "answer": answer(one.answer),
                    })
                })
                .collect();
            let alert = json!({
                "tier": alert.tier,
                "at_least": alert.between.0,
                "at_most": alert.between.1,
                "since": alert.since.map(|period| period.usual().to_string()),
                "clause": alert.clause,
                "event": alert.event.map(|event| event.word()),
                "kept_back_by": alert.kept_back_by.map(|period| period.usual().to_string()),
                "held": alert.held,
                "conditions": conditions,
            });
            ("alert", Some(alert))
        }
    }
}

fn factor_of(factor: &Factor) -> Value {
    let members: Vec<Value> = factor
        .members
        .iter()
        .map(|member| {
            json!({
                "name": member.name,
                "weight": number(member.weight),
                "share": number(member.share),
                "value": number(member.value),
                "contribution": number(member.contribution),
            })
        })
        .collect();
    let decisive: Vec<Value> = factor
        .decisive
        .iter()
        .map(|one| {
            json!({
                "member": one.name,
                "least": number(one.least),
                "present": one.present,
            })
        })
        .collect();
    json!({
        "evidence": factor.evidence.word(),
        "at_least": factor.bounds.map(|(least, _)| number(least)),
        "at_most": factor.bounds.map(|(_, most)| number(most)),
        "decisive": decisive,
        "before_decisive": factor.before_decisive.map(number),
        "combine": factor.combine,
        "members": members,
        "adds_to": match factor.adds_to {
            AddsTo::Value => "value",
            AddsTo::Logarithm => "logarithm",
            AddsTo::Reciprocal => "reciprocal",
            AddsTo::Power(_) => "power",
            AddsTo::Complement => "complement",
            AddsTo::Decides => "decides",
            AddsTo::Yes => "yes",
            AddsTo::LeaveOneOut => "leave one out",
        },
        "power": match factor.adds_to {
            AddsTo::Power(power) => number(power),
            _ => Value::Null,
        },
        "coverage": number(factor.coverage),
        "known": number(factor.known),
        "least_coverage": factor.least_coverage,
        "least_known": factor.least_known,
    })
}

fn part_word(part: PeerPart) -> &'static str {
    match part {
        PeerPart::Result => "result",
        PeerPart::Mean => "mean",
        PeerPart::StdDev => "stddev",
        PeerPart::Least => "least",
        PeerPart::Greatest => "greatest",
        PeerPart::Total => "total",
        PeerPart::Rank => "rank",
        PeerPart::Known => "known",
    }
}
